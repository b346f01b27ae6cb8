import type { Json } from '../../../iam/json.ts'
import { parseDocument } from '../../document.ts'
import type { EvidencePart } from '../../evidence-part.ts'
import type { Gap } from '../../evidence.ts'
import { gapAbout } from '../../own-permissions.ts'
import type { ResourceTarget } from '../../target.ts'
import type { Access } from '../access.ts'
import type { Calls } from '../calls.ts'
import type { Outcome } from '../outcome.ts'
import type { AwsReaders } from '../readers.ts'

/** What a reader of one kind of resource is given. */
export interface ResourceReading {
  readonly readers: AwsReaders
  readonly access: Access
  readonly calls: Calls
  readonly target: ResourceTarget
  readonly fresh: boolean
}

export type ReadResource = (reading: ResourceReading) => Promise<EvidencePart>

/** A missing policy is known to be missing; AWS tells it by an error. */
export const absentAsNull = <T>(outcome: Outcome<T>, absent: RegExp): Outcome<T | null> =>
  !outcome.ok && absent.test(outcome.code) ? { ok: true, value: null } : outcome

/** A policy of the resource; text that is empty or absent means that it has none. */
export function policyPart(
  { target, access, readers }: ResourceReading,
  outcome: Outcome<string | null | undefined>,
  type: 'resource-based' | 'role-trust' | 'vpc-endpoint' = 'resource-based',
): EvidencePart {
  if (!outcome.ok) return { gaps: [gapAbout(type, outcome.reason, [outcome.action], access)] }
  const text = outcome.value
  const document = text === null || text === undefined || text === '' ? null : parseDocument(text)
  return {
    source: 'aws',
    policies: { [type]: document === null ? null : [{ name: target.name, arn: target.arn, document }] },
    sources: { [type]: { source: 'aws', readAt: new Date(readers.now()).toISOString() } },
    resourceAccount: access.account,
  }
}

/** A fact, or the gap in its place. */
export function factPart(
  { access }: Pick<ResourceReading, 'access'>,
  name: string,
  outcome: Outcome<Json | undefined>,
): EvidencePart {
  if (outcome.ok) return outcome.value === undefined ? {} : { facts: { [name]: outcome.value } }
  return { gaps: [factGap(access, name, outcome)] }
}

const factGap = (access: Access, name: string, { reason, action }: Exclude<Outcome<never>, { ok: true }>): Gap =>
  gapAbout(name, reason, [action], access)

export const mapOutcome = <T, U>(outcome: Outcome<T>, map: (value: T) => U): Outcome<U> =>
  outcome.ok ? { ok: true, value: map(outcome.value) } : outcome
