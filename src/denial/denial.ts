import type { PolicyType } from '../iam/policy-type.ts'
import type { PrincipalType } from '../iam/principal.ts'
import type { RequestContext } from '../iam/request.ts'

export const denialClasses = [
  'authorization',
  'encoded',
  'bare',
  'credential',
  'throttling',
  'other-aws',
  'not-aws',
] as const
export type DenialClass = (typeof denialClasses)[number]

/** Start and end in UTF-16 code units of the text as sent; the end is not included. */
export type Span = readonly [start: number, end: number]

/** Where the values of a denial stand in the paste, for marking them in place. */
export interface DenialMarks {
  readonly principal?: Span
  readonly action?: Span
  readonly resource?: Span
  readonly reason?: Span
}

/**
 * A phrase of the paste that speaks for a cause: a service's own sentence, an option on a command line,
 * a circumstance told in brackets. What it means is decided later, in the diagnosis room.
 */
export interface Clue {
  readonly kind: string
  readonly values: Readonly<Record<string, string>>
  readonly span: Span
  /** It is a denial by itself, so that a paste with nothing else still gets an answer. */
  readonly standsAlone?: true
}

/** The operation and the resources that a command line or a stack trace in the paste names. */
export interface CallSeen {
  /** SDK service id in lower case without blanks, or the IAM prefix: `s3`, `cloudwatchlogs`. */
  readonly service: string
  readonly operation: string
  /** Parameters that name resources or change which permission is needed: `bucket`, `key`, `acl`, `functionName` … */
  readonly parameters: Readonly<Record<string, string>>
  readonly span: Span
}

/** What the text says about one denial, and nothing else. `null` where it does not say. */
export interface Denial {
  readonly class: DenialClass
  readonly principal: string | null
  readonly principalType: PrincipalType | null
  readonly accountId: string | null
  readonly roleOrUserName: string | null
  readonly sessionName: string | null
  readonly action: string | null
  /** The action that no policy allows, where the clause names another than the sentence: the call asks for both. */
  readonly reasonAction: string | null
  readonly resource: string | null
  readonly policyType: PolicyType | null
  readonly effect: 'implicit' | 'explicit' | null
  readonly policyArn: string | null
  readonly operation: string | null
  readonly service: string | null
  readonly errorCode: string | null
  readonly requestId: string | null
  /** The blob itself stays inside the service: it is decoded, never echoed or logged. */
  readonly encodedMessage: string | null
  /** A key to policy data: never echoed, never logged. */
  readonly authorizationId: string | null
  /** Name of the message shape that matched. */
  readonly format: string
  readonly wrapper: string | null
  readonly occurrences: number
  readonly sessions: readonly string[]
  readonly span: Span
  readonly marks: DenialMarks
  /** Region by the resource ARN, wrapper, endpoint URL or console link. */
  readonly region: string | null
  /** The role's ARN with its path, where the paste holds it (CloudTrail's sessionIssuer). */
  readonly roleArn: string | null
  /** Second policy type of `transitively through a …`. */
  readonly throughPolicyType: PolicyType | null
  /** Context keys that the paste proves. */
  readonly context: RequestContext
  /** When it happened (ISO 8601 UTC), where the paste says. */
  readonly time: string | null
  readonly calls: readonly CallSeen[]
  readonly clues: readonly Clue[]
  /** AWS's decoded authorization message, where it was pasted as JSON. */
  readonly decodedMessage: unknown
}

/** What was cut or noticed while reading. */
export const pasteNotes = ['denials-cut', 'policy-in-text', 'policy-as-told'] as const

/** In stable codes with values, for people to read. */
export interface PasteNote {
  readonly code: (typeof pasteNotes)[number]
  readonly values: Readonly<Record<string, string>>
}

/** A policy document that stands beside an error, as it was pasted. */
export type ToldDocument = Readonly<Record<string, unknown>>

/** A policy of a type that the words before it tell: `Our SCP: {…}`. */
export interface ToldGuardrail {
  readonly type: PolicyType
  readonly document: ToldDocument
}

/** What one paste holds: every distinct denial, in order of first appearance. */
export interface Paste {
  readonly denials: readonly Denial[]
  /** Policies that stand beside them: hearsay, since nothing tells whether they apply. */
  readonly policies: readonly ToldDocument[]
  /** Those of the policy type that the message names. */
  readonly guardrails: readonly ToldGuardrail[]
  readonly notes: readonly PasteNote[]
}
