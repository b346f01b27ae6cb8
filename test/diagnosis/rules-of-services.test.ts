import t from 'tap'
import { answerOf } from './explain-text.ts'

const called = (operation: string, code: string, message: string): string =>
  `An error occurred (${code}) when calling the ${operation} operation: ${message}`

t.test('a rule of a service gets the step that its users know', async (t) => {
  for (const [text, step] of [
    [
      called('UpdateStack', 'InsufficientCapabilitiesException', 'Requires capabilities : [CAPABILITY_IAM]'),
      /--capabilities CAPABILITY_IAM`/u,
    ],
    [
      called('CopyObject', 'InvalidObjectState', "Operation is not valid for the source object's storage class"),
      /restore it/u,
    ],
    [
      called(
        'AssumeRole',
        'InvalidParameterValue',
        "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
      ),
      /transitive one/u,
    ],
    [
      called(
        'AcceptVpcPeeringConnection',
        'OperationNotPermitted',
        'User 444455556666 cannot accept peering pcx-0d1e2f3a',
      ),
      /accepter VPC/u,
    ],
    [
      'Action denied by stack policy: Statement [#2] does not allow [Update:Delete] for resource [Orders]',
      /policy of the stack/u,
    ],
  ] as const) {
    const [cause] = (await answerOf(text))?.causes ?? []
    t.match(cause, { code: 'other-system', confidence: 'stated' }, text)
    t.match(cause?.remedies[0]?.instruction, step)
    t.match((await answerOf(text, {}, {}, 'ko'))?.causes[0]?.remedies[0]?.instruction, /[\uac00-\ud7a3]/u)
  }
})

t.test('other words of theirs are left to the reader', async (t) => {
  for (const text of [
    called('RestoreObject', 'InvalidObjectState', 'Restore is not allowed for the object’s current storage class'),
    called('AssumeRole', 'InvalidParameterValue', 'Duplicate tag keys found.'),
  ]) {
    const [cause] = (await answerOf(text))?.causes ?? []
    t.match(cause?.remedies[0]?.instruction, /own words/u, text)
  }
})
