import t from 'tap'
import { answerOf } from './explain-text.ts'

const wildcardUnder = async (operator: string) => {
  const answer = await answerOf(
    'User: arn:aws:sts::111122223333:assumed-role/reports/x is not authorized to perform: sqs:SendMessage on resource: arn:aws:sqs:eu-west-2:444455556666:inbox because no resource-based policy allows the sqs:SendMessage action',
    {
      'identity-based': [
        { name: 'send', document: { Statement: [{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*' }] } },
      ],
      'resource-based': [
        {
          name: 'inbox',
          document: {
            Statement: [
              {
                Effect: 'Allow',
                Principal: '*',
                Action: 'sqs:SendMessage',
                Resource: '*',
                Condition: { [operator]: { 'aws:PrincipalOrgPaths': ['o-a1b2c3d4e5/r-ab12/ou-ab12-*'] } },
              },
            ],
          },
        },
      ],
    },
  )
  return answer?.causes[0]?.remedies[0]
}

t.test('a wildcard is literal under StringEquals, whatever set operator stands before it', async (t) => {
  for (const [operator, meant] of [
    ['ForAnyValue:StringEquals', 'ForAnyValue:StringLike'],
    ['ForAllValues:StringEquals', 'ForAllValues:StringLike'],
    ['ForAnyValue:StringEqualsIfExists', 'ForAnyValue:StringLikeIfExists'],
  ] as const) {
    const remedy = await wildcardUnder(operator)
    t.match(remedy?.diff, meant, operator)
  }
  t.notMatch((await wildcardUnder('ForAnyValue:StringLike'))?.diff, 'StringEquals')
})
