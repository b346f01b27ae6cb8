import { shellLine } from '../../remedy/commands/shell.ts'
import { finding, none, type Finding } from '../finding.ts'
import { act, addToIdentity } from '../fixes.ts'
import type { Situation } from '../situation.ts'
import type { Answer } from './answer.ts'
import { kmsBehindService } from './kms.ts'
import { noMatchingAllow } from './missing-allow.ts'
import { tooEarly } from './too-early.ts'

const webTier = 'arn:aws:iam::aws:policy/AWSElasticBeanstalkWebTier'
const trustInEc2 = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
})

/**
 * Elastic Beanstalk no longer makes the instance profile that its tools name by default.
 * https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/iam-instanceprofile.html
 */
export function profileAbsent(s: Situation): readonly Finding[] {
  const [name] = s.told('instance-profile-absent', 'profile')
  if (name === undefined) return none
  const lines = [
    ['create-role', '--role-name', name, '--assume-role-policy-document', trustInEc2],
    ['attach-role-policy', '--role-name', name, '--policy-arn', webTier],
    ['create-instance-profile', '--instance-profile-name', name],
    ['add-role-to-instance-profile', '--instance-profile-name', name, '--role-name', name],
  ]
  const command = lines.map((line) => shellLine(['aws', 'iam', ...line])).join(' && ')
  return [
    finding('resource-not-found', 'stated', [act('not-iam', 'create-instance-profile', {}, { command })], {
      what: 'instance-profile',
    }),
  ]
}

/**
 * Managed Service for Apache Flink could not fetch the application with the role that it was given: it may not read
 * the object, or not use its key, or the object is not there. One sentence for all three.
 * https://docs.aws.amazon.com/managed-flink/latest/java/troubleshooting-development.html
 */
export function applicationCode(s: Situation): readonly Finding[] {
  if (!s.has('application-code-unread')) return none
  const bucket = s.told('application-code-unread', 'bucket')[0] ?? '<BucketName>'
  const key = s.told('application-code-unread', 'key')[0] ?? '<ObjectName>'
  const object = `arn:${s.partition}:s3:::${bucket}/${key}`
  const role = s.told('role-named', 'role')[0] ?? s.told('role-arn', 'role')[0]?.split('/').at(-1)
  const attachTo = `role/${role ?? '<ServiceRoleName>'}`
  const unread = addToIdentity(s, ['s3:GetObject'], [object], { attachTo })
  const encrypted = kmsBehindService(s, ['kms:Decrypt'], 'possible', 'bucket')
  return [
    finding('service-role-missing-allow', 'possible', [unread], { role, actions: 's3:GetObject' }),
    {
      ...encrypted,
      fixes: encrypted.fixes.map((fix) =>
        fix.target === null ? fix : { ...fix, target: { ...fix.target, attachTo } },
      ),
    },
    finding('resource-not-found-as-denied', 'possible', [act('not-iam', 'check-key-exists')], {
      what: 'object',
      bucket,
      objectKey: key,
    }),
  ]
}

/** CDK may not ask where the bucket of its assets is, and takes it for somebody else's. */
export function assetsElsewhere(s: Situation): readonly Finding[] {
  if (s.denial.format !== 'cdk-bucket-elsewhere' || s.action === null) return none
  return [
    noMatchingAllow(s, s.action, s.resource, 'possible'),
    finding('wrong-principal', 'possible', [act('switch-principal', 'use-other-role')], { why: 'check-identity' }),
  ]
}

/** Lambda gives the function's role a grant on the key; KMS does not know that role yet, or no longer. */
export function granteeUnknown(s: Situation): readonly Finding[] {
  if (!s.has('lambda-grantee-unknown')) return none
  return [
    tooEarly(),
    finding('stale-principal', 'possible', [act('other', 'reassign-lambda-role')], { holder: 'lambda-environment' }),
  ]
}

/**
 * EKS took the signature of somebody whom it lets do nothing: IAM's policies do not count within a cluster.
 * https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html
 */
export function clusterAccess(s: Situation): readonly Finding[] {
  const cluster = ['--cluster-name', '<ClusterName>', '--principal-arn', s.principalArn ?? '<PrincipalArn>']
  const policy = `arn:${s.partition}:eks::aws:cluster-access-policy/AmazonEKSViewPolicy`
  const lines = [
    ['create-access-entry', ...cluster],
    ['associate-access-policy', ...cluster, '--access-scope', 'type=cluster', '--policy-arn', policy],
  ]
  const command = lines.map((line) => shellLine(['aws', 'eks', ...line])).join(' && ')
  return [
    finding('other-system', 'stated', [act('not-iam', 'create-access-entry', {}, { command })], {
      system: 'kubernetes',
    }),
  ]
}

/** CDK's own roles and its bucket are made by the bootstrap, once in each account and Region. */
export const notBootstrapped: Answer = (s) => [
  finding(
    'resource-not-found',
    'stated',
    [
      act(
        'not-iam',
        'bootstrap-environment',
        {},
        {
          command: shellLine([
            'cdk',
            'bootstrap',
            `aws://${s.callerAccount ?? '<AccountId>'}/${s.region ?? '<Region>'}`,
          ]),
        },
      ),
    ],
    { errorCode: s.denial.errorCode },
  ),
]
