import type { CauseCode } from '../../src/diagnosis/cause-code.ts'
import type { Confidence } from '../../src/diagnosis/diagnosis.ts'
import type { Policies } from '../../src/iam/policies.ts'
import type { Statement } from '../../src/iam/policy-document.ts'
import type { FlatPolicyType } from '../../src/iam/policy-type.ts'
import type { RemedyKind } from '../../src/remedy/remedy.ts'

/** One paste and what an expert answers. */
export interface CaseRow {
  readonly name: string
  readonly text: string
  readonly policies?: Policies
  readonly code: CauseCode
  /** How sure the first cause is. */
  readonly confidence?: Confidence
  /** The code stands among the causes; text and policies do not decide. */
  readonly open?: true
  /** Further causes that stand beside it. */
  readonly among?: readonly CauseCode[]
  readonly kind?: RemedyKind
  /** Actions and resources of one of the remedies' statements. */
  readonly actions?: readonly string[]
  readonly resources?: readonly string[]
  /** All actions of one of the remedies' statements, and no other. */
  readonly exactly?: readonly string[]
  /** The first cause proposes no Allow in an identity-based policy. */
  readonly noIdentityAllow?: true
}

const document = (statements: readonly Statement[]): unknown => ({ Version: '2012-10-17', Statement: statements })

export const policies = (type: FlatPolicyType, ...statements: readonly Statement[]): Policies => ({
  [type]: [{ name: 'as-read', document: document(statements) }],
})

export const identity = (...statements: readonly Statement[]): Policies => policies('identity-based', ...statements)
export const resource = (...statements: readonly Statement[]): Policies => policies('resource-based', ...statements)
export const trust = (...statements: readonly Statement[]): Policies => policies('role-trust', ...statements)
export const scp = (...statements: readonly Statement[]): Policies => ({
  'service-control': [{ level: 'account', policies: [{ name: 'guardrail', document: document(statements) }] }],
})

export const allow = (
  Action: string | readonly string[],
  Resource: string | readonly string[] = '*',
  Condition?: Statement['Condition'],
): Statement => ({ Effect: 'Allow', Action, Resource, ...(Condition === undefined ? {} : { Condition }) })

export const deny = (
  Action: string | readonly string[],
  Resource: string | readonly string[] = '*',
  Condition?: Statement['Condition'],
): Statement => ({ ...allow(Action, Resource, Condition), Effect: 'Deny' })

/** The core sentence as AWS prints it. */
export const denied = (
  action: string,
  resource: string | null,
  reason = '',
  who = 'assumed-role/orders/session',
): string =>
  `User: arn:aws:${who.startsWith('user') ? 'iam' : 'sts'}::111122223333:${who} is not authorized to perform: ${action}${
    resource === null ? '' : ` on resource: ${resource}`
  }${reason === '' ? '' : ` ${reason}`}`

/** What S3 and others answer, with nothing but the operation in front of it. */
export const bare = (operation: string): string =>
  `An error occurred (AccessDenied) when calling the ${operation} operation: Access Denied`

export const noIdentity = (action: string): string => `because no identity-based policy allows the ${action} action`
export const noResource = (action: string): string => `because no resource-based policy allows the ${action} action`
