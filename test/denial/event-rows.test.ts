import t from 'tap'
import { parsePaste } from '../../src/denial/parse.ts'

/*
 * Events of CloudTrail as rows of a table, whatever printed it.
 */

const caller = 'arn:aws:sts::111122223333:assumed-role/reports/i-0123456789abcdef0'
const refused = `User: ${caller} is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:eu-west-1:111122223333:key/orders because no identity-based policy allows the kms:Decrypt action`

const told = (text: string): unknown =>
  parsePaste(text).denials.map(({ class: kind, principal, operation, service, errorCode, policyArn }) => [
    kind,
    principal,
    operation,
    service,
    errorCode,
    policyArn,
  ])

const decrypt = ['authorization', caller, 'Decrypt', 'kms', 'AccessDenied', null]
const acl = ['bare', null, 'GetBucketAcl', 's3', 'AccessDenied', null]

const rows: readonly (readonly [name: string, text: string, want: readonly unknown[]])[] = [
  [
    'Logs Insights, with tabs between',
    `@timestamp\teventSource\teventName\terrorCode\terrorMessage\tuserIdentity.arn\n2026-05-06 07:08:09.000\tkms.amazonaws.com\tDecrypt\tAccessDenied\t${refused}\t${caller}\n2026-05-06 07:08:10.000\ts3.amazonaws.com\tGetBucketAcl\tAccessDenied\tAccess Denied\t`,
    [decrypt, acl],
  ],
  [
    'a file of values with commas between',
    `eventSource,eventName,errorCode,errorMessage\n"kms.amazonaws.com","Decrypt","AccessDenied","${refused}"`,
    [decrypt],
  ],
  [
    'Markdown, the name in front',
    `| eventName | eventSource | errorCode | errorMessage |\n|---|---|---|---|\n| Decrypt | kms.amazonaws.com | AccessDenied | ${refused} |\n| GetBucketAcl | s3.amazonaws.com | AccessDenied | Access Denied |`,
    [decrypt, acl],
  ],
  [
    'Athena, with the whole identity between name and code',
    `#\teventtime\teventsource\teventname\tuseridentity\terrorcode\terrormessage\n1\t2026-05-06T07:08:09Z\tkms.amazonaws.com\tDecrypt\t{type=AssumedRole, arn=${caller}, invokedby=null}\tAccessDenied\t${refused}`,
    [decrypt],
  ],
  [
    'the event history, the code in front',
    'Event time,User name,AWS region,Error code,Source IP address,Event source,Event name,Resources\n2026-05-06T07:08:09Z,kim,eu-west-1,AccessDenied,203.0.113.7,s3.amazonaws.com,GetBucketAcl,[]',
    [acl],
  ],
  [
    'a caller in a column of its own',
    `eventSource\teventName\terrorCode\tarn\ns3.amazonaws.com\tGetBucketAcl\tAccessDenied\t${caller}`,
    [['authorization', caller, ...acl.slice(2)]],
  ],
  [
    'no column for the code',
    `eventSource\teventName\terrorMessage\nkms.amazonaws.com\tDecrypt\t${refused}`,
    [['authorization', caller, 'Decrypt', 'kms', null, null]],
  ],
  [
    'in the next column the caller, and no policy',
    `eventSource\teventName\terrorMessage\tarn\nkms.amazonaws.com\tDecrypt\tUser: ${caller} is not authorized to perform: kms:Decrypt with an explicit deny in a service control policy\t${caller}`,
    [['authorization', caller, 'Decrypt', 'kms', null, null]],
  ],
  [
    'a sentence',
    'The role trusts lambda.amazonaws.com Invoke and then AccessDenied came.',
    [['bare', null, null, null, 'AccessDenied', null]],
  ],
  [
    'a query with codes of its own above the row',
    `fields eventSource, eventName, errorCode, userIdentity.arn\n| filter errorCode in ["Client.UnauthorizedOperation", "AccessDenied"]\n\neventSource\teventName\terrorCode\tarn\ns3.amazonaws.com\tGetBucketAcl\tAccessDenied\t${caller}`,
    [['authorization', caller, ...acl.slice(2)]],
  ],
  [
    'an event that was allowed',
    'eventSource,eventName\nkms.amazonaws.com,Decrypt,,\ns3.amazonaws.com,GetBucketAcl,,',
    [],
  ],
  ['an event that failed otherwise', 's3.amazonaws.com,GetBucketWebsite,NoSuchWebsiteConfiguration', []],
]

for (const [name, text, want] of rows)
  t.test(name, (t) => {
    t.strictSame(told(text), want)
    t.end()
  })

t.test('columns that stand apart by blanks, with the caller behind the source', (t) => {
  const caller = 'arn:aws:sts::111122223333:assumed-role/AWSServiceRoleForConfig/AWSConfig-Describe'
  const row = `eventTime              eventName          eventSource        Principal                  errorCode\n2026-01-02T03:04:05Z   GetBucketLogging   s3.amazonaws.com   ${caller}   AccessDenied`
  t.match(parsePaste(row).denials, [{ principal: caller, operation: 'GetBucketLogging', service: 's3' }])
  const said = `2026-01-02T03:04:05Z  ${caller}  organizations.amazonaws.com  DescribeOrganization  AccessDeniedException  You don't have permissions to access this resource.`
  t.match(parsePaste(said).denials, [{ class: 'authorization', principal: caller, operation: 'DescribeOrganization' }])
  t.end()
})
