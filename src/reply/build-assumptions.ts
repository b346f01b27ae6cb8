import type { Assumption } from '../verdict/verdict.ts'
import type { Words } from '../words/words.ts'
import { shared } from './mask.ts'
import { perLanguage } from './per-language.ts'
import type { ReplyAssumption } from './schema.ts'

interface ToldAssumptions {
  readonly sentences: readonly string[]
  readonly assumptions: readonly ReplyAssumption[]
}

const told = perLanguage<ToldAssumptions>()

/** Assumptions in words. Most have no values, and what they say hangs on their codes alone. */
export function tellAssumptions(assuming: readonly Assumption[], words: Words): ToldAssumptions {
  let key = ''
  for (const { code, policyType, values } of assuming) {
    for (const _ in values) return tell(assuming, words)
    key += `${code}/${policyType ?? ''} `
  }
  return told(words, key, () => {
    const { sentences, assumptions } = tell(assuming, words)
    return { sentences: shared(sentences), assumptions: shared(assumptions) }
  })
}

function tell(assuming: readonly Assumption[], words: Words): ToldAssumptions {
  const assumptions = assuming.map(({ code, policyType, values }) => ({
    code,
    policyType,
    values,
    sentence: words.assumptions[code](policyType === null ? null : words.policyTypes[policyType], values),
  }))
  return { sentences: assumptions.map(({ sentence }) => sentence), assumptions }
}
