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
  /** 12 digits. `null`: not known, as for S3 and other global names. */
  readonly resourceAccount: string | null
  readonly resourceAccountIsManagement?: boolean
  readonly context: RequestContext
  /** True: a key neither given nor derived is absent. False: it is unknown. */
  readonly contextComplete: boolean
}
