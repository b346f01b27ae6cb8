import type { Confidence } from './diagnosis.ts'
import { noMatchingAllow } from './causes/missing-allow.ts'
import { identitySide } from './causes/other-side.ts'
import type { Finding } from './finding.ts'
import type { Situation } from './situation.ts'

const identityFindings = new WeakMap<Situation, Map<Confidence, Finding>>()

/** Asked by the rule that answers and again for what else blocks, so it is looked into once. */
export function ofIdentity(s: Situation, action: string, confidence: Confidence): Finding {
  const known = identityFindings.get(s) ?? new Map<Confidence, Finding>()
  identityFindings.set(s, known)
  const look = s.isCrossAccount ? identitySide : noMatchingAllow
  const found = known.get(confidence) ?? look(s, action, s.resource, confidence)
  known.set(confidence, found)
  return found
}
