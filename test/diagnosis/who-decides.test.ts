import t from 'tap'
import type { Statement } from '../../src/iam/policy-document.ts'
import { diagnosesOf, remediesOf, summaryOf } from './explain-text.ts'

const causesOf = async (text: string): Promise<readonly string[]> =>
  (await diagnosesOf(text))[0]?.causes.map(({ code }) => code) ?? []

t.test('an account without an organization is no member account of one', async (t) => {
  for (const text of [
    'AWSOrganizationsNotInUseException',
    'An error occurred (OrganizationAccessDeniedException) when calling the DescribeOrganizationConformancePacks operation: This action can only be made by accounts in an AWS Organization',
  ])
    t.match(await summaryOf(text), 'from an account that is in no organization')
})

t.test('Cost Explorer is turned on, and is nothing of Marketplace', async (t) => {
  const text =
    'An error occurred (AccessDeniedException) when calling the GetCostAndUsage operation: User not enabled for cost explorer access'
  t.match(await summaryOf(text), 'Cost Explorer is not turned on')
})

t.test('two calls that are no matter of IAM are two answers', async (t) => {
  const calls = [
    'An error occurred (AWSOrganizationsNotInUseException) when calling the ListAccounts operation: Your account is not a member of an organization.',
    'An error occurred (AccessDeniedException) when calling the GetCostAndUsage operation: User not enabled for cost explorer access',
  ]
  const operations = async (text: string) => (await diagnosesOf(text)).map(({ denial }) => denial.operation)
  t.strictSame(await operations(calls.join('\n')), ['ListAccounts', 'GetCostAndUsage'])
  t.strictSame(await operations(`${calls.join('\n')}\nError: User not enabled for cost explorer access`), [
    'ListAccounts',
    'GetCostAndUsage',
  ])
})

t.test('a service that may not assume a role asks for its trust', async (t) => {
  const text =
    'An error occurred (InvalidRequestException) when calling the CreateSoftwareUpdateJob operation: Permission denied when attempting to assume role arn:aws:iam::111122223333:role/update.'
  t.equal((await causesOf(text))[0], 'trust-policy')
})

t.test('a login to RDS by IAM is not the database’s alone', async (t) => {
  const text =
    "IAM connection fails: java.sql.SQLException: Access denied for user 'app'@'10.0.0.5' (using password: YES)\n at software.aws.rds.jdbc.mysql.shading.com.mysql.cj.jdbc.exceptions.SQLError.createSQLException"
  t.equal((await causesOf(text))[0], 'missing-allow')
  t.match(await remediesOf(text), 'rds-db:connect')
})

t.test('a property in code is not what AWS said', async (t) => {
  const denied = 'An error occurred (AccessDenied) when calling the GetObject operation: Access Denied'
  const code = 'blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,'
  t.notOk((await causesOf(`${code}\n${denied}`)).includes('block-public-access'))
})

t.test('no session may ask for a federation token, so MFA comes with a role', async (t) => {
  const text =
    'User: arn:aws:iam::111122223333:user/ann is not authorized to perform: sts:GetFederationToken on resource: arn:aws:sts::111122223333:federated-user/ann with an explicit deny. MFA is enforced.'
  const found = await remediesOf(text)
  t.match(found, 'aws sts assume-role')
  t.notMatch(found, 'get-session-token')
})

t.test('the header that is advised is the one that the Deny lets past', async (t) => {
  const deny = {
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:PutObject',
    Resource: 'arn:aws:s3:::amzn-s3-demo-bucket/*',
    Condition: { StringNotEquals: { 's3:x-amz-server-side-encryption': 'AES256' } },
  }
  const text =
    'User: arn:aws:iam::111122223333:user/ann is not authorized to perform: s3:PutObject on resource: arn:aws:s3:::amzn-s3-demo-bucket/a with an explicit deny in a resource-based policy'
  const [found] = await diagnosesOf(text, {
    'resource-based': [{ name: 'bucket', document: { Version: '2012-10-17', Statement: [deny] } }],
  })
  t.match(JSON.stringify(found?.causes[0]?.remedies), '"sse":"AES256"')
})

t.test('what SageMaker and the console of EC2 say is recognised', async (t) => {
  const [found] = await diagnosesOf(
    "The role 'arn:aws:iam::111122223333:role/serve' does not have BatchGetImage permission for the image: '444455556666.dkr.ecr.us-east-1.amazonaws.com/serve:1'.",
  )
  t.match(found?.denial, { principal: 'arn:aws:iam::111122223333:role/serve', operation: 'BatchGetImage' })
  t.equal(found?.requests[0]?.action, 'ecr:BatchGetImage')
  t.equal((await diagnosesOf('You are not authorized to describe Running Instances'))[0]?.denial.service, 'ec2')
})

const codesOf = async (text: string, type: 'identity-based', statement: Statement) =>
  (
    await diagnosesOf(text, { [type]: [{ name: 'own', document: { Version: '2012-10-17', Statement: [statement] } }] })
  )[0]?.causes.map(({ code }) => code) ?? []

t.test('a variable in place of its value is nothing to grant', async (t) => {
  const denied = (name: string): string =>
    `User: arn:aws:iam::111122223333:user/ci is not authorized to perform: lambda:InvokeFunction on resource: arn:aws:lambda:eu-west-1:111122223333:function:${name}`
  const [found] = await diagnosesOf(denied('$FUNCTION_NAME'))
  const told = found?.causes.map(({ code, confidence }) => `${code}: ${confidence}`) ?? []
  // The writer may have hidden the name.
  t.strictSame(told.slice(0, 2), ['resource-not-found-as-denied: possible', 'missing-allow: possible'])
  t.match(await remediesOf(denied('$FUNCTION_NAME')), ':function:<FunctionName>')
  const onOther: Statement = {
    Effect: 'Allow',
    Action: 'lambda:InvokeFunction',
    Resource: 'arn:aws:lambda:eu-west-1:111122223333:function:orders',
  }
  t.strictSame(await codesOf(denied('$FUNCTION_NAME'), 'identity-based', onOther), ['resource-not-found-as-denied'])
})

t.test('a session cannot be assumed', async (t) => {
  const denied = (resource: string): string =>
    `User: arn:aws:sts::111122223333:assumed-role/build/run-1 is not authorized to perform: sts:AssumeRole on resource: ${resource}`
  const text = denied('arn:aws:sts::111122223333:assumed-role/build/run-1')
  t.strictSame(await causesOf(text), ['resource-not-found-as-denied'])
  t.match(await remediesOf(text), 'arn:aws:iam::111122223333:role/build')
  t.ok((await causesOf(denied('arn:aws:iam::111122223333:role/build'))).includes('trust-policy'))
})

t.test('whoever signs nothing has no policies that could deny', async (t) => {
  const text =
    'User: anonymous is not authorized to perform: es:ESHttpGet on resource: arn:aws:es:eu-west-1:111122223333:domain/logs/_search with an explicit deny'
  t.strictSame(await causesOf(text), ['explicit-deny-resource', 'vpce-policy'])
  t.equal(
    (await causesOf('Anonymous users cannot initiate multipart uploads. Please authenticate.'))[0],
    'credentials-missing',
  )
})

t.test('a service that is refused for want of an identity-based policy acts with a role', async (t) => {
  const denied = (reason: string): string =>
    `Service Principal: glue.amazonaws.com is not authorized to perform: logs:PutLogEvents on resource: arn:aws:logs:eu-west-1:111122223333:log-group:/aws-glue/crawlers:log-stream:orders because no ${reason} policy allows the logs:PutLogEvents action`
  t.equal((await causesOf(denied('identity-based')))[0], 'service-role-missing-allow')
  t.equal((await causesOf(denied('resource-based')))[0], 'service-principal-policy')
})

t.test('what guests of an identity pool may do nobody can widen', async (t) => {
  const text =
    'User: arn:aws:sts::111122223333:assumed-role/Cognito_shopUnauth_Role/CognitoIdentityCredentials is not authorized to perform: ecs:RunTask because no session policy allows the ecs:RunTask action'
  t.match(await summaryOf(text), 'basic flow')
})

t.test('sentences that name what no Allow changes', async (t) => {
  const rows: readonly (readonly [text: string, code: string])[] = [
    [
      "Access denied for operation 'AWS::CloudFront::Distribution: Your account must be verified before you can add new CloudFront resources.",
      'not-subscribed',
    ],
    ['Amazon.SQS.AmazonSQSException: Request is throttled. ---> (403) Forbidden.', 'throttled'],
    ['Access control list (ACL) not supported\nObjects can only be added to this bucket', 'object-ownership'],
    ['Invalid Logging Configuration: The CloudWatch Logs Resource Policy size was exceeded.', 'resource-policy-limit'],
    [
      'User is not authorized to perform this action. Check Firebase Storage rules. (storage/unauthorized)',
      'other-system',
    ],
    ['{"message":"User is not authorized to access this resource"}', 'api-gateway-auth'],
    [
      'InvalidKMSResourceException: The grant for the CMK arn:aws:kms:eu-west-1:111122223333:key/0a1b to the orders delivery stream might have been revoked or caller might not have sufficient permissions for the CMK.',
      'kms-behind-service',
    ],
  ]
  for (const [text, code] of rows) t.equal((await causesOf(text))[0], code, text)
  t.strictSame(await causesOf('{"message":"The current user is not authorized to access this resource."}'), [])
})
