import t from 'tap'
import { openParts, withOpen } from '../../src/iam/open-text.ts'
import { isHiddenText } from '../../src/iam/hidden-text.ts'
import { applyChange, diffOf } from '../../src/remedy/change.ts'
import { withHiddenPlaces } from '../../src/remedy/hidden-places.ts'

const document = (Resource: readonly string[]) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource } as const],
})
const queues = (from: number, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `arn:aws:sqs:eu-west-1:111122223333:q${from + index}`)

t.test('a diff is shown where somebody can read it', (t) => {
  const before = document(queues(0, 2000))
  const after = applyChange(before, {
    add: { Effect: 'Allow', Action: 'sqs:PurgeQueue', Resource: '*' },
    edit: null,
  })
  t.match(diffOf({ before, after }, 'p'), /\+ +"Action": "sqs:PurgeQueue"/)
  t.equal(diffOf({ before, after: document(queues(5000, 2000)) }, 'p'), null)
  t.end()
})

t.test('a list stays as it is where nothing in it is hidden', (t) => {
  const twice = [...queues(0, 2), ...queues(0, 1)]
  const statement = { Effect: 'Allow', Action: 'sqs:*', Resource: twice } as const
  t.strictSame(withHiddenPlaces(statement, statement), statement)
  const hidden = 'arn:aws:sqs:eu-west-1:***:jobs'
  t.strictSame(withHiddenPlaces({ ...statement, Resource: [hidden, hidden] }, { ...statement, Resource: hidden }), {
    ...statement,
    Resource: ['arn:aws:sqs:eu-west-1:<AccountId>:jobs'],
  })
  t.end()
})

t.test('what is filled in later, and what was hidden', (t) => {
  t.strictSame(openParts('${a${b}c${AWS::Region}'), ['${a${b}', '${AWS::Region}'])
  t.equal(withOpen('x/${AWS::Region}/${aws:username}', '<open>'), 'x/<open>/${aws:username}')
  t.strictSame(openParts('${a'.repeat(1000)), [], 'without an end')
  for (const text of ['[hidden]', '[account name]', '[ACCOUNT_NAME_2]', '[redacted-value]'])
    t.ok(isHiddenText(`q-${text}`), text)
  for (const text of ['[a-z]', '[ab', `[${'a'.repeat(200)}]`]) t.notOk(isHiddenText(`q-${text}`), text)
  t.end()
})
