import t from 'tap'
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
