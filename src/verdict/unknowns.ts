import type { PlacedStatement } from './compile.ts'
import { matchCondition, type Condition } from './condition/condition.ts'
import { matchResource, matchResources, type ResourcePattern } from './arn-pattern.ts'
import { coverage, isDenied, type PrincipalMatcher } from './principal.ts'
import type { TypeOutcome } from './policy-type-outcome.ts'
import type { RequestFacts } from './request-facts.ts'
import { unknownVariables } from './template.ts'
import { maybe, or, yes, type Truth } from './truth.ts'
import type { Unknown } from './verdict.ts'

/** The facts on which a policy type's open statements hang; those that can no longer change its answer are left out. */
export const unknownsOf = ({ type, deny, allow, matches }: TypeOutcome, facts: RequestFacts): readonly Unknown[] => {
  const matters = ({ effect }: PlacedStatement): boolean =>
    effect === 'Deny' ? deny.value === maybe : allow.value !== yes
  return matches.flatMap(({ statement, value }) =>
    value === maybe && matters(statement)
      ? statementUnknowns(statement, facts).map((found): Unknown => ({
          ...found,
          ...statement.ref,
          policyType: type,
          effect: statement.effect,
        }))
      : [],
  )
}

type Found = Pick<Unknown, 'kind' | 'key' | 'operator' | 'values'>

const statementUnknowns = (statement: PlacedStatement, facts: RequestFacts): readonly Found[] => [
  ...(statement.principal === null ? [] : principalUnknowns(statement, statement.principal, facts)),
  ...(statement.resource !== null && matchResources(statement.resource, facts) === maybe
    ? resourceUnknowns(statement.resource.patterns, facts)
    : []),
  ...statement.conditions.flatMap((condition) =>
    matchCondition(condition, facts) === maybe ? conditionUnknowns(condition, facts) : [],
  ),
]

const principalUnknowns = (
  { effect }: PlacedStatement,
  principal: PrincipalMatcher,
  facts: RequestFacts,
): readonly Found[] => {
  const reach: Truth = effect === 'Deny' ? isDenied(principal, facts) : anyCoverage(principal, facts)
  const values = principal.entries.map(({ text }) => text)
  return reach === maybe ? [{ kind: 'principal', key: null, operator: null, values }] : []
}

const anyCoverage = (principal: PrincipalMatcher, facts: RequestFacts): Truth => {
  const { direct, limited, delegation } = coverage(principal, facts)
  return or(direct, or(limited, delegation))
}

const resourceUnknowns = (patterns: readonly ResourcePattern[], facts: RequestFacts): readonly Found[] => {
  const open = patterns.filter((pattern) => {
    const match = matchResource(pattern, facts)
    return match === maybe || match === 'no-value'
  })
  const values = open.map(({ source }) => source)
  const templates =
    facts.resource === null
      ? []
      : open.flatMap((pattern) => (pattern.kind === 'arn' ? [(pattern.opened ?? pattern).tail] : []))
  const keys = unknownVariables(templates, facts)
  if (keys.length === 0) return [{ kind: 'resource', key: null, operator: null, values }]
  return keys.map((key) => ({ kind: 'context-key', key, operator: null, values }))
}

const conditionUnknowns = (
  { key, lowerCaseKey, operator, values, tests }: Condition,
  facts: RequestFacts,
): readonly Found[] => {
  if (facts.key(lowerCaseKey) === undefined) return [{ kind: 'context-key', key, operator, values }]
  const templates = tests.flatMap(({ template }) => (template === null ? [] : [template]))
  const variables = unknownVariables(templates, facts)
  // What the policy compares with is hidden.
  if (variables.length === 0) return [{ kind: 'context-key', key, operator, values }]
  return variables.map((name) => ({ kind: 'context-key', key: name, operator, values }))
}

/** Each key once, those first that the reader can answer without looking anything up. */
export const onceEach = (unknowns: readonly Unknown[]): readonly Unknown[] => {
  const byFact = new Map<string, Unknown>()
  for (const unknown of unknowns) {
    const fact = `${unknown.kind} ${unknown.key?.toLowerCase() ?? ''}`
    if (!byFact.has(fact)) byFact.set(fact, unknown)
  }
  return [...byFact.values()].sort((a, b) => effort(a) - effort(b))
}

const answerable =
  /^(?:aws:(?:multifactorauth|source(?:ip|vpc|vpce)|vpcsourceip|securetransport|requestedregion)|.*tag(?:s|keys|\/))/u

const effort = ({ kind, key }: Unknown): number => {
  if (kind !== 'context-key') return 1
  return answerable.test(key?.toLowerCase() ?? '') ? 0 : 2
}
