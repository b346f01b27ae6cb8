import t from 'tap'
import { diagnosesOf } from './explain-text.ts'

const asked = async (text: string): Promise<readonly string[]> =>
  (await diagnosesOf(text)).flatMap(({ requests }) => requests.map(({ action }) => action))

t.test('what was being created tells the call only where the refusal follows at once', async (t) => {
  const rows: readonly (readonly [text: string, actions: readonly string[]])[] = [
    ['Error: error creating IAM Role (app): AccessDenied: Access Denied', ['iam:CreateRole']],
    ['Error: creating ECR Repository (app): AccessDeniedException:\n\tstatus code: 400', ['ecr:CreateRepository']],
    ['creating Lambda Function (orders): done\nAccessDenied: Access Denied\n\tstatus code: 403', []],
    ['Error: creating S3 bucket policy: AccessDenied: Access Denied', ['s3:PutBucketPolicy']],
    // The message goes before what stands around it.
    [
      'creating Lambda Function (orders): AccessDeniedException: User: arn:aws:iam::111122223333:user/ann is not authorized to perform: iam:PassRole on resource: arn:aws:iam::111122223333:role/app',
      ['iam:PassRole'],
    ],
  ]
  for (const [text, actions] of rows) t.strictSame(await asked(text), actions, text)
})
