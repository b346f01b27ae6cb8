import { setMaxListeners } from 'node:events'
import { concernOf } from '../concern.ts'
import { createEvidenceCache } from '../cache.ts'
import { awsEvaluationPasted } from '../decoded-message.ts'
import { combine, type EvidencePart } from '../evidence-part.ts'
import type { Gap, GapReason } from '../evidence.ts'
import { gapAbout } from '../own-permissions.ts'
import { callerPart, unseenCaller } from '../principal-record.ts'
import type { EvidenceGatherer, EvidencePorts, EvidenceQuestion, EvidenceSettings } from '../question.ts'
import { withRequested } from '../requested.ts'
import { subjectOf, type Subject } from '../subject.ts'
import { endpointOf, targetsOf } from '../target.ts'
import { withoutPrincipalPolicies } from '../without-policies.ts'
import { createAccess, credentialsResolve, profileWithoutCredentials, type Access } from './access.ts'
import { createCalls } from './calls.ts'
import { readEvaluation } from './evaluation.ts'
import type { Outcome, Refusal } from './outcome.ts'
import { gapOfAccess, readCachedPrincipal, type AwsReaders } from './readers.ts'
import { otherOwner, rcpsAlone, withoutRcps } from '../owners-guardrails.ts'
import { readResource } from './resource-side.ts'

/** How long the start waits for credentials where it is free to do without. */
const credentialMilliseconds = 1000
/** The readers stop by themselves when time is up and tell what they have; this is for those that could not. */
const graceMilliseconds = 100

/** Live reads; `null` where credentials are needed to choose this source and none resolve. */
export async function openAws(
  settings: EvidenceSettings,
  ports: EvidencePorts,
  { needCredentials }: { readonly needCredentials: boolean },
): Promise<EvidenceGatherer | null> {
  if (needCredentials && !(await credentialsResolve(credentialMilliseconds))) {
    // Whoever names a profile means it: a mistyped or expired one must not look like none.
    const without = await profileWithoutCredentials()
    if (without !== null) ports.log?.({ level: 'warn', code: 'profile-without-credentials', values: without })
    return null
  }
  const readers: AwsReaders = {
    settings,
    access: createAccess(settings),
    calls: createCalls(ports.observe),
    cache: await createEvidenceCache(settings.REDIS_URL, ports),
    now: ports.now ?? Date.now,
  }
  return {
    source: 'aws',
    collect: async (question) => {
      const evidence = withRequested(
        combine(await gather(readers, question)),
        question.requested,
        readers.now(),
        question,
      )
      for (const { reason } of evidence.gaps) ports.observe?.gap(reason)
      return evidence
    },
    // Who fails here is asked again with each diagnosis.
    prepare: () => {
      void readers.access.home().then((home) => {
        if (!home.ok) ports.log?.({ level: 'warn', code: 'aws-identity-unknown', values: { error: home.code } })
      })
    },
    close: () => {
      readers.access.close()
      return readers.cache.close()
    },
  }
}

/** Everything at once; each reader has the whole time, and what is late becomes a gap of its own. */
async function gather(readers: AwsReaders, question: EvidenceQuestion): Promise<readonly EvidencePart[]> {
  const { denial, requests, fresh, signal } = question
  const subject = subjectOf(denial, requests[0]?.principal)
  const given = question.requested?.policies ?? {}
  const concern = concernOf(denial, subject?.account ?? null)
  const until = performance.now() + readers.settings.EVIDENCE_TIMEOUT_MS + graceMilliseconds
  const place = { partition: subject?.partition ?? 'aws', account: subject?.account ?? null }
  const gaps = (reason: GapReason, ...about: readonly string[]): EvidencePart => ({
    gaps: about.map((thing) => gapAbout(thing, reason, [], place)),
  })
  const end = endAt(until, signal)
  const inTime = (work: Promise<EvidencePart>, ...about: readonly string[]): Promise<EvidencePart> =>
    orInstead(work, end, (reason) => gaps(reason, ...about))

  const endpoint = concern.endpoint ? endpointOf(denial, place.account, place.partition) : null
  const targets = [...targetsOf(requests).filter(concern.resource), ...(endpoint === null ? [] : [endpoint])]
  const guardrails = ({ account, partition }: Subject): readonly Promise<EvidencePart>[] => {
    const callers = inTime(organization(readers, { account, partition }, fresh), 'service-control', 'resource-control')
    const owner = otherOwner(requests, account)
    if (owner === null) return [callers]
    const owners = inTime(organization(readers, { account: owner, partition }, fresh), 'resource-control')
    return [callers.then(withoutRcps), owners.then(rcpsAlone)]
  }
  const work: Promise<EvidencePart>[] = []
  if (subject !== null)
    work.push(
      orInstead(readCaller(readers, subject, fresh), end, (reason) => unreachable(readers, subject, { reason })),
    )
  if (given['resource-based'] === undefined)
    for (const target of targets) work.push(inTime(readResource(readers, target, place.account, fresh), target.service))
  if (concern.organization && subject !== null && given['service-control'] === undefined)
    work.push(...guardrails(subject))
  work.push(inTime(readEvaluation(readers, denial, subject), 'aws-evaluation'))
  const parts = await Promise.all(work)
  end.forget()
  return [awsEvaluationPasted(denial), ...parts]
}

interface End {
  readonly reached: Promise<unknown>
  /** All is read: nothing is waited for any more. */
  forget(): void
}

/** When nobody waits for what is still being read: time is up, or whoever asked is gone. */
function endAt(until: number, signal: AbortSignal | undefined): End {
  let reach: () => void = () => undefined
  const reached = new Promise<void>((resolve) => (reach = resolve))
  const timer = setTimeout(reach, until - performance.now())
  if (signal !== undefined) {
    // Every denial of a paste listens to the one signal of the request.
    setMaxListeners(0, signal)
    signal.addEventListener('abort', reach, { once: true })
  }
  return {
    reached,
    forget() {
      clearTimeout(timer)
      signal?.removeEventListener('abort', reach)
    },
  }
}

const orInstead = (
  work: Promise<EvidencePart>,
  end: End,
  instead: (reason: GapReason) => EvidencePart,
): Promise<EvidencePart> =>
  Promise.race([work.catch(() => instead('failed')), end.reached.then(() => instead('timeout'))])

async function readCaller(readers: AwsReaders, subject: Subject, fresh: boolean): Promise<EvidencePart> {
  if (subject.kind === 'none') return withoutPrincipalPolicies
  const access = await accessTo(readers, subject)
  if (!access.ok) return unreachable(readers, subject, access)
  const { account } = access.value
  const key = { kind: subject.kind, account, name: subject.name }
  const reading = await readCachedPrincipal(readers, access.value, key, fresh)
  const byNameOnly = subject.account === null
  // A name that is not ours says nothing about somebody whose account we do not know.
  if (byNameOnly && reading.exists === false) return unreachable(readers, subject, { reason: 'not-found' })
  return callerPart(reading, subject, 'aws', byNameOnly)
}

const accessTo = (readers: AwsReaders, { account, partition }: Subject): Promise<Outcome<Access>> =>
  readers.access.to(account, partition)

const types = ['service-control', 'resource-control']

async function organization(
  readers: AwsReaders,
  subject: Pick<Subject, 'account' | 'partition'>,
  fresh: boolean,
): Promise<EvidencePart> {
  const access = await readers.access.to(subject.account, subject.partition)
  if (!access.ok) return { gaps: types.map((type) => gapOfAccess(readers, type, subject, access)) }
  const { readOrganization } = await import('./organization.ts')
  return readOrganization(readers, access.value, fresh)
}

/** No reading of that account: another's, a role there that we may not assume, or no time. */
function unreachable(readers: AwsReaders, subject: Subject, refusal: Pick<Refusal, 'reason'>): EvidencePart {
  const gap = (about: string): Gap => gapOfAccess(readers, about, subject, refusal)
  return { caller: unseenCaller(subject, null), gaps: [gap('identity-based'), gap('permissions-boundary')] }
}
