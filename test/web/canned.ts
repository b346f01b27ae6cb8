import type { Reply, ReplyCause, ReplyDiagnosis, ReplyRemedy, ReplyVerdict } from '../../src/reply/schema.ts'

/**
 * Replies that hold every part which the page can show, for states that the sample account does not lead to.
 * Typed by the schema, so that they change with it.
 */

export const hostile = '<img src=x onerror="window.broken=1"><script>window.broken=1</script>'

export const cannedText = [
  '$ aws dynamodb get-item --table-name invoices',
  `2026-01-02 ${hostile}`,
  'An error occurred (AccessDeniedException) when calling the GetItem operation: User: arn:aws:sts::111122223333:assumed-role/billing-reader/casey is not authorized to perform: dynamodb:GetItem on resource: arn:aws:dynamodb:eu-west-1:111122223333:table/invoices because no identity-based policy allows the dynamodb:GetItem action',
  'An error occurred (AccessDenied) when calling the PutObject operation: User: arn:aws:sts::111122223333:assumed-role/billing-reader/casey is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::example-invoices/2026/01.pdf" with an explicit deny in a service control policy',
].join('\n')

const find = (part: string, from = 0): [number, number] => {
  const start = cannedText.indexOf(part, from)
  return [start, start + part.length]
}

const second = cannedText.lastIndexOf('An error occurred')

const statement = {
  Sid: 'ReadInvoices',
  Effect: 'Allow' as const,
  Action: 'dynamodb:GetItem',
  Resource: 'arn:aws:dynamodb:eu-west-1:111122223333:table/<TableName>',
}

const remedy: ReplyRemedy = {
  kind: 'add-identity-statement',
  readiness: 'has-placeholders',
  owner: 'Whoever may edit the role `billing-reader`',
  message: 'Please add this statement to the role billing-reader, so that the invoices can be read.',
  instruction: 'Add this statement to a new inline policy of the role `billing-reader`.',
  target: {
    policyType: 'identity-based',
    attachTo: 'role/billing-reader',
    policyName: 'read-invoices',
    policyArn: null,
    create: false,
  },
  statement,
  editedStatement: null,
  policyDocument: { Version: '2012-10-17', Statement: [statement] },
  diff: '--- read-invoices\n+++ read-invoices\n@@ -1,3 +1,8 @@\n {\n-  "Statement": []\n+  "Statement": [{ "Sid": "ReadInvoices" }]\n }',
  commands: {
    awsCli: "aws iam put-role-policy --role-name billing-reader --policy-name read-invoices --policy-document '{}'",
    awsCliFile:
      'aws iam put-role-policy --role-name billing-reader --policy-name read-invoices --policy-document file://policy.json',
    undo: 'aws iam delete-role-policy --role-name billing-reader --policy-name read-invoices',
    terraform: 'resource "aws_iam_role_policy" "read_invoices" {\n  role = "billing-reader"\n}',
    cloudformation: 'Type: AWS::IAM::RolePolicy',
    cdk: 'role.addToPolicy(new iam.PolicyStatement({}))',
  },
  verification: {
    decision: 'allowed',
    alsoAllowed: [{ action: 'dynamodb:GetItem', resource: 'arn:aws:dynamodb:eu-west-1:111122223333:table/other' }],
    assuming: ['service control policies, not read, do not deny'],
  },
  placeholders: [{ name: 'TableName', meaning: '`<TableName>`: the name of the table' }],
  alternative: false,
  doNot: ['Do not attach `AmazonDynamoDBFullAccess`: it allows far more than was denied.'],
}

const candidate: ReplyCause = {
  code: 'scp-not-allowed',
  confidence: 'possible',
  title: 'A service control policy may not allow it',
  explanation: 'Service control policies were not read.',
  rule: 'AWS denies what no statement allows.',
  check: 'aws organizations list-policies-for-target --target-id 111122223333 --filter SERVICE_CONTROL_POLICY',
  remedies: [
    {
      ...remedy,
      readiness: 'none',
      target: null,
      statement: null,
      policyDocument: null,
      diff: null,
      commands: null,
      verification: null,
      placeholders: [],
      message: null,
      doNot: [],
    },
  ],
}

type PolicyTypeVerdict = ReplyVerdict['policyTypes'][number]
const gate = (type: PolicyTypeVerdict['type'], change: Partial<PolicyTypeVerdict> = {}): PolicyTypeVerdict => ({
  type,
  result: 'notApplicable',
  blocking: false,
  policies: [],
  determining: [],
  nearMisses: null,
  unknowns: [],
  invalid: [],
  ...change,
})

const unknownFact = (
  key: string,
  operator: string,
  values: string[],
  sentence: string,
): PolicyTypeVerdict['unknowns'][number] => ({
  kind: 'context-key',
  policyType: 'identity-based',
  effect: 'Deny',
  key,
  operator,
  values,
  policy: 'guard',
  statement: 0,
  sid: 'RequireMfa',
  sentence,
})

const verdict: ReplyVerdict = {
  decision: 'implicitDeny',
  policyType: 'identity-based',
  statement: null,
  policyTypes: [
    gate('resource-control', { result: 'notCollected' }),
    gate('service-control', { result: 'notCollected' }),
    gate('vpc-endpoint'),
    gate('resource-based', { result: 'implicitDeny' }),
    gate('role-trust'),
    gate('identity-based', {
      result: 'implicitDeny',
      blocking: true,
      policies: [{ name: 'read-orders', arn: null, kind: 'inline', group: null, level: null }],
      nearMisses: [
        {
          policy: 'read-orders',
          statement: 0,
          sid: 'ReadOrders',
          effect: 'Allow',
          because: [
            {
              element: 'Resource',
              wanted: ['arn:aws:dynamodb:eu-west-1:111122223333:table/orders'],
              found: ['arn:aws:dynamodb:eu-west-1:111122223333:table/invoices'],
              firstDifference: 'resource',
              operator: null,
              key: null,
            },
          ],
        },
      ],
      unknowns: [
        unknownFact('aws:MultiFactorAuthPresent', 'BoolIfExists', ['false'], 'Denied unless MFA was used.'),
        unknownFact(
          'aws:SourceIp',
          'NotIpAddress',
          ['203.0.113.0/24'],
          'Denied unless the request came from `203.0.113.0/24`.',
        ),
      ],
      invalid: [{ policy: 'old-draft', statement: 2, problem: 'has no Effect' }],
    }),
    gate('permissions-boundary', {
      result: 'allowed',
      determining: [
        {
          policy: 'team-boundary',
          statement: 1,
          sid: 'Services',
          quoted: { Sid: 'Services', Effect: 'Allow', Action: 'dynamodb:*', Resource: '*' },
        },
      ],
      policies: [
        {
          name: 'team-boundary',
          arn: 'arn:aws:iam::111122223333:policy/team-boundary',
          kind: 'managed',
          group: null,
          level: null,
        },
      ],
    }),
    gate('session', { result: 'unknown' }),
  ],
  assuming: ['Service control policies, not read, do not deny'],
  assumptions: [],
}

const first: ReplyDiagnosis = {
  id: 'a1',
  denial: {
    class: 'authorization',
    principal: 'arn:aws:sts::111122223333:assumed-role/billing-reader/casey',
    principalType: 'assumed-role',
    accountId: '111122223333',
    roleOrUserName: 'billing-reader',
    sessionName: 'casey',
    action: 'dynamodb:GetItem',
    resource: 'arn:aws:dynamodb:eu-west-1:111122223333:table/invoices',
    policyType: 'identity-based',
    effect: 'implicit',
    policyArn: null,
    operation: 'GetItem',
    service: 'dynamodb',
    errorCode: 'AccessDeniedException',
    requestId: null,
    encodedMessage: null,
    authorizationId: null,
    format: 'not-authorized',
    wrapper: 'aws-cli',
    occurrences: 3,
    sessions: ['casey'],
    span: [cannedText.indexOf('An error occurred'), second - 1],
    marks: {
      principal: find('arn:aws:sts::111122223333:assumed-role/billing-reader/casey'),
      action: find('dynamodb:GetItem'),
      resource: find('arn:aws:dynamodb:eu-west-1:111122223333:table/invoices'),
      reason: find('because no identity-based policy allows the dynamodb:GetItem action'),
    },
    region: 'eu-west-1',
  },
  summary: `The role \`billing-reader\` has no statement that allows \`dynamodb:GetItem\` on this table. Add the one below to it. ${hostile}`,
  requests: [
    {
      action: 'dynamodb:GetItem',
      resource: null,
      resourceAccount: '111122223333',
      resourcePatterns: [],
      from: { action: 'message', resource: 'message' },
    },
  ],
  caller: {
    workload: null,
    roleArn: 'arn:aws:iam::111122223333:role/billing-reader',
    editable: false,
    managedBy: {
      kind: 'cloudformation',
      name: 'billing',
      sentence: 'The role is managed by the CloudFormation stack `billing`; change it there.',
    },
  },
  verdict,
  causes: [
    {
      code: 'missing-allow',
      confidence: 'evaluated',
      title: 'No identity-based policy allows it',
      explanation: 'AWS denies what no statement allows.\nThe nearest statement names another table.',
      rule: 'AWS denies what no statement allows.',
      check: null,
      remedies: [remedy, { ...remedy, readiness: 'needs-review', message: null }],
    },
    candidate,
  ],
  next: [
    {
      action: 'kms:Decrypt',
      resource: 'arn:aws:kms:eu-west-1:111122223333:key/example',
      because: 'The table is encrypted with a customer managed key.',
    },
  ],
  hints: [{ code: 'short-session', sentence: 'The session was an hour old.' }],
  evidence: {
    source: 'aws',
    sources: {},
    gaps: [
      {
        policyType: 'service-control',
        about: 'service-control',
        reason: 'access-denied',
        statement: { Effect: 'Allow', Action: 'organizations:ListPoliciesForTarget', Resource: '*' },
        account: '444455556666',
        sentence: 'Organizations refused the service.',
      },
      {
        policyType: null,
        about: 'kms-grants',
        reason: 'timeout',
        statement: { Effect: 'Allow', Action: 'kms:ListGrants', Resource: '*' },
        account: null,
        sentence: 'The grants of the key were not read in time.',
      },
    ],
    notes: [],
  },
  references: [
    {
      title: 'Troubleshoot access denied errors',
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html',
    },
  ],
}

const other: ReplyDiagnosis = {
  ...first,
  id: 'b2',
  denial: {
    ...first.denial,
    action: 's3:PutObject',
    resource: 'arn:aws:s3:::example-invoices/2026/01.pdf',
    policyType: 'service-control',
    effect: 'explicit',
    occurrences: 1,
    span: [second, cannedText.length],
    marks: {
      action: find('s3:PutObject'),
      resource: find('arn:aws:s3:::example-invoices/2026/01.pdf'),
      reason: find('with an explicit deny in a service control policy'),
    },
  },
  summary: 'A service control policy denies it. Only the organization can change that.',
  verdict: null,
  causes: [{ ...candidate, code: 'scp-deny', confidence: 'stated', title: 'A service control policy denies it' }],
  next: [],
  hints: [],
  evidence: { ...first.evidence, source: 'none', gaps: [] },
}

/** Two denials, every part of the first filled. */
export const cannedReply: Reply = {
  diagnoses: [first, other],
  notInPlan: [
    { ids: [other.id], because: 'A service control policy denies it. The administrators of the organization.' },
  ],
  plan: [
    {
      target: {
        policyType: 'identity-based',
        attachTo: 'role/billing-reader',
        policyName: 'read-invoices',
        policyArn: null,
        create: false,
      },
      policyDocument: { Version: '2012-10-17', Statement: [statement] },
      diff: null,
      commands: remedy.commands,
      covers: ['a1', 'b2'],
    },
  ],
  redactedText: cannedText.replaceAll('111122223333', '************'),
  notes: ['Two denials were found.'],
  meta: { version: '0.0.0', actionCatalogue: '2026-01-01', denialsFound: 2 },
}

/** The first denial alone, with what the reader answered taken into account. */
export function singleReply(change: Partial<ReplyDiagnosis> = {}): Reply {
  return { ...cannedReply, diagnoses: [{ ...first, ...change }], plan: [], notInPlan: [] }
}

/** The verdict after the reader's answers: nothing is open any more. */
export const allowedVerdict: ReplyVerdict = {
  ...verdict,
  decision: 'allowed',
  policyTypes: verdict.policyTypes.map((type) => ({ ...type, result: 'allowed', blocking: false, unknowns: [] })),
}
