import type { Fix } from '../../remedy/fix.ts'
import { finding, type Finding } from '../finding.ts'
import { act, allowTo } from '../fixes.ts'
import type { Situation } from '../situation.ts'
import { onTrust } from './service-trust.ts'

/**
 * Snowflake comes as an IAM user of its own account and always sends the external id of the integration.
 * https://docs.snowflake.com/en/user-guide/data-load-s3-config-storage-integration
 */
export const snowflakeFixes = (s: Situation, role: string): readonly Fix[] => [
  onTrust(
    role,
    allowTo({ AWS: s.principalArn ?? '<SnowflakeIamUserArn>' }, ['sts:AssumeRole'], [], {
      StringEquals: { 'sts:ExternalId': '<SnowflakeExternalId>' },
    }),
  ),
  act('other', 'read-snowflake-integration'),
]

export const snowflakeCannotAssume = (s: Situation): readonly Finding[] => {
  const role = s.told('role-arn', 'role')[0] ?? '<RoleArn>'
  return [finding('trust-policy', 'possible', snowflakeFixes(s, role), { role, principal: 'Snowflake' })]
}

/**
 * Stack sets reach into an account as the administration role, and that is whom the role there trusts.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-prereqs-self-managed.html
 */
export const stackSetCannotAssume = (s: Situation): readonly Finding[] => {
  const role = s.told('stack-set-roles', 'role')[0] ?? 'AWSCloudFormationStackSetExecutionRole'
  const trusted = s.told('stack-set-roles', 'trusted')[0] ?? 'AWSCloudFormationStackSetAdministrationRole'
  const administrator = trusted.startsWith('arn:')
    ? trusted
    : `arn:${s.partition}:iam::<AdministratorAccountId>:role/${trusted}`
  return [
    finding('trust-policy', 'possible', [onTrust(role, allowTo({ AWS: administrator }, ['sts:AssumeRole'], []))], {
      role,
      principal: `role/${trusted.split('/').at(-1) ?? ''}`,
    }),
  ]
}
