import t from 'tap'
import { diagnosesOf } from './explain-text.ts'

const bucket = 'arn:aws:s3express:eu-west-1:111122223333:bucket/training--euw1-az1--x-s3'
const said = `User: arn:aws:sts::111122223333:assumed-role/train/i-0abc is not authorized to perform: s3express:CreateSession on resource: ${bucket}`
const bare =
  'aws s3 cp a.txt s3://training--euw1-az1--x-s3/ AccessDenied when calling the PutObject operation: Access Denied'

t.test('how sure it is that the session on a directory bucket lacks', async (t) => {
  const s3Alone = { Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::training--euw1-az1--x-s3/*' }
  const read = { 'identity-based': [{ name: 'own', document: { Version: '2012-10-17', Statement: s3Alone } }] }
  const first = async (text: string, policies?: Parameters<typeof diagnosesOf>[1]) => {
    const [cause] = (await diagnosesOf(text, policies))[0]?.causes ?? []
    return [cause?.code, cause?.confidence]
  }
  const reason = ' because no identity-based policy allows the s3express:CreateSession action'
  t.strictSame(await first(said + reason, read), ['s3-express-createsession', 'evaluated'])
  t.strictSame(await first(said + reason), ['s3-express-createsession', 'stated'])
  t.strictSame(await first(said), ['s3-express-createsession', 'possible'], 'any kind of policy may be it')
  t.strictSame(await first(bare), ['s3-express-createsession', 'possible'], 'another action')
})

t.test('a session of one mode alone is allowed', async (t) => {
  for (const [only, other] of [
    ['ReadOnly', 'ReadWrite'],
    ['ReadWrite', 'ReadOnly'],
  ] as const) {
    const limited = {
      ...{ Effect: 'Allow', Action: 's3express:CreateSession', Resource: bucket },
      Condition: { StringEquals: { 's3express:SessionMode': only } },
    }
    const read = { 'identity-based': [{ name: 'own', document: { Version: '2012-10-17', Statement: limited } }] }
    const [cause] = (await diagnosesOf(said, read))[0]?.causes ?? []
    t.match(cause, { code: 's3-express-createsession', facts: { sessionMode: only, askedMode: other } })
    t.match(cause?.remedies[0], { step: 'meet-condition', values: { values: only }, editedStatement: null })
    // Writing is for the owner to decide, and the limit is never just left out.
    t.match(cause?.remedies[1], { alternative: true, readiness: 'needs-review' })
    t.strictSame(cause?.remedies[1]?.editedStatement?.Condition, {
      StringEquals: { 's3express:SessionMode': [only, other] },
    })
  }
  const both = {
    ...{ Effect: 'Allow', Action: 's3express:CreateSession', Resource: `${bucket}-other` },
    Condition: { StringEquals: { 's3express:SessionMode': ['ReadOnly', 'ReadWrite'] } },
  }
  const read = { 'identity-based': [{ name: 'own', document: { Version: '2012-10-17', Statement: both } }] }
  const [cause] = (await diagnosesOf(said, read))[0]?.causes ?? []
  t.notMatch(cause?.facts, { sessionMode: String }, 'the mode is not what is refused')
})
