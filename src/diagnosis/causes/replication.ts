import { finding, none, type Finding } from '../finding.ts'
import { addToIdentity, allowInResource, allowTo } from '../fixes.ts'
import type { Situation } from '../situation.ts'
import { kmsBehindService } from './kms.ts'

/**
 * S3 replicates with a role of the owner of the source: it reads versions there and writes replicas to the
 * destination, whose owner has to let the role in where that is another account.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/setting-repl-config-perm-overview.html
 */
export function replicationRefused(s: Situation): readonly Finding[] {
  if (!s.has('replication-refused') || s.action !== null || s.denial.effect === 'explicit') return none
  const named = s.told('role-named', 'role')[0] ?? s.told('role-arn', 'role')[0]?.split('/').at(-1)
  const attachTo = `role/${named ?? '<ReplicationRoleName>'}`
  const bucket = (name: string): string => `arn:${s.partition}:s3:::${name}`
  // The owner of the source keeps the replicas unless the rule hands them over.
  const handsOver = s.has('replica-owner-changed') ? ['s3:ObjectOwnerOverrideToBucketOwner'] : []
  const writes = ['s3:ReplicateObject', 's3:ReplicateDelete', 's3:ReplicateTags', ...handsOver]
  const reads = ['s3:GetObjectVersionForReplication', 's3:GetObjectVersionAcl', 's3:GetObjectVersionTagging']
  const replicas = `${bucket('<DestinationBucketName>')}/*`
  const lacking = finding(
    'service-role-missing-allow',
    'possible',
    [
      addToIdentity(s, writes, [replicas], { attachTo }),
      addToIdentity(s, reads, [`${bucket('<SourceBucketName>')}/*`], { attachTo }),
      addToIdentity(s, ['s3:GetReplicationConfiguration', 's3:ListBucket'], [bucket('<SourceBucketName>')], {
        attachTo,
      }),
    ],
    { role: named === undefined ? null : attachTo, actions: writes.join(', ') },
  )
  const role = `arn:${s.partition}:iam::<SourceAccountId>:${attachTo}`
  const destination = finding('cross-account-resource-side', 'possible', [
    allowInResource('bucket/<DestinationBucketName>', allowTo({ AWS: role }, writes, [replicas])),
  ])
  const key = kmsBehindService(s, ['kms:Decrypt', 'kms:Encrypt'], 'possible', 'bucket')
  return s.has('cross-account-told') ? [lacking, destination, key] : [lacking, key]
}
