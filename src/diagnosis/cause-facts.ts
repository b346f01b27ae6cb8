import type { CauseCode } from './cause-code.ts'

/**
 * The facts that a cause of each code carries, for the words to build on. Every cause has those of `commonFacts`
 * that are known; a key that is not known is absent. Those before the bar of a row are always there.
 */
export const commonFacts = [
  /** `role/Name`, `user/Name`, a service principal, or absent. */
  'principal',
  'action',
  'resource',
  /** IAM prefix of the action, or the service that spoke. */
  'service',
  /** 12 digits of the caller's account. */
  'account',
  'operation',
] as const

interface FactKeys {
  readonly always: readonly string[]
  readonly sometimes: readonly string[]
}

const keys = (always: readonly string[], sometimes: readonly string[] = []): FactKeys => ({ always, sometimes })

/** Which statement of which policy: name, 1-based position for people, and Sid. */
const place = ['policy', 'statement', 'sid', 'level'] as const
/**
 * A condition: key, operator, what it demands, what the request had (`absent` where it had none),
 * what a variable among them stands for here; under numbered names
 * those that have to hold beside it.
 */
const condition = [
  ...['key', 'operator', 'values', 'here', 'sent'],
  ...['key2', 'operator2', 'values2', 'key3', 'operator3', 'values3'],
] as const
/** What a policy variable comes to: in which way it is no help, its name, and what it stands for here. */
const variables = ['variables', 'variable', 'here'] as const
/** What a Not… element leaves out, and which one; `partly` where it names the role, and not its account and session. */
const spared = ['spared', 'sparedBy', 'partly'] as const
/** What a statement of the resource's side lets in instead of the caller, and how alike; or on which other resource. */
const near = ['letsIn', 'likeness', 'onlyOn', 'wanted', ...place] as const
/**
 * An ARN fault: what the policy has, whether that stays for other requests, what the request was for, the first part
 * that differs; what else was missed.
 */
const arnFault = ['found', 'kept', 'wanted', 'difference', ...place, ...condition, ...spared, ...variables] as const
/** Which part of an ARN somebody hid; `hiddenIn` where it was in the policy that he hid it. */
const hidden = ['hidden', 'hiddenIn'] as const
/** The type that AWS blames and of which nothing that was read refuses, the policy that it names, what shows it. */
const unseen = ['unseen', 'unseenPolicy', 'lookUp'] as const
/** `group`: of whose policies it is. `rivals`: Denies that may have matched in its place, each by number, Sid and key. */
const deny = [
  'policyType',
  'effect',
  'policyArn',
  'group',
  'rivals',
  ...unseen,
  ...place,
  ...condition,
  ...spared,
  ...variables,
] as const

export const causeFacts: Readonly<Record<CauseCode, FactKeys>> = {
  'missing-allow': keys([], ['companions', 'role', ...place, ...spared]),
  'dependent-action-needed': keys(['option'], ['mainAction']),
  'action-name-mismatch': keys(['wrongName', 'rightName'], place),
  'action-needs-star': keys([], [...place, 'bare']),
  'bucket-arn-needed': keys(['wanted'], arnFault),
  'object-arn-needed': keys(['wanted'], arnFault),
  // Without `wanted`: the text does not name the resource of the request.
  'resource-arn-mismatch': keys(['found'], ['likeness', ...hidden, ...arnFault]),
  'index-arn-needed': keys(['wanted'], arnFault),
  'ssm-parameter-arn': keys(['wanted'], arnFault),
  'log-arn-suffix': keys(['wanted'], arnFault),
  'secret-arn-suffix': keys(['wanted'], arnFault),
  'access-point-arn': keys(['wanted'], arnFault),
  'wrong-partition': keys(['wanted'], ['given', ...arnFault]),
  's3-express-createsession': keys([], ['bucket', 'sessionMode', 'askedMode', ...place]),
  'companion-resource-needed': keys(['resources'], ['types', ...arnFault]),
  'pass-role': keys([], ['role', 'passedTo', 'roleAccount', 'linkedTo']),
  'service-linked-role': keys([], ['role', 'serviceName', 'why']),
  'service-role-missing-allow': keys([], ['role', 'actions', 'whose', 'instance']),
  'policy-not-attached': keys([], ['policy', 'policyArn', 'why', 'version']),
  'kms-behind-service': keys(['kmsActions'], ['key', 'behind', 'via', 'alias', ...place]),
  'kms-key-policy': keys(['kmsActions'], ['key', 'servicePrincipal', 'keyAccount', 'why', ...near]),
  'stale-principal': keys(['holder'], ['uniqueId', 'gone', ...place, 'policyArn']),
  'scp-deny': keys([], deny),
  'rcp-deny': keys([], deny),
  /** `level`: all that lack it, joined by commas. */
  'scp-not-allowed': keys([], ['level', ...unseen, ...condition]),
  'boundary-not-allowed': keys([], ['boundary', 'boundaryArn', ...unseen, ...condition, ...near]),
  'boundary-deny': keys([], ['boundary', ...deny]),
  'boundary-required': keys([], ['carried', 'boundary', ...deny]),
  'session-policy-not-allowed': keys([], ['issuer']),
  'session-policy-deny': keys([], ['issuer', ...deny]),
  'explicit-deny-resource': keys([], [...deny, 'vault']),
  'explicit-deny-identity': keys([], deny),
  'explicit-deny-unnamed': keys([], deny),
  'mfa-required': keys([], [...deny, 'serialNumber']),
  'vpce-policy': keys([], [...deny, 'effect', 'endpoint', 'denyOnly', ...near]),
  'condition-mismatch': keys([], deny),
  'cross-account-resource-side': keys([], ['resourceAccount', 'bucket', 'behind', ...near]),
  'cross-account-identity-side': keys([], ['resourceAccount', 'companions', 'role', ...place, ...spared]),
  'resource-policy-not-allowed': keys([], ['resourceAccount', 'behind', ...near]),
  'service-principal-policy': keys(['servicePrincipal'], ['source', 'sourceArn', ...near, ...condition]),
  'resource-policy-limit': keys([], ['of']),
  /** `saml`: it is assumed with a SAML response, of `provider` where that is known. */
  'trust-policy': keys(
    [],
    ['role', 'user', 'roleAccount', 'trusts', 'saml', 'provider', 'fault', ...unseen, ...condition, ...near],
  ),
  'oidc-trust': keys([], ['provider', 'fault', 'subject', 'open', 'letsIn', ...place, ...condition]),
  'tag-session': keys([], ['role', 'roleAccount', 'lacking', 'call', ...place]),
  'wrong-principal': keys(['why'], ['expected', 'workload']),
  'ecs-role-confusion': keys(['wantedRole'], ['seenRole']),
  'propagation-delay': keys([], ['why', ...place]),
  's3-missing-object-403': keys([], ['bucket', 'objectKey']),
  'block-public-access': keys([], ['bucket', 'setting', 'what', 'scope']),
  'object-ownership': keys([], ['bucket', 'setting', 'refused']),
  'requester-pays': keys([], ['bucket']),
  /** `why`: `own-role`, where what it governs was read past it. */
  'lake-formation': keys([], ['permission', 'on', 'why']),
  'opensearch-fgac': keys([], ['permission', 'user', 'of']),
  'bedrock-model-access': keys([], ['model', 'region']),
  'api-gateway-auth': keys(['why'], ['method']),
  'resource-not-found-as-denied': keys([], ['what', 'why', 'unset', 'given', 'session', 'bucket', 'objectKey']),
  'wrong-region': keys([], ['region', 'grantedIn', 'bucket', 'why']),
  'credentials-missing': keys([], ['workload', 'why']),
  'credentials-invalid': keys([], ['errorCode', 'why']),
  'credentials-expired': keys([], ['errorCode', 'why']),
  'signature-mismatch': keys([], ['errorCode', 'why', 'version']),
  'region-not-enabled': keys([], ['region']),
  'sso-role-assignment': keys([], ['permissionSet']),
  throttled: keys([], ['errorCode']),
  'quota-exceeded': keys([], ['errorCode']),
  'not-subscribed': keys([], ['errorCode', 'why']),
  'resource-not-found': keys([], ['errorCode', 'what']),
  'other-system': keys([], ['system', 'behind', 'errorCode']),
  'key-quarantined': keys([], ['policyArn', ...unseen]),
  'evaluation-allows': keys([], ['notRead', 'said', 'taken', ...place]),
  undetermined: keys([], ['policyType', 'effect', 'wanted', 'found', ...hidden, ...place, ...condition]),
}
