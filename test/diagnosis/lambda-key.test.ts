import t from 'tap'
import { allow, identity, resource } from './case-row.ts'
import { diagnosesOf } from './explain-text.ts'

const key = 'arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d-1111-4222-8333-444455556666'
const refused = `Lambda was unable to decrypt the environment variables because KMS access was denied. KMS Exception: AccessDeniedException KMS Message: User: arn:aws:sts::111122223333:assumed-role/resize/resize is not authorized to perform: kms:Decrypt on resource: ${key} because no identity-based policy allows the kms:Decrypt action`
const first = async (...asked: Parameters<typeof diagnosesOf>) => (await diagnosesOf(...asked))[0]?.causes[0]

t.test('a key that leaves it to the policies of the role asks for no new grant', async (t) => {
  const own = identity(allow('logs:PutLogEvents'))
  const delegates = resource({ ...allow('kms:*'), Principal: { AWS: 'arn:aws:iam::111122223333:root' } })
  const lacking = await first(refused, { ...own, ...delegates })
  t.equal(lacking?.code, 'kms-behind-service')
  t.match(lacking?.remedies[0], { kind: 'add-identity-statement', statement: { Action: 'kms:Decrypt', Resource: key } })
})

t.test('KMS names the role and the policies that lack it: its statement first, the grant beside it', async (t) => {
  for (const policies of [undefined, identity(allow('logs:PutLogEvents'))]) {
    const causes = (await diagnosesOf(refused, policies))[0]?.causes ?? []
    t.match(causes, [
      { code: 'kms-behind-service', confidence: 'stated', remedies: [{ statement: { Resource: key } }] },
      { code: 'stale-principal', confidence: 'possible' },
    ])
  }
  const unexplained = (await diagnosesOf(refused.replace(/ because no .*/u, '')))[0]?.causes ?? []
  t.match(
    unexplained.map(({ code }) => code),
    ['stale-principal', 'kms-key-policy', 'kms-behind-service'],
  )
  const ofKey = (await diagnosesOf(refused.replace('identity-based', 'resource-based')))[0]?.causes ?? []
  t.notMatch(
    ofKey.map(({ code }) => code),
    ['kms-behind-service'],
  )
})

t.test('a role that KMS does not know yet, whatever stands between the words', async (t) => {
  const told =
    'Error creating Lambda function: InvalidParameterValueException: Lambda was unable to configure access to your environment variables because the KMS key is invalid for CreateGrant. Please check your KMS key settings. KMS Exception: InvalidArnException \nKMS Message: ARN does not refer to a valid principal:\narn:aws:sts::111122223333:assumed-role/resize/resize'
  t.equal((await first(told))?.code, 'propagation-delay')
})
