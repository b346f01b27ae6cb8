import type { PolicyTypeVerdict } from '../../verdict/verdict.ts'
import { aboutKey } from '../about.ts'
import { none, type Finding } from '../finding.ts'
import type { KnownKey } from '../known-facts.ts'
import { ofIdentity } from '../own-side.ts'
import { allowsOf, type Situation } from '../situation.ts'
import { ceiling } from './ceiling.ts'
import { explicitDeny } from './deny.ts'
import { behindFront } from './front-service.ts'
import { isCalledDirectly, isKeyUse } from './key-refused.ts'
import { isOwnSideAlone, kmsBehindService, kmsKeyPolicy, ofAws } from './kms.ts'
import { noMatchingAllow } from './missing-allow.ts'
import { stalePrincipalRead } from './stale-principal.ts'
import { tooEarly } from './too-early.ts'

/**
 * The key behind a bucket, queue, topic or secret was read, and the resource itself lets the caller through: the key is
 * evaluated like any other resource. Services answer such a denial with a bare Access Denied.
 */
export function keyBehindRead(s: Situation): readonly Finding[] {
  const { key } = s.known
  if (key == null || s.service === 'kms' || s.denial.policyType !== null || s.denial.effect !== null) return none
  const behind = behindFront(s)
  if (behind === null || s.verdict?.policyTypes.some(({ blocking }) => blocking) === true) return none
  return ofKey(s, key, behind.actions)
}

/** A denied KMS action where the key was read and the message does not say which side refused. */
export function deniedKeyRead(s: Situation): readonly Finding[] {
  const { action } = s
  if (action === null || s.service !== 'kms' || s.denial.policyType !== null || s.denial.effect === 'explicit')
    return none
  if (!isKeyUse(action) || s.denial.principalType === 'service') return none
  if (s.known.key != null) return ofKey(s, s.known.key, [action])
  if (s.known.keyManager === 'AWS' && s.isCrossAccount) return [{ ...ofAws(s, [action]), confidence: 'evaluated' }]
  return s.wasRead('resource-based') && s.resource?.includes(':key/') === true ? refusals(s, s, [action]) : none
}

function ofKey(s: Situation, key: KnownKey, actions: readonly string[]): readonly Finding[] {
  // An AWS managed key lets the callers of its own account in by its policy, and nobody of another one.
  if (key.manager === 'AWS') return s.isCrossAccount ? [{ ...ofAws(s, actions), confidence: 'evaluated' }] : none
  if (key.arn === null) return none
  const asked = { ...key, arn: key.arn }
  const refused = actions.flatMap((action) => {
    const about = aboutKey(s, asked, action)
    return about === null || about.verdict?.decision === 'allowed' ? [] : [{ action, about }]
  })
  const [first] = refused
  if (first === undefined) return none
  const missing = refused.map(({ action }) => action)
  return refusals(s, first.about, missing).map((found) => ({ ...found, about: first.about }))
}

/** What stands between the caller and the key, the key's own policy first: without it no other policy counts. */
function refusals(s: Situation, about: Situation, actions: readonly string[]): readonly Finding[] {
  const blocking = about.verdict?.policyTypes.filter((layer) => layer.blocking) ?? []
  const granted = grantedBy(s, actions)
  if (granted && blocking.every(({ result }) => result !== 'explicitDeny')) return [tooEarly('grant')]
  const refused = blocking.flatMap((layer) => refusal(s, about, layer, actions))
  // The id of one who is gone may be anybody's to the engine.
  const found = refused.length > 0 || about.verdict?.decision !== 'unknown' ? refused : stalePrincipalRead(about)
  if (found.length > 0) return found.toSorted((a, b) => Number(isOfKey(b)) - Number(isOfKey(a)))
  // The caller's own policies were not read, and the key leaves it to them.
  if (about.wasRead('identity-based')) return none
  return [kmsBehindService(about, actions, 'possible', s.known.key?.behind ?? null)]
}

const isOfKey = ({ code }: Finding): boolean => code === 'kms-key-policy' || code === 'stale-principal'

function refusal(
  s: Situation,
  about: Situation,
  layer: PolicyTypeVerdict,
  actions: readonly string[],
): readonly Finding[] {
  const [action = ''] = actions
  if (layer.result === 'explicitDeny') return [explicitDeny(about, layer.type, 'evaluated')]
  switch (layer.type) {
    case 'resource-based': {
      const stale = stalePrincipalRead(about)
      return stale.length > 0 ? stale : [kmsKeyPolicy(about, actions, 'evaluated')]
    }
    case 'identity-based':
      if (!about.wasRead('identity-based')) return none
      if (s.service === 'kms' && isOwnSideAlone(about, actions)) return [ofIdentity(about, action, 'evaluated')]
      return isConditioned(about, action) || isCalledDirectly(s, action)
        ? [noMatchingAllow(about, action, about.resource, 'evaluated')]
        : [kmsBehindService(about, actions, 'evaluated', s.known.key?.behind ?? behindFront(s)?.noun ?? null)]
    default:
      return ceiling(about, layer.type, 'evaluated')
  }
}

const isConditioned = (s: Situation, action: string): boolean =>
  allowsOf(s, 'identity-based', action).some(({ conditions }) => conditions.length > 0)

/**
 * A grant lets its grantee use the key whatever the policies say; a new one takes minutes to arrive everywhere.
 * https://docs.aws.amazon.com/kms/latest/developerguide/grants.html#terms-eventual-consistency
 */
const grantedBy = (s: Situation, actions: readonly string[]): boolean =>
  actions.every((action) =>
    s.known.grants.some(
      ({ grantee, operations, isConstrained }) =>
        !isConstrained && grantee === s.principalArn && operations.includes(action.split(':')[1] ?? ''),
    ),
  )
