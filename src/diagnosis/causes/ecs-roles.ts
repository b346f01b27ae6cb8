import { aboutRole } from '../about.ts'
import { secretSuffix } from '../../iam/secret-suffix.ts'
import type { Fix } from '../../remedy/fix.ts'
import { finding, none, unchecked, type Finding } from '../finding.ts'
import { act, addToIdentity } from '../fixes.ts'
import { roleLabel, type KnownRole } from '../known-facts.ts'
import { identityGrants, type Situation } from '../situation.ts'
import { coveringArn } from './arn-form.ts'
import { companionActions } from './companion-actions.ts'

const isExecution = /exec/iu
const isTask = /task|job|container|app/iu

const nameOf = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1)
const isTaskRole = (s: Situation, name: string): boolean =>
  s.known.taskRole != null && nameOf(s.known.taskRole.arn) === name

/**
 * What the agent asks for: images, secrets, files of variables, logs.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
 */
const ofAgent =
  /^(?:ecr:|logs:|secretsmanager:GetSecretValue$|ssm:GetParameters?$|kms:Decrypt$|s3:GetObject$|s3:GetBucketLocation$)/iu

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
  // Code that runs with the execution role was given that as its task role.
  if (asked === 'execution' && !ofAgent.test(s.action))
    return [
      finding('ecs-role-confusion', 'stated', [act('switch-principal', 'name-task-role')], {
        wantedRole: 'task-role',
        seenRole: name,
      }),
    ]
  const resource = s.resource ?? s.resourcePattern ?? '*'
  const grant = addToIdentity(s, [s.action, ...companionActions(s, s.action)], [coveringArn(resource)])
  return [finding('ecs-role-confusion', 'stated', [grant], { wantedRole: `${asked}-role` })]
}

/**
 * Nobody names who asked, but it was code in a container of ECS, and the permission is told to be on the role that only
 * the agent uses. Lambda's role has the same name, so the text has to speak of ECS.
 */
export function taskWithoutGrant(s: Situation, action: string, resource: string): readonly Finding[] {
  const given = new Set(s.told('granted-to-ecs-role', 'role'))
  if (s.denial.roleOrUserName !== null || s.wasRead('identity-based') || !s.has('ecs-told')) return none
  if (given.size !== 1 || !given.has('execution')) return none
  const grant = addToIdentity(s, [action], [resource], { attachTo: 'role/<TaskRoleName>' })
  return [finding('ecs-role-confusion', 'possible', [grant], { wantedRole: 'task-role', seenRole: null })]
}

interface Need {
  readonly action: string
  readonly resource: string
}

const anySuffix = (secret: string): string => secret.replace(secretSuffix, '-??????')

/** What the agent was about to fetch, by the words round the error. */
interface Errand {
  readonly secret: string | undefined
  readonly parameter: string | undefined
  readonly isSsm: boolean
  readonly isSecret: boolean
}

function errandOf(s: Situation): Errand {
  const [secret] = s.told('secret-arn', 'secret')
  const [parameter] = s.told('parameter-arn', 'parameter')
  const stores = s.told('ecs-secret-retrieval', 'store')
  // `unable to pull secrets or registry auth` stands before both.
  const isImage = s.has('ecs-image-pull') && secret === undefined && parameter === undefined && stores.length === 0
  return { secret, parameter, isSsm: stores.includes('ssm'), isSecret: s.has('ecs-secret-retrieval') && !isImage }
}

function needOf(s: Situation, { secret, parameter, isSsm, isSecret }: Errand): Need {
  const arn = (service: string, rest: string): string => `arn:${s.partition}:${service}:<Region>:<AccountId>:${rest}`
  if (s.action !== null) return { action: s.action, resource: s.resource ?? s.resourcePattern ?? '*' }
  if (secret !== undefined) return { action: 'secretsmanager:GetSecretValue', resource: anySuffix(secret) }
  if (isSecret && (isSsm || parameter !== undefined))
    return { action: 'ssm:GetParameters', resource: parameter ?? arn('ssm', 'parameter/<ParameterName>') }
  if (isSecret)
    return { action: 'secretsmanager:GetSecretValue', resource: arn('secretsmanager', 'secret:<SecretName>-??????') }
  if (s.has('ecs-log-driver'))
    return { action: 'logs:CreateLogStream', resource: arn('logs', 'log-group:<LogGroupName>:*') }
  return { action: 'ecr:GetAuthorizationToken', resource: '*' }
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
  const errand = errandOf(s)
  const confusion = confusedRoles(s, needOf(s, errand), execution)
  if (name !== null || !errand.isSecret) return [confusion]
  const absent = finding('resource-not-found-as-denied', 'possible', [act('not-iam', 'check-resource-exists', {})], {
    what: errand.isSsm ? 'parameter' : 'secret',
  })
  // No word of a denial and nothing named: whether IAM was asked at all is open.
  const isOpen = errand.secret === undefined && errand.parameter === undefined && s.denial.errorCode === null
  return isOpen ? [absent, confusion] : [confusion, absent]
}

/**
 * ECS makes these calls with the role that the task definition names as its execution role, whatever that is called: it
 * is the wrong one there, or lacks the permission.
 */
function namedAsExecutionRole(s: Situation, name: string, grant: Fix, action: string, resource: string): Finding {
  const own = addToIdentity(s, [action, ...companionActions(s, action)], [coveringArn(resource)], {
    alternative: true,
    readiness: 'needs-review',
  })
  const rename = act('other', 'set-execution-role', { role: name })
  // What was evaluated is the call of the role that is named now, which a grant to another one does not change.
  return unchecked(
    s,
    finding('ecs-role-confusion', 'stated', [grant, rename, own], { wantedRole: 'execution-role', seenRole: name }),
  )
}

function confusedRoles(s: Situation, { action, resource }: Need, execution: KnownRole | null): Finding {
  const name = s.denial.roleOrUserName
  const about = execution === null ? null : aboutRole(s, execution, [action])
  // The execution role was read and has it: then it is not for want of this permission.
  const has = about !== null && identityGrants(about, action, resource.includes('<') ? null : resource)
  const isRead = about !== null && about.wasRead('identity-based') && (name === null || isTaskRole(s, name))
  const attachTo = execution === null ? 'role/<ExecutionRoleName>' : roleLabel(execution)
  const grant = addToIdentity(s, [action, ...companionActions(s, action)], [coveringArn(resource)], { attachTo })
  if (name !== null && execution === null) return namedAsExecutionRole(s, name, grant, action, resource)
  const certainty = isRead && !has ? 'evaluated' : name === null ? 'possible' : 'stated'
  return {
    ...finding('ecs-role-confusion', certainty, [grant], { wantedRole: 'execution-role', seenRole: name }),
    ...(about === null ? {} : { about }),
  }
}
