import { isHarmless } from '../verdict/read-document.ts'
import type { InvalidPolicy, PolicyTypeVerdict } from '../verdict/verdict.ts'
import type { Diagnosis } from './diagnosis.ts'
import { facts } from './finding.ts'
import type { HintCode } from './hint-codes.ts'
import type { Situation } from './situation.ts'

/** A long tail helps nobody; all faults stand in the verdict. */
const shown = 3

/** What is wrong with the documents that were given or read: each by its gravest fault. */
export function documentHints(s: Situation): Diagnosis['hints'] {
  return (s.verdict?.policyTypes ?? []).flatMap(faultsOf).slice(0, shown)
}

function faultsOf({ type, invalid }: PolicyTypeVerdict): Diagnosis['hints'] {
  const gravest = new Map<string, InvalidPolicy>()
  for (const fault of invalid) {
    const before = gravest.get(fault.policy)
    if (before === undefined || (isHarmless(before) && !isHarmless(fault))) gravest.set(fault.policy, fault)
  }
  return [...gravest.values()].map((fault) => {
    const code: HintCode = isHarmless(fault) ? 'policy-odd' : 'policy-not-usable'
    const { policy, problem, value } = fault
    const statement = fault.statement === null ? null : fault.statement + 1
    return { code, values: facts({ policyType: type, policy, statement, problem, value }) }
  })
}
