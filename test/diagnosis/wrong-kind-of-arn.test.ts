import t from 'tap'
import { diagnosesOf } from './explain-text.ts'

t.test('a user where a role belongs: there is no trust policy to change', async (t) => {
  const texts = [
    'An error occurred (AccessDenied) when calling the AssumeRole operation: User: arn:aws:iam::111122223333:user/dev is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::111122223333:user/deployer',
    'InsufficientDeliveryPolicyException: Insufficient delivery policy to s3 bucket: acme-config, unable to assume role: arn:aws:iam::111122223333:user/deployer.',
    'An error occurred (InvalidParameterValueException) when calling the CreateFunction operation: The role defined for the function cannot be assumed by Lambda.\n$ aws lambda create-function --function-name orders --role arn:aws:iam::111122223333:user/deployer',
  ]
  for (const text of texts) {
    const [answer] = await diagnosesOf(text)
    const [cause] = answer?.causes ?? []
    t.match(cause, { code: 'trust-policy', facts: { user: 'arn:aws:iam::111122223333:user/deployer' } }, text)
    t.equal(cause?.remedies[0]?.kind, 'other')
    t.notOk(cause?.remedies.some(({ statement }) => statement !== null))
  }
})

t.test('a user who assumes a role is no role', async (t) => {
  const [answer] = await diagnosesOf(
    'User: arn:aws:iam::111122223333:user/dev is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::111122223333:role/deployer',
  )
  t.equal(answer?.causes[0]?.facts['user'], undefined)
  t.equal(answer?.causes[0]?.remedies[0]?.kind, 'trust-policy')
})

t.test('the ARN of a bucket where its name belongs, as the service prints it', async (t) => {
  const texts = [
    "Insufficient delivery policy to s3 bucket: arn:aws:s3:::acme-records, unable to write to bucket, provided s3 key prefix is 'null'.",
    'Access Denied for bucket: arn:aws:s3:::acme-records. Please check S3bucket permission',
  ]
  for (const text of texts) {
    const [answer] = await diagnosesOf(text)
    t.match(answer?.causes[0], {
      code: 'resource-not-found-as-denied',
      facts: { given: 'arn:aws:s3:::acme-records' },
    })
    t.match(answer?.causes[0]?.remedies[0]?.kind, 'not-iam', text)
  }
  const [named] = await diagnosesOf(
    "Insufficient delivery policy to s3 bucket: acme-records, unable to write to bucket, provided s3 key prefix is 'null'.",
  )
  t.equal(named?.causes[0]?.code, 'service-principal-policy')
})
