import type { ActionCatalogue } from '../action-catalogue/action-catalogue.ts'
import { list, type OneOrMore, type Statement } from '../iam/policy-document.ts'
import type { DeniedRequest } from '../requests/denied-request.ts'
import { documentOf } from './change.ts'
import type { SplitOff } from './fix.ts'
import { literalKey } from './literal-key.ts'
import type { Remedy } from './remedy.ts'
import { withoutMask } from './resource-form.ts'

interface AccessPattern {
  readonly action: string
  readonly resource: string
}

const isExact = (pattern: string): boolean => !/[*?]/u.test(pattern.replaceAll(/\$\{[*?$]\}/gu, ''))

/** More than anybody reads, one by one. */
const mostPatterns = 1000

const actionsOf = ({ Action, NotAction }: Statement): readonly string[] =>
  NotAction === undefined ? list(Action) : ['*']

const resourcesOf = ({ Resource, NotResource }: Statement): readonly string[] => {
  const named = list(Resource)
  return NotResource !== undefined || named.length === 0 ? ['*'] : named
}

/** Each action on each resource; where these are too many to name, too much is said rather than too little. */
const crossed = (actions: readonly string[], resources: readonly string[], own: Own): readonly AccessPattern[] => {
  if (actions.length * resources.length > mostPatterns)
    return resources.length > 1 ? crossed(actions, ['*'], own) : crossed(['*'], resources, own)
  return actions.flatMap((action) =>
    resources.flatMap((resource) => held(resource, own).map((one) => ({ action, resource: one }))),
  )
}

/** Actions and resources of a statement as patterns; what is excluded by Not… leaves everything else. */
const patternsOf = (statement: Statement, own: Own): readonly AccessPattern[] =>
  crossed(actionsOf(statement), resourcesOf(statement), own)

/** What the policy of one resource can speak of at all; `null` for policies that speak of everything. */
type Own = readonly string[] | null

/** `*` in the policy of one resource means that resource. */
const held = (resource: string, own: Own): readonly string[] => (resource === '*' && own !== null ? own : [resource])

const sameCondition = (a: Statement, b: Statement): boolean =>
  JSON.stringify(a.Condition ?? {}) === JSON.stringify(b.Condition ?? {}) &&
  JSON.stringify(a.Principal ?? null) === JSON.stringify(b.Principal ?? null)

/** Exactly the denied question: a pattern without wildcards, or `*` for an action that takes no resource. */
const isDenied = (
  pattern: AccessPattern,
  requests: readonly DeniedRequest[],
  catalogue: ActionCatalogue | undefined,
): boolean =>
  requests.some(
    (request) =>
      request.action.toLowerCase() === pattern.action.toLowerCase() &&
      (isNamed(request.resource, pattern.resource)
        ? isExact(pattern.resource) ||
          request.from.resource === 'action-has-no-resource-types' ||
          catalogue?.find(request.action)?.resourceTypes.length === 0
        : request.resource === null && isExact(pattern.resource)),
  )

/** The resource that was denied, also where what was masked in it stands as a placeholder. */
const isNamed = (denied: string | null, resource: string): boolean =>
  denied !== null && (denied === resource || withoutMask(denied) === resource || literalKey(denied) === resource)

const ownResources = (remedy: Remedy, requests: readonly DeniedRequest[]): Own => {
  const type = remedy.target?.policyType
  if (remedy.change === null || (type !== 'resource-based' && type !== 'role-trust')) return null
  const { kind, arn } = remedy.change.home
  if (kind === 'bucket') return [arn, `${arn}/*`]
  if (kind === 'function' || kind === 'topic') return [arn, `${arn}:*`]
  const denied = requests[0]?.resource ?? arn
  // A table's policy speaks of its indexes too, and not of its stream.
  const table = /^(arn:[^:]+:dynamodb:[^:]*:[^:]*:table\/[^/]+)(?:\/index\/.*)?$/u.exec(denied)?.[1]
  return table === undefined ? [denied] : [table, `${table}/index/*`]
}

const editedBefore = (remedy: Remedy): Statement | null => {
  const { change } = remedy
  if (change === null || change.edit === null) return null
  return list(documentOf(change.present)?.Statement)[change.edit.statement] ?? null
}

/** The statements that say something else once variables count in their document. */
const withVariables = (present: unknown): readonly Statement[] =>
  list(documentOf(present)?.Statement).filter((statement) => JSON.stringify(statement).includes('${'))

/** What an edited Allow covers that it did not cover before. */
const widenedAllow = (before: Statement, after: Statement, own: Own): readonly AccessPattern[] => {
  if (!sameCondition(before, after)) return patternsOf(after, own)
  const present = new Set(actionsOf(before).map((action) => action.toLowerCase()))
  const actions = actionsOf(after).filter((action) => !present.has(action.toLowerCase()))
  const resources = added(resourcesOf(before), resourcesOf(after))
  return [...crossed(actions, resourcesOf(after), own), ...crossed(actionsOf(after), resources, own)]
}

const added = (before: OneOrMore<string> | undefined, after: OneOrMore<string> | undefined): readonly string[] => {
  const present = new Set(list(before))
  return list(after).filter((value) => !present.has(value))
}

/** What a narrowed Deny lets through: what was taken out of its lists, or all of it where its conditions changed. */
const narrowedDeny = (before: Statement, after: Statement, own: Own): readonly AccessPattern[] => {
  if (!sameCondition(before, after)) return patternsOf(before, own)
  const patterns = patternsOf(before, own)
  // `Action: "*"` that becomes a NotAction still denies all but what is named there.
  const taken = after.Action === undefined ? [] : added(after.Action, before.Action)
  const actions = [...added(before.NotAction, after.NotAction), ...taken]
  const resources = [...added(before.NotResource, after.NotResource), ...added(after.Resource, before.Resource)]
  const allResources = [...new Set(patterns.map(({ resource }) => resource))]
  const allActions = [...new Set(patterns.map(({ action }) => action))]
  return [...crossed(actions, allResources, null), ...crossed(allActions, resources, null)]
}

/** What the last part denied; where it denies all but some actions now, these. */
const openedBeside = (parts: readonly SplitOff[], own: Own): readonly AccessPattern[] => {
  const last = parts.at(-1)
  if (last === undefined) return []
  const { before, after } = last
  const left = before.NotAction === undefined ? after.NotAction : undefined
  return patternsOf(left === undefined ? before : { ...before, Action: left }, own)
}

/**
 * What a change opens beyond the denied request, as patterns. An exact statement opens nothing; wildcards, further
 * actions and resources, loosened conditions and narrowed Denies are listed as far as they reach, whatever else of
 * the account's policies may still stand in the way.
 */
export const alsoAllowedBy = (
  remedy: Remedy,
  requests: readonly DeniedRequest[],
  catalogue?: ActionCatalogue,
): readonly AccessPattern[] => {
  const { change } = remedy
  if (change === null) return []
  const own = ownResources(remedy, requests)
  const before = editedBefore(remedy)
  const { edit } = change
  const opened =
    edit?.version !== undefined
      ? withVariables(change.present).flatMap((statement) => patternsOf(statement, own))
      : edit !== null && before !== null
        ? before.Effect === 'Deny'
          ? edit.beside === undefined
            ? narrowedDeny(before, edit.after, own)
            : openedBeside(edit.beside, own)
          : widenedAllow(before, edit.after, own)
        : change.add === null
          ? []
          : patternsOf(change.add, own)
  const widest = edit?.after ?? change.add
  const toOthers = widest?.Effect === 'Allow' && isForOthers(widest) && !(before !== null && isForOthers(before))
  const distinct = new Map(opened.map((pattern) => [`${pattern.action} ${pattern.resource}`, pattern]))
  return [...distinct.values()].filter((pattern) => toOthers || !isDenied(pattern, requests, catalogue))
}

/** Everybody, or a whole account: whoever else comes gets what was denied as well. */
const isForOthers = ({ Principal: principal, Condition: block = {} }: Statement): boolean => {
  const named = principal === undefined ? [] : principal === '*' ? ['*'] : list(principal['AWS'])
  const isNarrowed = Object.values(block).some((keys) =>
    Object.keys(keys).some((key) => /^aws:principalarn$/iu.test(key)),
  )
  return !isNarrowed && named.some((one) => one === '*' || /^\d{12}$|:root$/u.test(one))
}
