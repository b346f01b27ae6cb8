import type { Policies } from '../iam/policies.ts'
import type { Assumption, PolicyTypeVerdict, Unknown, Verdict } from '../verdict/verdict.ts'
import type { Words } from '../words/words.ts'
import { quoteStatement } from './quote-statement.ts'
import type { ReplyVerdict } from './schema.ts'

/** The verdict with its unknowns and assumptions in words. Near misses and statements quote what was read, and may be withheld. */
export function buildVerdict(verdict: Verdict, policies: Policies, words: Words, showPolicies: boolean): ReplyVerdict {
  return {
    decision: verdict.decision,
    policyType: verdict.policyType,
    statement: verdict.statement,
    policyTypes: verdict.policyTypes.map((type) => buildPolicyType(type, policies, words, showPolicies)),
    assuming: verdict.assuming.map((assumption) => assumptionSentence(assumption, words)),
    assumptions: verdict.assuming.map((assumption) => ({
      ...assumption,
      values: { ...assumption.values },
      sentence: assumptionSentence(assumption, words),
    })),
  }
}

export function assumptionSentence({ code, policyType, values }: Assumption, words: Words): string {
  return words.assumptions[code](policyType === null ? null : words.policyTypes[policyType], values)
}

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
    policies: type.policies.map(({ name, arn, kind, group, level }) => ({ name, arn, kind, group, level })),
    determining: type.determining.map((ref) => ({
      policy: ref.policy,
      statement: ref.statement,
      sid: ref.sid,
      quoted: showPolicies ? quoteStatement(policies, type.type, ref) : null,
    })),
    nearMisses: showPolicies ? type.nearMisses.map(buildNearMiss) : null,
    unknowns: type.unknowns.map((fact) => buildUnknown(fact, words)),
    invalid: type.invalid.map(({ policy, statement, problem, value }) => ({
      policy,
      statement,
      problem: words.problem(problem, value),
    })),
  }
}

const buildNearMiss = ({ policy, statement, sid, effect, because }: PolicyTypeVerdict['nearMisses'][number]) => ({
  policy,
  statement,
  sid,
  effect,
  because: because.map(({ element, wanted, found, firstDifference, operator, key }) => ({
    element,
    wanted: [...wanted],
    found: found === null ? null : [...found],
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
  values: [...fact.values],
  policy: fact.policy,
  statement: fact.statement,
  sid: fact.sid,
  sentence: words.unknown(fact),
})
