import type { NeighbourRow } from './neighbour-row.ts'

const codeBefore = /(?:\b[A-Z]\w{2,60}Exception\b|\bAccessDenied\b|when calling the \w{2,60} operation)[^.]{0,50}$/u
const supportBehind = /^[^\n]{0,200}(?:\(Service: |\bAWS Support\b|CloudFront resources)/u

/** Web sites say the same of the accounts of their own. */
const saidByAws = (before: string, after: string): boolean =>
  codeBefore.test(before.slice(-110)) || supportBehind.test(after)

/** RAM names the share, or answers by its own codes. */
const isOfShare = (before: string, after: string): boolean =>
  /\bAWS RAM\b|\boperation error RAM\b|\baws ram\b|\b(?:client-|aws_|services\.)ram|resource ?share|OperationNotPermittedException|UnknownResourceException/u.test(
    before.slice(-300) + after.slice(0, 300),
  )

/** Roles that a service cannot assume, and calls that AWS takes only from another account or kind of credentials. */
export const roleAndAccountRows: readonly NeighbourRow[] = [
  {
    name: 'ecs-cannot-assume-role',
    kind: 'sentence',
    class: 'other-aws',
    words: ['ecs was unable to assume the role'],
    sets: { service: 'ecs' },
    example: "ECS was unable to assume the role 'arn:aws:iam::111122223333:role/task' that was provided for this task.",
    seen: 'ECS',
  },
  {
    name: 'ecs-cannot-assume-service-role',
    kind: 'sentence',
    class: 'other-aws',
    words: ['unable to assume role and validate', 'unable to assume the configured ecs infrastructure role'],
    sets: { service: 'ecs' },
    example:
      'InvalidParameterException: Unable to assume role and validate the specified targetGroupArn. Please verify that the ECS service role being passed has the proper permissions.',
    seen: 'ECS services behind a load balancer',
  },
  {
    name: 'service-linked-role-missing',
    kind: 'sentence',
    class: 'other-aws',
    words: [
      'unable to assume the service linked role. please verify that the {word} service linked role exists',
      'unable to assume the service linked role',
      'missing necessary credentials. please check http',
      'unable to assume the service-linked role',
      'access denied when attempting to assume role arn:aws:iam::{account}:role/aws-service-role/',
      'service-linked role awsservicerolefor{any} is required',
    ],
    example: 'Unable to assume the service linked role. Please verify that the ECS service linked role exists.',
    seen: 'ECS, EC2 Auto Scaling',
  },
  {
    name: 'edge-cannot-assume-role',
    kind: 'sentence',
    class: 'other-aws',
    words: ['must be assumable with edgelambda.amazonaws.com'],
    sets: { service: 'lambda' },
    example:
      'The function execution role must be assumable with edgelambda.amazonaws.com as well as lambda.amazonaws.com principals.',
    seen: 'CloudFront with Lambda@Edge',
  },
  {
    name: 'snowflake-cannot-assume-role',
    kind: 'sentence',
    class: 'other-aws',
    words: ['error assuming aws_role'],
    sets: { service: 'sts' },
    example:
      'Error assuming AWS_ROLE. Please verify the role and externalId are configured correctly in your AWS policy.',
    seen: 'Snowflake: stages, storage integrations, external functions',
  },
  {
    name: 'cognito-pool-role',
    kind: 'sentence',
    class: 'other-aws',
    words: ['invalid identity pool configuration. check assigned iam roles', 'invalid identity pool configuration'],
    sets: { service: 'cognito-identity' },
    example:
      'InvalidIdentityPoolConfigurationException: Invalid identity pool configuration. Check assigned IAM roles for this pool.',
    seen: 'Cognito identity pools',
  },
  {
    name: 'cognito-no-guests',
    kind: 'sentence',
    class: 'other-aws',
    words: ['unauthenticated access is not supported for this identity pool'],
    sets: { service: 'cognito-identity' },
    example: 'NotAuthorizedException: Unauthenticated access is not supported for this identity pool.',
    seen: 'Cognito identity pools',
  },
  {
    name: 'cognito-other-login',
    kind: 'sentence',
    class: 'other-aws',
    words: ['access to identity {word} is forbidden', 'token is not from a supported provider of this identity pool'],
    sets: { service: 'cognito-identity' },
    example:
      "NotAuthorizedException: Access to Identity 'eu-west-1:0d0bb2a1-1111-4222-8333-444455556666' is forbidden.",
    seen: 'Cognito identity pools',
  },
  {
    name: 'cognito-other-login',
    kind: 'sentence',
    class: 'other-aws',
    words: ['invalid login token'],
    when: (before, after) => /NotAuthorizedException|cognito|identity ?pool/iu.test(before + after),
    sets: { service: 'cognito-identity' },
    example: "NotAuthorizedException: Invalid login token. Issuer doesn't match providerName",
    seen: 'Cognito identity pools',
  },
  {
    name: 'dms-role-not-ready',
    kind: 'sentence',
    class: 'other-aws',
    words: [
      'the iam role {word}/dms-{word} is not configured properly',
      'the iam role dms-{word} is not configured properly',
    ],
    sets: { service: 'dms' },
    example: 'The IAM Role arn:aws:iam::111122223333:role/dms-vpc-role is not configured properly.',
    seen: 'DMS',
  },
  {
    name: 'dms-role-not-ready',
    kind: 'sentence',
    class: 'other-aws',
    words: ['the iam role {word} is not configured properly'],
    when: (before, after) => /\bDMS\b|database migration|replication (?:instance|subnet)/iu.test(before + after),
    sets: { service: 'dms' },
    example: 'DMS: The IAM Role arn:aws:iam::111122223333:role/migration is not configured properly.',
    seen: 'DMS',
  },
  {
    name: 'cdk-no-credentials',
    kind: 'sentence',
    class: 'credential',
    words: [
      'need to perform aws calls for account {word}, but no credentials',
      'but no credentials have been configured',
      'unable to resolve aws account to use',
    ],
    example: 'Need to perform AWS calls for account 111122223333, but no credentials have been configured',
    seen: 'AWS CDK',
  },
  {
    name: 'cdk-other-account',
    kind: 'sentence',
    class: 'credential',
    words: [
      'need to perform aws calls for account {word}, but the current credentials are for',
      'but the current credentials are for',
    ],
    example: 'Need to perform AWS calls for account 111122223333, but the current credentials are for 444455556666',
    seen: 'AWS CDK',
  },
  {
    name: 'session-credentials-refused',
    kind: 'sentence',
    class: 'other-aws',
    words: [
      'cannot call getfederationtoken with session credentials',
      'cannot call getsessiontoken with session credentials',
    ],
    sets: { service: 'sts' },
    example: 'AccessDenied: Cannot call GetFederationToken with session credentials',
    seen: 'STS; Vault, aws-vault and brokers that ask it',
  },
  {
    name: 'instance-without-role',
    kind: 'sentence',
    class: 'other-aws',
    words: [
      "systems manager's instance management role is not configured",
      'instance management role is not configured',
    ],
    sets: { service: 'ssm' },
    example:
      "AccessDeniedException: Systems Manager's instance management role is not configured for account: 111122223333",
    seen: 'the Systems Manager agent',
  },
  {
    name: 'identity-is-no-role',
    kind: 'sentence',
    class: 'other-aws',
    words: ['the current aws identity is not a role'],
    sets: { service: 'sagemaker' },
    example:
      'ValueError: The current AWS identity is not a role: arn:aws:iam::111122223333:user/ann, therefore it cannot be used as a SageMaker execution role',
    seen: 'SageMaker Python SDK, get_execution_role() outside of SageMaker',
  },
  {
    name: 'account-not-administrator',
    kind: 'sentence',
    class: 'other-aws',
    words: [
      'is not an administrator for this organization',
      'because you must be a management account to perform this operation',
      'you must be a delegated administrator',
      'because the current account is not the delegated administrator',
      'are managed at the payer account level',
      'must be the management account or delegated admin account',
      "called only from the organization's management account",
      "only be called from the organization's management account",
      'called only from the management account',
      'only be called from the management account',
      'called only by the management account',
      'only be called by the management account',
      "called only from the organization's master account",
      'only be called from the master account',
    ],
    example: 'InvalidAccessException: Account 111122223333 is not an administrator for this organization',
    seen: 'Security Hub, GuardDuty and others that are run for a whole organization',
  },
  {
    name: 'account-outside-organization',
    kind: 'sentence',
    class: 'other-aws',
    words: ['your account is not a member of an organization', 'can only be made by accounts in an aws organization'],
    example: 'AWSOrganizationsNotInUseException: Your account is not a member of an organization.',
    seen: 'Organizations, Config and others that work for a whole organization',
  },
  {
    name: 'account-not-entitled',
    kind: 'sentence',
    class: 'other-aws',
    words: ['your account is not authorized to invoke this api operation'],
    example: 'AccessDeniedException: Your account is not authorized to invoke this API operation.',
    seen: 'Bedrock',
  },
  {
    name: 'account-not-entitled',
    kind: 'sentence',
    class: 'other-aws',
    words: 'access denied to api version',
    example: 'InvalidParameterValueException: Access Denied to API Version: DAX_V3',
    seen: 'DAX, in Regions and accounts that do not have it',
  },
  {
    name: 'account-not-entitled',
    kind: 'sentence',
    class: 'other-aws',
    words: 'please reach out to your support representative',
    when: (before) => /\bAccessDenied(?:Exception)?\b/u.test(before.slice(-240)),
    example:
      'AccessDeniedException: We are unable to process your request for CreateJob. Please reach out to your support representative.',
    seen: 'Deadline Cloud and other services, to accounts that are kept from a call',
  },
  {
    name: 'account-not-entitled',
    kind: 'sentence',
    class: 'other-aws',
    // The sentence of IAM names a caller; this one speaks of the account.
    words: ['your account is not authorized to', 'your account must be verified before'],
    when: saidByAws,
    example: 'AccessDenied: Your account must be verified before you can add new CloudFront resources.',
    seen: 'Q Developer, CloudFront',
  },
  {
    name: 'share-outside-organization',
    kind: 'sentence',
    class: 'other-aws',
    words: [
      'the resource you are attempting to share can only be shared within your',
      'you cannot share the resource outside your organization',
      'you do not have permission to add external',
      'organizationalunit {word} in unknown organization',
    ],
    when: isOfShare,
    sets: { service: 'ram' },
    example:
      'OperationNotPermittedException: The resource you are attempting to share can only be shared within your AWS Organization.',
    seen: 'AWS RAM',
  },
  {
    name: 'copy-outside-organization',
    kind: 'sentence',
    class: 'other-aws',
    words: [
      'source and destination account must be a member of the same organization',
      'source and destination accounts must be a member of the same organization',
      'source and destination accounts must be members of the same organization',
      'source and destination account must be in the same organization',
      'source and destination accounts must be in the same organization',
      'source and destination account must belong to the same organization',
      'source and destination accounts must belong to the same organization',
      'accounts are not in the same organization',
      'accounts do not belong to the same organization',
    ],
    when: (before, after, printed) =>
      /backup|copy job|recovery point/iu.test(before.slice(-600) + printed + after.slice(0, 300)),
    sets: { service: 'backup' },
    example: 'Copy job failed. Both source and destination account must be a member of the same organization',
    seen: 'AWS Backup, of copies into the vault of another account',
  },
]
