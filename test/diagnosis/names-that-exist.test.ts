import t from 'tap'
import { diagnosesOf, remediesOf, summaryOf } from './explain-text.ts'

t.test('CloudFormation prints methods of an SDK, and a policy takes actions', async (t) => {
  const actions = {
    setBucketAccelerateConfiguration: 's3:PutAccelerateConfiguration',
    setBucketTaggingConfiguration: 's3:PutBucketTagging',
    SetBucketEncryption: 's3:PutEncryptionConfiguration',
    putBucketNotification: 's3:PutBucketNotification',
  }
  for (const [method, action] of Object.entries(actions))
    t.match(await remediesOf(`UploadBucket - API: s3:${method} Access Denied`), `"Action":"${action}"`)
  t.notMatch(await remediesOf('UploadBucket - API: s3:setBucketColour Access Denied'), 'Colour')
})

t.test('the Region of an API’s ARN is no action', async (t) => {
  const text =
    'User: anonymous is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:eu-west-1:********'
  t.equal((await diagnosesOf(text)).length, 1)
})

t.test('nobody is known however the word is typed', async (t) => {
  const [found] = await diagnosesOf(
    'User: annonymous is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:eu-west-1:111122223333:abc/test/GET/hello',
  )
  t.equal(found?.denial.principalType, 'anonymous')
  t.equal(found?.causes[0]?.code, 'api-gateway-auth')
})

t.test('a kind of resource in two words is that of the action, or no name at all', async (t) => {
  const sentence = (resource: string): string =>
    `User: arn:aws:iam::111122223333:user/app is not authorized to perform: firehose:PutRecord on resource: arn:aws:firehose:us-east-1:111122223333:${resource}`
  t.match(await remediesOf(sentence('delivery streams/orders')), ':deliverystream/orders"')
  t.match(await remediesOf(sentence('data pipes/orders')), ':deliverystream/<DeliveryStreamName>"')
})

t.test('a service-linked role and its principal belong together', async (t) => {
  const refused = 'Before you can proceed, you must enable a service-linked role to give Amazon ES permissions'
  t.match(
    await remediesOf(`${refused}; there is AWSServiceRoleForAmazonOpenSearchService`),
    '/opensearchservice.amazonaws.com/AWSServiceRoleForAmazonOpenSearchService"',
  )
  t.match(await remediesOf(refused), '/es.amazonaws.com/AWSServiceRoleForAmazonElasticsearchService"')
  const notCreated = 'The provided credentials do not have permission to create the service-linked role'
  t.match(await remediesOf(`${notCreated} for EC2 Spot Instances.`), '/spot.amazonaws.com/AWSServiceRoleForEC2Spot"')
  // One mark is filled in with one value.
  t.match(await remediesOf(`${notCreated}.`), '/<Service>.amazonaws.com/AWSServiceRoleFor*"')
})

t.test('the Region tells the partition', async (t) => {
  const fault = 'MalformedPolicyDocument: Partition "aws" is not valid for resource'
  const text = `${fault} "arn:aws:sqs:eusc-de-east-1:111122223333:orders"`
  t.match(await remediesOf(text), '"arn:aws-eusc:sqs:eusc-de-east-1:111122223333:orders"')
})

t.test('Athena’s results bucket is checked with the caller’s permissions, named or not', async (t) => {
  for (const bucket of ['', ' <bucket>', ' ***', ' amzn-s3-demo-bucket', ' when running a query']) {
    const text = `An error occurred (InvalidRequestException) when calling the StartQueryExecution operation: Unable to verify/create output bucket${bucket}`
    t.match(await remediesOf(text), '"Action":"s3:GetBucketLocation"', bucket)
    t.match(await summaryOf(text), 'no permission for `s3:GetBucketLocation`', bucket)
  }
})
