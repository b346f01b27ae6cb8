import { isHiddenName } from '../iam/hidden-name.ts'
import { askedIn, policyCommandFor } from '../diagnosis/look-ups.ts'
import { isAccountId } from '../iam/arn.ts'
import type { PolicyType } from '../iam/policy-type.ts'
import type { ReplyDiagnosis } from './schema.ts'

/** Names and ids as IAM and S3 allow them need no quoting; anything else becomes a placeholder. */
const safe = (value: string | null | undefined, placeholder: string): string =>
  value != null && /^[A-Za-z0-9+=,.@_-]{1,128}$/u.test(value) && !isHiddenName(value) ? value : `'<${placeholder}>'`

/** What was redacted or misspelt is no account. */
const account = (id: string | null | undefined): string => safe(isAccountId(id ?? null) ? id : null, 'AccountId')

/** Where it is in another account that nobody named, it is not in the caller's. */
const ownerOf = ({ requests, denial, verdict }: ReplyDiagnosis): string | null | undefined =>
  requests[0]?.resourceAccount ??
  (verdict?.assumptions.some(({ code }) => code === 'resource-in-another-account') === true ? null : denial.accountId)

/** AWS names the very policy in newer messages. */
function named(policyArn: string | null, type: 'service' | 'resource'): string | null {
  const [, kind, id] =
    /^arn:[^:/]{1,20}:organizations::[^/]{1,40}\/(?:o-\w{1,40}\/)?(service|resource)_control_policy\/(p-\w{8,128})$/u.exec(
      policyArn ?? '',
    ) ?? []
  return kind !== type || id === undefined
    ? null
    : `aws organizations describe-policy --policy-id ${id} --query Policy.Content --output text`
}

/** The command that shows a policy type which was not read; none where it cannot be shown by one. */
const commands: { readonly [T in PolicyType]?: (diagnosis: ReplyDiagnosis) => string | null } = {
  'service-control': ({ denial }) =>
    named(denial.policyArn, 'service') ??
    `aws organizations list-policies-for-target --filter SERVICE_CONTROL_POLICY --target-id ${account(denial.accountId)}`,
  'resource-control': (diagnosis) =>
    named(diagnosis.denial.policyArn, 'resource') ??
    `aws organizations list-policies-for-target --filter RESOURCE_CONTROL_POLICY --target-id ${account(ownerOf(diagnosis))}`,
  'vpc-endpoint': ({ denial }) =>
    askedIn("aws ec2 describe-vpc-endpoints --query 'VpcEndpoints[].[VpcEndpointId,PolicyDocument]'", denial.region),
  'permissions-boundary': ({ denial: { principalType, roleOrUserName } }) => {
    // The name of a federated user is a label, and no user's.
    if (principalType === 'federated-user')
      return `aws iam get-user --user-name ${safe(null, 'UserName')} --query User.PermissionsBoundary`
    return principalType === 'user'
      ? `aws iam get-user --user-name ${safe(roleOrUserName, 'UserName')} --query User.PermissionsBoundary`
      : `aws iam get-role --role-name ${safe(roleOrUserName, 'RoleName')} --query Role.PermissionsBoundary`
  },
  'resource-based': ({ requests }) => policyCommandFor(requests[0]?.resource ?? null),
}

export const commandsToSee = (unread: readonly PolicyType[], diagnosis: ReplyDiagnosis): readonly string[] =>
  unread.flatMap((type) => commands[type]?.(diagnosis) ?? [])
