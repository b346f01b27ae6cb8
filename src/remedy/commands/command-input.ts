import type { PolicyDocument, Statement } from '../../iam/policy-document.ts'
import type { Home } from '../home.ts'
import type { RemedyTarget } from '../remedy.ts'

/** What the writers of commands need to know about one change. */
export interface CommandInput {
  readonly home: Home
  readonly target: RemedyTarget
  /** The document before; `null`: there is none, or it was not read. */
  readonly before: PolicyDocument | null
  /** The whole document after; `null`: the present one was not read. */
  readonly after: PolicyDocument | null
  /** The statement that is added; `null` for an edit. */
  readonly add: Statement | null
}

/** Name of the policy for commands; a policy that is the only one of its holder needs none. */
export const policyNameOf = ({ target, home }: CommandInput): string => target.policyName ?? home.name

/** Path of an existing managed policy; `null` where it has none, or is new. */
export const pathOf = ({ target }: CommandInput): string | null =>
  /^arn:[^:]+:iam::[^:]*:policy(\/.+\/)[^/]+$/u.exec(target.policyArn ?? '')?.[1] ?? null
