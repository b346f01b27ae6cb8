import { servicesBeside } from '../iam/arns-of-others.ts'
import { parseArn } from '../iam/arn.ts'
import { list, type Statement } from '../iam/policy-document.ts'
import type { PolicyType } from '../iam/policy-type.ts'
import type { SplitOff } from '../remedy/fix.ts'
import { compileWildcard, matchesWildcard } from '../verdict/wildcard.ts'
import type { Situation } from './situation.ts'
import { coversAction, coversResource, type ReadStatement } from './statements.ts'

/** A Deny in parts that together deny what it denied: all the rest of it, and what an exemption is needed from. */
export interface SplitDeny {
  readonly rest: Statement
  /** The other actions on the resource that `own` is about, where these have a statement of their own. */
  readonly kept: readonly SplitOff[]
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
      kept: [],
      own: replaced(source, 'NotAction', 'Action', [action]),
      by: 'action',
    }
  const own = replaced(source, 'Action', 'Action', [action])
  const others = actions.filter((each) => each.toLowerCase() !== action.toLowerCase())
  if (others.length > 0 && others.length < actions.length && !others.some((each) => matches(each, action)))
    return { rest: replaced(source, 'Action', 'Action', others), kept: [], own, by: 'action' }
  const whole = isOfOneService(type) ? `${action.split(':')[0] ?? ''}:*`.toLowerCase() : '*'
  const isWhole = actions.some((each) => each === '*') || actions.every((each) => each.toLowerCase() === whole)
  if (type === 'resource-control' || !isWhole) return null
  return { rest: replaced(source, 'Action', 'NotAction', [action]), kept: [], own, by: 'action' }
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
  const split = (
    from: 'Resource' | 'NotResource',
    to: 'Resource' | 'NotResource',
    rest: readonly string[],
  ): SplitDeny => ({
    rest: replaced(source, from, to, rest),
    kept: [],
    own: replaced(source, from, 'Resource', opened),
    by: 'resource',
  })
  if (notResources.length > 0) return split('NotResource', 'NotResource', [...notResources, ...opened])
  if (resources.includes('*') && type !== 'resource-based') return split('Resource', 'NotResource', opened)
  const others = resources.filter((each) => !opened.includes(each))
  const isListed = others.length > 0 && others.length + opened.length === resources.length
  if (!isListed || others.some((each) => opened.some((open) => matches(each, open)))) return null
  return split('Resource', 'Resource', others)
}

/**
 * Of what is denied on the resource, the one action apart from the others. `NotAction` stands for these where all
 * actions of the resource's service are denied; those of other services that may name it were not, and stay so.
 */
function actionOfResource(type: PolicyType, deny: ReadStatement, split: SplitDeny, action: string): SplitDeny {
  const service = (action.split(':')[0] ?? '').toLowerCase()
  const all = deny.actions.find((each) => each === '*' || each.toLowerCase() === `${service}:*`)
  const isOwn = list(split.own.Resource).every((arn) => parseArn(arn)?.service === service)
  const others = all === '*' ? [] : servicesBeside(service)
  const isMixed = deny.actions.some((each) => others.includes(each.split(':')[0]?.toLowerCase() ?? ''))
  if (type === 'resource-control' || all === undefined || !isOwn || isMixed) return split
  const beside = others.map((other) => `${other}:*`)
  const kept = replaced(split.own, 'Action', 'NotAction', [action, ...beside])
  return {
    rest: split.rest,
    kept: [{ before: split.own, after: kept }],
    own: replaced(split.own, 'Action', 'Action', [action]),
    by: 'action',
  }
}

/** `null` where the Deny is of this alone already, or where no statement can say what is left of it. */
export function splitDeny(s: Situation, type: PolicyType, deny: ReadStatement): SplitDeny | null {
  const { action } = s
  if (action === null || s.request === null) return null
  const isOfThis = deny.actions.every((each) => each.toLowerCase() === action.toLowerCase())
  if (isOfThis && deny.notActions.length === 0) return null
  // Whoever lists what is not denied opens one resource more, and not one action on everything there is.
  const isOfRest = deny.notResources.length > 0 && deny.actions.length === 1
  const whole = isOfRest ? null : byAction(type, deny, action)
  const split = whole ?? byResource(type, deny, resourcesOf(s, deny))
  if (split === null) return isOfRest ? byAction(type, deny, action) : null
  const isOfOneAction = s.requests.every((request) => request.action === action || !coversAction(deny, request.action))
  return split.by === 'resource' && isOfOneAction ? actionOfResource(type, deny, split, action) : split
}
