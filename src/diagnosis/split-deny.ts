import type { Statement } from '../iam/policy-document.ts'
import type { PolicyType } from '../iam/policy-type.ts'
import { compileWildcard, matchesWildcard } from '../verdict/wildcard.ts'
import type { Situation } from './situation.ts'
import { coversAction, coversResource, type ReadStatement } from './statements.ts'

/** A Deny in two that together deny what it denied: all the rest of it, and what an exemption is needed from. */
interface SplitDeny {
  readonly rest: Statement
  readonly own: Statement
  readonly by: 'action' | 'resource'
}

const one = (values: readonly string[]): string | readonly string[] =>
  values.length === 1 && values[0] !== undefined ? values[0] : values

type Element = 'Action' | 'NotAction' | 'Resource' | 'NotResource'

/** The statement with one element in the place of another, where that stood. */
const replaced = (source: Statement, from: Element, to: Element, values: readonly string[]): Statement => {
  const elements = Object.entries(source)
  const put = elements.map(([name, value]): [string, unknown] => (name === from ? [to, one(values)] : [name, value]))
  return Object.fromEntries(put) as unknown as Statement
}

const matches = (pattern: string, value: string): boolean =>
  matchesWildcard(compileWildcard(pattern.toLowerCase()), value.toLowerCase())

/** In the policy of one resource, or of one endpoint, all actions of its service are all that there are. */
const isOfOneService = (type: PolicyType): boolean => type === 'resource-based' || type === 'vpc-endpoint'

/**
 * Split by the action. `NotAction` stands for the rest only where the Deny is of all actions: beside `s3:*` it would
 * deny those of all other services. RCPs know no NotAction.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html
 */
function byAction(type: PolicyType, { source, actions, notActions }: ReadStatement, action: string): SplitDeny | null {
  if (notActions.length > 0)
    return {
      rest: replaced(source, 'NotAction', 'NotAction', [...notActions, action]),
      own: replaced(source, 'NotAction', 'Action', [action]),
      by: 'action',
    }
  const own = replaced(source, 'Action', 'Action', [action])
  const others = actions.filter((each) => each.toLowerCase() !== action.toLowerCase())
  if (others.length > 0 && others.length < actions.length && !others.some((each) => matches(each, action)))
    return { rest: replaced(source, 'Action', 'Action', others), own, by: 'action' }
  const whole = isOfOneService(type) ? `${action.split(':')[0] ?? ''}:*`.toLowerCase() : '*'
  const isWhole = actions.some((each) => each === '*') || actions.every((each) => each.toLowerCase() === whole)
  if (type === 'resource-control' || !isWhole) return null
  return { rest: replaced(source, 'Action', 'NotAction', [action]), own, by: 'action' }
}

/** Who needs one object needs its neighbours next: the objects of the bucket are one. */
const withNeighbours = (resource: string): string => resource.replace(/^(arn:[^:]+:s3:::[^/]+\/).+$/u, '$1*')

/** What the Deny keeps from the call, each in a form that a policy can name. */
function resourcesOf(s: Situation, deny: ReadStatement): readonly string[] {
  const denied = s.requests.filter(({ action, resource }) =>
    resource === null ? coversAction(deny, action) : coversAction(deny, action) && coversResource(deny, resource),
  )
  return [...new Set(denied.map(({ resource }) => (resource === null ? '*' : withNeighbours(resource))))]
}

/** Split by the resource, where all its actions have to go together. */
function byResource(type: PolicyType, deny: ReadStatement, opened: readonly string[]): SplitDeny | null {
  const { source, resources, notResources } = deny
  if (opened.length === 0 || opened.some((each) => /^\*$|[<>$]/u.test(each))) return null
  if (notResources.length > 0)
    return {
      rest: replaced(source, 'NotResource', 'NotResource', [...notResources, ...opened]),
      own: replaced(source, 'NotResource', 'Resource', opened),
      by: 'resource',
    }
  const own = replaced(source, 'Resource', 'Resource', opened)
  if (resources.includes('*') && type !== 'resource-based')
    return { rest: replaced(source, 'Resource', 'NotResource', opened), own, by: 'resource' }
  const others = resources.filter((each) => !opened.includes(each))
  const isListed = others.length > 0 && others.length + opened.length === resources.length
  if (!isListed || others.some((each) => opened.some((open) => matches(each, open)))) return null
  return { rest: replaced(source, 'Resource', 'Resource', others), own, by: 'resource' }
}

/** `null` where the Deny is of this alone already, or where no statement can say what is left of it. */
export function splitDeny(s: Situation, type: PolicyType, deny: ReadStatement): SplitDeny | null {
  if (s.action === null || s.request === null) return null
  const isOfThis = deny.actions.every((each) => each.toLowerCase() === s.action?.toLowerCase())
  if (isOfThis && deny.notActions.length === 0) return null
  const opened = resourcesOf(s, deny)
  // Whoever lists what is not denied opens one resource more, and not one action on everything there is.
  if (deny.notResources.length > 0 && deny.actions.length === 1)
    return byResource(type, deny, opened) ?? byAction(type, deny, s.action)
  return byAction(type, deny, s.action) ?? byResource(type, deny, opened)
}
