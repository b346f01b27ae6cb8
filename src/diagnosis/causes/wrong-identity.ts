import { finding, none, type Finding } from '../finding.ts'
import { aboutRole } from '../about.ts'
import { act, addToIdentity } from '../fixes.ts'
import { roleLabel } from '../known-facts.ts'
import { identityGrants, type Situation } from '../situation.ts'
import { coveringArn } from './arn-form.ts'
import { anotherIdentity } from './another-identity.ts'
import { companionActions } from './companion-actions.ts'
import { lackBeside } from './lack-beside.ts'
import { podAsNode } from './node-role.ts'
import { bucketOf, isBare } from './not-iam.ts'

/** The text itself says that somebody else was meant. */
function toldToBeAnother(s: Situation): readonly Finding[] {
  if (!s.has('expected-principal') || s.denial.effect === 'explicit') return none
  if (s.denial.principal === null && s.denial.class !== 'bare') return none
  const named = s.told('role-named', 'role')
  // Who takes the name of the session for a role sees another one than was meant.
  const { sessionName } = s.denial
  if (sessionName !== null && named.some((role) => sessionName.startsWith(role))) return none
  const others = [...named, ...configuredRoles(s)].filter((role) => role !== s.denial.roleOrUserName)
  const [expected] = others
  return [
    finding('wrong-principal', 'possible', [act('switch-principal', 'use-other-role', { expected: expected ?? '' })], {
      why: 'expected-other',
      expected,
    }),
    ...lackBeside(s),
  ]
}

/** Roles whose ARN stands in the text: where it is one alone, it is the one that was set up. */
function configuredRoles(s: Situation): readonly string[] {
  const roles = new Set(s.told('role-arn', 'role').map((arn) => arn.slice(arn.lastIndexOf('/') + 1)))
  return roles.size === 1 && s.action?.toLowerCase() !== 'iam:passrole' ? [...roles] : []
}

/** A permission is told of a user, and a role made the call: the policies of that user count for nothing. */
export function userToldForRole(s: Situation): readonly Finding[] {
  const { principalType, effect } = s.denial
  return principalType === 'assumed-role' && effect !== 'explicit' && s.has('user-granted-told')
    ? [anotherIdentity()]
    : none
}

/** Credentials that AWS issues for an environment and restricts, or that may not assume the role of CDK. */
function unusableCredentials(s: Situation): readonly Finding[] {
  if (s.has('cloud9')) return [unusable({ why: 'cloud9-credentials' })]
  if (!s.has('caller-credentials-unusable')) return none
  const [role] = s.told('caller-credentials-unusable', 'role')
  if (s.denial.principal === null) return [unusable({ why: 'unusable-credentials' }), ...mayNotAssume(s, role)]
  // AWS's own sentence about the same call tells who asked, and what for.
  if (s.action?.toLowerCase() === 'sts:assumerole') return none
  // CDK went on without its role.
  const expected = role?.split('/').at(-1)
  return [unusable({ why: 'expected-other', expected }, { expected: expected ?? '' })]
}

const unusable = (
  facts: { readonly why: string; readonly expected?: string | undefined },
  values: Readonly<Record<string, string>> = {},
): Finding => finding('wrong-principal', 'possible', [act('switch-principal', 'use-other-role', values)], facts)

const mayNotAssume = (s: Situation, role: string | undefined): readonly Finding[] =>
  role === undefined || (s.action !== null && s.action.toLowerCase() !== 'sts:assumerole')
    ? none
    : [
        {
          ...finding('missing-allow', 'possible', [addToIdentity(s, ['sts:AssumeRole'], [coveringArn(role)])], {
            action: 'sts:AssumeRole',
            resource: role,
          }),
          about: { ...s, requests: [] },
        },
      ]

/** A service-linked role: nobody edits its policy. Where that was read, it tells by itself what the role may do. */
function serviceLinked(s: Situation): readonly Finding[] {
  if (s.denial.roleOrUserName?.startsWith('AWSServiceRoleFor') !== true || s.service === 'kms') return none
  if (s.denial.effect === 'explicit' || s.denial.policyType === 'resource-based') return none
  if (s.wasRead('identity-based')) return none
  return [
    finding(
      'wrong-principal',
      'possible',
      [act('switch-principal', 'leave-role-of-aws', { role: s.principalLabel }, { owner: 'resource-owner' })],
      { why: 'service-linked-role' },
    ),
  ]
}

/** A role is told of, beside the keys of a user. */
const roleMeant = ['role-named', 'instance-profile-told', 'on-server', 'lambda-at-work'] as const

/** A user's keys where a service account or a role was set up. */
function userInPlaceOfRole(s: Situation): readonly Finding[] {
  if (s.denial.effect === 'explicit') return none
  const areKeysBlamed =
    s.has('pod-identity-set-up', 'keys-blamed') ||
    // Where AWS says why, a file that is merely named explains nothing more.
    (s.denial.policyType === null && s.has('static-keys-in-environment') && s.has(...roleMeant))
  const isUser = s.denial.principalType === 'user' && areKeysBlamed
  // Keys in the environment beat a profile, whoever they belong to.
  const beaten = s.denial.principalType !== 'service' && s.has('environment-keys-told') && s.has('profile-told')
  if (!isUser && !beaten) return none
  return [
    finding('wrong-principal', 'possible', [act('switch-principal', 'use-other-role', {})], { why: 'static-keys' }),
    ...lackBeside(s),
  ]
}

export function wrongPrincipal(s: Situation): readonly Finding[] {
  for (const find of [podAsNode, toldToBeAnother, unusableCredentials, serviceLinked, userInPlaceOfRole]) {
    const found = find(s)
    if (found.length > 0) return found
  }
  return none
}

// Calls that nobody signs: a token or a password in them tells the caller.
const neverSigned = /^(?:sts:AssumeRoleWith|cognito-idp:|cognito-identity:Get)/iu

/** AWS answered a call without a signature: no identity-based policy can belong to it. */
export function anonymousCaller(s: Situation): readonly Finding[] {
  const isAnonymous = s.denial.principalType === 'anonymous' || s.denial.format === 's3-anonymous-multipart'
  if (!isAnonymous || s.denial.effect === 'explicit') return none
  if (neverSigned.test(s.action ?? '')) return none
  if (s.service === 'execute-api') return unsignedInvoke(s)
  return [
    finding('credentials-missing', 'stated', [act('not-iam', 'sign-call', { service: s.service ?? '' })], {
      why: 'not-signed',
    }),
  ]
}

/**
 * A method with IAM authorization asks an unsigned call for its token. That somebody anonymous may not invoke it is
 * what the API's resource policy answers: it lets nobody in from there, or only named principals.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 */
function unsignedInvoke(s: Situation): readonly Finding[] {
  const sign = act('not-iam', 'sign-request', {}, { alternative: true })
  const isAllowed = s.layer('resource-based')?.result === 'allowed'
  const admit = act('resource-policy', 'admit-to-api', {}, { owner: 'resource-owner' })
  const fixes = isAllowed ? [{ ...sign, alternative: false }] : [admit, sign]
  return [
    finding('api-gateway-auth', isAllowed || s.denial.policyType !== null ? 'stated' : 'possible', fixes, {
      why: isAllowed ? 'not-signed' : 'not-admitted',
    }),
  ]
}

/** The command before the error, or the only one, said that nobody signs it. */
function isToldUnsigned({ denial, service }: Situation): boolean {
  const commands = denial.calls.filter((call) => call.service === service && Object.keys(call.parameters).length > 0)
  const failed = commands.findLast(({ span }) => span[0] < denial.span[0]) ?? commands[0]
  return failed?.parameters['noSignRequest'] === 'true'
}

/**
 * `--no-sign-request` on a bucket: its owner lets everybody in, or does not; no policy of the reader's counts. What is
 * not there, and a bucket that charges its readers, answer such a reader in the same words.
 */
export function unsignedReader(s: Situation): readonly Finding[] {
  if (s.denial.principal !== null || s.service !== 's3' || !isBare(s) || !isToldUnsigned(s)) return none
  const bucket = bucketOf(s)
  const unsigned = finding(
    'credentials-missing',
    'stated',
    [act('not-iam', 'sign-call', { service: 's3', option: '--no-sign-request' })],
    { why: 'not-signed' },
  )
  const pays = finding('requester-pays', 'possible', [act('not-iam', 'request-payer', { bucket: bucket ?? '' })], {
    bucket,
  })
  if (/^s3:List/iu.test(s.action ?? '')) return [unsigned, pays]
  if (!/^s3:Get/iu.test(s.action ?? '')) return [unsigned]
  const absent = finding('s3-missing-object-403', 'possible', [act('not-iam', 'check-key-exists')], {
    bucket,
    objectKey: s.told('object-named', 'key')[0] ?? s.told('s3-uri', 'key')[0],
  })
  return [unsigned, absent, pays]
}

const isExecution = /exec/iu
const isTask = /task|job|container|app/iu

const nameOf = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1)
const isTaskRole = (s: Situation, name: string): boolean =>
  s.known.taskRole != null && nameOf(s.known.taskRole.arn) === name

/**
 * The text tells that the permission went to one of the task's two roles, and the call was refused to the other one.
 * Which of them asked is told by its name, and by what the agent itself fetches.
 */
export function otherRoleOfTask(s: Situation): readonly Finding[] {
  const { roleOrUserName: name, effect, policyType } = s.denial
  const given = new Set(s.told('granted-to-ecs-role', 'role'))
  if (name === null || s.denial.principalType !== 'assumed-role' || s.action === null || given.size !== 1) return none
  if (effect === 'explicit' || (policyType !== null && policyType !== 'identity-based')) return none
  if (s.wasRead('identity-based') || s.has('kms-behind-refused', 'kms-ciphertext-refers')) return none
  const isAgent = s.has('ecs-secret-retrieval', 'ecs-image-pull', 'ecs-log-driver')
  const asked = isTaskRole(s, name) ? 'task' : isExecution.test(name) ? 'execution' : isAgent ? null : 'task'
  if (asked === null || given.has(asked)) return none
  // A role whose name does not say so is the task's where the text speaks of the other one and of ECS.
  if (asked === 'task' && !isTaskRole(s, name) && !isTask.test(name) && !/ecs|fargate/iu.test(name)) return none
  const resource = s.resource ?? s.resourcePattern ?? '*'
  const grant = addToIdentity(s, [s.action, ...companionActions(s, s.action)], [coveringArn(resource)])
  return [finding('ecs-role-confusion', 'stated', [grant], { wantedRole: `${asked}-role` })]
}

/** Image, secrets and log driver are fetched with the EXECUTION role, before any code of the task runs. */
export function ecsAgent(s: Situation): readonly Finding[] {
  if (!s.has('ecs-secret-retrieval', 'ecs-image-pull', 'ecs-log-driver')) return none
  const name = s.denial.roleOrUserName
  // A key or a layer bucket that refused tells more than the agent does.
  if (s.has('kms-behind-refused', 'kms-ciphertext-refers', 'layer-bucket')) return none
  // Named and rightly the execution role, by what was read of the task or by its name: then it simply lacks the permission.
  if (name !== null && !isTaskRole(s, name) && (isExecution.test(name) || !isTask.test(name))) return none
  if (s.has('timed-out') && name === null) return none
  const execution = s.known.executionRole ?? null
  if (execution !== null && name === nameOf(execution.arn)) return none
  const attachTo = execution === null ? 'role/<ExecutionRoleName>' : roleLabel(execution)
  const secret = s.told('secret-arn', 'secret')[0]
  const parameter = s.told('parameter-arn', 'parameter')[0]
  const stores = s.told('ecs-secret-retrieval', 'store')
  const isSsm = stores.includes('ssm')
  // `unable to pull secrets or registry auth` stands before both.
  const isImage = s.has('ecs-image-pull') && secret === undefined && parameter === undefined && stores.length === 0
  const isSecret = s.has('ecs-secret-retrieval') && !isImage
  const [action, resource] =
    s.action !== null
      ? [s.action, s.resource ?? s.resourcePattern ?? '*']
      : secret !== undefined
        ? ['secretsmanager:GetSecretValue', anySuffix(secret)]
        : isSecret
          ? isSsm || parameter !== undefined
            ? [
                'ssm:GetParameters',
                parameter ?? `arn:${s.partition}:ssm:<Region>:<AccountId>:parameter/<ParameterName>`,
              ]
            : [
                'secretsmanager:GetSecretValue',
                `arn:${s.partition}:secretsmanager:<Region>:<AccountId>:secret:<SecretName>-??????`,
              ]
          : s.has('ecs-log-driver')
            ? ['logs:CreateLogStream', `arn:${s.partition}:logs:<Region>:<AccountId>:log-group:<LogGroupName>:*`]
            : ['ecr:GetAuthorizationToken', '*']
  const about = execution === null ? null : aboutRole(s, execution, [action])
  // The execution role was read and has it: then it is not for want of this permission.
  const has = about !== null && identityGrants(about, action, resource.includes('<') ? null : resource)
  const isRead = about !== null && about.wasRead('identity-based') && (name === null || isTaskRole(s, name))
  const confusion: Finding = {
    ...finding(
      'ecs-role-confusion',
      isRead && !has ? 'evaluated' : name === null ? 'possible' : 'stated',
      [addToIdentity(s, [action, ...companionActions(s, action)], [coveringArn(resource)], { attachTo })],
      { wantedRole: 'execution-role', seenRole: name },
    ),
    ...(about === null ? {} : { about }),
  }
  if (name !== null) return [confusion]
  const absent = finding('resource-not-found-as-denied', 'possible', [act('not-iam', 'check-resource-exists', {})], {
    what: isSsm ? 'parameter' : 'secret',
  })
  if (!isSecret) return [confusion]
  // No word of a denial and nothing named: whether IAM was asked at all is open.
  const isOpen = secret === undefined && parameter === undefined && s.denial.errorCode === null
  return isOpen ? [absent, confusion] : [confusion, absent]
}

const anySuffix = (secret: string): string => secret.replace(/-[A-Za-z0-9]{6}$/u, '-??????')

/** IAM was asked before its own change had arrived everywhere. */
export function propagation(s: Situation): readonly Finding[] {
  if (s.denial.effect === 'explicit' || !s.has('later-works', 'first-time-told')) return none
  return [tooEarly(), ...lackBeside(s)]
}

/** The same call is let through most of the time: no policy that is missing explains that. */
export const nowAndThen = (s: Situation): readonly Finding[] =>
  s.has('now-and-then') && s.denial.effect !== 'explicit' && s.denial.policyType === null
    ? [anotherIdentity(), tooEarly(), ...lackBeside(s)]
    : none

/** Terraform reads its state before the provider takes its role, with credentials of its own. */
export const backendWithoutRole = (s: Situation): readonly Finding[] =>
  s.has('terraform-state') && s.has('provider-role-told') && !s.has('backend-role-told') && s.denial.class === 'bare'
    ? [anotherIdentity(), ...lackBeside(s)]
    : none

export const tooEarly = (): Finding =>
  finding('propagation-delay', 'possible', [act('not-iam', 'wait-and-retry', {})], { why: 'later-works' })
