import {
  GetBucketEncryptionCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetPublicAccessBlockCommand,
  ListBucketsCommand,
  type GetPublicAccessBlockCommandOutput,
  S3Client,
} from '@aws-sdk/client-s3'
import { combine, type EvidencePart } from '../../evidence-part.ts'
import { gapAbout } from '../../own-permissions.ts'
import type { Outcome } from '../outcome.ts'
import { keyBehind } from './kms.ts'
import { absentAsNull, factPart, mapOutcome, policyPart, type ReadResource, type ResourceReading } from './reading.ts'

/** What of a bucket decides about access; only for buckets that are in the list of an account of ours. */
export const readBucket: ReadResource = async (reading) => {
  const { access, target } = reading
  const found = await findBucket(reading)
  if (!found.ok) return { gaps: [gapAbout('resource-based', found.reason, [found.action], access)] }
  if (found.value === null)
    return {
      facts: { 's3-bucket': { name: target.name, owned: false } },
      gaps: [{ ...gapAbout('resource-based', 'not-found', [], access), account: null }],
    }
  return combine(await bucketParts(reading, found.value.region))
}

/**
 * Reading a stranger's bucket would show its owner who we are, so the paste's word is not enough: the bucket has to
 * stand in our own list, which tells its Region too.
 */
async function findBucket(reading: ResourceReading): Promise<Outcome<{ readonly region: string | null } | null>> {
  const { calls, target } = reading
  const listed = await calls.make('s3:ListAllMyBuckets', (abortSignal) =>
    clientOf(reading, null).send(new ListBucketsCommand({ Prefix: target.name, MaxBuckets: 1000 }), { abortSignal }),
  )
  return mapOutcome(listed, ({ Buckets = [] }) => {
    const bucket = Buckets.find(({ Name }) => Name === target.name)
    return bucket === undefined ? null : { region: bucket.BucketRegion ?? null }
  })
}

const clientOf = ({ readers, access }: ResourceReading, region: string | null): S3Client =>
  readers.access.client(access, region, 's3', (config) => new S3Client({ ...config, followRegionRedirects: true }))

async function bucketParts(reading: ResourceReading, region: string | null): Promise<readonly EvidencePart[]> {
  const { calls, access, target } = reading
  const client = clientOf(reading, region)
  const bucket = { Bucket: target.name, ExpectedBucketOwner: access.account }
  const [policy, block, ownership, encryption] = await Promise.all([
    calls.make('s3:GetBucketPolicy', (abortSignal) => client.send(new GetBucketPolicyCommand(bucket), { abortSignal })),
    calls.make('s3:GetBucketPublicAccessBlock', (abortSignal) =>
      client.send(new GetPublicAccessBlockCommand(bucket), { abortSignal }),
    ),
    calls.make('s3:GetBucketOwnershipControls', (abortSignal) =>
      client.send(new GetBucketOwnershipControlsCommand(bucket), { abortSignal }),
    ),
    calls.make('s3:GetEncryptionConfiguration', (abortSignal) =>
      client.send(new GetBucketEncryptionCommand(bucket), { abortSignal }),
    ),
  ])
  const rule = encryption.ok ? encryption.value.ServerSideEncryptionConfiguration?.Rules?.[0] : undefined
  const key = rule?.ApplyServerSideEncryptionByDefault?.KMSMasterKeyID
  const algorithm = rule?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm ?? null
  return [
    { facts: { 's3-bucket': { name: target.name, owned: true, account: access.account, region } } },
    policyPart(
      reading,
      mapOutcome(absentAsNull(policy, /^NoSuchBucketPolicy$/), (found) => found?.Policy),
    ),
    factPart(
      reading,
      's3-block-public-access',
      mapOutcome(absentAsNull(block, /^NoSuchPublicAccessBlockConfiguration$/), (found) => blockOf(found)),
    ),
    factPart(
      reading,
      's3-object-ownership',
      mapOutcome(
        absentAsNull(ownership, /^OwnershipControlsNotFoundError$/),
        // A bucket without the setting is one of before April 2023: its ACLs count.
        (found) => found?.OwnershipControls?.Rules?.[0]?.ObjectOwnership ?? 'ObjectWriter',
      ),
    ),
    encryption.ok || /NotFound/.test(encryption.code)
      ? await keyBehind(reading, 's3-encryption-key', key, region, { algorithm })
      : factPart(reading, 's3-encryption-key', encryption),
  ]
}

function blockOf(found: GetPublicAccessBlockCommandOutput | null): Readonly<Record<string, boolean>> {
  const settings = found?.PublicAccessBlockConfiguration
  return {
    blockPublicAcls: settings?.BlockPublicAcls === true,
    ignorePublicAcls: settings?.IgnorePublicAcls === true,
    blockPublicPolicy: settings?.BlockPublicPolicy === true,
    restrictPublicBuckets: settings?.RestrictPublicBuckets === true,
  }
}
