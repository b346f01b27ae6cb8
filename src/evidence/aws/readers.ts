import { setMaxListeners } from 'node:events'
import type { EvidenceCache, Life } from '../cache.ts'
import type { EvidencePart } from '../evidence-part.ts'
import type { Gap } from '../evidence.ts'
import { gapAbout, type Place } from '../own-permissions.ts'
import type { PrincipalReading } from '../principal-record.ts'
import type { EvidenceSettings } from '../question.ts'
import type { Access, AwsAccess } from './access.ts'
import type { Calls, CallsWithin } from './calls.ts'
import { readPrincipal, type PrincipalKey } from './iam-reader.ts'
import { managedPolicyReader } from './managed-policy.ts'
import type { Refusal } from './outcome.ts'

/** What the readers of live evidence share. */
export interface AwsReaders {
  readonly settings: EvidenceSettings
  readonly access: AwsAccess
  readonly calls: CallsWithin
  readonly cache: EvidenceCache
  readonly now: () => number
}

const seen: Life = { ttl: 60, stale: 240 }
const unseen: Life = { ttl: 5, stale: 0 }
const never: Life = { ttl: 0, stale: 0 }

/** A reading with gaps is kept only so long as it takes to calm a storm of equal pastes; a late one not at all. */
export function lifeOf({ gaps = [] }: { readonly gaps?: readonly Gap[] }, whole = seen): Life {
  if (gaps.length === 0) return whole
  return gaps.every(({ reason }) => reason === 'access-denied' || reason === 'not-found') ? unseen : never
}

/** A role or user, from the cache where it was seen lately. */
export function readCachedPrincipal(
  readers: AwsReaders,
  access: Access,
  key: PrincipalKey,
  fresh: boolean,
): Promise<PrincipalReading> {
  const { cache, now } = readers
  return cache.get(
    `principal~${key.account}~${key.kind}~${key.name.toLowerCase()}`,
    { life: (reading: PrincipalReading) => lifeOf(reading), fresh },
    () => {
      const calls = callsInTime(readers)
      return readPrincipal(access, calls, managedPolicyReader(access.iam, calls, cache), key, now())
    },
  )
}

/** A part of the evidence, from the cache where it was read lately. */
export function readCachedPart(
  readers: AwsReaders,
  key: string,
  fresh: boolean,
  read: (calls: Calls) => Promise<EvidencePart>,
): Promise<EvidencePart> {
  return readers.cache.get(key, { life: (part: EvidencePart) => lifeOf(part), fresh }, () => read(callsInTime(readers)))
}

/** Calls of one reading. It has a time limit of its own, because others may be waiting for it than who began it. */
export function callsInTime({ calls, settings }: AwsReaders, milliseconds = settings.EVIDENCE_TIMEOUT_MS): Calls {
  const signal = AbortSignal.timeout(milliseconds)
  // Each call under way listens, and there may be dozens.
  setMaxListeners(0, signal)
  return calls(signal)
}

/** An account that we could not enter: the statement, if one helps, is for the role there, and needed where we live. */
export function gapOfAccess(
  { settings }: AwsReaders,
  about: string,
  { partition, account }: Place,
  refusal: Pick<Refusal, 'reason'> & Partial<Refusal>,
): Gap {
  const place = { partition, account, roleName: settings.ASSUME_ROLE_NAME }
  if (refusal.action !== 'sts:AssumeRole') return gapAbout(about, refusal.reason, [], place)
  return { ...gapAbout(about, refusal.reason, [refusal.action], place), account: refusal.account ?? account }
}
