import type { ToldDocument, ToldGuardrail } from '../denial/denial.ts'
import { isObject } from '../iam/json.ts'
import type { NamedPolicy, Policies } from '../iam/policies.ts'
import { list } from '../iam/policy-document.ts'
import { isLevelled, type FlatPolicyType } from '../iam/policy-type.ts'
import { evaluateDenial } from '../verdict/diagnosis-mode.ts'
import { isKnownVersion } from '../verdict/read-document.ts'
import { readSituation, type Situation } from './situation.ts'
import { filledFor } from './told-open.ts'
import { statementsOf, type ReadStatement } from './statements.ts'

/** More of them are a collection, not the one that the question is about. */
const most = 10

/**
 * The situation as it is if the told policies are the ones in force: `null` where they say nothing about this request,
 * or where it is not plain what they are.
 */
export function situationAsTold(
  s: Situation,
  told: readonly ToldDocument[],
  guardrails: readonly ToldGuardrail[] = [],
): Situation | null {
  const count = told.length + guardrails.length
  if (count === 0 || count > most || s.request === null || s.action === null) return null
  if (writesPolicies.test(s.action) || writesPolicies.test(s.operation ?? '')) return null
  const { request } = s
  const filled = told.map((document) => filledFor(withAsked(s, inKnownVersion(document)), request))
  const policies = { ...policiesOf(s, filled, s.action), ...guardrailPolicies(s, guardrails) }
  if (Object.keys(policies).length === 0) return null
  return under(s, policies)
}

/**
 * A `Version` that AWS does not have, be it mistyped or taken out: the document is not in force as it stands, and what
 * its statements say they say under the one that was meant.
 */
const inKnownVersion = (document: ToldDocument): ToldDocument =>
  isOfUnknownVersion(document) ? { ...document, Version: '2012-10-17' } : document

/** Lines that show the resources alone, of what has the name of the service: they may be those of this action. */
const withAsked = (s: Situation, document: ToldDocument): ToldDocument => {
  const statements = list(document['Statement'])
  const isCut = (one: unknown): boolean =>
    isObject(one) && !('Action' in one || 'NotAction' in one) && isOfService(one['Resource'], s.resource)
  return statements.some(isCut)
    ? {
        ...document,
        Statement: statements.map((one) => (isObject(one) && isCut(one) ? { ...one, Action: s.action } : one)),
      }
    : document
}

const isOfService = (resources: unknown, asked: string | null): boolean =>
  asked !== null && list(resources).every((arn) => typeof arn === 'string' && arn.split(':')[2] === asked.split(':')[2])

export const isOfUnknownVersion = ({ Version: version }: ToldDocument): boolean => !isKnownVersion(version)

function under(s: Situation, policies: Policies): Situation {
  const evidence = { ...s.evidence, policies: { ...s.evidence.policies, ...policies } }
  const verdict = s.request === null ? null : evaluateDenial(s.denial, s.request, evidence)
  return readSituation({ ...s, evidence, verdict })
}

/**
 * The told policies beside others that let everything through: what they deny they deny whatever else is attached.
 * `null` where they allow the action themselves, or deny nothing.
 */
export function besideOthers(asTold: Situation): Situation | null {
  const own = asTold.evidence.policies['identity-based']
  const denies = asTold.statements('identity-based').some(({ effect }) => effect === 'Deny')
  if (
    own === undefined ||
    own === null ||
    own === 'unknown' ||
    !denies ||
    asTold.layer('identity-based')?.result !== 'implicitDeny'
  )
    return null
  return under(asTold, { 'identity-based': [...own, allowingAll] })
}

/** The document beside such a call is what was to be written. */
const writesPolicies =
  /(?:put|create|update|set|attach|add|register)\w{0,40}(?:polic|attributes|trust)|:?create(?:role|key)\b|:?addpermission/i

const toldName = (index: number): string => `<PolicyName${index === 0 ? '' : index + 1}>`

export const isToldName = (name: string | undefined): boolean => /^<PolicyName\d*>$/.test(name ?? '')

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

const allowingAll: NamedPolicy = {
  name: 'others',
  document: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } },
}

/**
 * Guardrails as told, of one policy type. SCPs and RCPs that deny stand beside AWS's own that allows everything, which
 * nobody pastes.
 */
function guardrailPolicies(s: Situation, guardrails: readonly ToldGuardrail[]): Policies {
  const [first] = guardrails
  if (first === undefined || s.evidence.policies[first.type] !== undefined) return {}
  const { type } = first
  const policies = guardrails.map(({ document }, index): NamedPolicy => ({
    name: toldName(index),
    document: inKnownVersion(document),
    told: true,
  }))
  if (!isLevelled(type)) return { [type]: policies }
  const others = s.denial.effect === 'implicit' ? [] : [allowingAll]
  return { [type]: [{ level: '<TargetId>', policies: [...policies, ...others] }] }
}

const isAttached = (document: ToldDocument): boolean =>
  list(document['Statement']).some((one) => isObject(one) && ('Principal' in one || 'NotPrincipal' in one))

/** Every statement of the told policies, whatever the request. */
export const toldStatements = (told: readonly ToldDocument[]): readonly ReadStatement[] =>
  told.slice(0, most).flatMap((document, index) => {
    const type = isAttached(document) ? 'resource-based' : 'identity-based'
    return statementsOf({ [type]: [{ name: toldName(index), document: inKnownVersion(document) }] }, type)
  })

/** The statements of the one told policy that can only be the trust policy of a role; of several it is not known whose. */
export function toldTrust(told: readonly ToldDocument[]): readonly ReadStatement[] {
  const [document, ...more] = told.filter((one) => typeOf(one, 'sts:AssumeRole') === 'role-trust')
  if (document === undefined || more.length > 0 || told.length > most) return []
  return statementsOf({ 'role-trust': [{ name: toldName(0), document: inKnownVersion(document) }] }, 'role-trust')
}

/** What a document is, by its elements; `null` where it can have no say on the action. */
function typeOf(document: ToldDocument, action: string): FlatPolicyType | null {
  if (!isAttached(document)) return 'identity-based'
  const statements = list(document['Statement']).filter(isObject)
  const actions = statements.flatMap((one) => [one['Action'], one['NotAction']].flatMap((value) => list(value)))
  const named = actions.filter((name) => typeof name === 'string').map((name) => name.toLowerCase())
  const asked = action.toLowerCase()
  const isTrust = named.every((name) => name.startsWith('sts:')) && statements.every((one) => !('Resource' in one))
  if (isTrust) return asked.startsWith('sts:') ? 'role-trust' : null
  const service = asked.slice(0, asked.indexOf(':') + 1)
  return named.some((name) => name === '*' || name.startsWith(service)) ? 'resource-based' : null
}
