import type { ClueShape } from '../clue-shape.ts'

/** Of the role of a service, which lacks a permission. */
export const serviceRoleSentences = [
  {
    kind: 'service-role-lacks',
    phrases: ['error occurred while sending message to sqs queue'],
    values: { action: 'sqs:SendMessage', placeholder: 'PipeRoleName' },
    standsAlone: true,
    seen: 'EventBridge Pipes, of the dead-letter queue of a source',
    example: 'Error occurred while sending message to SQS queue: arn:aws:sqs:eu-west-2:111122223333:late',
  },
  {
    kind: 'service-role-lacks',
    phrases: [
      'error occurred while publishing message to sns topic',
      'error occurred while sending message to sns topic',
    ],
    values: { action: 'sns:Publish', placeholder: 'PipeRoleName' },
    standsAlone: true,
    seen: 'EventBridge Pipes, of the dead-letter topic of a source',
    example: 'Error occurred while publishing message to SNS topic: arn:aws:sns:eu-west-2:111122223333:late',
  },
  {
    kind: 'service-role-lacks',
    phrases: ['no_read_access_to_input', 'data access role does not have proper access to the input'],
    values: { action: 's3:GetObject', placeholder: 'DataAccessRoleName' },
    standsAlone: true,
    seen: 'Comprehend',
    example: 'NO_READ_ACCESS_TO_INPUT: The provided data access role does not have proper access to the input data.',
  },
  {
    kind: 'service-role-lacks',
    phrases: ['no_write_access_to_output', 'data access role does not have write access to the output'],
    values: { action: 's3:PutObject', placeholder: 'DataAccessRoleName' },
    standsAlone: true,
    seen: 'Comprehend',
    example:
      'NO_WRITE_ACCESS_TO_OUTPUT: The provided data access role does not have write access to the output S3 URI.',
  },
  {
    kind: 'service-role-lacks',
    phrases: [
      'role does not have permissions to call',
      'role does not have permission to call',
      'does not have permissions to call',
    ],
    capture: /permissions? to call (?<operation>[A-Za-z0-9]{1,60})(?: on (?<service>[A-Za-z0-9 ]{1,30}))?/u,
    standsAlone: true,
    seen: 'Lambda, Step Functions, MSK',
    example: 'The provided execution role does not have permissions to call CreateNetworkInterface on EC2',
  },
  {
    kind: 'service-role-lacks',
    phrases: [
      'access denied when calling bedrock. check your request permissions',
      'access denied while trying to create/update an agent',
    ],
    values: { of: 'bedrock-agent', placeholder: 'AgentRoleName' },
    standsAlone: true,
    seen: 'agents of Bedrock, which call models as their own role',
    example: 'Access denied when calling Bedrock. Check your request permissions and retry the request.',
  },
  {
    kind: 'service-role-lacks',
    phrases: ['aws backup does not have permission to describe resource arn:'],
    capture:
      /describe resource (?<backedUp>arn:[\w-]{3,20}:[a-z0-9-]{2,30}:[^\s"'`,;]{2,400}?)(?=[.,;]?(?:\s|$|["'`]))/u,
    values: { placeholder: 'BackupRoleName' },
    standsAlone: true,
    seen: 'AWS Backup, of the role that a job was given, and what it was to back up',
    example:
      'Your backup job failed as AWS Backup does not have permission to describe resource arn:aws:dynamodb:eu-west-1:111122223333:table/Orders. Please review',
  },
  {
    kind: 'service-role-lacks',
    phrases: [
      'consult the permissions associated with your aws backup role',
      'aws backup does not have permission to describe resource',
    ],
    values: { placeholder: 'BackupRoleName' },
    standsAlone: true,
    seen: 'AWS Backup, of the role that a job was given',
    example: 'Your backup job failed as AWS Backup does not have permission to describe resource arn:aws:s3:::docs.',
  },
  {
    kind: 'service-role-lacks',
    phrases: ['ensure the role can perform the', 'ensure that the role can perform the'],
    capture:
      /role can perform the (?<operation>[A-Za-z]{1,60})(?<more>(?:,? (?:and )?[A-Z][A-Za-z]{1,60}){0,8}?) Actions?/u,
    standsAlone: true,
    seen: 'Lambda event source mappings',
    example:
      'Please ensure the role can perform the GetRecords, GetShardIterator, and DescribeStream Actions on your stream in IAM.',
  },
  {
    kind: 'service-role-lacks',
    phrases: [
      'role must have permissions to',
      'role arn does not have required permissions',
      'does not give you permission to perform operations in the following aws service',
    ],
    standsAlone: true,
    seen: 'API Gateway, CloudWatch, CodeDeploy',
    example: 'CloudWatch Logs role must have permissions to write',
  },
  {
    kind: 'service-role-lacks',
    phrases: ['have sufficient permissions: ', 'have sufficient permissions to '],
    capture:
      /\brole\b[^.\n]{0,160}?not have sufficient permissions[^\n]{0,160}?\bService: {0,2}(?<service>[A-Za-z][A-Za-z0-9 ]{1,40}), {0,2}Action: {0,2}(?<operation>[A-Z][A-Za-z0-9]{2,60})\b/u,
    before: 190,
    values: { placeholder: 'ServiceRoleName' },
    standsAlone: true,
    seen: 'CodePipeline, of what it deploys to',
    example:
      'The provided role does not have sufficient permissions: Failed to deploy application. Service:AWSLambda, Action: UpdateAlias',
  },
  {
    kind: 'service-role-lacks',
    phrases: ['required permissions on source: ', 'required permissions on target: ', 'required permissions: '],
    capture:
      /\brole\b[^.\n]{0,160}?(?:not have|lacks) (?:the )?required permissions(?: on (?:source|target|enrichment))?: {0,2}(?<action>[a-z0-9-]{2,30}:[A-Za-z]{2,60})\b/iu,
    before: 190,
    standsAlone: true,
    seen: 'EventBridge Pipes',
    example:
      'The execution role arn:aws:iam::111122223333:role/relay does not have the required permissions on source: kinesis:GetRecords',
  },
  {
    kind: 'service-role-lacks',
    phrases: ['ensure that the access policy for the role', 'ensure the access policy for the role'],
    capture:
      /access policy for (?:the )?role\b[^\n]{0,300}? allows (?<action>[a-z0-9-]{2,30}:[A-Za-z]{2,60})\b(?: on (?:the )?bucket ["'`]?(?<bucket>[a-z0-9](?:[a-z0-9.-]{0,61}[a-z0-9])?))?/iu,
    standsAlone: true,
    seen: 'Data Firehose',
    example:
      'Access was denied. Ensure that the access policy for the role arn:aws:iam::111122223333:role/stream allows s3:PutObject on bucket lake.',
  },
  {
    kind: 'service-role-lacks',
    phrases: ['access denied trying to call aws backup service role'],
    values: { placeholder: 'BackupRoleName' },
    standsAlone: true,
    seen: 'AWS Backup, of the role that a job was given',
    example: 'Your backup job failed: Access Denied trying to call AWS Backup service role',
  },
  {
    kind: 'service-role-lacks',
    phrases: ['errors accessdenied '],
    capture: /ERRORS AccessDenied [^\n]{0,200}?\b(?:Message|Operation|Path)=/u,
    values: { service: 's3', placeholder: 'TransferRoleName' },
    standsAlone: true,
    seen: 'Transfer Family, of the role of the user who signed in',
    example: 'ERRORS AccessDenied Message="Access denied" Operation=CLOSE Path=/amzn-s3-demo-bucket/in/a.csv',
  },
  {
    kind: 'service-role-lacks',
    phrases: ['access denied while accessing '],
    capture: /access denied while accessing [A-Za-z0-9 ,]{2,120} using role ["'`]/iu,
    values: { placeholder: 'ServiceRoleName' },
    standsAlone: true,
    seen: 'Elastic Beanstalk',
    example:
      'Access denied while accessing Auto Scaling and Elastic Load Balancing using role "arn:aws:iam::111122223333:role/beanstalk". Verify the role policy.',
  },
  {
    kind: 'service-role-lacks',
    phrases: [
      'have required permission',
      'have the required permission',
      'have the permissions required',
      'have the permission required',
      'have sufficient permission',
      'have the necessary permission',
      'have necessary permission',
      'have permissions to perform this action',
      'insufficient ec2 permissions',
      'insufficient permissions',
    ],
    capture:
      /\brole\b[^.\n]{0,160}?(?:(?:not|n't) have|has|lacks) (?:the )?(?:required|sufficient|necessary|insufficient)? ?(?:(?<service>ec2) )?permissions?/iu,
    before: 190,
    standsAlone: true,
    seen: 'AWS Backup, CodePipeline, EMR, VPC flow logs',
    example: 'The IAM role for your flow log does not have sufficient permissions to send flow log records',
  },
  {
    kind: 'crawler-target-refused',
    phrases: ['user does not have access to target'],
    capture: /access to target (?<target>s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](?:\/[^\s"'`,;]{0,900})?)?/iu,
    standsAlone: true,
    seen: 'crawlers of Glue',
    example: 'ERROR : User does not have access to target s3://amzn-s3-demo-lake/sales',
  },
  {
    kind: 'service-role-lacks',
    phrases: ['sufficient permissions for s3 location'],
    capture: /permissions for s3 location (?:s3:\/\/)?(?<location>[a-z0-9][a-z0-9.-]{2,62}(?:\/[\w./-]{0,200}\w)?)/u,
    standsAlone: true,
    seen: 'MWAA',
    example: 'Provided role does not have sufficient permissions for s3 location airflow-orders/dags',
  },
  {
    kind: 'service-role-lacks',
    phrases: ['ensure that the role has "', "ensure that the role has '"],
    capture: /role has ["'](?<action>[a-z0-9-]{2,30}:[A-Za-z]{2,60})["'] permissions?/u,
    standsAlone: true,
    seen: 'SageMaker',
    example: 'Could not access model data. Also ensure that the role has "s3:GetObject" permissions',
  },
  {
    kind: 'service-role-lacks',
    phrases: ['ensure bucket access role '],
    capture:
      /(?:\bin bucket (?<bucket>[a-z0-9](?:[a-z0-9.-]{0,61}[a-z0-9])?)\. access denied\. )?ensure bucket access role (?:(?<role>arn:[\w:/+=,.@-]{10,200}) )?has (?<action>[a-z0-9-]{2,30}:[A-Za-z]{2,60}) permission/iu,
    before: 120,
    values: { placeholder: 'BucketAccessRoleName' },
    standsAlone: true,
    seen: 'DataSync',
    example: 'Access denied. Ensure bucket access role has s3:ListBucket permission.',
  },
  {
    kind: 'model-image-unread',
    phrases: ['that the execution role used to create the model has permissions to access them'],
    standsAlone: true,
    seen: 'SageMaker endpoints',
    example:
      'Please make sure all images included in the model exist, and that the execution role used to create the model has permissions to access them.',
  },
  {
    kind: 'permissions-printed',
    phrases: ['iam permissions ', 'ensure the iam role or user you are using has '],
    capture:
      /(?:permissions|using has) (?<actions>[a-z0-9-]{2,30}:[a-z*]{2,60}(?:, [a-z0-9-]{2,30}:[a-z*]{2,60}){0,8},? and [a-z0-9-]{2,30}:[a-z*]{2,60}) (?:permissions|are required to tag AWS::\w{2,40}::(?<type>\w{2,60}))/iu,
    standsAlone: false,
    seen: 'CloudFormation, FSx',
    example:
      'IAM permissions lambda:ListTags and lambda:TagResource are required to tag AWS::Lambda::Function resources',
  },
  {
    kind: 'service-role-lacks',
    phrases: ['vpc_client_error: unexpected ec2 error: unauthorizedoperation'],
    values: { operation: 'CreateNetworkInterface', service: 'EC2' },
    standsAlone: true,
    seen: 'CodeBuild in a VPC',
    example: 'VPC_CLIENT_ERROR: Unexpected EC2 error: UnauthorizedOperation',
  },
  {
    kind: 'service-role-lacks',
    phrases: ['is not authorized to create managed-rule'],
    values: {
      actions: 'events:PutRule events:PutTargets events:DescribeRule',
      resource: 'rule/StepFunctionsGetEventsFor*',
    },
    standsAlone: true,
    seen: 'Step Functions, for tasks that run to their end',
    example: "'arn:aws:iam::111122223333:role/flow' is not authorized to create managed-rule.",
  },
  {
    kind: 'gdal-refused',
    phrases: ['/vsis3/'],
    capture: /\/vsis3\/(?<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\/[^\n]{0,200}?\b403\b/u,
    standsAlone: true,
    seen: 'GDAL and rasterio',
    example: 'HTTP response code on /vsis3/imagery/a.tif: 403',
  },
  {
    kind: 'instance-profile-absent',
    phrases: ['associated with the environment does not exist'],
    capture:
      /instance profile ["'`]?(?<profile>[\w+=,.@-]{1,128})["'`]? associated with the environment does not exist/iu,
    before: 150,
    standsAlone: true,
    seen: 'Elastic Beanstalk',
    example: 'The instance profile aws-elasticbeanstalk-ec2-role associated with the environment does not exist.',
  },
  {
    kind: 'application-code-unread',
    phrases: ['unable to get the specified filekey'],
    capture:
      /unable to get the specified fileKey: {0,3}(?<key>[^\s"'`]{1,500}) in the specified bucket: {0,3}(?<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])?/iu,
    standsAlone: true,
    seen: 'Managed Service for Apache Flink',
    example:
      'Please check the role provided or validity of S3 location you provided. We are unable to get the specified fileKey: app.jar in the specified bucket: amzn-s3-demo-code',
  },
] as const satisfies readonly ClueShape[]
