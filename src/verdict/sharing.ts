/**
 * Services whose resources take policies that let principals of other accounts in, by IAM prefix; roles
 * have their trust policies.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html
 */
const withResourcePolicies: ReadonlySet<string> = new Set(
  'acm-pca aps backup bedrock bedrock-agentcore cloudtrail codeartifact codebuild comprehend dynamodb ecr ecr-public elasticfilesystem es events execute-api glacier glue kafka kinesis kinesisvideo kms lambda lex logs mediastore network-firewall osis payment-cryptography redshift redshift-serverless refactor-spaces rekognition rum s3 s3-object-lambda s3-outposts s3express s3tables s3vectors sagemaker schemas secretsmanager serverlessrepo servicediscovery ses signer sms-voice sns sqs ssm ssm-contacts ssm-incidents sts vpc-lattice xray'.split(
    ' ',
  ),
)

/**
 * Services whose resources are shared in other ways, as subnets, images and snapshots are: the caller's policy names
 * a resource of the other account, and no policy of the resource does. So it is with what an organization has once,
 * in its management account, where a delegated administrator asks for it.
 * https://docs.aws.amazon.com/ram/latest/userguide/shareable.html
 */
const sharedOtherwise: ReadonlySet<string> = new Set(
  'account appmesh appsync billing cloudhsm datazone docdb-elastic ec2 fsx identitystore imagebuilder license-manager networkmanager oam organizations outposts pca-connector-ad ram rds resource-explorer-2 resource-groups route53 route53profiles route53resolver servicecatalog'.split(
    ' ',
  ),
)

/** How a resource lets in callers of another account; `none`: only a principal of its own account gets there. */
export const sharingOf = (service: string): 'resource-policy' | 'share' | 'none' =>
  withResourcePolicies.has(service) ? 'resource-policy' : sharedOtherwise.has(service) ? 'share' : 'none'

/** Services of which nothing is known to be shared at all, in whatever way: what is new is in none of these lists. */
const unshared: ReadonlySet<string> = new Set(
  'access-analyzer athena autoscaling batch cloudformation codedeploy codepipeline cognito-idp ecs eks elasticache elasticbeanstalk elasticmapreduce firehose iam states'.split(
    ' ',
  ),
)
const unsharedOfEc2 = /^(?:instance|volume|key-pair|launch-template|natgateway|internet-gateway)\//u

/**
 * Whether no policy and no share lets a principal of another account at it, so that only a role there does.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies-cross-account-resource-access.html
 */
export const isUnshared = (service: string, resource: string | null): boolean =>
  unshared.has(service) || (service === 'ec2' && resource !== null && unsharedOfEc2.test(resource))
