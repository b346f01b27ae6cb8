import type { Fix } from '../remedy/fix.ts'
import type { CauseCode } from './cause-code.ts'
import type { Confidence, Facts } from './diagnosis.ts'
import type { Situation } from './situation.ts'

/** What a rule found: a cause with what has to change. */
export interface Finding {
  readonly code: CauseCode
  readonly confidence: Confidence
  readonly facts: Facts
  readonly fixes: readonly Fix[]
  /** Where another request than the denied one is at fault, of the key or role behind: what the fixes are checked on. */
  readonly about?: Situation
}

/**
 * One row of the decision table. Rules are asked in order: the first that decides gives the answer, with the
 * candidates it names behind it; rules that only suspect add candidates and the search goes on. What a rule finds that
 * tells of circumstances stands behind the answer, where AWS itself says what was refused.
 */
export interface Rule {
  readonly name: string
  readonly decides: boolean
  readonly isOfCircumstances?: true
  find(s: Situation): readonly Finding[]
}

export const none: readonly Finding[] = []

export const deciding = (name: string, find: Rule['find']): Rule => ({ name, decides: true, find })
export const suspecting = (name: string, find: Rule['find']): Rule => ({ name, decides: false, find })

export const circumstances = (name: string, find: Rule['find']): Rule => ({
  name,
  decides: true,
  isOfCircumstances: true,
  find,
})

/** Drops what is not known, so that facts hold strings only. */
export const facts = (values: Readonly<Record<string, string | number | null | undefined>>): Facts => {
  const known: Record<string, string> = {}
  for (const [key, value] of Object.entries(values))
    if (value !== null && value !== undefined && value !== '') known[key] = String(value)
  return known
}

export const finding = (
  code: CauseCode,
  confidence: Confidence,
  fixes: readonly Fix[] = [],
  values: Readonly<Record<string, string | number | null | undefined>> = {},
): Finding => ({ code, confidence, facts: facts(values), fixes })

/** Its changes answer another request than the one that was read, so that there is none to check them on. */
export const unchecked = (s: Situation, found: Finding): Finding => ({ ...found, about: { ...s, requests: [] } })
