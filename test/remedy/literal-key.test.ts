import t from 'tap'
import { literalKey } from '../../src/remedy/literal-key.ts'
import { identity, allow } from '../diagnosis/case-row.ts'
import { diagnosesOf } from '../diagnosis/explain-text.ts'

/* What AWS printed of an object is its key, whatever a policy would read in it. */

const bucket = 'arn:aws:s3:::harbour-logs/'

t.test('what a policy would take for a pattern or a variable', (t) => {
  const rows: readonly (readonly [key: string, want: string])[] = [
    ['2026/a.csv', '2026/a.csv'],
    ['a*b?c', 'a${*}b${?}c'],
    ['home/${aws:username}/a', 'home/${$}{aws:username}/a'],
    ['$HOME/a$', '$HOME/a$'],
    ['${STAGE}/a', '${STAGE}/a'],
    ['*', '<ObjectName>'],
    ['logs/***/a', 'logs/***/a'],
  ]
  for (const [key, want] of rows) t.equal(literalKey(`${bucket}${key}`), `${bucket}${want}`, key)
  t.equal(literalKey('arn:aws:ec2:eu-west-1:111122223333:instance/*'), 'arn:aws:ec2:eu-west-1:111122223333:instance/*')
  t.equal(literalKey('arn:aws:s3:::harbour-*'), 'arn:aws:s3:::harbour-*')
  t.end()
})

const remedyOf = async (key: string, policies = identity()) => {
  const text = `User: arn:aws:iam::111122223333:user/pilot is not authorized to perform: s3:GetObject on resource: "${bucket}${key}" because no identity-based policy allows the s3:GetObject action`
  const [diagnosis] = await diagnosesOf(text, policies)
  return diagnosis?.causes[0]?.remedies[0]
}

t.test('a statement opens the object that was denied and no other', async (t) => {
  for (const key of ['a*b?c', 'home/${aws:username}/a']) {
    const remedy = await remedyOf(key)
    t.equal(remedy?.statement?.Resource, literalKey(`${bucket}${key}`), key)
    t.equal(remedy?.readiness, 'ready', key)
    t.match(remedy?.verification, { decision: 'allowed', alsoAllowed: [] }, key)
  }
  const whole = await remedyOf('*')
  t.equal(whole?.statement?.Resource, `${bucket}<ObjectName>`)
  t.equal(whole?.readiness, 'has-placeholders')
})

t.test('an edit adds it in the same form', async (t) => {
  const remedy = await remedyOf('b*', identity(allow('s3:GetObject', `${bucket}a*`)))
  t.strictSame(remedy?.editedStatement?.Resource, [`${bucket}a*`, `${bucket}b\${*}`])
  t.equal(remedy?.verification?.decision, 'allowed')
})

t.test('a pattern of actions is none that a call asks for', async (t) => {
  for (const action of ['s3:*', 's3:Get*', 'sqs:?endMessage']) {
    const text = `User: arn:aws:iam::111122223333:user/pilot is not authorized to perform: ${action} on resource: arn:aws:s3:::harbour-logs because no identity-based policy allows the ${action} action`
    const diagnoses = await diagnosesOf(text)
    t.ok(diagnoses.length > 0)
    const statements = diagnoses.flatMap(({ causes }) =>
      causes.flatMap(({ remedies }) => remedies.map((one) => one.statement)),
    )
    t.strictSame(
      statements.filter((one) => one !== null),
      [],
      action,
    )
  }
})
