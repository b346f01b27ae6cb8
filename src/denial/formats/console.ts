import type { Fields, Row, Signal } from '../signal.ts'
import { sliceOf, type SqueezedText } from '../squeezed-text.ts'
import type { Range } from '../template.ts'
import { tokenEnd, trimmedEnd } from '../token.ts'
import { readReason } from './reason.ts'
import { resourceEnd } from './resource.ts'

/*
 * The console's panel in any language: its labels `User:`, `Service:`, `Action:`, `On resource(s):`, `Context:`
 * stay English, and copying it often glues them together.
 */

export const consoleAnchors = ['onresource(s):', 'context:noidentity-based'] as const

const labels = ['user:', 'service:', 'action:', 'onresource(s):', 'context:'] as const
type Label = (typeof labels)[number]
const window = 700

export function readConsolePanel(squeezed: SqueezedText, at: number): Signal | null {
  const from = Math.max(0, at - window)
  const until = Math.min(squeezed.text.length, at + window)
  const found = labelsBetween(squeezed, from, at, until)
  const action = found.get('action:')
  if (action === undefined) return null
  const service = found.get('service:')
  const user = found.get('user:')
  const resource = found.get('onresource(s):')
  const context = found.get('context:')
  const fields = panelFields(squeezed, { user, service, action, resource })
  const reason = context && readReason(squeezed, context.start)
  const ranges = [...found.values()]
  return {
    kind: 'core',
    name: 'console-panel',
    class: 'authorization',
    encoded: false,
    start: Math.min(...ranges.map((range) => range.start)),
    end: Math.max(reason?.end ?? 0, ...ranges.filter((range) => range !== context).map((range) => range.end)),
    fields: { ...fields, ...reason?.fields },
    marks: {
      ...(user && { principal: user }),
      action,
      ...(resource && { resource }),
      ...(reason && { reason }),
    },
  }
}

/** Each label's value runs to the next label. */
function labelsBetween(squeezed: SqueezedText, from: number, at: number, until: number): Map<Label, Range> {
  const text = squeezed.text.slice(from, until)
  const start = text.lastIndexOf('user:', at - from)
  const places = labels
    .map((label) => ({ label, at: text.indexOf(label, Math.max(0, start)) }))
    .filter((place) => place.at !== -1)
    .sort((a, b) => a.at - b.at)
  const found = new Map<Label, Range>()
  for (const [index, place] of places.entries()) {
    const valueStart = from + place.at + place.label.length
    const next = places[index + 1]
    const limit = next === undefined ? until : from + next.at
    const end =
      place.label === 'onresource(s):'
        ? resourceEnd(squeezed, valueStart, entityEnd(squeezed, valueStart, limit))
        : trimmedEnd(squeezed, valueStart, tokenEnd(squeezed, valueStart, limit))
    if (end > valueStart) found.set(place.label, { start: valueStart, end })
  }
  return found
}

/** IAM's `role app` is two words. */
function entityEnd(squeezed: SqueezedText, start: number, limit: number): number {
  const end = tokenEnd(squeezed, start, limit)
  return /^(?:role|user|group|policy)$/.test(squeezed.text.slice(start, end)) ? tokenEnd(squeezed, end, limit) : end
}

interface Panel {
  readonly user: Range | undefined
  readonly service: Range | undefined
  readonly action: Range
  readonly resource: Range | undefined
}

function panelFields(squeezed: SqueezedText, panel: Panel): Fields {
  const text = (range: Range | undefined): string =>
    range === undefined ? '' : sliceOf(squeezed, range.start, range.end).replace(/\s+/g, '')
  const service = text(panel.service)
  const action = text(panel.action)
  const full = action.includes(':') || service === '' ? action : `${service}:${action}`
  return {
    ...(panel.user && { principal: text(panel.user) }),
    ...(full.includes(':') && { action: full }),
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
]
