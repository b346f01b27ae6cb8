import { neighbourNames, type NeighbourName } from '../../denial/neighbours/neighbour-names.ts'
import { finding, none, type Finding } from '../finding.ts'
import { act } from '../fixes.ts'
import type { Situation } from '../situation.ts'
import { absentOrNoAccess } from './absent-or-refused.ts'
import { ecsAgent } from './ecs-roles.ts'
import { tooEarly } from './too-early.ts'
import {
  accountNotAdministrator,
  accountBlocked,
  accountNotEntitled,
  accountOutsideOrganization,
  costExplorerOff,
  serviceNotEnabled,
  cdkForOtherAccount,
  cdkWithoutCredentials,
  guestsRefused,
  identityIsNoRole,
  instanceWithoutRole,
  loginOfIdentity,
  sessionCredentialsRefused,
} from './accounts.ts'
import { simple, type Answer } from './answer.ts'
import { credentialsMissing } from './credentials-missing.ts'
import { clockOff, invalidCredentials, optIn, signature, untrustedCertificate } from './credentials-refused.ts'
import { managedPoliciesMissing } from './eks-policies.ts'
import { serviceLinkedRole } from './linked-role.ts'
import { functionPolicyFull } from './log-delivery.ts'
import { functionUrlRefused } from './function-url.ts'
import { identityProvider } from './identity-provider.ts'
import { malformed, partitionFault } from './malformed-policy.ts'
import {
  apiGatewayLogRole,
  appRunnerAccess,
  controlTower,
  greengrass,
  podIdentity,
  rdsMonitoring,
  rolesAnywhere,
  subscriptionRole,
  switchRole,
  trailRole,
  trailRoleLacks,
} from './named-trust.ts'
import { mfaSession } from './mfa-session.ts'
import { readByIdentity } from './key-of-destination.ts'
import { keyUnusable } from './key-state.ts'
import { keyNotFound } from './named-keys.ts'
import { objectOwnership } from './not-iam.ts'
import {
  catalogOfAthena,
  lakeFormation,
  modelAccess,
  ofMarketplace,
  openSearch,
  profileNeeded,
} from './other-grants.ts'
import { sessionNameOfProfile } from './roles-anywhere.ts'
import { sessionNotStarted, sessionTarget } from './session-target.ts'
import { clusterAccess, notBootstrapped } from './set-up.ts'
import { sessionTooLong } from './session-length.ts'
import { otherRegion } from './other-region.ts'
import { snowflakeCannotAssume, stackSetCannotAssume } from './outside-trust.ts'
import { poolCannotAssume } from './pool-trust.ts'
import { publicAccessDemanded } from './public-access.ts'
import { stalePrincipal } from './recreated-principal.ts'
import { artifactLogin, registryLogin } from './registries.ts'
import { apiGateway, assignment } from './told-by-service.ts'
import { wrongPrincipal } from './wrong-identity.ts'
import { protectedRole } from './protected-role.ts'
import { associationUnauthorized } from './zone-association.ts'
import { edgeCannotAssume, roleOfDms, serviceCannotAssume, serviceRoleOfEcs } from './service-trust.ts'

const otherSystem =
  (system: string): Answer =>
  () => [finding('other-system', 'stated', [act('not-iam', 'ask-other-system', { system })], { system })]

/** Where the host's name has no Region in it, there is no such host. */
const unreachable: Answer = (s) =>
  s.has('region-left-out')
    ? [finding('wrong-region', 'stated', [act('not-iam', 'name-region')], { why: 'left-out' })]
    : otherSystem('network')(s)

const expired: Answer = (s) =>
  s.has('presigned-url-over') || (s.has('request-over') && s.denial.errorCode === 'AccessDenied')
    ? urlOver(s)
    : sessionOver(s)
const sessionOver: Answer = simple('credentials-expired', 'session', 'sign-in-again')
/** Signing in changes nothing of a signature that stands in a URL. */
const urlOver: Answer = simple('credentials-expired', 'session', 'make-new-url', () => ({ why: 'presigned-url' }))

const isUnknownToKey = (s: Situation): boolean => s.denial.errorCode === 'KMS.UnrecognizedClientException'

const notFound: Answer = simple('resource-not-found', 'not-iam', 'check-resource-exists')
/** Public images need no login; one that is over is sent all the same. */
const staleRegistryLogin = (): readonly Finding[] => [
  finding('credentials-expired', 'possible', [
    act('session', 'log-out-of-registry', {}, { command: 'docker logout public.ecr.aws' }),
  ]),
]

/** `service` is who it is where the sentence names nobody. */
const cannotAssume =
  (service: string): Answer =>
  (s) =>
    serviceCannotAssume(s, service)

/** What each neighbour of an authorization failure is; every name has to be here. */
const answers: Readonly<Record<NeighbourName, Answer>> = {
  'artifact-login-expired': artifactLogin,
  'account-blocked': accountBlocked,
  'cdk-no-credentials': cdkWithoutCredentials,
  'cdk-other-account': cdkForOtherAccount,
  'clock-skew': clockOff,
  'credentials-expired': expired,
  'credentials-invalid': invalidCredentials,
  'credentials-missing': credentialsMissing,
  'ecr-login-expired': (s) => (s.has('public-registry') ? staleRegistryLogin() : expired(s)),
  'identity-provider': identityProvider,
  'mfa-code-missing': (s) => [finding('mfa-required', 'stated', [mfaSession(s)])],
  'mfa-code': simple('credentials-invalid', 'session', 'correct-mfa-code', () => ({ why: 'mfa-code' })),
  'jwt-invalid': apiGateway('token', 'send-valid-token'),
  'registry-login-missing': registryLogin,
  'signature-mismatch': signature,
  'sso-session-expired': expired,
  'user-sign-in': otherSystem('cognito'),
  throttled: simple('throttled', 'not-iam', 'back-off'),
  'account-not-administrator': accountNotAdministrator,
  'account-not-entitled': accountNotEntitled,
  'account-outside-organization': accountOutsideOrganization,
  'api-gateway-auth': apiGateway('authorizer', 'correct-authorizer'),
  'api-gateway-forbidden': apiGateway('forbidden', 'find-api-check'),
  'api-gateway-log-role-missing': apiGatewayLogRole(false),
  'api-gateway-log-role-refused': apiGatewayLogRole(true),
  'api-gateway-missing-token': apiGateway('missing-token', 'find-api-method'),
  'app-runner-access-role': appRunnerAccess,
  'appsync-auth': apiGateway('appsync', 'correct-appsync-rules'),
  'bedrock-marketplace': ofMarketplace,
  'bedrock-model-access': modelAccess,
  'bedrock-profile-needed': profileNeeded,
  'bucket-not-empty': simple('resource-not-found', 'not-iam', 'ask-other-system'),
  'catalog-not-migrated': catalogOfAthena,
  'cdk-cannot-assume-role': wrongPrincipal,
  'cdk-not-bootstrapped': notBootstrapped,
  'cognito-no-guests': guestsRefused,
  'cognito-other-login': loginOfIdentity,
  'cognito-pool-role': (s) => [poolCannotAssume(s)],
  'control-tower-cannot-assume-role': controlTower,
  'cost-explorer-not-enabled': costExplorerOff,
  'service-not-enabled': serviceNotEnabled,
  'cross-account-log-access': (s) => (s.has('later-works') ? [tooEarly('later-works')] : none),
  'dms-role-not-ready': roleOfDms,
  'dry-run-succeeded': () => [finding('evaluation-allows', 'stated', [act('not-iam', 'ask-other-system')])],
  'ecs-cannot-assume-role': cannotAssume('ecs-tasks.amazonaws.com'),
  'ecs-cannot-assume-service-role': serviceRoleOfEcs,
  'ecs-cannot-pull-image': ecsAgent,
  'ecs-cannot-pull-secrets': ecsAgent,
  'ecs-exec-failed': sessionTarget,
  'edge-cannot-assume-role': edgeCannotAssume,
  'eks-managed-policies-missing': managedPoliciesMissing,
  'eks-not-mapped': clusterAccess,
  'eks-role-not-trusted': cannotAssume('eks.amazonaws.com'),
  'foreign-endpoint': () => [
    finding('other-system', 'stated', [act('not-iam', 'correct-endpoint')], { system: 'endpoint' }),
  ],
  'function-url-forbidden': functionUrlRefused,
  'greengrass-cannot-assume-role': greengrass,
  'identity-is-no-role': identityIsNoRole,
  'image-not-shared': simple('resource-not-found-as-denied', 'not-iam', 'check-resource-exists', () => ({
    what: 'image',
  })),
  'instance-without-role': instanceWithoutRole,
  'invalid-principal': stalePrincipal,
  'kms-key-unusable': keyUnusable,
  'lake-formation': lakeFormation,
  'lambda-cannot-assume-role': cannotAssume('lambda.amazonaws.com'),
  'malformed-policy': malformed,
  'network-unreachable': unreachable,
  'not-subscribed': simple('not-subscribed', 'not-iam', 'subscribe'),
  'object-disabled': otherSystem('s3'),
  'object-ownership': (s) => [objectOwnership(s)],
  'opensearch-fgac': openSearch,
  'other-aws-error': (s) => (isUnknownToKey(s) ? readByIdentity(s) : none),
  'pod-identity-cannot-assume-role': podIdentity,
  'public-access-blocked': simple('block-public-access', 'not-iam', 'keep-block-public-access', () => ({
    what: 'policy',
  })),
  'public-access-not-blocked': publicAccessDemanded,
  'quota-exceeded': (s) =>
    s.has('function-policy-full')
      ? functionPolicyFull(s)
      : [finding('quota-exceeded', 'stated', [act('not-iam', 'raise-quota')])],
  'rds-monitoring-role': rdsMonitoring,
  'region-not-enabled': simple('region-not-enabled', 'not-iam', 'enable-region', (s) => ({ region: optIn(s) })),
  'resource-not-found': (s) =>
    s.denial.errorCode?.startsWith('KMS.') === true
      ? keyNotFound(s)
      : s.has('absent-or-no-access')
        ? absentOrNoAccess(s)
        : notFound(s),
  'roles-anywhere-cannot-assume-role': rolesAnywhere,
  'roles-anywhere-certificate': untrustedCertificate,
  'roles-anywhere-session-name': sessionNameOfProfile,
  'root-cannot-assume-role': simple('wrong-principal', 'switch-principal', 'use-other-role', () => ({ why: 'root' })),
  'service-linked-role-missing': serviceLinkedRole,
  'ses-identity-unverified': () => [
    finding('other-system', 'stated', [act('not-iam', 'verify-email-identity')], { system: 'ses' }),
  ],
  'session-credentials-refused': sessionCredentialsRefused,
  'session-duration-too-long': sessionTooLong,
  'session-policy-too-large': simple('quota-exceeded', 'session', 'change-session-policy'),
  'share-outside-organization': () => [
    finding(
      'other-system',
      'stated',
      [act('not-iam', 'enable-organization-sharing', {}, { command: 'aws ram enable-sharing-with-aws-organization' })],
      { system: 'ram' },
    ),
  ],
  'copy-outside-organization': () => [
    finding(
      'other-system',
      'stated',
      [act('not-iam', 'copy-within-organization', {}, { command: 'aws organizations describe-organization' })],
      { system: 'backup' },
    ),
  ],
  'snowflake-cannot-assume-role': snowflakeCannotAssume,
  'ssm-session-encryption': sessionNotStarted,
  'sso-role-assignment': assignment,
  'stackset-role-missing': stackSetCannotAssume,
  'state-machine-error': nothing,
  'subscription-role': subscriptionRole,
  'switch-role-refused': switchRole,
  'trail-log-role-lacks': trailRoleLacks,
  'trail-log-role-not-trusted': trailRole,
  'unmodifiable-role': protectedRole,
  'vpc-association-unauthorized': associationUnauthorized,
  'waf-blocked': otherSystem('waf'),
  'wrong-partition': partitionFault,
  'not-in-region': simple('wrong-region', 'not-iam', 'set-region-offering', () => ({ why: 'not-offered' })),
  'wrong-region': (s) => (s.has('authorization-header-malformed') ? signature(s) : otherRegion(s)),
  'alibaba-cloud': otherSystem('alibaba-cloud'),
  application: otherSystem('application'),
  azure: otherSystem('azure'),
  database: otherSystem('database'),
  digitalocean: otherSystem('digitalocean'),
  'git-hosting': otherSystem('git-hosting'),
  'google-cloud': otherSystem('google-cloud'),
  'kubernetes-rbac': otherSystem('kubernetes'),
  'object-storage': otherSystem('object-storage'),
  'operating-system': otherSystem('operating-system'),
  'other-cloud': otherSystem('other-cloud'),
  'package-registry': otherSystem('package-registry'),
  vault: otherSystem('vault'),
  'web-server': otherSystem('web-server'),
}

function nothing(): readonly Finding[] {
  return none
}

const known: ReadonlySet<string> = new Set(neighbourNames)
const isNeighbour = (name: string): name is NeighbourName => known.has(name)

/** Errors that stand beside authorization failures: named, and no policy advice where none helps. */
export function neighbour(s: Situation): readonly Finding[] {
  const name = s.denial.format.startsWith('neighbour:') ? s.denial.format.slice('neighbour:'.length) : ''
  return isNeighbour(name) ? answers[name](s) : none
}
