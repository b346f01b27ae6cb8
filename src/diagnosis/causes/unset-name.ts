import { parseArn } from '../../iam/arn.ts'
import { arnGivenAsName, unsetNameIn } from '../../requests/arn-gaps.ts'
import type { Confidence } from '../diagnosis.ts'
import { finding, none, type Finding, unchecked } from '../finding.ts'
import { act } from '../fixes.ts'
import { allowsOf, type Situation } from '../situation.ts'
import { noMatchingAllow } from './missing-allow.ts'
import { userGivenAsRole } from './service-trust.ts'

/** What the call was for instead of a name; `null` where it had one. */
const unsetName = (s: Situation): string | null =>
  // AWS itself prints `null` for actions that know no resource.
  s.denial.resource === null || s.actionFacts?.resourceTypes.length === 0
    ? null
    : unsetNameIn(s.denial.resource, s.actionFacts)

/**
 * The call was for a resource called `undefined`: the program passed no name. There is nothing to grant on that; whether
 * the permission on the real resource is there shows once it is asked for.
 */
export function nameNotPassed(s: Situation): readonly Finding[] {
  const unset = unsetName(s)
  if (unset === null) return s.action?.toLowerCase() === 'sts:assumerole' ? sessionForRole(s) : arnNotName(s)
  // Whoever hides a name may write a variable for it: that AWS printed it is plain where a policy has the real one.
  if (isUnexpanded(unset)) return isGrantedSomewhere(s) ? [notThere(unset, 'possible')] : none
  const stated = notThere(unset, 'stated')
  if (s.action === null || isGrantedSomewhere(s)) return [stated]
  return [stated, noMatchingAllow(s, s.action, s.resource, s.denial.policyType === null ? 'possible' : 'stated')]
}

const notThere = (unset: string, confidence: Confidence): Finding =>
  finding('resource-not-found-as-denied', confidence, [act('not-iam', 'pass-the-name', { unset })], {
    what: 'resource',
    unset,
  })

const isGrantedSomewhere = (s: Situation): boolean =>
  s.action !== null && allowsOf(s, 'identity-based', s.action).length > 0

const isUnexpanded = (unset: string): boolean => unset.startsWith('$')

/** A variable of a shell where a name should be: printed so by AWS, or put there to hide the name. */
export function perhapsUnexpanded(s: Situation): readonly Finding[] {
  const unset = unsetName(s)
  return unset !== null && isUnexpanded(unset) ? [notThere(unset, 'possible')] : none
}

/**
 * The words of a template stand in the address, `…/your-account-id/your-queue-name`: whoever hides a name may write so
 * too, but here all that was read lets the call through.
 */
export const templateNotFilled = (s: Situation): readonly Finding[] =>
  s
    .told('template-address', 'unset')
    .slice(0, 1)
    .map((unset) => notThere(unset, 'possible'))

/** What was to be assumed is a session, the caller's own as a rule, or a user: only roles can be. */
function sessionForRole({ denial, partition }: Situation): readonly Finding[] {
  if (denial.effect !== 'explicit' && /^arn:[\w-]+:iam::[^:]*:user\/./u.test(denial.resource ?? ''))
    return [userGivenAsRole(denial.resource ?? '', null)]
  const [, account, name] = /^arn:[\w-]+:sts::([^:]+):assumed-role\/([^/]+)\/./u.exec(denial.resource ?? '') ?? []
  if (account === undefined || name === undefined || denial.effect === 'explicit') return none
  const role = `arn:${partition}:iam::${account}:role/${name}`
  return [
    finding('resource-not-found-as-denied', 'stated', [act('not-iam', 'pass-role-not-session', { role })], {
      session: denial.resource,
    }),
  ]
}

/** The call was for an ARN within an ARN: what is to be granted, if anything, is the resource that was meant. */
function arnNotName(s: Situation): readonly Finding[] {
  const [bucket] = s.told('bucket-arn-as-name', 'given')
  if (bucket !== undefined) return [bucketNotNamed(bucket)]
  const given = s.denial.resource === null ? null : arnGivenAsName(s.denial.resource)
  if (given === null || s.denial.effect === 'explicit') return none
  // Parameters are called by their path.
  const path = /:parameter(\/.*\/.*)$/u.exec(given)?.[1]
  const name = path ?? given.split(/[/:]/u).at(-1) ?? ''
  const notThere = finding('resource-not-found-as-denied', 'stated', [act('not-iam', 'pass-name-not-arn', { name })], {
    what: 'resource',
    given,
  })
  const { account } = parseArn(given) ?? { account: null }
  if (s.action === null || s.wasRead('identity-based') || account !== s.resourceAccount) return [notThere]
  const lack = noMatchingAllow(s, s.action, given, 'possible')
  // What the call was for stays refused.
  return [notThere, unchecked(s, lack)]
}

/** Services say which bucket they were given, and print the name of it: an ARN there is the name that they looked for. */
const bucketNotNamed = (given: string): Finding =>
  finding(
    'resource-not-found-as-denied',
    'stated',
    [act('not-iam', 'pass-name-not-arn', { name: given.split(':::')[1] ?? '', of: 'bucket' })],
    { what: 'bucket', given },
  )
