import t from 'tap'
import { denied, noIdentity, noResource } from './case-row.ts'
import { diagnosesOf } from './explain-text.ts'

/*
 * What is true of most accounts, and what a log says beside the error, changes nothing of what AWS itself says.
 */

const queue = 'arn:aws:sqs:eu-west-1:111122223333:jobs'
const role = 'assumed-role/reporter/i-0123456789abcdef0'
const said: readonly string[] = [
  denied('sqs:SendMessage', queue, noIdentity('sqs:SendMessage'), 'user/ann'),
  denied('sqs:SendMessage', queue, noIdentity('sqs:SendMessage'), role),
  denied('sqs:SendMessage', queue, noResource('sqs:SendMessage'), role),
  denied('sqs:SendMessage', queue, 'with an explicit deny in an identity-based policy', 'user/ann'),
  denied('sqs:SendMessage', queue, 'with an explicit deny in a service control policy', role),
  denied('sqs:SendMessage', queue, 'because no permissions boundary allows the sqs:SendMessage action', role),
  `An error occurred (AccessDenied) when calling the SendMessage operation: ${denied('sqs:SendMessage', queue, '', role)}`,
]
const beside: readonly string[] = [
  'We have an AWS Organization with several accounts.',
  'MFA is enabled for our users.',
  'The function runs in a VPC with an S3 gateway endpoint.',
  'Using AWS profile "default" from ~/.aws/credentials',
  'It worked last week, nothing changed on our side.',
  'We run this on EKS 1.29 with Karpenter.',
  'We use GitHub Actions with OIDC for deployments.',
  'The bucket is encrypted with SSE-KMS.',
  'Our admin attached AmazonS3ReadOnlyAccess to the role.',
  'INFO  Uploaded build/app.zip to s3://artifacts-7/builds/app.zip (200 OK)',
  'Login Succeeded: 444455556666.dkr.ecr.eu-central-1.amazonaws.com/acme/web:1.2',
  'Deploying stack web to eu-central-1 as arn:aws:iam::444455556666:user/deployer',
  'aws sts get-caller-identity returns arn:aws:sts::444455556666:assumed-role/Admin/kim',
  'ERROR  other-service: connection refused 10.0.0.5:5432',
  'Request to https://api.example.com/v1/users returned 401 Unauthorized',
  'Insufficient Lake Formation permission(s): Required Select on sales',
  "The specified KMS key does not exist or is not allowed to be used with Arn 'arn:aws:logs:eu-west-1:111122223333:log-group:orders'",
  'no permissions for [indices:data/read/search] and User [name=arn:aws:iam::111122223333:role/search]',
  "You don't have access to the model with the specified model ID.",
  'AccessControlListNotSupported: The bucket does not allow ACLs',
  'Node.js v20.11.0, terraform 1.9.5, hashicorp/aws v5.60.0',
]

const told = async (text: string): Promise<unknown> =>
  (await diagnosesOf(text)).map(({ denial, causes }) => [
    denial.class,
    denial.principal,
    denial.action,
    denial.resource,
    denial.policyType,
    denial.effect,
    causes[0]?.code,
    causes[0]?.confidence,
  ])

for (const text of said)
  t.test(text.slice(-110), async (t) => {
    const alone = await told(text)
    for (const line of beside) {
      t.strictSame(await told(`${line}\n\n${text}`), alone, `behind: ${line}`)
      t.strictSame(await told(`${text}\n\n${line}`), alone, `before: ${line}`)
    }
  })
