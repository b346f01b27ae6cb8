import type { Denial, DenialMarks, Span } from './denial.ts'
import { regionOfArn } from '../iam/arn.ts'
import { labelsOf, type PanelPart } from './formats/panel-labels.ts'
import { isCallersArn, readPrincipalName } from './principal-name.ts'

/*
 * A ticket, a runbook or an application's own log names caller, action and resource each behind a label, on lines, in
 * the rows of a table or as the members of an object: `Role: arn:…`, `| Action | s3:GetObject |`, `"resource":"arn:…"`.
 */

type Part = keyof Pick<DenialMarks, 'principal' | 'action' | 'resource'>

interface Told {
  readonly part: Part
  readonly value: string
  readonly span: Span
}

const ofPanel = (part: PanelPart): string =>
  labelsOf(part)
    .map((label) => label.slice(0, -1).replaceAll(/[()]/gu, '\\$&'))
    .join('|')

type IsValue = (text: string) => boolean

const shapes: readonly { readonly part: Part; readonly label: string; readonly isValue: IsValue }[] = [
  {
    part: 'principal',
    label: `(?:(?:iam|aws|assumed|execution|task|instance|calling)[ _-]?)?(?:role|principal|caller|identity|actor|${ofPanel('user')}|rolle|rol|r\u00f4le|ruolo|papel|fun\u00e7\u00e3o|\u30ed\u30fc\u30eb|\uc5ed\ud560|\u89d2\u8272)(?:[ _-]?(?:arn|identity))?`,
    isValue: isCallersArn,
  },
  {
    part: 'action',
    // Permissions alone may be those that are there.
    label: `(?:(?:iam|aws|api|denied|failed|requested)[ _-]?)?(?:actions|call|operation|${ofPanel('action')}|aktionen|acciones|a\u00e7\u00f5es)(?:[ _-]?(?:name|denied))?|(?:denied|lacking|missing|needed|required|requested)[ _-]?(?:iam[ _-]?)?(?:permissions?|actions?)|permissions?[ _-]?(?:denied|missing|needed|required|requested)`,
    isValue: (text) => /^[a-z][a-z0-9-]{1,30}:[A-Z][A-Za-z0-9]{1,60}$/u.test(text),
  },
  {
    part: 'resource',
    label: `(?:(?:on|aws|target|denied|affected)[ _-]?)?(?:resources|target|${ofPanel('resource')})(?:[ _-]?arn)?`,
    isValue: (text) => /^(?:arn:aws[a-z-]{0,20}:[a-z0-9-]{2,40}:\S+|\*)$/u.test(text),
  },
]
const token = '[^\\s"\'`|,;\\u2502]{1,1400}'
const lines = shapes.map((shape) => ({
  ...shape,
  line: new RegExp(
    `(?:(?<=(?:^|[\\n|\\u2502{,;(>*_\`"'\\u2022-])\\s{0,4})(?:${shape.label})[ \\t*_\`"'|\\u2502]{0,12}[:=|\\u2502]|(?<=\\s)(?:${shape.label})=)[\\s*_\`"'>|\\u2502[-]{0,12}(?<value>${token})`,
    'dgiu',
  ),
}))
/** `s3:GetObject / s3:PutObject`, or each on a line of its own. */
const nextAction = new RegExp(
  `["'\`]?(?:\\s{0,8}(?:[,;/+&-]|and|\\u2022)){0,2}\\s{0,8}["'\`]?(?<value>${token})`,
  'dyu',
)

/** Lines of one form stand together. */
const extent = 1500
/** Policies, and templates of them, have the same labels for something else. */
const ofPolicies = /\b(?:effect|not_?(?:action|principal|resource)s?|function_?name)["'`]?\s{0,3}[:=]/iu
const most = 5

/**
 * A denial with the form round it, which has to name its action where it has one; else there is a denial for each action
 * of the form. What the error tells itself stays.
 */
export function withLabelledFacts(denial: Denial, text: string): readonly Denial[] {
  if (denial.principal !== null || (denial.class !== 'bare' && denial.class !== 'authorization')) return [denial]
  const from = Math.max(0, denial.span[0] - extent)
  const form = text.slice(from, denial.span[1] + extent)
  if (ofPolicies.test(form)) return [denial]
  const told = lines.flatMap(({ part, line, isValue }) =>
    [...form.matchAll(line)]
      .flatMap((match) => toldIn(match, part, isValue, from))
      .flatMap((one) => (part === 'action' ? listed(text, one, isValue) : one)),
  )
  const all = distinct(told.filter(({ part }) => part === 'action'))
  const actions = all.filter(({ value }) => denial.action === null || value === denial.action)
  if (actions.length === 0 || actions.length > most) return [denial]
  const principal = onlyOne(told, 'principal')
  const resource = denial.resource === null ? onlyOne(told, 'resource') : null
  return actions.map((action) =>
    fill(
      denial,
      [action, principal, resource].filter((one) => one !== null),
    ),
  )
}

/** What stands behind a label, without the emphasis and the full stop that close it, if it is such a value. */
function toldIn(match: RegExpExecArray, part: Part, isValue: IsValue, from: number): readonly Told[] {
  const [start] = match.indices?.groups?.['value'] ?? [0]
  const value = (match.groups?.['value'] ?? '').replace(/(?:\*\*|[.:_)\]])+$/u, '')
  return isValue(value) ? [{ part, value, span: [from + start, from + start + value.length] }] : []
}

/** An action and those that the same label names. */
function listed(text: string, first: Told, isValue: IsValue): readonly Told[] {
  const all = [first]
  for (let last = first; all.length <= most;) {
    nextAction.lastIndex = last.span[1]
    const match = nextAction.exec(text)
    const [next] = match === null ? [] : toldIn(match, 'action', isValue, 0)
    if (next === undefined) break
    all.push(next)
    last = next
  }
  return all
}

const distinct = (all: readonly Told[]): readonly Told[] =>
  all.filter(({ value }, index) => all.findIndex((other) => other.value === value) === index)

/** Of several nothing tells which is meant. */
function onlyOne(told: readonly Told[], wanted: Part): Told | null {
  const [one, ...others] = distinct(told.filter(({ part }) => part === wanted))
  return one === undefined || others.length > 0 ? null : one
}

function fill(denial: Denial, told: readonly Told[]): Denial {
  const value = (wanted: Part): string | null => told.find(({ part }) => part === wanted)?.value ?? null
  const action = value('action')
  const principal = value('principal')
  const resource = denial.resource ?? value('resource')
  return {
    ...denial,
    ...readPrincipalName(principal),
    class: 'authorization',
    principal,
    action,
    service: action?.split(':')[0] ?? null,
    resource,
    region: regionOfArn(resource) ?? denial.region,
    marks: { ...denial.marks, ...Object.fromEntries(told.map(({ part, span }) => [part, span])) },
  }
}
