import t from 'tap'
import { parsePaste } from '../../src/denial/parse.ts'

const refused = 'uploader: AccessDenied: Access Denied status code: 403, request id: 0ABC, host id:'
const calls = (text: string): readonly string[] =>
  parsePaste(text).denials.flatMap((denial) => denial.calls.map(({ operation }) => operation))

t.test('a command with its output below is not what was refused', (t) => {
  for (const shown of [
    '$ aws s3 ls s3://ledger/\n2026-03-04 10:00:00       1234 a.txt\n',
    '$ aws s3 ls\n2026-03-04 10:00:00 ledger\n',
    '$ aws s3 ls s3://ledger\n                           PRE logs/\n',
    '$ aws sqs list-queues\n{\n    "QueueUrls": [\n        "https://sqs.eu-west-1.amazonaws.com/111122223333/jobs"\n    ]\n}\n',
    '$ aws iam get-role-policy --role-name app --policy-name p\n{\n  "Statement": []\n}\n',
    '$ aws ec2 describe-vpcs --output table\n----------------------------\n|      DescribeVpcs        |\n',
  ])
    t.strictSame(calls(`${shown}\n${refused}`), [], shown)
  t.end()
})

t.test('what was refused, or may have been', (t) => {
  for (const [shown, operation] of [
    ['$ aws s3 ls s3://ledger/\n', 'ListObjectsV2'],
    ['$ aws s3api list-buckets\n{\n  "error": "AccessDenied"\n}\n', 'ListBuckets'],
    ['$ aws iam put-role-policy --role-name app --policy-name p\n{\n  "Statement": []\n}\n', 'PutRolePolicy'],
    ['From my laptop it works:\n$ aws s3 ls s3://ledger\n                           PRE logs/\n', 'ListObjectsV2'],
    ['$ aws sqs send-message --message-body \'\n{\n  "id": 1\n}\'\n', 'SendMessage'],
  ] as const)
    t.strictSame(calls(`${shown}\n${refused}`), [operation], shown)
  t.end()
})

t.test('what is said to work in the same words', (t) => {
  for (const [said, refusedCalls] of [
    ['aws s3 ls with the same credentials lists our buckets', []],
    ['aws s3 ls works fine from there', []],
    ['aws sqs list-queues returns all of them', []],
    ['aws s3 ls never works', ['ListBuckets']],
    ['aws s3 ls lists no buckets', ['ListBuckets']],
    ['aws s3 ls works only as admin', ['ListBuckets']],
  ] as const)
    t.strictSame(calls(`${refused}\n(${said})`), refusedCalls, said)
  t.end()
})
