import t from 'tap'
import { noResource, resource } from './case-row.ts'
import { diagnosesOf } from './explain-text.ts'

const point = 'arn:aws:s3:eu-west-1:444455556666:accesspoint/reports'
const object = `${point}/object/2026/may.csv`
const denied = (caller: string, action: string, on: string) =>
  `User: arn:aws:sts::${caller}:assumed-role/reader/s is not authorized to perform: ${action} on resource: ${on} ${noResource(action)}`
const targets = async (...asked: Parameters<typeof diagnosesOf>) =>
  (await diagnosesOf(...asked))[0]?.causes[0]?.remedies.map(({ target, statement, alternative }) => ({
    to: target?.attachTo,
    statement,
    alternative,
  })) ?? []

t.test('another account is let in by the access point and by the bucket behind it', async (t) => {
  t.match(await targets(denied('111122223333', 's3:GetObject', object)), [
    { to: 'accesspoint/reports', alternative: false },
    {
      to: 'bucket/<BucketName>',
      alternative: false,
      statement: {
        Principal: { AWS: 'arn:aws:iam::111122223333:role/reader' },
        Action: 's3:GetObject',
        Resource: 'arn:aws:s3:::<BucketName>/*',
        Condition: { StringEquals: { 's3:DataAccessPointAccount': '444455556666' } },
      },
    },
  ])
  t.match((await targets(denied('111122223333', 's3:ListBucket', point)))[1]?.statement, {
    Resource: 'arn:aws:s3:::<BucketName>',
  })
})

t.test('the bucket is left alone within its account, and where its policy was read', async (t) => {
  t.notOk((await targets(denied('444455556666', 's3:GetObject', object))).some(({ to }) => to?.startsWith('bucket/')))
  const read = resource({
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::444455556666:role/own' },
    Action: 's3:*',
    Resource: 'arn:aws:s3:::reports-of-may/*',
  })
  const asked = await targets(denied('111122223333', 's3:GetObject', object), read)
  t.notOk(asked.some(({ to }) => to === 'bucket/<BucketName>'))
})
