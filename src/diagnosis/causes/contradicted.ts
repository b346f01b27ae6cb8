import { policyTypes, type PolicyType } from '../../iam/policy-type.ts'
import { finding, none, type Finding } from '../finding.ts'
import { placeOf } from '../places.ts'
import { identityGrant, type Situation } from '../situation.ts'
import type { ReadStatement } from '../statements.ts'
import { secretOfOther, statementOnName } from './absent-secret.ts'
import { awsEvaluationOf } from './aws-evaluation.ts'
import { anotherIdentity } from './another-identity.ts'
import { resourceSide } from './other-side.ts'
import { perhapsRestricted } from './public-access.ts'
import { tooEarly } from './too-early.ts'
import { unseenRefusal } from './unseen-refusal.ts'

/** Every policy that was read lets the request through: what was not may be what refused. */
export const evaluationAllows = (s: Situation): Finding =>
  finding('evaluation-allows', 'evaluated', [], {
    ...accountTaken(s),
    notRead: policyTypes.filter((type) => s.layer(type)?.result === 'notCollected').join(', '),
  })

/** The account of the resource that stands in place of a hidden one. */
const accountTaken = (s: Situation) => (s.request?.isAccountAssumed === true ? { taken: s.callerAccount } : {})

/**
 * AWS's message blames policies that were read, and as they are now the request is allowed. An Allow that is there now
 * is the usual state after somebody has mended something: both are said, and no statement is asked for that is there.
 * What further policies would refuse stands as AWS says it.
 */
export function contradicted(s: Situation): readonly Finding[] {
  const { policyType: said, effect } = s.denial
  if (said === null || effect === null || awsEvaluationOf(s) !== null) return none
  // Where either side is enough, the caller's own contradicts that the resource's did not allow it.
  const isEnough = said === 'resource-based' && effect === 'implicit' && s.layer('identity-based')?.result === 'allowed'
  if (!s.wasRead(said) && !isEnough) return none
  if (s.verdict?.decision !== 'allowed' && !isAllowedBut(s, said)) return none
  if (effect === 'implicit' && s.has('later-works')) return none
  // A grant on all secrets of the own account says nothing of one that is not there.
  if (secretOfOther(s) !== null || statementOnName(s) !== null) return none
  const unseen = unseenRefusal(s, said)
  if (unseen.length > 0) return unseen
  const restricted = said === 'resource-based' ? perhapsRestricted(s) : none
  if (restricted.length > 0) return restricted
  const layer = s.layer(said)
  const allowing = layer?.result === 'allowed' ? layer.determining[0] : undefined
  const place =
    s
      .statements(said)
      .find(({ policy, statement }) => policy === allowing?.policy && statement === allowing.statement) ??
    (said === 'identity-based' ? grantOf(s) : null)
  const found = finding('evaluation-allows', 'evaluated', [], {
    said,
    ...accountTaken(s),
    ...placeOf(effect === 'implicit' ? place : null),
  })
  // Unread, it may still be what has to let the caller in.
  const unread = s.wasRead(said) || s.action === null ? [] : [resourceSide(s, s.action, s.resource, 'possible')]
  return [found, ...unread, tooEarly('later-works'), anotherIdentity()]
}

/** All that is open is whether a Deny matches, and AWS's message says that none did. */
const isAllowedBut = (s: Situation, said: PolicyType): boolean =>
  said === 'identity-based' &&
  s.denial.effect === 'implicit' &&
  s.layer(said)?.unknowns.every(({ effect }) => effect === 'Deny') === true &&
  s.verdict?.policyTypes.every(({ blocking }) => !blocking) === true &&
  grantOf(s) !== undefined

const grantOf = (s: Situation): ReadStatement | undefined =>
  s.action === null || s.resource === null ? undefined : identityGrant(s, s.action, s.resource)
