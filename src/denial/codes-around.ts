import { isCommonService } from '../action-catalogue/operations.ts'
import type { Decided } from './classify.ts'
import { isAnyError, isDenialCode } from './error-codes.ts'
import { servicePrefix } from './service-names.ts'
import type { Fields, Signal } from './signal.ts'
import type { SqueezedText } from './squeezed-text.ts'

/** Further off than this, and lines apart, a code was somebody else's. */
const otherMessage = 60

/**
 * A code that no refusal has, some lines before the message that refused: it closes another error, unless the message
 * follows at once. Any code of a line above, where the message tells its own behind it.
 */
export function withoutOtherCodes(signals: readonly Signal[], squeezed: SqueezedText): readonly Signal[] {
  const core = signals.find(({ kind }) => kind === 'core')
  if (core === undefined) return signals
  const hasOwn = signals.some(
    ({ kind, start, fields }) => kind === 'tail' && start >= core.end && fields.errorCode !== undefined,
  )
  return signals.filter(({ kind, end, fields }) => {
    if ((kind !== 'head' && kind !== 'code') || fields.errorCode === undefined || end > core.start) return true
    if (isDenialCode(fields.errorCode) && !(hasOwn && kind === 'code')) return true
    const lines = squeezed.view.text.slice(squeezed.at[end - 1] ?? 0, squeezed.at[core.start] ?? 0).split('\n').length
    if (isDenialCode(fields.errorCode)) return lines <= 1
    const isNearer = (other: Signal): boolean =>
      other.start >= end && other.end <= core.start && isDenialCode(other.fields.errorCode ?? '')
    // One that a refusal has, with the message in a line below, is the message's own however near the other stands.
    if (signals.some(isNearer)) return lines <= 1
    return end > core.start - otherMessage || lines <= 2
  })
}

const codeBefore =
  /(?:^|[^A-Za-z0-9])([A-Z][A-Za-z0-9]*(?:Exception|Error|Fault))(?:\[\d+\])?:?\s{0,3}["'`]?\s{0,3}(?:The (?:\w{1,20} )?|(?:User|Caller):? ?(?:is )?)?$/
/** `KinesisException`: the class for whatever a service answers. */
const isOfWholeService = (code: string): boolean =>
  code.endsWith('Exception') && isCommonService(servicePrefix(code.slice(0, -'Exception'.length)))

/** `[accessdeniedexception] User: …`: a logger that has no capitals. */
const codeInBrackets = /\[([a-z]{8,60})\] ?(?:User: ?)?$/

/** A code that no table knows, right before the sentence: `InvalidParameterValueException: The provided …`. */
export function leadingCode(squeezed: SqueezedText, start: number, { class: kind }: Decided): Fields {
  if (kind === 'not-aws') return {}
  const end = squeezed.at[start] ?? 0
  const before = squeezed.view.text.slice(Math.max(0, end - 100), end)
  const small = codeInBrackets.exec(before)?.[1]
  if (small !== undefined && isDenialCode(small)) return { errorCode: small }
  const code = codeBefore.exec(before)?.[1]
  return code === undefined || isAnyError(code) || isOfWholeService(code) ? {} : { errorCode: code }
}
