import t from 'tap'
import { diagnosesOf } from '../diagnosis/explain-text.ts'
import { parsePaste } from '../../src/denial/parse.ts'

const bob = 'arn:aws:iam::111122223333:user/bob'
const ofLambda = 'arn:aws:lambda:ap-northeast-1:111122223333:function:orders'
const denied = (action: string, rest = '', principal = bob): string =>
  `User: ${principal} is not authorized to perform: ${action} on resource: ${rest}`

t.test('where a name ends and a sentence without blanks goes on', (t) => {
  const rows: readonly (readonly [name: string, action: string, rest: string, resource: string | null])[] = [
    ['Japanese', 'lambda:InvokeFunction', `${ofLambda}というエラーが出ました`, ofLambda],
    ['Korean', 'lambda:InvokeFunction', `${ofLambda}에서 오류`, ofLambda],
    ['a full-width comma', 'lambda:InvokeFunction', `${ofLambda}，怎么办`, ofLambda],
    ['a full-width colon', 'lambda:InvokeFunction', `${ofLambda}：这是为什么`, ofLambda],
    ['a full-width bracket', 'lambda:InvokeFunction', `${ofLambda}）という`, ofLambda],
    ['a bucket', 's3:ListBucket', 'arn:aws:s3:::docs입니다', 'arn:aws:s3:::docs'],
    ['an object', 's3:GetObject', 'arn:aws:s3:::docs/a.txtというエラー', 'arn:aws:s3:::docs/a.txt'],
    [
      'Russian',
      'sns:Publish',
      'arn:aws:sns:eu-west-1:111122223333:newsпочему',
      'arn:aws:sns:eu-west-1:111122223333:news',
    ],
    ['everything', 'ec2:DescribeInstances', '*というエラー', '*'],
    ["IAM's short form", 'iam:GetRole', 'role app에서 오류', 'role app'],
    ['no name at all', 'organizations:DescribeAccount', 'のようなエラーになる', null],
    ['no name at all, in Korean', 'organizations:DescribeAccount', '라는 오류', null],
    // What is a name, or stands in place of one.
    ['a key in quotes', 's3:GetObject', '"arn:aws:s3:::docs/写真/夏.jpg"という', 'arn:aws:s3:::docs/写真/夏.jpg'],
    ['a key without quotes', 's3:GetObject', 'arn:aws:s3:::docs/写真/夏.jpg', 'arn:aws:s3:::docs/写真/夏.jpg'],
    [
      'an alarm',
      'cloudwatch:DeleteAlarms',
      'arn:aws:cloudwatch:ap-northeast-1:111122223333:alarm:CPU高負荷',
      'arn:aws:cloudwatch:ap-northeast-1:111122223333:alarm:CPU高負荷',
    ],
    [
      'a job',
      'glue:StartJobRun',
      'arn:aws:glue:ap-northeast-1:111122223333:job/日次集計 because no identity-based policy allows the glue:StartJobRun action',
      'arn:aws:glue:ap-northeast-1:111122223333:job/日次集計',
    ],
    [
      'a stream',
      'logs:PutLogEvents',
      'arn:aws:logs:eu-west-1:111122223333:log-group:/app:log-stream:日報',
      'arn:aws:logs:eu-west-1:111122223333:log-group:/app:log-stream:日報',
    ],
    [
      'an account taken out',
      'lambda:InvokeFunction',
      'arn:aws:lambda:ap-northeast-1:<アカウント>:function:orders',
      'arn:aws:lambda:ap-northeast-1:<アカウント>:function:orders',
    ],
    [
      'a name taken out',
      'iam:GetRole',
      'role 管理者 because no identity-based policy allows the iam:GetRole action',
      'role 管理者',
    ],
    [
      'a part taken out',
      'sns:Publish',
      'arn:aws:sns:eu-west-1:111122223333:my-通知',
      'arn:aws:sns:eu-west-1:111122223333:my-通知',
    ],
    [
      'Latin letters of another language',
      'logs:GetLogEvents',
      'arn:aws:logs:eu-west-1:111122223333:log-group:/café',
      'arn:aws:logs:eu-west-1:111122223333:log-group:/café',
    ],
  ]
  for (const [name, action, rest, resource] of rows)
    t.equal(parsePaste(denied(action, rest)).denials[0]?.resource, resource, name)
  t.end()
})

t.test('who', (t) => {
  const rows: readonly (readonly [text: string, principal: string])[] = [
    [denied('s3:ListBucket', '*', `${bob}さん`), bob],
    [denied('s3:ListBucket', '*', `${bob}。`), bob],
    [denied('s3:ListBucket', '*', 'arn:aws:iam::账号:user/bob'), 'arn:aws:iam::账号:user/bob'],
    [denied('s3:ListBucket', '*', 'arn:aws:iam::111122223333:role/管理者'), 'arn:aws:iam::111122223333:role/管理者'],
    [
      denied('s3:ListBucket', '*', 'arn:aws:sts::111122223333:assumed-role/dev/josé'),
      'arn:aws:sts::111122223333:assumed-role/dev/josé',
    ],
  ]
  for (const [text, principal] of rows) t.equal(parsePaste(text).denials[0]?.principal, principal, text)
  t.end()
})

t.test('a word in place of a name that is ASCII is no name for a policy', async (t) => {
  const rows: readonly (readonly [action: string, resource: string, want: string])[] = [
    [
      'sns:Publish',
      'arn:aws:sns:ap-northeast-1:111122223333:通知',
      'arn:aws:sns:ap-northeast-1:111122223333:<TopicName>',
    ],
    [
      'glue:StartJobRun',
      'arn:aws:glue:eu-west-1:111122223333:job/日次',
      'arn:aws:glue:eu-west-1:111122223333:job/日次',
    ],
  ]
  for (const [action, resource, want] of rows) {
    const [diagnosis] = await diagnosesOf(denied(action, resource))
    t.match(diagnosis?.causes[0]?.remedies[0]?.statement, { Resource: want }, resource)
  }
})

t.test('what stands in place of a caller’s name, in whatever script', (t) => {
  const names = ['<ロール名>', '<역할 이름>', '<Имя>', '\u2039角色\u203a', '{角色}', '[имя роли]', '<app の名前>']
  for (const name of names) {
    const [denial] = parsePaste(
      denied('s3:GetObject', 'arn:aws:s3:::docs/a', `arn:aws:iam::111122223333:user/${name}`),
    ).denials
    t.equal(denial?.principal, `arn:aws:iam::111122223333:user/${name}`)
  }
  t.end()
})

t.test('an encoded message behind words of another language', (t) => {
  const blob = 'Vq0s8RkT3nXyZ1LwJ7uPbC5dMgHaEo9_IfQmWtKrN-2vYxBjUcSz4lOePi6DhGA'
  for (const words of [
    'エンコードされた認証エラーメッセージ',
    '인코딩된 권한 부여 실패 메시지',
    '编码的授权失败消息',
    'Codierte Autorisierungsfehlermeldung',
  ])
    t.match(parsePaste(`${words}: ${blob}`).denials, [{ class: 'encoded', encodedMessage: blob }], words)
  t.strictSame(parsePaste('エンコードされたメッセージ: ok').denials, [], 'no blob')
  t.end()
})
