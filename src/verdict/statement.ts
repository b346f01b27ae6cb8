import { isObject } from '../iam/json.ts'
import type { Effect } from '../iam/policy-document.ts'
import type { PolicyType } from '../iam/policy-type.ts'
import { compileResourcePattern, matchResources, type ResourceMatcher } from './arn-pattern.ts'
import { compileCondition, matchConditions, type Condition } from './condition/condition.ts'
import { parseOperator } from './condition/operators.ts'
import { isProblem, problem, type Problem } from './policy-problems.ts'
import { compilePrincipalEntry, type PrincipalMatcher } from './principal.ts'
import type { RequestFacts } from './request-facts.ts'
import { and, no, truthOf, type Truth } from './truth.ts'
import { compileWildcard, matchesWildcard, type Wildcard } from './wildcard.ts'

interface ActionMatcher {
  readonly patterns: readonly string[]
  readonly wildcards: readonly Wildcard[]
  readonly negated: boolean
  /** Service prefixes that can match; `null`: any. */
  readonly prefixes: readonly string[] | null
}

/** A statement made ready for matching. */
export interface CompiledStatement {
  readonly position: number
  readonly sid: string | null
  readonly effect: Effect
  readonly action: ActionMatcher
  /** `null`: trust policies, and resource policies that leave it out, speak of their own resource. */
  readonly resource: ResourceMatcher | null
  readonly principal: PrincipalMatcher | null
  readonly conditions: readonly Condition[]
}

type Rule = 'required' | 'optional' | 'forbidden'

/** Which elements the statements of a policy type have. */
export interface StatementGrammar {
  readonly principal: Rule
  readonly notPrincipal: Rule
  readonly resource: Rule
}

const attached: StatementGrammar = { principal: 'forbidden', notPrincipal: 'forbidden', resource: 'required' }
const byType: Readonly<Record<PolicyType, StatementGrammar>> = {
  'identity-based': attached,
  'permissions-boundary': attached,
  session: attached,
  'service-control': attached,
  'resource-control': { principal: 'optional', notPrincipal: 'forbidden', resource: 'required' },
  'vpc-endpoint': { principal: 'optional', notPrincipal: 'optional', resource: 'required' },
  'resource-based': { principal: 'required', notPrincipal: 'optional', resource: 'optional' },
  'role-trust': { principal: 'required', notPrincipal: 'forbidden', resource: 'forbidden' },
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
export const grammarOf = (type: PolicyType): StatementGrammar => byType[type]

const elements: ReadonlySet<string> = new Set([
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
])

/** Checks one statement. A misspelt element may change its whole meaning, so none is passed over. */
export const compileStatement = (
  raw: unknown,
  position: number,
  grammar: StatementGrammar,
  variables: boolean,
): CompiledStatement | Problem => {
  if (!isObject(raw)) return problem('not-an-object')
  const stray = Object.keys(raw).find((name) => !elements.has(name))
  if (stray !== undefined) return problem('unknown-element', stray)
  const { Sid: sid, Effect: effect } = raw
  if (effect !== 'Allow' && effect !== 'Deny') return problem('bad-effect', typeof effect === 'string' ? effect : null)
  const action = compileAction(raw)
  if (isProblem(action)) return action
  const resource = compileResource(raw, grammar.resource, variables)
  if (isProblem(resource)) return resource
  const principal = compilePrincipal(raw, grammar)
  if (isProblem(principal)) return principal
  const conditions = compileConditions(raw['Condition'], variables)
  if (isProblem(conditions)) return conditions
  return { position, sid: typeof sid === 'string' ? sid : null, effect, action, resource, principal, conditions }
}

type Raw = Readonly<Record<string, unknown>>

/** One text or a list of texts; `null` for anything else, an empty list too. */
const texts = (value: unknown): readonly string[] | null => {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value]
  return list.length > 0 && list.every((item) => typeof item === 'string') ? list : null
}

const compileAction = (raw: Raw): ActionMatcher | Problem => {
  const { Action: action, NotAction: notAction } = raw
  if (action !== undefined && notAction !== undefined) return problem('action-twice')
  if (action === undefined && notAction === undefined) return problem('action-missing')
  const patterns = texts(action ?? notAction)
  if (patterns === null) return problem('bad-action')
  const lower = patterns.map((pattern) => pattern.toLowerCase())
  const negated = action === undefined
  const prefixes = lower.map((pattern) => pattern.slice(0, Math.max(0, pattern.indexOf(':'))))
  const anyService = negated || prefixes.some((prefix) => prefix === '' || /[*?]/u.test(prefix))
  return {
    patterns,
    wildcards: lower.map(compileWildcard),
    negated,
    prefixes: anyService ? null : [...new Set(prefixes)],
  }
}

const compileResource = (raw: Raw, rule: Rule, variables: boolean): ResourceMatcher | Problem | null => {
  const { Resource: resource, NotResource: notResource } = raw
  if (resource !== undefined && notResource !== undefined) return problem('resource-twice')
  if (resource === undefined && notResource === undefined)
    return rule === 'required' ? problem('resource-missing') : null
  if (rule === 'forbidden') return problem('resource-not-allowed')
  const patterns = texts(resource ?? notResource)
  if (patterns === null) return problem('bad-resource')
  return {
    patterns: patterns.map((pattern) => compileResourcePattern(pattern, variables)),
    negated: resource === undefined,
  }
}

const compilePrincipal = (raw: Raw, grammar: StatementGrammar): PrincipalMatcher | Problem | null => {
  const { Principal: principal, NotPrincipal: notPrincipal } = raw
  if (principal !== undefined && notPrincipal !== undefined) return problem('principal-twice')
  if (principal === undefined && notPrincipal === undefined)
    return grammar.principal === 'required' ? problem('principal-missing') : null
  if (principal !== undefined && grammar.principal === 'forbidden') return problem('principal-not-allowed', 'Principal')
  if (notPrincipal !== undefined && grammar.notPrincipal === 'forbidden')
    return problem('principal-not-allowed', 'NotPrincipal')
  const entries = principalEntries(principal ?? notPrincipal)
  return entries === null ? problem('bad-principal') : { entries, negated: principal === undefined }
}

const principalKinds: ReadonlySet<string> = new Set(['AWS', 'Service', 'Federated', 'CanonicalUser'])

const principalEntries = (value: unknown): PrincipalMatcher['entries'] | null => {
  if (value === '*') return [compilePrincipalEntry('AWS', '*')]
  if (!isObject(value)) return null
  const entries: PrincipalMatcher['entries'][number][] = []
  for (const [kind, names] of Object.entries(value)) {
    const list = texts(names)
    if (!principalKinds.has(kind) || list === null) return null
    for (const name of list) entries.push(compilePrincipalEntry(kind, name))
  }
  return entries
}

const compileConditions = (value: unknown, variables: boolean): readonly Condition[] | Problem => {
  if (value === undefined) return []
  if (!isObject(value)) return problem('bad-condition')
  const conditions: Condition[] = []
  for (const [operator, keys] of Object.entries(value)) {
    const form = parseOperator(operator)
    if (form === null) return problem('unknown-operator', operator)
    if (!isObject(keys)) return problem('bad-condition', operator)
    for (const [key, wanted] of Object.entries(keys)) {
      const values = conditionValues(wanted)
      if (values === null) return problem('bad-condition', key)
      conditions.push(compileCondition(operator, form, key, values, variables))
    }
  }
  return conditions
}

/** Numbers and Booleans stand for their texts. */
const conditionValues = (value: unknown): readonly string[] | null => {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value]
  const values: string[] = []
  for (const item of list) {
    if (typeof item !== 'string' && typeof item !== 'number' && typeof item !== 'boolean') return null
    values.push(String(item))
  }
  return values
}

/** Action and NotAction are always decided: a request has one action, and patterns take no variables. */
export const matchesAction = ({ wildcards, negated }: ActionMatcher, action: string): boolean =>
  wildcards.some((wildcard) => matchesWildcard(wildcard, action)) !== negated

/** Everything but the principal, which counts differently for Allow and Deny. */
export const matchStatement = (statement: CompiledStatement, facts: RequestFacts): Truth => {
  if (!matchesAction(statement.action, facts.action)) return no
  const resource = statement.resource === null ? truthOf(true) : matchResources(statement.resource, facts)
  return resource === no ? no : and(resource, matchConditions(statement.conditions, facts))
}
