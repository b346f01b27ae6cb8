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

t.test('a part of a resource is created by a call of its own', async (t) => {
  const rows: readonly (readonly [thing: string, actions: readonly string[]])[] = [
    ['IAM Role (app) Policy', ['iam:PutRolePolicy']],
    ['IAM Role (app) Policy (inline)', ['iam:PutRolePolicy']],
    ['IAM Role Policy Attachment', ['iam:AttachRolePolicy']],
    ['IAM policy version app', ['iam:CreatePolicyVersion']],
    ['IAM policy app', ['iam:CreatePolicy']],
    ['IAM policy attachment app', []],
    ['KMS Key Policy', ['kms:PutKeyPolicy']],
    ['KMS Key Alias', ['kms:CreateAlias']],
    ['KMS Key (data)', ['kms:CreateKey']],
    ['ECR Repository Policy (app)', ['ecr:SetRepositoryPolicy']],
    ['ECS Cluster (shop) Capacity Providers', ['ecs:PutClusterCapacityProviders']],
    ['Lambda Function URL (orders)', ['lambda:CreateFunctionUrlConfig']],
    ['Lambda Function (orders) Event Invoke Config', ['lambda:PutFunctionEventInvokeConfig']],
    ['Secrets Manager Secret Version', ['secretsmanager:PutSecretValue']],
    ['S3 Bucket (docs) Versioning', ['s3:PutBucketVersioning']],
    ['S3 bucket (docs) ACL', ['s3:PutBucketAcl']],
    ['S3 bucket notification', ['s3:PutBucketNotification']],
    ['S3 Bucket (docs) Lifecycle Configuration', ['s3:PutLifecycleConfiguration']],
    ['S3 Bucket (docs) Widget', []],
    ['S3 bucket docs-1', ['s3:CreateBucket']],
    ['S3 Bucket (docs)', ['s3:CreateBucket']],
  ]
  for (const [thing, actions] of rows)
    t.strictSame(await asked(`Error: creating ${thing}: AccessDenied: Access Denied`), actions, thing)
  t.notOk(
    (
      await asked(
        'creating S3 bucket docs-1: AccessDenied: User: arn:aws:iam::111122223333:user/ann is not authorized to perform this operation',
      )
    ).includes('s3:CreateBucket'),
    'a sentence with a caller in it speaks of a call of its own',
  )
})
