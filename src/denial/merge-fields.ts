import { isAnyError, isDenialCode } from './error-codes.ts'
import type { Fields, Signal } from './signal.ts'
import { sliceOf, type SqueezedText } from './squeezed-text.ts'

interface Parts {
  readonly signals: readonly Signal[]
  readonly cores: readonly Signal[]
  readonly sentence: Signal | null
  readonly reasons: readonly Signal[]
}

/** What the inner wrapper says wins over the outer one, the sentence over both. */
export function mergeFields({ signals, cores, sentence, reasons }: Parts, squeezed: SqueezedText): Fields {
  const merged: Record<string, unknown> = {}
  const add = (fields: Fields, over: boolean): void => {
    for (const name in fields) {
      const value = fields[name as keyof Fields]
      if (value !== undefined && (over || merged[name] === undefined)) merged[name] = value
    }
  }
  for (const { kind, fields } of signals) if (kind === 'code') add(fields, false)
  for (const { kind, fields } of signals) {
    if (kind !== 'head') continue
    const { errorCode, ...others } = fields
    const known = merged['errorCode']
    // The class of the exception around the code of the service.
    add(errorCode !== undefined && known !== undefined && isAnyError(errorCode) ? others : fields, true)
  }
  const tails = tailsOf(signals, cores[0] ?? sentence, squeezed)
  for (const { fields } of tails) add(fields, false)
  if (cores.length > 0 || isClassOfSdk(merged['errorCode'])) add(innerCode(merged['errorCode'], tails), true)
  for (const reason of reasons) add(reason.fields, false)
  if (sentence !== null) add(sentence.fields, sentence.relayed !== true)
  for (const core of cores) add(core.fields, core === cores[0])
  if (merged['action'] === undefined && merged['wrapperAction'] !== undefined && sentence?.ofInnerCall !== true)
    merged['action'] = merged['wrapperAction']
  if (cores.length > 0 && isClassOfClient(merged['errorCode'])) delete merged['errorCode']
  return merged
}

/** `"errorType": "AmazonSQSException"`: what a runtime caught. A message that AWS wrote has a code, which was not printed. */
const isClassOfClient = (code: unknown): boolean => typeof code === 'string' && /^Amazon\w{1,60}Exception$/u.test(code)

/** `com.amazonaws.AmazonServiceException`: what was thrown, and no code of a service. */
const isClassOfSdk = (code: unknown): boolean =>
  typeof code === 'string' &&
  /^(?:com\.amazonaws|software\.amazon)\./u.test(code) &&
  !isDenialCode(code.slice(code.lastIndexOf('.') + 1))

/** What the refused service said, in the brackets behind its message, against what a caller of it made of that. */
function innerCode(outer: unknown, tails: readonly Signal[]): Fields {
  if (typeof outer !== 'string' || isDenialCode(outer)) return {}
  const inner = tails.find(({ name, fields }) => name === 'java-v1' && isDenialCode(fields.errorCode ?? ''))
  return inner?.fields.errorCode === undefined ? {} : { errorCode: inner.fields.errorCode }
}

/** What tools print after a message; the tail of another message that stands before this one tells nothing of it. */
function tailsOf(signals: readonly Signal[], main: Signal | null, squeezed: SqueezedText): readonly Signal[] {
  const tails = signals.filter(({ kind, name }) => kind === 'tail' && name !== 'reason')
  if (main === null) return tails.filter((tail) => !isOfInvocation(tail, squeezed))
  const behind = tails.filter((tail) => tail.end > main.start)
  const before = tails.filter((tail) => tail.end <= main.start && !endsOther(tail, main, squeezed))
  return [...behind, ...before].filter((tail) => !isOfInvocation(tail, squeezed))
}

/** Members of one object come in any order; otherwise an id that closes its line closes another message. */
function endsOther({ start, end, fields }: Signal, main: Signal, squeezed: SqueezedText): boolean {
  // Headers stand in front of a body.
  if (fields.requestId === undefined || squeezed.text.startsWith('x-amz', start)) return false
  const between = sliceOf(squeezed, end, main.start)
  const gap = squeezed.view.text.slice((squeezed.at[end - 1] ?? 0) + 1, squeezed.at[end] ?? end)
  return `${gap}${between}`.includes('\n') && !/^["']?\s?[,<}]/.test(gap + between)
}

const invocation = /(?:start|end|report)requestid$/

/** `START RequestId: …`: Lambda counts invocations, not calls to a service. */
const isOfInvocation = ({ name, start, fields }: Signal, squeezed: SqueezedText): boolean =>
  name === 'js' &&
  fields.requestId !== undefined &&
  invocation.test(squeezed.text.slice(Math.max(0, start - 6), start + 'requestid'.length))
