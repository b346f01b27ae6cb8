import { createHash } from 'node:crypto'
import { DecodeAuthorizationMessageCommand, STSClient } from '@aws-sdk/client-sts'
import type { Denial } from '../../denial/denial.ts'
import { readAuthorizationDetails } from '../authorization-details.ts'
import { evaluationPart, readDecodedMessage } from '../decoded-message.ts'
import { parseDocument } from '../document.ts'
import type { EvidencePart } from '../evidence-part.ts'
import type { AwsEvaluation } from '../evidence.ts'
import { gapAbout } from '../own-permissions.ts'
import type { Subject } from '../subject.ts'
import type { Access } from './access.ts'
import type { Calls } from './calls.ts'
import type { Outcome } from './outcome.ts'
import { callsInTime, type AwsReaders } from './readers.ts'
import { isRegion } from './regions.ts'
import { fetchAuthorizationDetails } from './toolbox.ts'

const kept = { ttl: 600, stale: 0 }
const notKept = { ttl: 0, stale: 0 }
const life = ({ ok }: Outcome<unknown>): typeof kept => (ok ? kept : notKept)

/** Authorization ids and blobs open policy data: what the cache sees of them is a hash. */
const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url')

/** What AWS itself says about this very denial. */
export async function readEvaluation(
  readers: AwsReaders,
  denial: Denial,
  subject: Subject | null,
): Promise<EvidencePart> {
  const sources = [
    { about: 'authorization-details', secret: denial.authorizationId, read: authorizationDetails },
    { about: 'decoded-message', secret: denial.encodedMessage, read: decodedMessage },
  ]
  const place = { partition: subject?.partition ?? 'aws', account: subject?.account ?? null }
  for (const { about, secret, read } of sources) {
    if (secret === null) continue
    const access = await readers.access.to(place.account, place.partition)
    if (!access.ok) return { gaps: [gapAbout(about, access.reason, [], place)] }
    const region = isRegion(denial.region) ? denial.region : null
    const key = `${about}~${access.value.account}~${region ?? ''}~${denial.action ?? ''}~${hashOf(secret)}`
    const outcome = await readers.cache.get(key, { life }, () =>
      read(readers, access.value, callsInTime(readers), region, denial, secret),
    )
    if (!outcome.ok) return { gaps: [gapAbout(about, outcome.reason, [outcome.action], access.value)] }
    return { source: 'aws', ...evaluationPart(outcome.value) }
  }
  return {}
}

type Read = (
  readers: AwsReaders,
  access: Access,
  calls: Calls,
  region: string | null,
  denial: Denial,
  secret: string,
) => Promise<Outcome<AwsEvaluation | null>>

const decodedMessage: Read = async (readers, access, calls, region, _denial, EncodedMessage) => {
  const client = readers.access.client(access, region, 'sts', (config) => new STSClient(config))
  const outcome = await calls.make('sts:DecodeAuthorizationMessage', (abortSignal) =>
    client.send(new DecodeAuthorizationMessageCommand({ EncodedMessage }), { abortSignal }),
  )
  return outcome.ok ? { ok: true, value: readDecodedMessage(parseDocument(outcome.value.DecodedMessage)) } : outcome
}

const authorizationDetails: Read = async (readers, access, calls, region, denial, id) => {
  const endpoint = readers.settings.AWS_ENDPOINT_URL_IAM_TOOLBOX
  const outcome = await calls.make('iam:GetRequestAuthorizationDetails', (signal) =>
    fetchAuthorizationDetails(access.config(region), access.partition, endpoint, id, signal),
  )
  return outcome.ok ? { ok: true, value: readAuthorizationDetails(outcome.value, denial.action) } : outcome
}
