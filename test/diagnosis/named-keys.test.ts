import t from 'tap'
import { diagnosesOf } from './explain-text.ts'

const refused = (message: string): string =>
  `upload failed: ./a to s3://data-7/a An error occurred (KMS.NotFoundException) when calling the PutObject operation: ${message}`

t.test('what KMS did not find is the key, not the object', async (t) => {
  const rows: readonly (readonly [message: string, key: string])[] = [
    ["Invalid keyId 'alias/orders'", 'alias/orders'],
    [
      "Key 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd' does not exist",
      'arn:aws:kms:eu-west-1:111122223333:key/1234abcd',
    ],
    [
      'Alias arn:aws:kms:eu-west-1:111122223333:alias/orders is not found.',
      'arn:aws:kms:eu-west-1:111122223333:alias/orders',
    ],
  ]
  for (const [message, key] of rows) {
    const [cause] = (await diagnosesOf(refused(message)))[0]?.causes ?? []
    t.match(cause, { code: 'resource-not-found', facts: { what: 'key', resource: key } }, message)
  }
  const bucket =
    'upload failed: ./a to s3://data-7/a An error occurred (NoSuchBucket) when calling the PutObject operation: The specified bucket does not exist'
  const [cause] = (await diagnosesOf(bucket))[0]?.causes ?? []
  t.match(cause, { code: 'resource-not-found', facts: { resource: 'arn:aws:s3:::data-7/a' } })
})

t.test('the key of a service-linked role that the text names lets that role in by its own policy', async (t) => {
  const key = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'
  const text = `Last failure message: No permission to access Key ${key}\nCloudTrail shows Decrypt by AWSServiceRoleForDMSServerless.`
  const [diagnosis, ...more] = await diagnosesOf(text)
  t.equal(more.length, 0)
  t.equal(diagnosis?.causes[0]?.code, 'kms-key-policy')
  t.match(diagnosis?.causes[0]?.remedies[0]?.statement?.Principal, {
    AWS: /:role\/aws-service-role\/.*\/AWSServiceRoleForDMSServerless$/u,
  })
  t.ok(diagnosis?.causes.every(({ remedies }) => remedies.every(({ kind }) => kind !== 'add-identity-statement')))
})
