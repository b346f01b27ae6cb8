import { parseArn } from '../../iam/arn.ts'
import type { Confidence } from '../diagnosis.ts'
import { finding, none, type Finding } from '../finding.ts'
import { act, addToIdentity } from '../fixes.ts'
import type { Situation } from '../situation.ts'
import { isUnshared, sharingOf } from '../../verdict/sharing.ts'
import { companionActions } from './companion-actions.ts'
import { identitySide, resourceSide } from './other-side.ts'
import { resourcesFor } from './resources-for.ts'

/** The refused resource is of another account than the caller, as AWS printed both: in its ARN, or beside it. */
const isPrintedElsewhere = (s: Situation): boolean => {
  const account = parseArn(s.denial.resource ?? '')?.account || s.denial.context['aws:ResourceAccount']
  return s.isCrossAccount && account !== undefined && account !== '' && account === s.resourceAccount
}

/**
 * Two accounts, and AWS does not say which side refused. Both have to agree where the resource takes a policy;
 * elsewhere no statement of the caller's helps.
 */
export function resourceElsewhere(s: Situation): readonly Finding[] {
  const { action, service, denial } = s
  if (action === null || service === null || service === 'sts') return none
  if (denial.policyType !== null || denial.effect !== null || denial.principalType === 'root') return none
  if (s.wasRead('identity-based')) return otherSideOf(s, action, service)
  if (!isPrintedElsewhere(s)) return none
  // The other account has let the caller's in: the rest is on the caller's side.
  if (s.layer('resource-based')?.result === 'allowed') return [identitySide(s, action, s.resource, 'possible')]
  switch (sharingOf(service)) {
    case 'resource-policy':
      // Repositories of AWS's own, of EKS and SageMaker among them, are open to every account.
      return service === 'ecr'
        ? [identitySide(s, action, s.resource, 'possible'), bothSides(s, action)]
        : [bothSides(s, action), otherAccount(s)]
    case 'share':
      return [identitySide(s, action, s.resource, 'possible'), otherAccount(s)]
    case 'none':
      return [otherAccount(s), identitySide(s, action, s.resource, 'possible')]
  }
}

/** It is another account's, and neither a policy nor a share of it can let this caller in. */
export const isOutOfReach = (s: Situation): boolean =>
  s.isCrossAccount &&
  s.layer('resource-based')?.blocking === true &&
  isUnshared(s.service ?? '', parseArn(s.resource ?? '')?.resource ?? null)

/** The caller's own policies let the request through, or may: what the other account has to do. */
export function otherSideOf(s: Situation, action: string, service: string): readonly Finding[] {
  const [own, theirs] = [s.layer('identity-based'), s.layer('resource-based')]
  // Nothing that the caller's own policies could say would get it there.
  if (isOutOfReach(s)) return [otherAccount(s, 'evaluated')]
  const isOpen = own?.result === 'unknown' && theirs?.blocking === true
  if (!s.isCrossAccount || !(own?.result === 'allowed' || isOpen) || theirs?.result === 'allowed') return none
  const confidence = theirs?.blocking === true ? 'evaluated' : 'possible'
  return sharingOf(service) === 'resource-policy'
    ? [resourceSide(s, action, s.resource, confidence), otherAccount(s)]
    : [otherAccount(s, confidence)]
}

/** AWS misses the caller's own statement, and with it the resource would still let no other account in. */
export const withOtherAccount = (s: Situation, found: Finding): readonly Finding[] =>
  isPrintedElsewhere(s) &&
  found.code === 'cross-account-identity-side' &&
  (sharingOf(s.service ?? '') === 'none' || isOutOfReach(s))
    ? [otherAccount(s, isOutOfReach(s) ? 'evaluated' : 'possible'), found]
    : [found]

function bothSides(s: Situation, action: string): Finding {
  const there = resourceSide(s, action, s.resource, 'possible')
  if (there.code !== 'cross-account-resource-side') return there
  const here = addToIdentity(s, [action, ...companionActions(s, action)], resourcesFor(s, action, s.resource))
  return { ...there, fixes: [...there.fixes, here] }
}

export const otherAccount = (s: Situation, confidence: Confidence = 'possible'): Finding =>
  finding(
    'wrong-principal',
    confidence,
    [
      act('switch-principal', 'use-account-credentials', {
        wanted: s.resourceAccount ?? '',
        had: s.callerAccount ?? '',
      }),
    ],
    {
      why: 'other-account',
      expected: s.resourceAccount === null ? null : `account/${s.resourceAccount}`,
      account: s.callerAccount,
    },
  )

/**
 * A role is passed to services of its own account only.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
export function foreignRolePassed(s: Situation): readonly Finding[] {
  const isPass = s.action?.toLowerCase() === 'iam:passrole'
  // Beside the sentence of another action the words are somebody's own.
  const isTold = s.has('role-passed-across-accounts') && (isPass || s.denial.class !== 'authorization')
  if (s.denial.effect === 'explicit' || !(isTold || (isPass && isPrintedElsewhere(s)))) return none
  const role = (isPass ? s.denial.resource : null) ?? s.told('role-arn', 'role')[0]
  return [
    finding(
      'pass-role',
      'stated',
      [act('switch-principal', 'pass-role-of-own-account', { account: s.callerAccount ?? '' })],
      {
        role: role?.split('/').at(-1),
        roleAccount: parseArn(role ?? '')?.account ?? s.resourceAccount,
        account: s.callerAccount,
      },
    ),
  ]
}
