import type { ClueShape } from '../clue-shape.ts'

/** Of permissions that are kept elsewhere than in IAM. */
export const sentencesBesideIam = [
  {
    kind: 'lake-formation-grant',
    phrases: ['insufficient lake formation permission'],
    capture:
      /insufficient lake formation permission\(?s?\)?: {0,3}Required (?<permission>[A-Za-z_ ]{1,40}?) on ["'`]?(?<on>[^\s,;()"'`]{1,200})/iu,
    standsAlone: true,
    seen: 'Glue, Athena, Lake Formation',
    example: 'Insufficient Lake Formation permission(s): Required Select on sales',
  },
  {
    kind: 'lake-formation-grant',
    phrases: ['insufficient lake formation permission'],
    capture:
      /insufficient lake formation permission\(?s?\)?: {0,3}Required (?![A-Za-z_ ]{1,40} on )(?<permission>[A-Za-z_]{1,20}(?: [A-Za-z_]{1,20}){0,2})/iu,
    standsAlone: true,
    seen: 'Glue, Athena, Lake Formation',
    example: 'Insufficient Lake Formation permission(s): Required Describe',
  },
  {
    kind: 'lake-formation-grant',
    phrases: ['insufficient lake formation permission'],
    capture: /insufficient lake formation permission\(?s?\)? on ["'`]?(?<on>[^\s,;()"'`]{1,200})/iu,
    standsAlone: true,
    seen: 'Glue and what calls it: Spark, Firehose, QuickSight',
    example: 'Insufficient Lake Formation permission(s) on sales (Service: Glue, Status Code: 400)',
  },
  {
    kind: 'lake-formation-grant',
    phrases: ['insufficient lake formation permission'],
    capture:
      /insufficient lake formation permission\(?s?\)? on \(Database name: {0,3}(?<database>[\w.-]{1,128})(?:,\s{1,4}Table name: {0,3}(?<table>[\w.-]{1,128}))?/iu,
    standsAlone: true,
    seen: 'Glue crawlers',
    example: 'Insufficient Lake Formation permission(s) on (Database name: shop, Table Name: sales)',
  },
  {
    kind: 'opensearch-permission',
    phrases: ['no permissions for ['],
    capture: /no permissions for \[(?<permission>[^\]]{1,120})\](?: and User \[name=(?<user>[^,\]]{1,200}))?/iu,
    standsAlone: true,
    seen: 'OpenSearch security plugin',
    example:
      'no permissions for [indices:data/read/search] and User [name=arn:aws:iam::111122223333:role/search, backend_roles=[]]',
  },
  {
    kind: 'bedrock-model-refused',
    phrases: [
      "don't have access to the model",
      'don’t have access to the model',
      'do not have access to the model',
      'model access is denied',
      'access to this model is not',
    ],
    standsAlone: true,
    seen: 'Bedrock',
    example: "You don't have access to the model with the specified model ID.",
  },
  {
    kind: 'model-not-on-demand',
    phrases: ['invocation of model id'],
    capture: /^invocation of model id (?:arn:[^\s/]{1,80}\/)?(?<model>[\w.:-]{2,100}) with on-demand throughput/iu,
    standsAlone: false,
    seen: 'Bedrock',
    example: "Invocation of model ID amazon.nova-premier-v1:0 with on-demand throughput isn't supported.",
  },
  {
    kind: 'billing-access-off',
    phrases: [
      'access to billing information is disabled',
      'access to billing information is deactivated',
      'access billing information for this account',
      'iam user access to billing',
    ],
    standsAlone: true,
    seen: 'the Billing console, Budgets and Cost Explorer',
    example: "You need permissions. You don't have permission to access billing information for this account.",
  },
  {
    kind: 'marketplace-subscription',
    // Metering, and what sellers do, is of the Marketplace too, and has nothing to do with a model.
    phrases: [
      'aws-marketplace:viewsubscriptions',
      'aws-marketplace:subscribe',
      'aws-marketplace:unsubscribe',
      'aws-marketplace:createagreementrequest',
      'aws-marketplace:acceptagreementrequest',
      'aws marketplace actions',
    ],
    standsAlone: false,
    seen: 'Bedrock on the first call of a third-party model, and consoles that sell software',
    example:
      'Model access is denied due to IAM user or service role is not authorized to perform the required AWS Marketplace actions (aws-marketplace:ViewSubscriptions, aws-marketplace:Subscribe)',
  },
  {
    kind: 'model-told',
    phrases: ['bedrock', 'to the model', 'to this model'],
    standsAlone: false,
    seen: 'Bedrock, and what people write of it',
    example: 'Your subscription to the model could not be established.',
  },
  {
    kind: 'logging-refused',
    phrases: ['insufficient permissions to enable logging'],
    standsAlone: true,
    seen: 'API Gateway stages, Step Functions and others that log to vended log groups',
    example: 'Insufficient permissions to enable logging',
  },
  {
    kind: 'logs-policy-full',
    phrases: [
      'resource policy limit exceeded',
      'cannot exceed quota for resourcepolicies',
      'logs resource policy size was exceeded',
      'policy document length breaking cloudwatch logs constraints',
    ],
    standsAlone: true,
    seen: 'CloudWatch Logs, and what logs to it',
    example: 'The CloudWatch Logs Resource Policy size was exceeded.',
  },
  {
    kind: 'log-destination-access',
    phrases: ['not authorized to access the log destination'],
    standsAlone: true,
    seen: 'Step Functions',
    example: 'The state machine IAM Role is not authorized to access the Log Destination',
  },
  {
    kind: 'results-bucket-unverified',
    phrases: ['unable to verify/create output bucket', 'unable to verify/create output'],
    // The name may be masked or left out.
    capture:
      /output(?: bucket(?: (?<bucket>(?!(?:and|error|for|in|is|on|when|with)\b)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]))?)?/iu,
    standsAlone: true,
    seen: 'Athena',
    example: 'Unable to verify/create output bucket query-results',
  },
  {
    kind: 'service-linked-role-refused',
    phrases: [
      'permissions to create a service linked role',
      'permission to create a service linked role',
      'create a service-linked role',
      'create or assume a service linked role',
      'create or assume a service-linked role',
      'assume the service linked role',
      'assume the service-linked role',
      'createservicelinkedrole',
      'the service linked role',
      'the service-linked role',
      'permission to create service linked role',
      'permissions to create service linked role',
      'permission to create service-linked role',
      'permissions to create service-linked role',
      'service linked role must exist',
      'service-linked role must exist',
      'enable a service-linked role',
      'enable a service linked role',
      'service-linked role does not exist',
      'service linked role does not exist',
    ],
    standsAlone: true,
    seen: 'Auto Scaling, ECS, OpenSearch, RDS',
    example: 'Caller does not have permissions to create a Service Linked Role.',
  },
] as const satisfies readonly ClueShape[]
