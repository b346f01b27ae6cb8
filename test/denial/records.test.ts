import t from 'tap'
import { parsePaste } from '../../src/denial/parse.ts'

const record = {
  eventVersion: '1.08',
  userIdentity: {
    type: 'AssumedRole',
    principalId: 'AROAEXAMPLE:app-session',
    arn: 'arn:aws:sts::111122223333:assumed-role/app/app-session',
    accountId: '111122223333',
    sessionContext: {
      sessionIssuer: { type: 'Role', arn: 'arn:aws:iam::111122223333:role/service-role/app' },
      attributes: { mfaAuthenticated: 'false', creationDate: '2026-01-05T08:00:00Z' },
    },
  },
  eventTime: '2026-01-05T08:12:44Z',
  eventSource: 's3.amazonaws.com',
  eventName: 'GetObject',
  awsRegion: 'eu-west-1',
  sourceIPAddress: '198.51.100.7',
  vpcEndpointId: 'vpce-0a1b',
  userAgent: '[aws-sdk]',
  errorCode: 'AccessDenied',
  errorMessage: 'Access Denied',
  requestParameters: { bucketName: 'docs', key: 'a/b.txt' },
  requestID: '7D3C2B1A0F9E8D7C',
}

/** What the pasted record tells; `null`: that it is no denial. */
const denialIn = (pasted: unknown) => parsePaste(JSON.stringify(pasted)).denials[0] ?? null

const success = Object.fromEntries(Object.entries(record).filter(([name]) => !name.startsWith('error')))

t.test('a record tells principal, operation, resource and what the request carried', (t) => {
  const found = denialIn(record)
  t.match(found, {
    class: 'authorization',
    principal: 'arn:aws:sts::111122223333:assumed-role/app/app-session',
    roleArn: 'arn:aws:iam::111122223333:role/service-role/app',
    operation: 'GetObject',
    service: 's3',
    resource: 'arn:aws:s3:::docs/a/b.txt',
    errorCode: 'AccessDenied',
    requestId: '7D3C2B1A0F9E8D7C',
    region: 'eu-west-1',
    wrapper: 'cloudtrail',
    time: '2026-01-05T08:12:44.000Z',
    context: {
      'aws:SourceIp': '198.51.100.7',
      'aws:SourceVpce': 'vpce-0a1b',
      'aws:RequestedRegion': 'eu-west-1',
      'aws:userid': 'AROAEXAMPLE:app-session',
    },
  })
  t.notOk('aws:MultiFactorAuthPresent' in (found?.context ?? {}), '"false" is printed also where the key was absent')
  t.end()
})

t.test('a success is no denial', (t) => {
  t.equal(denialIn(success), null)
  for (const other of [null, 1, 'x', [], {}, { Records: [] }, { userIdentity: {} }]) t.equal(denialIn(other), null)
  t.end()
})

t.test('a call through a service', (t) => {
  const found = denialIn({
    ...record,
    sourceIPAddress: 'cloudformation.amazonaws.com',
    userIdentity: { ...record.userIdentity, invokedBy: 'cloudformation.amazonaws.com' },
  })
  t.match(found?.context, { 'aws:ViaAWSService': 'true', 'aws:CalledVia': ['cloudformation.amazonaws.com'] })
  t.notOk('aws:SourceIp' in (found?.context ?? {}))
  t.end()
})

t.test('the message of the record is read as well', (t) => {
  const found = denialIn({
    ...record,
    errorCode: 'Client.UnauthorizedOperation',
    eventSource: 'ec2.amazonaws.com',
    eventName: 'RunInstances',
    requestParameters: null,
    errorMessage:
      'You are not authorized to perform this operation. User: arn:aws:sts::111122223333:assumed-role/app/app-session is not authorized to perform: iam:PassRole on resource: arn:aws:iam::111122223333:role/node because no identity-based policy allows the iam:PassRole action. Encoded authorization failure message: aBc-123',
  })
  t.match(found, {
    class: 'encoded',
    action: 'iam:PassRole',
    operation: 'RunInstances',
    service: 'iam',
    encodedMessage: 'aBc-123',
  })
  t.end()
})

t.test('network activity events are about the endpoint policy', (t) => {
  const found = denialIn({
    ...record,
    errorCode: 'VpceAccessDenied',
    errorMessage: 'The request was denied due to a VPC endpoint policy',
  })
  t.match(found, { class: 'authorization', policyType: 'vpc-endpoint' })
  t.end()
})

t.test('resources of other services', (t) => {
  const rows: readonly (readonly [source: string, parameters: Record<string, string>, want: string | null])[] = [
    ['lambda', { functionName: 'orders' }, 'arn:aws:lambda:eu-west-1:111122223333:function:orders'],
    ['dynamodb', { tableName: 'orders' }, 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders'],
    ['kms', { keyId: 'arn:aws:kms:eu-west-1:444455556666:key/k' }, 'arn:aws:kms:eu-west-1:444455556666:key/k'],
    ['sqs', { queueUrl: 'https://sqs.eu-west-1.amazonaws.com/444455556666/q' }, 'arn:aws:sqs:eu-west-1:444455556666:q'],
    ['ssm', { name: '/prod/db' }, 'arn:aws:ssm:eu-west-1:111122223333:parameter/prod/db'],
    ['iam', { roleName: 'app' }, 'arn:aws:iam::111122223333:role/app'],
    ['s3', { bucketName: 'docs' }, 'arn:aws:s3:::docs'],
    ['secretsmanager', { secretId: 'db' }, null],
  ]
  for (const [source, requestParameters, want] of rows)
    t.equal(
      denialIn({ ...record, eventSource: `${source}.amazonaws.com`, requestParameters })?.resource ?? null,
      want,
      source,
    )
  const resources = [{ ARN: 'arn:aws:s3:::docs' }, { ARN: 'arn:aws:s3:::docs/x' }]
  t.equal(denialIn({ ...record, resources })?.resource, 'arn:aws:s3:::docs/x', 'the object, not its bucket')
  t.end()
})

t.test('records in a paste', (t) => {
  const other = { ...record, eventName: 'PutObject' }
  for (const [name, text] of Object.entries({
    list: JSON.stringify({ Records: [success, record, other] }, null, 2),
    'one a line': [success, record, other].map((value) => JSON.stringify(value)).join('\n'),
    'in prose': `I found this in CloudTrail:\n${JSON.stringify(record, null, 4)}\nand then\n${JSON.stringify(other)}\nwhat is it?`,
    'lookup-events': JSON.stringify({
      Events: [],
      Records: [record, other].map((value) => ({ CloudTrailEvent: JSON.stringify(value) })),
    }),
  }))
    t.match(
      parsePaste(text).denials.map(({ operation }) => operation),
      ['GetObject', 'PutObject'],
      name,
    )
  const envelope = JSON.stringify({ 'detail-type': 'AWS API Call via CloudTrail', detail: record })
  const [found] = parsePaste(envelope).denials
  t.match(found, { operation: 'GetObject', principal: record.userIdentity.arn })
  t.equal(found && envelope.slice(...(found.marks.principal ?? [0, 0])), record.userIdentity.arn)
  t.end()
})

t.test('of a record its message tells circumstances, and not what the call carried', (t) => {
  const kinds = (errorMessage: string, requestParameters: object): readonly string[] =>
    parsePaste(
      JSON.stringify({ ...record, eventName: 'PutBucketPolicy', errorMessage, requestParameters }),
    ).denials.flatMap(({ clues }) => clues.map(({ kind }) => kind))
  const told = 'public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access'
  t.ok(kinds(`Access Denied because ${told}`, { bucketName: 'docs' }).includes('block-public-access'))
  t.notOk(kinds('Access Denied', { bucketName: 'docs', comment: told }).includes('block-public-access'))
  const prose = `${JSON.stringify(record)}\nI think ${told}.`
  t.ok(
    parsePaste(prose).denials[0]?.clues.some(({ kind }) => kind === 'block-public-access'),
    'what stands beside the record counts',
  )
  t.ok(kinds('Access Denied', { bucketName: 'docs' }).includes('vpc-endpoint'), 'the endpoint that was passed')
  t.notOk(
    parsePaste(JSON.stringify({ ...record, vpcEndpointId: undefined })).denials[0]?.clues.some(
      ({ kind }) => kind === 'vpc-endpoint',
    ),
  )
  t.end()
})

t.test('an event that S3 hands to a function is no record, and tells the object', (t) => {
  const event = {
    Records: [{ eventSource: 'aws:s3', eventName: 'ObjectCreated:Put', s3: { object: { key: 'in/a.csv' } } }],
  }
  const refused = 'An error occurred (AccessDenied) when calling the GetObject operation: Access Denied'
  t.match(parsePaste(`${JSON.stringify(event)}\n[ERROR] ClientError: ${refused}`).denials, [
    { operation: 'GetObject', calls: [{ parameters: { key: 'in/a.csv' } }] },
  ])
  t.equal(denialIn(event.Records[0]), null)
  t.end()
})

t.test('each record keeps the circumstances that its own code and message tell', (t) => {
  const told = { ...record, eventName: 'PutBucketPolicy', errorMessage: 'Access Denied due to BlockPublicPolicy' }
  for (const records of [
    [record, told],
    [told, record],
  ]) {
    const { denials } = parsePaste(JSON.stringify({ Records: records }))
    t.strictSame(
      denials.map(({ clues }) => clues.some(({ kind }) => kind === 'block-public-access')),
      records.map((one) => one === told),
    )
  }
  const code = { ...record, errorCode: 'AccessControlListNotSupported', errorMessage: 'Refused' }
  t.ok(parsePaste(JSON.stringify(code)).denials[0]?.clues.some(({ kind }) => kind === 'acl-not-supported'))
  t.end()
})

t.test('the message of a record is read behind its code, as logs print it', (t) => {
  const kept = { ...record, errorMessage: 'Your account is not authorized to make this call.' }
  t.match(denialIn(kept), { class: 'other-aws', format: 'neighbour:account-not-entitled', errorCode: 'AccessDenied' })
  t.end()
})

t.test('a record that was cut short is read by its fields', (t) => {
  const [found, ...others] = parsePaste(
    '"eventSource": "kms.amazonaws.com",\n"eventName": "Decrypt",\n-- snip --\n"errorCode": "AccessDenied",\n"errorMessage": "User: arn:aws:iam::111122223333:user/bob is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:eu-west-1:111122223333:key/k because no resource-based policy allows the kms:Decrypt action",',
  ).denials
  t.strictSame(others, [])
  t.match(found, {
    operation: 'Decrypt',
    errorCode: 'AccessDenied',
    action: 'kms:Decrypt',
    policyType: 'resource-based',
  })
  t.end()
})

t.test('an encoded message beside what was decoded from it', (t) => {
  const decoded = (action: string): string =>
    JSON.stringify({
      allowed: false,
      explicitDeny: false,
      matchedStatements: { items: [] },
      context: {
        principal: { id: 'AROAEXAMPLE:ci', arn: 'arn:aws:sts::111122223333:assumed-role/launcher/ci' },
        action,
        resource: 'arn:aws:iam::111122223333:role/worker',
        conditions: { items: [] },
      },
    })
  const encoded = (operation: string, blob: string): string =>
    `An error occurred (UnauthorizedOperation) when calling the ${operation} operation: You are not authorized to perform this operation. Encoded authorization failure message: ${blob.repeat(20)}`
  const command = '$ aws sts decode-authorization-message --encoded-message "$message" --output text'
  for (const text of [
    `${encoded('RunInstances', 'aB3-x')}\n${command}\n${decoded('iam:PassRole')}`,
    `${encoded('RunInstances', 'aB3-x')}\n${JSON.stringify({ DecodedMessage: decoded('iam:PassRole') })}`,
    `${decoded('iam:PassRole')}\nfrom: ${encoded('RunInstances', 'aB3-x')}`,
  ]) {
    const { denials } = parsePaste(text)
    t.equal(denials.length, 1, 'one denial')
    t.match(denials[0], {
      class: 'encoded',
      principal: 'arn:aws:sts::111122223333:assumed-role/launcher/ci',
      action: 'iam:PassRole',
      service: 'iam',
      operation: 'RunInstances',
      errorCode: 'UnauthorizedOperation',
      encodedMessage: 'aB3-x'.repeat(20),
      decodedMessage: { explicitDeny: false },
      occurrences: 1,
    })
  }
  const read = `${encoded('DescribeVpcs', 'aB3-x')}\n${decoded('iam:PassRole')}`
  t.match(
    parsePaste(read).denials,
    [
      { operation: 'DescribeVpcs', action: null },
      { operation: null, action: 'iam:PassRole' },
    ],
    'a read asks for nothing else',
  )
  const two = `${encoded('RunInstances', 'aB3-x')}\n${encoded('RunInstances', 'cD4_y')}\n${decoded('iam:PassRole')}`
  t.match(
    parsePaste(two).denials,
    [{ action: null }, { action: 'iam:PassRole', encodedMessage: 'cD4_y'.repeat(20) }],
    'the blob above it',
  )
  t.end()
})

t.test('decoded authorization messages', (t) => {
  const decoded = {
    allowed: false,
    explicitDeny: true,
    matchedStatements: { items: [] },
    context: {
      principal: { id: 'AROAEXAMPLE:s', arn: 'arn:aws:sts::111122223333:assumed-role/app/s' },
      action: 'ec2:RunInstances',
      resource: 'arn:aws:ec2:us-east-1:111122223333:instance/*',
      conditions: {
        items: [{ key: 'ec2:InstanceType', values: { items: [{ value: 'm7i.large' }] } }],
      },
    },
  }
  for (const text of [
    JSON.stringify(decoded),
    `Decoded:\n${JSON.stringify(decoded, null, 2)}`,
    JSON.stringify({ DecodedMessage: JSON.stringify(decoded) }),
    JSON.stringify(decoded, null, 2).replace(/^/gmu, '> '),
    JSON.stringify({ log: `decoded:\n${JSON.stringify(decoded, null, 2)}` }),
    `[{"matchedStatements": ${JSON.stringify(decoded)}, "context": {`,
  ]) {
    const { denials } = parsePaste(text)
    t.equal(denials.length, 1)
    t.match(denials[0], {
      class: 'authorization',
      action: 'ec2:RunInstances',
      resource: 'arn:aws:ec2:us-east-1:111122223333:instance/*',
      effect: 'explicit',
      context: { 'ec2:InstanceType': 'm7i.large', 'aws:userid': 'AROAEXAMPLE:s' },
      decodedMessage: { explicitDeny: true },
    })
  }
  t.strictSame(parsePaste(JSON.stringify({ ...decoded, allowed: true })).denials, [])
  // A part of it, or with quotes that were lost: no JSON.
  const part = JSON.stringify(decoded).slice(0, -1)
  const parts: readonly (readonly [text: string, effect: 'explicit' | 'implicit' | null])[] = [
    [part, 'explicit'],
    [part.replace('"explicitDeny":true', '"explicitDeny":false'), 'implicit'],
    [`"DecodedMessage": ${JSON.stringify(part).replace('explicitDeny', '...')}`, null],
    [
      `{"DecodedMessage":\n{"allowed\n...${part.slice(part.indexOf('"matched')).replace('"context":{', '"context{')}`,
      null,
    ],
  ]
  for (const [text, effect] of parts)
    t.match(
      parsePaste(`AccessDenied\n${text} ...`).denials,
      [{ format: 'decoded-message', action: decoded.context.action, principal: decoded.context.principal.arn, effect }],
      text,
    )
  t.strictSame(parsePaste(part.replace('"allowed":false', '"allowed":true')).denials, [])
  t.end()
})

t.test('a record that was cut off still tells who asked', (t) => {
  const whole = JSON.stringify({ ...record, userIdentity: { ...record.userIdentity, sessionContext: undefined } })
  const cut = whole.slice(0, whole.indexOf('"requestParameters"') + 12)
  const refused = {
    class: 'authorization',
    principal: 'arn:aws:sts::111122223333:assumed-role/app/app-session',
    accountId: '111122223333',
    operation: 'GetObject',
    service: 's3',
    errorCode: 'AccessDenied',
    wrapper: 'cloudtrail',
  }
  const { denials } = parsePaste(cut)
  t.equal(denials.length, 1)
  t.match(denials[0], refused)
  t.match(parsePaste(cut.replaceAll(',', ',\n  ')).denials[0], refused, 'over several lines')
  const other = cut
    .replaceAll('assumed-role/app/app-session', 'assumed-role/web/i-0a1b2c3d')
    .replace('GetObject', 'PutObject')
  t.match(
    parsePaste(`{"Records":[${whole},${other}`).denials,
    [refused, { principal: 'arn:aws:sts::111122223333:assumed-role/web/i-0a1b2c3d', operation: 'PutObject' }],
    'each record its own',
  )
  t.strictSame(parsePaste(cut.slice(0, cut.indexOf('app-session","acc'))).denials, [], 'an ARN that was cut itself')
  t.end()
})

t.test('a service of its own as the caller: whole, in a string of JSON, cut off', (t) => {
  const byService = { ...record, userIdentity: { type: 'AWSService', invokedBy: 's3.amazonaws.com' } }
  const whole = JSON.stringify(byService)
  const want = {
    class: 'authorization',
    principal: 's3.amazonaws.com',
    principalType: 'service',
    operation: 'GetObject',
  }
  t.match(denialIn(byService), {
    ...want,
    context: { 'aws:PrincipalIsAWSService': 'true', 'aws:PrincipalServiceName': 's3.amazonaws.com' },
  })
  t.equal(denialIn(byService)?.context['aws:CalledVia'], undefined, 'nobody called through it')
  t.match(denialIn([{ '@timestamp': '2026-01-05 08:12:44', '@message': whole }]), {
    ...want,
    resource: 'arn:aws:s3:::docs/a/b.txt',
  })
  for (const text of [whole, JSON.stringify(byService, null, 2)])
    t.match(parsePaste(text.slice(0, text.indexOf('requestID'))).denials[0], want)
  const inLog = `2026-01-05T08:12:45Z shipper {"message": ${JSON.stringify(whole)}`
  t.match(parsePaste(inLog.slice(0, inLog.indexOf('requestID'))).denials[0], want, 'cut off in a string of JSON')
  const withoutFront = whole.slice(whole.indexOf('"type"'), whole.indexOf('"requestID"'))
  t.match(parsePaste(withoutFront).denials[0], want, 'without its first members, too')
  t.end()
})

t.test('strings of JSON that hold no record', (t) => {
  const hostile = '"{\\"eventVersion\\":'.repeat(20_000)
  t.same(parsePaste(hostile).denials, [])
  t.end()
})

t.test('deep and broken JSON', (t) => {
  const deep = `${'{"detail":'.repeat(5000)}{"userIdentity":{}}${'}'.repeat(5000)}`
  for (const text of [deep, '{"Records":[', '{"userIdentity":{"arn":"', '{"userIdentity":'.repeat(1000)])
    t.strictSame(parsePaste(text).denials, [])
  t.end()
})

const excerpt = `that is all I could copy:
    "eventTime": "2026-01-05T08:12:44Z",
    "eventSource": "sqs.amazonaws.com",
    "eventName": "SendMessage",
    ...
    "errorCode": "AccessDenied",
    "userIdentity": {
        "type": "AssumedRole",
        "arn": "arn:aws:sts::111122223333:assumed-role/mailer/run-7"
    },
    "requestParameters": {"queueUrl": "https://sqs.eu-west-1.amazonaws.com/111122223333/outbox"}
what now?`

t.test('an excerpt without its outer braces is read as the record it was cut from', (t) => {
  const sent = {
    class: 'authorization',
    principal: 'arn:aws:sts::111122223333:assumed-role/mailer/run-7',
    operation: 'SendMessage',
    resource: 'arn:aws:sqs:eu-west-1:111122223333:outbox',
    wrapper: 'cloudtrail',
    time: '2026-01-05T08:12:44.000Z',
  }
  t.match(parsePaste(excerpt).denials, [sent], 'with members left out')
  t.match(parsePaste(excerpt.replace(/^ /gm, '>  ')).denials, [sent], 'quoted in a mail')
  const whole = JSON.stringify(record)
  const cut = whole.slice(0, whole.indexOf('"requestParameters"') + 40)
  t.match(parsePaste(cut).denials, [{ principal: record.userIdentity.arn, operation: 'GetObject' }], 'cut off')
  t.end()
})

t.test('members that are no refused call are read as the words they are', (t) => {
  const [denial, ...more] = parsePaste(
    `"Action": "s3:GetObject",\n"eventName": "x",\n"error": "y",\nUser: arn:aws:iam::111122223333:user/ann is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::docs/a"`,
  ).denials
  t.equal(denial?.action, 's3:GetObject')
  t.same(more, [])
  t.end()
})

t.test('a token and an assertion tell provider, audience and subject', (t) => {
  const host = 'token.actions.githubusercontent.com'
  const provider = `arn:aws:iam::111122223333:oidc-provider/${host}`
  const subject = 'repo:linnet-org/ledger:ref:refs/heads/main'
  const asked = { ...record, eventSource: 'sts.amazonaws.com', requestParameters: {} }
  const contextOf = (userIdentity: object, requestParameters: object = {}) =>
    denialIn({ ...asked, userIdentity, requestParameters })?.context ?? {}
  const token = { type: 'WebIdentityUser', userName: subject, identityProvider: provider }
  const federated = (context: object) =>
    Object.fromEntries(Object.entries(context).filter(([key]) => /Federated|:(?:aud|sub|app_id)$/.test(key)))
  t.same(federated(contextOf({ ...token, principalId: `${provider}:sts.amazonaws.com:${subject}` })), {
    'aws:FederatedProvider': provider,
    [`${host}:sub`]: subject,
    [`${host}:aud`]: 'sts.amazonaws.com',
  })
  t.same(federated(contextOf(token)), { 'aws:FederatedProvider': provider, [`${host}:sub`]: subject })
  t.same(federated(contextOf({ ...token, userName: 'HIDDEN_DUE_TO_SECURITY_REASONS' })), {
    'aws:FederatedProvider': provider,
  })
  t.same(
    federated(
      contextOf({
        type: 'WebIdentityUser',
        identityProvider: 'graph.facebook.com',
        userName: '77',
        principalId: 'graph.facebook.com:4242:77',
      }),
    ),
    {
      'aws:FederatedProvider': 'graph.facebook.com',
      'graph.facebook.com:sub': '77',
      'graph.facebook.com:app_id': '4242',
    },
  )
  const saml = 'arn:aws:iam::111122223333:saml-provider/Okta'
  t.same(federated(contextOf({ type: 'SAMLUser', userName: 'ann' }, { principalArn: saml })), {
    'aws:FederatedProvider': saml,
  })
  t.end()
})

t.test('a role that is named by its ARN needs neither Region nor account', (t) => {
  const role = 'arn:aws:iam::111122223333:role/deploy'
  const found = denialIn({
    eventSource: 'sts.amazonaws.com',
    eventName: 'AssumeRoleWithWebIdentity',
    errorCode: 'AccessDenied',
    requestParameters: { roleArn: role },
  })
  t.equal(found?.resource, role)
  t.end()
})

t.test('an excerpt that was cut off in its message keeps what is left of it', (t) => {
  const cut =
    '"eventSource": "sagemaker.amazonaws.com",\n"eventName": "CreateTrainingJob",\n"awsRegion": "eu-west-1",\n"errorCode": "AccessDenied",\n"errorMessage": "User: arn:aws:sts::111122223333:assumed-role/science/mona is not authorized to perform: iam:PassRole on resource: arn:aws:iam::111122223333:role/runner because no identity-based policy al'
  const [denial, ...more] = parsePaste(cut).denials
  t.same(more, [])
  t.match(denial, {
    class: 'authorization',
    action: 'iam:PassRole',
    resource: 'arn:aws:iam::111122223333:role/runner',
    operation: 'CreateTrainingJob',
    policyType: 'identity-based',
  })
  const [behind] = parsePaste(`${cut}\nsee "the runbook" for more`).denials
  t.equal(behind?.action, 'iam:PassRole', 'whatever quotes stand further down')
  t.end()
})

t.test('the call as mails, findings and key-value logs print it', (t) => {
  const sentence =
    'User: arn:aws:iam::111122223333:user/ann is not authorized to perform: cloudtrail:DeleteTrail on resource: arn:aws:cloudtrail:eu-west-1:111122223333:trail/org'
  for (const text of [
    `[ALERT] arn:aws:iam::111122223333:user/ann called DeleteTrail on cloudtrail.amazonaws.com in eu-west-1. Error AccessDeniedException: ${sentence}`,
    `eventName=DeleteTrail eventSource=cloudtrail.amazonaws.com errorCode=AccessDenied errorMessage="${sentence}"`,
  ])
    t.match(parsePaste(text).denials, [{ operation: 'DeleteTrail', action: 'cloudtrail:DeleteTrail' }], text)
  const finding =
    '{"type": "Discovery:IAMUser/AnomalousBehavior", "service": {"action": {"awsApiCallAction": {"api": "ListSecrets", "serviceName": "secretsmanager.amazonaws.com", "errorCode": "AccessDenied"}}}}'
  t.match(parsePaste(finding).denials, [{ operation: 'ListSecrets', service: 'secretsmanager' }], 'GuardDuty')
  t.end()
})

t.test('a decoded message as YAML', (t) => {
  const text = [
    'UnauthorizedOperation: You are not authorized to perform this operation.',
    '',
    'allowed: false',
    'explicitDeny: true',
    'context:',
    '  principal:',
    '    arn: arn:aws:sts::111122223333:assumed-role/heron/i-0abc1234567890def',
    '  action: ec2:RunInstances',
    '  resource: arn:aws:ec2:eu-west-1:111122223333:subnet/subnet-0123456789abcdef0',
  ].join('\n')
  const [denial, ...more] = parsePaste(text).denials
  t.equal(more.length, 0)
  t.match(denial, {
    action: 'ec2:RunInstances',
    effect: 'explicit',
    roleOrUserName: 'heron',
    resource: 'arn:aws:ec2:eu-west-1:111122223333:subnet/subnet-0123456789abcdef0',
  })
  t.end()
})

t.test('whoever types the command to sign in has not been told that the session is over', (t) => {
  const text =
    '$ aws sso login --profile audit\nAn error occurred (ForbiddenException) when calling the GetRoleCredentials operation: No access'
  t.match(parsePaste(text).denials, [{ class: 'other-aws', operation: 'GetRoleCredentials' }])
  t.match(parsePaste('To refresh this SSO session run aws sso login').denials, [{ class: 'credential' }])
  t.end()
})

t.test('a mail broke the lines of a record, also within its strings', (t) => {
  const wrapped = (json: string): string =>
    json
      .split('\n')
      .map((line) => line.replaceAll(/(.{20,60}?) /g, '$1\n'))
      .join('\n')
  const refused =
    'User: arn:aws:sts::111122223333:assumed-role/app/app-session is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::docs/a/b.txt" because no identity-based policy allows the s3:GetObject action'
  const whole = JSON.stringify({ ...record, errorMessage: refused }, null, 1)
  const expected = {
    action: 's3:GetObject',
    resource: 'arn:aws:s3:::docs/a/b.txt',
    operation: 'GetObject',
    errorCode: 'AccessDenied',
    policyType: 'identity-based',
  }
  const members = whole.slice(whole.indexOf('"eventSource"'), whole.indexOf('"requestParameters"'))
  const cut = members.slice(0, members.indexOf(' action"'))
  for (const [name, text] of Object.entries({ whole, members, cut })) {
    t.not(wrapped(text), text)
    const { denials } = parsePaste(wrapped(text))
    t.equal(denials.length, 1, name)
    t.match(denials[0], expected, name)
  }
  t.end()
})

t.test('a message that was cut off at the end of its line does not take the next member', (t) => {
  const text =
    '"eventSource": "s3.amazonaws.com",\n"eventName": "GetObject",\n"errorCode": "AccessDenied",\n"errorMessage": "Access De\n"awsRegion": "eu-west-1",\n"requestID": "7D3C2B1A0F9E8D7C"'
  t.match(parsePaste(text).denials, [{ operation: 'GetObject', region: 'eu-west-1', requestId: '7D3C2B1A0F9E8D7C' }])
  t.end()
})
