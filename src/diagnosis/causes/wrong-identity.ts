import { finding, none, type Finding, unchecked } from '../finding.ts'
import { act, addToIdentity } from '../fixes.ts'
import type { Situation } from '../situation.ts'
import { coversAction } from '../statements.ts'
import { coveringArn } from './arn-form.ts'
import { anotherIdentity } from './another-identity.ts'
import { lackBeside } from './lack-beside.ts'
import { podAsNode } from './node-role.ts'
import { webIdentity } from './web-identity.ts'

/** The text itself says that somebody else was meant. */
function toldToBeAnother(s: Situation): readonly Finding[] {
  if (!s.has('expected-principal') || s.denial.effect === 'explicit') return none
  if (s.denial.principal === null && s.denial.class !== 'bare') return none
  const named = s.told('role-named', 'role')
  // Who takes the name of the session for a role sees another one than was meant.
  const { sessionName } = s.denial
  if (sessionName !== null && named.some((role) => sessionName.startsWith(role))) return none
  const others = [...named, ...configuredRoles(s)].filter((role) => role !== s.denial.roleOrUserName)
  const [expected] = others
  return [
    finding('wrong-principal', 'possible', [act('switch-principal', 'use-other-role', { expected: expected ?? '' })], {
      why: 'expected-other',
      expected,
    }),
    ...lackBeside(s),
  ]
}

/** Roles whose ARN stands in the text: where it is one alone, it is the one that was set up. */
function configuredRoles(s: Situation): readonly string[] {
  const roles = new Set(s.told('role-arn', 'role').map((arn) => arn.slice(arn.lastIndexOf('/') + 1)))
  return roles.size === 1 && s.action?.toLowerCase() !== 'iam:passrole' ? [...roles] : []
}

/** A permission is told of a user, and a role made the call: the policies of that user count for nothing. */
export function userToldForRole(s: Situation): readonly Finding[] {
  const { principalType, effect } = s.denial
  return principalType === 'assumed-role' && effect !== 'explicit' && s.has('user-granted-told')
    ? [anotherIdentity()]
    : none
}

/** Credentials that AWS issues for an environment and restricts, or that may not assume the role of CDK. */
function unusableCredentials(s: Situation): readonly Finding[] {
  if (s.has('cloud9')) return [unusable({ why: 'cloud9-credentials' })]
  if (!s.has('caller-credentials-unusable')) return none
  const [role] = s.told('caller-credentials-unusable', 'role')
  if (s.denial.principal === null) return [unusable({ why: 'unusable-credentials' }), ...mayNotAssume(s, role)]
  // AWS's own sentence about the same call tells who asked, and what for.
  if (s.action?.toLowerCase() === 'sts:assumerole') return none
  // CDK went on without its role.
  const expected = role?.split('/').at(-1)
  return [unusable({ why: 'expected-other', expected }, { expected: expected ?? '' })]
}

const unusable = (
  facts: { readonly why: string; readonly expected?: string | undefined },
  values: Readonly<Record<string, string>> = {},
): Finding => finding('wrong-principal', 'possible', [act('switch-principal', 'use-other-role', values)], facts)

const mayNotAssume = (s: Situation, role: string | undefined): readonly Finding[] =>
  role === undefined || (s.action !== null && s.action.toLowerCase() !== 'sts:assumerole')
    ? none
    : [
        unchecked(
          s,
          finding('missing-allow', 'possible', [addToIdentity(s, ['sts:AssumeRole'], [coveringArn(role)])], {
            action: 'sts:AssumeRole',
            resource: role,
          }),
        ),
      ]

/** A service-linked role: nobody edits its policy. Where that was read, it tells by itself what the role may do. */
function serviceLinked(s: Situation): readonly Finding[] {
  if (s.denial.roleOrUserName?.startsWith('AWSServiceRoleFor') !== true || s.service === 'kms') return none
  if (s.denial.effect === 'explicit' || s.denial.policyType === 'resource-based') return none
  if (s.wasRead('identity-based')) return none
  return [
    finding(
      'wrong-principal',
      'possible',
      [act('switch-principal', 'leave-role-of-aws', { role: s.principalLabel }, { owner: 'resource-owner' })],
      { why: 'service-linked-role' },
    ),
  ]
}

/**
 * The pod has a token for a role of its own, and that role's trust policy, which was read, does not take it: the SDK
 * went on with what it found next, and that is who was refused.
 */
function tokenNotTaken(s: Situation): readonly Finding[] {
  if (!s.has('eks-token-file', 'pod-identity-set-up') || /^sts:/iu.test(s.action ?? '')) return none
  const isForTokens = s.statements('role-trust').some((one) => coversAction(one, 'sts:AssumeRoleWithWebIdentity'))
  if (!isForTokens || s.denial.effect === 'explicit') return none
  return webIdentity(s)
    .filter(({ confidence }) => confidence === 'evaluated')
    .map((one) => unchecked(s, one))
}

/** A tool was to call with a profile, and is said to call without it. */
const profileNotPassed = (s: Situation): readonly Finding[] =>
  s.has('profile-not-passed') && s.denial.principal === null && s.denial.effect !== 'explicit'
    ? [anotherIdentity(), ...lackBeside(s)]
    : none

/** A role is told of, beside the keys of a user. */
const roleMeant = ['role-named', 'instance-profile-told', 'on-server', 'lambda-at-work'] as const

/** A user's keys where a service account or a role was set up. */
function userInPlaceOfRole(s: Situation): readonly Finding[] {
  if (s.denial.effect === 'explicit') return none
  // A profile with a source takes its role with the keys of that: the user is who was meant.
  if (s.has('source-profile-told') && s.action?.toLowerCase() === 'sts:assumerole') return none
  const areKeysBlamed =
    s.has('pod-identity-set-up', 'keys-blamed') ||
    // Where AWS says why, a file that is merely named explains nothing more.
    (s.denial.policyType === null && s.has('static-keys-in-environment') && s.has(...roleMeant))
  // Whoever signs in through Identity Center calls as a role, never as a user.
  const isUser = s.denial.principalType === 'user' && (areKeysBlamed || s.has('sign-on-told'))
  // Keys in the environment beat a profile, whoever they belong to.
  const beaten = s.denial.principalType !== 'service' && s.has('environment-keys-told') && s.has('profile-told')
  if (!isUser && !beaten) return none
  return [
    finding('wrong-principal', 'possible', [act('switch-principal', 'use-other-role', {})], { why: 'static-keys' }),
    ...lackBeside(s),
  ]
}

export function wrongPrincipal(s: Situation): readonly Finding[] {
  for (const find of [
    tokenNotTaken,
    podAsNode,
    toldToBeAnother,
    profileNotPassed,
    unusableCredentials,
    serviceLinked,
    userInPlaceOfRole,
  ]) {
    const found = find(s)
    if (found.length > 0) return found
  }
  return none
}

/** Terraform reads its state before the provider takes its role or profile, with credentials of its own. */
export const backendWithoutRole = (s: Situation): readonly Finding[] =>
  s.has('terraform-state') && s.has('provider-role-told') && !s.has('backend-role-told') && s.denial.class === 'bare'
    ? [anotherIdentity(), ...lackBeside(s)]
    : none
