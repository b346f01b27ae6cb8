import type { Evidence } from '../evidence/evidence.ts'
import type { NamedPolicy, Policies, PolicyLevel } from '../iam/policies.ts'
import { list } from '../iam/policy-document.ts'
import { isLevelled, type FlatPolicyType, type LevelledPolicyType } from '../iam/policy-type.ts'
import { isUsable } from '../verdict/compile.ts'
import type { Assumption } from '../verdict/verdict.ts'
import { changedDocument, documentOf } from './change.ts'
import { joinEdits } from './join-edits.ts'
import { policyKey } from './policy-key.ts'
import type { PolicyChange, Remedy } from './remedy.ts'

/** Policies with remedies applied, and what had to be taken for granted because a document was not read. */
interface Applied {
  readonly policies: Policies
  readonly assuming: readonly Assumption[]
}

const newName = 'statement-to-add'

/** The policy that a change goes into: the one it names among those that are there now, or a new one. */
const present = (
  known: readonly NamedPolicy[],
  { target, change }: Remedy,
  level: string | null,
): NamedPolicy | undefined => {
  if (change !== null && change.policy !== null) return known.find((one) => policyKey(one, level) === change.policy)
  const name = target?.policyName ?? (change?.present === 'not-read' ? newName : undefined)
  return known.find((policy) => policy.name === name) ?? (name === undefined ? known[0] : undefined)
}

/** An edit of a statement that another remedy has edited since it was read is joined to that edit. */
const joined = ({ edit, present: read }: PolicyChange, policy: NamedPolicy | undefined): PolicyChange['edit'] => {
  if (edit === null || policy === undefined) return edit
  const before = list(documentOf(read)?.Statement)[edit.statement]
  const now = list(documentOf(policy.document)?.Statement)[edit.statement]
  const untouched = now === undefined || before === undefined || JSON.stringify(now) === JSON.stringify(before)
  return untouched ? edit : { ...edit, after: joinEdits(before, now, edit.after) ?? edit.after }
}

/**
 * The change is made on the document as it is by now, so that several changes of one document add up. Where the
 * document was not read, the new statement stands for it alone.
 */
const changed = (
  known: readonly NamedPolicy[],
  remedy: Remedy,
  level: string | null = null,
): readonly NamedPolicy[] => {
  const { change, target } = remedy
  if (change === null) return known
  const policy = present(known, remedy, level)
  const document = changedDocument({
    ...change,
    edit: joined(change, policy),
    present: policy?.document ?? null,
  })?.after
  if (document === undefined) return known
  if (policy !== undefined) return known.map((one) => (one === policy ? { ...one, document } : one))
  return change.edit === null ? [...known, { name: target?.policyName ?? newName, document, kind: 'inline' }] : known
}

const toFlat = (policies: Policies, type: FlatPolicyType, remedy: Remedy): Applied => {
  const given = policies[type]
  const all = given === undefined || given === 'unknown' || given === null ? [] : given
  // The statement alone stands for a document that was not read, or that cannot be the one in force.
  const known = all.filter(({ document }) => isUsable(document, type))
  const unread = given === undefined || given === 'unknown' || known.length < all.length
  return {
    policies: { ...policies, [type]: changed(known, remedy) },
    assuming: [
      ...(unread ? [{ code: 'not-read-does-not-deny', policyType: type, values: {} } as const] : []),
      ...(known.some(({ told }) => told) ? [{ code: 'told-applies', policyType: type, values: {} } as const] : []),
    ],
  }
}

const toLevels = (policies: Policies, type: LevelledPolicyType, remedy: Remedy): Applied => {
  const levels = policies[type]
  const assuming: readonly Assumption[] = [{ code: 'unread-allows', policyType: type, values: {} }]
  if (levels === undefined || levels === null || levels === 'unknown') return { policies, assuming }
  const key = remedy.change?.policy
  const after = levels.map((level): PolicyLevel => {
    if (level.policies === 'unknown') return level
    const isHeld = (policy: NamedPolicy): boolean => policyKey(policy, level.level) === key
    const concerned = remedy.target?.create === true || level.policies.some(isHeld)
    return concerned ? { ...level, policies: changed(level.policies, remedy, level.level) } : level
  })
  return { policies: { ...policies, [type]: after }, assuming: [] }
}

/** The policies as they will be once these remedies are carried out. */
export const applyRemedies = (evidence: Evidence, remedies: readonly Remedy[]): Applied =>
  remedies.reduce<Applied>(
    (sofar, remedy) => {
      const type = remedy.target?.policyType
      if (remedy.change === null || type === undefined) return sofar
      const next = isLevelled(type) ? toLevels(sofar.policies, type, remedy) : toFlat(sofar.policies, type, remedy)
      return { policies: next.policies, assuming: [...sofar.assuming, ...next.assuming] }
    },
    { policies: evidence.policies, assuming: [] },
  )
