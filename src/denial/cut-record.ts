import type { Denial } from './denial.ts'
import { readPrincipalName } from './principal-name.ts'

/** The caller stands this near to the error, in characters. */
const nearby = 1500
const serviceCaller =
  /\\{0,3}"type\\{0,3}"\s{0,3}:\s{0,3}\\{0,3}"AWSService\\{0,3}"\s{0,3},\s{0,40}\\{0,3}"invokedBy\\{0,3}"\s{0,3}:\s{0,3}\\{0,3}"(?<service>[a-z0-9.-]{2,60}\.amazonaws\.com(?:\.cn)?)/du

/** A record of CloudTrail that was cut off, and so is no JSON: the service that asked stands in it all the same. */
export function withServiceCaller(denial: Denial, text: string): Denial {
  if (denial.wrapper !== 'cloudtrail' || denial.principal !== null) return denial
  const from = Math.max(0, denial.span[0] - nearby)
  const match = serviceCaller.exec(text.slice(from, denial.span[1] + nearby))
  const [start, end] = match?.indices?.groups?.['service'] ?? []
  const principal = match?.groups?.['service']
  if (principal === undefined || start === undefined || end === undefined) return denial
  return {
    ...denial,
    ...readPrincipalName(principal),
    principal,
    class: denial.class === 'bare' ? 'authorization' : denial.class,
    marks: { ...denial.marks, principal: [from + start, from + end] },
  }
}
