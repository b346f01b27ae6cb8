import type { DenialClass } from './denial.ts'
import type { PolicyType } from '../iam/policy-type.ts'
import type { Range } from './template.ts'

export type ResourceEnd = 'line' | 'ellipsis' | 'closed'

/** What one place of the text says. Absent: nothing. */
export interface Fields {
  readonly principal?: string
  readonly action?: string
  /** The action of a wrapper (`API: s3:PutBucketPolicy`), for sentences without one of their own. */
  readonly wrapperAction?: string
  /** The action of the reason clause, where it is another one. */
  readonly reasonAction?: string
  readonly resource?: string
  /** What stands behind the resource: nothing on its line, so that it may be cut off, or an ellipsis. */
  readonly resourceEnds?: ResourceEnd
  readonly policyType?: PolicyType
  readonly throughPolicyType?: PolicyType
  readonly effect?: 'implicit' | 'explicit'
  readonly policyArn?: string
  readonly operation?: string
  readonly service?: string
  readonly errorCode?: string
  readonly requestId?: string
  readonly region?: string
  readonly status?: string
  readonly encodedMessage?: string
  readonly authorizationId?: string
}

/**
 * - `core`: a sentence that names principal or action; it makes a denial by itself
 * - `sentence`: a sentence of known meaning, without either
 * - `words`: `Access Denied` and the like, which add nothing to a sentence
 * - `code`: an error code in running text
 * - `head`, `tail`: what tools print before and after a message
 * - `hint`: something that names the service
 */
export type SignalKind = 'core' | 'sentence' | 'words' | 'code' | 'head' | 'tail' | 'hint'

/** A place of the squeezed text that says something about a denial. */
export interface Signal extends Range {
  readonly kind: SignalKind
  /** The row that matched. */
  readonly name: string
  readonly class: DenialClass | null
  readonly fields: Fields
  readonly encoded: boolean
  readonly outer?: true
  readonly ofInnerCall?: true
  readonly relayed?: true
  readonly marks: {
    readonly principal?: Range
    readonly action?: Range
    readonly resource?: Range
    readonly reason?: Range
  }
}

/** A message shape, wrapper or neighbour as data. One row is the one place that a new wording touches. */
export interface Row {
  /** Stable: appears as `format` or `wrapper` in the reply. */
  readonly name: string
  readonly kind: SignalKind
  /** Templates, see template.ts. */
  readonly words: string | readonly string[]
  /** A text that it must recognise; the tests run every one. */
  readonly example: string
  /** Where the wording was met. */
  readonly seen: string
  readonly class?: DenialClass
  /** It only tells what failed in the end: a code or sentence inside says why. */
  readonly outer?: true
  /** It refuses another call than the one that the wrapper names, made on its behalf. */
  readonly ofInnerCall?: true
  /** Others say it of the service that `sets` names: whoever stands by name as the speaker counts more. */
  readonly relayed?: true
  /** Squeezed words close behind that show the wording to be another's. */
  readonly unless?: RegExp
  /** Words that others use as well: whether what stands around them, line breaks included, shows them to be these. */
  readonly when?: (before: string, after: string, printed: string) => boolean
  /** What the wording says without naming it. */
  readonly sets?: Fields
}
