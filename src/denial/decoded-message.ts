import { isObject, parseJsonObject } from '../iam/json.ts'
import type { RequestContext } from '../iam/request.ts'
import type { Span } from './denial.ts'
import type { Draft } from './draft.ts'

type Members = Readonly<Record<string, unknown>>

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

/** The answer of sts:DecodeAuthorizationMessage, by itself or inside the CLI's `{"DecodedMessage": "…"}`. */
export function decodedMessageOf(value: Members, depth = 0): Members | null {
  const inner = text(value['DecodedMessage'])
  if (inner !== undefined && depth < 2) {
    const decoded = parseJsonObject(inner)
    return decoded === null ? null : decodedMessageOf(decoded, depth + 1)
  }
  return isObject(value['context']) && ('explicitDeny' in value || 'matchedStatements' in value) ? value : null
}

/** What AWS's own evaluation says: https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html */
export function draftOfDecoded(decoded: Members, span: Span): Draft | null {
  if (decoded['allowed'] === true) return null
  const context = isObject(decoded['context']) ? decoded['context'] : {}
  const caller = isObject(context['principal']) ? context['principal'] : {}
  const principal = text(caller['arn'])
  const action = text(context['action'])
  const resource = text(context['resource'])
  const userId = text(caller['id'])
  return {
    class: principal === undefined && action === undefined ? 'bare' : 'authorization',
    format: 'decoded-message',
    wrapper: 'decoded-message',
    fields: {
      ...(principal !== undefined && { principal }),
      ...(action !== undefined && { action, service: action.split(':')[0]?.toLowerCase() ?? '' }),
      ...(resource !== undefined && { resource }),
      ...(decoded['explicitDeny'] !== null && { effect: decoded['explicitDeny'] === true ? 'explicit' : 'implicit' }),
    },
    span,
    marks: {},
    weak: false,
    needsContext: false,
    occurrences: 1,
    context: {
      ...conditionsOf(context['conditions']),
      ...(userId?.includes('*') === false && { 'aws:userid': userId }),
    },
    decodedMessage: decoded,
  }
}

/** `{items: [{key, values: {items: [{value}]}}]}`: the values that the request carried. */
function conditionsOf(conditions: unknown): RequestContext {
  const found: Record<string, string | readonly string[]> = {}
  for (const item of itemsOf(conditions)) {
    const key = text(item['key'])
    const values = itemsOf(item['values']).flatMap((value) => text(value['value']) ?? [])
    const [first] = values
    if (key !== undefined && first !== undefined) found[key] = values.length === 1 ? first : values
  }
  return found
}

const itemsOf = (list: unknown): readonly Members[] =>
  isObject(list) && Array.isArray(list['items']) ? list['items'].filter(isObject) : []
