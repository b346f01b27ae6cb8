import type { Denial } from '../../src/denial/denial.ts'
import type { Cause, Diagnosis } from '../../src/diagnosis/diagnosis.ts'
import { noEvidence } from '../../src/evidence/evidence.ts'
import type { Remedy } from '../../src/remedy/remedy.ts'
import type { DeniedRequest } from '../../src/requests/denied-request.ts'

/** Values of a diagnosis for tests of its words: one denied call, overridden where a test needs something else. */

export const denial = (over: Partial<Denial> = {}): Denial => ({
  class: 'authorization',
  principal: 'arn:aws:sts::111122223333:assumed-role/ReportReader/i-0a1b2c3d4e5f60718',
  principalType: 'assumed-role',
  accountId: '111122223333',
  roleOrUserName: 'ReportReader',
  sessionName: 'i-0a1b2c3d4e5f60718',
  action: 's3:GetObject',
  reasonAction: null,
  resource: 'arn:aws:s3:::example-reports/may.csv',
  policyType: 'identity-based',
  effect: 'implicit',
  policyArn: null,
  operation: 'GetObject',
  service: 's3',
  errorCode: 'AccessDenied',
  requestId: null,
  encodedMessage: null,
  authorizationId: null,
  format: 'core',
  wrapper: 'aws-cli',
  occurrences: 1,
  sessions: ['i-0a1b2c3d4e5f60718'],
  span: [0, 200],
  marks: {},
  region: null,
  roleArn: null,
  throughPolicyType: null,
  context: {},
  time: null,
  calls: [],
  clues: [],
  decodedMessage: null,
  ...over,
})

export const request = (over: Partial<DeniedRequest> = {}): DeniedRequest => ({
  principal: { type: 'assumed-role', arn: 'arn:aws:sts::111122223333:assumed-role/ReportReader/i-0a1b2c3d4e5f60718' },
  action: 's3:GetObject',
  resource: 'arn:aws:s3:::example-reports/may.csv',
  resourceAccount: null,
  context: {},
  contextComplete: false,
  from: { action: 'message', resource: 'message' },
  resourcePatterns: [],
  ...over,
})

export const remedy = (over: Partial<Remedy> = {}): Remedy => ({
  kind: 'add-identity-statement',
  step: 'add-statement',
  values: {},
  alternative: false,
  readiness: 'ready',
  owner: { code: 'identity-owner', values: { attachTo: 'role/ReportReader' } },
  target: {
    policyType: 'identity-based',
    attachTo: 'role/ReportReader',
    policyName: 'allow-s3-get-object-1a2b3c4d',
    policyArn: null,
    create: true,
  },
  statement: {
    Sid: 'AllowGetObject',
    Effect: 'Allow',
    Action: 's3:GetObject',
    Resource: 'arn:aws:s3:::example-reports/may.csv',
  },
  editedStatement: null,
  keptStatements: [],
  policyDocument: null,
  diff: null,
  commands: null,
  verification: { decision: 'allowed', alsoAllowed: [], assuming: [] },
  command: null,
  change: null,
  placeholders: [],
  ...over,
})

export const cause = (over: Partial<Cause> = {}): Cause => ({
  code: 'missing-allow',
  confidence: 'evaluated',
  facts: {},
  check: null,
  remedies: [remedy()],
  ...over,
})

export const diagnosis = (over: Partial<Diagnosis> = {}): Diagnosis => ({
  id: '0123456789abcdef',
  denial: denial(),
  requests: [request()],
  caller: { workload: 'ec2-instance', roleArn: null, editable: true, managedBy: null },
  verdict: null,
  causes: [cause()],
  next: [],
  hints: [],
  evidence: noEvidence,
  ...over,
})
