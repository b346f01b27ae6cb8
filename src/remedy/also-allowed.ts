import { list, type OneOrMore, type Statement } from '../iam/policy-document.ts'
import type { DeniedRequest } from '../requests/denied-request.ts'
import { documentOf } from './change.ts'
import type { Remedy } from './remedy.ts'

export interface AccessPattern {
  readonly action: string
  readonly resource: string
}

/** Policies whose statements speak of the thing they hang on, whatever Resource says. */
const ofOneResource = new Set(['role-trust'])

const isExact = (pattern: string): boolean => !/[*?]/u.test(pattern)

/** Actions and resources of a statement as patterns; what is excluded by Not… leaves everything else. */
const patternsOf = (statement: Statement, own: string | null): readonly AccessPattern[] => {
  const actions = statement.NotAction === undefined ? list(statement.Action) : ['*']
  const named = list(statement.Resource)
  const resources = statement.NotResource !== undefined ? ['*'] : named.length === 0 ? [own ?? '*'] : named
  return actions.flatMap((action) => resources.map((resource) => ({ action, resource: hold(resource, own) })))
}

/** `*` in the policy of one resource means that resource. */
const hold = (resource: string, own: string | null): string => (resource === '*' && own !== null ? own : resource)

const same = (a: AccessPattern, b: AccessPattern): boolean =>
  a.action.toLowerCase() === b.action.toLowerCase() && a.resource === b.resource

const sameCondition = (a: Statement, b: Statement): boolean =>
  JSON.stringify(a.Condition ?? {}) === JSON.stringify(b.Condition ?? {}) &&
  JSON.stringify(a.Principal ?? null) === JSON.stringify(b.Principal ?? null)

/** Exactly the denied question: a pattern without wildcards, or `*` for an action that takes no resource. */
const isDenied = (pattern: AccessPattern, requests: readonly DeniedRequest[]): boolean =>
  requests.some(
    (request) =>
      request.action.toLowerCase() === pattern.action.toLowerCase() &&
      (request.resource === pattern.resource
        ? isExact(pattern.resource) || request.from.resource === 'action-has-no-resource-types'
        : request.resource === null && isExact(pattern.resource)),
  )

const ownResource = (remedy: Remedy, requests: readonly DeniedRequest[]): string | null => {
  const type = remedy.target?.policyType
  if (remedy.kind === 'key-policy' || (type !== undefined && ofOneResource.has(type)))
    return requests[0]?.resource ?? null
  return type === 'resource-based' ? (requests[0]?.resource ?? null) : null
}

const editedBefore = (remedy: Remedy): Statement | null => {
  const { change } = remedy
  if (change === null || change.edit === null) return null
  return list(documentOf(change.present)?.Statement)[change.edit.statement] ?? null
}

/** What an edited Allow covers that it did not cover before. */
const widenedAllow = (before: Statement, after: Statement, own: string | null): readonly AccessPattern[] => {
  const earlier = sameCondition(before, after) ? patternsOf(before, own) : []
  return patternsOf(after, own).filter((pattern) => !earlier.some((one) => same(one, pattern)))
}

const added = (before: OneOrMore<string> | undefined, after: OneOrMore<string> | undefined): readonly string[] =>
  list(after).filter((value) => !list(before).includes(value))

/** What a narrowed Deny lets through: what was taken out of its lists, or all of it where its conditions changed. */
const narrowedDeny = (before: Statement, after: Statement, own: string | null): readonly AccessPattern[] => {
  if (!sameCondition(before, after)) return patternsOf(before, own)
  const patterns = patternsOf(before, own)
  const actions = [...added(before.NotAction, after.NotAction), ...added(after.Action, before.Action)]
  const resources = [...added(before.NotResource, after.NotResource), ...added(after.Resource, before.Resource)]
  return [
    ...actions.flatMap((action) =>
      [...new Set(patterns.map(({ resource }) => resource))].map((resource) => ({ action, resource })),
    ),
    ...resources.flatMap((resource) =>
      [...new Set(patterns.map(({ action }) => action))].map((action) => ({ action, resource: hold(resource, own) })),
    ),
  ]
}

/**
 * What a change opens beyond the denied request, as patterns. An exact statement opens nothing; wildcards, further
 * actions and resources, loosened conditions and narrowed Denies are listed as far as they reach, whatever else of
 * the account's policies may still stand in the way.
 */
export const alsoAllowedBy = (remedy: Remedy, requests: readonly DeniedRequest[]): readonly AccessPattern[] => {
  const { change } = remedy
  if (change === null) return []
  const own = ownResource(remedy, requests)
  const before = editedBefore(remedy)
  const { edit } = change
  const opened =
    edit !== null && before !== null
      ? before.Effect === 'Deny'
        ? narrowedDeny(before, edit.after, own)
        : widenedAllow(before, edit.after, own)
      : change.add === null
        ? []
        : patternsOf(change.add, own)
  const distinct = new Map(opened.map((pattern) => [`${pattern.action} ${pattern.resource}`, pattern]))
  return [...distinct.values()].filter((pattern) => !isDenied(pattern, requests))
}
