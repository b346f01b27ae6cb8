import type { Diagnosis, PlanStep } from '../diagnosis/diagnosis.ts'
import type { Locale } from '../words/locale.ts'
import type { Values } from '../words/values.ts'
import { wordsOf } from '../words/words-of.ts'
import type { NoteCode, Words } from '../words/words.ts'
import { buildDiagnosis } from './build-diagnosis.ts'
import { maskReply } from './mask.ts'
import { outsidePlan } from './outside-plan.ts'
import { withPartsSaid } from './parts-of-templates.ts'
import type { Reply, ReplyPlanStep } from './schema.ts'

/** The one value that every rendering shows. This room chooses words; it decides nothing. */

export interface ReplyNote {
  readonly code: NoteCode
  readonly values: Values
}

interface ReplyInput {
  readonly diagnoses: readonly Diagnosis[]
  readonly plan: readonly PlanStep[]
  readonly notes: readonly ReplyNote[]
  readonly locale: Locale
  /** False: policy documents, and whatever quotes them, are withheld. */
  readonly showPolicies: boolean
  readonly redactedText?: string
  readonly version: string
  readonly catalogueVersion: string
  /** Denials in the text, where more than are answered. */
  readonly denialsFound?: number
}

export function buildReply(input: ReplyInput): Reply {
  const words = wordsOf(input.locale)
  const { diagnoses, plan, notes, showPolicies, redactedText } = input
  const built = diagnoses.map((diagnosis) => buildDiagnosis(diagnosis, words, showPolicies))
  const steps = plan.map((step) => buildPlanStep(step, showPolicies, words))
  return maskReply({
    diagnoses: built,
    plan: steps,
    notInPlan: outsidePlan(built, steps, words.labels.nothingFound),
    ...(redactedText === undefined ? {} : { redactedText }),
    notes: [
      ...notes.map(({ code, values }) => words.note(code, values)),
      ...(showPolicies ? [] : [words.note('policies-hidden', {})]),
    ],
    meta: {
      version: input.version,
      actionCatalogue: input.catalogueVersion,
      denialsFound: input.denialsFound ?? diagnoses.length,
    },
  })
}

function buildPlanStep(
  { target, policyDocument, diff, commands, covers }: PlanStep,
  showPolicies: boolean,
  words: Words,
): ReplyPlanStep {
  return {
    target,
    policyDocument: showPolicies ? (policyDocument as ReplyPlanStep['policyDocument']) : null,
    diff: showPolicies ? diff : null,
    commands: withPartsSaid(showPolicies || target.create ? commands : null, target, words),
    covers,
  }
}
