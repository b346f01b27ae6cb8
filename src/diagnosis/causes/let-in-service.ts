import { isAccountId, parseArn } from '../../iam/arn.ts'
import type { ConditionBlock } from '../../iam/policy-document.ts'
import { shellLine } from '../../remedy/commands/shell.ts'
import type { Fix } from '../../remedy/fix.ts'
import { allowInResource, allowTo } from '../fixes.ts'
import type { Situation } from '../situation.ts'
import { attachmentOf } from './attachments.ts'
import type { Delivery } from './delivery.ts'
import { resourceElement } from './other-side.ts'

const pulling = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer']

/** Whose the function is for which Lambda acts. */
function ownerOfFunction(s: Situation): string | null {
  const own =
    s.told('function-account-told', 'account')[0] ?? parseArn(s.told('function-arn', 'function')[0] ?? '')?.account
  return isAccountId(own) ? own : null
}

/**
 * Of a registry in another account the function's account needs the image as well as Lambda itself does.
 * https://docs.aws.amazon.com/lambda/latest/dg/images-create.html#configuration-images-xaccount-permissions
 */
export function besideForeignImage(s: Situation, { source, resource }: Delivery): readonly Fix[] {
  const owner = source === 'lambda-image' ? ownerOfFunction(s) : null
  const registry = parseArn(resource)?.account
  if (owner === null || !isAccountId(registry) || registry === owner) return []
  const statement = allowTo({ AWS: `arn:${s.partition}:iam::${owner}:root` }, pulling, [])
  return [allowInResource(attachmentOf(s, resource), statement)]
}

/**
 * What goes with the action of the delivery: Config looks whether its bucket is there, too, and OpenSearch makes the
 * streams that it writes to.
 * https://docs.aws.amazon.com/opensearch-service/latest/developerguide/createdomain-configure-slow-logs.html
 */
function actionsOf({ action, source }: Delivery): readonly string[] {
  if (action === 'ecr:BatchGetImage') return pulling
  if (source === 'opensearch-logs') return ['logs:CreateLogStream', action]
  return source === 'config' && action === 's3:GetBucketAcl' ? [action, 's3:ListBucket'] : [action]
}

/** The policy of what a service delivers to lets that service in, for what it acts for. */
export function letIn(s: Situation, delivery: Delivery, alternative = false): Fix {
  const resources = resourceElement([delivery.resource])
  const statement = allowTo({ Service: delivery.service }, actionsOf(delivery), resources, conditionOf(s, delivery))
  return allowInResource(attachmentOf(s, delivery.resource), statement, {
    command: commandOf(s, delivery),
    alternative,
  })
}

/** For which resource, or at least whose, the service may act. */
export const conditionOf = (s: Situation, delivery: Delivery): ConditionBlock | null => {
  const account = ownerOfBucket(s, delivery)
  const ofAccount = account === null ? {} : { StringEquals: { 'aws:SourceAccount': account } }
  if (delivery.sourceArn !== null) return { ArnLike: { 'aws:SourceArn': delivery.sourceArn }, ...ofAccount }
  const ofFunction = delivery.service === 'lambda.amazonaws.com' ? ownerOfFunction(s) : null
  // https://docs.aws.amazon.com/lambda/latest/dg/images-create.html#gettingstarted-images-permissions
  if (delivery.source === 'lambda-image' && ofFunction !== null) {
    const region = parseArn(delivery.resource)?.region || '<Region>'
    return { ArnLike: { 'aws:SourceArn': `arn:${s.partition}:lambda:${region}:${ofFunction}:function:*` } }
  }
  return { StringEquals: { 'aws:SourceAccount': s.callerAccount ?? ofFunction ?? s.resourceAccount ?? '<AccountId>' } }
}

/**
 * The ARN of a bucket does not tell whose it is, and its name is free for others once it is deleted.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html
 */
const ownerOfBucket = (s: Situation, { service, resource, sourceArn }: Delivery): string | null =>
  service === 's3.amazonaws.com' && sourceArn !== null
    ? ([s.callerAccount, s.resourceAccount, parseArn(resource)?.account].find(isAccountId) ?? null)
    : null

const commandOf = (s: Situation, delivery: Delivery): string | null => {
  const { action, service, resource, sourceArn } = delivery
  const account = ownerOfBucket(s, delivery)
  return action === 'lambda:InvokeFunction'
    ? shellLine([
        ...['aws', 'lambda', 'add-permission', '--function-name', resource.split(':')[6] ?? '<FunctionName>'],
        ...['--statement-id', `Allow${(service.split('.')[0] ?? '').replace(/^./u, (c) => c.toUpperCase())}`],
        ...['--action', 'lambda:InvokeFunction', '--principal', service],
        ...['--source-arn', sourceArn ?? '<SourceArn>'],
        ...(account === null ? [] : ['--source-account', account]),
      ])
    : null
}
