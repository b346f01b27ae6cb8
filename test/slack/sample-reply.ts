import type { Reply, ReplyCause, ReplyDiagnosis, ReplyRemedy } from '../../src/reply/schema.ts'

/** A reply as the service gives it for one denied call, overridden where a test needs something else. */

export const remedy = (over: Partial<ReplyRemedy> = {}): ReplyRemedy => ({
  kind: 'add-identity-statement',
  alternative: false,
  readiness: 'ready',
  owner: 'whoever administers the role `ReportReader`',
  message: null,
  instruction: 'Add this statement to the role `ReportReader` as a new inline policy.',
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
  policyDocument: null,
  diff: null,
  commands: {
    awsCli: 'aws iam put-role-policy --role-name ReportReader --policy-name allow-s3-get-object-1a2b3c4d',
    awsCliFile: null,
    undo: null,
    terraform: null,
    cloudformation: null,
    cdk: null,
  },
  verification: { decision: 'allowed', alsoAllowed: [], assuming: [] },
  placeholders: [],
  doNot: [],
  ...over,
})

export const cause = (over: Partial<ReplyCause> = {}): ReplyCause => ({
  code: 'missing-allow',
  confidence: 'evaluated',
  title: 'no identity-based policy allows the action',
  explanation: 'No statement allows `s3:GetObject`.',
  rule: 'What no statement allows is denied.',
  check: null,
  remedies: [remedy()],
  ...over,
})

export const diagnosis = (over: Partial<ReplyDiagnosis> = {}): ReplyDiagnosis => ({
  id: 'd1',
  denial: {
    class: 'authorization',
    principal: 'arn:aws:sts::111122223333:assumed-role/ReportReader/nightly',
    principalType: 'assumed-role',
    accountId: '111122223333',
    roleOrUserName: 'ReportReader',
    sessionName: 'nightly',
    action: 's3:GetObject',
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
    sessions: ['nightly'],
    span: [0, 10],
    marks: {},
    region: null,
  },
  summary: 'No policy of `ReportReader` allows `s3:GetObject`. Add the statement below.',
  requests: [],
  caller: null,
  verdict: null,
  causes: [cause()],
  next: [],
  hints: [],
  evidence: { source: 'aws', sources: {}, gaps: [], notes: [] },
  references: [],
  ...over,
})

export const reply = (over: Partial<Reply> = {}): Reply => ({
  diagnoses: [diagnosis()],
  plan: [],
  notes: [],
  meta: { version: '0.0.0', actionCatalogue: 'test' },
  ...over,
})
