import type { Explainer } from '../explain.ts'
import type { Locale } from '../reply/schema.ts'
import { toJson } from '../reply/to-json.ts'

/** What the caller knows a line by. */
export type LineId = string | number | null

/** A line of a stream that has to be explained. */
export interface AskedLine {
  readonly id: LineId
  readonly text: string
}

export interface LineOptions {
  /** Gather evidence, beside what the text says. */
  readonly withEvidence: boolean
  readonly locale: Locale
  readonly showPolicies: boolean
}

/** Of a diagnosis what is counted and audited. */
export interface Diagnosed {
  readonly denial: { readonly accountId: string | null }
  readonly causes: readonly { readonly code: string }[]
}

export interface ExplainedLine {
  /** JSON with its line break. */
  readonly line: string
  readonly diagnosed: readonly Diagnosed[]
  /** Why the line says that it could not be answered; for the log. */
  readonly error?: unknown
}

/** One line's answer; it never rejects. */
export async function explainLine(
  explainer: Explainer,
  { id, text }: AskedLine,
  options: LineOptions,
): Promise<ExplainedLine> {
  try {
    const explained = await explainer.explain({ text, withPlan: false, ...options })
    if (explained.kind !== 'reply') return { line: emptyLine(id), diagnosed: [] }
    const { reply, diagnoses } = explained
    return { line: `${toJson({ id, diagnoses: reply.diagnoses })}\n`, diagnosed: diagnoses }
  } catch (error) {
    return { line: errorLine(id, 'internal', 'This line could not be answered.'), diagnosed: [], error }
  }
}

/** What most lines get: turning the id alone into JSON costs half of what an object would. */
export const emptyLine = (id: LineId): string => `{"id":${toJson(id)},"diagnoses":[]}\n`

export const errorLine = (id: LineId, code: string, detail: string): string =>
  `${toJson({ id, error: { code, detail } })}\n`
