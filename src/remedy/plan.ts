import type { Evidence } from '../evidence/evidence.ts'
import { list, type PolicyDocument, type Statement } from '../iam/policy-document.ts'
import type { DeniedRequest } from '../requests/denied-request.ts'
import { applyChange, changedDocument, diffOf, documentOf, withUniqueSid, type Changed } from './change.ts'
import { commandsFor } from './commands/all.ts'
import { homeOf, takesStatements, type Home } from './home.ts'
import { commandsUnder, managerOf, withoutCli } from './managed-principal.ts'
import { joinEdits } from './join-edits.ts'
import { mergeStatements } from './merge-statements.ts'
import { partOf } from './part-of.ts'
import { policyKey } from './policy-key.ts'
import { exceededQuota, placeNewPolicy } from './room.ts'
import { knownPolicies } from './target.ts'
import { managedQuota } from './policy-size.ts'
import { splitStatements } from './split-statements.ts'
import type { PolicyChange, Remedy, RemedyCommands, RemedyTarget } from './remedy.ts'

/** What the plan needs of a diagnosis. */
export interface Planned {
  readonly id: string
  readonly requests: readonly DeniedRequest[]
  readonly evidence: Evidence
  readonly causes: readonly { readonly confidence: string; readonly remedies: readonly Remedy[] }[]
}

/** One policy with everything that all diagnoses want of it. */
interface MergedStep {
  readonly target: RemedyTarget
  readonly policyDocument: PolicyDocument | null
  readonly diff: string | null
  readonly commands: RemedyCommands | null
  readonly covers: readonly string[]
  /** AWS takes no more policies, or no longer ones, for this holder. */
  readonly isOverQuota: boolean
}

interface Part {
  readonly id: string
  readonly remedy: Remedy & { readonly target: RemedyTarget; readonly change: PolicyChange }
  readonly request: DeniedRequest | null
  readonly evidence: Evidence
}

/** The answer and what else blocks for certain; mere candidates and alternatives are left out. */
export const neededRemedies = (causes: Planned['causes']): readonly Remedy[] =>
  causes
    .filter(({ confidence }, index) => index === 0 || confidence === 'evaluated' || confidence === 'verified')
    .flatMap(({ remedies }) => remedies.filter(({ alternative }) => !alternative))

const partsOf = ({ id, requests, evidence, causes }: Planned): readonly Part[] =>
  neededRemedies(causes).flatMap((remedy) => {
    const { target, change } = remedy
    if (target === null || change === null || change.isTold === true) return []
    return [{ id, remedy: { ...remedy, target, change }, request: requests[0] ?? null, evidence }]
  })

/** Changes that end in the same document: the same policy, or new policies for the same principal. */
const groupKey = ({ remedy: { target, change } }: Part): string => {
  const { kind, arn, account } = change.home
  const isNew = target.create && target.policyType === 'identity-based'
  // A managed policy is one document, whomever it hangs on; a bucket is one, whoever asks, and a queue one by Region.
  if (kind === 'managed-policy' && !isNew) return [target.policyType, arn].join(' ')
  return [
    target.policyType,
    target.attachTo,
    ...(isNew ? [account, 'new'] : [arn, change.policy ?? target.policyName]),
  ].join(' ')
}

/** The statements that edits leave: one per position, and those that cannot share a position. */
interface Edits {
  readonly byPosition: ReadonlyMap<number, Statement>
  readonly apart: readonly Statement[]
}

const editsOf = (parts: readonly Part[]): Edits => {
  const byPosition = new Map<number, Statement>()
  const apart: Statement[] = []
  for (const { remedy } of parts) {
    const { edit } = remedy.change
    if (edit === null) continue
    const other = byPosition.get(edit.statement)
    const before = list(documentOf(remedy.change.present)?.Statement)[edit.statement]
    const joined = other === undefined || before === undefined ? edit.after : joinEdits(before, other, edit.after)
    if (joined === null) apart.push(edit.after)
    else byPosition.set(edit.statement, joined)
  }
  return { byPosition, apart }
}

/** What is split off Denies: the same part, split off for several callers, is one statement that exempts them all. */
const splitOffIn = (parts: readonly Part[]): readonly Statement[] => {
  const byPart = new Map<string, Statement>()
  for (const { remedy } of parts) {
    for (const { before, after } of remedy.change.edit?.beside ?? []) {
      const key = JSON.stringify({ ...before, Sid: undefined })
      const other = byPart.get(key)
      byPart.set(key, (other === undefined ? null : joinEdits(before, other, after)) ?? after)
    }
  }
  return [...byPart.values()]
}

const additionsOf = (parts: readonly Part[]): readonly Statement[] =>
  mergeStatements([
    ...parts.map(({ remedy }) => remedy.change.add).filter((add) => add !== null),
    ...editsOf(parts).apart,
    ...splitOffIn(parts),
  ])

/** The document with all edits and additions of a group made at once; `null` where it was not read. */
const mergedDocument = (present: unknown, parts: readonly Part[]): Changed | null => {
  const additions = additionsOf(parts)
  if (present === null) return { before: null, after: { Version: '2012-10-17', Statement: additions } }
  const start = changedDocument({ present, add: null, edit: null })
  if (start === null) return null
  const [version] = parts.flatMap(({ remedy }) => remedy.change.edit?.version ?? [])
  const raised = version === undefined ? {} : { version }
  // From behind, since a statement of which the edits leave nothing goes.
  const positions = [...editsOf(parts).byPosition].toSorted(([a], [b]) => b - a)
  const edited = positions.reduce(
    (document, [statement, after]) => applyChange(document, { add: null, edit: { statement, after, ...raised } }),
    start.after,
  )
  const after = additions.reduce((document, add) => applyChange(document, { add, edit: null }), edited)
  return { before: start.before, after }
}

const stepOf = (
  target: RemedyTarget,
  home: Home,
  changed: Changed | null,
  parts: readonly [Part, ...Part[]],
  add: Statement | null = null,
  isFull = false,
): MergedStep => {
  const covers = [...new Set(parts.map(({ id }) => id))]
  const manager = managerOf(parts[0].remedy.target.attachTo, parts[0].evidence)
  const written = commandsFor({ home, target, before: changed?.before ?? null, after: changed?.after ?? null, add })
  const known = knownPolicies(parts[0].evidence, target.policyType)
  const isOverQuota = isFull || (changed !== null && exceededQuota(home, target, changed.after, known) !== null)
  const commands = isOverQuota ? withoutCli(written) : written
  return {
    target,
    policyDocument: changed?.after ?? null,
    diff: changed === null ? null : diffOf(changed, target.policyName ?? target.attachTo),
    commands: manager === null ? commands : commandsUnder(manager, commands),
    covers,
    isOverQuota,
  }
}

/** A new policy that one remedy alone makes, as it was written out with that remedy. */
const alreadyWritten = (parts: readonly [Part, ...Part[]]): MergedStep | null => {
  const [{ id, remedy, request }] = parts
  const { target, change, policyDocument, diff, commands } = remedy
  const isWhole = parts.length === 1 && change.add !== null && commands !== null && policyDocument !== null
  if (!isWhole || !sameHome(change.home, homeOf(target.policyType, target.attachTo, request))) return null
  return { target, policyDocument, diff, commands, covers: [id], isOverQuota: remedy.values['obstacle'] === 'quota' }
}

const sameHome = (a: Home, b: Home): boolean =>
  a.kind === b.kind && a.arn === b.arn && a.region === b.region && a.account === b.account

const isNew = ({ remedy: { target } }: Part): boolean => target.policyType === 'identity-based' && target.create

/** A policy by its holder: inline policies of two roles may share a name. */
const heldBy = ({ remedy: { target, change } }: Part, key: string): string =>
  [change.home.account, target.attachTo, key].join(' ')

/** Policies as the plan leaves them, by holder and key. */
type Edited = ReadonlyMap<string, PolicyDocument>

/** New policies of one holder: a single inline one if there is room, else managed ones of the size that AWS takes. */
const newPolicies = (parts: readonly [Part, ...Part[]], edited: Edited): readonly MergedStep[] => {
  const written = alreadyWritten(parts)
  if (written !== null && edited.size === 0) return [written]
  const [{ remedy, request, evidence }] = parts
  const { policyType, attachTo } = remedy.target
  const home = homeOf(policyType, attachTo, request)
  let known = knownPolicies(evidence, policyType).map((policy) => {
    const document = edited.get(heldBy(parts[0], policyKey(policy)))
    return document === undefined ? policy : { ...policy, document }
  })
  const statements = additionsOf(parts)
  const whole = placeNewPolicy(attachTo, home, statements, known)
  const chunks = whole.home === home ? [statements] : splitStatements(statements, managedQuota)
  return chunks.map((chunk) => {
    const placed = chunks.length === 1 ? whole : placeNewPolicy(attachTo, home, chunk, known)
    const after = { Version: '2012-10-17', Statement: chunk }
    const isFull = placed.obstacle === 'quota'
    const kind = placed.home === home ? 'inline' : 'managed'
    known = [...known, { name: placed.target.policyName ?? '', kind, document: after }]
    return stepOf(placed.target, placed.home, { before: null, after }, concerned(parts, chunk), null, isFull)
  })
}

/** The parts whose statement went into these; all of them where none can be told. */
const concerned = (parts: readonly [Part, ...Part[]], statements: readonly Statement[]): readonly [Part, ...Part[]] => {
  const isIn = partOf(statements)
  const [first, ...rest] = parts.filter(({ remedy: { change } }) => change.add !== null && isIn(change.add))
  return first === undefined ? parts : [first, ...rest]
}

/** Statements that are added one by one, each as it is and under a Sid of its own. */
const callByCall = (parts: readonly [Part, ...Part[]], changed: Changed | null): readonly MergedStep[] => {
  const { target, change } = parts[0].remedy
  const taken = [...list(changed?.before?.Statement)]
  const byStatement = new Map<string, [Part, ...Part[]]>()
  for (const part of parts) {
    const { add } = part.remedy.change
    if (add === null) continue
    const key = JSON.stringify({ ...add, Sid: undefined })
    const same = byStatement.get(key)
    if (same === undefined) byStatement.set(key, [part])
    else same.push(part)
  }
  const named = [...byStatement.values()].flatMap((same) => {
    const { add } = same[0].remedy.change
    if (add === null) return []
    const one = withUniqueSid(add, taken)
    taken.push(one)
    return [{ same, one }]
  })
  const whole = changed === null ? null : { ...changed, after: { ...changed.after, Statement: taken } }
  return named.map(({ same, one }) => stepOf(target, change.home, whole, same, one))
}

const stepsOf = (parts: readonly [Part, ...Part[]], edited: Edited = new Map()): readonly MergedStep[] => {
  const { target, change } = parts[0].remedy
  if (isNew(parts[0])) return newPolicies(parts, edited)
  const changed = mergedDocument(change.present, parts)
  if (takesStatements(change.home)) return callByCall(parts, changed)
  // Not read: every statement is a step of its own.
  if (changed === null)
    return additionsOf(parts).map((add) => stepOf(target, change.home, changed, concerned(parts, [add]), add))
  return [stepOf(target, change.home, changed, parts)]
}

/**
 * The remedies of many diagnoses merged per policy, so that none overwrites another: one least-privilege policy for
 * a role out of a whole log.
 */
export const mergePlan = (diagnoses: readonly Planned[]): readonly MergedStep[] => {
  const groups = new Map<string, [Part, ...Part[]]>()
  for (const part of diagnoses.flatMap(partsOf)) {
    const key = groupKey(part)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [part])
    else group.push(part)
  }
  // What the plan makes of the policies that are there takes the room of new ones.
  const edited = new Map<string, PolicyDocument>()
  const steps = new Map<string, readonly MergedStep[]>()
  for (const [key, group] of groups) {
    if (isNew(group[0])) continue
    const made = stepsOf(group)
    steps.set(key, made)
    const [document, policy] = [made[0]?.policyDocument, group[0].remedy.change.policy]
    if (document != null && policy !== null) edited.set(heldBy(group[0], policy), document)
  }
  return [...groups].flatMap(([key, group]) => steps.get(key) ?? stepsOf(group, edited))
}
