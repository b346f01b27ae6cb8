import { audienceKey } from '../../iam/federated-provider.ts'
import type { Situation } from '../situation.ts'
import type { ReadStatement } from '../statements.ts'
import { knownValue } from './condition-keys.ts'
import { letsInSubject, type TokenFault } from './token-claims.ts'
import { environmentOfJob, subjectOf } from './token-issuer.ts'

/** What the token says, where the context tells it. */
export const claimOf = (s: Situation, host: string, claim: 'aud' | 'sub'): string | null => {
  const value = knownValue(s, claim === 'aud' ? audienceKey(host) : `${host}:${claim}`)
  if (typeof value === 'string') return value
  const [told, ...more] = claim === 'sub' ? new Set(s.told('oidc-claim', 'subject')) : []
  return value?.[0] ?? (more.length === 0 ? (told ?? null) : null)
}

/** The audience that the token is asked for, or has: where the text has several, nobody knows which. */
export function toldAudience(s: Situation, host: string): string | null {
  const [told, ...more] = new Set(s.told('oidc-audience', 'audience'))
  return claimOf(s, host, 'aud') ?? (more.length === 0 ? (told ?? null) : null)
}

export const isRepositoryTold = (s: Situation, host: string): boolean =>
  claimOf(s, host, 'sub') !== null || s.has('oidc-repository', 'oidc-subject')

/** The subject that the token has, as far as the text tells; the rest stays marked. */
export function expectedSubject(
  s: Situation,
  trust: ReadStatement | undefined,
  host: string,
  fault: TokenFault | null,
): string {
  const claimed = claimOf(s, host, 'sub')
  if (claimed !== null) return claimed
  const trusted = [
    ...s.told('oidc-subject-trusted', 'subject').map(whole),
    ...(fault?.kind === 'subject-in-audience' ? (fault.condition?.values ?? []) : []),
    ...(trust?.conditions.filter(letsInSubject).flatMap(({ values }) => values) ?? []),
  ]
  const ofPod = host.startsWith('oidc.eks') ? subjectOf(s, host, undefined, []) : '<Subject>'
  if (fault?.kind === 'wildcard-under-equals' && !ofPod.includes('<')) return ofPod
  const subjects = s.told('oidc-subject', 'subject').map(whole)
  const told = subjects.find((subject) => !trusted.includes(subject))
  if (told !== undefined) return told
  const [own] = s.told('oidc-repository', 'repository')
  const repository = own ?? /^repo:([^:]+)/u.exec(trusted[0] ?? subjects[0] ?? '')?.[1]
  const environment = environmentOfJob(s) ?? s.told('oidc-environment', 'environment')[0]
  if (repository !== undefined && environment !== undefined) return `repo:${repository}:environment:${environment}`
  if (
    fault?.kind === 'wildcard-under-equals' ||
    fault?.kind === 'subject-in-audience' ||
    fault?.kind === 'key-with-arn'
  )
    return narrow(trusted[0] ?? '')
  return subjectOf(s, host, repository, trusted)
}

/** Without the dots by which a sentence was cut or ended. */
export const whole = (subject: string): string => subject.replace(/\.+$/u, '')

/** A whole organisation is more than is asked for: the repository has to be named. */
export const narrow = (subject: string): string =>
  subject.replace(/^(repo:[^/*:]+\/)\*$/u, '$1<Repository>:*') || 'repo:<Organization>/<Repository>:*'
