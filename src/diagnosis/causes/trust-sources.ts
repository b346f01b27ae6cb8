import { isAccountId, parseArn } from '../../iam/arn.ts'
import { ownValue } from '../../iam/own-value.ts'

interface Source {
  readonly service: string
  /** The resource as its ARN has it, up to its name. */
  readonly type: string
  readonly name: string
  /** It sends no other, so that a condition on anything else never holds. */
  readonly only?: true
}

/** What services send as `aws:SourceArn` when they assume a role, as their guides tell. */
const sources: Readonly<Record<string, Source>> = {
  // https://docs.aws.amazon.com/codebuild/latest/userguide/cross-service-confused-deputy-prevention.html
  'codebuild.amazonaws.com': { service: 'codebuild', type: 'project/', name: '<ProjectName>' },
  'cloudtrail.amazonaws.com': { service: 'cloudtrail', type: 'trail/', name: '<TrailName>' },
  'events.amazonaws.com': { service: 'events', type: 'rule/', name: '<RuleName>' },
  // https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html
  'pods.eks.amazonaws.com': { service: 'eks', type: 'cluster/', name: '<ClusterName>', only: true },
  'pipes.amazonaws.com': { service: 'pipes', type: 'pipe/', name: '<PipeName>' },
  // https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html
  'rolesanywhere.amazonaws.com': {
    service: 'rolesanywhere',
    type: 'trust-anchor/',
    name: '<TrustAnchorId>',
    only: true,
  },
  // The group, never one schedule: https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
  'scheduler.amazonaws.com': { service: 'scheduler', type: 'schedule-group/', name: '<ScheduleGroup>', only: true },
  'states.amazonaws.com': { service: 'states', type: 'stateMachine:', name: '<StateMachineName>' },
  'vpc-flow-logs.amazonaws.com': { service: 'ec2', type: 'vpc-flow-log/', name: '<FlowLogId>' },
}

/** A value that what the service sends never matches, whatever it is named. */
export function isNoSource(service: string, value: string): boolean {
  const source = ownValue(sources, service)
  const arn = parseArn(value)
  if (source?.only !== true || arn === null) return false
  if (!/[*?]/u.test(arn.service) && arn.service !== source.service) return true
  // As far as the value is literal it has to go the same way.
  const [literal = ''] = arn.resource.split(/[*?]/u)
  const length = Math.min(literal.length, source.type.length)
  return (
    literal.slice(0, length) !== source.type.slice(0, length) ||
    (literal === arn.resource && length < source.type.length)
  )
}

/** What to ask for in place of it, or beside it, for the role's own account. */
export function sourceOf(service: string, role: string, value: string, region: string | null): string {
  const source = ownValue(sources, service)
  if (source === undefined) return '<SourceArn>'
  const [own, given] = [parseArn(role), parseArn(value)]
  const account = isAccountId(own?.account) ? own.account : '<AccountId>'
  const where = region ?? (/^[a-z0-9-]+$/u.test(given?.region ?? '') ? given?.region : undefined) ?? '<Region>'
  // A schedule has its group in its ARN.
  const group =
    service === 'scheduler.amazonaws.com' ? /^schedule\/([^/*?<>]+)\//u.exec(given?.resource ?? '')?.[1] : undefined
  return `arn:${own?.partition ?? 'aws'}:${source.service}:${where}:${account}:${source.type}${group ?? source.name}`
}
