import type { Evidence } from '../evidence/evidence.ts'
import type { NamedPolicy } from '../iam/policies.ts'
import { list, type Statement } from '../iam/policy-document.ts'
import { isLevelled, type PolicyType } from '../iam/policy-type.ts'
import type { DeniedRequest } from '../requests/denied-request.ts'
import { isUsable } from '../verdict/compile.ts'
import { isAwsManaged, isNamedLikeAws } from './aws-managed.ts'
import { documentOf } from './change.ts'
import { attachmentOf, homeOf, type Home } from './home.ts'
import { managerOf } from './managed-principal.ts'
import { policyKey } from './policy-key.ts'
import type { PolicyChange, RemedyTarget } from './remedy.ts'
import { kindOf, managedHome, placeNewPolicy } from './room.ts'

/** What is asked for: the policy type, what it hangs on, and the statement to add or the place of the one to edit. */
interface Wanted {
  readonly policyType: PolicyType
  readonly attachTo: string
  readonly add: Statement | null
  /** Key of the policy to add to or to edit, where it is known; `null`: a new one is needed. */
  readonly into?: string | null
  readonly edit: WantedEdit | null
  /** It hangs on another thing than the one that was asked for, whose policies are those that were read. */
  readonly isElsewhere?: boolean
  /** Its ARN, where that is known apart from the request. */
  readonly arn?: string | undefined
}

type WantedEdit = NonNullable<PolicyChange['edit']> & {
  readonly policy: string
  /** The statement as it was read: it tells policies of one name apart. */
  readonly before?: Statement | undefined
}

/** Where a change goes, resolved against the policies that were read. */
export interface Resolved {
  readonly target: RemedyTarget
  readonly change: PolicyChange
  /** `quota`: no room for the statement anywhere; `aws-managed`: AWS's own policy, which nobody edits. */
  readonly obstacle: 'quota' | 'aws-managed' | null
}

interface KnownPolicy {
  readonly key: string
  readonly policy: NamedPolicy
}

const known = (policy: NamedPolicy, level: string | null = null): KnownPolicy => ({
  key: policyKey(policy, level),
  policy,
})

const readPolicies = (evidence: Evidence, type: PolicyType): readonly KnownPolicy[] | 'not-read' | null => {
  const found = evidence.policies[type]
  if (found === undefined || found === 'unknown') return 'not-read'
  if (found === null) return null
  return found.flatMap((entry) => {
    if (!('level' in entry)) return [known(entry)]
    return entry.policies === 'unknown' ? [] : entry.policies.map((policy) => known(policy, entry.level))
  })
}

/** The policy of this name that holds the statement where the edit says, or at least has its name. */
const editedOf = (policies: readonly KnownPolicy[], edit: WantedEdit): KnownPolicy | undefined => {
  const named = policies.filter(({ policy }) => policy.name === edit.policy)
  const before = edit.before === undefined ? null : JSON.stringify(edit.before)
  const holds = ({ policy }: KnownPolicy): boolean =>
    JSON.stringify(list(documentOf(policy.document)?.Statement)[edit.statement]) === before
  return (named.length > 1 ? named.find(holds) : undefined) ?? named[0]
}

const managedTarget = (wanted: Wanted, policy: NamedPolicy, create: boolean): RemedyTarget => ({
  policyType: wanted.policyType,
  attachTo: wanted.attachTo,
  policyName: policy.name,
  policyArn: policy.arn ?? null,
  create,
})

/** A permission set is changed where it is kept, in Identity Center, and its present policy was not read. */
const inPermissionSet = (permissionSet: string, home: Home, add: Statement): Resolved => ({
  target: {
    policyType: 'identity-based',
    attachTo: `permission-set/${permissionSet}`,
    policyName: null,
    policyArn: null,
    create: false,
  },
  change: {
    home: { ...home, kind: 'permission-set', name: permissionSet },
    policy: null,
    present: 'not-read',
    add,
    edit: null,
  },
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
  policies: readonly KnownPolicy[],
  permissionSet: string | null,
): Resolved | null => {
  const { edit, add, into } = wanted
  if (permissionSet !== null && add !== null) return inPermissionSet(permissionSet, home, add)
  const found = edit === null ? undefined : (policies.find(({ key }) => key === into) ?? editedOf(policies, edit))
  const policy = found?.policy
  // Nobody edits AWS's own policies: the statement goes into one of the holder's.
  if (edit === null || policy === undefined || (isKeptByAws(policy) && add !== null)) {
    if (add === null) return null
    const placed = placeNewPolicy(
      wanted.attachTo,
      home,
      [add],
      policies.map((one) => one.policy),
    )
    const { target, obstacle } = placed
    return { target, obstacle, change: { home: placed.home, policy: null, present: null, add, edit: null } }
  }
  return {
    target: editedTarget(wanted, policy),
    change: {
      home: editedHome(home, policy),
      policy: found?.key ?? null,
      present: policy.document,
      add: null,
      edit,
      isTold: policy.told === true,
    },
    obstacle: isKeptByAws(policy) ? 'aws-managed' : null,
  }
}

/** Of the policies of roles and users; those of organizations are known by less. */
const isKeptByAws = (policy: NamedPolicy): boolean => isAwsManaged(policy) || isNamedLikeAws(policy)

/**
 * Keys, topics, roles to assume and endpoints always have a policy, and a boundary that denies is there, whatever was
 * said of it: one of a single statement in its place would shut out everybody and everything else.
 */
const neverWithout = (type: PolicyType, { kind }: Home): boolean =>
  type === 'permissions-boundary' || kind === 'key' || kind === 'topic' || kind === 'role-trust' || kind === 'endpoint'

/** Policies of which the holder has exactly one: bucket, key, trust, boundary and the like. */
const resolveSingle = (wanted: Wanted, home: Home, read: readonly KnownPolicy[] | 'not-read' | null): Resolved => {
  const { edit, into } = wanted
  const policies = read === 'not-read' || read === null ? [] : read
  const isMissing = policies.length === 0 && neverWithout(wanted.policyType, home)
  const meant = into === undefined ? undefined : policies.find(({ key }) => key === into)
  const found =
    meant ??
    (edit !== null
      ? editedOf(policies, edit)
      : into === null
        ? undefined
        : // Of SCPs and RCPs there are several, AWS's own among them.
          policies.find((one) => !isLevelled(wanted.policyType) || !isAwsManaged(one.policy)))
  const policy = found?.policy
  const isManaged = home.kind === 'managed-policy' && policy !== undefined
  // In place of a document that AWS would not store there is another one, which nobody has read.
  const unread =
    read === 'not-read' || isMissing || (policy !== undefined && !isUsable(policy.document, wanted.policyType))
  return {
    target: {
      policyType: wanted.policyType,
      attachTo: wanted.attachTo,
      policyName: policy === undefined || policy.told === true ? null : policy.name,
      policyArn: policy?.arn ?? null,
      create: policy === undefined && !unread,
    },
    change: {
      home: isManaged ? managedHome(home, policy) : home,
      policy: found?.key ?? null,
      present: unread ? 'not-read' : (policy?.document ?? null),
      add: edit === null ? wanted.add : null,
      edit: policy === undefined ? null : edit,
      isTold: policy?.told === true,
    },
    obstacle: policy !== undefined && kindOf(policy) === 'aws-managed' ? 'aws-managed' : null,
  }
}

/** Policies of a type that were read, of all levels; empty where none were. */
export const knownPolicies = (evidence: Evidence, type: PolicyType): readonly NamedPolicy[] =>
  keyedPolicies(evidence, type).map(({ policy }) => policy)

const keyedPolicies = (evidence: Evidence, type: PolicyType): readonly KnownPolicy[] => {
  const read = readPolicies(evidence, type)
  return read === 'not-read' || read === null ? [] : read
}

/** What is to be made first, such as `key/<NewKeyId>`, does not have the policy of what is there. */
const isNew = ({ attachTo }: Wanted): boolean => attachTo.includes('/<New')

const prefixes: Partial<Readonly<Record<Home['kind'], readonly string[]>>> = {
  bucket: ['s3', 's3express'],
  'access-point': ['s3'],
  key: ['kms'],
  queue: ['sqs'],
  topic: ['sns'],
  secret: ['secretsmanager'],
  function: ['lambda'],
  repository: ['ecr', 'ecr-public'],
}

const others = new Set([...Object.values(prefixes).flat(), 'execute-api'])

/** A policy of which every action is another service's is that of another thing: written here it would shut all out. */
function isOfAnother({ kind }: Home, read: readonly KnownPolicy[] | 'not-read' | null): boolean {
  const own = prefixes[kind]
  if (own === undefined || read === 'not-read' || read === null || read.length === 0) return false
  return read.every(({ policy }) => {
    const statements = list(documentOf(policy.document)?.Statement)
    const actions = statements
      .flatMap(({ Action }) => list(Action))
      .filter((action: unknown) => typeof action === 'string')
    const services = new Set(actions.map((action) => action.split(':')[0]?.toLowerCase() ?? ''))
    const isForeign = [...services].every((service) => others.has(service) && !own.includes(service))
    return actions.length > 0 && isForeign && statements.every(({ NotAction }) => NotAction === undefined)
  })
}

/** The statement for the policy of a thing tells its ARN, also where the message did not. */
const ownArnIn = ({ policyType, attachTo, add, arn }: Wanted): string | null =>
  policyType === 'resource-based'
    ? (list(add?.Resource).find((one) => attachmentOf(one) === attachTo) ?? arn ?? null)
    : null

/**
 * Finds the policy that a change goes into, or names the new one. `null`: the statement to edit is not among the
 * policies that were read, and there is none to add in its place.
 */
export const resolveTarget = (wanted: Wanted, evidence: Evidence, request: DeniedRequest | null): Resolved | null => {
  const home = homeOf(wanted.policyType, wanted.attachTo, request, ownArnIn(wanted))
  if (wanted.policyType !== 'identity-based') {
    const read = readPolicies(evidence, wanted.policyType)
    const unread = isNew(wanted) || wanted.isElsewhere === true || isOfAnother(home, read)
    return resolveSingle(wanted, home, unread ? 'not-read' : read)
  }
  const manager = managerOf(wanted.attachTo, evidence)
  const permissionSet = manager?.kind === 'identity-center' ? (manager.name ?? '<PermissionSetName>') : null
  return resolveIdentity(wanted, home, keyedPolicies(evidence, 'identity-based'), permissionSet)
}
