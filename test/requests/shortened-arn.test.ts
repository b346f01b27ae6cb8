import t from 'tap'
import { loadActionCatalogue } from '../../src/action-catalogue/load.ts'
import { deriveRequests, prefixesOf } from '../../src/requests/derive.ts'
import { emptyDenial } from '../helper/evidence.ts'

const asked = async (action: string, resource: string): Promise<string> => {
  const denial = { ...emptyDenial, accountId: '111122223333', action, resource }
  const [first] = deriveRequests(denial, await loadActionCatalogue(prefixesOf(denial)), {})
  return first?.resource ?? first?.resourcePatterns.join('|') ?? ''
}

t.test('an ARN from which a field went with its colon', async (t) => {
  const rows: readonly (readonly [action: string, resource: string, want: string])[] = [
    [
      'states:StartExecution',
      'arn:aws:states:...:stateMachine:orders',
      'arn:aws:states:<Region>:111122223333:stateMachine:orders',
    ],
    [
      'states:DescribeExecution',
      'arn:aws:states:...:execution:orders:run-1',
      'arn:aws:states:<Region>:111122223333:execution:orders:run-1',
    ],
    ['lambda:InvokeFunction', 'arn:aws:lambda:\u2026:function:f', 'arn:aws:lambda:<Region>:111122223333:function:f'],
    [
      'lambda:InvokeFunction',
      'arn:aws:lambda:eu-west-1:function:f',
      'arn:aws:lambda:eu-west-1:111122223333:function:f',
    ],
    [
      'lambda:InvokeFunction',
      'arn:aws:lambda:444455556666:function:f',
      'arn:aws:lambda:<Region>:444455556666:function:f',
    ],
    ['lambda:InvokeFunction', 'arn:aws:...:function:f', 'arn:aws:lambda:<Region>:111122223333:function:f'],
    [
      'secretsmanager:GetSecretValue',
      'arn:aws:secretsmanager:...:secret:db',
      'arn:aws:secretsmanager:<Region>:111122223333:secret:db',
    ],
    ['dynamodb:GetItem', 'arn:aws:dynamodb:***:table/Users', 'arn:aws:dynamodb:<Region>:111122223333:table/Users'],
    ['ssm:GetParameter', 'arn:aws:ssm:...:parameter/db/user', 'arn:aws:ssm:<Region>:111122223333:parameter/db/user'],
    ['iam:GetRole', 'arn:aws:iam::role/app', 'arn:aws:iam::111122223333:role/app'],
    [
      'bedrock:InvokeModel',
      'arn:aws:bedrock:...:foundation-model/x.y',
      'arn:aws:bedrock:<Region>::foundation-model/x.y',
    ],
    ['sqs:SendMessage', 'arn:aws:sqs:...:orders', 'arn:aws:sqs:<Region>:111122223333:orders'],
    ['s3:GetObject', 'arn:aws:s3:...:docs/a.txt', 'arn:aws:s3:::docs/a.txt'],
    [
      'lambda:InvokeFunction',
      'arn:aws:lambda:...:function:...',
      'arn:aws:lambda:<Region>:111122223333:function:<FunctionName>',
    ],
    // Nothing is missing, or there is no telling what.
    ['lambda:InvokeFunction', 'arn:aws:lambda:...:...:function:f', 'arn:aws:lambda:<Region>:111122223333:function:f'],
    [
      'lambda:InvokeFunction',
      'arn:aws:lambda:eu-west-1:111122223333:function:function:f',
      'arn:aws:lambda:eu-west-1:111122223333:function:function:f',
    ],
    ['sns:Publish', 'arn:aws:sns:eu-west-1:111122223333', 'arn:aws:sns:eu-west-1:111122223333:<TopicName>'],
    ['sns:Publish', 'arn:aws:sns:eu-west-1:1111...', 'arn:aws:sns:<Region>:111122223333:<TopicName>'],
    ['s3:GetObject', 'arn:aws:s3:::docs/table/a.txt', 'arn:aws:s3:::docs/table/a.txt'],
    [
      'ssm:GetParameter',
      'arn:aws:ssm:eu-west-1::parameter/aws/service/x',
      'arn:aws:ssm:eu-west-1::parameter/aws/service/x',
    ],
    [
      'bedrock:InvokeModel',
      'arn:aws:bedrock:eu-west-1::foundation-model/x.y',
      'arn:aws:bedrock:eu-west-1::foundation-model/x.y',
    ],
  ]
  for (const [action, resource, want] of rows) t.equal(await asked(action, resource), want, resource)
})
