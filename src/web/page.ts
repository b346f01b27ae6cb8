import type { Sample } from './api.ts'
import { byId, fill, h } from './dom.ts'
import { renderFailure } from './failure-view.ts'
import { renderGiven, type GivenHost } from './given-form.ts'
import { icon } from './icons.ts'
import { catalogueAddress, notice } from './parts.ts'
import { readTheme } from './preferences.ts'
import { renderResult } from './result-view.ts'
import type { State } from './state.ts'
import type { Actions } from './view.ts'
import type { Words } from './words.ts'

/** What the page's frame needs in order to draw itself. */
export interface PageHost extends GivenHost {
  readonly state: () => State
  readonly actions: Actions
  readonly retry: () => void
  /** Something stands in the field. */
  readonly hasText: () => boolean
  readonly chooseSample: (sample: Sample) => void
}

/** Draws what has changed since `before`; everything where there is no before. */
export function renderPage(host: PageHost, before: State | null): void {
  const state = host.state()
  const words = host.words()
  const hasChanged = (...names: readonly (keyof State)[]): boolean =>
    before === null || names.some((name) => before[name] !== state[name])

  if (hasChanged('locale')) renderWords(state, words)
  renderTheme(words)
  if (hasChanged('locale', 'given')) renderGiven(host)
  if (hasChanged('locale', 'samples')) renderSamples(host)
  if (hasChanged('waiting', 'locale')) renderWaiting(state.waiting, words)
  if (hasChanged('failure', 'locale')) {
    fill(
      byId('failure', HTMLElement),
      state.failure === null
        ? null
        : renderFailure(state.failure, words, { retry: host.retry, hasText: host.hasText() }),
    )
  }
  if (hasChanged('answer', 'editing', 'locale', 'fromLink')) renderAnswerPlace(host)
  byId('ask', HTMLElement).hidden = !state.editing
  byId('samples', HTMLElement).hidden = !state.editing || state.samples.length === 0
  document.body.classList.toggle('answered', !state.editing)
}

function renderAnswerPlace({ state: current, words, actions }: PageHost): void {
  const { answer, editing, locale, fromLink } = current()
  const place = byId('result', HTMLElement)
  const diagnosis = answer?.reply.diagnoses[answer.index]
  if (answer === null || diagnosis === undefined || editing) {
    fill(place)
    return
  }
  const origin = fromLink ? notice('neutral', h('p', {}, words().share.fromLink)) : null
  fill(place, origin, ...renderResult({ words: words(), locale, actions, diagnosis, ...answer }))
}

function renderWords(state: State, words: Words): void {
  document.documentElement.lang = state.locale
  const known: Readonly<Record<string, string>> = words.page
  for (const element of document.querySelectorAll<HTMLElement>('[data-word]')) {
    element.textContent = known[element.dataset['word'] ?? ''] ?? ''
  }
  document.title = words.page.productName
  const language = byId('language', HTMLButtonElement)
  language.textContent = words.otherLanguage
  byId('catalogue', HTMLAnchorElement).href = catalogueAddress(words)
  language.lang = state.locale === 'en' ? 'ko' : 'en'
}

function renderTheme(words: Words): void {
  const button = byId('theme', HTMLButtonElement)
  const label = words.theme[readTheme()]
  button.setAttribute('aria-label', label)
  button.title = label
  if (button.childElementCount === 0) button.replaceChildren(icon('theme'))
}

function renderSamples({ state, words, chooseSample }: PageHost): void {
  const { samples } = state()
  const items = samples.map((sample) =>
    h(
      'li',
      {},
      h(
        'button',
        { type: 'button', class: 'sample', 'data-sample': sample.id, click: () => chooseSample(sample) },
        h('span', { class: 'sample-title' }, words().samples[sample.id] ?? sample.id),
        h('span', { class: 'sample-text', 'aria-hidden': 'true' }, firstError(sample.text)),
      ),
    ),
  )
  byId('samples-title', HTMLElement).textContent = words().page.samplesHeading
  fill(byId('sample-list', HTMLElement), ...items)
}

/** The line of a sample that is worth a glance. */
const firstError = (text: string): string =>
  (text.split('\n').find((line) => /denied|not authorized|error/i.test(line)) ?? text).slice(0, 160)

let ticking: ReturnType<typeof setInterval> | undefined

function renderWaiting(isWaiting: boolean, words: Words): void {
  byId('waiting', HTMLElement).hidden = !isWaiting
  byId('result', HTMLElement).setAttribute('aria-busy', String(isWaiting))
  byId('waiting-text', HTMLElement).textContent = words.waiting.text
  const seconds = byId('waiting-seconds', HTMLElement)
  seconds.textContent = ''
  clearInterval(ticking)
  if (!isWaiting) return
  const since = performance.now()
  ticking = setInterval(() => {
    seconds.textContent = words.waiting.seconds(Math.round((performance.now() - since) / 1000))
  }, 1000)
}
