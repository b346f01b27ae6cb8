import { policyTypes } from '../iam/policy-type.ts'
import type { Words } from '../words/words.ts'
import { type Block, json, listOf, prose, shell } from './block.ts'
import type { ReplyCause, ReplyRemedy } from './schema.ts'
import { statementsOf } from './statements-of.ts'

/** The changes of one cause, each with its place, its statement whole, and whose decision it is. */
export function fixBlocks(cause: ReplyCause, words: Words): readonly Block[] {
  const { labels } = words
  const [first] = cause.remedies
  return [
    ...cause.remedies.flatMap((remedy) => remedyBlocks(remedy, words)),
    ...(first === undefined || first.doNot.length === 0 ? [] : [prose(`${labels.doNot}:`), ...listOf(first.doNot)]),
  ]
}

/** For a sentence that goes on after a colon. */
const lowerFirst = (text: string): string => `${text.charAt(0).toLowerCase()}${text.slice(1)}`

function remedyBlocks(remedy: ReplyRemedy, words: Words): readonly Block[] {
  const { labels } = words
  const lead = remedy.alternative ? `${labels.instead}: ${lowerFirst(remedy.instruction)}` : remedy.instruction
  return [
    prose(lead),
    ...statementsOf(remedy).map((statement) => json(statement)),
    ...listOf(remedy.placeholders.map(({ meaning }) => meaning)),
    ...readinessBlocks(remedy, words),
    ...commandBlocks(remedy.commands?.awsCli ?? null, words),
    ...verificationBlocks(remedy, words),
    ...messageBlocks(remedy, words),
  ]
}

/** A command that takes something away says so before it is pasted. */
export const commandBlocks = (command: string | null, { labels }: Words): readonly Block[] => {
  if (command === null) return []
  return command.includes('delete-policy-version') ? [prose(labels.makesRoom), shell(command)] : [shell(command)]
}

/** Said where the change cannot simply be pasted. */
const readinessBlocks = ({ readiness, statement, owner }: ReplyRemedy, words: Words): readonly Block[] =>
  readiness === 'ready' || statement === null
    ? []
    : [
        {
          kind: 'fields',
          rows: [
            [words.labels.readiness, words.readiness[readiness]],
            ...(readiness === 'needs-review' ? [[words.labels.owner, owner] as const] : []),
          ],
        },
      ]

/** A policy that nobody read has to allow as well: more than that it does not deny. And the role is the one named. */
const grantsTaken = (assuming: readonly string[], words: Words): string => {
  const known = new Set([
    ...policyTypes.map((type) => words.assumptions['unread-allows'](words.policyTypes[type], {})),
    words.assumptions['role-without-path'](null, {}),
  ])
  const taken = assuming.filter((sentence) => known.has(sentence))
  return taken.length === 0 ? '' : ` ${words.labels.takenForGranted(taken)}`
}

function verificationBlocks({ verification }: ReplyRemedy, words: Words): readonly Block[] {
  if (verification === null) return []
  const { labels } = words
  const opens = verification.alsoAllowed
  const proof = `${labels.verification(labels.decisions[verification.decision])}${grantsTaken(verification.assuming, words)}`
  if (verification.decision === 'unknown') return [prose(proof)]
  if (verification.decision !== 'allowed') return [prose(`${proof} ${labels.policiesOnly}`)]
  if (opens.length === 0) return [prose(`${proof} ${labels.opensNothingElse}`)]
  return [
    prose(`${proof} ${labels.alsoAllowed}:`),
    ...listOf(opens.map(({ action, resource }) => `\`${action}\` → \`${resource}\``)),
  ]
}

const messageBlocks = ({ message, owner, readiness }: ReplyRemedy, { labels }: Words): readonly Block[] =>
  message === null
    ? []
    : [
        ...(readiness === 'needs-review' ? [] : [{ kind: 'fields', rows: [[labels.owner, owner]] } as const]),
        prose(`${labels.message}:`),
        { kind: 'code', language: 'text', text: message },
      ]
