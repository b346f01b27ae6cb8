import type { Denial } from '../denial/denial.ts'
import { isObject } from '../iam/json.ts'
import type { RequestContext } from '../iam/request.ts'
import type { EvidencePart } from './evidence-part.ts'
import type { AwsEvaluation } from './evidence.ts'
import { listField, objectField, textField } from './fields.ts'

/**
 * The JSON inside an encoded authorization message: AWS's own evaluation of one resource of one call.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html
 */
export function readDecodedMessage(decoded: unknown): AwsEvaluation | null {
  if (!isObject(decoded)) return null
  const context = objectField(decoded, 'context')
  if (context === null && typeof decoded['explicitDeny'] !== 'boolean') return null
  return {
    from: 'decoded-message',
    action: context === null ? null : textField(context, 'action'),
    resource: context === null ? null : textField(context, 'resource'),
    explicitDeny: typeof decoded['explicitDeny'] === 'boolean' ? decoded['explicitDeny'] : null,
    context: context === null ? {} : contextOf(context),
    contextComplete: context !== null && objectField(context, 'conditions') !== null,
    matched: items(decoded, 'matchedStatements').map((statement) => ({
      policyType: null,
      policyArn: null,
      sid: textField(statement, 'statementId') || null,
      effect: textField(statement, 'effect')?.toUpperCase() === 'DENY' ? ('Deny' as const) : ('Allow' as const),
    })),
  }
}

/** Every list of the decoded message is wrapped in `items`. */
function items(source: Readonly<Record<string, unknown>>, name: string): ReturnType<typeof listField> {
  const wrapper = objectField(source, name)
  return wrapper === null ? [] : listField(wrapper, 'items')
}

function contextOf(context: Readonly<Record<string, unknown>>): RequestContext {
  const conditions = items(context, 'conditions').map(({ key, values }) => {
    const list = isObject(values) ? listField(values, 'items').map((item) => textField(item, 'value') ?? '') : []
    return [String(key), list.length === 1 ? (list[0] ?? '') : list] as const
  })
  const principal = objectField(context, 'principal')
  const id = principal === null ? null : textField(principal, 'id')
  return { ...Object.fromEntries(conditions), ...(id === null ? {} : { 'aws:userid': id }) }
}

/** What AWS said in its own evaluation, as evidence. */
export const evaluationPart = (evaluation: AwsEvaluation | null): EvidencePart =>
  evaluation === null
    ? {}
    : { awsEvaluation: evaluation, context: evaluation.context, contextComplete: evaluation.contextComplete }

/** A decoded message that was pasted as JSON needs nobody to decode it. */
export const awsEvaluationPasted = (denial: Denial): EvidencePart =>
  evaluationPart(readDecodedMessage(denial.decodedMessage))
