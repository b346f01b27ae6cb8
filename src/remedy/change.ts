import { createTwoFilesPatch } from 'diff'
import { isObject } from '../iam/json.ts'
import { list, type PolicyDocument, type Statement } from '../iam/policy-document.ts'
import type { PolicyChange } from './remedy.ts'
import { uniqueSid } from './sid.ts'

/** What a document is and what it is after the change; `before` is `null` for a new one. */
export interface Changed {
  readonly before: PolicyDocument | null
  readonly after: PolicyDocument
}

/** A document as it was read, statements and unknown members as they stand; `null` if it is no policy document. */
export const documentOf = (present: unknown): PolicyDocument | null => {
  if (!isObject(present)) return null
  const statements = present['Statement']
  const usable = Array.isArray(statements) ? statements.every(isObject) : isObject(statements)
  return usable ? (present as unknown as PolicyDocument) : null
}

const sidsOf = (statements: readonly Statement[]): ReadonlySet<string> =>
  new Set(statements.map(({ Sid }) => Sid).filter((sid) => sid !== undefined))

/** A statement under a Sid that no other statement of the document has. */
export const withUniqueSid = (statement: Statement, others: readonly Statement[]): Statement =>
  statement.Sid === undefined ? statement : { ...statement, Sid: uniqueSid(statement.Sid, sidsOf(others)) }

/** What two edits took apart between them is denied by what each of them put beside it. */
const isEmptied = ({ Effect, Action, NotAction }: Statement): boolean =>
  Effect === 'Deny' && Action === undefined && NotAction === undefined

/** With the statement, unless one that says the same is there. */
const withStatement = (statements: readonly Statement[], add: Statement | null): readonly Statement[] => {
  if (add === null) return statements
  const said = (statement: Statement): string => JSON.stringify({ ...statement, Sid: undefined })
  const isThere = add.Effect === 'Deny' && statements.some((one) => said(one) === said(add))
  return isThere ? statements : [...statements, withUniqueSid(add, statements)]
}

/** The document after a statement was added, or one of its statements replaced; everything else stays as it was. */
export const applyChange = (
  document: PolicyDocument | null,
  change: Pick<PolicyChange, 'add' | 'edit'>,
): PolicyDocument => {
  const base = document ?? { Version: '2012-10-17', Statement: [] }
  const present = list(base.Statement)
  const { edit, add } = change
  const edited = present.flatMap((one, index) =>
    index !== edit?.statement ? [one] : isEmptied(edit.after) ? [] : [edit.after],
  )
  const version = edit?.version === undefined ? {} : { Version: edit.version }
  const added = [...(edit?.beside ?? []).map(({ after }) => after), add]
  return { ...base, ...version, Statement: added.reduce(withStatement, edited) }
}

/** The whole document after the change; `null` where the present one was not read or cannot be used. */
export const changedDocument = (change: Omit<PolicyChange, 'home' | 'policy'>): Changed | null => {
  if (change.present === 'not-read') return null
  if (change.present === null) return { before: null, after: applyChange(null, change) }
  const before = documentOf(change.present)
  if (before === null || (change.edit !== null && change.edit.statement >= list(before.Statement).length)) return null
  return { before, after: applyChange(before, change) }
}

/** A statement as it stands in the document: its Sid may have been taken. */
export const asAdded = (add: Statement | null, changed: Changed | null): Statement | null =>
  add === null || changed === null ? add : (list(changed.after.Statement).at(-1) ?? add)

const pretty = (document: PolicyDocument): string => `${JSON.stringify(document, null, 2)}\n`

/** Lines taken out and put in, beyond which a diff would take the square of them to find and nobody would read it. */
const mostEdits = 1000

/** Unified diff of the policy as it stands against the policy after the change. */
export const diffOf = ({ before, after }: Changed, name: string): string | null => {
  if (before === null) return null
  // A line break in a name would end the header that `patch` reads.
  const header = name.replaceAll(/\p{Cc}/gu, ' ')
  const [present, changed] = [pretty(before), pretty(after)]
  return (
    createTwoFilesPatch(header, header, present, changed, 'present', 'changed', { maxEditLength: mostEdits }) ?? null
  )
}
