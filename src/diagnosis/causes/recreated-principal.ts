import type { RemedyKind } from '../../remedy/remedy.ts'
import { finding, none, type Finding } from '../finding.ts'
import { act } from '../fixes.ts'
import type { Situation } from '../situation.ts'
import type { Answer } from './answer.ts'
import { linkedRoleAbsent } from './linked-role.ts'
import { tooEarly } from './too-early.ts'

/** Where the policy lives that names the one who is gone, by what was being written. */
const staleHome = (s: Situation): RemedyKind => {
  if (
    /^(?:PutBucketPolicy|SetQueueAttributes|SetTopicAttributes|PutResourcePolicy|SetRepositoryPolicy)$/u.test(
      s.operation ?? '',
    )
  )
    return 'resource-policy'
  if (/KeyPolicy|CreateKey/u.test(s.operation ?? '')) return 'key-policy'
  return /AssumeRolePolicy|CreateRole/u.test(s.operation ?? '') ? 'trust-policy' : 'other'
}

/**
 * AWS does not know a principal of the policy that is written: by its id it is gone; by its ARN it may be mistyped, or
 * too young to be known everywhere.
 */
export const stalePrincipal: Answer = (s) => {
  const uniqueId = s.told('unique-id-principal', 'uniqueId')[0]
  // By its ARN AWS takes nobody who is not there; one of the same name that was made anew it would take.
  const isAbsent = uniqueId === undefined && !s.has('made-anew-told')
  const step = isAbsent ? 'name-existing-principal' : 'write-principal-anew'
  const stale = finding(
    'stale-principal',
    uniqueId === undefined ? 'possible' : 'stated',
    [act(staleHome(s), step, {}, { owner: 'resource-owner' })],
    { holder: 'policy', uniqueId, gone: isAbsent ? 'absent' : null },
  )
  if (uniqueId !== undefined) return [stale]
  const absent = linkedRoleAbsent(s)
  return absent === null ? [stale, tooEarly()] : [absent, stale]
}

/** A policy of the resource names a unique id: that principal is gone, and one of the same name is not it. */
export function recreatedPrincipal(s: Situation): readonly Finding[] {
  if (s.denial.effect === 'explicit' || s.denial.policyType === 'identity-based') return none
  const read = (['role-trust', 'resource-based'] as const)
    .flatMap((type) => s.statements(type))
    .find(({ effect, source }) => {
      const id = uniqueIdIn(JSON.stringify(source.Principal ?? null))
      return effect === 'Allow' && id !== null && id !== s.known.principalId
    })
  const told =
    s.action?.toLowerCase() === 'sts:assumerole' || s.has('recreated')
      ? s.told('unique-id-principal', 'uniqueId')[0]
      : undefined
  const uniqueId = uniqueIdIn(JSON.stringify(read?.source.Principal ?? null)) ?? told
  if (uniqueId === undefined) return none
  const kind: RemedyKind =
    read?.policyType === 'role-trust' || s.action?.toLowerCase() === 'sts:assumerole'
      ? 'trust-policy'
      : s.service === 'kms'
        ? 'key-policy'
        : 'resource-policy'
  return [
    finding(
      'stale-principal',
      read === undefined ? 'possible' : 'evaluated',
      [act(kind, 'write-principal-anew', {}, { owner: 'resource-owner' })],
      { holder: 'policy', uniqueId },
    ),
  ]
}

const uniqueIdIn = (principal: string): string | null => /"(A(?:ROA|IDA)[A-Z0-9]{8,30})"/u.exec(principal)?.[1] ?? null
