import type { Decision, Denial, PolicyTypeVerdict } from './reply-types.ts'

/** How a policy type looks in the picture of the evaluation. */
export type Gate = 'blocks' | 'allows' | 'unknown' | 'unread' | 'aside'

/** `aside`: takes no part, or neither grants nor stops (a resource policy that leaves the decision to others). */
export function gateOf({ result, blocking }: Pick<PolicyTypeVerdict, 'result' | 'blocking'>): Gate {
  if (blocking) return 'blocks'
  switch (result) {
    case 'allowed':
      return 'allows'
    case 'unknown':
      return 'unknown'
    case 'notCollected':
      return 'unread'
    case 'explicitDeny':
      return 'blocks'
    case 'implicitDeny':
    case 'notApplicable':
      return 'aside'
  }
}

type Told = Pick<Denial, 'policyType' | 'effect'>

/** What AWS's message says of a policy type that the evaluation could not settle. */
export const toldOf = ({ type, result }: Pick<PolicyTypeVerdict, 'type' | 'result'>, told: Told): Told['effect'] =>
  (result === 'notCollected' || result === 'unknown') && told.policyType === type ? told.effect : null

/** The request was denied, whatever the policies that were read leave open. */
export const isDeniedAsTold = (decision: Decision, { effect }: Told): boolean =>
  decision === 'unknown' && effect !== null
