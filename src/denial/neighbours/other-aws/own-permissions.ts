import type { NeighbourRow } from '../neighbour-row.ts'

/** A call of an API of AWS, which no authorizer of the reader's answers. */
const isOfAwsCall = (before: string): boolean =>
  /when calling the \w{1,80} operation: (?:User is )?$/iu.test(before.slice(-120))

/** API Gateway says `User is`; of the current user or of this one applications speak. */
const isUserAlone = (before: string): boolean =>
  !/\b(?:current|this|that|the|your|authenticated) user is $/iu.test(before.slice(-40))

/** `https://<id>.lambda-url.<region>.on.aws` */
const functionUrl = /\.lambda-url\.[a-z]{2}[a-z-]{1,20}-\d\.on\.aws\b/iu
const isOfFunctionUrl = (before: string, after: string): boolean =>
  functionUrl.test(before.slice(-600)) || functionUrl.test(after.slice(0, 200))

/** API Gateway's answer holds the message and nothing else; with more members it is one of many other systems. */
const isWholeAnswer = (before: string, after: string): boolean =>
  /\{\s{0,8}\\{0,3}["']?$/u.test(before.slice(-16)) && /^\\{0,3}["']?,?\s{0,8}\}/u.test(after.slice(0, 16))
const ofApiGateway = /\.execute-api\.|x-amzn-(?:requestid|errortype|trace-id)|x-amz-apigw-id|api ?gateway|\bapigw/iu

/** Services that keep permissions of their own, or ask for a subscription. */
export const ownPermissionRows: readonly NeighbourRow[] = [
  {
    name: 'lake-formation',
    kind: 'sentence',
    class: 'other-aws',
    words: [
      'insufficient lake formation permission',
      'resource does not exist or requester is not authorized to access requested permissions',
    ],
    sets: { service: 'lakeformation' },
    example: 'Insufficient Lake Formation permission(s): Required Describe on orders',
    seen: 'Glue, Athena and EMR with Lake Formation',
  },
  {
    name: 'lake-formation',
    kind: 'sentence',
    class: 'other-aws',
    words: ['access is not allowed'],
    // A sentence of its own: "public access is not allowed" is another's.
    when: (before, after) =>
      /(?:^|[:.)"'\n])\s{0,3}["']?$/u.test(before.slice(-6)) &&
      /lake ?formation/iu.test(before.slice(-200) + after.slice(0, 200)),
    sets: { service: 'lakeformation' },
    example: 'Access is not allowed. (Service: LakeFormation, Status Code: 400, Request ID: 0d0bb2a1)',
    seen: 'Lake Formation, asked for credentials of a table',
  },
  {
    name: 'opensearch-fgac',
    kind: 'sentence',
    class: 'other-aws',
    words: [
      'no permissions for [indices:',
      'no permissions for indices',
      'no permissions for [cluster:',
      'security_exception',
    ],
    sets: { service: 'es', errorCode: 'security_exception' },
    example:
      '{"type":"security_exception","reason":"no permissions for [indices:data/read/search] and User [name=demo]"}',
    seen: 'OpenSearch fine-grained access control',
  },
  {
    name: 'opensearch-fgac',
    kind: 'sentence',
    class: 'other-aws',
    words: ['user does not have permissions for the requested resource'],
    when: (before, after, printed) =>
      /authorization_exception|opensearch|elastic|aoss/iu.test(before.slice(-400) + printed + after.slice(0, 400)),
    sets: { service: 'aoss', errorCode: 'authorization_exception' },
    example: 'type=authorization_exception, reason=User does not have permissions for the requested resource',
    seen: 'collections of OpenSearch Serverless, by their data access policy',
  },
  {
    name: 'opensearch-fgac',
    kind: 'sentence',
    class: 'other-aws',
    words: ['missing role{any}no roles available for this user'],
    sets: { service: 'es' },
    example: 'Missing Role: No roles available for this user, please contact your system administrator.',
    seen: 'OpenSearch Dashboards after a sign-in that no role is mapped to',
  },
  {
    name: 'opensearch-fgac',
    kind: 'sentence',
    class: 'other-aws',
    words: ['no roles available for this user'],
    when: (before, after) => /opensearch|kibana|elasticsearch|_dashboards/iu.test(before + after),
    sets: { service: 'es' },
    example: 'Kibana: No roles available for this user, please contact your system administrator.',
    seen: 'OpenSearch Dashboards and Kibana',
  },
  {
    name: 'api-gateway-auth',
    kind: 'sentence',
    class: 'other-aws',
    words: 'not authorized to access this resource',
    when: (before) => isUserAlone(before) && !isOfAwsCall(before),
    sets: { service: 'execute-api' },
    example: '{"Message":"User is not authorized to access this resource"}',
    seen: 'API Gateway with a Lambda authorizer',
  },
  {
    name: 'api-gateway-auth',
    kind: 'sentence',
    class: 'other-aws',
    words: 'not authorized to access this resource with an explicit deny',
    when: (before) => isUserAlone(before) && !isOfAwsCall(before),
    sets: { service: 'execute-api', effect: 'explicit' },
    example: '{"message":"User is not authorized to access this resource with an explicit deny"}',
    seen: 'API Gateway with a Lambda authorizer',
  },
  {
    name: 'api-gateway-missing-token',
    kind: 'sentence',
    class: 'other-aws',
    words: ['missing authentication token'],
    sets: { service: 'execute-api' },
    example: '{"message":"Missing Authentication Token"}',
    seen: 'API Gateway, wrong path or unsigned request',
  },
  {
    name: 'api-gateway-forbidden',
    kind: 'sentence',
    class: 'other-aws',
    words: 'message: forbidden',
    when: (before, after) =>
      !isOfFunctionUrl(before, after) &&
      !/^[.:]? ?for troubleshooting function url/iu.test(after) &&
      (isWholeAnswer(before, after) || ofApiGateway.test(before) || ofApiGateway.test(after)),
    sets: { service: 'execute-api' },
    example: '{"message":"Forbidden"}',
    seen: 'API Gateway: API key, WAF or resource policy',
  },
  {
    name: 'function-url-forbidden',
    kind: 'sentence',
    class: 'other-aws',
    words: 'for troubleshooting function url authorization issues',
    sets: { service: 'lambda', action: 'lambda:InvokeFunctionUrl' },
    example:
      '{"Message":"Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html"}',
    seen: 'Lambda function URLs',
  },
  {
    name: 'function-url-forbidden',
    kind: 'sentence',
    class: 'other-aws',
    words: 'message: forbidden',
    when: isOfFunctionUrl,
    sets: { service: 'lambda', action: 'lambda:InvokeFunctionUrl' },
    example: 'GET https://abcdefgh.lambda-url.eu-west-1.on.aws/ {"Message":"Forbidden"}',
    seen: 'Lambda function URLs',
  },
  {
    name: 'appsync-auth',
    kind: 'sentence',
    class: 'other-aws',
    words: [
      'not authorized to access {word} on type',
      'unauthorizedexception: permission denied',
      'errortype: unauthorizedexception, message: permission denied',
      'you are not authorized to make this call',
    ],
    sets: { service: 'appsync' },
    example: 'Not Authorized to access listOrders on type Query',
    seen: 'AppSync schema directives',
  },
  {
    name: 'bedrock-model-access',
    kind: 'sentence',
    class: 'other-aws',
    words: [
      "you don't have access to the model",
      'you do not have access to the model',
      "don't have access to this model",
      'your account does not have access to this model',
      'access to this model is not available',
      'access to the model is denied',
      'access to this model is denied',
      'model use case details have not been submitted',
    ],
    sets: { service: 'bedrock' },
    example: "AccessDeniedException: You don't have access to the model with the specified model ID.",
    seen: 'Bedrock',
  },
  {
    name: 'bedrock-profile-needed',
    kind: 'sentence',
    class: 'other-aws',
    words: ['invocation of model id {any} with on-demand throughput'],
    sets: { service: 'bedrock' },
    example:
      "ValidationException: Invocation of model ID amazon.nova-premier-v1:0 with on-demand throughput isn't supported. Retry your request with the ID or ARN of an inference profile that contains this model.",
    seen: 'Bedrock, models that are only offered across Regions',
  },
  {
    name: 'bedrock-marketplace',
    kind: 'sentence',
    class: 'other-aws',
    words: ['model access is denied due to'],
    sets: { service: 'bedrock' },
    example:
      'Model access is denied due to IAM user or service role is not authorized to perform the required AWS Marketplace actions (aws-marketplace:ViewSubscriptions, aws-marketplace:Subscribe)',
    seen: 'Bedrock, models sold through AWS Marketplace',
  },
  {
    name: 'cost-explorer-not-enabled',
    kind: 'sentence',
    class: 'other-aws',
    words: ['user not enabled for cost explorer access', 'not enabled for cost explorer'],
    sets: { service: 'ce' },
    example: 'AccessDeniedException: User not enabled for cost explorer access',
    seen: 'Cost Explorer',
  },
  {
    name: 'cross-account-log-access',
    kind: 'sentence',
    class: 'other-aws',
    words: ['cross-account log access is not allowed'],
    example: '{"Message": "Cross-account log access is not allowed"}',
    seen: 'CloudWatch Logs destinations',
  },
  {
    name: 'dry-run-succeeded',
    kind: 'sentence',
    class: 'other-aws',
    words: ['request would have succeeded, but dryrun flag is set'],
    sets: { service: 'ec2' },
    example: 'DryRunOperation: Request would have succeeded, but DryRun flag is set.',
    seen: 'EC2',
  },
]
