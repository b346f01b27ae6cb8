import { parseArn } from '../../iam/arn.ts'
import { shellLine } from '../../remedy/commands/shell.ts'
import type { Fix } from '../../remedy/fix.ts'
import { finding, none, type Finding } from '../finding.ts'
import { act } from '../fixes.ts'
import type { Situation } from '../situation.ts'
import { noMatchingAllow } from './missing-allow.ts'

/**
 * A private hosted zone and a VPC of two accounts: that of the zone authorizes, that of the VPC associates.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zone-private-associate-vpcs-different-accounts.html
 */
const bothAccounts = (s: Situation): readonly Fix[] => {
  const zone = s.told('vpc-association-told', 'zone')[0] ?? '<HostedZoneId>'
  const vpc = vpcIn(s.denial.resource) ?? s.told('vpc-association-told', 'vpc')[0] ?? '<VpcId>'
  const call = (operation: string): string =>
    shellLine([
      ...['aws', 'route53', operation, '--hosted-zone-id', zone],
      ...['--vpc', `VPCRegion=${s.region ?? s.told('region-named', 'region')[0] ?? '<Region>'},VPCId=${vpc}`],
    ])
  return [
    act('not-iam', 'authorize-vpc-association', {}, { command: call('create-vpc-association-authorization') }),
    act('switch-principal', 'associate-from-vpc-account', {}, { command: call('associate-vpc-with-hosted-zone') }),
  ]
}

const vpcIn = (resource: string | null): string | null => /:vpc\/(vpc-\w+)$/u.exec(resource ?? '')?.[1] ?? null

/** What Route 53 says itself. */
export const associationUnauthorized = (s: Situation): readonly Finding[] => [
  finding('other-system', 'stated', bothAccounts(s), { system: 'service' }),
]

/** The same code in words of IAM: the ARN of the VPC gets the caller's account, whosever the VPC is. */
export function foreignVpc(s: Situation): readonly Finding[] {
  const { denial, action } = s
  if (action === null || action.toLowerCase() !== 'route53:associatevpcwithhostedzone') return none
  if (denial.policyType !== null || denial.effect !== null || vpcIn(denial.resource) === null) return none
  if (!/^NotAuthorized/u.test(denial.errorCode ?? '') || parseArn(denial.resource ?? '')?.service !== 'ec2') return none
  return [
    finding('wrong-principal', 'possible', bothAccounts(s), { why: 'other-account' }),
    noMatchingAllow(s, action, s.resource, 'possible'),
  ]
}
