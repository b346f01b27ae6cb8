import t from 'tap'
import type { Cause } from '../../src/diagnosis/diagnosis.ts'
import type { Statement } from '../../src/iam/policy-document.ts'
import { allow, denied, identity, noIdentity } from './case-row.ts'
import { diagnosesOf } from './explain-text.ts'

const key = 'arn:aws:kms:eu-west-1:111122223333:key/1a2b3c4d-0000-1111-2222-111122223333'

const causeUnder = async (condition: Statement['Condition'], beside = '', action = 'kms:Decrypt'): Promise<Cause> => {
  const text = `${denied(action, key, noIdentity(action))}\n${beside}`
  const [diagnosis] = await diagnosesOf(text, identity(allow(action, key, condition)))
  const [cause] = diagnosis?.causes ?? []
  if (cause === undefined) throw new Error('no cause')
  return cause
}
const edits = ({ remedies }: Cause): readonly unknown[] =>
  remedies.flatMap(({ editedStatement }) => (editedStatement === null ? [] : [editedStatement.Condition]))

const ofService = { StringEquals: { 'kms:EncryptionContext:service': 'shop' } }

t.test('a key that every request of its kind may carry is not absent', async (t) => {
  const unknown = await causeUnder(ofService)
  t.equal(unknown.code, 'condition-mismatch')
  t.equal(unknown.facts['sent'], undefined, 'nobody told')
  t.equal(unknown.remedies[0]?.step, 'meet-condition')
  t.strictSame(edits(unknown), [
    { StringEquals: { 'kms:EncryptionContext:service': ['shop', '<EncryptionContextValue>'] } },
  ])
  const rows: readonly (readonly [string, string])[] = [
    ['kms:Decrypt', 'kms:ResourceAliases'],
    ['ec2:StopInstances', 'ec2:RoleDelivery'],
    ['lambda:InvokeFunction', 'lambda:SourceFunctionArn'],
  ]
  for (const [action, name] of rows) {
    const cause = await causeUnder({ StringEquals: { [name]: 'x' } }, '', action)
    t.equal(cause.facts['sent'], undefined, name)
    t.strictSame(edits(cause), [], name)
  }
  const never = await causeUnder({ StringEquals: { 'kms:GranteePrincipal': 'x' } })
  t.equal(never.facts['sent'], 'absent', 'AWS lists it for other actions alone')
})

t.test('the value that stands in the text goes into the condition', async (t) => {
  for (const beside of [
    'aws kms decrypt --encryption-context service=billing --ciphertext-blob fileb://blob',
    '"requestParameters": { "encryptionContext": { "service": "billing" } }',
    'the encryption context is service = billing.',
  ]) {
    const cause = await causeUnder(ofService, beside)
    t.equal(cause.facts['sent'], 'billing', beside)
    t.strictSame(edits(cause), [{ StringEquals: { 'kms:EncryptionContext:service': ['shop', 'billing'] } }], beside)
  }
  for (const beside of [
    '"Condition": { "StringEquals": { "kms:EncryptionContext:service": "billing" } }',
    'the encryption context has to be service = billing',
    'encryption context service=billing, then encryption context service=audit',
    'encryption context service=<masked>',
  ])
    t.equal((await causeUnder(ofService, beside)).facts['sent'], undefined, beside)
})

t.test('with a Bucket Key the context is the bucket', async (t) => {
  const ofObjects = { StringLike: { 'kms:EncryptionContext:aws:s3:arn': 'arn:aws:s3:::ledger/*' } }
  const both = [
    { StringLike: { 'kms:EncryptionContext:aws:s3:arn': ['arn:aws:s3:::ledger/*', 'arn:aws:s3:::ledger'] } },
  ]
  const told = await causeUnder(ofObjects, '(encryption context aws:s3:arn: arn:aws:s3:::ledger)')
  t.strictSame(edits(told), both)
  t.match(told.remedies[0], { step: 'correct-condition', values: { unmet: 'bucket-key' }, readiness: 'needs-review' })
  t.strictSame(edits(await causeUnder(ofObjects)), both, 'nobody told which objects')
  const other = await causeUnder(ofObjects, 'encryptionContext={aws:s3:arn=arn:aws:s3:::audit/a.csv}')
  t.strictSame(edits(other), [
    { StringLike: { 'kms:EncryptionContext:aws:s3:arn': ['arn:aws:s3:::ledger/*', 'arn:aws:s3:::audit/a.csv'] } },
  ])
  t.strictSame(
    other.remedies.map(({ step }) => step),
    ['widen-condition'],
    'S3 sets it',
  )
})
