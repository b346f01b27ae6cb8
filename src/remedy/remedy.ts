import type { PolicyDocument, Statement } from '../iam/policy-document.ts'
import type { PolicyType } from '../iam/policy-type.ts'
import type { Home } from './home.ts'
import type { FixStep, SplitOff } from './fix.ts'
import type { Assumption, Decision } from '../verdict/verdict.ts'

export const remedyKinds = [
  'add-identity-statement',
  'edit-statement',
  'resource-policy',
  'key-policy',
  'trust-policy',
  'scp',
  'boundary',
  'session',
  'not-iam',
  'switch-principal',
  'other',
] as const
export type RemedyKind = (typeof remedyKinds)[number]
export type Readiness = 'ready' | 'has-placeholders' | 'needs-review' | 'none'

/** The policy that a change goes into. */
export interface RemedyTarget {
  readonly policyType: PolicyType
  /** `role/Name`, `user/Name`, `group/Name`, `bucket/Name`, `key/Id` …; a marked placeholder where it is not known. */
  readonly attachTo: string
  readonly policyName: string | null
  readonly policyArn: string | null
  /** True: a new policy under this name; false: an existing one is edited. */
  readonly create: boolean
}

/** The same change in every form in which somebody may want to apply it. `null` where a form does not exist. */
export interface RemedyCommands {
  readonly awsCli: string | null
  readonly awsCliFile: string | null
  readonly undo: string | null
  readonly terraform: string | null
  readonly cloudformation: string | null
  readonly cdk: string | null
}

/** The engine re-run with every remedy applied. */
export interface Verification {
  readonly decision: Decision
  /** What the change opens beyond the denied request: `{action, resource}` patterns. */
  readonly alsoAllowed: readonly { readonly action: string; readonly resource: string }[]
  readonly assuming: readonly Assumption[]
}

/** What happens to one policy document; kept so that the changes of several remedies can be made as one. */
export interface PolicyChange {
  readonly home: Home
  /** Key of the policy that changes among those that were read; `null`: a new one, or one that nobody read. */
  readonly policy: string | null
  /** The document as it was read; `null`: known that there is none; `'not-read'`: to be read before it is replaced. */
  readonly present: unknown
  /** A statement to add. */
  readonly add: Statement | null
  /** A statement to replace, by its 0-based position. */
  readonly edit: {
    readonly statement: number
    readonly after: Statement
    /** The Version that the whole document gets; absent: it keeps its own. */
    readonly version?: string
    /** A Deny in parts: the statements that are new, the one that lets somebody past last. */
    readonly beside?: readonly SplitOff[]
  } | null
  /** `present` was pasted beside the error: to be shown, and never to be written over what is in force. */
  readonly isTold?: boolean
}

/** One change, as data; its words are chosen when it is rendered. */
export interface Remedy {
  readonly kind: RemedyKind
  /** What a person does. */
  readonly step: FixStep
  readonly values: Readonly<Record<string, string>>
  /** Another way to the same end as the remedy before it: one of the two is enough. */
  readonly alternative: boolean
  readonly readiness: Readiness
  /** Key of the owner's description in `words/`, with values. */
  readonly owner: { readonly code: string; readonly values: Readonly<Record<string, string>> }
  readonly target: RemedyTarget | null
  /** To be added: in the place of the edit or, where a Deny is split, beside it. */
  readonly statement: Statement | null
  readonly editedStatement: Statement | null
  /** Further parts of a Deny that was split: they deny what they denied. */
  readonly keptStatements: readonly Statement[]
  readonly policyDocument: PolicyDocument | null
  readonly diff: string | null
  readonly commands: RemedyCommands | null
  readonly verification: Verification | null
  /** Where a command does it that changes no policy document. */
  readonly command: string | null
  readonly change: PolicyChange | null
  /** Placeholders in the statement; `meaning` is a key of `words/` for what to put there. */
  readonly placeholders: readonly { readonly name: string; readonly meaning: string }[]
}
