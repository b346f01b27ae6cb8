import type { OwnersNamed } from './owners-named.ts'

/** What a caller knows beside the text: fills what the text does not say and never overrides it. */
export interface Hints {
  readonly principal?: string
  readonly action?: string
  readonly resource?: string
  readonly resourceAccount?: string
  readonly region?: string
  /** What the policies at hand are written for, see `partitionOfPolicies`. */
  readonly partition?: string
  /** Whose the things are that the policies at hand name, see `ownersNamed`. */
  readonly owners?: OwnersNamed
}
