import { isAccountId, parseArn, roleArnOfSession } from '../iam/arn.ts'
import { isHiddenArn, isHiddenText, openedAccount, openedArn, openedText } from '../iam/hidden-text.ts'
import type { Principal } from '../iam/principal.ts'
import { lacksReservedPath } from '../iam/reserved-path.ts'
import { hiddenArn, mayFit, type HiddenArn } from './hidden-arn.ts'
import { sixParts, type RequestFacts } from './request-facts.ts'
import { maybe, no, not, or, truthOf, yes, type Truth } from './truth.ts'
import { compileWildcard, matchesWildcard } from './wildcard.ts'

/**
 * How far an Allow for this principal carries without further policies, in the resource's own account.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html
 */
type CoverageClass = 'direct' | 'limited' | 'delegation'

/** One value of a Principal element. `nobody`: unique ids of deleted principals, partial wildcards, other nonsense. */
type PrincipalEntry =
  | { readonly kind: 'everyone' | 'nobody'; readonly text: string }
  | {
      readonly kind: 'account' | 'role' | 'session' | 'federated-session' | 'user'
      readonly text: string
      readonly account: string
    }
  | { readonly kind: 'service' | 'federated'; readonly text: string }

export interface PrincipalMatcher {
  readonly entries: readonly PrincipalEntry[]
  readonly negated: boolean
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
export const compilePrincipalEntry = (kind: string, text: string): PrincipalEntry => {
  if (kind === 'Service') return { kind: 'service', text }
  if (kind === 'Federated') return { kind: 'federated', text }
  // A canonical user id speaks of a kind of caller that no request of ours has.
  if (kind !== 'AWS') return { kind: 'nobody', text }
  if (text === '*') return { kind: 'everyone', text }
  const isNoArn = !text.startsWith('arn:')
  if (isAccountId(text) || blotted.test(text) || (isNoArn && isHiddenText(text)))
    return { kind: 'account', text, account: text }
  const arn = parseArn(text)
  if (arn === null || !(isAccountId(arn.account) || isHiddenAccount(arn.account))) return { kind: 'nobody', text }
  const arnKind = kindOfArn(arn.service, arn.resource)
  return arnKind === null ? { kind: 'nobody', text } : { kind: arnKind, text, account: arn.account }
}

/** What people put in place of an account before they show it. */
const blotted = /^(?:x{3,}|X{3,}|\*{3,}\d{0,4}|\d{4,11}|\d{13,16}|<[^<>]{1,60}>)$/u

/**
 * But for its own, such as CloudFront's origin access identities, AWS stores a principal of no account without its
 * number: another word hides it, and a wildcard stands for nothing.
 */
const isHiddenAccount = (text: string): boolean => blotted.test(text) || !/[*?]|^(?:aws|cloudfront)$/u.test(text)

const kindOfArn = (
  service: string,
  resource: string,
): 'account' | 'role' | 'session' | 'federated-session' | 'user' | null => {
  const [first] = resource.split('/')
  if (service === 'iam') {
    if (resource === 'root') return 'account'
    return first === 'role' || first === 'user' ? first : null
  }
  if (service !== 'sts') return null
  if (first === 'assumed-role') return 'session'
  return first === 'federated-user' ? 'federated-session' : null
}

interface Coverage {
  readonly direct: Truth
  readonly limited: Truth
  readonly delegation: Truth
}

/** How an Allow statement's Principal or NotPrincipal covers the caller. */
export const coverage = (matcher: PrincipalMatcher, facts: RequestFacts): Coverage => {
  const found: Record<CoverageClass, Truth> = { direct: no, limited: no, delegation: no }
  for (const entry of matcher.entries) {
    const type = classOf(entry, facts)
    found[type] = or(found[type], matchEntry(entry, facts))
  }
  if (!matcher.negated) return found
  return { direct: not(or(found.direct, or(found.limited, found.delegation))), limited: no, delegation: no }
}

const classOf = ({ kind }: PrincipalEntry, { principal }: RequestFacts): CoverageClass => {
  if (kind === 'account') return 'delegation'
  // A federated session made by a user carries the user's grants as a role's session carries the role's.
  const behind = kind === 'role' || (kind === 'user' && principal.type === 'federated-user')
  return behind ? 'limited' : 'direct'
}

/** Whether a Deny statement's Principal or NotPrincipal reaches the caller. */
export const isDenied = (matcher: PrincipalMatcher, facts: RequestFacts): Truth => {
  if (!matcher.negated) return anyEntry(matcher.entries, facts)
  // A caller with a permissions boundary is denied always, whoever is listed.
  if (facts.hasBoundary === true) return yes
  const reached = not(isSpared(matcher.entries, facts))
  return facts.hasBoundary === undefined ? or(reached, maybe) : reached
}

const anyEntry = (entries: readonly PrincipalEntry[], facts: RequestFacts): Truth =>
  entries.reduce<Truth>((any, entry) => or(any, matchEntry(entry, facts)), no)

/**
 * NotPrincipal with Deny spares a caller of whom every layer is listed: account and user, or account, role and
 * session. Only part of them listed: contested, so open.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
const isSpared = (entries: readonly PrincipalEntry[], facts: RequestFacts): Truth => {
  if (entries.some(({ kind }) => kind === 'everyone')) return yes
  const listed = (...kinds: readonly PrincipalEntry['kind'][]): Truth =>
    anyEntry(
      entries.filter(({ kind }) => kinds.includes(kind)),
      facts,
    )
  const layers = sparedLayers[facts.principal.type].map((kind) => listed(kind))
  if (layers.every((layer) => layer === yes)) return yes
  return layers.every((layer) => layer === no) ? no : maybe
}

const sparedLayers: Readonly<Record<Principal['type'], readonly PrincipalEntry['kind'][]>> = {
  user: ['account', 'user'],
  'assumed-role': ['account', 'role', 'session'],
  role: ['account', 'role', 'session'],
  'federated-user': ['account', 'federated-session'],
  root: ['account'],
  service: ['service'],
  anonymous: ['nobody'],
  'web-identity': ['federated'],
  saml: ['federated'],
  unknown: ['account'],
}

const matchEntry = (entry: PrincipalEntry, facts: RequestFacts): Truth => {
  if (entry.kind === 'everyone') return yes
  if (entry.kind === 'nobody') return no
  const { principal } = facts
  if (principal.type === 'unknown') return maybe
  switch (entry.kind) {
    case 'account':
      return matchAccount(entry.account, facts)
    case 'user':
      if (principal.type === 'federated-user') return userBehind(entry.text, entry.account, facts)
      return principal.type === 'user' ? sameArn(entry.text, principal.arn, facts) : no
    case 'role':
      return isRoleSession(principal) ? matchRole(entry.text, facts) : no
    case 'session':
      if (principal.type === 'role') return sessionOfRole(entry.text, facts)
      return principal.type === 'assumed-role' ? sameArn(entry.text, principal.arn, facts) : no
    case 'federated-session':
      return principal.type === 'federated-user' ? sameArn(entry.text, principal.arn, facts) : no
    case 'service':
      if (principal.type !== 'service') return no
      return principal.service === undefined ? maybe : sameText(entry.text, principal.service)
    case 'federated':
      if (principal.type !== 'web-identity' && principal.type !== 'saml') return no
      return principal.provider === undefined ? maybe : sameText(entry.text, principal.provider)
  }
}

/** What is hidden of it may be the same. */
const sameText = (wanted: string, found: string): Truth => {
  if (wanted === '*' || wanted === found) return yes
  const opened = wanted.startsWith('arn:') ? openedArn(wanted) : openedText(wanted)
  return opened !== wanted && matchesWildcard(compileWildcard(opened), found) ? maybe : no
}

/**
 * A federated session bears the name that its maker chose, by custom the user's own. Another name proves nothing.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html
 */
const userBehind = (user: string, account: string, facts: RequestFacts): Truth => {
  const inAccount = matchAccount(account, facts)
  if (inAccount !== yes) return inAccount
  return lastPart(user) === lastPart(facts.principal.arn ?? '') ? yes : maybe
}

const isRoleSession = ({ type }: Principal): boolean => type === 'assumed-role' || type === 'role'

/** Callers that have no account are in none; one whose account we cannot read may be in any. */
const matchAccount = (account: string, facts: RequestFacts): Truth => {
  if (!accountCallers.has(facts.principal.type)) return no
  if (isAccountId(account) && facts.callerAccount !== null) return truthOf(facts.callerAccount === account)
  // Whoever hid it in both put the same in its place.
  if (sixParts(facts.principal.arn ?? '')?.[4] === account) return yes
  return mayBeAccount(account, facts.callerAccount) ? maybe : no
}

/** What is shown of a hidden account tells. */
const mayBeAccount = (hidden: string, account: string | null): boolean =>
  account === null || isAccountId(hidden) || matchesWildcard(compileWildcard(openedAccount(hidden)), account)

const accountCallers: ReadonlySet<Principal['type']> = new Set([
  'user',
  'assumed-role',
  'role',
  'federated-user',
  'root',
])

/** With case. Where the account of either is masked, only the rest of the ARN tells: unless both are masked alike. */
const sameArn = (wanted: string, found: string | undefined, facts: RequestFacts): Truth => {
  if (found === undefined) return maybe
  const shown = hiddenArn(found)
  if (shown?.[5]?.isHidden === true) return matchHiddenArn(wanted, shown, facts)
  if (wanted === found) return yes
  const isShown = facts.callerAccount !== null && isAccountId(sixParts(wanted)?.[4])
  if (!isShown && withoutAccount(wanted) === withoutAccount(found))
    return mayBeAccount(ownerOf(wanted), facts.callerAccount) ? maybe : no
  return sameText(wanted, facts.callerAccount === null ? found.replace(hiddenOwner, `$1${ownerOf(wanted)}:`) : found)
}

/** An account that is not known may be the one that is asked for. */
const hiddenOwner = /^(arn:[^:]{1,40}:[^:]{1,40}:[^:]{0,40}:)[^:]{0,60}:/u
const ownerOf = (arn: string): string => (sixParts(arn)?.[4] ?? '').replaceAll('$', '$$$$')

/** Of a caller whose name is hidden, what is shown has to agree. */
const matchHiddenArn = (wanted: string, shown: HiddenArn, { callerAccount }: RequestFacts): Truth => {
  const parts = sixParts(wanted) ?? []
  const mayBe = shown.every(
    (part, at) =>
      (at === 4 && callerAccount === null) ||
      (part.isHidden ? mayFit(parts[at] ?? '', part.shown) : parts[at] === part.shown),
  )
  return mayBe ? maybe : no
}

const withoutAccount = (arn: string): string => (sixParts(arn) ?? [arn]).filter((_, i) => i !== 4).join(':')

const lastPart = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1)

const withoutPath = (arn: string): string => {
  const parts = sixParts(arn)
  return parts === null ? arn : `${parts.slice(0, 5).join(':')}:role/${lastPart(arn)}`
}

const matchRole = (wanted: string, facts: RequestFacts): Truth => {
  if (facts.roleArn === null) return maybe
  if (lacksReservedPath(wanted) && ![wanted, facts.roleArn].some(isHiddenArn)) return no
  const known = facts.roleArnExact ? wanted : withoutPath(wanted)
  return sameArn(known, facts.roleArn, facts)
}

/** A role of which we do not know the session may be running under any of its session names. */
const sessionOfRole = (wanted: string, facts: RequestFacts): Truth => {
  const role = roleArnOfSession(wanted)
  if (role === null || facts.roleArn === null) return no
  return sameArn(role, withoutPath(facts.roleArn), facts) === no ? no : maybe
}
