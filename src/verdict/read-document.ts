import { duplicateKeys } from '../iam/json-text.ts'
import { isObject } from '../iam/json.ts'
import { isProblem, problem, type Problem } from './policy-problems.ts'
import { compileStatement, type CompiledStatement, type StatementGrammar } from './statement.ts'

type Placed = Problem & { readonly statement: number | null }

/** A key that stands twice, or a stray element beside the statements, leaves no doubt about what the statements say. */
export const isHarmless = ({ problem: code, statement }: Pick<Placed, 'problem' | 'statement'>): boolean =>
  code === 'duplicate-key' || (code === 'unknown-element' && statement === null)

export interface CompiledDocument {
  readonly statements: readonly CompiledStatement[]
  readonly problems: readonly Placed[]
  /** False: AWS stores no such document, so it is not the one that is in force, and of that nothing is known. */
  readonly isUsable: boolean
}

const readAs = (statements: readonly CompiledStatement[], problems: readonly Placed[]): CompiledDocument => ({
  statements,
  problems,
  isUsable: problems.every(isHarmless),
})

const unusable = (found: Problem): CompiledDocument => readAs([], [{ ...found, statement: null }])

const versions: ReadonlySet<unknown> = new Set([undefined, '2008-10-17', '2012-10-17'])
export const isKnownVersion = (version: unknown): boolean => versions.has(version)

/** Skips what it cannot read, and says so; it never throws. */
export const readDocument = (given: unknown, grammar: StatementGrammar): CompiledDocument => {
  const problems: Placed[] = []
  const document = typeof given === 'string' ? parseText(given, problems) : given
  if (document === undefined) return readAs([], problems)
  if (!isObject(document)) return unusable(problem('not-an-object'))
  const { Version: version, Statement: listed } = document
  if (!isKnownVersion(version))
    return unusable(problem('unknown-version', typeof version === 'string' ? version : null))
  if (listed === undefined) return unusable(problem('no-statement'))
  for (const name of Object.keys(document))
    if (name !== 'Version' && name !== 'Id' && name !== 'Statement')
      problems.push({ ...problem('unknown-element', name), statement: null })
  const statements: CompiledStatement[] = []
  const list: readonly unknown[] = Array.isArray(listed) ? listed : [listed]
  list.forEach((raw, position) => {
    const statement = compileStatement(raw, position, grammar, version === '2012-10-17')
    if (isProblem(statement)) problems.push({ ...statement, statement: position })
    else statements.push(statement)
  })
  return readAs(statements, problems)
}

const parseText = (text: string, problems: Placed[]): unknown => {
  try {
    const document = JSON.parse(text) as unknown
    for (const name of duplicateKeys(text)) problems.push({ ...problem('duplicate-key', name), statement: null })
    return document
  } catch {
    problems.push({ ...problem('bad-json'), statement: null })
    return undefined
  }
}
