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
