import { announce, announceVisibly } from './announce.ts'
import { askDiagnoses, loadSamples, type Answered, type Sample } from './api.ts'
import { askForKey, copyOrShow, openShareDialog } from './dialogs.ts'
import { byId } from './dom.ts'
import { onFile, readFile } from './files.ts'
import { decodeFragment, isPasteLink } from './fragment.ts'
import { setContextKey, setHint, type Given } from './given.ts'
import { openForPolicy, startGivenForm } from './given-form.ts'
import { renderPage, type PageHost } from './page.ts'
import { chooseLocale, chooseTheme, keepKey, readKey, readLocale, readTheme, themes } from './preferences.ts'
import { initialState, nextAnswer, type Occasion, type State } from './state.ts'
import type { Actions } from './view.ts'
import { words as allWords, type Words } from './words.ts'

/** The page's one place where something happens: it keeps the state, asks the service and has the page drawn. */

let state: State = initialState(readLocale())
let running: AbortController | null = null

const words = (): Words => allWords[state.locale]
const textField = byId('text', HTMLTextAreaElement)

const actions: Actions = {
  select(index) {
    if (state.answer === null) return
    update({ answer: { ...state.answer, index, news: null } })
    showAnswer()
  },
  edit() {
    update({ editing: true })
    textField.focus()
  },
  startOver() {
    running?.abort()
    textField.value = ''
    update({ ...initialState(state.locale), samples: state.samples })
    textField.focus()
  },
  recheck: () => void ask('recheck'),
  share() {
    if (state.answer !== null) openShareDialog(state.answer.text, state.answer.reply.redactedText ?? null, words())
  },
  copyRedacted() {
    void copyOrShow(state.answer?.reply.redactedText ?? '', words().share.redactedCopied, words())
  },
  giveContext: (key, value) => changeGiven(setContextKey(state.given, key, value)),
  giveHint: (name, value) => changeGiven(setHint(state.given, name, value)),
  givePolicy: openForPolicy,
}

const host: PageHost = {
  state: () => state,
  words,
  actions,
  given: () => state.given,
  change: changeGiven,
  retry: () => void ask('new'),
  hasText: () => textField.value.trim() !== '',
  chooseSample: (sample: Sample) => begin(sample.text),
}

function update(change: Partial<State>): void {
  const before = state
  state = { ...state, ...change }
  renderPage(host, before)
}

function changeGiven(given: Given): void {
  update({ given })
  if (state.answer !== null && !state.editing) void ask('given')
}

/** Takes a text from a sample, a file or a link and has it explained at once. */
function begin(text: string): void {
  textField.value = text
  void ask('new')
}

async function ask(occasion: Occasion): Promise<void> {
  running?.abort()
  const controller = new AbortController()
  running = controller
  update({ waiting: true, failure: null })
  announce(occasion === 'recheck' ? words().recheck.running : words().waiting.text)
  try {
    const text = textField.value
    const question = { text, given: state.given, locale: state.locale, fresh: occasion === 'recheck' }
    const answered = await askWithKey(question, controller.signal)
    if (running === controller) receive(answered, text, occasion)
  } catch (error) {
    if (!controller.signal.aborted) throw error
    if (running === controller) announceVisibly(words().waiting.cancelled)
  } finally {
    if (running === controller) {
      running = null
      update({ waiting: false })
    }
  }
}

/** Asks, and where the service wants a key, asks the reader for it once. */
async function askWithKey(question: Parameters<typeof askDiagnoses>[0], signal: AbortSignal): Promise<Answered> {
  const answered = await askDiagnoses(question, readKey(), signal)
  if (answered.kind !== 'key-needed') return answered
  const key = await askForKey(answered.reason, words())
  if (key === null) return answered
  keepKey(key)
  return askWithKey(question, signal)
}

function receive(answered: Answered, text: string, occasion: Occasion): void {
  if (answered.kind !== 'reply') {
    update({ failure: answered })
    return
  }
  const answer = nextAnswer(state.answer, text, answered.reply, occasion, words())
  update({ answer, editing: false, failure: null, waiting: false })
  if (occasion === 'new') showAnswer()
  else if (answer.news !== null) announce(answer.news.text)
}

/** Brings the answer before the reader's eyes and the focus to its title. */
function showAnswer(): void {
  const cause = state.answer?.reply.diagnoses[state.answer.index]?.causes[0]
  scrollTo({ top: 0 })
  document.getElementById('answer-title')?.focus({ preventScroll: true })
  announce(words().answer.announce(cause?.title ?? words().answer.nothingFound))
}

async function openLink(): Promise<void> {
  // Any other fragment is no link of ours.
  if (!isPasteLink(location.hash)) return
  const text = await decodeFragment(location.hash)
  // The text must not stay in the address bar, where it would be seen and kept.
  history.replaceState(null, '', location.pathname)
  if (text === null) {
    update({ failure: { kind: 'unreadable-link' } })
    return
  }
  update({ fromLink: true })
  begin(text)
}

async function takeFile(file: File): Promise<void> {
  const read = await readFile(file)
  if (read.kind === 'text') begin(read.text)
  else update({ failure: read, editing: true })
}

function start(): void {
  byId('ask-form', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault()
    update({ fromLink: false })
    void ask('new')
  })
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    void ask('new')
  })
  byId('cancel', HTMLButtonElement).addEventListener('click', () => {
    running?.abort()
    // The button goes: whoever pressed it by keyboard must stand somewhere.
    if (state.editing) textField.focus()
    else byId('result', HTMLElement).focus({ preventScroll: true })
  })
  byId('theme', HTMLButtonElement).addEventListener('click', () => {
    chooseTheme(themes[(themes.indexOf(readTheme()) + 1) % themes.length] ?? 'auto')
    update({})
  })
  byId('language', HTMLButtonElement).addEventListener('click', () => {
    const locale = state.locale === 'en' ? 'ko' : 'en'
    chooseLocale(locale)
    update({ locale })
    if (state.answer !== null && !state.editing) void ask('language')
  })
  addEventListener('hashchange', () => void openLink())
  onFile((file) => void takeFile(file))
  startGivenForm(host)
  renderPage(host, null)
  void loadSamples().then((samples) => update({ samples }))
  void openLink()
}

start()
