import { isAccountId, parseArn, partitionOfRegion } from '../../iam/arn.ts'
import { audienceKey } from '../../iam/federated-provider.ts'
import type { ConditionBlock } from '../../iam/policy-document.ts'
import type { Fix } from '../../remedy/fix.ts'
import { compileWildcard, matchesWildcard } from '../../verdict/wildcard.ts'
import { finding, type Finding } from '../finding.ts'
import { act, allowTo, editStatement } from '../fixes.ts'
import { conditionFacts, placeOf } from '../places.ts'
import type { Situation } from '../situation.ts'
import { coversAction, type ReadCondition, type ReadStatement } from '../statements.ts'
import { knownValue, sentValue } from './condition-keys.ts'
import { missedConditions } from './decisive-conditions.ts'
import { identityPools, poolCannotAssume } from './pool-trust.ts'
import { onTrust, roleLabel } from './service-trust.ts'
import {
  audienceOf,
  environmentOfJob,
  isAudienceChosen,
  isIssuerTold,
  issuerOf,
  providerOfCall,
  regionOf,
  roleOfToken,
  subjectOf,
} from './token-issuer.ts'
import { conditionsFor, isNoClaim, isOpenToAll, withClaims, withIds, type Fault } from './token-claims.ts'

const action = 'sts:AssumeRoleWithWebIdentity'

/** AssumeRoleWithWebIdentity: always the trust policy or the provider, whatever the message hides. */
export function webIdentity(s: Situation): readonly Finding[] {
  const called = providerOfCall(s)
  if (called === identityPools) return [poolCannotAssume(s)]
  const trust = s
    .statements('role-trust')
    .find(({ effect, source }) => effect === 'Allow' && namesProvider(JSON.stringify(source), called))
  // A provider that the text names comes before a pool that is only spoken of.
  if (trust === undefined && s.has('identity-pool-at-work') && !isIssuerTold(s)) return [poolCannotAssume(s)]
  const host = trust === undefined ? issuerOf(s) : providerHost(trust)
  const role = roleOfToken(s)
  const fault = trust === undefined ? null : faultOf(s, trust, host)
  const subject = expectedSubject(s, trust, host, fault)
  const audience = claimOf(s, host, 'aud') ?? audienceOf(host)
  const provider =
    trust === undefined
      ? (called ??
        `arn:${partitionHere(s, role)}:iam::${accountOf(role) ?? s.callerAccount ?? '<AccountId>'}:oidc-provider/${host}`)
      : federatedOf(trust)
  const isWithoutArn = called !== null && !called.startsWith('arn:')
  const asked = isWithoutArn ? conditionOfApplication(s, host) : conditionsFor(host, audience, subject)
  const statement = allowTo({ Federated: provider }, [action], [], asked)
  const fix =
    trust === undefined || fault === null
      ? onTrust(role, statement)
      : (besidePolicy(s, host, fault) ??
        editTrust(s, trust, statement, role, withClaims(trust.source, fault, host, audience, meant(fault, subject))))
  const isEvaluated = trust !== undefined && fault?.kind !== 'fits'
  return [
    finding('oidc-trust', isEvaluated ? 'evaluated' : 'stated', [fix], {
      provider,
      fault: faultShown(fault, subject),
      subject,
      open: trust !== undefined && !isElsewhere(fault) && isOpenToAll(trust.source, host) ? 'all' : null,
      ...placeOf(trust),
      ...conditionFacts(fault?.condition),
      sent: fault?.kind === 'audience' ? toldAudience(s, host) : sentValue(s, fault?.condition ?? null),
    }),
  ]
}

/** The providers that IAM knows without an ARN sign for the users of an application: it is the one to trust. */
const conditionOfApplication = (s: Situation, host: string): ConditionBlock => {
  const application = knownValue(s, audienceKey(host))
  return { StringEquals: { [audienceKey(host)]: typeof application === 'string' ? application : '<ApplicationId>' } }
}

/** The statement is about tokens of the provider that the call came with or, where that is not known, of any. */
const namesProvider = (source: string, called: string | null): boolean =>
  called === null ? source.includes('oidc-provider') : source.includes(JSON.stringify(called))

/** What there is to do where the policy is right as it stands, as far as the text tells of the token. */
function besidePolicy(s: Situation, host: string, { kind, condition }: TokenFault): Fix | null {
  if (kind === 'fits') return act('other', 'check-token-request', {})
  const sent = toldAudience(s, host)
  if (kind !== 'audience' || condition === null || sent === null || sent === audienceOf(host)) return null
  return act('other', 'ask-audience', { wanted: condition.values[0] ?? '', sent })
}

/** The audience that the token is asked for, or has: where the text has several, nobody knows which. */
function toldAudience(s: Situation, host: string): string | null {
  const [told, ...more] = new Set(s.told('oidc-audience', 'audience'))
  return claimOf(s, host, 'aud') ?? (more.length === 0 ? (told ?? null) : null)
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

const isRepositoryTold = (s: Situation, host: string): boolean =>
  claimOf(s, host, 'sub') !== null || s.has('oidc-repository', 'oidc-subject')

/** A role takes tokens of the providers of its own account alone. */
const accountOf = (role: string): string | null => {
  const account = parseArn(role)?.account
  return isAccountId(account) ? account : null
}

/** A refused token names no ARN: the role's, or the Region that is told, says which partition it is. */
const partitionHere = (s: Situation, role: string): string => {
  const region = regionOf(s)
  if (s.partition !== 'aws') return s.partition
  return parseArn(role)?.partition ?? (region === null ? s.partition : partitionOfRegion(region))
}

/** The pattern under StringEquals is what was meant, unless it is for a whole organisation. */
const meant = ({ kind, condition }: TokenFault, subject: string): string => {
  const [pattern = '', ...more] = condition?.values ?? []
  const isMeant = kind === 'wildcard-under-equals' && more.length === 0 && narrow(pattern) === pattern
  if (!isMeant) return subject
  // Any namespace would do for the pattern; where the text tells the one, nobody else is to be let in.
  const isOne = !/[*?<]/u.test(subject) && matchesWildcard(compileWildcard(pattern), subject)
  return isOne && pattern.startsWith('system:serviceaccount:') ? subject : pattern
}

const editTrust = (
  s: Situation,
  trust: ReadStatement,
  statement: Fix['statement'],
  role: string,
  after: ReadStatement['source'],
): Fix =>
  editStatement(s, trust, bySame(statement, after), after, {
    kind: 'trust-policy',
    step: 'correct-trust-condition',
    attachTo: roleLabel(role),
    readiness: 'needs-review',
  })

/** What lets in this one token alone, unless the edit does without what had to stay open in it. */
const bySame = (statement: Fix['statement'], after: ReadStatement['source']): Fix['statement'] => {
  const marked = JSON.stringify(statement).match(/<\w+>/gu) ?? []
  const isInEdit = marked.every((one) => JSON.stringify(after).includes(one))
  return statement === null || isInEdit ? statement : { ...statement, Condition: after.Condition ?? {} }
}

/** The subject is asked for, under a key where it never stands. */
const isElsewhere = (fault: TokenFault | null): boolean =>
  fault?.kind === 'subject-in-audience' || fault?.kind === 'key-with-arn'

/** What is said to be at fault: where nothing tells the token's subject whole, its subject is only what is left. */
function faultShown(fault: TokenFault | null, subject: string): Fault {
  if (fault?.kind !== 'subject-differs') return fault?.kind ?? 'unknown'
  return subject.includes('<') || fault.condition?.values.includes(subject) === true ? 'unknown' : fault.kind
}

/** What the token says, where the context tells it. */
const claimOf = (s: Situation, host: string, claim: 'aud' | 'sub'): string | null => {
  const value = knownValue(s, `${host}:${claim}`)
  if (typeof value === 'string') return value
  const [told, ...more] = claim === 'sub' ? new Set(s.told('oidc-claim', 'subject')) : []
  return value?.[0] ?? (more.length === 0 ? (told ?? null) : null)
}

const federatedOf = (trust: ReadStatement): string => {
  const principal = trust.source.Principal
  const federated = typeof principal === 'object' ? principal['Federated'] : undefined
  return typeof federated === 'string' ? federated : (federated?.[0] ?? '<ProviderArn>')
}

const providerHost = (trust: ReadStatement): string => federatedOf(trust).split('oidc-provider/')[1] ?? '<ProviderHost>'

const isAudience = (key: string): boolean => key.toLowerCase().endsWith(':aud')
const isSubject = (key: string): boolean => key.toLowerCase().endsWith(':sub')
/** What a condition keeps out is not what it lets in. */
const letsInSubject = ({ key, operator }: ReadCondition): boolean => isSubject(key) && !/Not|^Null$/u.test(operator)

interface TokenFault {
  readonly kind: Fault
  readonly condition: ReadCondition | null
}

function faultOf(s: Situation, trust: ReadStatement, host: string): TokenFault {
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
    ({ key }) => (isSubject(key) || isAudience(key)) && !key.startsWith(`${host}:`),
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
    isAudienceChosen(host) && asked === null
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

/** The subject, or the part of it that is told, stands in the pattern with other capital letters. */
const differsInCase = (value: string, told: string): boolean => {
  const part = told.endsWith(':') ? value.slice(0, told.length) : value
  return part !== told && part.toLowerCase() === told.toLowerCase()
}

/** The subject that the token has, as far as the text tells; the rest stays marked. */
function expectedSubject(
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
const whole = (subject: string): string => subject.replace(/\.+$/u, '')

/** A whole organisation is more than is asked for: the repository has to be named. */
const narrow = (subject: string): string =>
  subject.replace(/^(repo:[^/*:]+\/)\*$/u, '$1<Repository>:*') || 'repo:<Organization>/<Repository>:*'
