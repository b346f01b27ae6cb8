import { shellLine } from '../../remedy/commands/shell.ts'
import { neighbourNames, type NeighbourName } from '../../denial/neighbours/neighbour-names.ts'
import type { CauseCode } from '../cause-code.ts'
import { causeFacts } from '../cause-facts.ts'
import { finding, none, type Finding } from '../finding.ts'
import { act, addToIdentity } from '../fixes.ts'
import { parseArn } from '../../iam/arn.ts'
import type { FixStep } from '../../remedy/fix.ts'
import type { RemedyKind } from '../../remedy/remedy.ts'
import type { Situation } from '../situation.ts'
import { ecsAgent, ecsExec, wrongPrincipal } from './wrong-identity.ts'
import {
  accountNotEntitled,
  cdkForOtherAccount,
  cdkWithoutCredentials,
  guestsRefused,
  identityIsNoRole,
  instanceWithoutRole,
  loginOfIdentity,
  sessionCredentialsRefused,
} from './accounts.ts'
import { serviceLinkedRole } from './handed-roles.ts'
import { objectOwnership } from './not-iam.ts'
import { poolCannotAssume, snowflakeCannotAssume, stackSetCannotAssume } from './outside-trust.ts'
import { edgeCannotAssume, roleOfDms, serviceCannotAssume, serviceRoleOfEcs } from './service-trust.ts'

type Answer = (s: Situation) => readonly Finding[]

/** Regions that an account has to enable first. https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html */
const optInRegion = /^(?:af-|ap-east-|ap-south-2|ap-southeast-[3-9]|ca-west-|eu-central-2|eu-south-|il-|me-|mx-)/u

const optIn = (s: Situation): string | null =>
  [s.region, ...s.told('region-named', 'region')].find((region) => region !== null && optInRegion.test(region)) ?? null

const simple =
  (
    code: CauseCode,
    kind: RemedyKind,
    step: FixStep,
    facts: (s: Situation) => Readonly<Record<string, string | null | undefined>> = () => ({}),
  ): Answer =>
  (s) => {
    const takesCode = causeFacts[code].sometimes.includes('errorCode')
    const errorCode = takesCode ? s.denial.errorCode : null
    return [finding(code, 'stated', [act(kind, step, {})], { errorCode, ...facts(s) })]
  }

const otherSystem =
  (system: string): Answer =>
  () => [finding('other-system', 'stated', [act('not-iam', 'ask-other-system', { system })], { system })]

const invalidCredentials: Answer = (s) => {
  const region = optIn(s)
  const bad = finding('credentials-invalid', 'stated', [act('session', 'replace-credentials')], {
    errorCode: s.denial.errorCode,
  })
  const off = (confidence: 'stated' | 'possible'): Finding =>
    finding('region-not-enabled', confidence, [act('not-iam', 'enable-region', { region: region ?? '' })], { region })
  if (region !== null || s.has('other-region-told')) return [off('possible'), { ...bad, confidence: 'possible' }]
  return [bad]
}

const modelAccess: Answer = (s) => {
  const region = finding('wrong-region', 'possible', [act('not-iam', 'set-region', {})], {
    region: s.region ?? s.told('region-named', 'region')[0],
  })
  const model = finding('bedrock-model-access', 'stated', [act('not-iam', 'enable-model-access', {})], {
    region: s.region,
  })
  // Access that is said to be granted was granted in another Region, or account.
  return s.has('access-granted-told') ? [region, { ...model, confidence: 'possible' }] : [model, region]
}

/** Bedrock subscribes on the first call: whoever makes it may be let, in place of somebody who enables the model. */
const ofMarketplace: Answer = (s) => {
  const [first, ...others] = [...modelAccess(s)].toSorted((a) => (a.code === 'bedrock-model-access' ? -1 : 1))
  const actions = ['aws-marketplace:ViewSubscriptions', 'aws-marketplace:Subscribe']
  const missing = finding('missing-allow', 'possible', [addToIdentity(s, actions, ['*'])])
  return first === undefined ? [missing] : [first, missing, ...others]
}

const readActions: Readonly<Record<string, string>> = {
  ssm: 'ssm:GetParameters',
  secretsmanager: 'secretsmanager:GetSecretValue',
  s3: 's3:GetObject',
  kms: 'kms:Decrypt',
  sqs: 'sqs:SendMessage',
  sns: 'sns:Publish',
  dynamodb: 'dynamodb:GetItem',
  logs: 'logs:PutLogEvents',
  lambda: 'lambda:InvokeFunction',
  iam: 'iam:PassRole',
  ecr: 'ecr:BatchGetImage',
}

const partitionFault: Answer = (s) => {
  const found = s.told('partition-not-valid', 'resource')[0] ?? s.denial.resource ?? ''
  const arn = parseArn(found)
  const partition =
    arn?.region.startsWith('us-gov') === true
      ? 'aws-us-gov'
      : arn?.region.startsWith('cn-') === true
        ? 'aws-cn'
        : s.partition !== 'aws'
          ? s.partition
          : '<Partition>'
  const wanted = found.replace(/^arn:[a-z-]+:/u, `arn:${partition}:`)
  const action = readActions[arn?.service ?? ''] ?? `${arn?.service ?? '<service>'}:<Action>`
  const fix = addToIdentity(s, [action], [wanted])
  return [
    finding(
      'wrong-partition',
      'stated',
      [{ ...fix, kind: 'edit-statement', step: 'correct-malformed-policy', readiness: 'needs-review' }],
      { found, wanted, difference: 'partition' },
    ),
  ]
}

const malformed: Answer = (s) =>
  s.has('partition-not-valid')
    ? partitionFault(s)
    : s.has('unique-id-principal', 'invalid-principal')
      ? stalePrincipal(s)
      : simple('quota-exceeded', 'other', 'correct-malformed-policy')(s)

/** Where the policy lives that names the one who is gone, by what was being written. */
const staleHome = (s: Situation): RemedyKind => {
  if (
    /^(?:PutBucketPolicy|SetQueueAttributes|SetTopicAttributes|PutResourcePolicy|SetRepositoryPolicy)$/u.test(
      s.operation ?? '',
    )
  )
    return 'resource-policy'
  if (/KeyPolicy|CreateKey/u.test(s.operation ?? '')) return 'key-policy'
  return /AssumeRolePolicy|CreateRole/u.test(s.operation ?? '') ? 'trust-policy' : 'other'
}

export const stalePrincipal: Answer = (s) => [
  finding('stale-principal', 'stated', [act(staleHome(s), 'write-principal-anew', {}, { owner: 'resource-owner' })], {
    holder: 'policy',
    uniqueId: s.told('unique-id-principal', 'uniqueId')[0],
  }),
]

/** A policy of the resource names a unique id: that principal is gone, and one of the same name is not it. */
export function recreatedPrincipal(s: Situation): readonly Finding[] {
  if (s.denial.effect === 'explicit' || s.denial.policyType === 'identity-based') return none
  const read = (['role-trust', 'resource-based'] as const)
    .flatMap((type) => s.statements(type))
    .find(({ effect, source }) => {
      const id = uniqueIdIn(JSON.stringify(source.Principal ?? null))
      return effect === 'Allow' && id !== null && id !== s.known.principalId
    })
  const told =
    s.action?.toLowerCase() === 'sts:assumerole' || s.has('recreated')
      ? s.told('unique-id-principal', 'uniqueId')[0]
      : undefined
  const uniqueId = uniqueIdIn(JSON.stringify(read?.source.Principal ?? null)) ?? told
  if (uniqueId === undefined) return none
  const kind: RemedyKind =
    read?.policyType === 'role-trust' || s.action?.toLowerCase() === 'sts:assumerole'
      ? 'trust-policy'
      : s.service === 'kms'
        ? 'key-policy'
        : 'resource-policy'
  return [
    finding(
      'stale-principal',
      read === undefined ? 'possible' : 'evaluated',
      [act(kind, 'write-principal-anew', {}, { owner: 'resource-owner' })],
      { holder: 'policy', uniqueId },
    ),
  ]
}

const uniqueIdIn = (principal: string): string | null => /"(A(?:ROA|IDA)[A-Z0-9]{8,30})"/u.exec(principal)?.[1] ?? null

const lakeFormation: Answer = (s) => [
  finding(
    'lake-formation',
    'stated',
    [
      act(
        'other',
        'grant-lake-formation',
        {
          permission: s.told('lake-formation-grant', 'permission')[0] ?? '',
          on: s.told('lake-formation-grant', 'on')[0] ?? '',
        },
        {
          command: shellLine([
            ...['aws', 'lakeformation', 'grant-permissions'],
            ...['--principal', `DataLakePrincipalIdentifier=${s.principalArn ?? '<PrincipalArn>'}`],
            ...['--permissions', '<Permission>', '--resource', '<Resource>'],
          ]),
        },
      ),
    ],
    { permission: s.told('lake-formation-grant', 'permission')[0], on: s.told('lake-formation-grant', 'on')[0] },
  ),
]

const openSearch: Answer = (s) => [
  finding(
    'opensearch-fgac',
    'stated',
    [act('other', 'map-opensearch-role', { permission: s.told('opensearch-permission', 'permission')[0] ?? '' })],
    {
      permission: s.told('opensearch-permission', 'permission')[0],
      user: s.told('opensearch-permission', 'user')[0],
    },
  ),
]

const apiGateway =
  (why: string, step: FixStep): Answer =>
  () => [finding('api-gateway-auth', 'stated', [act('not-iam', step)], { why })]

/** The token stands in the pod, or should, and its user may not read it: no role was asked for. */
const podToken: readonly Finding[] = [
  finding('credentials-missing', 'stated', [act('not-iam', 'let-pod-read-token')], {
    workload: 'kubernetes-pod',
    why: 'token-unreadable',
  }),
]

const missing: Answer = (s) =>
  s.has('pod-token-unreadable')
    ? podToken
    : [
        finding('credentials-missing', 'stated', [act('not-iam', 'provide-credentials')], {
          workload: s.has('instance-metadata-blocked') ? 'ec2-instance' : null,
        }),
      ]

const assignment: Answer = simple('sso-role-assignment', 'switch-principal', 'assign-permission-set')
const expired: Answer = simple('credentials-expired', 'session', 'sign-in-again')

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
  'account-blocked': simple('credentials-invalid', 'not-iam', 'ask-other-system'),
  'cdk-no-credentials': cdkWithoutCredentials,
  'cdk-other-account': cdkForOtherAccount,
  'clock-skew': simple('signature-mismatch', 'not-iam', 'correct-signature'),
  'credentials-expired': expired,
  'credentials-invalid': invalidCredentials,
  'credentials-missing': missing,
  'ecr-login-expired': (s) => (s.has('public-registry') ? staleRegistryLogin() : expired(s)),
  'identity-provider': simple('oidc-trust', 'trust-policy', 'correct-trust-condition', () => ({ fault: 'provider' })),
  'jwt-invalid': simple('api-gateway-auth', 'not-iam', 'sign-request', () => ({ why: 'token' })),
  'signature-mismatch': simple('signature-mismatch', 'not-iam', 'correct-signature'),
  'sso-session-expired': expired,
  'user-sign-in': otherSystem('cognito'),
  throttled: simple('throttled', 'not-iam', 'back-off'),
  'account-not-entitled': accountNotEntitled,
  'api-gateway-auth': apiGateway('authorizer', 'correct-authorizer'),
  'api-gateway-forbidden': apiGateway('forbidden', 'sign-request'),
  'api-gateway-missing-token': apiGateway('missing-token', 'sign-request'),
  'appsync-auth': apiGateway('appsync', 'correct-authorizer'),
  'bedrock-marketplace': ofMarketplace,
  'bedrock-model-access': modelAccess,
  'bucket-not-empty': simple('resource-not-found', 'not-iam', 'ask-other-system'),
  'cdk-cannot-assume-role': wrongPrincipal,
  'cognito-no-guests': guestsRefused,
  'cognito-other-login': loginOfIdentity,
  'cognito-pool-role': (s) => [poolCannotAssume(s)],
  'cost-explorer-not-enabled': simple('not-subscribed', 'not-iam', 'subscribe'),
  'cross-account-log-access': (s) =>
    s.has('later-works') ? [finding('propagation-delay', 'possible', [act('not-iam', 'wait-and-retry')])] : none,
  'dms-role-not-ready': roleOfDms,
  'dry-run-succeeded': () => [finding('evaluation-allows', 'stated', [act('not-iam', 'ask-other-system')])],
  'ecs-cannot-assume-role': cannotAssume('ecs-tasks.amazonaws.com'),
  'ecs-cannot-assume-service-role': serviceRoleOfEcs,
  'ecs-cannot-pull-image': ecsAgent,
  'ecs-cannot-pull-secrets': ecsAgent,
  'ecs-exec-failed': ecsExec,
  'edge-cannot-assume-role': edgeCannotAssume,
  'eks-not-mapped': otherSystem('kubernetes'),
  'identity-is-no-role': identityIsNoRole,
  'image-not-shared': simple('resource-not-found-as-denied', 'not-iam', 'check-resource-exists', () => ({
    what: 'image',
  })),
  'instance-without-role': instanceWithoutRole,
  'invalid-principal': stalePrincipal,
  'lake-formation': lakeFormation,
  'lambda-cannot-assume-role': cannotAssume('lambda.amazonaws.com'),
  'malformed-policy': malformed,
  'network-unreachable': otherSystem('network'),
  'not-subscribed': simple('not-subscribed', 'not-iam', 'subscribe'),
  'object-disabled': otherSystem('s3'),
  'object-ownership': (s) => [objectOwnership(s)],
  'opensearch-fgac': openSearch,
  'other-aws-error': nothing,
  'quota-exceeded': simple('quota-exceeded', 'not-iam', 'raise-quota'),
  'region-not-enabled': simple('region-not-enabled', 'not-iam', 'enable-region', (s) => ({ region: optIn(s) })),
  'resource-not-found': simple('resource-not-found', 'not-iam', 'check-resource-exists'),
  'root-cannot-assume-role': simple('wrong-principal', 'switch-principal', 'use-other-role', () => ({ why: 'root' })),
  'service-linked-role-missing': serviceLinkedRole,
  'session-credentials-refused': sessionCredentialsRefused,
  'session-policy-too-large': simple('quota-exceeded', 'session', 'change-session-policy'),
  'snowflake-cannot-assume-role': snowflakeCannotAssume,
  'ssm-session-encryption': simple('kms-behind-service', 'not-iam', 'ask-other-system', () => ({
    kmsActions: 'kms:Decrypt',
  })),
  'sso-role-assignment': assignment,
  'stackset-role-missing': stackSetCannotAssume,
  'state-machine-error': nothing,
  'unmodifiable-role': simple('resource-not-found', 'not-iam', 'ask-other-system'),
  'waf-blocked': otherSystem('waf'),
  'wrong-partition': partitionFault,
  'wrong-region': simple('wrong-region', 'not-iam', 'set-region', (s) => ({ region: s.region })),
  'alibaba-cloud': otherSystem('alibaba-cloud'),
  application: otherSystem('application'),
  azure: otherSystem('azure'),
  database: otherSystem('database'),
  digitalocean: otherSystem('digitalocean'),
  'git-hosting': otherSystem('git-hosting'),
  'google-cloud': otherSystem('google-cloud'),
  'kubernetes-rbac': otherSystem('kubernetes'),
  'operating-system': otherSystem('operating-system'),
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

/** The same sentences where they stand inside another denial or were found as a clue alone. */
export function toldByService(s: Situation): readonly Finding[] {
  if (s.has('lake-formation-grant') || (s.has('data-retrieval-refused') && s.action === null)) return lakeFormation(s)
  if (s.has('opensearch-permission')) return openSearch(s)
  if (s.has('partition-not-valid')) return partitionFault(s)
  if (s.has('permission-set-unassigned') && s.denial.operation === 'GetRoleCredentials') return assignment(s)
  if (s.has('acl-not-supported')) return [objectOwnership(s)]
  if (s.has('bedrock-model-refused', 'marketplace-subscription')) return modelAccess(s)
  if (s.has('authorizer-refused')) return apiGateway('authorizer', 'correct-authorizer')(s)
  if (s.has('caller-credentials-unusable')) return wrongPrincipal(s)
  return none
}
