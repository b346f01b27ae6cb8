import type { Principal } from './principal.ts'

/** Context keys: a value, several values (multivalued key), or `null` for a key known to be absent. */
export type RequestContext = Readonly<Record<string, string | readonly string[] | null>>

/** One authorization question: may this principal do this action on this resource? */
export interface AccessRequest {
  readonly principal: Principal
  /** `prefix:Name`. */
  readonly action: string
  /** Taken literally, a `*` in it too. `null`: not known. */
  readonly resource: string | null
  /** An ARN with `<LikeThis>` in place of what is hidden, where that is all that is known of the resource. */
  readonly hiddenResource?: string
  /** The ARN as somebody shows it, where what it hides was marked or filled in above. */
  readonly shownResource?: string
  /** 12 digits. `null`: not known, as for S3 and other global names. */
  readonly resourceAccount: string | null
  /** The text hides the account: the caller's was put in its place. */
  readonly isAccountAssumed?: boolean
  /** What the text shows of it is not of the caller's. */
  readonly isAccountAnothers?: boolean
  readonly resourceAccountIsManagement?: boolean
  readonly context: RequestContext
  /** True: a key neither given nor derived is absent. False: it is unknown. */
  readonly contextComplete: boolean
}
