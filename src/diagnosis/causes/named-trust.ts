import { shellLine } from '../../remedy/commands/shell.ts'
import type { Fix } from '../../remedy/fix.ts'
import { finding, type Finding } from '../finding.ts'
import { act, addToIdentity, allow, allowTo, editStatement } from '../fixes.ts'
import { principalOrMarked } from '../marked-principal.ts'
import { placeOf, withResources } from '../places.ts'
import type { Situation } from '../situation.ts'
import { coversAction } from '../statements.ts'
import { serviceInTrust } from './service-in-trust.ts'
import { onTrust, roleLabel } from './service-trust.ts'
import { hasNeeded } from './role-shortfall.ts'
import { tooEarly } from './too-early.ts'

/** IAM takes some seconds with a new role: who tells that it is new, or that a later run went through, means that. */
const orTooEarly = (s: Situation, found: Finding): readonly Finding[] =>
  s.has('just-created', 'later-works') ? [tooEarly(), found] : [found, tooEarly()]

const roleNamed = (s: Situation): string => s.told('role-arn', 'role')[0] ?? '<RoleArn>'

const trusting =
  (service: string, actions: readonly string[], policy: string | null = null) =>
  (s: Situation): readonly Finding[] => {
    const role = roleNamed(s)
    const attach = policy === null ? [] : [act('other', 'attach-existing-policy', { policy }, { owner: 'role-owner' })]
    const add = onTrust(role, allowTo({ Service: service }, actions, []))
    const inTrust = serviceInTrust(s, { role, service, actions, add, attachTo: roleLabel(role) })
    if (inTrust?.confidence === 'evaluated') {
      const code = inTrust.facts['lacking'] === undefined ? 'trust-policy' : 'tag-session'
      return [finding(code, 'evaluated', inTrust.fixes, { role, ...inTrust.facts, principal: service })]
    }
    return orTooEarly(
      s,
      finding('trust-policy', 'possible', [...(inTrust?.fixes ?? [add]), ...attach], {
        role,
        ...inTrust?.facts,
        principal: service,
      }),
    )
  }

/** https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html */
export const podIdentity = trusting('pods.eks.amazonaws.com', ['sts:AssumeRole', 'sts:TagSession'])

/** https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html */
export const rolesAnywhere = trusting('rolesanywhere.amazonaws.com', [
  'sts:AssumeRole',
  'sts:TagSession',
  'sts:SetSourceIdentity',
])

export const rdsMonitoring = trusting(
  'monitoring.rds.amazonaws.com',
  ['sts:AssumeRole'],
  'AmazonRDSEnhancedMonitoringRole',
)

export const appRunnerAccess = trusting(
  'build.apprunner.amazonaws.com',
  ['sts:AssumeRole'],
  'AWSAppRunnerServicePolicyForECRAccess',
)

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/send-cloudtrail-events-to-cloudwatch-logs.html */
export const trailRole = trusting('cloudtrail.amazonaws.com', ['sts:AssumeRole'])

/** Log streams lie below their group: the ARN of a group alone, without `:*`, lets nobody write to one. */
function bareGroups(s: Situation, actions: readonly string[]): Finding | null {
  const read = s
    .statements('identity-based')
    .find(
      (one) =>
        one.effect === 'Allow' &&
        actions.some((action) => coversAction(one, action)) &&
        one.resources.length > 0 &&
        one.resources.every((arn) => /^arn:[^:]*:logs:[^:]*:[^:]*:log-group:[^:]+$/u.test(arn)),
    )
  if (read === undefined) return null
  const wanted = read.resources.map((arn) => `${arn}:*`)
  const edit = editStatement(s, read, allow(actions, wanted), withResources(read, wanted))
  return finding('log-arn-suffix', 'evaluated', [edit], {
    wanted: wanted[0],
    found: read.resources[0],
    ...placeOf(read),
  })
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-required-policy-for-cloudwatch-logs.html */
export const trailRoleLacks = (s: Situation): readonly Finding[] => {
  const role = roleNamed(s)
  const actions = ['logs:CreateLogStream', 'logs:PutLogEvents']
  const bare = bareGroups(s, actions)
  if (bare !== null) return [bare]
  const [account, region] = [s.callerAccount ?? '<AccountId>', s.region ?? '<Region>']
  const streams = `arn:${s.partition}:logs:${region}:${account}:log-group:<LogGroupName>:log-stream:${account}_CloudTrail_${region}*`
  return orTooEarly(
    s,
    finding(
      'service-role-missing-allow',
      'possible',
      [addToIdentity(s, actions, [streams], { attachTo: roleLabel(role) })],
      {
        role: role.startsWith('<') ? null : role,
        actions: actions.join(', '),
      },
    ),
  )
}

/** What AmazonAPIGatewayPushToCloudWatchLogs allows. */
const writesApiLogs = [
  ...['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:DescribeLogGroups', 'logs:DescribeLogStreams'],
  ...['logs:PutLogEvents', 'logs:GetLogEvents', 'logs:FilterLogEvents'],
]

const setLogRole = (role: string): Fix =>
  act(
    'not-iam',
    'set-api-log-role',
    {},
    {
      command: shellLine([
        ...['aws', 'apigateway', 'update-account', '--patch-operations'],
        `op=replace,path=/cloudwatchRoleArn,value=${role}`,
      ]),
    },
  )

/**
 * The account has one role for the logs of all its APIs, in each Region: none is set, or it lacks permissions or trust.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
 */
export const apiGatewayLogRole =
  (isSet: boolean) =>
  (s: Situation): readonly Finding[] => {
    const role = roleNamed(s)
    const policy = act(
      'other',
      'attach-existing-policy',
      { policy: 'AmazonAPIGatewayPushToCloudWatchLogs' },
      { owner: 'role-owner', alternative: true },
    )
    const grant = addToIdentity(s, writesApiLogs, ['*'], { attachTo: roleLabel(role) })
    const trust = trusting('apigateway.amazonaws.com', ['sts:AssumeRole'])(s)
    // The role has all that it takes: it is not in force everywhere yet, or another one was given.
    if (isSet && hasNeeded(s, { actions: writesApiLogs, resource: '*' }))
      return trust.some(({ confidence }) => confidence === 'evaluated') ? trust : [tooEarly(), ...trust]
    return [
      finding('service-role-missing-allow', 'possible', [...(isSet ? [] : [setLogRole(role)]), grant, policy], {
        role: role.startsWith('<') ? null : role,
        actions: writesApiLogs.join(', '),
      }),
      ...trust,
    ]
  }

/** https://docs.aws.amazon.com/controltower/latest/userguide/awscontroltowerexecution.html */
export const controlTower = (s: Situation): readonly Finding[] => {
  const role = 'AWSControlTowerExecution'
  const management = `arn:${s.partition}:iam::<ManagementAccountId>:root`
  return [
    finding('trust-policy', 'possible', [onTrust(role, allowTo({ AWS: management }, ['sts:AssumeRole'], []))], {
      role,
    }),
    finding('resource-not-found-as-denied', 'possible', [act('not-iam', 'check-resource-exists')], { what: 'role' }),
  ]
}

/** https://docs.aws.amazon.com/greengrass/v2/developerguide/greengrass-service-role.html */
export const greengrass = (s: Situation): readonly Finding[] => {
  const found = trusting('greengrass.amazonaws.com', ['sts:AssumeRole'], 'AWSGreengrassResourceAccessRolePolicy')(s)
  const associate = act(
    'other',
    'associate-service-role',
    {},
    {
      command: shellLine(['aws', 'greengrass', 'associate-service-role-to-account', '--role-arn', roleNamed(s)]),
    },
  )
  return found.map((one) => (one.code === 'trust-policy' ? { ...one, fixes: [...one.fixes, associate] } : one))
}

/**
 * CloudWatch Logs tries the stream with the role of the filter: that lacks the permission, or does not trust it.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html
 */
export const subscriptionRole = (s: Situation): readonly Finding[] => {
  const isFirehose = s.told('subscription-target', 'target')[0]?.toLowerCase() === 'firehose'
  const role = roleNamed(s)
  const [action, path] = isFirehose
    ? ['firehose:PutRecord', 'deliverystream/<DeliveryStreamName>']
    : ['kinesis:PutRecord', 'stream/<StreamName>']
  const at = `${s.region ?? '<Region>'}:${s.callerAccount ?? '<AccountId>'}`
  const resource = `arn:${s.partition}:${isFirehose ? 'firehose' : 'kinesis'}:${at}:${path}`
  return [
    finding(
      'service-role-missing-allow',
      'possible',
      [addToIdentity(s, [action], [resource], { attachTo: roleLabel(role) })],
      { role: role.startsWith('<') ? null : role, actions: action },
    ),
    ...trusting('logs.amazonaws.com', ['sts:AssumeRole'])(s),
  ]
}

/** The console says of neither side which one refuses, nor whether the role is there. */
export const switchRole = (s: Situation): readonly Finding[] => {
  const role = roleNamed(s)
  return [
    finding(
      'trust-policy',
      'possible',
      [onTrust(role, allowTo({ AWS: principalOrMarked(s) }, ['sts:AssumeRole'], []))],
      { role },
    ),
    finding('resource-not-found-as-denied', 'possible', [act('not-iam', 'check-resource-exists')], { what: 'role' }),
  ]
}
