import { ownValue } from '../../iam/own-value.ts'
import { parseArn } from '../../iam/arn.ts'
import { shellLine } from '../../remedy/commands/shell.ts'
import { fix } from '../fixes.ts'
import type { Fix } from '../../remedy/fix.ts'
import type { Situation } from '../situation.ts'
import { coversAction, coversResource, type ReadStatement } from '../statements.ts'

/** What stores the policy of a resource, and what it is asked on. */
const stores: Readonly<Record<string, string>> = {
  s3: 's3:PutBucketPolicy',
  sqs: 'sqs:SetQueueAttributes',
  sns: 'sns:SetTopicAttributes',
  kms: 'kms:PutKeyPolicy',
  secretsmanager: 'secretsmanager:PutResourcePolicy',
  ecr: 'ecr:SetRepositoryPolicy',
  elasticfilesystem: 'elasticfilesystem:PutFileSystemPolicy',
  backup: 'backup:PutBackupVaultAccessPolicy',
  glacier: 'glacier:SetVaultAccessPolicy',
  events: 'events:PutPermission',
  codeartifact: 'codeartifact:PutRepositoryPermissionsPolicy',
}

/**
 * Where the root user gets past every policy of the resource, and what lets an organization's administrator do so in
 * its place.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-privileged-task.html
 */
const rootTasks: Readonly<Record<string, string>> = { s3: 'S3UnlockBucketPolicy', sqs: 'SQSUnlockQueuePolicy' }

/** Whom a Deny keeps from changing the policy that it stands in. */
type Locked = 'everybody' | 'caller'

/** Whom a Deny keeps from changing its own policy; `null` where its owner can change it like any other. */
export function lockedBy(s: Situation, deny: ReadStatement): Locked | null {
  const store = ownValue(stores, s.service ?? '')
  if (store === undefined || deny.policyType !== 'resource-based' || s.denial.principalType === 'root') return null
  const home = s.service === 's3' ? (s.resource?.split('/')[0] ?? null) : s.resource
  if (home === null || parseArn(home) === null || !coversAction(deny, store) || !coversResource(deny, home)) return null
  const everybody = ['"*"', '{"AWS":"*"}', '{"AWS":["*"]}'].includes(JSON.stringify(deny.source.Principal))
  return everybody && deny.conditions.length === 0 ? 'everybody' : 'caller'
}

/** Nobody is let past, so that the policy has to be taken away from above; `null` where nothing is above it. */
export function unlock(s: Situation): Fix | null {
  const { service, resource } = s
  const task = ownValue(rootTasks, service ?? '')
  if (task === undefined || resource === null) return null
  const account = s.resourceAccount ?? s.callerAccount ?? '<AccountId>'
  const policy = `arn:${s.partition}:iam::aws:policy/root-task/${task}`
  return fix({
    kind: 'resource-policy',
    step: 'unlock-resource-policy',
    values: {
      account,
      task: service === 's3' ? 'aws s3api delete-bucket-policy' : 'aws sqs set-queue-attributes',
    },
    owner: 'root-of-account',
    command: shellLine([
      ...['aws', 'sts', 'assume-root', '--target-principal', account],
      ...['--task-policy-arn', `arn=${policy}`],
    ]),
  })
}
