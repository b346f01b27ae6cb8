import type { Evidence } from '../../src/evidence/evidence.ts'
import { noEvidence } from '../../src/evidence/evidence.ts'
import type { Policies } from '../../src/iam/policies.ts'
import type { Statement } from '../../src/iam/policy-document.ts'
import type { PolicyType } from '../../src/iam/policy-type.ts'
import type { Fix } from '../../src/remedy/fix.ts'
import type { DeniedRequest } from '../../src/requests/denied-request.ts'

export const account = '111122223333'
export const session = `arn:aws:sts::${account}:assumed-role/reporter/i-0123456789abcdef0`

/** A message that gives no reason. */
export const noReason = { policyType: null, effect: null, policyArn: null, throughPolicyType: null }

export const requestFor = (
  action: string,
  resource: string | null,
  more: Partial<DeniedRequest> = {},
): DeniedRequest => ({
  principal: { type: 'assumed-role', arn: session, roleArn: `arn:aws:iam::${account}:role/reporter` },
  action,
  resource,
  resourceAccount: account,
  context: {},
  contextComplete: false,
  from: { action: 'message', resource: resource === '*' ? 'action-has-no-resource-types' : 'message' },
  resourcePatterns: [],
  ...more,
})

export const evidenceWith = (policies: Policies, more: Partial<Evidence> = {}): Evidence => ({
  ...noEvidence,
  source: 'request',
  policies,
  ...more,
})

export const fixWith = (
  policyType: PolicyType,
  attachTo: string,
  statement: Statement | null,
  more: Partial<Fix> = {},
): Fix => ({
  kind: 'add-identity-statement',
  step: 'add-statement',
  values: {},
  target: { policyType, attachTo },
  statement,
  edit: null,
  owner: { code: 'owner', values: {} },
  readiness: 'ready',
  alternative: false,
  command: null,
  placeholders: [],
  ...more,
})

export const allow = (action: string | readonly string[], resource: string | readonly string[]): Statement => ({
  Effect: 'Allow',
  Action: action,
  Resource: resource,
})

export const inline = (name: string, ...statements: readonly Statement[]) => ({
  name,
  kind: 'inline' as const,
  document: { Version: '2012-10-17', Statement: statements },
})
