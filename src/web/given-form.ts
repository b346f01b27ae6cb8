import { announce } from './announce.ts'
import { byId, fill, h } from './dom.ts'
import {
  addPolicy,
  countGiven,
  hintNames,
  readPastedPolicy,
  removeContextKey,
  removePolicy,
  setContextKey,
  setHint,
  type Given,
} from './given.ts'
import { icon } from './icons.ts'
import type { PolicyTypeName } from './reply-types.ts'
import type { Words } from './words.ts'

/** What the form needs from the page. */
export interface GivenHost {
  readonly words: () => Words
  readonly given: () => Given
  readonly change: (given: Given) => void
}

const pane = (): HTMLDetailsElement => byId('given', HTMLDetailsElement)
const typeField = (): HTMLSelectElement => byId('policy-type', HTMLSelectElement)
const nameField = (): HTMLInputElement => byId('policy-name', HTMLInputElement)
const jsonField = (): HTMLTextAreaElement => byId('policy-json', HTMLTextAreaElement)

/** Wires the forms in which policies, context keys and hints are added by hand. */
export function startGivenForm(host: GivenHost): void {
  byId('policy-form', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault()
    submitPolicy(host)
  })
  byId('policy-none', HTMLButtonElement).addEventListener('click', () => {
    const policyType = chosenType(host)
    host.change(addPolicy(host.given(), { policyType, name: host.words().given.none, document: null }))
  })
  byId('context-form', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault()
    submitContext(host)
  })
  byId('hints-form', HTMLFormElement).addEventListener('submit', (event) => event.preventDefault())
}

/** Opens the form for a policy of one type, from its place in the picture of the evaluation. */
export function openForPolicy(policyType: PolicyTypeName): void {
  pane().open = true
  typeField().value = policyType
  jsonField().focus()
  pane().scrollIntoView({ block: 'start' })
}

/** Draws the form in the reader's language, with what has been added so far. */
export function renderGiven(host: GivenHost): void {
  const words = host.words()
  const given = host.given()
  const chosen = typeField().value
  fill(
    typeField(),
    ...policyTypeNames(words).map((type) =>
      h(
        'option',
        { value: type, selected: type === (chosen === '' ? 'identity-based' : chosen) },
        words.policyTypes[type].name,
      ),
    ),
  )
  fill(byId('hint-fields', HTMLElement), ...hintNames.map((name) => hintField(name, host)))
  const count = byId('given-count', HTMLElement)
  count.hidden = countGiven(given) === 0
  count.textContent = words.given.count(countGiven(given))
  fill(byId('given-list', HTMLElement), ...givenItems(host))
}

const policyTypeNames = (words: Words): readonly PolicyTypeName[] => Object.keys(words.policyTypes) as PolicyTypeName[]

const chosenType = (host: GivenHost): PolicyTypeName =>
  policyTypeNames(host.words()).find((type) => type === typeField().value) ?? 'identity-based'

function submitPolicy(host: GivenHost): void {
  const words = host.words()
  const pasted = readPastedPolicy(jsonField().value)
  const error = { policy: '', 'not-json': words.given.notJson, 'no-statement': words.given.noStatement }[pasted.kind]
  showError('policy-error', jsonField(), error)
  if (pasted.kind !== 'policy') return
  const policyType = chosenType(host)
  const position = host.given().policies.length + 1
  const name =
    nameField().value.trim() || (pasted.name ?? words.given.unnamed(words.policyTypes[policyType].name, position))
  nameField().value = ''
  jsonField().value = ''
  announce(words.given.added(name))
  host.change(addPolicy(host.given(), { policyType, name, document: pasted.document }))
}

function submitContext(host: GivenHost): void {
  const words = host.words()
  const keyField = byId('context-key', HTMLInputElement)
  const valueField = byId('context-value', HTMLInputElement)
  const key = keyField.value.trim()
  showError('context-error', keyField, key === '' ? words.given.keyMissing : '')
  if (key === '') return
  const values = valueField.value
    .split(',')
    .map((value) => value.trim())
    .filter((value) => value !== '')
  keyField.value = ''
  valueField.value = ''
  announce(words.given.added(key))
  host.change(setContextKey(host.given(), key, values.length > 1 ? values : (values[0] ?? null)))
}

function showError(id: string, field: HTMLElement, message: string): void {
  byId(id, HTMLElement).textContent = message
  if (message === '') field.removeAttribute('aria-invalid')
  else {
    field.setAttribute('aria-invalid', 'true')
    field.focus()
  }
}

function hintField(name: (typeof hintNames)[number], host: GivenHost): HTMLElement {
  const id = `hint-${name}`
  const input = h('input', { id, autocomplete: 'off', spellcheck: 'false', value: host.given().hints[name] ?? '' })
  input.addEventListener('change', () => host.change(setHint(host.given(), name, input.value)))
  return h('div', { class: 'field' }, h('label', { for: id }, host.words().given.hints[name]), input)
}

function givenItems(host: GivenHost): readonly HTMLElement[] {
  const words = host.words()
  const given = host.given()
  const item = (id: string, label: string, value: string, without: Given): HTMLElement =>
    h(
      'li',
      {},
      h('span', {}, h('strong', {}, label), ` ${value}`),
      h(
        'button',
        {
          type: 'button',
          class: 'quiet icon-only',
          id,
          'aria-label': words.given.remove(label),
          click: () => host.change(without),
        },
        icon('cross'),
      ),
    )
  return [
    ...given.policies.map(({ id, policyType, name, document }) =>
      item(
        `remove-policy-${id}`,
        words.policyTypes[policyType].name,
        document === null ? words.given.none : name,
        removePolicy(given, id),
      ),
    ),
    ...Object.entries(given.context).map(([key, value]) =>
      item(`remove-context-${key}`, key, describeValue(value, words), removeContextKey(given, key)),
    ),
    ...hintNames.flatMap((name) => {
      const value = given.hints[name]
      return value === undefined
        ? []
        : [item(`remove-hint-${name}`, words.given.hints[name], value, setHint(given, name, ''))]
    }),
  ]
}

function describeValue(value: string | readonly string[] | null, words: Words): string {
  if (value === null) return words.given.absent
  return typeof value === 'string' ? value : value.join(', ')
}
