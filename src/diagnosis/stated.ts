import { isHiddenArn, isHiddenText } from '../iam/hidden-text.ts'
import type { PolicyType } from '../iam/policy-type.ts'
import { anotherIdentity } from './causes/another-identity.ts'
import { awsEvaluationOf } from './causes/aws-evaluation.ts'
import { ceiling } from './causes/ceiling.ts'
import { perhapsWithoutMfa } from './causes/demanded.ts'
import { explicitDeny, unnamedDeny } from './causes/deny.ts'
import { isOutOfReach, otherAccount, otherSideOf, withOtherAccount } from './causes/elsewhere.ts'
import { endpointPolicy } from './causes/endpoint.ts'
import { isLayer } from './causes/layer.ts'
import { isNamedWithoutPath } from './causes/near-side.ts'
import { resourceSide } from './causes/other-side.ts'
import { sessionPolicy } from './causes/session.ts'
import { tooEarly } from './causes/too-early.ts'
import type { Confidence } from './diagnosis.ts'
import { finding, none, type Finding } from './finding.ts'
import { act } from './fixes.ts'
import { ofIdentity } from './own-side.ts'
import { readCeiling, readDeny } from './read-policies.ts'
import { hiddenResource, refuses, type Situation } from './situation.ts'

/*
 * What AWS's message says in so many words: which policy type refused, and how.
 */

/** How sure a statement of AWS's message is, once the policies of that type were read too. */
const sure = (s: Situation, type: PolicyType): Confidence =>
  awsEvaluationOf(s) !== null
    ? 'verified'
    : refuses(s, type, s.denial.effect) && !hangsOnHiddenName(s, type)
      ? 'evaluated'
      : 'stated'

/** What was read would allow it under one account or name, and the text, or the policy itself, hides which it was. */
const hangsOnHiddenName = (s: Situation, type: PolicyType): boolean => {
  const layer = s.layer(type)
  if (layer?.result !== 'unknown') return false
  return hiddenResource(s) !== null || layer.unknowns.some(({ values }) => values.some(isHidden))
}

const isHidden = (value: string): boolean => isHiddenText(value) || isHiddenArn(value)

const statedType = (s: Situation, effect: 'implicit' | 'explicit'): PolicyType | null =>
  s.denial.effect === effect ? s.denial.policyType : null

/** AWS named the policy type, and nothing about the request can change what that means. */
export function statedDeny(s: Situation): readonly Finding[] {
  const type = statedType(s, 'explicit')
  if (type !== null)
    return [explicitDeny(s, type, sure(s, type)), ...(type === 'identity-based' ? perhapsWithoutMfa(s) : none)]
  return s.denial.effect === 'explicit' ? unnamedDeny(s) : none
}

export function statedCeiling(s: Situation): readonly Finding[] {
  const type = statedType(s, 'implicit')
  if (type === 'session') return [sessionPolicy(s, sure(s, type))]
  if (type === 'vpc-endpoint') return [endpointPolicy(s, sure(s, type))]
  // CloudTrail's record of what an endpoint refused says whose policy it was, and not how.
  if (s.denial.policyType === 'vpc-endpoint' && s.denial.effect === null)
    return [endpointPolicy(s, sure(s, 'vpc-endpoint'))]
  return type === null ? none : ceiling(s, type, sure(s, type))
}

export function statedResourceSide(s: Situation): readonly Finding[] {
  if (statedType(s, 'implicit') !== 'resource-based' || s.action === null) return none
  if (isOutOfReach(s)) return [otherAccount(s, sure(s, 'resource-based'))]
  const found = resourceSide(s, s.action, s.resource, sure(s, 'resource-based'))
  // A version that is not there, or not in this Region, is refused in the same words.
  const absent = finding('resource-not-found-as-denied', 'possible', [act('not-iam', 'check-resource-exists')])
  return isLayer(s.resource) && !s.wasRead('resource-based') ? [found, absent] : [found]
}

/** Within the account the resource's policy was to let the role in, and does not name it as IAM knows it. */
export function namedWithoutPath(s: Situation): readonly Finding[] {
  if (s.action === null || s.denial.policyType !== null || s.isCrossAccount) return none
  if (!isNamedWithoutPath(s, 'resource-based')) return none
  const found = resourceSide(s, s.action, s.resource, 'evaluated')
  // One of the two sides is enough.
  const fixes = found.fixes.map((one) => (one.kind === 'add-identity-statement' ? { ...one, alternative: true } : one))
  return [{ ...found, code: 'resource-policy-not-allowed', fixes }]
}

/** The identity's policies were read, and a statement of theirs allows it, whatever a Deny says beside. */
const grantsNow = (s: Situation): boolean => {
  const own = s.layer('identity-based')
  return s.wasRead('identity-based') && own !== null && !own.silent && own.result !== 'unknown'
}

export function statedIdentity(s: Situation): readonly Finding[] {
  if (statedType(s, 'implicit') !== 'identity-based' || s.action === null) return none
  // As they were read they do allow it, and another policy or account refuses: what the message says was so, and that is so now.
  const [other] = grantsNow(s)
    ? [...readDeny(s), ...readCeiling(s), ...otherSideOf(s, s.action, s.service ?? '')]
    : none
  if (other !== undefined) return [other, tooEarly('later-works'), anotherIdentity()]
  return withOtherAccount(s, ofIdentity(s, s.action, sure(s, 'identity-based')))
}
