import { problemWords } from '../words/problem-words.ts'
import { isObject } from '../iam/json.ts'
import { diagnosesRequestSchema, depthLimit, textLimit, type DiagnosesRequest } from './diagnoses-schema.ts'
import { checkHandedOver } from './handed-over.ts'
import { tooDeep } from './nesting.ts'
import { Problem, fieldErrors } from './problem.ts'

const ownFields = new Set(Object.keys(diagnosesRequestSchema.shape))

/**
 * A body in one shape: plain text, our own request, or a CloudTrail record or decoded message as JSON, which is
 * read like any other paste.
 */
export function readDiagnosesBody(body: unknown): DiagnosesRequest {
  const request = typeof body === 'string' ? { text: body } : readJson(body)
  if (request.text !== undefined && Buffer.byteLength(request.text) > textLimit)
    throw new Problem('too-large', problemWords.textTooLong)
  checkEvidence(request)
  return request
}

/** Throws a Problem where what was handed over is larger than anything that is in force. */
export function checkEvidence({ evidence }: DiagnosesRequest): void {
  if (evidence?.policies !== undefined || evidence?.context !== undefined)
    checkHandedOver(evidence.policies, evidence.context)
}

function readJson(body: unknown): DiagnosesRequest {
  // Nothing at all: the query may hold the hints.
  if (body === undefined) return {}
  if (tooDeep(body)) throw new Problem('invalid-request', `The JSON is nested deeper than ${depthLimit} levels.`)
  if (!isObject(body)) {
    if (Array.isArray(body)) return { text: JSON.stringify(body) }
    throw new Problem('invalid-request', 'Send an object with a "text" field.', {
      errors: [{ pointer: '', message: 'must be an object' }],
    })
  }
  const names = Object.keys(body)
  if (names.length > 0 && !names.some((name) => ownFields.has(name))) return { text: JSON.stringify(body) }
  const result = diagnosesRequestSchema.safeParse(body)
  if (!result.success) throw new Problem('invalid-request', problemWords.schema, { errors: fieldErrors(result.error) })
  return result.data
}
