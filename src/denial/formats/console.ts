import { withoutGluedWord } from '../glued-action.ts'
import type { Fields, Row, Signal } from '../signal.ts'
import { sliceOf, type SqueezedText } from '../squeezed-text.ts'
import type { Range } from '../template.ts'
import { tokenEnd, trimmedEnd } from '../token.ts'
import { readReason, type Reason } from './reason.ts'
import { readContext } from './reason-translated.ts'
import { labelBefore, labelsOf, type PanelPart } from './panel-labels.ts'
import { resourceEnd } from './resource.ts'

/*
 * The console's panel, with its labels in any order, and copying it often glues them together. Most languages of the
 * console keep `User:`, `Service:`, `Action:`, `On resource(s):`, `Context:`; who retells it translates them.
 */

export const consoleAnchors = ['onresource(s):', ...labelsOf('context')] as const

const window = 700
/** What may stand between a value and the next label. */
const longestGap = 40

interface Place {
  readonly part: PanelPart
  readonly start: number
  readonly end: number
}

export function readConsolePanel(squeezed: SqueezedText, at: number): Signal | null {
  const isConsole = squeezed.text.startsWith('onresource(s):', at)
  // Labels like these stand in many a form: a panel is one by the console's own words.
  if (!isConsole && readContext(squeezed, squeezed.text.indexOf(':', at) + 1) === null) return null
  const found = labelsRound(squeezed, at)
  const { user, service, action, resource, context } = found
  const reason =
    context !== undefined ? readContext(squeezed, context.start) : isConsole ? reasonBehind(squeezed, resource) : null
  if (isConsole ? action === undefined && reason === null : reason === null) return null
  if (action === undefined && resource === undefined) return null
  const fields = panelFields(squeezed, { user, service, action, resource })
  if (action === undefined && fields.resource?.startsWith('arn:') !== true) return null
  // No more than was read of it.
  const acted = action && { ...action, end: action.end - gluedLength(squeezed, { service, action }) }
  const ranges = [user, service, action, resource].filter((range) => range !== undefined)
  return {
    kind: 'core',
    name: 'console-panel',
    class: 'authorization',
    encoded: false,
    start: Math.min(...ranges.map((range) => range.start), at),
    end: Math.max(reason?.end ?? 0, ...ranges.map((range) => range.end)),
    fields: {
      ...(action === undefined && { service: fields.resource?.split(':')[2] ?? '' }),
      ...fields,
      ...reason?.fields,
    },
    marks: {
      ...(user && { principal: user }),
      ...(acted && { action: acted }),
      ...(resource && { resource }),
      ...(reason && { reason }),
    },
  }
}

const betweenParts = /[/,;|)-]{0,3}/y

/** The reason without its label. */
function reasonBehind(squeezed: SqueezedText, resource: Range | undefined): Reason | null {
  if (resource === undefined) return null
  betweenParts.lastIndex = resource.end
  return betweenParts.test(squeezed.text) ? readReason(squeezed, betweenParts.lastIndex) : null
}

type Values = Partial<Record<PanelPart, Range>>

/** The values of the labels round this one. A label that is there already begins the next panel. */
function labelsRound(squeezed: SqueezedText, at: number): Readonly<Values> {
  const places = placesOf(squeezed.text, Math.max(0, at - window), Math.min(squeezed.text.length, at + window))
  let found: Values = {}
  const taken = new Set<PanelPart>()
  let last = 0
  for (const [index, place] of places.entries()) {
    const resource = found.action === undefined || taken.has('resource') ? null : bareArn(squeezed, last, place.start)
    if (resource !== null) {
      found.resource = resource
      taken.add('resource')
      last = resource.end
    }
    if (taken.has(place.part) || isApart(squeezed, last, place, found)) {
      if (place.start > at) break
      found = {}
      taken.clear()
    }
    const user = taken.size === 0 && place.part !== 'user' ? bareCaller(squeezed, place.start) : null
    if (user !== null) {
      found.user = user
      taken.add('user')
    }
    const end = valueEnd(
      squeezed,
      place,
      places[index + 1]?.start ?? Math.min(squeezed.text.length, place.end + window),
    )
    taken.add(place.part)
    if (end > place.end) found[place.part] = { start: place.end, end }
    last = end
  }
  return found
}

/*
 * Some panels of the console print caller and resource without a label, each on a line of its own.
 */

/** An ARN that fills the place between two labels. */
function bareArn(squeezed: SqueezedText, start: number, until: number): Range | null {
  if (!squeezed.text.startsWith('arn:', start)) return null
  const end = tokenEnd(squeezed, start, until)
  return end === until ? { start, end } : null
}

/** A caller's ARN that ends where the first label begins. */
function bareCaller(squeezed: SqueezedText, until: number): Range | null {
  const from = Math.max(0, until - window)
  const before = squeezed.text.slice(from, until)
  const at = before.lastIndexOf('arn:')
  return at !== -1 && callersArn.test(before.slice(at)) ? bareArn(squeezed, from + at, until) : null
}

const callersArn = /^arn:[a-z-]{3,20}:(?:sts|iam)::/

/** Other words stand between, or a blank line behind the reason. Of several resources the first one is read. */
function isApart(squeezed: SqueezedText, last: number, { part, start }: Place, found: Values): boolean {
  if (start - last > (part === 'context' && found.resource !== undefined ? window : longestGap)) return true
  return found.context !== undefined && /\n\s*\n/.test(sliceOf(squeezed, last - 1, start + 1))
}

function placesOf(text: string, from: number, until: number): readonly Place[] {
  const places: Place[] = []
  for (let colon = text.indexOf(':', from); colon !== -1 && colon < until; colon = text.indexOf(':', colon + 1)) {
    const label = labelBefore(text, colon)
    if (label !== null) places.push({ part: label.part, start: colon + 1 - label.words.length, end: colon + 1 })
  }
  return places
}

function valueEnd(squeezed: SqueezedText, { part, end: start }: Place, limit: number): number {
  if (part === 'resource') return resourceEnd(squeezed, start, entityEnd(squeezed, start, limit))
  if (part === 'context') return readContext(squeezed, start)?.end ?? tokenEnd(squeezed, start, limit)
  return trimmedEnd(squeezed, start, tokenEnd(squeezed, start, limit))
}

/** IAM's `role app` is two words. */
function entityEnd(squeezed: SqueezedText, start: number, limit: number): number {
  const end = tokenEnd(squeezed, start, limit)
  return /^(?:role|user|group|policy)$/.test(squeezed.text.slice(start, end)) ? tokenEnd(squeezed, end, limit) : end
}

interface Panel {
  readonly user: Range | undefined
  readonly service: Range | undefined
  readonly action: Range | undefined
  readonly resource: Range | undefined
}

const textOf = (squeezed: SqueezedText, range: Range | undefined): string =>
  range === undefined ? '' : sliceOf(squeezed, range.start, range.end).replace(/\s+/g, '')

function fullAction(squeezed: SqueezedText, panel: Pick<Panel, 'service' | 'action'>): string {
  const service = textOf(squeezed, panel.service)
  const action = textOf(squeezed, panel.action)
  return action.includes(':') || service === '' ? action : `${service}:${action}`
}

function gluedLength(squeezed: SqueezedText, panel: Pick<Panel, 'service' | 'action'>): number {
  const full = fullAction(squeezed, panel)
  return full.length - withoutGluedWord(full).length
}

function panelFields(squeezed: SqueezedText, panel: Panel): Fields {
  const text = (range: Range | undefined): string => textOf(squeezed, range)
  const full = fullAction(squeezed, panel)
  return {
    ...(panel.user && { principal: text(panel.user) }),
    ...(full.includes(':') && { action: withoutGluedWord(full) }),
    ...(panel.resource && {
      resource: text(panel.resource).replace(/^(?:role|user|group|policy)(?![:/])(?=.)/, '$& '),
    }),
  }
}

export const consoleRows: readonly Row[] = [
  {
    name: 'console-banner',
    kind: 'core',
    class: 'authorization',
    words: ['access denied to {action}', "you don't have permission to {action}", 'you need permissions to {action}'],
    example: 'Access denied to iam:ListUsers',
    seen: 'AWS Management Console, red box',
  },
  {
    name: 'controller-condition',
    kind: 'core',
    class: 'authorization',
    words: [
      "isn't authorized to call {action}",
      'is not authorized to call {action}',
      'not authorized to call {action}',
    ],
    example: "message: Controller isn't authorized to call ec2:RunInstances",
    seen: 'Karpenter, in the conditions of its node classes',
  },
]
