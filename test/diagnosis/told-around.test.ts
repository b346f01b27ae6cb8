import t from 'tap'
import { denied, noIdentity } from './case-row.ts'
import type { Policies } from '../../src/iam/policies.ts'
import { diagnosesOf } from './explain-text.ts'

/*
 * What people tell around the error. What AWS says itself comes first; a circumstance adds a candidate behind it, and
 * leads only where the text blames it or AWS says nothing.
 */

const codesOf = async (text: string): Promise<readonly string[]> =>
  (await diagnosesOf(text))[0]?.causes.map(({ code }) => code) ?? []

t.test('a sentence of AWS goes before the circumstances', async (t) => {
  const key =
    'An error occurred (AccessDeniedException) when calling the GetParameter operation: The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.'
  const [key1, ...rest] = await codesOf(`In my first deployment I got this:\n\n${key}`)
  t.equal(key1, 'kms-behind-service')
  t.ok(rest.includes('kms-key-policy') && rest.includes('propagation-delay'), rest.join())
  const trigger = 'PreSignUp invocation failed due to error AccessDeniedException.'
  t.strictSame(await codesOf(`We deploy from a Cloud9 environment.\n\n${trigger}`), [
    'service-principal-policy',
    'wrong-principal',
  ])
})

t.test('a name in place of an access key tells of no keys in the environment', async (t) => {
  const text = denied('iam:CreateUser', 'arn:aws:iam::111122223333:user/b', noIdentity('iam:CreateUser'), 'user/ann')
  const first = async (key: string): Promise<string | undefined> => (await codesOf(`${key}\n${text}`))[0]
  t.equal(await first('"accessKeyId": "{AWS_ACCESS_KEY_ID}"'), 'missing-allow')
  t.equal(await first('"accessKeyId": "<AWS_ACCESS_KEY_ID>"'), 'missing-allow')
  t.equal(await first('key: ${AWS_ACCESS_KEY_ID}'), 'wrong-principal')
})

t.test('a command that is said to work is not the one that was denied', async (t) => {
  const action = async (text: string): Promise<string> => {
    const [diagnosis] = await diagnosesOf(text)
    return diagnosis?.denial.action ?? String(diagnosis?.causes[0]?.facts['action'])
  }
  const upload = 'Uploading fails: AmazonS3Exception: Access Denied'
  t.not(await action(`We ran \`aws s3 ls\` and it works. ${upload}`), 's3:ListAllMyBuckets')
  const mesh = 'kafka server: SASL Authentication failed: [...] Access denied'
  t.equal(
    await action(`- \`aws kafka get-bootstrap-brokers\` matches the endpoints\n\n${mesh}`),
    'kafka-cluster:Connect',
  )
  const role = '`aws sts get-caller-identity` prints the right role.'
  t.not((await codesOf(`${role}\n${upload}`))[0], 'wrong-principal')
  t.equal(await action('`aws s3 ls` works only from the laptop: AccessDenied'), 's3:ListAllMyBuckets')
})

t.test('another principal was meant, as the text says', async (t) => {
  const role = 'assumed-role/source-instance/i-0123456789abcdef0'
  const bare = denied('dynamodb:PutItem', 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders', '', role)
  const said = denied(
    'dynamodb:PutItem',
    'arn:aws:dynamodb:eu-west-1:111122223333:table/orders',
    noIdentity('dynamodb:PutItem'),
    role,
  )
  for (const told of [
    'The roleArn of the destination seems ignored.',
    'It is trying to write using the source EC2 role credentials.',
    'The resource is created in a different account than the one in the message.',
    'This is not the correct user.',
  ])
    for (const message of [bare, said])
      t.strictSame(await codesOf(`${message}\n\n${told}`), ['wrong-principal', 'missing-allow'], told)
  const own = await codesOf(`${said}\n\nThe user does have full access to DynamoDB.`)
  t.strictSame(own.slice(0, 2), ['missing-allow', 'wrong-principal'])
  const expected = await diagnosesOf(
    `${bare}\nroleArn: arn:aws:iam::444455556666:role/writer\n\nThe roleArn seems ignored.`,
  )
  t.equal(expected[0]?.causes[0]?.facts['expected'], 'writer')
})

t.test('the text names the policy that a Deny of no name is in', async (t) => {
  const deny = denied('ce:GetCostAndUsage', '*', 'with an explicit deny', 'assumed-role/ops/kim')
  const first = async (text: string): Promise<string | undefined> => (await codesOf(`${deny}\n\n${text}`))[0]
  t.equal(await first('Using this SCP results in an error.'), 'scp-deny')
  t.equal(await first('There is no SCP on the account.'), 'explicit-deny-unnamed')
  t.equal(await first('The SCPs do not deny it.'), 'explicit-deny-unnamed')
})

t.test('an administrator is one however the word is spelt', async (t) => {
  const bare = 'An error occurred (AccessDenied) when calling the ListRoles operation: Access Denied'
  for (const told of ['I have adminstrator access.', 'I run it with an admin key.'])
    t.equal((await codesOf(`${told}\n\n${bare}`))[0], 'scp-deny', told)
})

t.test('what is refused now and then lacks no permission', async (t) => {
  const text =
    'Randomly getting this exception: AmazonS3Exception: Access Denied (Service: Amazon S3; Status Code: 403)'
  t.strictSame((await codesOf(text)).slice(0, 2), ['wrong-principal', 'propagation-delay'])
})

t.test('a bare answer, and what the text tells of it', async (t) => {
  t.equal(
    (await codesOf('AccessDeniedException unless I detach the Force_MFA policy. MFA is required.'))[0],
    'mfa-required',
  )
  const layers =
    'error pulling image: HTTP 403: <Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>'
  t.equal((await codesOf(`${layers}\n\nMy VPC policy has to name the S3 bucket.`))[0], 'vpce-policy')
  const head = 'An error occurred (403) when calling the HeadObject operation: Forbidden'
  t.strictSame((await codesOf(`The CLI works with the same key.\n${head}`)).slice(0, 2), [
    'wrong-principal',
    's3-missing-object-403',
  ])
  const vended =
    'An error occurred (AccessDeniedException) when calling the GetTemporaryGlueTableCredentials operation: None'
  t.strictSame((await codesOf(vended)).slice(0, 2), ['lake-formation', 'missing-allow'])
})

t.test('the backend of Terraform does not take the role of the provider', async (t) => {
  const text = (backend: string): string =>
    `terraform {\n  backend "s3" {\n    bucket = "state-7"\n    key = "a.tfstate"\n${backend}  }\n}\nprovider "aws" {\n  region = "eu-west-1"\n  assume_role {\n    role_arn = var.role\n  }\n}\n\nError: Error loading state:\n    AccessDenied: Access Denied\n        status code: 403`
  t.equal((await codesOf(text('')))[0], 'wrong-principal')
  t.not((await codesOf(text('    role_arn = var.state\n')))[0], 'wrong-principal')
})

t.test('guests of Cognito pass no role, whatever theirs has', async (t) => {
  const guest = 'assumed-role/Cognito_appUnauth_Role/CognitoIdentityCredentials'
  t.strictSame(await codesOf(denied('iam:PassRole', 'arn:aws:iam::111122223333:role/run', '', guest)), [
    'session-policy-not-allowed',
    'pass-role',
  ])
})

t.test('what the role of a session lacks by what was read is certain, whoever cut the session down', async (t) => {
  const allowing = (action: string): Policies => ({
    'identity-based': [{ name: 'app', document: { Statement: { Effect: 'Allow', Action: action, Resource: '*' } } }],
  })
  const guest = (action: string): string => {
    const role = 'assumed-role/Cognito_shopUnauth_Role/CognitoIdentityCredentials'
    return denied(action, null, '', role)
  }
  const first = async (text: string, action: string) => (await diagnosesOf(text, allowing(action)))[0]?.causes[0]
  const lacking = { code: 'missing-allow', confidence: 'evaluated' }
  t.match(await first(guest('kinesis:PutRecords'), 'mobileanalytics:PutEvents'), lacking)
  t.match(await first(guest('kinesis:PutRecords'), 'kinesis:*'), { code: 'session-policy-not-allowed' })
  // Cognito lets guests do nothing of the kind, whatever their role has.
  t.match(await first(guest('bedrock:InvokeModel'), 's3:*'), { code: 'session-policy-not-allowed' })
})

t.test('an account that is called the customer’s is not the caller’s', async (t) => {
  const resources = async (account: string): Promise<string> => {
    const text = denied('sts:AssumeRole', `arn:aws:iam::${account}:role/deploy`, noIdentity('sts:AssumeRole'))
    return JSON.stringify((await diagnosesOf(text))[0]?.causes[0]?.remedies.map(({ statement }) => statement?.Resource))
  }
  t.match(await resources('<customer>'), 'arn:aws:iam::<AccountId>:role/deploy')
  t.match(await resources('{target_account}'), 'arn:aws:iam::<AccountId>:role/deploy')
  t.match(await resources('<account>'), 'arn:aws:iam::111122223333:role/deploy')
})
