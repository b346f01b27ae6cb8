import t from 'tap'
import { diagnosesOf } from './explain-text.ts'

const role = 'arn:aws:iam::111122223333:role/Worker'
const rows: readonly (readonly [text: string, service: string])[] = [
  [`ClientError: SageMaker was unable to assume the role '${role}'`, 'sagemaker.amazonaws.com'],
  [`Role ${role} cannot be assumed by the service emr-serverless.amazonaws.com`, 'emr-serverless.amazonaws.com'],
  [
    'CodeBuild is not authorized to perform: sts:AssumeRole on service role. Please verify that: 1)',
    'codebuild.amazonaws.com',
  ],
  [
    `User arn:aws:redshift:eu-west-1:111122223333:dbuser:cl/ann is not authorized to assume IAM Role ${role}. `,
    'redshift.amazonaws.com',
  ],
]

t.test('the trust policy names the service that the text says could not assume the role', async (t) => {
  for (const [text, service] of rows) {
    const [cause] = (await diagnosesOf(text))[0]?.causes ?? []
    t.equal(cause?.code, 'trust-policy', text)
    t.strictSame(cause?.remedies[0]?.statement?.Principal, { Service: service }, text)
  }
})
