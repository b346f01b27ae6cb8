import type { PolicyTypeVerdict } from './reply-types.ts'

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
