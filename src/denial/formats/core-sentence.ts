import type { Fields, Signal } from '../signal.ts'
import { isOperation } from '../../action-catalogue/operations.ts'
import { withoutGluedWord } from '../glued-action.ts'
import { gapBefore, hasGapBefore, sliceOf, type SqueezedText } from '../squeezed-text.ts'
import type { Range } from '../template.ts'
import { tokenEnd, trimmedEnd } from '../token.ts'
import { breaksIn } from './broken-resource.ts'
import { readPrincipal, type Principal } from './principal.ts'
import { readReason, type Reason } from './reason.ts'
import { readResource, type Resource } from './resource.ts'

/*
 * User: <principal> is not authorized to perform: <action> [on resource: <resource>] [<reason>]
 *
 * The sentence of nearly every AWS service. Its parts are cut by the fixed words, not by blanks: session names may
 * hold `=`, `@` and `,`, terminals break lines inside of names, and some services leave a part out.
 */

export const coreAnchor = 'notauthorized'

const perform =
  /(?:to)?perform:?(?:(?:the|this)?(?:following|requested|specified)?(?:api|aws)?(?:action|operation|call)(?:s(?=:))?:?(?!on(?:the)?resource|with|because))?/y
// Marks of comments and lists may be left in front of it; a prefix begins with a letter. Brackets count where `action` follows them.
const action =
  /[*/;%!+>|-]{0,4}(?:[([](?=[a-z][\w-]{1,39}:[a-z0-9*]{2,90}[)\]](?:action|operation|call)))?([a-z][\w-]{1,39}:[a-z0-9*]+)/y
const nullAction = /null/y
/** `perform iam:GetRole action on resource: …`. */
const kindBehind = /(?:api)?(?:action|operation|call)(?=on(?:the)?resource|withanexplicit|because)/y
// Words that may follow an action directly, where a line break was lost.
const afterAction = /on(?:the)?resource|withanexplicitdeny|because(?:no|public|the)|action/

/** Source of a regular expression that reads such sentences: `User: (?P<principal>[^\s]+) is not authorized`. */
const ofPattern = /\(\?(?:P?<|[:=!])|\[\^|[\])sSwd.][+*]\??\)/

export function readCoreSentence(squeezed: SqueezedText, at: number): Signal | null {
  const principal = readPrincipal(squeezed, at)
  if (principal?.text !== undefined && ofPattern.test(principal.text)) return null
  const verbStart = at + coreAnchor.length
  perform.lastIndex = verbStart
  const verb = perform.exec(squeezed.text)
  const called = verb === null ? null : readOperation(squeezed, verbStart + verb[0].length)
  if (called !== null) return operationSignal(principal, called, readResource(squeezed, called.end))
  if (verb === null) {
    // Cut off, or said without the action: only an ARN makes it a denial of somebody.
    if (principal?.text?.startsWith('arn:') !== true) return null
    const assuming = readAssuming(squeezed, principal, verbStart)
    if (assuming !== null) return assuming
    return signal(principal.start, verbStart, { principal: principal.text }, { principal })
  }
  const zone = verbStart + verb[0].length
  const acted = readAction(squeezed, zone)
  if (acted !== null && hasThreeParts(squeezed, acted))
    return {
      ...signal(principal?.start ?? at, acted.end, {}, {}),
      kind: 'sentence',
      name: 'other-cloud',
      class: 'not-aws',
    }
  if (acted === null) {
    const masked = readMasked(squeezed, principal, zone)
    if (masked !== null) return masked
    nullAction.lastIndex = zone
    const printedNull = nullAction.test(squeezed.text)
    if (!principal?.text && !printedNull) return null
    if (principal?.text === undefined || !(principal.named || printedNull)) return null
    return signal(principal.start, zone, { principal: principal.text }, { principal })
  }
  const breaks = breaksIn(principal?.text === undefined ? '' : sliceOf(squeezed, principal.start, principal.end))
  kindBehind.lastIndex = acted.end
  const end = acted.end + (kindBehind.exec(squeezed.text)?.[0].length ?? 0)
  const resource = readResource(squeezed, end, breaks)
  const reason = nextReason(squeezed, resource?.end ?? end)
  return sentenceSignal(squeezed, at, acted.end, { principal, acted, resource, reason })
}

interface Parts {
  readonly principal: Principal | null
  readonly acted: (Range & { readonly text: string }) | null
  readonly resource: Resource | null
  readonly reason: Reason | null
}

function sentenceSignal(squeezed: SqueezedText, at: number, verbEnd: number, parts: Parts): Signal {
  const { principal, acted, resource, reason } = parts
  return signal(
    principal?.start ?? at,
    reason?.end ?? resource?.end ?? verbEnd,
    {
      ...(principal?.text !== undefined && { principal: principal.text }),
      ...(acted && { action: acted.text }),
      ...(resource?.text !== undefined && { resource: resource.text, resourceEnds: resource.ends }),
      ...reason?.fields,
      ...(acted && otherAction(squeezed, reason, acted.text)),
    },
    {
      ...(principal?.text !== undefined && { principal }),
      ...(acted && { action: acted }),
      ...(resource?.text !== undefined && { resource: resource.value }),
      ...(reason && { reason }),
    },
  )
}

/** `… to perform: ec2:CreateVpcEndpoint … because no … policy allows the vpce:AllowMultiRegion action`. */
function otherAction(squeezed: SqueezedText, reason: Reason | null, action: string): Fields {
  if (reason?.action == null) return {}
  const named = sliceOf(squeezed, reason.action.start, reason.action.end).replace(/\s+/g, '')
  return named.toLowerCase() === action.toLowerCase() ? {} : { reasonAction: named }
}

/** `<Action>`, `***`, or words that name none: `this operation`, `the requested action`, `API action`. */
const mask =
  /(?:this|the)?(?:requested)?(?:api)?(?:action|operation|call)(?=on(?:the)?resource|withanexplicit|because)|<[^<>]{1,60}>|\[[^[\]]{1,60}\]|\{[^{}]{1,60}\}|[*x._\u2026-]{2,40}|null|redacted/y

/** `is not authorized to perform: <SERVICE:ACTION> on resource: * with an explicit deny`: the rest still tells. */
function readMasked(squeezed: SqueezedText, principal: Principal | null, start: number): Signal | null {
  mask.lastIndex = start
  const masked = mask.exec(squeezed.text)
  if (masked === null) return null
  const resource = readResource(squeezed, start + masked[0].length)
  const reason = nextReason(squeezed, resource?.end ?? start + masked[0].length)
  if (resource === null && reason === null) return null
  return sentenceSignal(squeezed, start, start + masked[0].length, { principal, acted: null, resource, reason })
}

export const cutCallerAnchor = 'user:arn:'
const codeInFront = /(?:AccessDenied(?:Exception)?|UnauthorizedOperation|AuthorizationError): ["'`]?$/
const wholeCaller = /^arn:[\w-]{2,20}:(?:iam|sts)::\d{12}:(?:assumed-role|user|federated-user)\/[\w+=,.@/-]{2,300}$/

/** `AccessDeniedException: User: arn:aws:sts::…`, and the text ends there: the code says what was cut off. */
export function readCutCaller(squeezed: SqueezedText, at: number): Signal | null {
  const { text, view, at: places } = squeezed
  const place = places[at] ?? 0
  if (!codeInFront.test(view.text.slice(Math.max(0, place - 60), place))) return null
  const start = at + 'user:'.length
  const end = trimmedEnd(squeezed, start, tokenEnd(squeezed, start, start + 420))
  const name = sliceOf(squeezed, start, end)
  if (!wholeCaller.test(name) || name.endsWith('..') || !/^[)\]}]{0,3}$/.test(text.slice(end, end + 8))) return null
  return signal(at, end, { principal: name }, { principal: { start, end } })
}

const databaseUser = /^arn:aws[a-z-]*:redshift:[a-z0-9-]*:[^:]*:dbuser:/
const assumeRole = /toassume(?:iam)?role/y

/** `User arn:aws:redshift:…:dbuser:… is not authorized to assume IAM Role …`: the cluster asks for its database user. */
function readAssuming(squeezed: SqueezedText, principal: Principal, verbEnd: number): Signal | null {
  assumeRole.lastIndex = verbEnd
  const verb = assumeRole.exec(squeezed.text)
  if (verb === null || principal.text === undefined || !databaseUser.test(principal.text)) return null
  const start = verbEnd + verb[0].length
  let end = start
  while (end < squeezed.text.length && end < start + 400 && (end === start || !hasGapBefore(squeezed, end))) end++
  const role = sliceOf(squeezed, start, end).replace(/[.,;'")]+$/, '')
  const isArn = role.startsWith('arn:')
  const fields = { principal: principal.text, action: 'sts:AssumeRole' }
  return isArn
    ? signal(
        principal.start,
        start + role.length,
        { ...fields, resource: role },
        { principal, resource: { start, end: start + role.length } },
      )
    : signal(principal.start, start, fields, { principal })
}

const operationName = /[a-z]{3,60}/y

/** `is not authorized to perform CreateLogGroup with Tags`: an operation where others print the action. */
function readOperation(squeezed: SqueezedText, start: number): (Range & { text: string }) | null {
  operationName.lastIndex = start
  const run = operationName.exec(squeezed.text)?.[0].length ?? 0
  let end = start + 1
  while (end < start + run && !hasGapBefore(squeezed, end)) end++
  const text = sliceOf(squeezed, start, end)
  const isName = /^[A-Z][a-z]+[A-Z]/.test(text) && squeezed.text[end] !== ':' && isOperation(text)
  return isName ? { start, end, text } : null
}

const operationSignal = (
  principal: Principal | null,
  { start, end, text }: Range & { text: string },
  resource: Resource | null,
): Signal =>
  signal(
    principal?.start ?? start,
    resource?.end ?? end,
    {
      ...(principal?.text !== undefined && { principal: principal.text }),
      operation: text,
      ...(resource?.text !== undefined && { resource: resource.text }),
    },
    {
      ...(principal?.text !== undefined && { principal }),
      ...(resource?.text !== undefined && { resource: resource.value }),
    },
  )

const signal = (start: number, end: number, fields: Fields, marks: Signal['marks']): Signal => ({
  kind: 'core',
  name: 'core',
  class: 'authorization',
  start,
  end,
  fields,
  encoded: false,
  marks,
})

function readAction(squeezed: SqueezedText, start: number): (Range & { text: string }) | null {
  action.lastIndex = start
  const found = action.exec(squeezed.text)
  const name = found?.[1]
  if (found === null || name === undefined) return null
  const nameStart = start + found[0].length - name.length
  // Cut off at the prefix: what stands in the next paragraph is no name of an action.
  const behindPrefix = gapBefore(squeezed, nameStart + name.indexOf(':') + 1)
  if (/\n\s*\n/.test(behindPrefix)) return null
  if (name.startsWith('null') && (name[4] === ':' || hasGapBefore(squeezed, nameStart + 4))) return null
  const end = actionEnd(squeezed, nameStart, nameStart + name.length)
  // Or a line that begins with a key.
  if (behindPrefix.includes('\n') && /[:=]/.test(squeezed.text.charAt(end)) && !hasGapBefore(squeezed, end)) return null
  // `aps: "RemoteWrite"`: quotes are the printer's.
  const printed = sliceOf(squeezed, nameStart, end).replace(/[\s"'`]+/g, '')
  const text = withoutGluedWord(printed)
  // `perform this action on resource: …`: a colon that stands further on.
  return text.indexOf(':') > 0 && !text.endsWith(':')
    ? { start: nameStart, end: end - (printed.length - text.length), text }
    : null
}

const thirdPart = /^:[a-z][A-Za-z*]{1,40}(?![\w:/-])/

/** `ecs:cloudServers:get`: Huawei Cloud has the sentence of AWS, and kind and verb behind the service. */
const hasThreeParts = ({ view, at }: SqueezedText, { end, text }: Range & { readonly text: string }): boolean => {
  const next = (at[end - 1] ?? 0) + 1
  return /:[a-z]/.test(text) && thirdPart.test(view.text.slice(next, next + 50))
}

/** The first blank ends an action, unless a line break split the name and a known word ends it later. */
function actionEnd(squeezed: SqueezedText, start: number, runEnd: number): number {
  const run = squeezed.text.slice(start, runEnd + 12)
  const colon = start + run.indexOf(':')
  const next = afterAction.exec(run)
  const stop = Math.min(runEnd, next && next.index > 0 ? start + next.index : runEnd)
  const gaps: number[] = []
  for (let index = colon + 2; index < stop; index++) if (hasGapBefore(squeezed, index)) gaps.push(index)
  const [first] = gaps
  if (first === undefined) return stop
  const broken = gaps.length === 1 && next !== null && stop < runEnd && gapBefore(squeezed, first).includes('\n')
  return broken ? stop : first
}

const betweenReason = /[.,;:)*\]}>|\u2026-]{0,12}/y

/** The clause right behind the sentence; further on it may belong to somebody's prose. */
function nextReason(squeezed: SqueezedText, end: number): Reason | null {
  const direct = readReason(squeezed, end)
  if (direct !== null) return direct
  betweenReason.lastIndex = end
  const skipped = betweenReason.exec(squeezed.text)?.[0] ?? ''
  return skipped === '' ? null : readReason(squeezed, end + skipped.length)
}
