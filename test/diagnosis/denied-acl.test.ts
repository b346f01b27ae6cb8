import t from 'tap'
import { allow, deny, identity } from './case-row.ts'
import { diagnosesOf } from './explain-text.ts'

const refused =
  'Error putting S3 ACL: AccessDenied: Access Denied\n\tstatus code: 403, request id: 0A1B2C3D4E5F6071\naws_s3_bucket.ledger'
const aclsDenied = deny(['s3:PutBucketAcl', 's3:PutObjectAcl'])
const codes = async (...asked: Parameters<typeof diagnosesOf>) =>
  ((await diagnosesOf(...asked))[0]?.causes ?? []).map(({ code }) => code)

t.test('a Deny that was read comes before a setting of the bucket that is only suspected', async (t) => {
  const all = allow('s3:*')
  t.equal((await codes(refused, identity(all, aclsDenied)))[0], 'explicit-deny-identity')
  t.equal((await codes(refused, identity(all)))[0], 'block-public-access')
  const told = `${refused}\nBlockPublicAcls is true on the bucket`
  t.equal((await codes(told, identity(all, aclsDenied)))[0], 'block-public-access', 'the text names the setting')
})
