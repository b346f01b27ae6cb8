import { shellLine } from '../../remedy/commands/shell.ts'
import type { Fix } from '../../remedy/fix.ts'
import { aboutRole } from '../about.ts'
import { finding, none, type Finding } from '../finding.ts'
import { act, addToIdentity, allowInResource, allowTo } from '../fixes.ts'
import { roleLabel } from '../known-facts.ts'
import { allowsOf, identityGrants, type Situation } from '../situation.ts'
import { instanceWithoutRole } from './accounts.ts'

/** What the agent on the target needs for the channel, on the role of the target and never on the caller's. */
const channelActions = [
  'ssmmessages:CreateControlChannel',
  'ssmmessages:CreateDataChannel',
  'ssmmessages:OpenControlChannel',
  'ssmmessages:OpenDataChannel',
]
/** The agent registers, and then opens its channel: a role that was read and lacks the one mostly lacks the other. */
export function besideRegistration(s: Situation, action: string): readonly Fix[] {
  if (action.toLowerCase() !== 'ssm:updateinstanceinformation' || !s.wasRead('identity-based')) return []
  const missing = channelActions.filter((one) => !identityGrants(s, one, null))
  return missing.length === 0 ? [] : [addToIdentity(s, missing, ['*'])]
}

const instancePolicy = 'AmazonSSMManagedInstanceCore'

/**
 * The caller was let in, and nothing answered at the other end: the agent there has not registered. For a task of ECS
 * that is the work of the task role, for an instance that of its instance profile.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-troubleshooting.html
 */
export function sessionTarget(s: Situation): readonly Finding[] {
  if (!s.has('ecs-exec-refused')) return none
  if (!isInstance(s)) return taskOffline(s)
  return s.has('no-instance-profile') ? [...instanceWithoutRole(), ...instanceOffline(s)] : instanceOffline(s)
}

const isInstance = (s: Situation): boolean => {
  const target = s.told('session-target', 'target')[0]
  return target === undefined ? s.operation === 'StartSession' : !target.startsWith('ecs:')
}

function instanceOffline(s: Situation): readonly Finding[] {
  const instance = s.told('session-target', 'target')[0]
  const command = shellLine([
    ...['aws', 'iam', 'attach-role-policy', '--role-name', '<InstanceRoleName>'],
    ...['--policy-arn', `arn:${s.partition}:iam::aws:policy/${instancePolicy}`],
  ])
  return [
    finding(
      'service-role-missing-allow',
      'possible',
      [
        act(
          'other',
          'attach-existing-policy',
          { policy: instancePolicy, whose: 'instance' },
          { owner: 'role-owner', command },
        ),
        act('not-iam', 'let-agent-connect', {}, { alternative: true }),
      ],
      { actions: ['ssm:UpdateInstanceInformation', ...channelActions].join(', '), whose: 'instance', instance },
    ),
  ]
}

/** ECS Exec fails without a word: the task role lacks the channel, or static keys in the container beat it. */
function taskOffline(s: Situation): readonly Finding[] {
  const task = s.known.taskRole ?? null
  const about = task === null ? s : aboutRole(s, task, channelActions)
  const has = channelActions.every((action) =>
    about
      .statements('identity-based')
      .some(
        (one) =>
          one.effect === 'Allow' &&
          one.actions.some((name) => ['*', 'ssmmessages:*', action.toLowerCase()].includes(name.toLowerCase())),
      ),
  )
  const other = finding('wrong-principal', 'possible', [act('switch-principal', 'use-task-role-credentials', {})], {
    why: 'container-keys',
  })
  const isRead = task !== null && about.wasRead('identity-based')
  const attachTo = task === null ? 'role/<TaskRoleName>' : roleLabel(task)
  const fixes = [
    addToIdentity(s, channelActions, ['*'], { attachTo }),
    act('not-iam', 'enable-execute-command', {}, { alternative: true }),
  ]
  // The permission went to the agent's role, which never opens the channel, or the task has no other one.
  const isAtAgent =
    s.told('granted-to-ecs-role', 'role').includes('execution') ||
    (task === null && s.has('execution-role-defined') && !s.has('task-role-defined'))
  const lacking = isAtAgent
    ? finding('ecs-role-confusion', isRead ? 'evaluated' : 'possible', fixes, { wantedRole: 'task-role' })
    : finding('service-role-missing-allow', isRead ? 'evaluated' : 'possible', fixes, {
        actions: channelActions.join(', '),
        whose: 'task',
        role: task === null ? null : attachTo,
      })
  const own: Finding = { ...lacking, ...(task === null ? {} : { about }) }
  return has ? [other] : [own, other]
}

/** Reads what Session Manager is to write to, before a session begins. */
const logReads: Readonly<Record<'bucket' | 'log-group', readonly [actions: readonly string[], resource: string][]>> = {
  bucket: [
    [['s3:GetEncryptionConfiguration'], 'arn:<Partition>:s3:::<BucketName>'],
    [['s3:PutObject'], 'arn:<Partition>:s3:::<BucketName>/<Prefix>/*'],
  ],
  'log-group': [
    [['logs:DescribeLogGroups'], '*'],
    [
      ['logs:DescribeLogStreams', 'logs:CreateLogStream', 'logs:PutLogEvents'],
      'arn:<Partition>:logs:<Region>:<AccountId>:log-group:<LogGroupName>:*',
    ],
  ],
}

/**
 * The agent looks whether what it is to log to is encrypted, with the role of the target. It says the same where it
 * may not look. https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-create-iam-instance-profile.html
 */
export function sessionNotStarted(s: Situation): readonly Finding[] {
  const place = s.told('session-log-unencrypted', 'place')[0]
  if (place === undefined) return sessionKey(s)
  const behind = /s3/iu.test(place) ? 'bucket' : 'log-group'
  const attachTo = 'role/<InstanceRoleName>'
  const reads = logReads[behind].map(([actions, resource]) =>
    addToIdentity(
      s,
      actions,
      [resource.replace('<Partition>', s.partition).replace('<Region>', s.region ?? '<Region>')],
      { attachTo },
    ),
  )
  const command =
    behind === 'bucket'
      ? null
      : shellLine([
          ...['aws', 'logs', 'associate-kms-key', '--log-group-name', '<LogGroupName>', '--kms-key-id', '<KeyArn>'],
        ])
  const setting = finding(
    'other-system',
    'possible',
    [act('not-iam', 'encrypt-session-log', { behind }, { command })],
    {
      system: 'session-manager',
      behind,
    },
  )
  const role = finding('service-role-missing-allow', 'possible', reads, {
    actions: logReads[behind].flatMap(([actions]) => actions).join(', '),
    whose: 'instance',
  })
  const own = s.has('session-log-unread') ? [role] : [setting, role]
  return behind === 'bucket' && s.wasRead('identity-based') && identityGrants(s, readsEncryption, null)
    ? [bucketSide(s), ...own.filter((one) => one !== role)]
    : own
}

const readsEncryption = 's3:GetEncryptionConfiguration'

/** The role of the target may look: then the bucket, which is often of a log archive account, does not let it. */
function bucketSide(s: Situation): Finding {
  const bucket = s.told('bucket-named', 'bucket')[0] ?? '<BucketName>'
  const arn = `arn:${s.partition}:s3:::${bucket}`
  const role = `arn:${s.partition}:iam::<AccountId>:role/<InstanceRoleName>`
  const isLeftOut = s.wasRead('resource-based') && allowsOf(s, 'resource-based', readsEncryption).length === 0
  const isElsewhere = s.has('cross-account-told')
  return finding(
    'cross-account-resource-side',
    isLeftOut && isElsewhere ? 'evaluated' : 'possible',
    [allowInResource(`bucket/${bucket}`, allowTo({ AWS: role }, [readsEncryption], [arn]))],
    { principal: 'role/<InstanceRoleName>', action: readsEncryption, resource: arn },
  )
}

/** Sessions under a key: the target decrypts with it what the caller had it make. */
function sessionKey(s: Situation): readonly Finding[] {
  if (!s.has('session-key-told'))
    return [finding('other-system', 'possible', [act('not-iam', 'read-service-error')], { system: 'service' })]
  const key = `arn:${s.partition}:kms:${s.region ?? '<Region>'}:<AccountId>:key/<KeyId>`
  return [
    finding(
      'kms-behind-service',
      'stated',
      [
        addToIdentity(s, ['kms:Decrypt'], [key], { attachTo: 'role/<InstanceRoleName>' }),
        addToIdentity(s, ['kms:GenerateDataKey'], [key]),
      ],
      { kmsActions: 'kms:Decrypt', principal: 'role/<InstanceRoleName>' },
    ),
  ]
}
