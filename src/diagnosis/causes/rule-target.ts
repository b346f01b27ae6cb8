import { finding, none, type Finding } from '../finding.ts'
import { addToIdentity } from '../fixes.ts'
import { identityGrants, type Situation } from '../situation.ts'
import { kmsBehindService } from './kms.ts'

/*
 * What a rule reaches with a role of its own: the policy of the target lets no service in, the role's policies count.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-identity-based.html
 */

interface RoleTarget {
  readonly action: string
  /** Without the service in front: `stream/<StreamName>`. */
  readonly resource: string
  /** What it asks of the key where the target is encrypted. */
  readonly key: string | null
  readonly noun: string
}

const targets: Readonly<Record<string, RoleTarget>> = {
  kinesis: { action: 'kinesis:PutRecord', resource: 'stream/<StreamName>', key: 'kms:GenerateDataKey', noun: 'stream' },
  firehose: {
    action: 'firehose:PutRecord',
    resource: 'deliverystream/<DeliveryStreamName>',
    key: null,
    noun: 'delivery stream',
  },
  states: {
    action: 'states:StartExecution',
    resource: 'stateMachine:<StateMachineName>',
    key: null,
    noun: 'state machine',
  },
  ecs: { action: 'ecs:RunTask', resource: 'task-definition/<Family>:*', key: null, noun: 'task' },
}

function toldTarget(s: Situation): RoleTarget | null {
  // A queue, a topic or a function that is named is the target, and has a policy of its own.
  if (s.has('queue-arn', 'topic-arn', 'function-arn', 'log-group-arn')) return null
  const told = s.told('rule-target-told', 'target')
  // Firehose was once part of Kinesis, by name too.
  const service = told.includes('firehose') ? 'firehose' : told[0]
  return service === undefined ? null : (targets[service] ?? null)
}

/** A rule whose invocations fail, and whose target it reaches with a role. */
export function targetByRole(s: Situation): readonly Finding[] {
  if (!s.has('target-never-invoked') || !s.has('event-rule-at-work', 'event-rule-arn')) return none
  if (s.action !== null || s.denial.effect === 'explicit') return none
  const target = toldTarget(s)
  if (target === null) return none
  const { action, key, noun } = target
  const isRead = s.wasRead('identity-based')
  const isGranted = isRead && identityGrants(s, action, null)
  const attachTo = `role/${s.told('role-arn', 'role')[0]?.split('/').at(-1) ?? '<RuleRoleName>'}`
  const keyGranted = key !== null && isRead && identityGrants(s, key, null)
  const behind =
    key !== null && !keyGranted && s.has('encrypted-told', 'kms-key', 'kms-access-code')
      ? [kmsBehindService(s, [key], isGranted ? 'stated' : 'possible', noun, null, attachTo)]
      : none
  if (isGranted) return behind
  const place = `${s.region ?? '<Region>'}:${s.callerAccount ?? '<AccountId>'}`
  const resource = `arn:${s.partition}:${action.split(':')[0] ?? ''}:${place}:${target.resource}`
  const lacking = finding(
    'service-role-missing-allow',
    isRead ? 'evaluated' : 'possible',
    [addToIdentity(s, [action], [s.told('stream-arn', 'stream')[0] ?? resource], { attachTo })],
    { role: attachTo.includes('<') ? null : attachTo, actions: action },
  )
  return isRead ? [lacking, ...behind] : [...behind, lacking]
}
