import type { PolicyType } from '../../iam/policy-type.ts'
import type { Fix } from '../../remedy/fix.ts'
import { deniesOf, type Situation } from '../situation.ts'
import type { ReadStatement } from '../statements.ts'
import { kindOfKey, type KeyKind } from './condition-keys.ts'
import { decisiveConditions } from './decisive-conditions.ts'

/*
 * Denies of one policy type that may match, where none does for certain: each hangs on facts that nobody told.
 */

const mostRivals = 4

/** Those first that most callers would meet: programs speak TLS, and few requests come over a network that is named. */
export const openDenies = (s: Situation, type: PolicyType): readonly ReadStatement[] => {
  const unknowns = s.layer(type)?.unknowns.filter(({ effect }) => effect === 'Deny') ?? []
  const isOpen = (one: ReadStatement): boolean =>
    unknowns.some(({ policy, statement }) => policy === one.policy && statement === one.statement)
  // Policies of two levels may share a name: those that are meant speak of the request.
  const open = (s.action === null ? s.statements(type) : deniesOf(s, type, s.action, s.resource)).filter(isOpen)
  const named = open.filter(({ policyArn }) => policyArn !== null && policyArn === s.denial.policyArn)
  return (named.length > 0 ? named : open).toSorted((a, b) => unlikeliness(a) - unlikeliness(b))
}

/** The other ones, beside the one that is told first. */
export function rivalsOf(s: Situation, type: PolicyType, first: ReadStatement | null): readonly ReadStatement[] {
  if (first === null || s.layer(type)?.result === 'explicitDeny') return []
  const open = openDenies(s, type)
  return open.includes(first) ? open.filter((one) => one !== first).slice(0, mostRivals) : []
}

/** Each is for whoever finds that it was this one. */
export const asOneOfSeveral = (fix: Fix, index: number): Fix => ({
  ...fix,
  ...(index > 0 && { alternative: true }),
  ...(fix.edit !== null && { readiness: 'needs-review' as const }),
})

/** `1 DenyPlainHttp aws:SecureTransport`: its number, its Sid or a dash, and the key that it hangs on. */
export const rivalFacts = (s: Situation, rivals: readonly ReadStatement[]) =>
  rivals.length === 0
    ? {}
    : {
        rivals: rivals
          .map((one) =>
            [one.statement + 1, one.sid ?? '-', decisiveConditions(s, one)[0]?.key ?? '-']
              .map((part) => String(part).replaceAll(/[\s,]/gu, ''))
              .join(' '),
          )
          .join(', '),
      }

const unlikely: Readonly<Partial<Record<KeyKind, number>>> = { network: 1, organization: 1 }

/** All of its conditions have to hold, so that the least likely one counts. */
const unlikeliness = ({ conditions }: ReadStatement): number =>
  Math.max(
    0,
    ...conditions.map(({ key }) => (key.toLowerCase() === 'aws:securetransport' ? 2 : (unlikely[kindOfKey(key)] ?? 0))),
  )
