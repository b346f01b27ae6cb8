import type { DoNotCode } from '../diagnosis/catalogue-entry.ts'
import { catalogue } from '../diagnosis/catalogue.ts'
import type { Cause, Diagnosis } from '../diagnosis/diagnosis.ts'
import { neededRemedies } from '../remedy/plan.ts'
import type { Remedy } from '../remedy/remedy.ts'
import { known, type Values } from '../words/values.ts'
import type { Words } from '../words/words.ts'
import type { ReplyCause, ReplyRemedy } from './schema.ts'
import { withPartsSaid } from './parts-of-templates.ts'
import { tellAssumptions } from './build-assumptions.ts'
import { shared } from './mask.ts'
import { perLanguage } from './per-language.ts'
import { statementsOf } from './statements-of.ts'

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
  const { title, titleOf, why } = words.causes[cause.code]
  const rule = isTold(values) ? `${why(values)} ${words.labels.ifTold}` : why(values)
  return {
    code: cause.code,
    confidence: cause.confidence,
    title: titleOf?.(values) || title,
    explanation: [decided(cause, values, words), rule, words.rivals(values), words.unseen(values)]
      .filter((one) => one !== null)
      .join(' '),
    rule,
    check: cause.check,
    remedies: cause.remedies.map((remedy) => buildRemedy(remedy, cause, values, setting)),
  }
}

/** Found in a policy that nobody read where it is in force. */
const isTold = (values: Values): boolean => known(values, 'told') !== null

/** What was decided, as a sentence that tells how sure it is. */
const decided = ({ code, confidence }: Cause, values: Values, words: Words): string =>
  (isTold(values) ? words.toldFrame : words.frames[confidence])(words.causes[code].what(values))

/** What else the request needs for certain, by the policy that it goes into. */
function furtherHomes({ causes }: Diagnosis, { words }: Setting): readonly string[] {
  const homes = neededRemedies(causes).map(({ target }) => (target === null ? null : words.home(target)))
  const [first, ...others] = homes
  return [...new Set(others.filter((home) => home !== null && home !== first))].filter((home) => home !== null)
}

/** A condition of a policy that was read already hangs on the call, of which the command finds the record. */
const settleBy = ({ check, facts }: Cause, { labels }: Words): string =>
  facts['key'] !== undefined && check?.includes(' lookup-events ') === true ? labels.settleByCall : labels.settleFirst

/** The answer in two sentences, or three: what was decided, what to do first, and where else something has to change. */
export function summarise(diagnosis: Diagnosis, causes: readonly ReplyCause[], setting: Setting): string {
  const { words, base } = setting
  const [cause] = diagnosis.causes
  if (cause === undefined) return words.labels.nothingFound
  const clause = decided(cause, { ...base, ...cause.facts }, words)
  const settle = cause.confidence === 'possible' && cause.check !== null ? settleBy(cause, words) : null
  const action = settle ?? causes[0]?.remedies[0]?.instruction ?? words.causes[cause.code].fix
  const further = settle === null ? furtherHomes(diagnosis, setting) : []
  return [clause, action, ...(further.length > 0 ? [words.alsoIn(further)] : [])].join(' ')
}

function buildRemedy(remedy: Remedy, cause: Cause, causeValues: Values, setting: Setting): ReplyRemedy {
  const { words, showPolicies } = setting
  const values = { ...causeValues, ...remedy.values }
  const step = words.steps[remedy.step](values, {
    target: remedy.target,
    readiness: remedy.readiness,
    hasStatement: remedy.statement !== null,
    edits: remedy.editedStatement !== null,
  })
  const noRoom = words.noRoom(remedy.values)
  const instruction = noRoom === null ? step : `${step} ${noRoom}`
  const commands = showPolicies || remedy.target?.create !== false ? commandsOf(remedy) : null
  const { verification } = remedy
  return {
    kind: remedy.kind,
    readiness: remedy.readiness,
    owner: words.owner(remedy.owner.code, { ...values, ...remedy.owner.values }),
    message: messageOf(remedy, cause, values, instruction, setting),
    instruction,
    target: remedy.target,
    statement: remedy.statement,
    // An edited statement, its document and the commands that carry it quote what was read.
    editedStatement: showPolicies ? remedy.editedStatement : null,
    ...(showPolicies && remedy.keptStatements.length > 0 ? { keptStatements: [...remedy.keptStatements] } : {}),
    policyDocument: showPolicies ? (remedy.policyDocument as ReplyRemedy['policyDocument']) : null,
    diff: showPolicies ? remedy.diff : null,
    commands: withPartsSaid(commands, remedy.target, words),
    verification:
      verification === null
        ? null
        : {
            decision: verification.decision,
            alsoAllowed: verification.alsoAllowed,
            assuming: tellAssumptions(verification.assuming, words).sentences,
          },
    placeholders: remedy.placeholders.map(({ name, meaning }) => ({ name, meaning: words.placeholder(name, meaning) })),
    doNot: warningsOf(cause, remedy, values, words),
    alternative: remedy.alternative,
  }
}

const warnings = perLanguage<readonly string[]>()

function warningsOf(cause: Cause, remedy: Remedy, values: Values, words: Words): readonly string[] {
  const codes = catalogue[cause.code].doNot
    .map((code) => (isForeignKey(cause) && code === 'identity-allow' ? 'one-side-only' : code))
    // What may be another system's refusal may be IAM's as well.
    .filter((code) => code !== 'any-policy-change' || cause.code !== 'other-system' || cause.confidence !== 'possible')
    .filter((code) => applies(code, remedy, values))
  return warnings(words, codes.join(' '), () => shared(codes.map((code) => words.doNot[code])))
}

/** A key of another account: its policy has to let the caller in, and the caller's own policies have to allow it too. */
const isForeignKey = ({ code, facts }: Cause): boolean => code === 'kms-key-policy' && facts['keyAccount'] !== undefined

/** Warnings that would make no sense here: about `*` where only `*` grants it, about names of other services. */
function applies(code: DoNotCode, { statement, step }: Remedy, values: Values): boolean {
  const service = known(values, 'action')?.split(':')[0] ?? known(values, 'service') ?? undefined
  switch (code) {
    case 'star-resource':
      return statement?.Resource !== '*'
    case 'plural-for-singular':
      return service === 'glue'
    // A key policy that names the account leaves it to the own policies; a document that AWS rejects has to change.
    case 'identity-allow':
      return known(values, 'why') !== 'lockout'
    case 'any-policy-change':
      return (
        !/^(?:policy-document|object-lock)$/u.test(known(values, 'system') ?? '') && step !== 'call-inference-profile'
      )
    // What is hidden is no condition.
    case 'drop-condition':
      return known(values, 'hidden') === null
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

/** Whoever reads the reply is taken to be the caller, who may well manage the policies of their own role. */
const readers: ReadonlySet<string> = new Set(['caller', 'reader', 'identity-owner'])

/**
 * An error of the document that was sent, or of the role that a service was given, is no refusal: nobody was denied
 * the action, and least of all the service that is to assume the role.
 */
const isRefusalOfCaller = ({ denial }: Setting['diagnosis'], { code }: Cause): boolean =>
  denial.class === 'authorization' ||
  denial.class === 'encoded' ||
  denial.class === 'bare' ||
  !(code === 'stale-principal' || code === 'trust-policy')

function messageOf(
  remedy: Remedy,
  cause: Cause,
  values: Values,
  instruction: string,
  { words, diagnosis, showPolicies }: Setting,
): string | null {
  const managed = diagnosis.caller?.managedBy ?? null
  if (readers.has(remedy.owner.code) && (managed === null || remedy.target?.policyType !== 'identity-based'))
    return null
  const statements = statementsOf(showPolicies ? remedy : { ...remedy, editedStatement: null, keptStatements: [] })
  return words.ownerMessage({
    values: { ...values, ...remedy.owner.values },
    owner: remedy.owner.code,
    change: statements.length === 0 ? null : statements.map((one) => JSON.stringify(one, null, 2)).join(',\n'),
    opens: remedy.verification?.alsoAllowed ?? null,
    isExemption: remedy.step.startsWith('exempt-in-'),
    place: remedy.target === null ? null : words.home(remedy.target),
    reason: decided(cause, values, words),
    instead: isRefusalOfCaller(diagnosis, cause) ? null : instruction,
  })
}
