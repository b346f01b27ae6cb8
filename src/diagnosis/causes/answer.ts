import type { FixStep } from '../../remedy/fix.ts'
import type { RemedyKind } from '../../remedy/remedy.ts'
import type { CauseCode } from '../cause-code.ts'
import { causeFacts } from '../cause-facts.ts'
import { finding, type Finding } from '../finding.ts'
import { act } from '../fixes.ts'
import type { Situation } from '../situation.ts'

/** The causes of what a sentence tells by itself. */
export type Answer = (s: Situation) => readonly Finding[]

export const simple =
  (
    code: CauseCode,
    kind: RemedyKind,
    step: FixStep,
    facts: (s: Situation) => Readonly<Record<string, string | null | undefined>> = () => ({}),
  ): Answer =>
  (s) => {
    const takesCode = causeFacts[code].sometimes.includes('errorCode')
    const errorCode = takesCode ? s.denial.errorCode : null
    return [finding(code, 'stated', [act(kind, step, {})], { errorCode, ...facts(s) })]
  }
