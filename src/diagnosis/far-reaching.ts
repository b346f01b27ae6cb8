import { list, type Statement } from '../iam/policy-document.ts'
import type { PolicyType } from '../iam/policy-type.ts'
import type { Fix } from '../remedy/fix.ts'
import type { Situation } from './situation.ts'

/**
 * Allows that reach further than the one call: whoever has them gives permissions to whom he likes, himself included, or
 * takes away what watches and guards the account. Nobody should paste such a statement only because a call was denied.
 */

const named = (service: string, names: string): readonly string[] =>
  names.split(' ').map((name) => `${service}:${name}`.toLowerCase())

/** A user's own keys and password give nothing that the user has not. */
const ownCredentials: ReadonlySet<string> = new Set(
  named('iam', 'CreateAccessKey CreateLoginProfile UpdateLoginProfile'),
)

/**
 * Permissions of identities, of whatever level AWS's tables call them.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html#access_policies_boundaries-delegate
 */
const givesRights: ReadonlySet<string> = new Set([
  ...named('iam', 'AttachGroupPolicy AttachRolePolicy AttachUserPolicy PutGroupPolicy PutRolePolicy PutUserPolicy'),
  ...named('iam', 'AddUserToGroup CreatePolicyVersion SetDefaultPolicyVersion UpdateAssumeRolePolicy'),
  ...ownCredentials,
  ...named('iam', 'PutRolePermissionsBoundary PutUserPermissionsBoundary'),
  ...named('iam', 'DeleteRolePermissionsBoundary DeleteUserPermissionsBoundary'),
  ...named('sso', 'CreateAccountAssignment AttachManagedPolicyToPermissionSet PutInlinePolicyToPermissionSet'),
  ...named('sso', 'AttachCustomerManagedPolicyReferenceToPermissionSet DeletePermissionsBoundaryFromPermissionSet'),
])

/** https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples.html */
const takesGuard: ReadonlySet<string> = new Set([
  ...named('organizations', 'LeaveOrganization RemoveAccountFromOrganization CloseAccount DeleteOrganization'),
  ...named('organizations', 'DetachPolicy DeletePolicy DisablePolicyType'),
  ...named('account', 'CloseAccount'),
  ...named('cloudtrail', 'StopLogging DeleteTrail DeleteEventDataStore'),
  ...named('config', 'StopConfigurationRecorder DeleteConfigurationRecorder DeleteDeliveryChannel'),
  ...named('guardduty', 'DeleteDetector DeleteMembers StopMonitoringMembers'),
  ...named('guardduty', 'DisassociateFromAdministratorAccount DisassociateFromMasterAccount'),
  ...named('securityhub', 'DisableSecurityHub DisassociateFromAdministratorAccount'),
  ...named('macie2', 'DisableMacie'),
  ...named('inspector2', 'Disable'),
  ...named('detective', 'DeleteGraph'),
  ...named('access-analyzer', 'DeleteAnalyzer'),
  ...named('ec2', 'DisableEbsEncryptionByDefault DisableSnapshotBlockPublicAccess DisableImageBlockPublicAccess'),
  ...named('ec2', 'DeleteFlowLogs'),
  ...named('s3', 'PutAccountPublicAccessBlock BypassGovernanceRetention'),
  ...named('iam', 'DeleteAccountPasswordPolicy DeactivateMFADevice'),
  ...named('backup', 'DeleteBackupVaultLockConfiguration'),
])

interface FarReaching {
  readonly action: string
  readonly reach: 'rights' | 'own-rights' | 'guard'
  /** Condition keys that keep it within bounds. */
  readonly limits: readonly string[]
}

interface Change {
  readonly target: { readonly policyType: PolicyType } | null
  readonly statement: Statement | null
}

/** Such a call is often denied on purpose, by whichever policy. */
export const isGuardTaken = (action: string | null): boolean => takesGuard.has(action?.toLowerCase() ?? '')

/** What of a proposed change reaches so far; `null` where nothing does. */
export function farReaching(s: Situation, { target, statement }: Change): FarReaching | null {
  if (target?.policyType !== 'identity-based' || statement?.Effect !== 'Allow') return null
  return reachOf(s, list(statement.Action), list(statement.Resource))
}

/** What a Deny kept from the caller, were it to let him past. */
export const farReachingPast = (s: Situation, edited: Statement | null): FarReaching | null =>
  edited?.Effect !== 'Deny' || s.action === null
    ? null
    : reachOf(s, [s.action], s.resource === null ? [] : [s.resource])

function reachOf(s: Situation, actions: readonly string[], resources: readonly string[]): FarReaching | null {
  for (const action of actions) {
    const name = action.toLowerCase()
    if (isGuardTaken(name)) return { action, reach: 'guard', limits: [] }
    if (!givesRights.has(name)) continue
    const own = resources.some((resource) => isCaller(s, resource))
    if (own && ownCredentials.has(name)) continue
    const keys = s.catalogue.find(action)?.conditionKeys ?? []
    return { action, reach: own ? 'own-rights' : 'rights', limits: keys.filter((key) => limiting.has(key)) }
  }
  return null
}

const limiting: ReadonlySet<string> = new Set(['iam:PolicyARN', 'iam:PermissionsBoundary'])

/** Of a role's path a session's ARN tells nothing. */
function isCaller({ denial, callerAccount }: Situation, resource: string): boolean {
  const [, account, kind, name] = /^arn:[a-z-]+:iam::([^:]*):(role|user)\/(?:[^:]*\/)?([^/:]+)$/u.exec(resource) ?? []
  const isKind = denial.principalType === 'user' ? kind === 'user' : kind === 'role'
  return isKind && name === denial.roleOrUserName && (callerAccount === null || account === callerAccount)
}

/** Whoever answers for the account's permissions looks at it first. */
export const unlessFarReaching = (s: Situation, fix: Fix): Fix =>
  fix.readiness === 'ready' && farReaching(s, fix) !== null ? { ...fix, readiness: 'needs-review' } : fix
