import { serviceOfOperation } from '../action-catalogue/operations.ts'
import { list } from '../iam/policy-document.ts'
import type { Fix } from '../remedy/fix.ts'
import type { Situation } from './situation.ts'

/**
 * An action that AWS's lists do not have, of a service that they have: newer than the lists at hand, or not what AWS
 * printed. AWS takes any name, so that a statement with it may do nothing. Tagging has names that they leave out.
 */
export const isUnlisted = ({ catalogue }: Situation, action: string): boolean => {
  const [service = '', name = ''] = action.split(':')
  if (/[*?<]/u.test(action) || /^(?:un)?tagresource$/iu.test(name)) return false
  return catalogue.serviceExists(service.toLowerCase()) && catalogue.find(action) === null
}

/** The same name at the service whose operation it is; `null` where it is nobody else's. */
export function meantBy(action: string): string | null {
  const [service = '', name = ''] = action.split(':')
  const other = serviceOfOperation(name, service.toLowerCase())
  return other === null || other === service.toLowerCase() ? null : `${other}:${name}`
}

/** Whoever owns the policy looks at it first: that the name is one is not known. */
export const unlessListed = (s: Situation, fix: Fix): Fix =>
  fix.readiness === 'ready' && list(fix.statement?.Action).some((action) => isUnlisted(s, action))
    ? { ...fix, readiness: 'needs-review' }
    : fix
