import type { Evidence } from '../evidence/evidence.ts'
import type { NamedPolicy } from '../iam/policies.ts'
import type { Statement } from '../iam/policy-document.ts'
import { isLevelled, type PolicyType } from '../iam/policy-type.ts'
import type { DeniedRequest } from '../requests/denied-request.ts'
import { isUsable } from '../verdict/compile.ts'
import { isAwsManaged } from './aws-managed.ts'
import { homeOf, type Home } from './home.ts'
import { managerOf } from './managed-principal.ts'
import { policyNameFor } from './policy-name.ts'
import { attachedPoliciesQuota, inlineQuota, managedQuota, policySize } from './policy-size.ts'
import type { PolicyChange, RemedyTarget } from './remedy.ts'

/** What is asked for: the policy type, what it hangs on, and the statement to add or the place of the one to edit. */
export interface Wanted {
  readonly policyType: PolicyType
  readonly attachTo: string
  readonly add: Statement | null
  /** Name of the policy to add to, where the holder has several; `null`: a new one is needed. */
  readonly into?: string | null
  readonly edit: (NonNullable<PolicyChange['edit']> & { readonly policy: string }) | null
}

/** Where a change goes, resolved against the policies that were read. */
export interface Resolved {
  readonly target: RemedyTarget
  readonly change: PolicyChange
  /** `quota`: no room for the statement anywhere; `aws-managed`: AWS's own policy, which nobody edits. */
  readonly obstacle: 'quota' | 'aws-managed' | null
}

type Kind = 'inline' | 'managed' | 'aws-managed'

const kindOf = (policy: NamedPolicy): Kind =>
  policy.kind ?? (policy.arn === undefined ? 'inline' : policy.arn.includes(':iam::aws:') ? 'aws-managed' : 'managed')

const readPolicies = (evidence: Evidence, type: PolicyType): readonly NamedPolicy[] | 'not-read' | null => {
  const found = evidence.policies[type]
  if (found === undefined || found === 'unknown') return 'not-read'
  if (found === null) return null
  return found.flatMap((entry) => ('level' in entry ? (entry.policies === 'unknown' ? [] : entry.policies) : [entry]))
}

const managedHome = (home: Home, policy: { readonly name: string; readonly arn?: string | undefined }): Home => ({
  ...home,
  kind: 'managed-policy',
  name: policy.name,
  arn: policy.arn ?? `arn:${home.partition}:iam::${home.account ?? '<AccountId>'}:policy/${policy.name}`,
})

const managedTarget = (wanted: Wanted, policy: NamedPolicy, create: boolean): RemedyTarget => ({
  policyType: wanted.policyType,
  attachTo: wanted.attachTo,
  policyName: policy.name,
  policyArn: policy.arn ?? null,
  create,
})

/** The user's or role's own inline policies, not those of its groups. */
const ownInline = (policies: readonly NamedPolicy[]): readonly NamedPolicy[] =>
  policies.filter((policy) => kindOf(policy) === 'inline' && policy.group === undefined)

export interface NewPolicy {
  readonly target: RemedyTarget
  readonly home: Home
  readonly obstacle: 'quota' | null
}

/** Inline where the sum of the holder's inline policies leaves room, else a customer managed policy. */
export const placeNewPolicy = (
  attachTo: string,
  home: Home,
  statements: readonly Statement[],
  known: readonly NamedPolicy[],
): NewPolicy => {
  const name = policyNameFor(statements)
  const size = policySize({ Version: '2012-10-17', Statement: statements })
  const used = ownInline(known).reduce((sum, { document }) => sum + policySize(document), 0)
  const target: RemedyTarget = {
    policyType: 'identity-based',
    attachTo,
    policyName: name,
    policyArn: null,
    create: true,
  }
  const quota = inlineQuota[home.kind]
  if (quota === undefined || used + size <= quota) return { target, home, obstacle: null }
  const attached = known.filter((policy) => kindOf(policy) !== 'inline' && policy.group === undefined).length
  const full = attached >= attachedPoliciesQuota || size > managedQuota
  return { target, home: managedHome(home, { name }), obstacle: full ? 'quota' : null }
}

/** A permission set is changed where it is kept, in Identity Center, and its present policy was not read. */
const inPermissionSet = (permissionSet: string, home: Home, add: Statement): Resolved => ({
  target: {
    policyType: 'identity-based',
    attachTo: `permission-set/${permissionSet}`,
    policyName: null,
    policyArn: null,
    create: false,
  },
  change: { home: { ...home, kind: 'permission-set', name: permissionSet }, present: 'not-read', add, edit: null },
  obstacle: null,
})

const editedHome = (home: Home, policy: NamedPolicy): Home => {
  if (kindOf(policy) !== 'inline') return managedHome(home, policy)
  return policy.group === undefined ? home : { ...home, kind: 'group', name: policy.group }
}

const editedTarget = (wanted: Wanted, policy: NamedPolicy): RemedyTarget => ({
  ...managedTarget(wanted, policy, false),
  attachTo: policy.group === undefined ? wanted.attachTo : `group/${policy.group}`,
})

const resolveIdentity = (
  wanted: Wanted,
  home: Home,
  known: readonly NamedPolicy[],
  permissionSet: string | null,
): Resolved | null => {
  const { edit, add } = wanted
  if (permissionSet !== null && add !== null) return inPermissionSet(permissionSet, home, add)
  const policy = edit === null ? undefined : known.find(({ name }) => name === edit.policy)
  // Nobody edits AWS's own policies: the statement goes into one of the holder's.
  if (edit === null || policy === undefined || (kindOf(policy) === 'aws-managed' && add !== null)) {
    if (add === null) return null
    const placed = placeNewPolicy(wanted.attachTo, home, [add], known)
    const { target, obstacle } = placed
    return { target, obstacle, change: { home: placed.home, present: null, add, edit: null } }
  }
  return {
    target: editedTarget(wanted, policy),
    change: { home: editedHome(home, policy), present: policy.document, add: null, edit },
    obstacle: kindOf(policy) === 'aws-managed' ? 'aws-managed' : null,
  }
}

/** Policies of which the holder has exactly one: bucket, key, trust, boundary and the like. */
const resolveSingle = (wanted: Wanted, home: Home, known: readonly NamedPolicy[] | 'not-read' | null): Resolved => {
  const { edit, into } = wanted
  const policies = known === 'not-read' || known === null ? [] : known
  const named = edit?.policy ?? into
  // Of SCPs and RCPs there are several, AWS's own among them.
  const policy =
    named === undefined
      ? policies.find((one) => !isLevelled(wanted.policyType) || !isAwsManaged(one))
      : policies.find(({ name }) => name === named)
  const isManaged = home.kind === 'managed-policy' && policy !== undefined
  // In place of a document that AWS would not store there is another one, which nobody has read.
  const unread = known === 'not-read' || (policy !== undefined && !isUsable(policy.document, wanted.policyType))
  return {
    target: {
      policyType: wanted.policyType,
      attachTo: wanted.attachTo,
      policyName: policy?.name ?? null,
      policyArn: policy?.arn ?? null,
      create: policy === undefined && !unread,
    },
    change: {
      home: isManaged ? managedHome(home, policy) : home,
      present: unread ? 'not-read' : (policy?.document ?? null),
      add: edit === null ? wanted.add : null,
      edit: policy === undefined ? null : edit,
    },
    obstacle: policy !== undefined && kindOf(policy) === 'aws-managed' ? 'aws-managed' : null,
  }
}

/** Policies of a type that were read, of all levels; empty where none were. */
export const knownPolicies = (evidence: Evidence, type: PolicyType): readonly NamedPolicy[] => {
  const known = readPolicies(evidence, type)
  return known === 'not-read' || known === null ? [] : known
}

/** What is to be made first, such as `key/<NewKeyId>`, does not have the policy of what is there. */
const isNew = ({ attachTo }: Wanted): boolean => attachTo.includes('/<New')

/**
 * Finds the policy that a change goes into, or names the new one. `null`: the statement to edit is not among the
 * policies that were read, and there is none to add in its place.
 */
export const resolveTarget = (wanted: Wanted, evidence: Evidence, request: DeniedRequest | null): Resolved | null => {
  const home = homeOf(wanted.policyType, wanted.attachTo, request)
  if (wanted.policyType !== 'identity-based')
    return resolveSingle(wanted, home, isNew(wanted) ? 'not-read' : readPolicies(evidence, wanted.policyType))
  const manager = managerOf(wanted.attachTo, evidence)
  const permissionSet = manager?.kind === 'identity-center' ? (manager.name ?? '<PermissionSetName>') : null
  return resolveIdentity(wanted, home, knownPolicies(evidence, 'identity-based'), permissionSet)
}
