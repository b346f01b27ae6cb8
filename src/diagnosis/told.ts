import type { ToldDocument } from '../denial/denial.ts'
import { isObject } from '../iam/json.ts'
import type { NamedPolicy, Policies } from '../iam/policies.ts'
import { list } from '../iam/policy-document.ts'
import type { FlatPolicyType } from '../iam/policy-type.ts'
import type { Fix } from '../remedy/fix.ts'
import { evaluateDenial } from '../verdict/diagnosis-mode.ts'
import { finding, type Finding } from './finding.ts'
import { act } from './fixes.ts'
import { isSameChange } from './read-policies.ts'
import { readSituation, type Situation } from './situation.ts'

/*
 * Policies that were pasted beside the error. Nothing tells whether they apply, so what was read of that policy type
 * goes before them, and what follows from them is never more than possible.
 */

/** More of them are a collection, not the one that the question is about. */
const most = 10

/**
 * The situation as it is if the told policies are the ones in force: `null` where they say nothing about this request,
 * or where it is not plain what they are.
 */
function situationAsTold(s: Situation, told: readonly ToldDocument[]): Situation | null {
  if (told.length === 0 || told.length > most || s.request === null || s.action === null) return null
  if (writesPolicies.test(s.action) || writesPolicies.test(s.operation ?? '')) return null
  const policies = policiesOf(s, told, s.action)
  if (Object.keys(policies).length === 0) return null
  const evidence = { ...s.evidence, policies: { ...s.evidence.policies, ...policies } }
  const verdict = evaluateDenial(s.denial, s.request, evidence)
  return readSituation({ ...s, evidence, verdict })
}

/** The document beside such a call is what was to be written. */
const writesPolicies =
  /(?:put|create|update|set|attach|add|register)\w{0,40}(?:polic|attributes|trust)|:?create(?:role|key)\b|:?addpermission/i

const toldName = (index: number): string => `<PolicyName${index === 0 ? '' : index + 1}>`

const isInTold = ({ facts }: Finding): boolean => /^<PolicyName\d*>$/.test(facts['policy'] ?? '')

/** The findings with what the told policies make of them. */
export function withTold(
  s: Situation,
  told: readonly ToldDocument[],
  decide: (s: Situation) => readonly Finding[],
): readonly Finding[] {
  const asTold = situationAsTold(s, told)
  if (asTold === null) return decide(s)
  const found = decide(asTold).filter(
    (one) => one.about === undefined && isInTold(one) && !isMasked(one) && !isOfTransport(s, one),
  )
  const findings = decide(grantsByTold(asTold) ? withClue(s) : s)
  const telling = found.slice(0, mostTelling).map((one) => hedged(asTold, one, findings))
  if (telling.length === 0) return findings
  const others = findings.filter((one) => !telling.some((told) => isToldBy(told, one)))
  const [first] = findings
  const leads = first === undefined || first.confidence === 'possible' || isGeneral(first) || !others.includes(first)
  return leads ? [...telling, ...others] : [...others.slice(0, 1), ...telling, ...others.slice(1)]
}

const mostTelling = 2

/** The same cause, or a more general one that asks for the same change. */
const isToldBy = (told: Finding, other: Finding): boolean =>
  told.code === other.code ||
  ((isGeneral(other) || other.confidence === 'possible') && isSameChange(other.fixes, told.fixes))

/** What a policy in the text makes more exact. */
const isGeneral = ({ code }: Finding): boolean => code === 'missing-allow' || code === 'undetermined'

/** Names that were taken out, in the policy or in the message, differ without telling anything. */
function isMasked({ code, facts }: Finding): boolean {
  const [found, wanted] = [facts['found'] ?? '', facts['wanted'] ?? '']
  return masked.test(found) || masked.test(wanted) || (code === 'resource-arn-mismatch' && !isAlike(found, wanted))
}

/** ARNs of things whose names begin alike; with other names, one of them may be a stand-in. */
const isAlike = (found: string, wanted: string): boolean => nameOf(found).slice(0, 3) === nameOf(wanted).slice(0, 3)
const nameOf = (arn: string): string =>
  arn
    .split(':')
    .slice(5)
    .join(':')
    .replace(/^[a-z-]{1,30}[:/]/, '')
    .toLowerCase()

const masked =
  /[<>{}$[\]]|\*{3}|x{4}|\.{3}|\b(?:account|your|bucket)[-_ ]?(?:id|name|number)?\b|:(?:123456789012|0{12}|1{12}):/i

/** Every client of AWS speaks TLS, and every other bucket policy demands it. */
const isOfTransport = ({ denial }: Situation, { facts }: Finding): boolean =>
  denial.effect !== 'explicit' && /^aws:SecureTransport$|^s3:TlsVersion$/i.test(facts['key'] ?? '')

/** Let through, or let through on something that the text does not name. */
function grantsByTold(asTold: Situation): boolean {
  const layer = asTold.layer('identity-based')
  if (layer?.result !== 'unknown') return layer?.result === 'allowed'
  return layer.unknowns.every(({ kind, effect }) => kind === 'resource' && effect === 'Allow')
}

/** Somebody who shows a policy that lets the request through says that it is in order. */
const withClue = (s: Situation): Situation => {
  const clue = { kind: 'policy-told-in-order', values: {}, span: [0, 0] } as const
  return readSituation({ ...s, denial: { ...s.denial, clues: [...s.denial.clues, clue] } })
}

/** Never surer than what is known without the told policies. */
function hedged(asTold: Situation, one: Finding, findings: readonly Finding[]): Finding {
  if (one.code === 'evaluation-allows') return toldUnattached(asTold)
  const told = { ...one, about: asTold, facts: { ...one.facts, told: 'text' }, fixes: addFirst(one.fixes) }
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

function policiesOf(s: Situation, told: readonly ToldDocument[], action: string): Policies {
  const byType = new Map<FlatPolicyType, NamedPolicy[]>()
  for (const document of told) {
    const type = typeOf(document, action)
    if (type === null || s.evidence.policies[type] !== undefined) continue
    const policies = byType.get(type) ?? []
    byType.set(type, [...policies, { name: toldName(policies.length), document, told: true }])
  }
  // A resource and a role have one policy: of several it is not known whose they are.
  return Object.fromEntries([...byType].filter(([type, { length }]) => type === 'identity-based' || length === 1))
}

/** What a document is, by its elements; `null` where it can have no say on the action. */
function typeOf(document: ToldDocument, action: string): FlatPolicyType | null {
  const statements = list(document['Statement']).filter(isObject)
  const isAttached = statements.some((one) => 'Principal' in one || 'NotPrincipal' in one)
  if (!isAttached) return 'identity-based'
  const actions = statements.flatMap((one) => [one['Action'], one['NotAction']].flatMap((value) => list(value)))
  const named = actions.filter((name) => typeof name === 'string').map((name) => name.toLowerCase())
  const asked = action.toLowerCase()
  const isTrust = named.every((name) => name.startsWith('sts:')) && statements.every((one) => !('Resource' in one))
  if (isTrust) return asked.startsWith('sts:') ? 'role-trust' : null
  const service = asked.slice(0, asked.indexOf(':') + 1)
  return named.some((name) => name === '*' || name.startsWith(service)) ? 'resource-based' : null
}
