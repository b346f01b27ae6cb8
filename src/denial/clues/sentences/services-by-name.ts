import type { ClueShape } from '../clue-shape.ts'

/**
 * `AMP is not authorized to perform: SNS:Publish`: a service under the name that people call it by, before an action
 * for which the resource's own policy lets services in. Services that act under a role are none of them.
 */
const services: readonly (readonly [names: string, service: string, source: string, actions: readonly string[]])[] = [
  ['AMP|Amazon Managed Service for Prometheus', 'aps.amazonaws.com', 'alert-manager', ['sns:Publish']],
  [
    'EventBridge|CloudWatch Events',
    'events.amazonaws.com',
    'event-rule',
    ['sns:Publish', 'sqs:SendMessage', 'lambda:InvokeFunction', 'logs:CreateLogStream', 'logs:PutLogEvents'],
  ],
  [
    'Config',
    'config.amazonaws.com',
    'config',
    ['sns:Publish', 's3:PutObject', 's3:GetBucketAcl', 'lambda:InvokeFunction'],
  ],
  ['Backup', 'backup.amazonaws.com', 'backup', ['sns:Publish']],
  ['S3', 's3.amazonaws.com', 's3-notification', ['sns:Publish', 'sqs:SendMessage', 'lambda:InvokeFunction']],
  ['SNS', 'sns.amazonaws.com', 'sns-topic', ['sqs:SendMessage', 'lambda:InvokeFunction']],
  ['SES', 'ses.amazonaws.com', 'mail-receipt', ['sns:Publish', 's3:PutObject', 'lambda:InvokeFunction']],
  ['CloudTrail', 'cloudtrail.amazonaws.com', 'cloudtrail', ['s3:PutObject', 's3:GetBucketAcl', 'sns:Publish']],
  ['Budgets', 'budgets.amazonaws.com', 'budget', ['sns:Publish']],
  ['CloudWatch Logs', 'logs.amazonaws.com', 'log-subscription', ['lambda:InvokeFunction']],
  ['API Gateway', 'apigateway.amazonaws.com', 'api-gateway', ['lambda:InvokeFunction']],
  ['Cognito', 'cognito-idp.amazonaws.com', 'cognito-trigger', ['lambda:InvokeFunction']],
  ['Secrets Manager', 'secretsmanager.amazonaws.com', 'secret-rotation', ['lambda:InvokeFunction']],
  ['Bedrock', 'bedrock.amazonaws.com', 'bedrock-agent', ['lambda:InvokeFunction']],
  ['Elastic Load Balancing', 'elasticloadbalancing.amazonaws.com', 'load-balancer', ['lambda:InvokeFunction']],
]

const kind = 'service-not-allowed'

const refusedByName = services.flatMap(([names, service, source, actions]) =>
  actions.map((action) => ({
    kind,
    phrases: names
      .split('|')
      .flatMap((name) => [
        `${name} is not authorized to perform: ${action}`,
        `${name} is not authorized to perform ${action}`,
      ])
      .map((words) => words.toLowerCase()),
    // `User: Config` is somebody of that name, and so are `orders-S3` and `/S3`.
    capture: new RegExp(
      String.raw`(?<!(?:[Uu]ser|[Rr]ole|[Gg]roup|[Pp]rincipal|[Aa]ccount):? ["'\x60]?|(?:Amazon|AWS) |[\w./:@=+-])(?:(?:Amazon|AWS) )?(?:${names})\sis\snot\sauthorized\sto\sperform`,
      'u',
    ),
    before: 40,
    values: { service, action, source },
    standsAlone: false,
    seen: 'logs of services about what they could not deliver',
    example: `${names.split('|')[0] ?? ''} is not authorized to perform: ${action} on resource: x`,
  })),
)

/** The resource for which a service acts, in place of who asks. */
const refusedByArn = {
  kind,
  phrases: ['is not authorized to perform: sns:publish'],
  capture:
    /Resource: (?:(?<sourceArn>arn:aws[a-z-]{0,12}:cloudwatch:[a-z0-9-]{1,30}:\d{12}:alarm:[^\n"]{1,255}?)|arn:aws[a-z-]{0,12}:cloudwatch:[^\n"]{1,60}:alarm:[^\n"]{1,255}?) is not authorized to perform/u,
  before: 400,
  values: { service: 'cloudwatch.amazonaws.com', action: 'sns:Publish', source: 'alarm' },
  standsAlone: false,
  seen: 'history of a CloudWatch alarm',
  example:
    'Resource: arn:aws:cloudwatch:eu-west-1:111122223333:alarm:high-cpu is not authorized to perform: SNS:Publish on resource: arn:aws:sns:eu-west-1:111122223333:alarms',
} as const

export const servicesByName = [refusedByArn, ...refusedByName] as const satisfies readonly ClueShape[]
