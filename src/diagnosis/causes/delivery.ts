import type { Situation } from '../situation.ts'
import { isFetchedByCloudFront } from './fetched-by-cloudfront.ts'

/** Which service stands behind the sentence, and what it wants to do on the resource. */
export interface Delivery {
  readonly service: string
  readonly action: string
  readonly resource: string
  readonly source: string
  readonly sourceArn: string | null
}

/** The delivery that the text tells of; `null` where none is. */
export function deliveryOf(s: Situation): Delivery | null {
  const bucket = bucketTold(s)
  const logs = `arn:${s.partition}:s3:::${bucket}/${prefixOfLogs(s)}AWSLogs/${s.callerAccount ?? '<AccountId>'}/*`
  const queue = queueArn(s)
  const topic = s.told('topic-arn', 'topic')[0] ?? null
  const lambda = s.told('function-arn', 'function')[0] ?? functionPattern(s)
  const rows: readonly (readonly [boolean, Omit<Delivery, 'source'>, string])[] = [
    [
      s.has('log-bucket-refused') && s.has('flow-logs-at-work'),
      { service: 'delivery.logs.amazonaws.com', action: 's3:PutObject', resource: logs, sourceArn: null },
      'vpc-flow-logs',
    ],
    [
      s.has('log-bucket-refused'),
      {
        service: 'logdelivery.elasticloadbalancing.amazonaws.com',
        action: 's3:PutObject',
        resource: logs,
        sourceArn: null,
      },
      'load-balancer-logs',
    ],
    [
      s.has('delivery-policy-incorrect') || s.told('service-lacks-key', 'or').includes('bucket'),
      {
        service:
          s.has('cloudtrail-at-work', 'service-lacks-key') || s.service === 'cloudtrail' || !s.has('region-named')
            ? 'cloudtrail.amazonaws.com'
            : 'config.amazonaws.com',
        action: 's3:PutObject',
        resource: logs,
        sourceArn: null,
      },
      'cloudtrail',
    ],
    [
      s.has('lambda-permission-missing'),
      {
        service: 'apigateway.amazonaws.com',
        action: 'lambda:InvokeFunction',
        resource: lambda,
        sourceArn: `arn:${s.partition}:execute-api:${s.region ?? '<Region>'}:${s.callerAccount ?? '<AccountId>'}:${s.told('api-named', 'api')[0] ?? '<ApiId>'}/*`,
      },
      'api-gateway',
    ],
    [
      s.has('ecr-image-refused'),
      {
        service: 'lambda.amazonaws.com',
        action: 'ecr:BatchGetImage',
        resource: repositoryOf(s),
        sourceArn: null,
      },
      'lambda-image',
    ],
    [
      s.has('destination-not-validated', 'notification-silent'),
      {
        service: 's3.amazonaws.com',
        ...notified(s, queue, topic, lambda),
        sourceArn: `arn:${s.partition}:s3:::${s.told('bucket-named', 'bucket')[0] ?? '<BucketName>'}`,
      },
      's3-notification',
    ],
    [
      (s.has('queue-access-refused', 'sns-delivery-user', 'target-never-invoked') || isSentByNobody(s)) &&
        !s.has('event-rule-at-work', 'event-rule-arn') &&
        (topic !== null || s.has('sns-at-work')),
      { service: 'sns.amazonaws.com', action: 'sqs:SendMessage', resource: queue, sourceArn: topic },
      'sns-topic',
    ],
    [
      // A subscription whose endpoint is a queue; a caller who publishes or sends himself is another thing.
      s.has('subscription-refused') && s.has('queue-arn', 'sqs-at-work') && (topic !== null || s.has('sns-at-work')),
      { service: 'sns.amazonaws.com', action: 'sqs:SendMessage', resource: queue, sourceArn: topic ?? topicPattern(s) },
      'sns-topic',
    ],
    [
      s.has('subscription-refused') && s.has('function-arn', 'lambda-at-work') && s.has('sns-at-work', 'topic-arn'),
      {
        service: 'sns.amazonaws.com',
        action: 'lambda:InvokeFunction',
        resource: lambda,
        sourceArn: topic ?? topicPattern(s),
      },
      'sns-topic',
    ],
    [
      s.has('sns-delivery-user'),
      { service: 'sns.amazonaws.com', action: 'sqs:SendMessage', resource: queue, sourceArn: topic },
      'sns-topic',
    ],
    [
      s.has('target-never-invoked'),
      {
        service: 'events.amazonaws.com',
        ...(loggedBy(s) ?? notified(s, queue, topic, lambda)),
        sourceArn:
          s.told('event-rule-arn', 'rule')[0] ??
          `arn:${s.partition}:events:${s.region ?? '<Region>'}:${s.callerAccount ?? '<AccountId>'}:rule/<RuleName>`,
      },
      'event-rule',
    ],
    [
      s.has('access-log-delivery'),
      {
        service: 'logging.s3.amazonaws.com',
        action: 's3:PutObject',
        resource: `arn:${s.partition}:s3:::${bucket}/*`,
        sourceArn: null,
      },
      's3-access-logs',
    ],
    [isFetchedByCloudFront(s) || isReadByNobody(s), ofCloudFront(s), 'cloudfront'],
  ]
  const named = new Set<string>(['service-not-allowed', ...(isRoleOfService(s) ? ['role-of-service'] : [])])
  const refused = s.denial.clues.flatMap(({ kind, values }) => (named.has(kind) ? [values] : []))
  const told = refused.find((values) => values['sourceArn'] !== undefined) ?? refused[0]
  if (told?.['service'] !== undefined && told['action'] !== undefined)
    return {
      service: told['service'],
      action: told['action'],
      resource:
        (isAskedFor(s, told['action']) ? namedResource(s) : null) ??
        groupNamed(s, told['logGroup']) ??
        resourceOf(told['action'], { bucket: logs, queue, topic, lambda }),
      source: told['source'] ?? 'service',
      sourceArn: told['sourceArn'] ?? (told['source'] === 'cognito-trigger' ? userPool(s) : null),
    }
  const row = rows.find(([applies]) => applies)
  return row === undefined || isOfSomebody(s, row[1].action) ? null : { ...row[1], source: row[2] }
}

/** Where AWS names the caller and his call, that call was refused, whatever did not arrive for want of it. */
const isOfSomebody = ({ denial, action }: Situation, ofService: string): boolean =>
  denial.class === 'authorization' &&
  denial.principal !== null &&
  denial.principalType !== 'service' &&
  action !== null &&
  action.toLowerCase() !== ofService.toLowerCase()

/** The service calls with a role in an account of its own, which nobody else has a say in. */
export const isRoleOfService = (s: Situation): boolean => s.has('role-of-service') && s.isCrossAccount

/** The pool that calls its trigger, where it is told, or where the function's account is. */
function userPool(s: Situation): string | null {
  const pool = s.told('user-pool-named', 'pool')[0]
  if (pool === undefined && !isRoleOfService(s)) return null
  const account = s.resourceAccount ?? s.callerAccount ?? '<AccountId>'
  const region = pool?.split('_')[0] ?? s.region ?? '<Region>'
  return `arn:${s.partition}:cognito-idp:${region}:${account}:userpool/${pool ?? '<UserPoolId>'}`
}

const isByNobody = (s: Situation, action: string): boolean =>
  s.denial.principalType === 'anonymous' && s.denial.effect !== 'explicit' && s.action?.toLowerCase() === action

/** A topic is told of, and nobody who signs sent to the queue: whoever subscribes a queue sends nothing himself. */
const isSentByNobody = (s: Situation): boolean => isByNobody(s, 'sqs:sendmessage')

/** A distribution without origin access control asks S3 without a signature. */
const isReadByNobody = (s: Situation): boolean =>
  isByNobody(s, 's3:getobject') && s.has('cloudfront-at-work', 'oac-told')

/** A service that delivers, where AWS's own words speak of nobody. */
export const isDeliveredUnsigned = (s: Situation): boolean =>
  isReadByNobody(s) || (isSentByNobody(s) && s.has('topic-arn', 'sns-at-work'))

/** A log group that goes by its name alone. */
const groupNamed = (s: Situation, group: string | undefined): string | null =>
  group === undefined
    ? null
    : (s.told('log-group-arn', 'logGroup').map((arn) => `${arn}:*`)[0] ??
      `arn:${s.partition}:logs:${s.region ?? '<Region>'}:${s.callerAccount ?? '<AccountId>'}:log-group:${group}:*`)

/** The prefix of the logs with its slash, which some have not; a gap where nothing tells. */
function prefixOfLogs(s: Situation): string {
  if (s.has('log-prefix-absent')) return ''
  const told = s.told('log-prefix-told', 'prefix')[0]?.replace(/^\/+|\/+$/gu, '') ?? ''
  return told === '' ? '<Prefix>/' : `${told}/`
}

const bucketTold = (s: Situation): string =>
  s.told('log-bucket-refused', 'bucket')[0] ??
  s.told('bucket-named', 'bucket')[0] ??
  /^arn:[a-z-]+:s3:::([^/*<]+)/u.exec(s.resource ?? '')?.[1] ??
  '<BucketName>'

/** What CloudFront reads for a distribution. */
export const ofCloudFront = (s: Situation): Delivery => ({
  service: 'cloudfront.amazonaws.com',
  action: 's3:GetObject',
  resource: `arn:${s.partition}:s3:::${bucketTold(s)}/*`,
  source: 'cloudfront',
  sourceArn: `arn:${s.partition}:cloudfront::${s.callerAccount ?? '<AccountId>'}:distribution/<DistributionId>`,
})

/** A resource of which the text hides a part is named all the same. */
const namedResource = (s: Situation): string | null =>
  s.resource ?? (s.denial.resource === null ? null : s.resourcePattern)

export const isAskedFor = (s: Situation, action: string): boolean => s.action?.toLowerCase() === action.toLowerCase()

const resourceOf = (
  action: string,
  at: { readonly bucket: string; readonly queue: string; readonly topic: string | null; readonly lambda: string },
): string => {
  if (action.startsWith('lambda:')) return at.lambda
  if (action.startsWith('sqs:')) return at.queue
  if (action.startsWith('s3:')) return at.bucket
  return action.startsWith('sns:') ? (at.topic ?? '<TopicArn>') : '<ResourceArn>'
}

/** Notifications of a bucket go to a function, a queue or a topic: the other two, where nothing tells which. */
export function otherDestinations(s: Situation, delivery: Delivery): readonly Delivery[] {
  if (delivery.source !== 's3-notification' || isDestinationTold(s)) return []
  return [
    { ...delivery, action: 'sqs:SendMessage', resource: queueArn(s) },
    { ...delivery, action: 'sns:Publish', resource: topicPattern(s) },
  ]
}

const isDestinationTold = (s: Situation): boolean =>
  s.has('queue-arn', 'topic-arn', 'function-arn', 'lambda-at-work', 'sns-at-work', 'sqs-at-work')

const topicPattern = (s: Situation): string =>
  `arn:${s.partition}:sns:${s.region ?? '<Region>'}:${s.callerAccount ?? '<AccountId>'}:<TopicName>`

const notified = (
  s: Situation,
  queue: string,
  topic: string | null,
  lambda: string,
): { readonly action: string; readonly resource: string } => {
  if (s.has('queue-arn')) return { action: 'sqs:SendMessage', resource: queue }
  if (topic !== null) return { action: 'sns:Publish', resource: topic }
  if (s.has('function-arn', 'lambda-at-work')) return { action: 'lambda:InvokeFunction', resource: lambda }
  if (s.has('sns-at-work')) return { action: 'sns:Publish', resource: topicPattern(s) }
  if (s.has('destination-not-validated', 'notification-silent') && !s.has('sqs-at-work'))
    return { action: 'lambda:InvokeFunction', resource: lambda }
  return { action: 'sqs:SendMessage', resource: queue }
}

/** The log group that a rule writes to, where no other target is named. */
const loggedBy = (s: Situation): { readonly action: string; readonly resource: string } | null => {
  const group = s.told('log-group-arn', 'logGroup')[0]
  if (group === undefined || s.has('queue-arn', 'topic-arn', 'function-arn')) return null
  return { action: 'logs:PutLogEvents', resource: `${group}:*` }
}

function queueArn(s: Situation): string {
  const url = [s.denial.resource ?? '', ...s.told('queue-access-refused', 'url')]
    .map((text) => /^https:\/\/sqs\.([a-z0-9-]{1,30})\.amazonaws\.com(?:\.cn)?\/(\d{12})\/([\w.-]{1,80})/u.exec(text))
    .find((match) => match !== null)
  if (url?.[3] !== undefined) return `arn:${s.partition}:sqs:${url[1] ?? ''}:${url[2] ?? ''}:${url[3]}`
  return (
    s.told('queue-arn', 'queue')[0] ??
    `arn:${s.partition}:sqs:${s.region ?? '<Region>'}:${s.callerAccount ?? '<AccountId>'}:<QueueName>`
  )
}

const functionPattern = (s: Situation): string =>
  `arn:${s.partition}:lambda:${s.region ?? '<Region>'}:${s.callerAccount ?? '<AccountId>'}:function:${s.told('function-named', 'functionName')[0] ?? s.told('lambda-at-work', 'functionName')[0] ?? '<FunctionName>'}`

/** The repository that the image's address names. */
export function repositoryOf(s: Situation): string {
  const image = s.denial.clues.find(({ kind }) => kind === 'image-uri')?.values
  const region = image?.['region'] ?? s.region ?? '<Region>'
  const account = image?.['account'] ?? s.callerAccount ?? '<AccountId>'
  return `arn:${s.partition}:ecr:${region}:${account}:repository/${image?.['repository'] ?? '<RepositoryName>'}`
}
