import type { Evidence } from '../evidence/evidence.ts'
import type { NamedPolicy, Policies, PolicyLevel } from '../iam/policies.ts'
import type { PolicyDocument } from '../iam/policy-document.ts'
import { isLevelled, type FlatPolicyType, type LevelledPolicyType } from '../iam/policy-type.ts'
import type { Assumption } from '../verdict/verdict.ts'
import { applyChange, changedDocument } from './change.ts'
import type { Remedy } from './remedy.ts'

/** Policies with remedies applied, and what had to be taken for granted because a document was not read. */
export interface Applied {
  readonly policies: Policies
  readonly assuming: readonly Assumption[]
}

const newName = 'statement-to-add'

const replaceOrAdd = (
  known: readonly NamedPolicy[],
  remedy: Remedy,
  document: PolicyDocument,
): readonly NamedPolicy[] => {
  const { target } = remedy
  const isNew = target === null || target.create || remedy.change?.present === 'not-read'
  if (isNew) return [...known, { name: target?.policyName ?? newName, document, kind: 'inline' }]
  return known.map((policy) => (policy.name === target.policyName ? { ...policy, document } : policy))
}

const toFlat = (policies: Policies, type: FlatPolicyType, remedy: Remedy, document: PolicyDocument): Applied => {
  const present = policies[type]
  const unread = present === undefined || present === 'unknown'
  const known = present === undefined || present === 'unknown' || present === null ? [] : present
  return {
    policies: { ...policies, [type]: replaceOrAdd(known, remedy, document) },
    assuming: unread ? [{ code: 'not-read-does-not-deny', policyType: type, values: {} }] : [],
  }
}

const toLevels = (policies: Policies, type: LevelledPolicyType, remedy: Remedy, document: PolicyDocument): Applied => {
  const levels = policies[type]
  const assuming: readonly Assumption[] = [{ code: 'unread-allows', policyType: type, values: {} }]
  if (levels === undefined || levels === null || levels === 'unknown') return { policies, assuming }
  const changed = levels.map((level): PolicyLevel =>
    level.policies === 'unknown' ? level : { ...level, policies: replaceOrAdd(level.policies, remedy, document) },
  )
  return { policies: { ...policies, [type]: changed }, assuming: [] }
}

/** The document of a remedy as far as it is known: whole, or the new statement alone where the rest was not read. */
const documentAfter = ({ change }: Remedy): PolicyDocument | null => {
  if (change === null) return null
  if (change.present === 'not-read') return change.add === null ? null : applyChange(null, change)
  return changedDocument(change)?.after ?? null
}

/** The policies as they will be once these remedies are carried out. */
export const applyRemedies = (evidence: Evidence, remedies: readonly Remedy[]): Applied =>
  remedies.reduce<Applied>(
    (sofar, remedy) => {
      const document = documentAfter(remedy)
      const type = remedy.target?.policyType
      if (document === null || type === undefined) return sofar
      const next = isLevelled(type)
        ? toLevels(sofar.policies, type, remedy, document)
        : toFlat(sofar.policies, type, remedy, document)
      return { policies: next.policies, assuming: [...sofar.assuming, ...next.assuming] }
    },
    { policies: evidence.policies, assuming: [] },
  )
