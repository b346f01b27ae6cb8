import type { NamedPolicy } from '../iam/policies.ts'
import type { RequestContext } from '../iam/request.ts'
import type { CallerFacts, Evidence, Gap } from './evidence.ts'
import { managedBy } from './managed-by.ts'
import type { EvidencePart } from './evidence-part.ts'
import type { Subject } from './subject.ts'

/** A role or user as it was read, in the same shape whether from live IAM or from a snapshot. */
export interface PrincipalRecord {
  readonly kind: 'role' | 'user'
  /** `null`, as the path: only its policies could be read. */
  readonly arn: string | null
  readonly name: string
  readonly path: string | null
  /** `AROA…` or `AIDA…`: what AWS keeps in other policies when a principal is deleted. */
  readonly uniqueId: string | null
  readonly createDate: string | null
  readonly tags: Readonly<Record<string, string>>
  readonly groups: readonly string[]
  /** `'unknown'`: some of them could not be read; those that could stand in `partial`. */
  readonly identity: readonly NamedPolicy[] | 'unknown'
  readonly partial: readonly NamedPolicy[]
  readonly boundary: NamedPolicy | null | 'unknown'
  readonly trust: NamedPolicy | null
  readonly unattached: Evidence['unattached']
}

/** What reading a principal gave. `record` null: it is not there, or nothing of it could be read. */
export interface PrincipalReading {
  readonly record: PrincipalRecord | null
  readonly exists: boolean | null
  readonly gaps: readonly Gap[]
  readonly readAt: string
}

/** The evidence that a reading gives about the caller. */
export function callerPart(
  reading: PrincipalReading,
  subject: Subject,
  source: Evidence['source'],
  matchedByNameOnly: boolean,
): EvidencePart {
  const { record, gaps } = reading
  if (record === null)
    return { ...(reading.exists === false ? { source } : {}), caller: unseenCaller(subject, reading.exists), gaps }
  const known = sessionless.get(reading) ?? {}
  sessionless.set(reading, known)
  const part = (known[`${source} ${String(matchedByNameOnly)}`] ??= partOf(record, reading, source, matchedByNameOnly))
  return { ...part, context: callerContext(record, subject, matchedByNameOnly) }
}

/**
 * What does not hang on the session, made once for each reading: the same lists of policies again and again, so that
 * they are compiled once too.
 */
const sessionless = new WeakMap<PrincipalReading, Record<string, EvidencePart>>()

function partOf(
  record: PrincipalRecord,
  { gaps, readAt }: PrincipalReading,
  source: Evidence['source'],
  matchedByNameOnly: boolean,
): EvidencePart {
  const stamp = { source, readAt }
  const policies = {
    ...(record.identity === 'unknown' ? {} : { 'identity-based': record.identity }),
    ...(record.boundary === 'unknown'
      ? {}
      : { 'permissions-boundary': record.boundary === null ? null : [record.boundary] }),
  }
  return {
    source,
    policies,
    sources: Object.fromEntries(Object.keys(policies).map((type) => [type, stamp])),
    caller: callerFacts(record, matchedByNameOnly),
    facts: {
      ...(record.uniqueId === null ? {} : { 'principal-id': record.uniqueId }),
      ...(record.identity === 'unknown' && record.partial.length > 0
        ? { 'identity-based-read-in-part': record.partial.map(({ name, arn }) => ({ name, arn: arn ?? null })) }
        : {}),
    },
    unattached: record.unattached,
    gaps,
  }
}

/** What the name alone tells of a principal that was not read. */
export const unseenCaller = (subject: Subject, exists: boolean | null): CallerFacts => ({
  roleOrUserArn: null,
  path: null,
  createDate: null,
  tags: {},
  managedBy: managedBy({ name: subject.name }),
  exists,
  matchedByNameOnly: false,
  groups: [],
})

const callerFacts = (record: PrincipalRecord, matchedByNameOnly: boolean): CallerFacts => ({
  roleOrUserArn: record.arn,
  path: record.path,
  createDate: record.createDate,
  tags: record.tags,
  managedBy: managedBy(record),
  exists: true,
  matchedByNameOnly,
  groups: record.groups,
})

/**
 * Keys that follow from the principal itself. A principal matched by its name alone lends no keys that tell its account.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-userid
 */
function callerContext(record: PrincipalRecord, subject: Subject, matchedByNameOnly: boolean): RequestContext {
  const tags = Object.entries(record.tags).map(([key, value]) => [`aws:PrincipalTag/${key}`, value] as const)
  const userId = record.kind === 'user' ? record.uniqueId : sessionId(record.uniqueId, subject.sessionName)
  return { ...Object.fromEntries(tags), ...(userId === null || matchedByNameOnly ? {} : { 'aws:userid': userId }) }
}

const sessionId = (roleId: string | null, sessionName: string | null): string | null =>
  roleId === null || sessionName === null ? null : `${roleId}:${sessionName}`
