import type { Fix } from '../../remedy/fix.ts'
import { finding, none, type Finding } from '../finding.ts'
import { act } from '../fixes.ts'
import { aws } from '../look-ups.ts'
import type { Situation } from '../situation.ts'
import { isKeyState, keyUnusable } from './key-state.ts'
import { bucketOf } from './not-iam.ts'

// Codes by which services reject what was asked, and not who asks.
const rejections =
  /^(?:Validation(?:Error|Exception)|Invalid(?:Parameter|Request|Input|Argument|State)\w*|BadRequest(?:Exception)?|InsufficientCapabilities\w*|\w*AlreadyExists\w*|\w*(?:InUse|NotInUse|Conflict)(?:Exception)?|\w*InvalidState(?:Exception)?|DisabledException)$/u

/** An error of AWS that is none of a denial, and nothing around it that speaks of permissions. */
const isOfRequest = (s: Situation): boolean =>
  s.has('operation-undetermined') ||
  (s.denial.format === 'neighbour:other-aws-error' && !s.has('permissions-spoken-of'))

export const isRejected = (s: Situation): boolean => isOfRequest(s) && rejections.test(s.denial.errorCode ?? '')

const stepOf = (s: Situation): Fix => {
  const { errorCode } = s.denial
  const [rule] = s.told('refused-by-rule', 'rule')
  if (rule === 'transitive-tag') return act('not-iam', 'drop-transitive-tag')
  if (rule === 'stack-policy') return act('not-iam', 'change-stack-policy', {}, { command: stackPolicyCommand })
  if (/^InsufficientCapabilities/u.test(errorCode ?? ''))
    return act('not-iam', 'acknowledge-capabilities', {
      capability: s.told('refused-by-rule', 'capability')[0] ?? 'CAPABILITY_NAMED_IAM',
    })
  if (errorCode === 'InvalidObjectState' && s.operation !== 'RestoreObject')
    return act('not-iam', 'restore-object', {}, { command: restoreCommand(s) })
  if (errorCode === 'OperationNotPermitted' && s.operation === 'AcceptVpcPeeringConnection')
    return act('not-iam', 'accept-as-accepter')
  return act('not-iam', 'read-service-error')
}

const stackPolicyCommand = aws('cloudformation get-stack-policy --stack-name', '<StackName>')

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/restoring-objects.html */
const restoreCommand = (s: Situation): string =>
  aws(
    's3api restore-object',
    ...['--bucket', bucketOf(s) ?? '<BucketName>', '--key', s.told('s3-uri', 'key')[0] ?? '<ObjectName>'],
    ...['--restore-request', '{"Days":7,"GlacierJobParameters":{"Tier":"Standard"}}'],
  )

const refusal = (s: Situation): Finding => finding('other-system', 'stated', [stepOf(s)], { system: 'service' })

/** A code that speaks of the request or of the resource. */
export const rejected = (s: Situation): readonly Finding[] =>
  isRejected(s) ? (isKeyState(s) ? keyUnusable(s) : [refusal(s)]) : isOfStackPolicy(s) ? [refusal(s)] : none

/**
 * The stack's own policy keeps its resources from updates, whoever asks.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/protect-stack-resources.html
 */
const isOfStackPolicy = (s: Situation): boolean =>
  s.denial.principal === null && s.told('refused-by-rule', 'rule').includes('stack-policy')

/** Any other code that is none of a denial, once nothing else was found. */
export const refusedByService = (s: Situation): readonly Finding[] => (isOfRequest(s) ? [refusal(s)] : none)
