import type { Policies } from '../iam/policies.ts'
import type { PolicyTypeVerdict, Unknown, Verdict } from '../verdict/verdict.ts'
import type { Words } from '../words/words.ts'
import { tellAssumptions } from './build-assumptions.ts'
import { quoteStatement } from './quote-statement.ts'
import type { ReplyVerdict } from './schema.ts'

/** The verdict with its unknowns and assumptions in words. Near misses and statements quote what was read, and may be withheld. */
export function buildVerdict(verdict: Verdict, policies: Policies, words: Words, showPolicies: boolean): ReplyVerdict {
  const { sentences, assumptions } = tellAssumptions(verdict.assuming, words)
  return {
    decision: verdict.decision,
    policyType: verdict.policyType,
    statement: verdict.statement,
    policyTypes: verdict.policyTypes.map((type) => buildPolicyType(type, policies, words, showPolicies)),
    assuming: sentences,
    assumptions,
  }
}

const none: readonly never[] = []

function buildPolicyType(
  type: PolicyTypeVerdict,
  policies: Policies,
  words: Words,
  showPolicies: boolean,
): ReplyVerdict['policyTypes'][number] {
  return {
    type: type.type,
    result: type.result,
    blocking: type.blocking,
    policies: type.policies,
    determining: mapped(type.determining, (ref) => ({
      policy: ref.policy,
      statement: ref.statement,
      sid: ref.sid,
      quoted: showPolicies ? quoteStatement(policies, type.type, ref) : null,
    })),
    nearMisses: showPolicies ? mapped(type.nearMisses, buildNearMiss) : null,
    unknowns: mapped(type.unknowns, (fact) => buildUnknown(fact, words)),
    invalid: mapped(type.invalid, ({ policy, statement, problem, value }) => ({
      policy,
      statement,
      problem: words.problem(problem, value),
    })),
  }
}

/** Most of the lists are empty. */
const mapped = <Item, Result>(items: readonly Item[], map: (item: Item) => Result): readonly Result[] =>
  items.length === 0 ? none : items.map(map)

const buildNearMiss = ({ policy, statement, sid, effect, because }: PolicyTypeVerdict['nearMisses'][number]) => ({
  policy,
  statement,
  sid,
  effect,
  because: because.map(({ element, wanted, found, firstDifference, operator, key }) => ({
    element,
    wanted,
    found,
    firstDifference,
    operator,
    key,
  })),
})

const buildUnknown = (fact: Unknown, words: Words): ReplyVerdict['policyTypes'][number]['unknowns'][number] => ({
  kind: fact.kind,
  policyType: fact.policyType,
  effect: fact.effect,
  key: fact.key,
  operator: fact.operator,
  values: fact.values,
  policy: fact.policy,
  statement: fact.statement,
  sid: fact.sid,
  sentence: words.unknown(fact),
})
