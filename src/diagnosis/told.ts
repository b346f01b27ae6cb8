import type { ToldDocument } from '../denial/denial.ts'
import { list } from '../iam/policy-document.ts'
import { isHiddenArn, isHiddenText } from '../iam/hidden-text.ts'
import { isOpen } from '../iam/open-text.ts'
import type { Fix } from '../remedy/fix.ts'
import { finding, type Finding } from './finding.ts'
import { act } from './fixes.ts'
import { isSameChange } from './read-policies.ts'
import { allowsOf, type Situation } from './situation.ts'
import { goesByOpen, grantsOpen } from './told-open.ts'
import { compileWildcard, matchesWildcard } from '../verdict/wildcard.ts'
import { behindGrant } from './told-grants.ts'
import { addUnderLimits } from './causes/same-limits.ts'
import { nearest } from './causes/wrong-arn.ts'
import { atToldOrigin } from './causes/service-delivery.ts'
import { neverMatching } from './told-form.ts'
import { besideOthers, isOfUnknownVersion, isToldName, situationAsTold, toldStatements } from './told-situation.ts'

/*
 * Policies that were pasted beside the error. Nothing tells whether they apply, so what was read of that policy type
 * goes before them, and what follows from them is never surer than the answer without them.
 */

/** The findings with what the told policies make of them. */
export function withTold(
  s: Situation,
  told: readonly ToldDocument[],
  decide: (s: Situation) => readonly Finding[],
): readonly Finding[] {
  const findings = withEvaluated(s, told, decide)
  if (told.length === 0) return findings
  const never = neverMatching(s, told).filter(({ code }) => findings.every((one) => one.code !== code))
  const telling = never.length > 0 ? never : atToldOrigin(s, toldStatements(told))
  return findings[0]?.confidence === 'possible'
    ? [...telling, ...without(findings, telling)]
    : [...findings, ...telling]
}

/** The findings but for those that the told ones say better. */
const without = (findings: readonly Finding[], telling: readonly Finding[]): readonly Finding[] =>
  findings.filter((one) => !telling.some((told) => isToldBy(told, one)))

/** The findings with what an evaluation of the told policies gives. */
function withEvaluated(
  s: Situation,
  told: readonly ToldDocument[],
  decide: (s: Situation) => readonly Finding[],
): readonly Finding[] {
  const asTold = situationAsTold(s, told, s.guardrailsInText ?? [])
  if (asTold === null) return decide(s)
  // AWS stores no such document, so that there is none to attach either.
  const isStored = !told.some(isOfUnknownVersion)
  const foundIn = (under: Situation): readonly Finding[] =>
    decide(under)
      .filter((one) => one.about === undefined && isToldName(one.facts['policy']))
      .filter(({ code }) => isStored || code !== 'evaluation-allows')
      .filter((one) => !isMasked(one) && !isOfTransport(s, one) && !isRuledOut(s, one) && !goesByOpen(under, one))
      .map((one) => ({ ...one, about: under }))
  const rest = besideOthers(asTold)
  const alone = foundIn(asTold)
  const found = alone.length > 0 || rest === null ? alone : foundIn(rest)
  const decided = decide(s)
  const findings = grantsByTold(asTold) ? missingLast(s, decided) : decided
  const telling = found.slice(0, mostTelling).map((one) => hedged(one, asTold, findings))
  if (telling.length === 0 && isBlamed(asTold) && !grantsOpen(asTold, s.action) && isStored)
    telling.push(toldUnattached(asTold))
  if (telling.length === 0 && isStored)
    telling.push(...behindGrant(asTold).map((one) => ({ ...hedged(one, asTold, findings), about: asTold })))
  if (telling.length === 0) return withToldLimits(asTold, findings)
  const kept = besideConditions(s, without(findings, telling), telling)
  const others = withToldLimits(asTold, kept)
  const [first] = findings
  const leads =
    first === undefined ||
    first.confidence === 'possible' ||
    isGeneral(first) ||
    !kept.includes(first) ||
    (isPlainAllow(s, first) && telling.some(holdsBack))
  return leads ? [...telling, ...others] : [...others.slice(0, 1), ...telling, ...others.slice(1)]
}

/** What nearly allows it under a condition: the statement that is missing keeps that. */
function withToldLimits(asTold: Situation, findings: readonly Finding[]): readonly Finding[] {
  const naming = asTold.action === null ? [] : allowsOf(asTold, 'identity-based', asTold.action)
  const near = naming.every(({ conditions }) => conditions.length > 0) ? nearest(naming, asTold.resource) : null
  if (near === null) return findings
  // What a template fills in later is for whoever runs it.
  const isOpen = near.conditions.some(({ values }) => values.some((value) => /\$\{(?![a-z0-9.-]+:)/iu.test(value)))
  const limited = (one: Fix): Fix => {
    if (one.kind !== 'add-identity-statement' || one.statement === null || one.statement.Condition !== undefined)
      return one
    const under = addUnderLimits(asTold, near, list(one.statement.Action), list(one.statement.Resource), one)
    return isOpen ? { ...under, readiness: 'needs-review' } : under
  }
  return findings.map((one) => (one.code === 'missing-allow' ? { ...one, fixes: one.fixes.map(limited) } : one))
}

const mostTelling = 2

/** The same cause, or a more general one that asks for the same change. */
const isToldBy = (told: Finding, other: Finding): boolean =>
  told.code === other.code ||
  ((isGeneral(other) || other.confidence === 'possible') && isSameChange(other.fixes, told.fixes))

/**
 * An Allow without the condition, beside the one that has it, goes round what the condition protects. It stays a
 * candidate, for the case that the policy in the text is not the one in force.
 */
const besideConditions = (
  s: Situation,
  findings: readonly Finding[],
  telling: readonly Finding[],
): readonly Finding[] =>
  telling.some(holdsBack)
    ? findings.map((one) => (isPlainAllow(s, one) ? { ...one, confidence: 'possible' } : one))
    : findings

/** A condition of an Allow that did not hold. */
const holdsBack = ({ code, facts }: Finding): boolean => conditioned.has(code) && facts['effect'] === 'Allow'

/** What is missing by every account: of a key asked for by its own service, too. */
const isPlainAllow = ({ service }: Situation, { code }: Finding): boolean =>
  code === 'missing-allow' || (code === 'kms-behind-service' && service === 'kms')

const conditioned: ReadonlySet<string> = new Set(['condition-mismatch', 'mfa-required', 'boundary-required'])

/** What a policy in the text makes more exact. */
const isGeneral = ({ code }: Finding): boolean =>
  code === 'missing-allow' || code === 'pass-role' || code === 'undetermined'

/** Names that were taken out, in the policy or in the message, differ without telling anything. */
function isMasked({ code, facts }: Finding): boolean {
  const [found, wanted] = [facts['found'] ?? '', facts['wanted'] ?? '']
  const isAlikeBy = facts['likeness'] !== undefined || isAlike(found, wanted)
  return code === 'resource-arn-mismatch' && ([found, wanted].some(isStandIn) || !isAlikeBy)
}

/** ARNs of things whose names begin alike; with other names, one of them may be a stand-in. A pattern may fit all names. */
const isAlike = (found: string, wanted: string): boolean =>
  nameOf(found).slice(0, 3) === nameOf(wanted).slice(0, 3) ||
  matchesWildcard(compileWildcard(nameOf(found)), nameOf(wanted))
function nameOf(arn: string): string {
  const [, , service, , , ...rest] = arn.split(':')
  const resource = rest.join(':').toLowerCase()
  // What stands first in other ARNs is what kind of thing it is.
  return service === 's3' ? resource : resource.replace(/^[a-z-]{1,30}[:/]/, '').replace(/^\/+/, '')
}

const masked = /[<>{}$[\]]|\*{3}|x{4}|\.{3}|\byour[-_ ]|:(?:123456789012|0{12}|1{12}):|(?:^|[:/_-])x{3}(?=$|[:/_-])/i

/** What IAM fills in is no mark of something taken out: `${aws:username}`, `${cognito-identity.amazonaws.com:sub}`. */
const policyVariable = /\$\{(?:aws|saml|iot|s3|ec2|transfer|[\w-]{1,60}(?:\.[\w-]{1,60}){1,5}):[\w/.-]{1,100}\}/gi

const isStandIn = (arn: string): boolean => {
  const shown = arn.replaceAll(policyVariable, 'v')
  return masked.test(shown) || standIn.test(shown)
}

/** What a thing is called that shall not be named: as a whole, for `orders-bucket` is a name. */
const standIn =
  /(?:^|[:/])(?:(?:my|your|our|the|some|any|this|an?|names?|of|example|sample|demo|doc|source|src|target|destination|dest|amzn[-_]?s3)[-_ ]?){0,5}(?:buckets?|accounts?|example)(?:[-_ ]?(?:names?|ids?|numbers?|here|example|\d{1,3})){0,3}(?=$|[:/*])/i

/** Every client of AWS speaks TLS, and every other bucket policy demands it. */
const isOfTransport = ({ denial }: Situation, { facts }: Finding): boolean =>
  denial.effect !== 'explicit' && /^aws:SecureTransport$|^s3:TlsVersion$/i.test(facts['key'] ?? '')

/**
 * AWS tells of a Deny before it tells of a missing Allow: where an Allow is missing no Deny was met. And a Deny beside
 * one that AWS names a policy type for is that one, whatever it looks like.
 */
const isRuledOut = ({ denial }: Situation, { facts }: Finding): boolean =>
  facts['effect'] === 'Deny' &&
  (denial.effect === 'implicit' ||
    (denial.effect === 'explicit' && denial.policyType !== null && facts['policyType'] !== denial.policyType))

/** Let through, or let through on something that the text does not name. */
function grantsByTold(asTold: Situation): boolean {
  const layer = asTold.layer('identity-based')
  if (layer?.result !== 'unknown') return layer?.result === 'allowed'
  // Where both hide a part, nothing speaks against it.
  const isShown = asTold.resource !== null && !isHiddenText(asTold.resource)
  return layer.unknowns.every(
    ({ kind, effect, values }) =>
      kind === 'resource' && effect === 'Allow' && !values.some((arn) => isOpen(arn) || (isShown && isHiddenArn(arn))),
  )
}

/** What the told policies have is the last thing to be missing. */
const missingLast = ({ service }: Situation, findings: readonly Finding[]): readonly Finding[] => {
  const isMissing = ({ code, confidence }: Finding): boolean =>
    confidence === 'possible' &&
    (code === 'missing-allow' ||
      code === 'cross-account-identity-side' ||
      (code === 'kms-behind-service' && service === 'kms'))
  return [...findings.filter((one) => !isMissing(one)), ...findings.filter(isMissing)]
}

/** A caller was told that it is not authorized, and the told policies grant it. */
const isBlamed = (asTold: Situation): boolean =>
  asTold.denial.principal !== null &&
  asTold.denial.effect !== 'explicit' &&
  (asTold.denial.policyType === 'identity-based' || (asTold.denial.policyType === null && !needsOtherSide(asTold))) &&
  grantsByTold(asTold)

/** The other side has to allow it as well, and the message does not say which of them does not. */
const needsOtherSide = ({ action, service, isCrossAccount }: Situation): boolean =>
  isCrossAccount || service === 'kms' || action?.toLowerCase().startsWith('sts:assumerole') === true

/** Never surer than what is known without the told policies. */
function hedged(one: Finding, asTold: Situation, findings: readonly Finding[]): Finding {
  if (one.code === 'evaluation-allows') return toldUnattached(asTold)
  const told = { ...one, facts: { ...one.facts, told: 'text' }, fixes: addFirst(one.fixes) }
  const [same] = findings.filter((other) => isToldBy(told, other))
  return { ...told, confidence: same?.confidence ?? 'possible' }
}

/** A statement of its own can be added blindly; the edit is shown for whoever has the document. */
const addFirst = (fixes: readonly Fix[]): readonly Fix[] => {
  const [added] = fixes.filter(
    ({ edit, kind, statement }) => edit === null && statement !== null && kind === 'add-identity-statement',
  )
  if (added === undefined || fixes.length !== 2) return fixes
  return [
    { ...added, alternative: false },
    ...fixes.filter((one) => one !== added).map((one) => ({ ...one, alternative: true })),
  ]
}

/** The policy in the text lets it through, and AWS found none that does. */
const toldUnattached = (asTold: Situation): Finding => ({
  ...finding(
    'policy-not-attached',
    'possible',
    [act('other', 'attach-existing-policy', {}, { owner: 'identity-owner' })],
    {
      why: 'not-attached',
      told: 'text',
    },
  ),
  about: asTold,
})
