import { principalOfService } from '../../action-catalogue/passed-to-service.ts'
import type { Situation } from '../situation.ts'

const principalOf = (prefix: string | null): string | null =>
  prefix === null || prefix === 'iam' || prefix === 'sts' ? null : principalOfService(prefix)

/** The service principal that assumes the role of the call that was denied. */
export const assumerOf = (s: Situation): string | null => {
  const service = s.denial.service ?? s.denial.calls[0]?.service ?? null
  return principalOf(service === null ? null : (s.catalogue.prefixFor(service) ?? service))
}

/** `Error SageMaker`, `Amazon Data Firehose`: the longest end of the words that is a service's name. */
function principalNamed(s: Situation, name: string): string | null {
  const words = name.split(' ')
  const ends = words.map((_, index) => words.slice(index).join(' '))
  return ends.map((end) => principalOf(s.catalogue.prefixFor(end))).find((found) => found !== null) ?? null
}

/** Who could not assume the role, where the text says so; a principal that it spells out goes before a name. */
export const assumingService = (s: Situation): string | null =>
  s.told('assuming-service', 'principal')[0] ??
  s
    .told('assuming-service', 'name')
    .map((name) => principalNamed(s, name))
    .find((found) => found !== null) ??
  null
