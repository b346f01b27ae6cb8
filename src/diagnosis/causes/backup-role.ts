import { parseArn } from '../../iam/arn.ts'
import { ownValue } from '../../iam/own-value.ts'
import { finding, type Finding } from '../finding.ts'
import { act, addToIdentity } from '../fixes.ts'
import type { Situation } from '../situation.ts'
import { isGrantedAll } from './role-shortfall.ts'

interface Looks {
  readonly actions: readonly string[]
  /** What of it is checked on no ARN. */
  readonly onAll?: readonly string[]
  /** The managed policy that has all that a backup of such resources takes, where it is not the general one. */
  readonly policy?: string
}

/**
 * How AWS Backup looks at what it is to back up, by service, as its managed policies have it.
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html
 */
const looks: Readonly<Record<string, Looks>> = {
  s3: {
    actions: [
      's3:GetBucketTagging',
      's3:GetInventoryConfiguration',
      's3:ListBucketVersions',
      's3:ListBucket',
      's3:GetBucketVersioning',
      's3:GetBucketLocation',
    ],
    policy: 'AWSBackupServiceRolePolicyForS3Backup',
  },
  dynamodb: { actions: ['dynamodb:DescribeTable', 'dynamodb:ListTagsOfResource'] },
  rds: {
    actions: ['rds:DescribeDBInstances', 'rds:DescribeDBClusters', 'rds:ListTagsForResource'],
  },
  ec2: { actions: [], onAll: ['ec2:DescribeVolumes', 'ec2:DescribeInstances', 'ec2:DescribeTags'] },
  elasticfilesystem: { actions: ['elasticfilesystem:DescribeFileSystems', 'elasticfilesystem:ListTagsForResource'] },
  fsx: { actions: ['fsx:ListTagsForResource'], onAll: ['fsx:DescribeFileSystems'] },
  redshift: { actions: ['redshift:DescribeTags'], onAll: ['redshift:DescribeClusters'] },
  cloudformation: { actions: ['cloudformation:DescribeStacks', 'cloudformation:GetTemplate'] },
}

/**
 * A job could not look at the resource: its role lacks the service's reads. S3 is in a managed policy of its own, which
 * the general one does not have.
 */
export function roleOfBackup(s: Situation): Finding | null {
  const [arn] = s.told('service-role-lacks', 'backedUp')
  const needed = arn === undefined ? undefined : ownValue(looks, parseArn(arn)?.service ?? '')
  if (arn === undefined || needed === undefined) return null
  const { actions, onAll = [], policy } = needed
  if (isGrantedAll(s, actions, arn) && isGrantedAll(s, onAll)) return null
  const role = s.told('role-named', 'role')[0] ?? s.told('role-arn', 'role')[0]?.split('/').at(-1)
  const attachTo = `role/${role ?? '<BackupRoleName>'}`
  return finding(
    'service-role-missing-allow',
    s.wasRead('identity-based') ? 'evaluated' : 'possible',
    [
      ...(actions.length === 0 ? [] : [addToIdentity(s, actions, [arn], { attachTo })]),
      ...(onAll.length === 0 ? [] : [addToIdentity(s, onAll, ['*'], { attachTo })]),
      ...(policy === undefined
        ? []
        : [act('other', 'attach-existing-policy', { policy }, { owner: 'role-owner', alternative: true })]),
    ],
    { role: role === undefined ? null : attachTo, actions: [...actions, ...onAll].join(', ') },
  )
}
