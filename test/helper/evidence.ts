import type { Denial } from '../../src/denial/denial.ts'
import type { EvidenceObserver, EvidenceQuestion, EvidenceSettings } from '../../src/evidence/question.ts'
import type { DeniedRequest } from '../../src/requests/denied-request.ts'

export const emptyDenial: Denial = {
  class: 'authorization',
  principal: null,
  principalType: null,
  accountId: null,
  roleOrUserName: null,
  sessionName: null,
  action: null,
  reasonAction: null,
  resource: null,
  policyType: null,
  effect: null,
  policyArn: null,
  operation: null,
  service: null,
  errorCode: null,
  requestId: null,
  encodedMessage: null,
  authorizationId: null,
  format: 'test',
  wrapper: null,
  occurrences: 1,
  sessions: [],
  span: [0, 0],
  marks: {},
  region: null,
  roleArn: null,
  throughPolicyType: null,
  context: {},
  time: null,
  calls: [],
  clues: [],
  decodedMessage: null,
}

interface Asked {
  readonly account?: string | null
  readonly role?: string
  readonly user?: string
  readonly session?: string
  readonly action?: string
  readonly resource?: string | null
  readonly resourceAccount?: string | null
  readonly fresh?: boolean
  readonly denial?: Partial<Denial>
  readonly requested?: EvidenceQuestion['requested']
}

/** A question about a role or user of an account; a missing Allow in its own policies unless told otherwise. */
export function ask(asked: Asked): EvidenceQuestion {
  const {
    account = '111122223333',
    role,
    user,
    session = 'one',
    action = 's3:ListAllMyBuckets',
    resource = '*',
  } = asked
  const name = role ?? user ?? null
  const printed = account ?? '************'
  const principal =
    role === undefined
      ? `arn:aws:iam::${printed}:user/${user ?? ''}`
      : `arn:aws:sts::${printed}:assumed-role/${role}/${session}`
  const denial: Denial = {
    ...emptyDenial,
    principal: name === null ? null : principal,
    principalType: role === undefined ? (user === undefined ? null : 'user') : 'assumed-role',
    accountId: account,
    roleOrUserName: name,
    sessionName: role === undefined ? null : session,
    action,
    resource,
    policyType: 'identity-based',
    effect: 'implicit',
    ...asked.denial,
  }
  const request: DeniedRequest = {
    principal: {
      type: denial.principalType ?? 'unknown',
      ...(denial.principal === null ? {} : { arn: denial.principal }),
    },
    action,
    resource,
    resourceAccount: asked.resourceAccount ?? null,
    context: {},
    contextComplete: false,
    from: { action: 'message', resource: 'message' },
    resourcePatterns: [],
  }
  return { denial, requests: [request], requested: asked.requested ?? null, fresh: asked.fresh ?? false }
}

export const settings = (given: Partial<EvidenceSettings> = {}): EvidenceSettings => ({
  EVIDENCE: 'aws',
  ALLOWED_ACCOUNTS: [],
  EVIDENCE_TIMEOUT_MS: 3000,
  ...given,
})

export interface Counted extends EvidenceObserver {
  readonly seen: string[]
}

export function counter(): Counted {
  const seen: string[] = []
  return {
    seen,
    awsCall: (service, operation, outcome) => seen.push(`${service}:${operation} ${outcome}`),
    cache: (result) => seen.push(result),
    gap: (reason) => seen.push(`gap ${reason}`),
  }
}
