import t from 'tap'
import { parsePaste } from '../../src/denial/parse.ts'

const caller = 'arn:aws:sts::111122223333:assumed-role/mailer/run-7'
const queue = 'arn:aws:sqs:eu-west-1:111122223333:outbox'
const message = `User: ${caller} is not authorized to perform: sqs:SendMessage on resource: ${queue} because no identity-based policy allows the sqs:SendMessage action`
const record = `eventVersion: "1.09"
userIdentity:
  type: AssumedRole
  arn: ${caller}
  sessionContext:
    sessionIssuer:
      type: Role
      arn: arn:aws:iam::111122223333:role/team/mailer
  accountId: '111122223333'
eventTime: 2026-01-05T08:12:44Z
eventSource: sqs.amazonaws.com
eventName: SendMessage
awsRegion: eu-west-1
errorCode: AccessDenied
errorMessage: Access to the resource is denied.
requestParameters:
  queueUrl: https://sqs.eu-west-1.amazonaws.com/111122223333/outbox
responseElements: null
requestID: 7D3C2B1A0F9E8D7C`

const indented = (lines: string, lead: string): string => lines.replaceAll(/^/gm, lead)

t.test('a record of CloudTrail as YAML tells what the same as JSON does', (t) => {
  const want = {
    class: 'authorization',
    principal: caller,
    principalType: 'assumed-role',
    roleArn: 'arn:aws:iam::111122223333:role/team/mailer',
    operation: 'SendMessage',
    service: 'sqs',
    resource: queue,
    errorCode: 'AccessDenied',
    requestId: '7D3C2B1A0F9E8D7C',
    region: 'eu-west-1',
    wrapper: 'cloudtrail',
    time: '2026-01-05T08:12:44.000Z',
  }
  for (const [name, text] of Object.entries({
    alone: record,
    'with line ends of Windows': record.replaceAll('\n', '\r\n'),
    'in prose': `This is all I have:\n\n${record}\n\nWhat is it?`,
    'in an envelope': `detail-type: AWS API Call via CloudTrail\ndetail:\n${indented(record, '    ')}`,
    'an item of a list': `Records:\n- ${indented(record, '  ').trimStart()}\n- eventName: ListQueues\n  eventSource: sqs.amazonaws.com`,
    quoted: indented(record, '> '),
  }))
    t.match(parsePaste(text).denials, [want], name)
  const [denial] = parsePaste(record).denials
  t.equal(record.slice(...(denial?.marks.principal ?? [0, 0])), caller, 'marked where it stands')
  t.end()
})

t.test('the message, however it is written', (t) => {
  const want = { class: 'authorization', action: 'sqs:SendMessage', principal: caller, policyType: 'identity-based' }
  const withMessage = (printed: string): string =>
    record.replace('errorMessage: Access to the resource is denied.', `errorMessage: ${printed}`)
  const folded = message.replaceAll(/ (?=is |on |because )/g, '\n  ')
  t.match(parsePaste(withMessage(message)).denials, [want], 'as no YAML may have it')
  t.match(parsePaste(withMessage(`'${message}'`)).denials, [want], 'in quotes')
  t.match(parsePaste(withMessage(`>-\n  ${folded}`)).denials, [want], 'folded')
  t.match(parsePaste(withMessage(folded)).denials, [want], 'going on below')
  t.end()
})

t.test('fields with dots', (t) => {
  const fields = `errorCode:        AccessDenied\neventSource:      s3.amazonaws.com\neventName:        GetBucketAcl\nuserIdentity.arn: ${caller}\n`
  t.match(parsePaste(fields).denials, [{ class: 'authorization', principal: caller, operation: 'GetBucketAcl' }])
  t.end()
})

t.test('what is no record of a refusal', (t) => {
  const success = record.replaceAll(/^error.*\n/gm, '')
  t.strictSame(parsePaste(success).denials, [])
  t.match(
    parsePaste(`${success}\n\nand then\nAn error occurred (AccessDenied) when calling the ListQueues operation: no`)
      .denials,
    [{ class: 'bare', principal: null, errorCode: 'AccessDenied' }],
    'an error beside it is not of that caller',
  )
  const rule = 'source:\n  eventName: ListQueues\nerrorCode: AccessDenied\n'
  t.match(parsePaste(`S3\n${rule}`).denials, [{ class: 'bare' }], 'members of two objects')
  for (const name of ['constructor.prototype.polluted', 'a.__proto__.polluted'])
    parsePaste(`eventName: GetObject\neventSource: s3.amazonaws.com\nerrorCode: AccessDenied\n${name}: yes`)
  t.notOk('polluted' in {}, 'names of the language are names')
  t.end()
})

t.test('many lines that begin like one', (t) => {
  const deep = Array.from({ length: 400 }, (_, depth) => `${' '.repeat(depth % 40)}eventName: x`).join('\n')
  t.same(parsePaste(deep.repeat(20)).denials, [])
  t.end()
})
