import { isAccountId, parseArn, partitionOfRegion } from '../../iam/arn.ts'
import { audienceKey, hostOfProvider, providersIn, withoutArn } from '../../iam/federated-provider.ts'
import type { ConditionBlock } from '../../iam/policy-document.ts'
import type { Fix } from '../../remedy/fix.ts'
import { compileWildcard, matchesWildcard } from '../../verdict/wildcard.ts'
import { finding, type Finding } from '../finding.ts'
import { act, allowTo, editStatement } from '../fixes.ts'
import { conditionFacts, placeOf } from '../places.ts'
import type { Situation } from '../situation.ts'
import type { ReadCondition, ReadStatement } from '../statements.ts'
import { knownValue, sentValue } from './condition-keys.ts'
import { identityPools, isOfPools, poolCannotAssume } from './pool-trust.ts'
import { onTrust, roleLabel } from './service-trust.ts'
import { conditionsFor, isAudience, isOpenToAll, isSubject, withClaims, type TokenFault } from './token-claims.ts'
import { faultOf, faultShown } from './token-fault.ts'
import {
  audienceOf,
  isAudienceAsked,
  isIssuerTold,
  issuerOf,
  issuerTold,
  providerOfCall,
  regionOf,
  roleOfToken,
} from './token-issuer.ts'
import { claimOf, expectedSubject, narrow, toldAudience } from './told-token.ts'

const action = 'sts:AssumeRoleWithWebIdentity'

/** AssumeRoleWithWebIdentity: always the trust policy or the provider, whatever the message hides. */
export function webIdentity(s: Situation): readonly Finding[] {
  const called = providerOfCall(s)
  if (called === identityPools || (called === null && isOfPool(s))) return [poolCannotAssume(s)]
  const trusts = s.statements('role-trust').filter((one) => one.effect === 'Allow' && namesProvider(one, called))
  const issuer = issuerOfToken(s)
  const trust = trusts.find((one) => issuer === null || providerHost(one) === issuer) ?? trusts[0]
  if (trust !== undefined && issuer !== null && providerHost(trust) !== issuer) return [ofOtherIssuer(s, trust, issuer)]
  const host = trust === undefined ? issuerOf(s) : providerHost(trust)
  const role = roleOfToken(s)
  const fault = trust === undefined ? null : faultOf(s, trust, host)
  const subject = expectedSubject(s, trust, host, fault)
  const isAsked = isAudienceAsked(host)
  const audience = (isAsked ? claimOf(s, host, 'aud') : toldAudience(s, host)) ?? audienceOf(host)
  const provider = trust === undefined ? (called ?? providerArn(s, role, host)) : federatedOf(trust)
  const isWithoutArn = called !== null && !called.startsWith('arn:')
  const asked = isWithoutArn ? conditionOfApplication(s, host) : conditionsFor(host, audience, subject)
  const statement = allowTo({ Federated: provider }, [action], [], asked)
  const shown = faultShown(fault, subject)
  if (trust === undefined || fault === null)
    return [finding('oidc-trust', 'stated', [onTrust(role, statement)], { provider, fault: shown, subject })]
  const after = withClaims(trust.source, fault, host, audience, meant(fault, subject))
  const edit = editTrust(s, trust, statement, role, after)
  const beside = besidePolicy(s, host, fault)
  const fixes =
    beside === null ? [edit] : fault.kind === 'fits' || isAsked ? [beside] : [edit, { ...beside, alternative: true }]
  const isOpen = !isElsewhere(fault) && isOpenToAll(trust.source, host)
  const refuses = s.layer('role-trust')?.result === 'implicitDeny'
  // What nothing tells of the token is not known to differ: AWS's word stands for it that something does.
  const isEvaluated = shown !== 'fits' && (shown !== 'unknown' || refuses)
  const open = shown === 'unknown' ? trust.conditions.filter((one) => isOpenClaim(s, one)) : []
  return [
    finding('oidc-trust', isEvaluated ? 'evaluated' : 'stated', fixes, {
      provider,
      fault: shown,
      subject,
      open: isOpen ? openAs(fixes, host) : null,
      ...placeOf(trust),
      ...(open.length > 0 ? conditionFacts(open[0], open.slice(1)) : conditionFacts(fault.condition)),
      sent: fault.kind === 'audience' ? toldAudience(s, host) : sentValue(s, fault.condition),
    }),
  ]
}

/** A claim of which nobody told what the token has. */
const isOpenClaim = (s: Situation, { key, operator }: ReadCondition): boolean =>
  (isAudience(key) || isSubject(key)) && !/Not|^Null$/u.test(operator) && knownValue(s, key) === undefined

/** Whether the change asks for the subject that nobody asks for as yet. */
function openAs(fixes: readonly Fix[], host: string): 'all' | 'kept' | null {
  const after = fixes.find(({ edit }) => edit !== null)?.edit?.after
  if (after === undefined) return 'kept'
  return Object.values(after.Condition ?? {}).some((keys) => `${host}:sub` in keys) ? 'all' : null
}

/** A pool that is spoken of, or trusted, where no other provider is: one that the text names goes before it. */
const isOfPool = (s: Situation): boolean => {
  const read = s.statements('role-trust').filter(({ effect }) => effect === 'Allow')
  const isTrusted = read.some(({ source }) => isOfPools(source))
  if (isTrusted && s.has('identity-pool-named')) return true
  const isElse = read.some((one) => namesProvider(one, null))
  if (isIssuerTold(s) || (isElse && !isTrusted)) return false
  return (isTrusted && !isElse) || s.has('identity-pool-at-work', 'identity-pool-named')
}

/** The host of the token's issuer, where it is told for certain. */
const issuerOfToken = (s: Situation): string | null => (providerOfCall(s) === null ? issuerTold(s) : null)

const providerArn = (s: Situation, role: string, host: string): string =>
  `arn:${partitionHere(s, role)}:iam::${accountOf(role) ?? s.callerAccount ?? '<AccountId>'}:oidc-provider/${host}`

/** The role was set up for the tokens of somebody else than the issuer that is told; `null` where it lets that in. */
export function trustOfOtherIssuer(s: Situation, issuer: string): Finding | null {
  const trusts = s.statements('role-trust').filter((one) => one.effect === 'Allow' && namesProvider(one, null))
  const [trust] = trusts
  if (trust === undefined || trusts.some((one) => providerHost(one) === issuer)) return null
  return ofOtherIssuer(s, trust, issuer)
}

/** The trust policy is for tokens of somebody else: its statement names the issuer in its place, under its keys. */
function ofOtherIssuer(s: Situation, trust: ReadStatement, issuer: string): Finding {
  const role = roleOfToken(s)
  const trusted = providerHost(trust)
  // A role takes tokens of the providers of its own account alone: the one that it names tells that account.
  const account = parseArn(federatedOf(trust))?.account
  const named = providerArn(s, role, issuer)
  const provider = isAccountId(account) ? named.replace('<AccountId>', account) : named
  const after = {
    ...trust.source,
    Principal: { Federated: provider },
    Condition: renamed(trust.source.Condition ?? {}, trusted, issuer),
  }
  const edit = editTrust(s, trust, after, role, after)
  return finding('oidc-trust', 'evaluated', [edit, { ...onTrust(role, after), alternative: true }], {
    provider,
    fault: 'issuer',
    letsIn: federatedOf(trust),
    ...placeOf(trust),
  })
}

/** The same claims of another issuer. */
const renamed = (block: ConditionBlock, from: string, to: string): ConditionBlock =>
  Object.fromEntries(
    Object.entries(block).map(([operator, keys]) => [
      operator,
      Object.fromEntries(
        Object.entries(keys).map(([key, values]) => [
          key.toLowerCase().startsWith(`${from.toLowerCase()}:`) ? `${to}${key.slice(from.length)}` : key,
          values,
        ]),
      ),
    ]),
  )

/** The providers that IAM knows without an ARN sign for the users of an application: it is the one to trust. */
const conditionOfApplication = (s: Situation, host: string): ConditionBlock => {
  const application = knownValue(s, audienceKey(host))
  return { StringEquals: { [audienceKey(host)]: typeof application === 'string' ? application : '<ApplicationId>' } }
}

/** The statement is about tokens of the provider that the call came with or, where that is not known, of any. */
const namesProvider = ({ source }: ReadStatement, called: string | null): boolean =>
  called === null
    ? providersIn(source).some((name) => name.includes('oidc-provider') || withoutArn.has(name))
    : JSON.stringify(source).includes(JSON.stringify(called))

/** What there is to do where the policy is right as it stands, as far as the text tells of the token. */
function besidePolicy(s: Situation, host: string, { kind, condition }: TokenFault): Fix | null {
  if (kind === 'fits') return act('other', 'check-token-request', {})
  const sent = toldAudience(s, host)
  if (kind !== 'audience' || condition === null || sent === null || sent === audienceOf(host)) return null
  return act('other', 'ask-audience', { wanted: condition.values[0] ?? '', sent })
}

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

const federatedOf = ({ source }: ReadStatement): string => providersIn(source)[0] ?? '<ProviderArn>'

const providerHost = (trust: ReadStatement): string => hostOfProvider(federatedOf(trust))
