import t from 'tap'
import { answerOf } from './explain-text.ts'

const refused = (operation: string, because: string) =>
  `An error occurred (AccessDenied) when calling the ${operation} operation: User: arn:aws:sts::111122223333:assumed-role/backup/x is not authorized to perform: kms:GenerateDataKey on resource: arn:aws:kms:eu-west-2:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab because ${because}`

const byKey = 'no resource-based policy allows the kms:GenerateDataKey action'
const byIdentity = 'no identity-based policy allows the kms:GenerateDataKey action'

const actionsOf = async (text: string, ...Action: readonly string[]) => {
  const policies = {
    'identity-based': [{ name: 'p', document: { Statement: [{ Effect: 'Allow', Action, Resource: '*' }] as const } }],
  }
  const answer = await answerOf(text, policies)
  return answer?.causes[0]?.remedies.map(({ statement }) => statement?.Action)
}

t.test('an upload in parts reads them back under the key', async (t) => {
  const both = ['kms:GenerateDataKey', 'kms:Decrypt']
  t.strictSame(await actionsOf(refused('CreateMultipartUpload', byKey), 's3:PutObject'), [both, both])
  t.strictSame((await actionsOf(refused('UploadPart', byIdentity), 's3:PutObject'))?.[0], both)
  t.strictSame(
    (await actionsOf(refused('UploadPart', byIdentity), 's3:PutObject', 'kms:Decrypt'))?.[0],
    'kms:GenerateDataKey',
    'what is granted is not asked for again',
  )
  t.strictSame((await actionsOf(refused('PutObject', byKey), 's3:PutObject'))?.[0], 'kms:GenerateDataKey')
})
