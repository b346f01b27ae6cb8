import { combine, type EvidencePart } from '../evidence-part.ts'
import { gapAbout } from '../own-permissions.ts'
import type { ResourceTarget, TargetService } from '../target.ts'
import type { Access } from './access.ts'
import type { Outcome } from './outcome.ts'
import { gapOfAccess, readCachedPart, type AwsReaders } from './readers.ts'
import { isRegion } from './regions.ts'
import type { ReadResource } from './resources/reading.ts'

/** Each SDK client is loaded when the first resource of its kind is looked at. */
const readerOf: Readonly<Record<TargetService, () => Promise<ReadResource>>> = {
  s3: async () => (await import('./resources/s3.ts')).readBucket,
  kms: async () => (await import('./resources/kms.ts')).readKey,
  sqs: async () => (await import('./resources/sqs.ts')).readQueue,
  sns: async () => (await import('./resources/sns.ts')).readTopic,
  lambda: async () => (await import('./resources/lambda.ts')).readFunction,
  secretsmanager: async () => (await import('./resources/secrets-manager.ts')).readSecret,
  ecr: async () => (await import('./resources/ecr.ts')).readRepository,
  'ecs-task': async () => (await import('./resources/ecs.ts')).readTask,
  'ecs-task-definition': async () => (await import('./resources/ecs.ts')).readTaskDefinition,
  'iam-role': async () => (await import('./resources/role.ts')).readTargetRole,
  'iam-instance-profile': async () => (await import('./resources/role.ts')).readInstanceProfile,
  'vpc-endpoint': async () => (await import('./resources/vpc-endpoint.ts')).readVpcEndpoint,
}

/** What the policy of each kind is called; the others are only looked at for what stands behind them. */
const policyTypeOf = (service: TargetService): string =>
  service === 'vpc-endpoint' ? service : service === 'iam-role' ? 'role-trust' : 'resource-based'

/** A bucket's ARN does not tell whose it is: the caller's, or ours if the caller is a stranger. */
async function accessFor(
  { access }: AwsReaders,
  target: ResourceTarget,
  callerAccount: string | null,
): Promise<Outcome<Access>> {
  const first = await access.to(target.account ?? callerAccount, target.partition)
  const elsewhere = !first.ok && first.reason === 'not-configured' && target.account === null
  return elsewhere ? access.to(null, target.partition) : first
}

/** Reads one resource, in its own account if that is ours; a name without account is looked for at the caller's. */
export async function readResource(
  readers: AwsReaders,
  target: ResourceTarget,
  callerAccount: string | null,
  fresh: boolean,
): Promise<EvidencePart> {
  const place = { partition: target.partition, account: target.account ?? callerAccount }
  const access = await accessFor(readers, target, callerAccount)
  const about = policyTypeOf(target.service)
  if (!access.ok) return { gaps: [gapOfAccess(readers, about, place, access)] }
  if (target.region !== null && !isRegion(target.region)) return { gaps: [gapAbout(about, 'unsupported', [], place)] }
  const read = await readerOf[target.service]()
  const key = `resource~${access.value.account}~${target.arn}~${target.qualifier ?? ''}~${target.service === 'iam-role' ? target.action : ''}`
  return readCachedPart(readers, key, fresh, async (calls) =>
    combine([await read({ readers, access: access.value, calls, target, fresh })]),
  )
}
