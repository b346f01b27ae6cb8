import type { PolicyType } from '../iam/policy-type.ts'
import type { ReplyDiagnosis } from './schema.ts'

/** Names and ids as IAM and S3 allow them need no quoting; anything else becomes a placeholder. */
const safe = (value: string | null | undefined, placeholder: string): string =>
  value != null && /^[A-Za-z0-9+=,.@_-]{1,128}$/u.test(value) ? value : `'<${placeholder}>'`

/** The command that shows a policy type which was not read; none where it cannot be shown by one. */
const commands: { readonly [T in PolicyType]?: (diagnosis: ReplyDiagnosis) => string | null } = {
  'service-control': ({ denial }) =>
    `aws organizations list-policies-for-target --filter SERVICE_CONTROL_POLICY --target-id ${safe(denial.accountId, 'AccountId')}`,
  'resource-control': ({ requests, denial }) =>
    `aws organizations list-policies-for-target --filter RESOURCE_CONTROL_POLICY --target-id ${safe(requests[0]?.resourceAccount ?? denial.accountId, 'AccountId')}`,
  'vpc-endpoint': () => "aws ec2 describe-vpc-endpoints --query 'VpcEndpoints[].[VpcEndpointId,PolicyDocument]'",
  'permissions-boundary': ({ denial: { principalType, roleOrUserName } }) => {
    // The name of a federated user is a label, and no user's.
    if (principalType === 'federated-user')
      return `aws iam get-user --user-name ${safe(null, 'UserName')} --query User.PermissionsBoundary`
    return principalType === 'user'
      ? `aws iam get-user --user-name ${safe(roleOrUserName, 'UserName')} --query User.PermissionsBoundary`
      : `aws iam get-role --role-name ${safe(roleOrUserName, 'RoleName')} --query Role.PermissionsBoundary`
  },
  'resource-based': ({ requests }) => {
    const bucket = /^arn:aws[a-z-]*:s3:::([^/]+)/u.exec(requests[0]?.resource ?? '')?.[1]
    return bucket === undefined ? null : `aws s3api get-bucket-policy --bucket ${safe(bucket, 'BucketName')}`
  },
}

export const commandsToSee = (unread: readonly PolicyType[], diagnosis: ReplyDiagnosis): readonly string[] =>
  unread.flatMap((type) => commands[type]?.(diagnosis) ?? [])
