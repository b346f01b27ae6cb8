import { chatWordsOf, type ChatWords } from '../words/chat-words.ts'
import type { Labels } from '../words/labels.ts'
import { wordsOf } from '../words/words-of.ts'
import type { Words } from '../words/words.ts'
import { nextLines } from './next-lines.ts'
import { outsideLines, planIntro } from './outside-plan.ts'
import { isNoPolicyMatter } from './policy-matter.ts'
import type { Locale, Reply, ReplyCause, ReplyDiagnosis, ReplyRemedy } from './schema.ts'
import { fitParts, type Part, type SlackBlock } from './slack-budget.ts'
import { statementsOf } from './statements-of.ts'
import { bold, codeSpan, fence, jsonFence, plainText, prose, sectionLimit } from './slack-mrkdwn.ts'

interface SlackOptions {
  readonly locale: Locale
  /** Where people reach the page; without it there are no links. */
  readonly publicUrl?: string
}

/** A message for Slack: blocks, and the text that stands in for them in notifications. */
export interface SlackMessage {
  readonly blocks: readonly SlackBlock[]
  readonly text: string
}

interface Speech {
  readonly words: Words
  readonly labels: Labels
  readonly chat: ChatWords
  readonly page: string | null
  readonly locale: Locale
}

/** Denials shown in full; the others get a line each. */
const detailedDenials = 5
const headerLimit = 150
const buttonLimit = 75
const fieldLimit = 2000
const notificationLimit = 1000
/** Of the 3000 that Slack allows a button's link, with room for the path of a cause. */
const linkLimit = 2000

/** The reply as Block Kit, within Slack's limits; a statement is shown whole or not at all. */
export function renderSlack(reply: Reply, options: SlackOptions): SlackMessage {
  const words = wordsOf(options.locale)
  const speech: Speech = {
    words,
    labels: words.labels,
    chat: chatWordsOf(options.locale),
    locale: options.locale,
    page: options.publicUrl === undefined || options.publicUrl.length > linkLimit ? null : options.publicUrl,
  }
  const parts = [
    ...reply.diagnoses
      .slice(0, detailedDenials)
      .flatMap((diagnosis, index) => [
        ...(index === 0 ? [] : [needed({ type: 'divider' })]),
        ...diagnosisParts(diagnosis, speech),
      ]),
    ...furtherDenials(reply.diagnoses.slice(detailedDenials), speech),
    ...(reply.diagnoses.length > 1 ? planParts(reply, speech) : []),
    ...(reply.notes.length > 0 ? [useful(context(reply.notes.join('\n')))] : []),
  ]
  return {
    blocks: fitParts(parts, ownWords(speech.chat.shortened(speech.page))),
    text: notification(reply, speech),
  }
}

/** The same frame for everything else that is said in Slack. */
export const slackNotice = (text: string): SlackMessage => ({ blocks: [section(prose(text))], text: prose(text) })

function notification({ diagnoses }: Reply, { chat }: Speech): string {
  const [first, ...others] = diagnoses
  if (first === undefined) return prose(chat.nothingRecognised)
  const more = others.length === 0 ? '' : ` (+ ${chat.moreDenials(others.length)})`
  return `${nonEmpty(prose(first.summary, notificationLimit))}${more}`
}

function diagnosisParts(diagnosis: ReplyDiagnosis, speech: Speech): readonly Part[] {
  const [answer, ...others] = diagnosis.causes
  const { labels } = speech
  return [
    needed(
      ...(answer === undefined ? [] : [header(answer.title)]),
      section(prose(diagnosis.summary)),
      ...(diagnosis.evidence.notes.length > 0 ? [context(diagnosis.evidence.notes.join('\n'))] : []),
    ),
    ...requestFields(diagnosis, speech),
    ...(answer === undefined ? [] : causeParts(answer, 0, speech)),
    ...others.filter(({ confidence }) => confidence !== 'possible').flatMap((cause) => blockerParts(cause, speech)),
    ...list(labels.alternatives, others.filter(isCandidate).map(candidateLine)),
    ...list(
      labels.next,
      nextLines(diagnosis.next).map((line) => prose(line, 500)),
    ),
    ...list(
      labels.notSeen,
      isNoPolicyMatter(diagnosis) ? [] : diagnosis.evidence.gaps.map(({ sentence }) => prose(sentence, 500)),
    ),
    ...(answer === undefined || speech.page === null ? [] : [links(answer, speech.page, speech)]),
  ]
}

const isCandidate = ({ confidence }: ReplyCause): boolean => confidence === 'possible'

const candidateLine = ({ title, check }: ReplyCause): string =>
  `${prose(title, 300)}${check === null || check.length > 300 ? '' : `: ${codeSpan(check)}`}`

function requestFields({ denial, requests: [asked] }: ReplyDiagnosis, { labels }: Speech): readonly Part[] {
  const rows = [
    [labels.who, denial.principal],
    [labels.what, asked?.action ?? denial.action ?? denial.operation],
    [labels.resource, asked?.resource ?? denial.resource],
  ] as const
  const fields = rows.flatMap(([label, value]) => {
    const text = value === null ? '' : `${bold(label)}\n${codeSpan(value)}`
    return text === '' || text.length > fieldLimit ? [] : [{ type: 'mrkdwn' as const, text, verbatim: true }]
  })
  return fields.length === 0 ? [] : [useful({ type: 'section', fields })]
}

function blockerParts(cause: ReplyCause, speech: Speech): readonly Part[] {
  const title = section(`${bold(speech.labels.alsoBlocking)} ${prose(cause.title, 500)}`)
  return [useful(title), ...causeParts(cause, 1, speech)]
}

function causeParts(cause: ReplyCause, rank: 0 | 1, speech: Speech): readonly Part[] {
  const check = cause.check === null ? null : fence(cause.check)
  return [
    ...cause.remedies.flatMap((remedy) => remedyParts(remedy, rank, speech)),
    ...(check === null ? [] : [useful(section(bold(speech.labels.check)), section(check))]),
  ]
}

function remedyParts(remedy: ReplyRemedy, rank: 0 | 1, speech: Speech): readonly Part[] {
  const { labels, words } = speech
  const sure = [words.readiness[remedy.readiness], remedy.owner].filter((text) => text !== '').join(' · ')
  const command = remedy.commands?.awsCli ?? null
  return [
    {
      rank,
      blocks: [
        section(`${bold(remedy.alternative ? labels.instead : labels.fix)} ${prose(remedy.instruction, 2000)}`),
        ...statementsOf(remedy).map((statement) => wholeJson(statement, speech)),
        context(sure),
      ],
    },
    ...list(
      labels.placeholders,
      remedy.placeholders.map(({ meaning }) => prose(meaning, 400)),
    ),
    ...verificationParts(remedy, speech),
    ...list(
      labels.doNot,
      remedy.doNot.map((sentence) => prose(sentence, 500)),
    ),
    ...codePart(labels.commandLine, command),
    ...codePart(labels.message, remedy.message),
  ]
}

function verificationParts({ verification }: ReplyRemedy, { labels }: Speech): readonly Part[] {
  if (verification === null) return []
  const proof = labels.verification(labels.decisions[verification.decision])
  if (verification.decision === 'unknown') return [useful(context(proof))]
  if (verification.decision !== 'allowed') return [useful(context(`${proof} ${labels.policiesOnly}`))]
  const opened = verification.alsoAllowed.slice(0, 20).map(({ action, resource }) => `\`${action}\` → \`${resource}\``)
  const also = opened.length === 0 ? labels.opensNothingElse : `${labels.alsoAllowed}: ${opened.join(', ')}`
  return [useful(context(`${proof} ${also}`))]
}

/** Optional code under its heading: left out where it cannot be shown whole. */
function codePart(label: string, code: string | null): readonly Part[] {
  const fenced = code === null || code.trim() === '' ? null : fence(code)
  return fenced === null ? [] : [{ rank: 2, blocks: [section(bold(label)), section(fenced)] }]
}

function links(cause: ReplyCause, page: string, { chat, locale }: Speech): Part {
  const query = locale === 'en' ? '' : `?locale=${locale}`
  return useful({
    type: 'actions',
    elements: [
      linkButton(chat.aboutCause, new URL(`v1/causes/${cause.code}${query}`, withSlash(page)).href),
      linkButton(chat.openPage, page),
    ],
  })
}

const withSlash = (url: string): string => (url.endsWith('/') ? url : `${url}/`)

const linkButton = (label: string, url: string) => ({
  type: 'button' as const,
  text: { type: 'plain_text' as const, text: plainText(label, buttonLimit), emoji: false },
  url,
})

function furtherDenials(diagnoses: readonly ReplyDiagnosis[], { chat }: Speech): readonly Part[] {
  if (diagnoses.length === 0) return []
  return list(
    chat.moreDenials(diagnoses.length),
    diagnoses.map(({ summary }) => prose(summary, 300)),
  ).map(({ blocks }) => ({ rank: 0, blocks }))
}

/** Several denials: what to apply instead of the single remedies. */
function planParts(reply: Reply, speech: Speech): readonly Part[] {
  const { plan } = reply
  if (plan.length === 0) return []
  const { labels } = speech
  return [
    useful({ type: 'divider' }, section(`${bold(labels.plan)} ${prose(planIntro(plan, labels), 1500)}`)),
    ...plan.map(({ target, policyDocument }): Part => {
      const name = target.policyName ?? target.policyArn
      const place = [target.attachTo, ...(name === null ? [] : [name])].map((value) => codeSpan(plainText(value, 250)))
      return useful(section(place.join(' · ')), ...(policyDocument === null ? [] : [wholeJson(policyDocument, speech)]))
    }),
    ...list(
      labels.planLeavesOut,
      outsideLines(reply, labels).map((line) => prose(line, 600)),
    ),
  ]
}

/** Bullets under a heading, as many whole ones as a section holds; nothing where there are none. */
function list(heading: string, lines: readonly string[]): readonly Part[] {
  let text = bold(plainText(heading, 200))
  let shown = 0
  for (const line of lines) {
    if (text.length + line.length + 3 > sectionLimit - 20) break
    text += `\n• ${line}`
    shown += 1
  }
  if (shown === 0) return []
  return [useful(section(shown === lines.length ? text : `${text}\n… (+${lines.length - shown})`))]
}

const needed = (...blocks: readonly SlackBlock[]): Part => ({ rank: 0, blocks })
const useful = (...blocks: readonly SlackBlock[]): Part => ({ rank: 1, blocks })

const header = (text: string): SlackBlock => ({
  type: 'header',
  text: { type: 'plain_text', text: nonEmpty(plainText(sentenceCase(text), headerLimit)), emoji: false },
})

/** A statement or document, whole; where it does not fit, where to get it. */
function wholeJson(value: unknown, { chat, page }: Speech): SlackBlock {
  const fenced = jsonFence(value)
  return fenced === null ? ownWords(chat.tooLong(page)) : section(fenced)
}

// Verbatim: Slack then makes neither links nor mentions out of what was pasted.
const section = (text: string): SlackBlock => ({ type: 'section', text: { ...mrkdwn(text), verbatim: true } })

const context = (text: string): SlackBlock => ({
  type: 'context',
  elements: [{ ...mrkdwn(prose(text)), verbatim: true }],
})

/** Words of ours alone, in which Slack may make a link of the page's address. */
const ownWords = (text: string): SlackBlock => ({ type: 'context', elements: [mrkdwn(prose(text))] })

/** Slack refuses empty texts. */
const mrkdwn = (text: string) => ({ type: 'mrkdwn' as const, text: nonEmpty(text) })

const nonEmpty = (text: string): string => (text.trim() === '' ? '–' : text)

const sentenceCase = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`
