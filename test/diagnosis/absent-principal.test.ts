import t from 'tap'
import { answerOf, diagnosesOf } from './explain-text.ts'

const refused =
  'api error MalformedPolicy: Invalid principal in policy (operation error S3: PutBucketPolicy), which names arn:aws:iam::111122223333:role/etl'
const first = async (text: string) => (await diagnosesOf(text))[0]?.causes[0]

t.test('AWS stores no policy with somebody in it who is not there: he is taken out', async (t) => {
  for (const told of ['that role was deleted last week', 'no such role was ever made', '']) {
    const text = `${refused}; ${told}`
    t.match(await first(text), { code: 'stale-principal', remedies: [{ step: 'name-existing-principal' }] }, told)
    const answer = await answerOf(text)
    t.match(answer?.summary, 'names a principal that does not exist')
    t.notMatch(JSON.stringify(answer?.causes[0]), 'created again')
  }
})

t.test('one of the same name that was made anew is written anew', async (t) => {
  for (const told of ['the role was deleted and recreated', 'it shows "AROAEXAMPLE1234567" now'])
    t.match(await first(`${refused}; ${told}`), { remedies: [{ step: 'write-principal-anew' }] }, told)
})
