/** A page of AWS's documentation that states a rule. */
export interface Reference {
  readonly title: string
  readonly url: string
}

/** Every AWS page that the catalogue points to, once. */
export const references = {
  accessDenied: {
    title: 'Troubleshoot access denied error messages',
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html',
  },
  evaluationLogic: {
    title: 'Policy evaluation logic',
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html',
  },
  actionTables: {
    title: 'Actions, resources, and condition keys for AWS services',
    url: 'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html',
  },
  resourceElement: {
    title: 'IAM JSON policy elements: Resource',
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html',
  },
  principalElement: {
    title: 'AWS JSON policy elements: Principal',
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
  },
  conditionElement: {
    title: 'IAM JSON policy elements: Condition',
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html',
  },
  conditionKeys: {
    title: 'AWS global condition context keys',
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html',
  },
  arns: {
    title: 'Identify AWS resources with Amazon Resource Names (ARNs)',
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html',
  },
  boundaries: {
    title: 'Permissions boundaries for IAM entities',
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html',
  },
  sessionPolicies: {
    title: 'Policies and permissions in AWS Identity and Access Management',
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html',
  },
  passRole: {
    title: 'Grant a user permissions to pass a role to an AWS service',
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html',
  },
  serviceLinkedRole: {
    title: 'Create a service-linked role',
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html',
  },
  sessionTags: {
    title: 'Pass session tags in AWS STS',
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html',
  },
  oidcRole: {
    title: 'Create a role for OpenID Connect federation',
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html',
  },
  troubleshootRoles: {
    title: 'Troubleshoot IAM roles',
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_roles.html',
  },
  troubleshootGeneral: {
    title: 'Troubleshoot IAM',
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html',
  },
  crossAccount: {
    title: 'Cross account resource access in IAM',
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies-cross-account-resource-access.html',
  },
  mfa: {
    title: 'Secure API access with MFA',
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html',
  },
  policyVersions: {
    title: 'Versioning IAM policies',
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-versioning.html',
  },
  policyGrammar: {
    title: 'Grammar of the IAM JSON policy language',
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html',
  },
  attachPolicies: {
    title: 'Adding and removing IAM identity permissions',
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_manage-attach-detach.html',
  },
  iamQuotas: {
    title: 'IAM and AWS STS quotas',
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html',
  },
  temporaryCredentials: {
    title: 'Temporary security credentials in IAM',
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp.html',
  },
  accessKeys: {
    title: 'Manage access keys for IAM users',
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html',
  },
  instanceRoles: {
    title: 'Use an IAM role to grant permissions to applications running on Amazon EC2 instances',
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-ec2.html',
  },
  signature: {
    title: 'Troubleshoot Signature Version 4 signing for AWS API requests',
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html',
  },
  cliConfiguration: {
    title: 'Configuration and credential file settings in the AWS CLI',
    url: 'https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html',
  },
  credentialProviders: {
    title: 'AWS SDKs and Tools standardized credential providers',
    url: 'https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html',
  },
  quarantine: {
    title: 'AWSCompromisedKeyQuarantineV3',
    url: 'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCompromisedKeyQuarantineV3.html',
  },
  s3Actions: {
    title: 'Required permissions for Amazon S3 API operations',
    url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html',
  },
  s3Denied: {
    title: 'Troubleshoot access denied (403 Forbidden) errors in Amazon S3',
    url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html',
  },
  s3PublicAccess: {
    title: 'Blocking public access to your Amazon S3 storage',
    url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html',
  },
  s3Ownership: {
    title: 'Controlling ownership of objects and disabling ACLs for your bucket',
    url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html',
  },
  s3RequesterPays: {
    title: 'Using Requester Pays general purpose buckets for storage transfers and usage',
    url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/RequesterPaysBuckets.html',
  },
  s3AccessPoints: {
    title: 'Configuring IAM policies for using access points',
    url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html',
  },
  s3Express: { title: 'CreateSession', url: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateSession.html' },
  s3HeadObject: { title: 'HeadObject', url: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html' },
  s3Kms: {
    title: 'Using server-side encryption with AWS KMS keys (SSE-KMS)',
    url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html',
  },
  s3Regions: {
    title: 'Methods for accessing an Amazon S3 general purpose bucket',
    url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-bucket-intro.html',
  },
  keyPolicies: {
    title: 'Key policies in AWS KMS',
    url: 'https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html',
  },
  kmsTroubleshooting: {
    title: 'Troubleshooting AWS KMS permissions',
    url: 'https://docs.aws.amazon.com/kms/latest/developerguide/policy-evaluation.html',
  },
  kmsOtherAccounts: {
    title: 'Allowing users in other accounts to use a KMS key',
    url: 'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html',
  },
  scps: {
    title: 'Service control policies (SCPs)',
    url: 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html',
  },
  scpEvaluation: {
    title: 'SCP evaluation',
    url: 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html',
  },
  rcps: {
    title: 'Resource control policies (RCPs)',
    url: 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html',
  },
  endpointPolicies: {
    title: 'Control access to VPC endpoints using endpoint policies',
    url: 'https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html',
  },
  dynamodbIdentity: {
    title: 'Using identity-based policies with Amazon DynamoDB',
    url: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/using-identity-based-policies.html',
  },
  parameterStore: {
    title: 'Restricting access to Parameter Store parameters using IAM policies',
    url: 'https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-access.html',
  },
  logsIdentity: {
    title: 'Using identity-based policies (IAM policies) for CloudWatch Logs',
    url: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-identity-based-access-control-cwl.html',
  },
  logsDelivery: {
    title: 'Enable logging from AWS services',
    url: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-and-resource-policy.html',
  },
  secretsAccess: {
    title: 'Authentication and access control for AWS Secrets Manager',
    url: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access.html',
  },
  glueArns: {
    title: 'Specifying AWS Glue resource ARNs',
    url: 'https://docs.aws.amazon.com/glue/latest/dg/glue-specifying-resource-arns.html',
  },
  lambdaExecutionRole: {
    title: 'Defining Lambda function permissions with an execution role',
    url: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html',
  },
  eventBridgePolicies: {
    title: 'Using resource-based policies for Amazon EventBridge',
    url: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html',
  },
  ecsExecutionRole: {
    title: 'Amazon ECS task execution IAM role',
    url: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html',
  },
  ecsTaskRole: {
    title: 'Amazon ECS task IAM role',
    url: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html',
  },
  irsa: {
    title: 'IAM roles for service accounts',
    url: 'https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html',
  },
  podIdentity: {
    title: 'Learn how EKS Pod Identity grants pods access to AWS services',
    url: 'https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html',
  },
  kubernetesAccess: {
    title: 'Grant IAM users and roles access to Kubernetes APIs',
    url: 'https://docs.aws.amazon.com/eks/latest/userguide/grant-k8s-access.html',
  },
  bedrockModels: {
    title: 'Access Amazon Bedrock foundation models',
    url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/model-access.html',
  },
  lakeFormation: {
    title: 'Lake Formation permissions reference',
    url: 'https://docs.aws.amazon.com/lake-formation/latest/dg/lf-permissions-reference.html',
  },
  openSearch: {
    title: 'Fine-grained access control in Amazon OpenSearch Service',
    url: 'https://docs.aws.amazon.com/opensearch-service/latest/developerguide/fgac.html',
  },
  dataAccess: {
    title: 'Data access control for Amazon OpenSearch Serverless',
    url: 'https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-data-access.html',
  },
  apiGateway: {
    title: 'Control and manage access to REST APIs in API Gateway',
    url: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-to-api.html',
  },
  permissionSets: {
    title: 'Manage AWS accounts with permission sets',
    url: 'https://docs.aws.amazon.com/singlesignon/latest/userguide/permissionsetsconcept.html',
  },
  optInRegions: {
    title: 'Enable or disable AWS Regions in your account',
    url: 'https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html',
  },
  retries: {
    title: 'Retry behavior',
    url: 'https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html',
  },
  quotas: { title: 'AWS service quotas', url: 'https://docs.aws.amazon.com/general/latest/gr/aws_service_limits.html' },
  marketplace: {
    title: 'Controlling access to AWS Marketplace subscriptions',
    url: 'https://docs.aws.amazon.com/marketplace/latest/buyerguide/buyer-iam-users-groups-policies.html',
  },
  decode: {
    title: 'decode-authorization-message',
    url: 'https://docs.aws.amazon.com/cli/latest/reference/sts/decode-authorization-message.html',
  },
} as const satisfies Readonly<Record<string, Reference>>
