import type { PolicyType } from '../iam/policy-type.ts'
import type { Fix } from '../remedy/fix.ts'
import { sharingOf } from '../verdict/sharing.ts'
import { isAbsentSecret } from './causes/absent-secret.ts'
import { isOutOfReach, otherAccount } from './causes/elsewhere.ts'
import { awsRulesOutDeny } from './causes/aws-evaluation.ts'
import { ceiling } from './causes/ceiling.ts'
import { explicitDeny } from './causes/deny.ts'
import { endpointLeavesOut, endpointPolicy } from './causes/endpoint.ts'
import { kmsDenied } from './causes/key-refused.ts'
import { kmsKeyPolicy } from './causes/kms.ts'
import { resourceSide } from './causes/other-side.ts'
import { sessionPolicy } from './causes/session.ts'
import { assumeRole, tagSession } from './causes/trust.ts'
import { finding, none, type Finding, type Rule } from './finding.ts'
import { act } from './fixes.ts'
import { ofIdentity } from './own-side.ts'
import { identityGrants, type Situation } from './situation.ts'
import { shownValues } from './statements.ts'

/*
 * What the policies that were read hold: the one that refuses, and all others that stand in the way.
 */

/** A Deny in the policies that were read matches, or may match and nothing else stands in the way. */
export function readDeny(s: Situation): readonly Finding[] {
  if (awsRulesOutDeny(s)) return none
  const denying = s.verdict?.policyTypes.find(({ result }) => result === 'explicitDeny')
  if (denying !== undefined) return [explicitDeny(s, denying.type, 'evaluated')]
  const blocking =
    s.verdict?.policyTypes
      .filter((layer) => layer.blocking && layer.result === 'implicitDeny')
      .map(({ type }) => type) ?? []
  const open = s.verdict?.policyTypes.filter(({ unknowns }) => unknowns.some(({ effect }) => effect === 'Deny')) ?? []
  const isBlocked = blocking.some((type) => !(isOfDeniesAlone(s, type) && open.some((layer) => layer.type === type)))
  if (open.length === 0 || isBlocked) return none
  const suspects = open.map(({ type }) => explicitDeny(s, type, 'possible'))
  const leftOut = blocking.flatMap((type) => implicitIn(s, type))
  return open.length === 1 ? [...suspects, ...leftOut] : [undetermined(s), ...suspects, ...leftOut]
}

/**
 * SCPs of Denies alone let nothing at all through, which nobody leaves so: who hands them over has left out
 * FullAWSAccess, and means the Deny.
 */
const isOfDeniesAlone = (s: Situation, type: PolicyType): boolean =>
  type === 'service-control' &&
  s.statements(type).length > 0 &&
  s.statements(type).every(({ effect }) => effect === 'Deny')

/** Statements of several policy types hang on facts that nobody told. */
const undetermined = (s: Situation): Finding => {
  const [first] = s.verdict?.unknowns ?? []
  return finding('undetermined', 'evaluated', [act('other', 'fetch-details', { key: first?.key ?? '' })], {
    policyType: first?.policyType,
    effect: first?.effect,
    policy: first?.policy,
    statement: first === undefined ? null : first.statement + 1,
    sid: first?.sid,
    key: first?.key,
    operator: first?.operator,
    values: first === undefined ? null : shownValues(first.values).join(', '),
  })
}

/** The identity is let through, and a ceiling over it that was read is not. */
export function readCeiling(s: Situation): readonly Finding[] {
  const blocking = s.verdict?.policyTypes.filter((layer) => layer.blocking) ?? []
  if (blocking.some(({ type }) => type === 'identity-based')) return none
  const over = blocking.find(({ type }) => ceilings.has(type) && s.wasRead(type))
  return over === undefined ? none : implicitIn(s, over.type)
}

/** What certainly refuses, whoever else might: a Deny, or a ceiling over an identity that is let through. */
export const refusals = (s: Situation): readonly Finding[] => [
  ...readDeny(s)
    .slice(0, 1)
    .filter(({ confidence, code }) => confidence === 'evaluated' && code !== 'undetermined'),
  // Which service's endpoint a policy is of nobody tells.
  ...(endpointLeavesOut(s) || isOfDeniesAlone(s, 'service-control') ? none : readCeiling(s)),
]

/** What an action usually lacks is no answer where a policy that was read refuses. */
export const unlessReadRefuses =
  (find: Rule['find']): Rule['find'] =>
  (s) =>
    refusedByRead(s) ? none : find(s)

/**
 * The message blames no policy type, and one that was read refuses for certain: a Deny, or a ceiling over an identity
 * that is let through.
 */
function refusedByRead(s: Situation): boolean {
  if (s.denial.policyType !== null || s.denial.effect !== null) return false
  const denies = s.verdict?.policyTypes.some(({ result }) => result === 'explicitDeny') === true
  return (denies && !awsRulesOutDeny(s)) || readCeiling(s).length > 0
}

const ceilings: ReadonlySet<PolicyType> = new Set([
  'permissions-boundary',
  'session',
  'service-control',
  'resource-control',
  'vpc-endpoint',
])

/** The policies that were read do not grant what was asked. */
export function readIdentity(s: Situation): readonly Finding[] {
  if (!s.wasRead('identity-based') || s.action === null || s.service === null) return none
  // The resource's policy may grant by itself.
  if (s.verdict?.decision === 'allowed') return none
  if (s.resource !== null && identityGrants(s, s.action, s.resource)) return none
  if (s.layer('identity-based')?.result === 'allowed') return none
  const found = ofIdentity(s, s.action, 'evaluated')
  // Allowed on something: whether on what was asked for nobody told, and others may have refused.
  return found.confidence === 'possible' && isOnOther.has(found.code) ? none : [found]
}

const isOnOther: ReadonlySet<string> = new Set(['resource-arn-mismatch', 'missing-allow'])

const namesIdentity: ReadonlySet<string> = new Set(['pass-role', 'service-role-missing-allow'])

const isOfRoleGiven = (s: Situation): boolean =>
  s.has('service-role-lacks') && s.denial.class === 'other-aws' && s.denial.principal === null

/** Other policy types that were read and stand in the way as well. */
export function blockersBeside(s: Situation, answer: Finding): readonly Finding[] {
  const blocking = s.verdict?.policyTypes.filter((layer) => layer.blocking) ?? []
  return blocking.flatMap(({ type, result, silent }) => {
    // What is to be attached lets the identity's side through.
    if (answer.code === 'policy-not-attached' && type === 'identity-based' && result === 'implicitDeny') return none
    // Credentials of the other account come with permissions of their own.
    if (answer.facts['why'] === 'other-account' && isOutOfReach(s) && result !== 'explicitDeny') return none
    if (answer.code === 'wrong-partition' && answer.facts['given'] !== undefined && result !== 'explicitDeny')
      return none
    // What is granted on the resource that was meant shows once it is asked for.
    if (
      ((answer.facts['unset'] ?? answer.facts['given']) !== undefined || isAbsentSecret(answer)) &&
      type === 'identity-based' &&
      result !== 'explicitDeny'
    )
      return none
    // Asked for in the other Region, it is granted.
    if (answer.facts['grantedIn'] !== undefined && type === 'identity-based' && result !== 'explicitDeny') return none
    // The hand-over of a role, and what a service's role lacks, is the identity's side told by its name.
    if (namesIdentity.has(answer.code) && type === 'identity-based' && result !== 'explicitDeny') return none
    // A service that blames the role that it was given took the call: the caller's own permission is there.
    if (isOfRoleGiven(s) && type === 'identity-based' && result !== 'explicitDeny') return none
    if (result === 'explicitDeny' && awsRulesOutDeny(s)) return none
    const found = [
      ...(result === 'explicitDeny' ? [explicitDeny(s, type, 'evaluated')] : []),
      ...(silent ? implicitIn(s, type) : []),
    ]
    const isTwofold = silent && result === 'explicitDeny'
    return found.filter(({ code, fixes }) => (code !== answer.code || isTwofold) && !isSameChange(fixes, answer.fixes))
  })
}

/** The answer makes the very change already, under a more telling name. */
export const isSameChange = (fixes: readonly Fix[], made: readonly Fix[]): boolean => {
  const changes = (fix: Fix): string => JSON.stringify([fix.target, fix.statement])
  return (
    fixes.length > 0 &&
    fixes.every((fix) => fix.statement !== null && made.some((one) => changes(one) === changes(fix)))
  )
}

function implicitIn(s: Situation, type: PolicyType): readonly Finding[] {
  const action = s.action
  if (action === null) return none
  switch (type) {
    case 'identity-based':
      // A token or an assertion takes a role, and has no policies of its own.
      if (/^sts:AssumeRoleWith/iu.test(action)) return none
      return s.wasRead(type) ? [ofIdentity(s, action, 'evaluated')] : none
    case 'permissions-boundary':
    case 'service-control':
    case 'resource-control':
      return ceiling(s, type, 'evaluated')
    case 'session':
      return [sessionPolicy(s, 'evaluated')]
    case 'vpc-endpoint':
      return [endpointPolicy(s, 'evaluated')]
    case 'resource-based':
      if (isOutOfReach(s)) return [otherAccount(s, 'evaluated')]
      return s.service === 'kms'
        ? s.wasRead(type)
          ? [kmsKeyPolicy(s, [action], 'evaluated')]
          : kmsDenied(s)
        : s.isCrossAccount && s.wasRead(type) && sharingOf(s.service ?? '') === 'resource-policy'
          ? [resourceSide(s, action, s.resource, 'evaluated')]
          : none
    case 'role-trust':
      return s.wasRead(type) ? [...assumeRole(s), ...tagSession(s)] : none
  }
}
