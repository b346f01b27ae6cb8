import type { RemedyTarget } from '../../remedy/remedy.ts'
import { quote } from '../values.ts'
import { named } from './phrases.ts'

/** "the inline policy `Name` of the role `R`", as far as it is known. */
export const home = (target: RemedyTarget | null): string => {
  if (target === null) return 'the policy'
  const name = target.policyName ?? target.policyArn
  switch (target.policyType) {
    case 'identity-based':
      if (name === null) return `the policies of ${named(target.attachTo)}`
      return target.create
        ? `a new policy ${quote(name)} of ${named(target.attachTo)}`
        : `the policy ${quote(name)} of ${named(target.attachTo)}`
    case 'permissions-boundary':
      return target.attachTo.startsWith('policy/')
        ? `the permissions boundary ${quote(name ?? target.attachTo.slice('policy/'.length))}`
        : `the permissions boundary${name === null ? '' : ` ${quote(name)}`} of ${named(target.attachTo)}`
    case 'session':
      return `the session policy of ${named(target.attachTo)}`
    case 'role-trust':
      return `the trust policy of ${named(target.attachTo)}`
    case 'vpc-endpoint':
      return `the endpoint policy of ${named(target.attachTo)}`
    case 'service-control':
      return `the service control policy${name === null ? '' : ` ${quote(name)}`}`
    case 'resource-control':
      return `the resource control policy${name === null ? '' : ` ${quote(name)}`}`
    case 'resource-based':
      return target.attachTo.startsWith('key/')
        ? `the key policy of ${named(target.attachTo)}`
        : `the policy of ${named(target.attachTo)}`
  }
}
