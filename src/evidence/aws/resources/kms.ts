import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  KMSClient,
  paginateListGrants,
  type GrantListEntry,
  type KeyMetadata,
} from '@aws-sdk/client-kms'
import type { Json, JsonObject } from '../../../iam/json.ts'
import { parseDocument } from '../../document.ts'
import { combine, type EvidencePart } from '../../evidence-part.ts'
import { gapAbout } from '../../own-permissions.ts'
import { canBeAccount } from '../../subject.ts'
import { gapsOf } from '../iam-reader.ts'
import type { Outcome, Refusal } from '../outcome.ts'
import { factPart, mapOutcome, policyPart, type ReadResource, type ResourceReading } from './reading.ts'

const mostGrants = 200

/** A KMS key that is itself the denied resource: its policy, its grants and who manages it. */
export const readKey: ReadResource = async (reading) => {
  const { target } = reading
  const described = target.name.startsWith('alias/') ? await describe(reading, target.arn, target.region) : null
  const keyId = described?.ok === true ? (described.value?.Arn ?? target.arn) : target.arn
  if (described?.ok === false) return policyPart(reading, described)
  const [metadata, policy, grants] = await Promise.all([
    described ?? describe(reading, keyId, target.region),
    keyPolicy(reading, keyId, target.region),
    grantsOf(reading, keyId),
  ])
  return combine([
    policyPart(reading, policy),
    factPart(reading, 'kms-key', mapOutcome(metadata, keyFacts)),
    factPart(
      reading,
      'kms-key-manager',
      mapOutcome(metadata, (key) => key?.KeyManager),
    ),
    factPart(reading, 'kms-grants', grants),
  ])
}

/**
 * The key behind a bucket, queue, topic or secret, as one fact: its ARN, who manages it, and its policy. Without a key
 * the fact still says that there is none.
 */
export async function keyBehind(
  reading: ResourceReading,
  fact: string,
  key: string | undefined,
  region: string | null,
  beside: JsonObject = {},
): Promise<EvidencePart> {
  if (key === undefined || key === '') return { facts: { [fact]: { ...beside, arn: null } } }
  const account = key.split(':')[4]
  if (canBeAccount(account) && account !== reading.access.account)
    return { facts: { [fact]: { ...beside, arn: key, account } }, gaps: [othersKey(reading, fact, account)] }
  const keyRegion = key.split(':')[3] ?? region
  const [metadata, policy] = await Promise.all([describe(reading, key, keyRegion), keyPolicy(reading, key, keyRegion)])
  const facts = metadata.ok ? keyFacts(metadata.value) : { arn: key }
  const refused = [metadata, policy].filter((outcome): outcome is Refusal => !outcome.ok)
  return {
    facts: {
      [fact]: { ...beside, ...facts, policy: policy.ok ? (parseDocument(policy.value ?? '') as Json) : null },
    },
    // A key given by its alias has a policy only under its own id; that its name did not do is no gap.
    gaps: gapsOf(
      reading.access,
      refused.filter(({ reason }) => reason !== 'not-found'),
      [fact],
    ),
  }
}

const othersKey = ({ access }: ResourceReading, fact: string, account: string): ReturnType<typeof gapAbout> =>
  gapAbout(fact, 'not-configured', [], { partition: access.partition, account })

const keyFacts = (key: KeyMetadata | undefined): JsonObject => ({
  arn: key?.Arn ?? null,
  manager: key?.KeyManager ?? null,
  state: key?.KeyState ?? null,
})

const clientOf = ({ readers, access }: ResourceReading, region: string | null): KMSClient =>
  readers.access.client(access, region, 'kms', (config) => new KMSClient(config))

async function describe(
  reading: ResourceReading,
  KeyId: string,
  region: string | null,
): Promise<Outcome<KeyMetadata | undefined>> {
  const outcome = await reading.calls.make('kms:DescribeKey', (abortSignal) =>
    clientOf(reading, region).send(new DescribeKeyCommand({ KeyId }), { abortSignal }),
  )
  return mapOutcome(outcome, ({ KeyMetadata }) => KeyMetadata)
}

async function keyPolicy(
  reading: ResourceReading,
  KeyId: string,
  region: string | null,
): Promise<Outcome<string | undefined>> {
  const outcome = await reading.calls.make('kms:GetKeyPolicy', (abortSignal) =>
    clientOf(reading, region).send(new GetKeyPolicyCommand({ KeyId, PolicyName: 'default' }), { abortSignal }),
  )
  return mapOutcome(outcome, ({ Policy }) => Policy)
}

async function grantsOf(reading: ResourceReading, KeyId: string): Promise<Outcome<Json>> {
  const client = clientOf(reading, reading.target.region)
  const grants = await reading.calls.pages(
    'kms:ListGrants',
    (abortSignal) => paginateListGrants({ client }, { KeyId, Limit: 100 }, { abortSignal }),
    ({ Grants }) => Grants,
    mostGrants,
  )
  return mapOutcome(grants, (list) => list.map(grantFacts))
}

const grantFacts = ({ GranteePrincipal, Operations, Constraints, Name }: GrantListEntry): JsonObject => ({
  grantee: GranteePrincipal ?? null,
  operations: Operations ?? [],
  encryptionContext: Constraints?.EncryptionContextEquals ?? Constraints?.EncryptionContextSubset ?? null,
  name: Name ?? null,
})
