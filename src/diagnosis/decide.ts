import { secretWithoutSuffix } from './causes/absent-secret.ts'
import { perhapsWithoutMfa } from './causes/demanded.ts'
import { podPerhaps } from './causes/node-role.ts'
import { unattached } from './causes/told-unattached.ts'
import { userToldForRole } from './causes/wrong-identity.ts'
import type { Fix } from '../remedy/fix.ts'
import { none, type Finding } from './finding.ts'
import { blockersBeside, isSameChange, refusals } from './read-policies.ts'
import type { Situation } from './situation.ts'
import { rules } from './rules.ts'

/** AWS says that a key refused, or that a service may not reach the resource: whoever set it off, and the first time too. */
const isToldBySentence = (s: Situation): boolean =>
  s.denial.principal === null &&
  // What went through a little later was let in meanwhile.
  !(s.has('later-works') && s.has('service-not-allowed')) &&
  s.has('kms-ciphertext-refers', 'kms-behind-refused', 'kms-access-code', 'service-not-allowed')

/** What certainly stands in the way is told however much it is. */
const mostCandidates = 5

/** The causes of a denial, ranked: the answer, what else stands in the way, and what it might be instead. */
export function decide(s: Situation): readonly Finding[] {
  const suspected: Finding[] = []
  const beside: Finding[] = []
  for (const rule of rules) {
    const found = rule.find(s)
    const [answer] = found
    if (answer === undefined) continue
    if (rule.isOfCircumstances === true && isToldBySentence(s)) beside.push(answer)
    else if (rule.decides)
      return ranked(
        [
          ...(answer.confidence === 'possible' ? refusals(s) : none),
          answer,
          ...blockersBeside(s, answer),
          ...found.slice(1),
          ...beside,
          ...suspected,
          ...withAnswer(s, answer),
        ],
        s.known.inManagementAccount,
      )
    else suspected.push(...found)
  }
  return ranked([...suspected, ...beside], s.known.inManagementAccount)
}

/** SCPs never apply in the management account, so that only AWS's own word can bring one up. */
const isNoSuspectedScp = ({ code, confidence }: Finding): boolean =>
  confidence !== 'possible' || (code !== 'scp-deny' && code !== 'scp-not-allowed')

/** The permission may exist and hang on something else: as was read, or where nothing was. */
const withAnswer = (s: Situation, answer: Finding): readonly Finding[] => {
  if (answer.code !== 'missing-allow') return none
  const apart = !s.wasRead('identity-based') || s.evidence.unattached.length > 0 ? unattached(s) : none
  return [...podPerhaps(s), ...userToldForRole(s), ...perhapsWithoutMfa(s), ...secretWithoutSuffix(s), ...apart]
}

/** Each code once: a Deny and a missing Allow of one policy have one code, and both changes are needed. */
function ranked(found: readonly Finding[], isFree: boolean): readonly Finding[] {
  const byCode = new Map<Finding['code'], Finding>()
  for (const finding of isFree ? found.filter(isNoSuspectedScp) : found) {
    const first = byCode.get(finding.code)
    const isSure = first?.confidence === 'evaluated' && finding.confidence === 'evaluated'
    if (first === undefined) byCode.set(finding.code, finding)
    else if (isSure) byCode.set(finding.code, { ...first, fixes: [...first.fixes, ...besides(finding, first)] })
  }
  const kept = [...byCode.values()].filter(
    ({ confidence }, index) => confidence !== 'possible' || index < mostCandidates,
  )
  return kept.filter((one, index) => !isToldAlready(one, kept.slice(0, index)))
}

/** What is certain, and asks for no other change than the certain causes before it, is the same told twice. */
const isToldAlready = ({ confidence, fixes, about }: Finding, before: readonly Finding[]): boolean =>
  confidence !== 'possible' &&
  isSameChange(
    fixes,
    before.filter((one) => one.confidence !== 'possible' && one.about === about).flatMap((one) => one.fixes),
  )

const besides = ({ fixes }: Finding, { fixes: made }: Finding): readonly Fix[] => {
  const seen = new Set(made.map(changeOf))
  return fixes.filter((fix) => (fix.statement !== null || fix.edit !== null) && !seen.has(changeOf(fix)))
}

const changeOf = ({ target, statement, edit }: Fix): string => JSON.stringify([target, statement, edit])
