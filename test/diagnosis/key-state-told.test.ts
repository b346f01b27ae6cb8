import t from 'tap'
import { allow, denied, identity, noIdentity } from './case-row.ts'
import { diagnosesOf } from './explain-text.ts'

const key = 'arn:aws:kms:eu-west-1:111122223333:key/0d0bb2a1-1111-4222-8333-444455556666'
const refused = `An error occurred (KMSKeyNotAccessibleFault) when calling the RestoreDBInstanceFromDBSnapshot operation: The specified KMS key [${key}] does not exist, is not enabled or you do not have permissions to access it.`
const of = async (told: string, text = refused) =>
  (await diagnosesOf(`${text}\n${told}`, identity(allow('*'))))[0]?.causes[0]

t.test('a key whose state is told is brought back, and no policy changes', async (t) => {
  for (const told of [
    '"KeyState": "Disabled",',
    '$ aws kms describe-key --key-id 0d0b --query KeyMetadata.KeyState --output text\nDisabled',
    '"PendingDeletion"',
    'it turned out that the KMS key is pending deletion',
    'somebody cleaned up and the KMS key was disabled',
  ]) {
    const found = await of(told)
    t.match(found, { code: 'other-system', facts: { system: 'key-state' } }, told)
    t.match(found?.remedies, [{ kind: 'not-iam', step: 'restore-key' }], told)
  }
})

t.test('a key that is enabled, or of whose state somebody asks, is judged by its policy', async (t) => {
  for (const told of ['"KeyState": "Enabled"', 'how do I see whether the KMS key is disabled?', ''])
    t.not((await of(told))?.facts['system'], 'key-state', told)
})

t.test('what IAM misses is no matter of the state', async (t) => {
  const text = denied('kms:Decrypt', key, noIdentity('kms:Decrypt'))
  t.not((await of('"KeyState": "Disabled"', text))?.facts['system'], 'key-state')
})
