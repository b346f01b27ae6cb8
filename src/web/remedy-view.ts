import type { ReplyPlanStep, ReplyRemedy } from '../reply/schema.ts'
import { copyButton } from './clipboard.ts'
import { h, type Child } from './dom.ts'
import { codeBlock, badge, disclosure, notice, paragraph, prose, proseList, type Tone } from './parts.ts'
import { chooseForm, readForm } from './preferences.ts'
import { remedyForms, type RemedyForm } from './remedy-forms.ts'
import type { Readiness } from './reply-types.ts'
import { tabs } from './tabs.ts'
import type { Words } from './words.ts'

interface RemediesOptions {
  readonly id: string
  /** What stands above already: an instruction is not said twice. */
  readonly said: string
  readonly words: Words
}

/** All changes of one cause: together they make the request allowed, but for those that are another way to the same. */
export function renderRemedies(remedies: readonly ReplyRemedy[], options: RemediesOptions): readonly Child[] {
  const { id, said, words } = options
  const steps = remedies.filter(({ alternative }) => !alternative)
  const titleOf = (remedy: ReplyRemedy): string | null => {
    if (remedy.alternative) return words.remedy.alternative
    return steps.length > 1 ? words.remedy.numbered(steps.indexOf(remedy) + 1, steps.length) : null
  }
  return [
    steps.length > 1 ? h('p', { class: 'muted' }, words.remedy.allTogether) : null,
    ...remedies.map((remedy, index) => renderRemedy(remedy, titleOf(remedy), { id: `${id}-${index}`, said, words })),
  ]
}

const readinessTones: Readonly<Record<Readiness, Tone>> = {
  ready: 'good',
  'has-placeholders': 'unsure',
  'needs-review': 'unsure',
  none: 'neutral',
}

function renderRemedy(remedy: ReplyRemedy, title: string | null, { id, said, words }: RemediesOptions): HTMLElement {
  return h(
    'div',
    { class: 'remedy' },
    h(
      'div',
      { class: 'remedy-head' },
      title === null ? null : h('strong', {}, title),
      badge(readinessTones[remedy.readiness], words.readiness[remedy.readiness]),
    ),
    said.includes(remedy.instruction) ? null : paragraph(remedy.instruction, 'instruction'),
    renderForms(remedyForms(remedy), id, words),
    renderPlaceholders(remedy, words),
    renderTarget(remedy, words),
    renderVerification(remedy, id, words),
    renderDoNot(remedy, words),
    renderMessage(remedy, words),
  )
}

export function renderForms(forms: readonly RemedyForm[], id: string, words: Words): HTMLElement | null {
  if (forms.length === 0) return null
  return tabs({
    id,
    label: words.remedy.tabs,
    selected: readForm(),
    onSelect: chooseForm,
    tabs: forms.map(({ name, code, language }) => ({
      name,
      label: words.forms[name],
      panel: () => [codeBlock(code, language, words.forms[name], words)],
    })),
  })
}

function renderTarget({ target, owner }: ReplyRemedy, words: Words): HTMLElement {
  return h(
    'dl',
    { class: 'target' },
    target === null
      ? null
      : h('div', {}, h('dt', {}, words.remedy.target), h('dd', {}, ...describeTarget(target, words))),
    owner === '' ? null : h('div', {}, h('dt', {}, words.remedy.owner), h('dd', {}, ...prose(owner))),
  )
}

export function describeTarget(target: ReplyPlanStep['target'], words: Words): readonly Child[] {
  return [
    h('code', {}, target.attachTo),
    ` · ${words.policyTypes[target.policyType].name}`,
    target.policyName === null ? null : ' · ',
    target.policyName === null ? null : h('code', { title: target.policyArn }, target.policyName),
    target.policyName === null ? null : ` (${target.create ? words.remedy.newPolicy : words.remedy.existingPolicy})`,
  ]
}

function renderPlaceholders({ placeholders }: ReplyRemedy, words: Words): HTMLElement | null {
  if (placeholders.length === 0) return null
  const rows = placeholders.map(({ name, meaning }) =>
    h(
      'li',
      {},
      h('code', { class: 'tok-placeholder' }, name.startsWith('<') ? name : `<${name}>`),
      // The meaning begins with the name.
      ...prose(meaning.replace(/^`[^`]*`/u, '')),
    ),
  )
  return h('div', { class: 'beneath' }, h('h3', {}, words.remedy.placeholders), h('ul', {}, ...rows))
}

function renderVerification({ verification }: ReplyRemedy, id: string, words: Words): HTMLElement | null {
  if (verification === null) return null
  const { decision, alsoAllowed, assuming } = verification
  const also = alsoAllowed.map(({ action, resource }) =>
    words.remedy.alsoAllowedItem(`\`${action}\``, `\`${resource}\``),
  )
  const [tone, text] = {
    allowed: ['good', words.remedy.verified] as const,
    unknown: ['unsure', words.remedy.notVerified] as const,
    implicitDeny: ['unsure', words.remedy.stillDenied] as const,
    explicitDeny: ['unsure', words.remedy.stillDenied] as const,
  }[decision]
  return notice(
    tone,
    h('p', {}, h('strong', {}, text)),
    ...titledList(words.remedy.alsoAllowed, also),
    assuming.length === 0
      ? null
      : disclosure(`assuming-${id}`, 'plain-disclosure', [words.remedy.assuming(assuming.length)], proseList(assuming)),
  )
}

const titledList = (title: string, items: readonly string[]): readonly Child[] =>
  items.length === 0 ? [] : [h('p', { class: 'list-title' }, title), proseList(items)]

function renderDoNot({ doNot }: ReplyRemedy, words: Words): HTMLElement | null {
  if (doNot.length === 0) return null
  return h('div', { class: 'do-not' }, h('h3', {}, words.remedy.doNot), proseList(doNot))
}

function renderMessage({ message }: ReplyRemedy, words: Words): HTMLElement | null {
  if (message === null) return null
  const text = h('p', { class: 'message-text' }, message)
  return h(
    'div',
    { class: 'owner-message' },
    h('h3', {}, words.remedy.message),
    text,
    copyButton(message, words.remedy.message, words, text),
  )
}
