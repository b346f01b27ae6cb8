import type { Effect } from '../iam/policy-document.ts'
import { arnPartNames, matchResource, matchResources, type ResourcePattern } from './arn-pattern.ts'
import { candidates, type PlacedStatement } from './compile.ts'
import { matchCondition } from './condition/condition.ts'
import { coverage, isDenied } from './principal.ts'
import type { TypeOutcome } from './policy-type-outcome.ts'
import { sixParts, type RequestFacts } from './request-facts.ts'
import { matchesAction } from './statement.ts'
import { no, or } from './truth.ts'
import type { Mismatch, NearMiss } from './verdict.ts'
import { compileWildcard, matchesWildcard } from './wildcard.ts'

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
      if (statement.effect !== effect) continue
      const because = mismatchesOf(statement, facts)
      if (because.length === 0 || (because[0]?.element.endsWith('Action') === true && because.length > 1)) continue
      found.push({ ...statement.ref, policyType: type, effect, because })
    }
  }
  return found.sort((a, b) => distance(a) - distance(b)).slice(0, shown)
}

const distance = ({ because }: NearMiss): number =>
  because.length + (because[0]?.element.endsWith('Action') === true ? 1 : 0)

const mismatchesOf = (statement: PlacedStatement, facts: RequestFacts): readonly Mismatch[] => [
  ...actionMismatch(statement, facts),
  ...resourceMismatch(statement, facts),
  ...principalMismatch(statement, facts),
  ...statement.conditions.flatMap((condition): readonly Mismatch[] => {
    if (matchCondition(condition, facts) !== no) return []
    const { key, operator, values, lowerCaseKey } = condition
    const found = facts.key(lowerCaseKey) ?? null
    return [{ element: 'Condition', wanted: values, found, firstDifference: null, operator, key }]
  }),
]

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

const actionMismatch = ({ action }: PlacedStatement, facts: RequestFacts): readonly Mismatch[] =>
  matchesAction(action, facts.action)
    ? []
    : [element(action.negated ? 'NotAction' : 'Action', action.patterns, facts.spelledAction)]

const resourceMismatch = ({ resource }: PlacedStatement, facts: RequestFacts): readonly Mismatch[] => {
  if (resource === null || matchResources(resource, facts) !== no) return []
  const wanted = resource.patterns.map(({ source }) => source)
  if (resource.negated) return [element('NotResource', wanted, facts.resource)]
  return [element('Resource', wanted, facts.resource, nearestDifference(resource.patterns, facts))]
}

/** The first part in which the closest pattern differs: closest is the one that agrees longest. */
const nearestDifference = (patterns: readonly ResourcePattern[], facts: RequestFacts): string | null => {
  let furthest = -1
  for (const pattern of patterns) {
    if (pattern.kind !== 'arn' || matchResource(pattern, facts) === 'no-value') continue
    furthest = Math.max(furthest, firstDifference(pattern.source, facts.resource ?? ''))
  }
  return arnPartNames[furthest] ?? null
}

/** Position of the first ARN part that differs; -1 where either is no ARN. */
const firstDifference = (pattern: string, text: string): number => {
  const [wanted, found] = [sixParts(pattern), sixParts(text)]
  if (wanted === null || found === null) return -1
  const differs = wanted.slice(0, 5).findIndex((part, i) => !matchesWildcard(compileWildcard(part), found[i] ?? ''))
  return differs < 0 ? 5 : differs
}

const principalMismatch = ({ principal, effect }: PlacedStatement, facts: RequestFacts): readonly Mismatch[] => {
  if (principal === null) return []
  const covers = coverage(principal, facts)
  const reach =
    effect === 'Deny' ? isDenied(principal, facts) : or(covers.direct, or(covers.limited, covers.delegation))
  if (reach !== no) return []
  const wanted = principal.entries.map(({ text }) => text)
  const { arn, service, provider } = facts.principal
  const found = (facts.roleArnExact ? facts.roleArn : null) ?? arn ?? service ?? provider ?? null
  if (principal.negated) return [element('NotPrincipal', wanted, found)]
  const furthest = Math.max(-1, ...wanted.map((text) => firstDifference(text, found ?? '')))
  return [element('Principal', wanted, found, arnPartNames[furthest] ?? null)]
}
