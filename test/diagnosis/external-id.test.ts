import t from 'tap'
import { denied, trust } from './case-row.ts'
import { answerOf } from './explain-text.ts'

const role = 'arn:aws:iam::444455556666:role/deploy'
const refused = denied('sts:AssumeRole', role, '', 'user/ci')
const read = trust({
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::111122223333:user/ci' },
  Action: 'sts:AssumeRole',
  Condition: { StringEquals: { 'sts:ExternalId': 'tide-42' } },
})

t.test('a call that is shown whole sends no external id', async (t) => {
  for (const shown of [
    `provider "aws" {\n  assume_role {\n    role_arn = "${role}"\n  }\n}`,
    `aws sts assume-role --role-arn ${role} --role-session-name ci`,
  ]) {
    const answer = await answerOf(`${refused}\n${shown}`, read)
    t.match(answer?.causes[0], { code: 'trust-policy', confidence: 'evaluated' }, shown)
    t.match(answer?.summary, /`sts:ExternalId` is `tide-42`, and the request carried none/)
    t.match(answer?.causes[0]?.remedies[0]?.instruction, /`external_id` in an `assume_role` block/)
  }
})

t.test('what is not shown whole, or sends one, stays open', async (t) => {
  for (const shown of [
    '',
    `assume_role {\n    role_arn = "${role}"\n    external_id = var.id\n  }`,
    `aws sts assume-role --role-arn ${role} …`,
  ])
    t.equal((await answerOf(`${refused}\n${shown}`, read))?.causes[0]?.confidence, 'possible', shown)
  const sent = `aws sts assume-role --role-arn ${role} --role-session-name ci --external-id tide-43`
  t.match((await answerOf(`${refused}\n${sent}`, read))?.summary, /tide-43/)
})
