import { Problem, problemDocument } from '../http/problem.ts'

export interface HttpAnswer {
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly isBase64Encoded?: boolean
}

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html: 6 MB of JSON, the body escaped in it. */
const answerLimit = 6 * 1024 * 1024
/** No UTF-16 code unit takes more than six bytes in JSON (`\u001b`). */
const longestUnit = 6

/** A longer answer would be lost and look like a failure of the function; this one says what to do. */
export function withinLimit(answer: HttpAnswer, requestId: string): HttpAnswer {
  if (answer.body.length * longestUnit < answerLimit / 2) return answer
  if (Buffer.byteLength(JSON.stringify(answer)) <= answerLimit) return answer
  const problem = new Problem(
    'too-large',
    'Its answer is longer than the 6 MB that Lambda takes: ask for less at once.',
  )
  return {
    statusCode: problem.statusCode,
    headers: { ...securityHeaders(answer.headers), 'content-type': 'application/problem+json; charset=utf-8' },
    body: JSON.stringify(problemDocument(problem, requestId)),
  }
}

const ofTheBody = new Set(['content-length', 'content-type', 'content-encoding', 'etag', 'last-modified'])

const securityHeaders = (headers: HttpAnswer['headers']): HttpAnswer['headers'] =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !ofTheBody.has(name)))
