import { createEvidenceCache, type EvidenceCache, type Life } from '../cache.ts'
import { awsEvaluationPasted } from '../decoded-message.ts'
import { combine, type EvidencePart } from '../evidence-part.ts'
import type { Evidence } from '../evidence.ts'
import { gapAbout } from '../own-permissions.ts'
import { callerPart, unseenCaller, type PrincipalReading } from '../principal-record.ts'
import type { EvidenceGatherer, EvidencePorts, EvidenceQuestion, EvidenceSettings } from '../question.ts'
import { withRequested } from '../requested.ts'
import { subjectOf, type Subject } from '../subject.ts'
import { withoutPrincipalPolicies } from '../without-policies.ts'
import { createAccess, credentialsResolve, type Access, type AwsAccess } from './access.ts'
import { createCalls, type CallsWithin } from './calls.ts'
import { readPrincipal, type PrincipalKey } from './iam-reader.ts'
import { managedPolicyReader } from './managed-policy.ts'
import type { Refusal } from './outcome.ts'

/** How long the start waits for credentials where it is free to do without. */
const credentialMilliseconds = 1000
const seen: Life = { ttl: 60, stale: 240 }
const unseen: Life = { ttl: 5, stale: 0 }
const never: Life = { ttl: 0, stale: 0 }

/** What the readers share. */
export interface AwsReaders {
  readonly settings: EvidenceSettings
  readonly access: AwsAccess
  readonly calls: CallsWithin
  readonly cache: EvidenceCache
  readonly now: () => number
}

/** Live reads; `null` where credentials are needed to choose this source and none resolve. */
export async function openAws(
  settings: EvidenceSettings,
  ports: EvidencePorts,
  { needCredentials }: { readonly needCredentials: boolean },
): Promise<EvidenceGatherer | null> {
  if (needCredentials && !(await credentialsResolve(credentialMilliseconds))) return null
  const readers: AwsReaders = {
    settings,
    access: await createAccess(settings),
    calls: createCalls(ports.observe),
    cache: createEvidenceCache(settings.REDIS_URL, ports),
    now: ports.now ?? Date.now,
  }
  // Asked at start, so that the first diagnosis need not; who fails here is asked again with each diagnosis.
  void readers.access.home().then((home) => {
    if (!home.ok) ports.log?.({ level: 'warn', code: 'aws-identity-unknown', values: { error: home.code } })
  })
  return {
    source: 'aws',
    collect: async (question) => {
      const parts = await gather(readers, question)
      const evidence = withRequested(combine(parts), question.requested, readers.now())
      for (const { reason } of evidence.gaps) ports.observe?.gap(reason)
      return evidence
    },
    ready: () => Promise.resolve(true),
    close: () => {
      readers.access.close()
      return readers.cache.close()
    },
  }
}

async function gather(readers: AwsReaders, question: EvidenceQuestion): Promise<readonly EvidencePart[]> {
  const subject = subjectOf(question.denial, question.requests[0]?.principal)
  const late = Date.now() + readers.settings.EVIDENCE_TIMEOUT_MS
  const caller = subject === null ? Promise.resolve({}) : readCaller(readers, subject, question.fresh)
  const parts = [inTime(caller, late, () => (subject === null ? {} : unreachable(subject, timeout)))]
  return [...(await Promise.all(parts)), awsEvaluationPasted(question.denial)]
}

const timeout: Refusal = { ok: false, reason: 'timeout', action: '', code: 'Deadline' }
/** The readers stop by themselves when time is up and tell what they have; this is for those that could not. */
const graceMilliseconds = 100

async function inTime<T>(work: Promise<T>, until: number, instead: () => T): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(instead()), until - Date.now() + graceMilliseconds)
  })
  const result = await Promise.race([work.catch(instead), late])
  clearTimeout(timer)
  return result
}

async function readCaller(readers: AwsReaders, subject: Subject, fresh: boolean): Promise<EvidencePart> {
  if (subject.kind === 'none') return withoutPrincipalPolicies
  const access = await readers.access.to(subject.account, subject.partition)
  if (!access.ok) return unreachable(subject, access)
  const { account } = access.value
  const reading = await reach(readers, access.value, { kind: subject.kind, account, name: subject.name }, fresh)
  const byNameOnly = subject.account === null
  if (byNameOnly && reading.record === null)
    return unreachable(subject, { ok: false, reason: 'not-found', action: '', code: 'NotFound' })
  return callerPart(reading, subject, 'aws', byNameOnly)
}

function reach(readers: AwsReaders, access: Access, key: PrincipalKey, fresh: boolean): Promise<PrincipalReading> {
  const { cache, settings, now } = readers
  return cache.get(`${key.account}~${key.kind}~${key.name.toLowerCase()}`, { life: lifeOf, fresh }, () => {
    const calls = readers.calls(AbortSignal.timeout(settings.EVIDENCE_TIMEOUT_MS))
    return readPrincipal(access, calls, managedPolicyReader(access.iam, calls, cache), key, now())
  })
}

/** A reading with gaps is kept only so long as it takes to calm a storm of equal pastes. */
function lifeOf({ gaps }: PrincipalReading): Life {
  if (gaps.length === 0) return seen
  return gaps.every(({ reason }) => reason === 'access-denied' || reason === 'not-found') ? unseen : never
}

/** No reading of that account: another's, or a role there that we may not assume. */
function unreachable(subject: Subject, { reason, action }: Refusal): EvidencePart {
  const actions = action === 'sts:AssumeRole' ? [action] : []
  const place = { partition: subject.partition, account: subject.account }
  const gap = (about: string): Evidence['gaps'][number] => gapAbout(about, reason, actions, place)
  return { caller: unseenCaller(subject, null), gaps: [gap('identity-based'), gap('permissions-boundary')] }
}
