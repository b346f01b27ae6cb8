import { loadBalancerAccounts } from '../../iam/load-balancer-accounts.ts'
import { list } from '../../iam/policy-document.ts'
import type { ReadStatement } from '../statements.ts'

/** By its name, or with everybody: the usual policy of a queue lets in all that come from one topic. */
export const names = ({ source }: ReadStatement, service: string): boolean =>
  isEverybody(source.Principal) ||
  JSON.stringify(source.Principal ?? null).includes(`"${service}"`) ||
  (service === 'logdelivery.elasticloadbalancing.amazonaws.com' && isLoadBalancer(source.Principal))

const isEverybody = (principal: ReadStatement['source']['Principal']): boolean =>
  principal === '*' || (typeof principal === 'object' && list(principal['AWS']).includes('*'))

const isLoadBalancer = (principal: ReadStatement['source']['Principal']): boolean =>
  typeof principal === 'object' &&
  list(principal['AWS']).some((one) => loadBalancerAccounts.has(/\d{12}/u.exec(one)?.[0] ?? ''))

/** The action by its name, or with all of its service. */
export const covers = (read: ReadStatement, action: string): boolean =>
  read.actions.some(
    (name) =>
      name.toLowerCase() === action.toLowerCase() ||
      name === '*' ||
      name.toLowerCase() === `${action.split(':')[0] ?? ''}:*`,
  )
