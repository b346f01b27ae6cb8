import type { Effect } from '../iam/policy-document.ts'
import { withReservedPath } from '../iam/reserved-path.ts'
import { arnPartNames, matchResources, type ResourcePattern } from './arn-pattern.ts'
import { candidates, type PlacedStatement } from './compile.ts'
import { matchCondition } from './condition/condition.ts'
import { coverage, isDenied } from './principal.ts'
import type { TypeOutcome } from './policy-type-outcome.ts'
import { sixParts, type RequestFacts } from './request-facts.ts'
import { matchesAction } from './statement.ts'
import { no, or } from './truth.ts'
import type { Mismatch, NearMiss } from './verdict.ts'
import { matchesWildcard } from './wildcard.ts'

/** Statements shown for one policy type; a long tail helps nobody. */
const shown = 10

/**
 * Statements of the fitting effect that would have decided but for the elements named, those that failed on the
 * fewest first. A statement for other actions counts only where nothing else speaks against it.
 */
export const nearMissesOf = (
  { type, compiled }: TypeOutcome,
  facts: RequestFacts,
  effect: Effect,
): readonly NearMiss[] => {
  const found: NearMiss[] = []
  for (const level of compiled?.levels ?? []) {
    if (level === 'unread') continue
    for (const statement of candidates(level, facts.servicePrefix)) {
      if (statement.effect !== effect || statement.isOfUnusable) continue
      const because = mismatchesOf(statement, facts)
      if (because.length > 0) found.push({ ...statement.ref, policyType: type, effect, because })
    }
  }
  return found.length < 2 ? found : found.sort((a, b) => distance(a) - distance(b)).slice(0, shown)
}

const isAboutAction = (because: readonly Mismatch[]): boolean => because[0]?.element.endsWith('Action') === true

const distance = ({ because }: NearMiss): number => because.length + (isAboutAction(because) ? 1 : 0)

/** Empty for a statement that matches or may match, and for one that is about other actions and fails elsewhere too. */
const mismatchesOf = (statement: PlacedStatement, facts: RequestFacts): readonly Mismatch[] => {
  const action = matchesAction(statement.action, facts.action) ? [] : [actionMismatch(statement, facts)]
  const others: Mismatch[] = []
  addResourceMismatch(others, statement, facts)
  if (action.length > 0 && others.length > 0) return []
  addPrincipalMismatch(others, statement, facts)
  for (const condition of statement.conditions) {
    if (matchCondition(condition, facts) !== no) continue
    const { key, operator, values, lowerCaseKey } = condition
    const found = facts.key(lowerCaseKey) ?? (lowerCaseKey === 'aws:principalarn' ? openRole(facts) : null)
    others.push({ element: 'Condition', wanted: values, found, firstDifference: null, operator, key })
  }
  return action.length > 0 && others.length > 0 ? [] : [...action, ...others]
}

/** Known but for its path, or the rest of it where AWS gave it one, which was enough to tell. */
const openRole = ({ roleArn }: RequestFacts): readonly string[] | null =>
  roleArn === null ? null : [withReservedPath(roleArn)]

const element = (
  name: Mismatch['element'],
  wanted: readonly string[],
  found: string | null,
  firstDifference: string | null = null,
): Mismatch => ({
  element: name,
  wanted,
  found: found === null ? null : [found],
  firstDifference,
  operator: null,
  key: null,
})

const actionMismatch = ({ action }: PlacedStatement, facts: RequestFacts): Mismatch =>
  element(action.negated ? 'NotAction' : 'Action', action.patterns, facts.spelledAction)

const addResourceMismatch = (into: Mismatch[], { resource }: PlacedStatement, facts: RequestFacts): void => {
  if (resource === null || matchResources(resource, facts) !== no) return
  const wanted = resource.patterns.map(({ source }) => source)
  const found = facts.resource ?? facts.hidden?.map(({ shown }) => shown).join(':') ?? null
  if (resource.negated) into.push(element('NotResource', wanted, found))
  else into.push(element('Resource', wanted, found, nearestDifference(resource.patterns, facts)))
}

/** The first part in which the closest pattern differs: closest is the one that agrees longest. */
const nearestDifference = (patterns: readonly ResourcePattern[], facts: RequestFacts): string | null => {
  let furthest = -1
  for (const pattern of patterns) {
    const parts = facts.resourceParts ?? facts.hidden?.map(({ isHidden, shown }) => (isHidden ? null : shown))
    if (pattern.kind !== 'arn' || parts === undefined) continue
    const { head } = pattern
    const differs = head.findIndex((part, i) => parts[i] !== null && !matchesWildcard(part, parts[i] ?? ''))
    furthest = Math.max(furthest, differs < 0 ? 5 : differs)
  }
  return arnPartNames[furthest] ?? null
}

/** Position of the first ARN part that differs; -1 where either is no ARN. Principals take no wildcards. */
const firstDifference = (wanted: string, found: string): number => {
  const [wantedParts, foundParts] = [sixParts(wanted), sixParts(found)]
  if (wantedParts === null || foundParts === null) return -1
  return wantedParts.findIndex((part, i) => part !== foundParts[i])
}

const addPrincipalMismatch = (into: Mismatch[], { principal, effect }: PlacedStatement, facts: RequestFacts): void => {
  if (principal === null) return
  const covers = coverage(principal, facts)
  const reach =
    effect === 'Deny' ? isDenied(principal, facts) : or(covers.direct, or(covers.limited, covers.delegation))
  if (reach !== no) return
  const wanted = principal.entries.map(({ text }) => text)
  const { arn, service, provider } = facts.principal
  const found = (facts.roleArnExact ? facts.roleArn : null) ?? arn ?? service ?? provider ?? null
  if (principal.negated) {
    into.push(element('NotPrincipal', wanted, found))
    return
  }
  const furthest = Math.max(-1, ...wanted.map((text) => firstDifference(text, found ?? '')))
  into.push(element('Principal', wanted, found, arnPartNames[furthest] ?? null))
}
