import type { Clause } from './clause.ts'
import { finding, type Outcomes, type TypeOutcome } from './policy-type-outcome.ts'
import { maybe, no, yes } from './truth.ts'
import type { Assumption } from './verdict.ts'

interface Informed {
  readonly outcomes: Outcomes
  readonly assuming: readonly Assumption[]
}

/**
 * The message says that a policy of this type denied. If no Deny there is certain and exactly one is open, it is that
 * one. Otherwise nothing changes, so that a disagreement stays to be seen.
 */
export const withMessagesDeny = (outcomes: Outcomes, clause: Clause): Informed => {
  if (clause.effect !== 'explicit') return { outcomes, assuming: [] }
  for (const type of clause.policyTypes) {
    const outcome = outcomes[type]
    if (outcome.deny.value === yes) return { outcomes, assuming: [] }
    const [open, ...others] = openDenies(outcome, clause.policyArn)
    if (open === undefined || others.length > 0 || hasUnreadLevel(outcome)) continue
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

/** Where the message prints the policy's ARN and we have that policy, only its statements come into question. */
const openDenies = ({ matches }: TypeOutcome, policyArn: string | null): TypeOutcome['matches'] => {
  const open = matches.filter(({ statement, value }) => statement.effect === 'Deny' && value === maybe)
  const named = open.filter(({ statement }) => policyArn !== null && statement.policyArn === policyArn)
  return named.length > 0 ? named : open
}

/** A Deny may as well stand in what was not read. */
const hasUnreadLevel = ({ compiled }: TypeOutcome): boolean =>
  compiled?.levels.some((level) => level === 'unread' || level.hasUnusable) === true

/** The message says that something merely did not allow: then no Deny, known or open, applied to this very request. */
export const withoutOpenDenies = (outcomes: Outcomes, clause: Clause): Informed => {
  if (clause.effect !== 'implicit') return { outcomes, assuming: [] }
  const ruledOut = Object.values(outcomes).filter(({ state, deny }) => state === 'read' && deny.value === maybe)
  if (ruledOut.length === 0) return { outcomes, assuming: [] }
  return {
    outcomes: {
      ...outcomes,
      ...Object.fromEntries(ruledOut.map((outcome) => [outcome.type, { ...outcome, deny: finding(no) }])),
    },
    assuming: ruledOut.map(({ type }) => ({ code: 'message-rules-out-deny', policyType: type, values: {} })),
  }
}
