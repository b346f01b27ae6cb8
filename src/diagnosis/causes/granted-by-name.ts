import { allowsOf, identityGrants, type Situation } from '../situation.ts'
import { coversResource } from '../statements.ts'

/** The name of what was asked for, where no more than Region and account are open; `null` where more is. */
function openArn(s: Situation): readonly string[] | null {
  const asked = s.resourcePattern?.split(':') ?? []
  return asked.length < 6 || asked.slice(5).join(':').includes('<') ? null : asked
}

/** Only Region and account are open, and under its name the resource is granted where the statement says. */
export function isGrantedByName(s: Situation, action: string): boolean {
  const asked = openArn(s)
  if (asked === null) return false
  const at = (arn: string): string => {
    const [, , , region = '', account = ''] = arn.split(':')
    return [...asked.slice(0, 3), region, account, ...asked.slice(5)].join(':')
  }
  return allowsOf(s, 'identity-based', action).some(
    (read) => read.conditions.length === 0 && read.resources.some((arn) => coversResource(read, at(arn))),
  )
}

/** Granted on the resource, as far as that is known. */
export const isGranted = (s: Situation, action: string): boolean =>
  s.resource === null && openArn(s) !== null ? isGrantedByName(s, action) : identityGrants(s, action, s.resource)
