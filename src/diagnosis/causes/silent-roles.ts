import { finding, none, type Finding } from '../finding.ts'
import { addToIdentity, allowTo } from '../fixes.ts'
import { identityGrants, type Situation } from '../situation.ts'
import { onTrust } from './service-trust.ts'

/*
 * What hands on with a role of its own and tells of a failure by a metric alone.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/setting-up.html#setting-up-execution-role
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */

/** What the target asks of the role, and on what, by what the text tells of it. */
function needOf(s: Situation): { readonly action: string; readonly resource: string } {
  const arn = (service: string, rest: string): string =>
    `arn:${s.partition}:${service}:${s.region ?? '<Region>'}:${s.callerAccount ?? '<AccountId>'}:${rest}`
  const [queue] = s.told('queue-arn', 'queue')
  const [topic] = s.told('topic-arn', 'topic')
  const [called] = s.told('function-arn', 'function')
  if (queue !== undefined) return { action: 'sqs:SendMessage', resource: queue }
  if (topic !== undefined) return { action: 'sns:Publish', resource: topic }
  // Of a destination that fails the function is the one that hands on.
  if (called !== undefined && s.has('schedule-failing')) return { action: 'lambda:InvokeFunction', resource: called }
  if (s.has('sns-at-work')) return { action: 'sns:Publish', resource: arn('sns', '<TopicName>') }
  if (s.has('lambda-at-work') && s.has('schedule-failing'))
    return { action: 'lambda:InvokeFunction', resource: arn('lambda', 'function:<FunctionName>') }
  if (s.told('rule-target-told', 'target').includes('states'))
    return { action: 'states:StartExecution', resource: arn('states', 'stateMachine:<StateMachineName>') }
  if (s.told('rule-target-told', 'target').includes('ecs'))
    return { action: 'ecs:RunTask', resource: arn('ecs', 'task-definition/<Family>:*') }
  return { action: 'sqs:SendMessage', resource: arn('sqs', '<QueueName>') }
}

export function silentRole(s: Situation): readonly Finding[] {
  if (!s.has('schedule-failing', 'destination-failing') || s.action !== null || s.denial.class !== 'other-aws')
    return none
  const { action, resource } = needOf(s)
  const isSchedule = s.has('schedule-failing')
  const arn = s.told('role-arn', 'role')[0]
  const role = arn?.split('/').at(-1) ?? s.told('role-named', 'role')[0]
  const attachTo = `role/${role ?? (isSchedule ? '<ScheduleRoleName>' : '<ExecutionRoleName>')}`
  const isGranted = identityGrants(s, action, resource.includes('<') ? null : resource)
  const lacking = finding(
    'service-role-missing-allow',
    'possible',
    [addToIdentity(s, [action], [resource], { attachTo })],
    {
      role: role === undefined ? null : attachTo,
      actions: action,
    },
  )
  const service = 'scheduler.amazonaws.com'
  const trust = finding(
    'trust-policy',
    'possible',
    [
      onTrust(
        arn ?? `arn:${s.partition}:iam::<AccountId>:${attachTo}`,
        allowTo({ Service: service }, ['sts:AssumeRole'], []),
      ),
    ],
    { role: arn, principal: service },
  )
  return [...(isGranted ? none : [lacking]), ...(isSchedule ? [trust] : none)]
}
