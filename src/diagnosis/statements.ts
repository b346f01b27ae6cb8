import { hiddenMark, isHiddenText } from '../iam/hidden-text.ts'
import { isObject } from '../iam/json.ts'
import type { NamedPolicy, Policies, PolicyKind } from '../iam/policies.ts'
import { list, type ConditionBlock, type Effect, type Statement } from '../iam/policy-document.ts'
import { isLevelled, type PolicyType } from '../iam/policy-type.ts'
import { isAwsManaged, isNamedLikeAws } from '../remedy/aws-managed.ts'
import { isUsable } from '../verdict/compile.ts'
import type { StatementRef } from '../verdict/verdict.ts'
import { compileWildcard, matchesWildcard, type Wildcard } from '../verdict/wildcard.ts'

/** A statement as it was read, flat, with its place. */
export interface ReadStatement extends StatementRef {
  readonly policyType: PolicyType
  readonly policyArn: string | null
  readonly policyKind: PolicyKind | null
  readonly level: string | null
  readonly effect: Effect
  readonly actions: readonly string[]
  readonly notActions: readonly string[]
  readonly resources: readonly string[]
  readonly notResources: readonly string[]
  readonly conditions: readonly ReadCondition[]
  readonly source: Statement
}

export interface ReadCondition {
  readonly operator: string
  readonly key: string
  readonly values: readonly string[]
}

const lists = new WeakMap<object, Map<PolicyType, readonly ReadStatement[]>>()

/** Every statement of one policy type that was read; empty where nothing was. Flattened once for each list of policies. */
export function statementsOf(policies: Policies, type: PolicyType): readonly ReadStatement[] {
  const read = policies[type]
  if (read === undefined || read === null || read === 'unknown') return []
  const known = lists.get(read) ?? new Map<PolicyType, readonly ReadStatement[]>()
  lists.set(read, known)
  const statements = known.get(type) ?? flatten(policies, type)
  known.set(type, statements)
  return statements
}

function flatten(policies: Policies, type: PolicyType): readonly ReadStatement[] {
  if (isLevelled(type)) {
    const levels = policies[type]
    if (levels === undefined || levels === null || levels === 'unknown') return []
    return levels.flatMap(({ level, policies: at }) =>
      at === 'unknown' ? [] : at.flatMap((policy) => inPolicy(policy, type, level)),
    )
  }
  const read = policies[type]
  if (read === undefined || read === null || read === 'unknown') return []
  return read.flatMap((policy) => inPolicy(policy, type, null))
}

const isOfPrincipal = (type: PolicyType): boolean => type === 'identity-based' || type === 'permissions-boundary'

function inPolicy(policy: NamedPolicy, policyType: PolicyType, level: string | null): readonly ReadStatement[] {
  // What AWS would not store is not what is in force, and an edit of it would not be stored either.
  if (!isObject(policy.document) || !isUsable(policy.document, policyType)) return []
  const statements = list(policy.document['Statement'])
  return statements.flatMap((source, statement) => {
    if (!isStatement(source)) return []
    return [
      {
        policyType,
        policy: policy.name,
        policyArn: policy.arn ?? null,
        policyKind:
          policy.kind ??
          (isAwsManaged(policy) || (isOfPrincipal(policyType) && isNamedLikeAws(policy)) ? 'aws-managed' : null),
        level,
        statement,
        sid: source.Sid ?? null,
        effect: source.Effect,
        actions: list(source.Action),
        notActions: list(source.NotAction),
        resources: list(source.Resource),
        notResources: list(source.NotResource),
        conditions: conditionsOf(source.Condition),
        source,
      },
    ]
  })
}

const isTexts = (value: unknown): boolean =>
  value === undefined || (value !== null && list(value).every((item) => typeof item === 'string'))

const isPrincipal = (value: unknown): boolean =>
  value === undefined || value === '*' || (isObject(value) && Object.values(value).every(isTexts))

/** Elements of the right form. AWS takes no others, so there is nothing in them to edit or to quote as a statement. */
function isStatement(source: unknown): source is Statement {
  if (!isObject(source) || (source['Effect'] !== 'Allow' && source['Effect'] !== 'Deny')) return false
  const { Sid: sid, Condition: condition, Principal: principal, NotPrincipal: notPrincipal } = source
  if (sid !== undefined && typeof sid !== 'string') return false
  if (condition !== undefined && !(isObject(condition) && Object.values(condition).every(isObject))) return false
  if (!isPrincipal(principal) || !isPrincipal(notPrincipal)) return false
  return ['Action', 'NotAction', 'Resource', 'NotResource'].every((element) => isTexts(source[element]))
}

function conditionsOf(block: ConditionBlock | undefined): readonly ReadCondition[] {
  return Object.entries(block ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => ({ operator, key, values: shownValues(list(values).map(String)) })),
  )
}

/** One mark for all that somebody hid. */
export const shownValues = (values: readonly string[]): readonly string[] =>
  values.some(isHiddenText) ? [...new Set(values.map((value) => (isHiddenText(value) ? hiddenMark : value)))] : values

type Compiled = readonly { readonly pattern: string; readonly wildcard: Wildcard }[]

/** Compiles a list of patterns once; statements are flattened once too, so their lists stay the same objects. */
const compiledBy = (spell: (pattern: string) => string): ((patterns: readonly string[]) => Compiled) => {
  const lists = new WeakMap<readonly string[], Compiled>()
  return (patterns) => {
    const known = lists.get(patterns)
    if (known !== undefined) return known
    const compiled = patterns.map((pattern) => ({ pattern, wildcard: compileWildcard(spell(pattern)) }))
    lists.set(patterns, compiled)
    return compiled
  }
}
const actionPatterns = compiledBy((pattern) => pattern.toLowerCase())
const resourcePatterns = compiledBy((pattern) => pattern)

const someFit = (compiled: Compiled, text: string): boolean =>
  compiled.some(({ wildcard }) => matchesWildcard(wildcard, text))

/** Whether the statement speaks of this action, by Action or NotAction. */
export const coversAction = (
  { actions, notActions }: Pick<ReadStatement, 'actions' | 'notActions'>,
  action: string,
): boolean => {
  const name = action.toLowerCase()
  if (actions.length > 0) return someFit(actionPatterns(actions), name)
  return notActions.length > 0 && !someFit(actionPatterns(notActions), name)
}

/** Whether the statement speaks of this resource, by Resource or NotResource. Policies without either speak of their own. */
export const coversResource = (
  { resources, notResources }: Pick<ReadStatement, 'resources' | 'notResources'>,
  resource: string,
): boolean => {
  if (resources.length > 0) return someFit(resourcePatterns(resources), resource)
  return notResources.length === 0 || !someFit(resourcePatterns(notResources), resource)
}
