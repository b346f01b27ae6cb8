import t from 'tap'
import { diagnosesOf } from './explain-text.ts'

t.test('what has failed since a first deploy is no delay', async (t) => {
  const told = 'An error occurred (AccessDenied) when calling the GetObject operation: Access Denied.'
  const codesOf = async (text: string) => (await diagnosesOf(text))[0]?.causes.map(({ code }) => code) ?? []
  t.equal((await codesOf(`${told} It fails on the first apply`))[0], 'propagation-delay')
  for (const since of [
    'Started at the first deploy after we changed the key',
    'On the first apply, and it still fails a week later',
  ])
    t.notOk((await codesOf(`${told} ${since}`)).includes('propagation-delay'), since)
})

t.test('the key behind a site is asked for by CloudFront, and by no role', async (t) => {
  const page = '<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error> on every page, CloudFront'
  for (const more of ['', ', bucket policy allows it s3:GetObject']) {
    const [found] = await diagnosesOf(`${page}${more}. Started at the first deploy after the bucket got SSE-KMS`)
    t.match(found?.causes[0], { code: 'kms-key-policy', facts: { kmsActions: 'kms:Decrypt' } })
    const statements = found?.causes.flatMap(({ remedies }) => remedies.map(({ statement }) => statement)) ?? []
    t.ok(statements.every((one) => one?.Principal !== undefined))
  }
})
