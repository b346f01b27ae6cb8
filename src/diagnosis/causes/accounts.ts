import { parseArn } from '../../iam/arn.ts'
import { ownValue } from '../../iam/own-value.ts'
import { finding, none, type Finding } from '../finding.ts'
import { act } from '../fixes.ts'
import type { Situation } from '../situation.ts'
import { isAdministrator } from './administrators.ts'
import { explicitDeny } from './deny.ts'
import { noMatchingAllow } from './missing-allow.ts'

/** CDK asks who it is first; where AWS does not answer that, it says that there are no credentials. */
export const cdkWithoutCredentials = (): readonly Finding[] => [
  finding('credentials-missing', 'stated', [act('not-iam', 'provide-credentials')]),
  finding('credentials-expired', 'possible', [act('session', 'sign-in-again')]),
]

/** The stack goes to another account than the credentials are of, and no role of that account could be assumed. */
export function cdkForOtherAccount(s: Situation): readonly Finding[] {
  const wanted = s.told('accounts-differ', 'wanted')[0]
  const had = s.told('accounts-differ', 'had')[0]
  return [
    finding(
      'wrong-principal',
      'stated',
      [act('switch-principal', 'use-account-credentials', { wanted: wanted ?? '', had: had ?? '', tool: 'cdk' })],
      { why: 'other-account', expected: wanted === undefined ? null : `account/${wanted}`, account: had },
    ),
  ]
}

/**
 * STS gives these out for long-term keys only, whatever the policies say.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_sts-comparison.html
 */
export const sessionCredentialsRefused = (): readonly Finding[] => [
  finding('wrong-principal', 'stated', [act('switch-principal', 'assume-role-instead')], {
    why: 'session-credentials',
  }),
]

/**
 * Credentials of GetFederationToken call nothing of IAM, and of STS only GetCallerIdentity, outside of the console.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_sts-comparison.html
 */
export function federationToken({ denial, service, action }: Situation): readonly Finding[] {
  const isKept = service === 'iam' || (service === 'sts' && action?.toLowerCase() !== 'sts:getcalleridentity')
  if (denial.principalType !== 'federated-user' || !isKept || denial.policyType !== null || denial.effect !== null)
    return none
  return [
    finding('wrong-principal', 'possible', [act('switch-principal', 'assume-role-instead')], {
      why: 'federation-token',
    }),
  ]
}

/**
 * Most of Organizations answers only its management account and delegated administrators, and tells others that they
 * lack permissions. https://docs.aws.amazon.com/organizations/latest/userguide/orgs_troubleshoot.html
 */
export function outsideManagementAccount(s: Situation): readonly Finding[] {
  if (s.has('outside-management-account') && s.denial.principal === null) return accountNotAdministrator()
  // Told beside a refusal that names the caller: it may be AWS's reason, or what its reference says of the call.
  const isDemanded =
    s.has('management-account-demanded') && s.denial.effect === null && s.denial.policyType === null && !mayCall(s)
  if (!isDemanded && (s.service !== 'organizations' || s.denial.format !== 'unspecified-action')) return none
  const account = finding('wrong-principal', 'possible', [act('switch-principal', 'call-from-management-account')], {
    why: 'member-account',
  })
  return s.action === null ? [account] : [account, noMatchingAllow(s, s.action, s.resource, 'possible')]
}

/** The caller is where the call is taken: then something else refused. */
const mayCall = (s: Situation): boolean => s.known.inManagementAccount

/** What the portal asks is of the person who signed in, in whatever account. */
const ofPortal = /^sso:(?:GetRoleCredentials|ListAccountRoles|ListAccounts|Logout)$/u

/**
 * The instance of an organization stands in its management account: elsewhere only delegated administrators see it.
 * https://docs.aws.amazon.com/singlesignon/latest/userguide/identity-center-instances.html
 */
export function outsideDirectoryAccount(s: Situation): readonly Finding[] {
  if (s.action === null || !/^(?:sso|identitystore|sso-directory):/u.test(s.action) || ofPortal.test(s.action))
    return none
  if (s.denial.policyType !== null || s.denial.effect !== null || s.wasRead('identity-based')) return none
  // The instance of the caller's own account.
  const owner = parseArn(s.denial.resource ?? '')?.account ?? ''
  if (owner !== '' && owner === s.callerAccount) return none
  const elsewhere = accountNotAdministrator().map((one) => ({ ...one, confidence: 'possible' as const }))
  const lack = noMatchingAllow(s, s.action, s.resource, 'possible')
  const forbidden = explicitDeny(s, 'service-control', 'possible')
  return isAdministrator(s) ? [...elsewhere, forbidden, lack] : [lack, ...elsewhere, forbidden]
}

/** A service that is run for the whole organization takes this from its administrator's account alone. */
export const accountNotAdministrator = (): readonly Finding[] => [
  finding('wrong-principal', 'stated', [act('switch-principal', 'call-from-management-account')], {
    why: 'member-account',
  }),
]

/** Its organization answers a call, and it has none. */
export const accountOutsideOrganization = (): readonly Finding[] => [
  finding('wrong-principal', 'stated', [act('switch-principal', 'call-from-organization')], {
    why: 'no-organization',
  }),
]

const enabling: Readonly<Record<string, string>> = {
  macie2: 'macie2 enable-macie',
  auditmanager: 'auditmanager register-account',
  detective: 'detective create-graph',
  inspector2: 'inspector2 enable --resource-types EC2 ECR LAMBDA',
  guardduty: 'guardduty create-detector --enable',
}

/** The service answers nobody in this account and Region: no permission is looked at. */
export function serviceNotEnabled({ denial: { service } }: Situation): readonly Finding[] {
  const call = ownValue(enabling, service ?? '')
  const more = call === undefined ? {} : { command: `aws ${call}` }
  return [finding('not-subscribed', 'stated', [act('not-iam', 'enable-service', {}, more)], { why: 'service-off' })]
}

/**
 * Cost Explorer is turned on once, by the payer, and stays shut to users and roles until IAM access to billing is.
 * https://docs.aws.amazon.com/cost-management/latest/userguide/ce-enable.html
 */
export const costExplorerOff = (): readonly Finding[] => [
  finding(
    'not-subscribed',
    'stated',
    [act('not-iam', 'enable-cost-explorer'), act('not-iam', 'activate-billing-access', {}, { alternative: true })],
    { why: 'cost-explorer' },
  ),
]

/**
 * The agent has no role to come with: neither the instance's own nor the account's default.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/fleet-manager-default-host-management-configuration.html
 */
export const instanceWithoutRole = (): readonly Finding[] => [
  finding(
    'credentials-missing',
    'stated',
    [
      act('not-iam', 'give-instance-role'),
      act(
        'not-iam',
        'turn-on-host-management',
        {},
        {
          alternative: true,
          command:
            'aws ssm update-service-setting --setting-id /ssm/managed-instance/default-ec2-instance-management-role --setting-value service-role/AWSSystemsManagerDefaultEC2InstanceManagementRole',
        },
      ),
    ],
    { workload: 'ec2-instance', why: 'no-instance-role' },
  ),
]

/** The sentence speaks of the account: whether it may call this is AWS's decision. */
export const accountNotEntitled = (s: Situation): readonly Finding[] => [
  finding('not-subscribed', 'stated', [act('not-iam', 'ask-aws-support', {}, { owner: 'aws' })], {
    errorCode: s.denial.errorCode,
    why: 'not-entitled',
  }),
]

/** The account itself is stopped: what a bill, a verification or a misuse of it left to AWS. */
export const accountBlocked = (s: Situation): readonly Finding[] => [
  finding('not-subscribed', 'stated', [act('not-iam', 'ask-aws-support', {}, { owner: 'aws' })], {
    errorCode: s.denial.errorCode,
    why: 'account-blocked',
  }),
]

/** `get_execution_role()` reads the role of the notebook that it runs in; elsewhere there is none to read. */
export const identityIsNoRole = (): readonly Finding[] => [
  finding('wrong-principal', 'stated', [act('switch-principal', 'name-execution-role')], { why: 'not-a-role' }),
]

/** An identity that belongs to a login, asked for without that login. */
export const loginOfIdentity = (): readonly Finding[] => [
  finding('other-system', 'stated', [act('not-iam', 'send-login-of-identity')], { system: 'identity-pool' }),
]

/** An identity pool that admits nobody who has not signed in. */
export const guestsRefused = (): readonly Finding[] => [
  finding('other-system', 'stated', [act('not-iam', 'sign-in-to-identity-pool')], { system: 'identity-pool' }),
]
