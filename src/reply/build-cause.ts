import type { DoNotCode } from '../diagnosis/catalogue-entry.ts'
import { catalogue } from '../diagnosis/catalogue.ts'
import type { Cause, Diagnosis } from '../diagnosis/diagnosis.ts'
import type { Remedy } from '../remedy/remedy.ts'
import { known, type Values } from '../words/values.ts'
import type { Words } from '../words/words.ts'
import type { ReplyCause, ReplyRemedy } from './schema.ts'
import { assumptionSentence } from './build-verdict.ts'

export interface Setting {
  readonly words: Words
  readonly showPolicies: boolean
  readonly base: Values
  readonly diagnosis: Diagnosis
}

/** A cause with its words and remedies. */
export function buildCause(cause: Cause, setting: Setting): ReplyCause {
  const { words, base } = setting
  const values = { ...base, ...cause.facts }
  const { title, what, why } = words.causes[cause.code]
  return {
    code: cause.code,
    confidence: cause.confidence,
    title,
    explanation: `${words.frames[cause.confidence](what(values))} ${why(values)}`,
    rule: why(values),
    check: cause.check,
    remedies: cause.remedies.map((remedy) => buildRemedy(remedy, cause, setting)),
  }
}

/** The answer in two sentences: what was decided, and what to do first. */
export function summarise(diagnosis: Diagnosis, causes: readonly ReplyCause[], { words, base }: Setting): string {
  const [cause] = diagnosis.causes
  if (cause === undefined) return words.labels.nothingFound
  const clause = words.frames[cause.confidence](words.causes[cause.code].what({ ...base, ...cause.facts }))
  const settle = cause.confidence === 'possible' && cause.check !== null ? words.labels.settleFirst : null
  const action = settle ?? causes[0]?.remedies[0]?.instruction ?? words.causes[cause.code].fix
  return `${clause} ${action}`
}

function buildRemedy(remedy: Remedy, cause: Cause, setting: Setting): ReplyRemedy {
  const { words, base, showPolicies } = setting
  const values = { ...base, ...cause.facts, ...remedy.values }
  const instruction = words.steps[remedy.step](values, {
    target: remedy.target,
    readiness: remedy.readiness,
    hasStatement: remedy.statement !== null,
    edits: remedy.editedStatement !== null,
  })
  const { verification } = remedy
  return {
    kind: remedy.kind,
    readiness: remedy.readiness,
    owner: words.owner(remedy.owner.code, { ...values, ...remedy.owner.values }),
    message: messageOf(remedy, cause, values, setting),
    instruction,
    target: remedy.target,
    statement: remedy.statement as ReplyRemedy['statement'],
    // An edited statement, its document and the commands that carry it quote what was read.
    editedStatement: showPolicies ? (remedy.editedStatement as ReplyRemedy['editedStatement']) : null,
    policyDocument: showPolicies ? (remedy.policyDocument as ReplyRemedy['policyDocument']) : null,
    diff: showPolicies ? remedy.diff : null,
    commands: showPolicies || remedy.target?.create !== false ? commandsOf(remedy) : null,
    verification:
      verification === null
        ? null
        : {
            decision: verification.decision,
            alsoAllowed: [...verification.alsoAllowed],
            assuming: verification.assuming.map((assumption) => assumptionSentence(assumption, words)),
          },
    placeholders: remedy.placeholders.map(({ name, meaning }) => ({ name, meaning: words.placeholder(name, meaning) })),
    doNot: catalogue[cause.code].doNot.filter((code) => applies(code, remedy, values)).map((code) => words.doNot[code]),
    alternative: remedy.alternative,
  }
}

/** Warnings that would make no sense here: about `*` where only `*` grants it, about names of other services. */
function applies(code: DoNotCode, { statement }: Remedy, values: Values): boolean {
  const service = known(values, 'action')?.split(':')[0]
  switch (code) {
    case 'star-resource':
      return statement?.Resource !== '*'
    case 'plural-for-singular':
      return service === 'glue'
    case 'nonexistent-action':
      return service === undefined || service === 's3'
    default:
      return true
  }
}

/** What changes no policy document has a single command at most. */
const commandsOf = ({ commands, command }: Remedy): ReplyRemedy['commands'] =>
  commands ??
  (command === null
    ? null
    : { awsCli: command, awsCliFile: null, undo: null, terraform: null, cloudformation: null, cdk: null })

/** Whoever reads the reply is taken to be the caller, who may well manage the policies of the own role. */
const readers: ReadonlySet<string> = new Set(['caller', 'reader', 'identity-owner'])

function messageOf(
  remedy: Remedy,
  cause: Cause,
  values: Values,
  { words, diagnosis, showPolicies }: Setting,
): string | null {
  const managed = diagnosis.caller?.managedBy ?? null
  if (readers.has(remedy.owner.code) && (managed === null || remedy.target?.policyType !== 'identity-based'))
    return null
  const statement = (showPolicies ? remedy.editedStatement : null) ?? remedy.statement
  return words.ownerMessage({
    values: { ...values, ...remedy.owner.values },
    owner: remedy.owner.code,
    change: statement === null ? null : JSON.stringify(statement, null, 2),
    place: remedy.target === null ? null : words.home(remedy.target),
    reason: words.frames[cause.confidence](words.causes[cause.code].what(values)),
  })
}
