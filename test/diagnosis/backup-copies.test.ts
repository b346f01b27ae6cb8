import t from 'tap'
import { diagnosesOf } from './explain-text.ts'

const key = 'arn:aws:kms:eu-central-1:111122223333:key/0d0bb2a1-1111-4222-8333-444455556666'
const refused = `The source snapshot KMS key [${key}] does not exist, is not enabled or you do not have permissions to access it.`
const vault = (account: string): string => `arn:aws:backup:eu-central-1:${account}:backup-vault:nightly`
const linked = (account: string): string =>
  `arn:aws:iam::${account}:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup`

const policy = (...principals: readonly string[]) => ({
  'resource-based': [
    {
      name: 'key-policy',
      document: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { AWS: principals }, Action: 'kms:*', Resource: '*' }],
      },
    },
  ],
})

t.test('a copy into another account asks as the service-linked role of that account', async (t) => {
  const job = JSON.stringify({
    CopyJob: {
      SourceBackupVaultArn: vault('111122223333'),
      DestinationBackupVaultArn: vault('444455556666'),
      State: 'FAILED',
      StatusMessage: refused,
    },
  })
  const rows: readonly (readonly [text: string, role: string])[] = [
    [job, linked('444455556666')],
    [`Cross-account copy job failed\n${refused}`, linked('<DestinationAccountId>')],
    [`The copy job into account 444455556666 failed: ${refused}`, linked('444455556666')],
    [
      `aws backup start-copy-job --source-backup-vault-name a --destination-backup-vault-arn ${vault('444455556666')} (from ${vault('111122223333')})\nGiven key ID is not accessible. You must have DescribeKey permissions on the default CMK`,
      linked('<DestinationAccountId>'),
    ],
  ]
  for (const [text, role] of rows) {
    const causes = (await diagnosesOf(text))[0]?.causes ?? []
    t.match(causes[0], { code: 'kms-key-policy', confidence: 'possible' }, text)
    const remedies = causes.flatMap((cause) => cause.remedies)
    t.ok(
      remedies.every(({ kind }) => kind === 'key-policy'),
      'no policy of the role itself is changed',
    )
    t.strictSame([...new Set(remedies.map(({ statement }) => statement?.Principal))], [{ AWS: role }, { AWS: role }])
  }
  const lets = async (...principals: readonly string[]) =>
    (await diagnosesOf(job, policy(...principals)))[0]?.causes[0]?.confidence
  t.equal(await lets('arn:aws:iam::111122223333:root'), 'evaluated', 'the own account is not the other one')
  t.equal(await lets('arn:aws:iam::444455556666:root'), 'possible', 'it hands over to the other account')
})

t.test('a copy within the account is its role’s, and another account’s key needs its owner first', async (t) => {
  const codes = async (text: string) => (await diagnosesOf(text))[0]?.causes.map(({ code }) => code)
  t.strictSame(await codes(`Copy job into ${vault('111122223333')} failed: ${refused}`), [
    'kms-behind-service',
    'kms-key-policy',
  ])
  t.strictSame(await codes(`CopyDBClusterSnapshot in account 444455556666: ${refused}`), [
    'kms-key-policy',
    'kms-behind-service',
  ])
})
