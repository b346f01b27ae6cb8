import type { ClueShape } from '../clue-shape.ts'

/*
 * Deliveries that fail without an error for anybody to read: a metric rises, or people tell that nothing happens.
 */

const not = String.raw`(?:(?:does|do|did|is|are|was|were|has|have)(?: not|n['\u2019]t)|never|not|no longer|fails? to|failed to)`
const sets = String.raw`(?:being |getting |been )?(?:trigger|invok|fir|call|start|reach|deliver)(?:e|es|s|ed|red|ing|ring)?`
const comes = String.raw`(?:being |getting |been )?(?:arriv|reach|receiv|deliver|publish|sent|send|notif)\w{0,5}`
const rule = String.raw`(?:event ?bridge|(?:cloudwatch|scheduled|events?) rules?|cloudwatch events?)`
/** A metric that stays at nothing tells of no failure. */
const rises = String.raw`(?!\W{0,6}(?:is |was |= ?|stays at |of )?0(?![.\d]))`
const target = String.raw`(?:lambda|functions?|targets?|topics?|queues?|sns|sqs|state machines?|pipelines?)`

export const silentDeliveries = [
  {
    kind: 'target-never-invoked',
    phrases: ['eventbridge', 'event bridge', 'cloudwatch event', 'event rule', 'events rule', 'scheduled rule'],
    capture: new RegExp(
      String.raw`\b${rule}\b[^.;\n]{0,60}\b${not} (?:\w+ )?${sets}\b[^.;\n]{0,40}\b${target}\b|\b${target}\b[^.;\n]{0,40}\b${not} (?:\w+ )?${sets}\b[^.;\n]{0,40}\b${rule}\b`,
      'iu',
    ),
    before: 110,
    inProse: true,
    standsAlone: true,
    seen: 'how people tell of it',
    example: 'my EventBridge rule does not trigger the Lambda function',
  },
  {
    kind: 'target-never-invoked',
    phrases: ['invocationsfailedtobesenttodlq', 'no_permissions'],
    capture: /^InvocationsFailedToBeSentToDlq|\bERROR_CODE\b["']?[^\n]{0,40}?\bNO_PERMISSIONS/u,
    before: 60,
    standsAlone: true,
    seen: 'metrics and dead-letter queues of EventBridge',
    example: 'ERROR_CODE=NO_PERMISSIONS',
  },
  {
    kind: 'event-rule-at-work',
    phrases: ['invocationsfailedtobesenttodlq', 'no_permissions', 'eventbridge rule'],
    standsAlone: false,
    seen: 'metrics and dead-letter queues of EventBridge',
    example: 'ERROR_CODE=NO_PERMISSIONS',
  },
  {
    kind: 'subscription-refused',
    phrases: ['numberofnotificationsfailed'],
    capture: new RegExp(
      String.raw`^NumberOfNotificationsFailed\b${rises}(?=[^]{0,300}?\b(?:sqs|queues?|lambda|functions?)\b)`,
      'iu',
    ),
    standsAlone: true,
    seen: 'the metric of a topic whose subscribers get nothing',
    example: 'NumberOfNotificationsFailed rises, the subscriber is an SQS queue',
  },
  {
    kind: 'notification-silent',
    phrases: ['s3 event', 's3 notification', 'event notification', 'bucket notification', 'object created', 'from s3'],
    capture: new RegExp(
      String.raw`\b(?:(?:s3|bucket) (?:event )?notifications?|s3 events?|event notifications?|object created events?)\b[^.;\n]{0,40}\b${not} (?:\w+ )?(?:${sets}|${comes})\b[^.;\n]{0,40}\b${target}\b|\bno (?:messages?|events?|notifications?)\b[^.;\n]{0,30}\b(?:arrives?|reach(?:es)?|received?|comes?)\b[^.;\n]{0,30}\b${target}\b[^.;\n]{0,20}\bfrom s3\b`,
      'iu',
    ),
    before: 110,
    inProse: true,
    standsAlone: true,
    seen: 'how people tell of it',
    example: 'S3 event notifications do not trigger the function',
  },
  {
    kind: 'service-not-allowed',
    phrases: ['alarm'],
    capture: new RegExp(
      String.raw`\balarms?\b[^.;\n]{0,60}\b(?:no (?:notification|message|e-?mail)s?\b[^.;\n]{0,30}|${not} (?:\w+ )?${comes}\b[^.;\n]{0,30})\b(?:sns|topic)\b|\btopic\b[^.;\n]{0,30}\b${not} (?:\w+ )?${comes}\b[^.;\n]{0,30}\bcloudwatch alarms?\b`,
      'iu',
    ),
    before: 90,
    values: { service: 'cloudwatch.amazonaws.com', action: 'sns:Publish', source: 'alarm' },
    inProse: true,
    standsAlone: true,
    seen: 'how people tell of it',
    example: 'the alarm fired but no notification was sent to the SNS topic',
  },
  {
    kind: 'delivery-policy-incorrect',
    phrases: ['latestdeliveryerror'],
    capture: /^LatestDeliveryError["']?[\s:=]{1,5}["']?AccessDenied/iu,
    standsAlone: true,
    seen: 'aws cloudtrail get-trail-status',
    example: '"LatestDeliveryError": "AccessDenied"',
  },
  {
    kind: 'cloudtrail-at-work',
    phrases: ['latestdeliveryerror'],
    standsAlone: false,
    seen: 'aws cloudtrail get-trail-status',
    example: '"LatestDeliveryError": "AccessDenied"',
  },
  {
    kind: 'schedule-failing',
    phrases: ['targeterrorcount', 'invocationdroppedcount'],
    capture: new RegExp(String.raw`^(?:TargetErrorCount|InvocationDroppedCount)\b${rises}`, 'iu'),
    standsAlone: true,
    seen: 'metrics of EventBridge Scheduler',
    example: 'TargetErrorCount of the schedule rises',
  },
  {
    kind: 'destination-failing',
    phrases: ['deadlettererrors', 'destinationdeliveryfailures'],
    capture: new RegExp(String.raw`^(?:DeadLetterErrors|DestinationDeliveryFailures)\b${rises}`, 'iu'),
    standsAlone: true,
    seen: 'metrics of functions that hand on what failed, or what came of it',
    example: 'DestinationDeliveryFailures of the function rises',
  },
] as const satisfies readonly ClueShape[]
