import { parseArn } from '../../iam/arn.ts'
import { finding, none, type Finding } from '../finding.ts'
import type { Fix } from '../../remedy/fix.ts'
import type { Confidence } from '../diagnosis.ts'
import { addToIdentity, allowInResource, allowTo } from '../fixes.ts'
import { allowsOf, identityGrants, type Situation } from '../situation.ts'
import { kmsBehindService } from './kms.ts'
import { hasNeeded } from './role-shortfall.ts'
import { serviceCannotAssume } from './service-trust.ts'

/** What the reason says that the role may not do, beside what reading the source takes. */
const neededFor: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^DstDel/u, ['s3:ReplicateDelete']],
  [/^DstPutTagging/u, ['s3:ReplicateTags']],
  [/^DstPutAcl/u, ['s3:ObjectOwnerOverrideToBucketOwner']],
  [/^Dst/u, ['s3:ReplicateObject']],
]

/**
 * S3 replicates with a role of the owner of the source: it reads versions there and writes replicas to the
 * destination, whose owner has to let the role in where that is another account.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/setting-repl-config-perm-overview.html
 */
export function replicationRefused(s: Situation): readonly Finding[] {
  if (!s.has('replication-refused') || s.denial.effect === 'explicit') return none
  // The call that showed the status was answered.
  const isShown = s.denial.class === 'other-aws' && /^s3:(?:Get|Head)Object/iu.test(s.action ?? '')
  if (s.action !== null && !isShown) return none
  const [reason = ''] = s.told('replication-refused', 'reason')
  if (reason === 'AssumeRoleNotPermitted') return serviceCannotAssume(s, 's3.amazonaws.com')
  const arn = s.told('role-arn', 'role')[0]
  const named = s.told('role-named', 'role')[0] ?? arn?.split('/').at(-1)
  const attachTo = `role/${named ?? '<ReplicationRoleName>'}`
  const bucket = (name: string): string => `arn:${s.partition}:s3:::${name}`
  const source = bucket(s.told('replication-bucket', 'source')[0] ?? '<SourceBucketName>')
  const destinationName = s.told('replication-bucket', 'destination')[0] ?? '<DestinationBucketName>'
  // The owner of the source keeps the replicas unless the rule hands them over.
  const isHandedOver = s.has('replica-owner-changed') || reason.startsWith('DstPutAcl')
  const handsOver = isHandedOver ? ['s3:ObjectOwnerOverrideToBucketOwner'] : []
  const writes = ['s3:ReplicateObject', 's3:ReplicateDelete', 's3:ReplicateTags', ...handsOver]
  const reads = ['s3:GetObjectVersionForReplication', 's3:GetObjectVersionAcl', 's3:GetObjectVersionTagging']
  const replicas = `${bucket(destinationName)}/*`
  const lacking = finding(
    'service-role-missing-allow',
    'possible',
    [
      addToIdentity(s, writes, [replicas], { attachTo }),
      addToIdentity(s, reads, [`${source}/*`], { attachTo }),
      addToIdentity(s, ['s3:GetReplicationConfiguration', 's3:ListBucket'], [source], {
        attachTo,
      }),
    ],
    { role: named === undefined ? null : attachTo, actions: writes.join(', ') },
  )
  const role = arn ?? `arn:${s.partition}:iam::<SourceAccountId>:${attachTo}`
  const behind = kmsBehindService(s, ['kms:Decrypt', 'kms:Encrypt'], 'possible', 'bucket')
  // Each bucket has a key of its own: the replicas are decrypted with one and encrypted with the other.
  const key = s.has('kms-key', 'kms-key-told') ? behind : { ...behind, fixes: onBothKeys(s, attachTo) }
  const asked = neededFor.find(([code]) => code.test(reason))?.[1]
  // What the destination's policy lets in already is not asked for again.
  const lacked = s.wasRead('resource-based') ? writes.filter((action) => !letsIn(s, [action])) : writes
  const toAdd = [...new Set([...lacked, ...(lacked.length === 0 ? writes : (asked ?? []))])]
  const destination = allowInResource(`bucket/${destinationName}`, allowTo({ AWS: role }, toAdd, [replicas]))
  const beyond = (confidence: Confidence): Finding =>
    finding('cross-account-resource-side', confidence, [destination], {
      principal: named === undefined ? null : attachTo,
      action: asked?.[0] ?? writes[0],
      resource: replicas,
    })
  const owner = parseArn(arn ?? '')?.account
  const isElsewhere =
    s.has('cross-account-told') || s.told('bucket-account-told', 'account').some((account) => account !== owner)
  // Nothing tells what was refused: the role may write replicas, and no key.
  const mayReplicate = reason === '' && hasNeeded(s, { actions: ['s3:ReplicateObject'], resource: replicas })
  const lacksKey = s.wasRead('identity-based') && !identityGrants(s, 'kms:Decrypt', null)
  if (mayReplicate && lacksKey && s.has('encrypted-told', 'kms-key'))
    return isElsewhere ? [{ ...key, confidence: 'stated' }, beyond('possible')] : [{ ...key, confidence: 'stated' }]
  const isComplete = asked !== undefined && hasNeeded(s, { actions: asked, resource: replicas })
  if (isComplete && isElsewhere) return [beyond(letsIn(s, asked) ? 'possible' : 'evaluated'), key]
  if (isComplete) return [key, lacking]
  return isElsewhere ? [lacking, beyond('possible'), key] : [lacking, key]
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html */
const onBothKeys = (s: Situation, attachTo: string): readonly Fix[] =>
  (
    [
      ['kms:Decrypt', 'Source'],
      ['kms:Encrypt', 'Destination'],
    ] as const
  ).map(([action, of]) =>
    addToIdentity(s, [action], [`arn:${s.partition}:kms:<${of}Region>:<${of}AccountId>:key/<${of}KeyId>`], {
      attachTo,
    }),
  )

/** The destination's policy was not read, or has an Allow of it. */
const letsIn = (s: Situation, actions: readonly string[]): boolean =>
  !s.wasRead('resource-based') || actions.every((action) => allowsOf(s, 'resource-based', action).length > 0)
