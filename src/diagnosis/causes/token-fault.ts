import { compileWildcard, matchesWildcard } from '../../verdict/wildcard.ts'
import type { Situation } from '../situation.ts'
import { coversAction, type ReadCondition, type ReadStatement } from '../statements.ts'
import { missedConditions } from './decisive-conditions.ts'
import {
  isAudience,
  isNoClaim,
  isSubject,
  letsInSubject,
  withIds,
  type Fault,
  type TokenFault,
} from './token-claims.ts'
import { audienceOf, isAudienceOpen } from './token-issuer.ts'
import { claimOf, expectedSubject, isRepositoryTold, toldAudience, whole } from './told-token.ts'

const action = 'sts:AssumeRoleWithWebIdentity'

/** What of the trust policy keeps the token out, as far as the text and the context tell of the token. */
export function faultOf(s: Situation, trust: ReadStatement, host: string): TokenFault {
  if (!coversAction(trust, action)) return { kind: 'action', condition: null }
  // What is known to hold is not at fault; where the token's claims are not known, all may be.
  const missed = missedConditions(s, trust)
  const suspects = missed.length === 0 ? trust.conditions : missed
  const subjects = suspects.filter(letsInSubject)
  const audiences = suspects.filter(({ key }) => isAudience(key))
  const unknownClaim = trust.conditions.find((condition) => isNoClaim(s, condition))
  if (unknownClaim !== undefined) return { kind: 'no-such-claim', condition: unknownClaim }
  const arnKey = trust.conditions.find(({ key }) => key.startsWith('arn:'))
  if (arnKey !== undefined) return { kind: 'key-with-arn', condition: arnKey }
  const swapped = audiences.find(({ values }) =>
    values.some((value) => /^(?:repo:|system:serviceaccount:|project_path:)/u.test(value)),
  )
  if (swapped !== undefined) return { kind: 'subject-in-audience', condition: swapped }
  const otherHost = trust.conditions.find(
    ({ key }) => (isSubject(key) || isAudience(key)) && !key.toLowerCase().startsWith(`${host}:`.toLowerCase()),
  )
  if (otherHost !== undefined) return { kind: 'provider', condition: otherHost }
  const told = [claimOf(s, host, 'sub') ?? [], s.told('oidc-subject', 'subject').map(whole)].flat()
  const named = subjects.find(({ values }) =>
    values.some((value) => told.some((subject) => withIds(value, subject) !== value)),
  )
  if (named !== undefined) return { kind: 'subject-without-ids', condition: named }
  const literal = subjects.find(
    ({ operator, values }) =>
      /^(?:ForA[a-z]+Values?:)?StringEquals/iu.test(operator) && values.some((value) => /[*?]/u.test(value)),
  )
  if (literal !== undefined) return { kind: 'wildcard-under-equals', condition: literal }
  const asked = toldAudience(s, host)
  const audience =
    isAudienceOpen(host) && asked === null
      ? undefined
      : audiences.find(
          ({ operator, values }) =>
            !/Not|^Null$/u.test(operator) &&
            !values.some((value) => matchesWildcard(compileWildcard(value), asked ?? audienceOf(host))),
        )
  if (audience !== undefined) return { kind: 'audience', condition: audience }
  const repositories = s.told('oidc-repository', 'repository').map((name) => `repo:${name}:`)
  const cased = subjects.find(({ values }) =>
    values.some((value) => [...told, ...repositories].some((text) => differsInCase(value, text))),
  )
  if (cased !== undefined) return { kind: 'wrong-case', condition: cased }
  if (missed.length === 0 && isTaken(s, trust, host, subjects)) return { kind: 'fits', condition: null }
  return { kind: subjects.length > 0 ? 'subject-differs' : 'unknown', condition: subjects[0] ?? null }
}

/** The subject, or the part of it that is told, fits the pattern but for capital letters. */
const differsInCase = (value: string, told: string): boolean => {
  const part = told.endsWith(':') ? value.slice(0, told.length) : value
  const fits = (a: string, b: string): boolean => matchesWildcard(compileWildcard(a), b)
  return !fits(part, told) && fits(part.toLowerCase(), told.toLowerCase())
}

/** The subject that the text tells whole is one that the policy takes. */
function isTaken(s: Situation, trust: ReadStatement, host: string, subjects: readonly ReadCondition[]): boolean {
  const subject = expectedSubject(s, trust, host, null)
  // A repository that only the policy names says nothing of the token.
  if (subject.startsWith('repo:') && !isRepositoryTold(s, host)) return false
  if (/[<*?]/u.test(subject) || subjects.length === 0) return false
  return subjects.every(({ operator, values }) =>
    values.some((value) =>
      /like/iu.test(operator) ? matchesWildcard(compileWildcard(value), subject) : value === subject,
    ),
  )
}

/** What is said to be at fault: where nothing tells the token's subject whole, its subject is only what is left. */
export function faultShown(fault: TokenFault | null, subject: string): Fault {
  if (fault?.kind !== 'subject-differs') return fault?.kind ?? 'unknown'
  return subject.includes('<') || fault.condition?.values.includes(subject) === true ? 'unknown' : fault.kind
}
