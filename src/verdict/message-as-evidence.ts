import { matchResources } from './arn-pattern.ts'
import type { Clause } from './clause.ts'
import type { CompiledSet } from './compile.ts'
import type { Consideration } from './consider.ts'
import { holdsWhenAbsent } from './condition/condition.ts'
import { finding, outcomeOf, type Outcomes, type TypeOutcome } from './policy-type-outcome.ts'
import { isDenied } from './principal.ts'
import type { PolicyType } from '../iam/policy-type.ts'
import type { RequestFacts } from './request-facts.ts'
import { maybe, no, yes, type Truth } from './truth.ts'
import type { Assumption } from './verdict.ts'

interface Informed {
  readonly outcomes: Outcomes
  readonly assuming: readonly Assumption[]
}

/**
 * The message says that a policy of this type denied. If no Deny there is certain and exactly one is open, or one
 * applies whenever any of the others does, it is that one. Otherwise nothing changes, so that a disagreement stays to
 * be seen.
 */
export const withMessagesDeny = ({ outcomes, facts }: Consideration, clause: Clause): Informed => {
  if (clause.effect !== 'explicit') return { outcomes, assuming: [] }
  for (const type of clause.policyTypes) {
    const outcome = outcomes[type]
    if (outcome.deny.value === yes) return { outcomes, assuming: [] }
    const several = openDenies(outcome, clause.policyArn)
    const open = several.length === 1 ? several[0] : several.find((one) => followsFromAll(one, several, facts))
    if (open === undefined || hasUnreadLevel(outcome)) continue
    const { ref } = open.statement
    const matches = outcome.matches.map((match) => (match === open ? { ...match, value: yes } : match))
    return {
      outcomes: { ...outcomes, [type]: { ...outcome, deny: finding(yes, open.statement), matches } },
      assuming: [
        {
          code: 'message-names-deny',
          policyType: type,
          values: {
            policy: ref.policy,
            statement: String(ref.statement),
            ...(ref.sid === null ? {} : { sid: ref.sid }),
          },
        },
      ],
    }
  }
  return { outcomes, assuming: [] }
}

/**
 * The message speaks of a Deny, and what was read of a level of SCPs only denies: AWS attaches an SCP that allows to
 * each level, and whoever hands over the one that denies leaves `FullAWSAccess` out. What such a level allows is not
 * known, so that nothing is said to be missing there.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
 */
export const withUnreadAllows = ({ outcomes, facts }: Consideration, clause: Clause, allow: Truth): Informed => {
  const outcome = outcomes['service-control']
  const { compiled } = outcome
  if (clause.effect !== 'explicit' || compiled === null || outcome.allow.value !== no) return { outcomes, assuming: [] }
  const levels = compiled.levels.filter((level) => level === 'unread' || !onlyDenies(level))
  const rest = outcomeOf({ ...compiled, levels }, facts, null).allow
  if (rest.value === no) return { outcomes, assuming: [] }
  const open = rest.value < allow ? rest : finding(allow)
  return {
    outcomes: { ...outcomes, 'service-control': { ...outcome, allow: open } },
    assuming: allow === yes ? [{ code: 'unread-allows', policyType: 'service-control', values: {} }] : [],
  }
}

const onlyDenies = ({ byPrefix, anyService }: CompiledSet): boolean =>
  [anyService, ...byPrefix.values()].every((some) => some.every(({ effect }) => effect === 'Deny'))

/** Where the message prints the policy's ARN and we have that policy, only its statements come into question. */
const openDenies = ({ matches }: TypeOutcome, policyArn: string | null): TypeOutcome['matches'] => {
  const open = matches.filter(({ statement, value }) => statement.effect === 'Deny' && value === maybe)
  const named = open.filter(({ statement }) => policyArn !== null && statement.policyArn === policyArn)
  return named.length > 0 ? named : open
}

type Match = TypeOutcome['matches'][number]

/** What is absent differs from all that is demanded: a Deny of other values applies wherever one of the absence does. */
const followsFromAll = ({ statement }: Match, open: readonly Match[], facts: RequestFacts): boolean => {
  const { conditions, principal, resource } = statement
  const [condition, ...further] = conditions
  if (condition === undefined || further.length > 0 || !holdsWhenAbsent(condition)) return false
  if (principal !== null && isDenied(principal, facts) !== yes) return false
  if (resource !== null && matchResources(resource, facts) !== yes) return false
  return open.every((one) => one.statement === statement || asksAbsence(one, condition.lowerCaseKey))
}

const asksAbsence = ({ statement }: Match, key: string): boolean =>
  statement.conditions.some(
    ({ form, lowerCaseKey, values }) =>
      form.base === 'null' && lowerCaseKey === key && values.every((value) => value.toLowerCase() === 'true'),
  )

/** A Deny may as well stand in what was not read. */
const hasUnreadLevel = ({ compiled }: TypeOutcome): boolean =>
  compiled?.levels.some((level) => level === 'unread' || level.hasUnusable) === true

/**
 * The message says that something merely did not allow: then no Deny, known or open, applied to this very request.
 * `openBefore`: types whose Deny was open before more was assumed, and applies only by that.
 */
export const withoutOpenDenies = (
  outcomes: Outcomes,
  clause: Clause,
  openBefore: ReadonlySet<PolicyType | null>,
): Informed => {
  if (clause.effect !== 'implicit') return { outcomes, assuming: [] }
  const ruledOut = Object.values(outcomes).filter(
    ({ type, state, deny }) =>
      state === 'read' && (deny.value === maybe || (deny.value === yes && openBefore.has(type))),
  )
  if (ruledOut.length === 0) return { outcomes, assuming: [] }
  return {
    outcomes: {
      ...outcomes,
      ...Object.fromEntries(ruledOut.map((outcome) => [outcome.type, { ...outcome, deny: finding(no) }])),
    },
    assuming: ruledOut.map(({ type }) => ({ code: 'message-rules-out-deny', policyType: type, values: {} })),
  }
}
