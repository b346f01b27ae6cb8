import { isObject } from '../iam/json.ts'
import type { NamedPolicy, Policies, PolicyLevel } from '../iam/policies.ts'
import { policyTypes, type PolicyType } from '../iam/policy-type.ts'
import { readDocument, type CompiledDocument } from './read-document.ts'
import { grammarOf, type CompiledStatement, type StatementGrammar } from './statement.ts'
import type { InvalidPolicy, PolicySummary, StatementRef } from './verdict.ts'

/** A statement with its place among the policies of one type. */
export interface PlacedStatement extends CompiledStatement {
  readonly ref: StatementRef
  readonly policyArn: string | null
  /** Place among all statements of its set. */
  readonly order: number
  /** Which level of SCPs or RCPs it stands in; 0 for the other policy types. */
  readonly level: number
  /** The rest of its document is not valid either way: AWS stores no such document. */
  readonly isOfUnusable: boolean
}

/** The policies of one type, or of one level. */
export interface CompiledSet {
  /** Statements that name services, by service prefix: a request never looks at those of other services. */
  readonly byPrefix: ReadonlyMap<string, readonly PlacedStatement[]>
  /** Statements that can match any service: `*`, NotAction. */
  readonly anyService: readonly PlacedStatement[]
  /** A document among them cannot be what is in force, see `isUsable`. */
  readonly hasUnusable: boolean
  /** Both together for the services that were asked for. */
  readonly merged: Map<string, readonly PlacedStatement[]>
}

export interface CompiledType {
  readonly type: PolicyType
  /** One for flat policy types; `unread` where a level could not be read. */
  readonly levels: readonly (CompiledSet | 'unread')[]
  readonly policies: readonly PolicySummary[]
  readonly invalid: readonly InvalidPolicy[]
}

/** Policies made ready for matching: compile once, evaluate often. */
export interface CompiledPolicies {
  readonly compiled: true
  /** A policy type that is missing does not apply. */
  readonly types: ReadonlyMap<PolicyType, CompiledType | 'unread'>
}

export const isCompiled = (policies: Policies | CompiledPolicies): policies is CompiledPolicies =>
  'compiled' in policies

const cache = new WeakMap<Policies, CompiledPolicies>()

/** Compiles policies, or returns what was compiled from the same object before; so they must not change afterwards. */
export const compilePolicies = (policies: Policies): CompiledPolicies => {
  const known = cache.get(policies)
  if (known !== undefined) return known
  const compiled = compileAll(policies, true)
  cache.set(policies, compiled)
  return compiled
}

/**
 * Compiles policies that are evaluated once, such as those after a remedy: what they share with others is taken up, and
 * nothing of theirs is kept. V8 holds what is in a WeakMap until the next of its rare full collections.
 */
export const compileOnce = (policies: Policies): CompiledPolicies => cache.get(policies) ?? compileAll(policies, false)

const compileAll = (policies: Policies, keep: boolean): CompiledPolicies => {
  const types = new Map<PolicyType, CompiledType | 'unread'>()
  for (const type of policyTypes) {
    const given: unknown = policies[type]
    if (given === undefined || given === null) continue
    types.set(type, Array.isArray(given) ? compileList(type, given, keep) : 'unread')
  }
  return { compiled: true, types }
}

/** The same list of policies is met again with other policy types beside it. */
const lists = new WeakMap<object, Map<PolicyType, CompiledType>>()

const compileList = (type: PolicyType, given: readonly (NamedPolicy | PolicyLevel)[], keep: boolean): CompiledType => {
  const compile = (): CompiledType => compileType(type, levelsOf(type, given), keep)
  return remembered(lists, given, type, keep, compile)
}

/** What is remembered of an object under a name; made anew where it is not, and then remembered if it is to be kept. */
const remembered = <Name, Value>(
  memory: WeakMap<object, Map<Name, Value>>,
  object: object,
  name: Name,
  keep: boolean,
  make: () => Value,
): Value => {
  const known = memory.get(object)
  const found = known?.get(name)
  if (found !== undefined) return found
  const made = make()
  if (keep) {
    if (known === undefined) memory.set(object, new Map([[name, made]]))
    else known.set(name, made)
  }
  return made
}

type Level = Omit<PolicyLevel, 'level'> & { readonly level: string | null }

const levelsOf = (type: PolicyType, given: readonly (NamedPolicy | PolicyLevel)[]): readonly Level[] =>
  type === 'service-control' || type === 'resource-control'
    ? (given as readonly PolicyLevel[])
    : [{ level: null, policies: given as readonly NamedPolicy[] }]

const compileType = (type: PolicyType, levels: readonly Level[], keep: boolean): CompiledType => {
  const policies: PolicySummary[] = []
  const invalid: InvalidPolicy[] = []
  const sets = levels.map(({ level, policies: named }, number) => {
    if (!Array.isArray(named)) return 'unread'
    const statements: PlacedStatement[] = []
    let hasUnusable = false
    for (const policy of named as readonly NamedPolicy[]) {
      policies.push(summaryOf(policy, level))
      const document = compileDocument(policy.document, grammarOf(type), keep)
      hasUnusable ||= !document.isUsable
      for (const found of document.problems) invalid.push({ policy: policy.name, ...found })
      for (const one of placedIn(policy, document, number, statements.length, keep)) statements.push(one)
    }
    return indexed(statements, hasUnusable)
  })
  return { type, levels: sets, policies, invalid }
}

const summaryOf = ({ name, arn, kind, group }: NamedPolicy, level: string | null): PolicySummary => ({
  name,
  arn: arn ?? null,
  kind: kind ?? null,
  group: group ?? null,
  level,
})

interface Placement {
  readonly document: CompiledDocument
  readonly level: number
  readonly first: number
  readonly statements: readonly PlacedStatement[]
}
const placements = new WeakMap<NamedPolicy, Placement>()

/** A principal's policies stand at the same places when it is evaluated again with one more: placed once. */
const placedIn = (
  policy: NamedPolicy,
  document: CompiledDocument,
  level: number,
  first: number,
  keep: boolean,
): readonly PlacedStatement[] => {
  const known = placements.get(policy)
  if (known?.document === document && known.level === level && known.first === first) return known.statements
  const statements = document.statements.map((statement, index) => ({
    ...placed(statement, policy, level, first + index),
    isOfUnusable: !document.isUsable,
  }))
  if (keep) placements.set(policy, { document, level, first, statements })
  return statements
}

const placed = (
  statement: CompiledStatement,
  { name, arn }: NamedPolicy,
  level: number,
  order: number,
): Omit<PlacedStatement, 'isOfUnusable'> => ({
  ...statement,
  ref: { policy: name, statement: statement.position, sid: statement.sid },
  policyArn: arn ?? null,
  order,
  level,
})

const indexed = (statements: readonly PlacedStatement[], hasUnusable: boolean): CompiledSet => {
  const byPrefix = new Map<string, PlacedStatement[]>()
  const anyService: PlacedStatement[] = []
  for (const statement of statements) {
    if (statement.action.prefixes === null) anyService.push(statement)
    for (const prefix of statement.action.prefixes ?? []) {
      const list = byPrefix.get(prefix)
      if (list === undefined) byPrefix.set(prefix, [statement])
      else list.push(statement)
    }
  }
  return { byPrefix, anyService, hasUnusable, merged: new Map() }
}

/** Statements that can match an action of this service, in the order of the policies. */
export const candidates = (set: CompiledSet, servicePrefix: string): readonly PlacedStatement[] => {
  const own = set.byPrefix.get(servicePrefix)
  if (own === undefined) return set.anyService
  if (set.anyService.length === 0) return own
  const known = set.merged.get(servicePrefix)
  if (known !== undefined) return known
  const merged = [...own, ...set.anyService].sort((a, b) => a.order - b.order)
  set.merged.set(servicePrefix, merged)
  return merged
}

const documents = new WeakMap<object, Map<StatementGrammar, CompiledDocument>>()

/** Managed policies and SCPs are shared by many principals, so a document is compiled once for each grammar. */
const compileDocument = (document: unknown, grammar: StatementGrammar, keep: boolean): CompiledDocument =>
  isObject(document)
    ? remembered(documents, document, grammar, keep, () => readDocument(document, grammar))
    : readDocument(document, grammar)

/** Whether a document of this policy type can be the one that is in force. */
export const isUsable = (document: unknown, type: PolicyType): boolean =>
  compileDocument(document, grammarOf(type), true).isUsable
