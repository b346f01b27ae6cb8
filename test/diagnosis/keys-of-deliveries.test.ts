import t from 'tap'
import type { Statement } from '../../src/iam/policy-document.ts'
import { allow, identity } from './case-row.ts'
import { diagnosesOf } from './explain-text.ts'

const key = 'arn:aws:kms:eu-north-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'
const causesOf = async (text: string, ...policy: readonly Statement[]) =>
  (await diagnosesOf(text, policy.length === 0 ? {} : identity(...policy)))[0]?.causes ?? []

const toBucket =
  'Firehose to S3: Access was denied. Ensure that the delivery role has sufficient permissions to use the KMS key.'
const fromStream =
  'Kinesis.KMS.AccessDeniedException: Firehose does not have access to the KMS Key used to encrypt/decrypt the Kinesis Stream.'

t.test('what a delivery asks of a key', async (t) => {
  const rows: readonly (readonly [text: string, actions: string])[] = [
    [toBucket, 'kms:GenerateDataKey, kms:Decrypt'],
    [fromStream, 'kms:Decrypt'],
    [
      'Access was denied when calling KMS. Ensure that the role that is provided as part of the delivery stream has sufficient permissions to use the customer master key (CMK).',
      'kms:GenerateDataKey, kms:Decrypt',
    ],
    [
      'PutRecordBatch: InvalidKMSResourceException (Service: Firehose): caller might not have sufficient permissions for the CMK',
      'kms:GenerateDataKey, kms:Decrypt',
    ],
  ]
  for (const [text, kmsActions] of rows)
    t.match((await causesOf(text))[0], { code: 'kms-behind-service', facts: { kmsActions } }, text)
})

t.test('Region and account of the key are those of the delivery stream', async (t) => {
  const stream = 'arn:aws:firehose:ap-southeast-2:444455556666:deliverystream/clicks'
  const [cause] = await causesOf(`${stream}\n${toBucket}`)
  t.match(cause?.remedies[0]?.statement, { Resource: /^arn:aws:kms:ap-southeast-2:444455556666:key\/<\w+>$/ })
})

t.test('the role has it under a condition that may not hold', async (t) => {
  const actions = ['kms:Decrypt', 'kms:GenerateDataKey']
  const through = { StringEquals: { 'kms:ViaService': 's3.eu-north-1.amazonaws.com' } }
  const objects = { StringLike: { 'kms:EncryptionContext:aws:s3:arn': 'arn:aws:s3:::heron-logs/*' } }
  const [cause, next] = await causesOf(toBucket, allow(actions, key, { ...through, ...objects }))
  t.match(cause, { code: 'condition-mismatch', confidence: 'possible' })
  t.match(cause?.remedies[0], { kind: 'edit-statement' })
  t.strictSame(cause?.remedies[0]?.editedStatement?.Condition, {
    ...through,
    StringLike: { 'kms:EncryptionContext:aws:s3:arn': ['arn:aws:s3:::heron-logs/*', 'arn:aws:s3:::heron-logs'] },
  })
  t.equal(next?.code, 'kms-key-policy')
  const held = await causesOf(toBucket, allow(actions, key, through))
  t.notOk(
    held.some(({ code }) => code === 'condition-mismatch'),
    'it is S3 that asks',
  )
})
