import t from 'tap'
import type { Policies } from '../../src/iam/policies.ts'
import type { PrincipalElement } from '../../src/iam/policy-document.ts'
import { allow, denied, identity, noIdentity, resource } from './case-row.ts'
import { diagnosesOf } from './explain-text.ts'

const foreign = 'arn:aws:kms:eu-central-1:444455556666:key/7f3e2b10-1c2d-4e5f-8a9b-0c1d2e3f4a5b'
const own = foreign.replace('444455556666', '111122223333')
const keyFor = (Principal: PrincipalElement, action = 'kms:*'): Policies =>
  resource({ ...allow(action), Principal: Principal })
const silent = identity(allow('sqs:*'))

const found = async (text: string, policies: Policies): Promise<unknown> => {
  const [diagnosis] = await diagnosesOf(text, policies)
  const [cause] = diagnosis?.causes ?? []
  return [cause?.code, ...(cause?.remedies.map(({ kind, readiness }) => `${kind} ${readiness}`) ?? [])]
}

const ownSide = ['cross-account-identity-side', 'add-identity-statement ready']

t.test('the owner of a key that lets the caller in is asked for nothing more', async (t) => {
  for (const action of ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:DescribeKey'])
    for (const principal of ['111122223333', 'arn:aws:iam::111122223333:root', 'arn:aws:iam::111122223333:role/orders'])
      for (const reason of ['', noIdentity(action)]) {
        const policies = { ...silent, ...keyFor({ AWS: principal }) }
        t.strictSame(
          await found(denied(action, foreign, reason), policies),
          ownSide,
          `${action} ${principal} ${reason}`,
        )
      }
})

t.test('a key that does not let the caller in is asked, and so is the caller', async (t) => {
  const both = ['kms-key-policy', 'key-policy needs-review', 'add-identity-statement ready']
  for (const given of [keyFor({ AWS: '444455556666' }), keyFor({ AWS: '111122223333' }, 'kms:Encrypt')])
    t.strictSame(await found(denied('kms:Decrypt', foreign), { ...silent, ...given }), both)
})

t.test('a key of the same account that leaves it to IAM', async (t) => {
  const delegating = keyFor({ AWS: 'arn:aws:iam::111122223333:root' })
  const decrypted = await found(denied('kms:Decrypt', own), { ...silent, ...delegating })
  t.strictSame(decrypted, ['kms-behind-service', 'add-identity-statement ready'])
  // Nobody encrypts anything with a description.
  const described = await found(denied('kms:DescribeKey', own), { ...silent, ...delegating })
  t.strictSame(described, ['missing-allow', 'add-identity-statement ready'])
})
