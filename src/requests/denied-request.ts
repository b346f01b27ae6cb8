import type { AccessRequest } from '../iam/request.ts'

export type ActionOrigin = 'message' | 'operation' | 'command-line' | 'cloudtrail' | 'decoded-message' | 'hint' | 'clue'
export type ResourceOrigin =
  | 'message'
  | 'command-line'
  | 'cloudtrail'
  | 'decoded-message'
  | 'hint'
  | 'clue'
  | 'action-has-no-resource-types'
  | 'pattern'
  | 'not-known'

/** One question that the denied call raised, with where its parts come from. */
export interface DeniedRequest extends AccessRequest {
  readonly from: { readonly action: ActionOrigin; readonly resource: ResourceOrigin }
  /**
   * ARN with marked placeholders (`<LikeThis>`) as far as it is known, where `resource` is null although the
   * action has resource types; several where the action takes several types.
   */
  readonly resourcePatterns: readonly string[]
  /** Actions of which the call may have asked for any in place of this one. */
  readonly alternativeActions?: readonly string[]
  /** The role goes to the service that the call as a rule gives it to; no text says so of this one. */
  readonly isReceiverAssumed?: true
}
