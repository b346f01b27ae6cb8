import type { RequestFacts } from '../request-facts.ts'
import { and, maybe, no, not, or, yes, type Truth } from '../truth.ts'
import type { OperatorForm } from './operators.ts'
import { isNeverSource } from './ip-range.ts'
import { openPathOf, testOpenPath, type OpenPath } from './role-path.ts'
import { nullTest, testHidden, testOf, type ValueTest } from './value-tests.ts'

/** One key of a condition block under one operator. */
export interface Condition {
  /** As the policy writes them. */
  readonly operator: string
  readonly key: string
  readonly values: readonly string[]
  readonly lowerCaseKey: string
  readonly form: OperatorForm
  readonly tests: readonly ValueTest[]
}

export const compileCondition = (
  operator: string,
  form: OperatorForm,
  key: string,
  values: readonly string[],
  variables: boolean,
): Condition => {
  const { base } = form
  const tests = base === 'null' ? [] : values.map((value) => testOf(base.prepare, value, variables))
  return { operator, key, values, lowerCaseKey: key.toLowerCase(), form, tests }
}

export const matchConditions = (conditions: readonly Condition[], facts: RequestFacts): Truth => {
  let all: Truth = yes
  for (const condition of conditions) {
    all = and(all, matchCondition(condition, facts))
    if (all === no) break
  }
  return all
}

/** The values of one key are alternatives; a negated operator asks that none of them match. */
export const matchCondition = (condition: Condition, facts: RequestFacts): Truth => {
  const found = facts.key(condition.lowerCaseKey)
  const { base, set } = condition.form
  const path = found === undefined && condition.lowerCaseKey === 'aws:principalarn' ? openPathOf(facts) : null
  if (base === 'null')
    return nullTest(condition.values, found === undefined && path === null ? undefined : found === null)
  if (path !== null) return matchOpenPath(condition, base.negated, path, facts)
  if (found === undefined) return whenUnknown(condition, facts.inDiagnosis)
  if (found === null) return whenAbsent(condition)
  if (set === null) return found.length === 1 ? matchOne(condition, base.negated, found[0] ?? '', facts) : no
  return set === 'all' ? forAll(condition, base.negated, found, facts) : forAny(condition, base.negated, found, facts)
}

const forAll = (condition: Condition, negated: boolean, found: readonly string[], facts: RequestFacts): Truth =>
  found.reduce<Truth>((all, value) => and(all, matchOne(condition, negated, value, facts)), yes)

const forAny = (condition: Condition, negated: boolean, found: readonly string[], facts: RequestFacts): Truth =>
  found.reduce<Truth>((any, value) => or(any, matchOne(condition, negated, value, facts)), no)

const matchOne = (condition: Condition, negated: boolean, value: string, facts: RequestFacts): Truth => {
  let any: Truth = no
  for (const one of condition.tests) {
    any = or(any, facts.inDiagnosis ? testHidden(one, value, facts) : one.test(value, facts))
    if (any === yes) break
  }
  return negated ? not(any) : any
}

/** A role's session always has the key, with one value. */
const matchOpenPath = (condition: Condition, negated: boolean, path: OpenPath, facts: RequestFacts): Truth => {
  const any = condition.tests.reduce<Truth>((all, one) => or(all, testOpenPath(one, path, facts)), no)
  return negated ? not(any) : any
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html */
const whenAbsent = ({ form: { base, set, ifExists } }: Condition): Truth => {
  if (ifExists || set === 'all') return yes
  return set === null && base !== 'null' && base.negated ? yes : no
}

/** A request without the key meets it. */
export const holdsWhenAbsent = (condition: Condition): boolean =>
  condition.form.base !== 'null' && whenAbsent(condition) === yes

/**
 * Open, unless an absent key and every value that it could have give the same answer. That no request has a private
 * address in `aws:SourceIp` counts in a diagnosis; the engine by itself takes the key as one that may have any value.
 */
const whenUnknown = (condition: Condition, inDiagnosis: boolean): Truth => {
  const { base } = condition.form
  if (base === 'null') return maybe
  const acceptsAll = condition.tests.some(({ takesAll }) => takesAll)
  const acceptsNone = inDiagnosis && condition.lowerCaseKey === 'aws:sourceip' && condition.values.every(isNeverSource)
  const whenPresent = acceptsAll ? (base.negated ? no : yes) : acceptsNone ? (base.negated ? yes : no) : maybe
  return whenPresent === whenAbsent(condition) ? whenPresent : maybe
}
