import t from 'tap'
import type { Policies } from '../../src/iam/policies.ts'
import { diagnosesOf } from './explain-text.ts'

/*
 * A service blames the role that it was given, and the policies of that role were read.
 */

const identity = (actions: readonly string[], resources: readonly string[] = ['*']): Policies => ({
  'identity-based': [
    { name: 'role', document: { Statement: [{ Effect: 'Allow', Action: actions, Resource: resources }] } },
  ],
})
const causesOf = async (text: string, policies: Policies = {}) => (await diagnosesOf(text, policies))[0]?.causes ?? []
const codesOf = async (text: string, policies: Policies = {}) =>
  (await causesOf(text, policies)).map(({ code }) => code)

const workflows =
  'CREATE_FAILED AWS::MWAA::Environment Orders\nInvalid request provided: Provided role does not have sufficient permissions for s3 location acme-flows/dags (Service: Mwaa, Status Code: 400)'

t.test('the role of MWAA has what it needs: the policy came too late', async (t) => {
  const bucket = ['arn:aws:s3:::acme-flows', 'arn:aws:s3:::acme-flows/*']
  const causes = await causesOf(workflows, identity(['s3:GetObject*', 's3:GetBucket*', 's3:List*'], bucket))
  t.strictSame(
    causes.map(({ code }) => code),
    ['propagation-delay', 'scp-deny'],
  )
  t.match(causes[1]?.facts, { action: 's3:GetObject' }, 'what the role asked, not what the caller did')
  const [lack] = await causesOf(workflows, identity(['s3:GetObject*'], bucket))
  t.match(lack, { code: 'service-role-missing-allow', confidence: 'evaluated' })
  const [unread] = await causesOf(workflows)
  t.match(unread, { code: 'service-role-missing-allow', confidence: 'stated' })
})

t.test('nothing is added to a role that has it', async (t) => {
  const agent = 'Access denied when calling Bedrock. Check your request permissions and retry the request.'
  t.strictSame(await codesOf(agent, identity(['bedrock:InvokeModel*'])), ['bedrock-model-access'])
  t.equal((await codesOf(agent, identity(['s3:*'])))[0], 'service-role-missing-allow')
  const image =
    'Please make sure all images included in the model for the production variant blue exist, and that the execution role used to create the model has permissions to access them.'
  t.equal((await codesOf(image, identity(['ecr:*'])))[0], 'resource-not-found')
  t.equal((await codesOf(image, identity(['s3:*'])))[0], 'service-role-missing-allow')
})

const model = (key: string): string =>
  `An error occurred (ValidationException) when calling the CreateModel operation: Could not access model data at s3://acme-models/${key}. Please ensure that the role "arn:aws:iam::111122223333:role/serve" exists and that its trust relationship policy allows the action "sts:AssumeRole" for the service principal "sagemaker.amazonaws.com". Also ensure that the role has "s3:GetObject" permissions and that the object is located in eu-west-1.`

t.test('SageMaker says the same of a role and of what is not there', async (t) => {
  const all = identity(['*'])
  const [absent] = await causesOf(model('run7/model.tar.gz'), all)
  t.match(absent, {
    code: 'resource-not-found-as-denied',
    facts: { resource: 'arn:aws:s3:::acme-models/run7/model.tar.gz' },
  })
  t.match(absent?.remedies[0]?.step, 'check-key-exists')
  t.equal((await codesOf(model('run7/model.tar.gz')))[0], 'service-role-missing-allow', 'unread')
})

t.test('a prefix as a plain string stands for one object', async (t) => {
  const [unread, prefix] = await causesOf(model('run7/output/model/'))
  t.equal(unread?.code, 'service-role-missing-allow')
  t.match(prefix, { code: 'resource-not-found-as-denied', confidence: 'possible' })
  t.match(prefix?.remedies[0]?.step, 'name-prefix-as-source')
  const [read] = await causesOf(model('run7/output/model/'), identity(['*']))
  t.match(read?.remedies[0]?.step, 'name-prefix-as-source')
})

t.test('an image by a tag of its own machine is in no registry', async (t) => {
  const refused =
    'Failed. Reason: Please make sure all images included in the model for the production variant blue exist, and that the execution role used to create the model has permissions to access them.'
  const first = async (image: string) => (await codesOf(`${refused}\nModel(image_uri="${image}", role=role)`))[0]
  t.equal(await first('shop:1'), 'resource-not-found-as-denied')
  t.equal(await first('acme/shop'), 'resource-not-found-as-denied')
  t.equal(await first('111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop:1'), 'service-role-missing-allow')
  t.equal(await first('ghcr.io/acme/shop:1'), 'service-role-missing-allow')
})

t.test('a service that asked under its own name is nobody else, and has no policies', async (t) => {
  const [key] = await causesOf(
    'CloudTrail: eventSource kms.amazonaws.com eventName Decrypt errorCode AccessDenied userIdentity {"type":"AWSService","invokedBy":"events.amazonaws.com"} resources arn:aws:kms:eu-west-1:111122223333:key/2d2d2d2d-0000-4444-8888-121212121212',
  )
  t.match(key, { code: 'kms-key-policy', facts: { kmsActions: 'kms:Decrypt' } })
  t.match(key?.remedies[0]?.statement, { Principal: { Service: 'events.amazonaws.com' } })
  const codes = await codesOf(
    'CloudTrail has errorCode AccessDenied and userIdentity {"type":"AWSService","invokedBy":"cloudwatch.amazonaws.com"}',
  )
  t.equal(codes[0], 'service-principal-policy')
  t.notOk(codes.some((code) => ['wrong-principal', 'missing-allow', 'scp-deny'].includes(code)))
})

const job = (arn: string): string =>
  `Your backup job failed as AWS Backup does not have permission to describe resource ${arn}. Please review your IAM policies to ensure AWS Backup can protect your resources.`

t.test('AWS Backup looks at each kind of resource by calls of its service', async (t) => {
  const bucket = 'arn:aws:s3:::acme-invoices'
  const [cause] = await causesOf(job(bucket))
  t.match(cause, { code: 'service-role-missing-allow', confidence: 'possible' })
  t.match(cause?.remedies[0]?.statement, { Resource: bucket })
  t.match(JSON.stringify(cause?.remedies[0]?.statement), 's3:GetBucketTagging')
  t.match(cause?.remedies[1], { alternative: true, step: 'attach-existing-policy' })
  const table = 'arn:aws:dynamodb:eu-west-1:111122223333:table/Orders'
  const [ofTable] = await causesOf(job(table))
  t.match(ofTable?.remedies[0]?.statement, {
    Action: ['dynamodb:DescribeTable', 'dynamodb:ListTagsOfResource'],
    Resource: table,
  })
  const [volume] = await causesOf(job('arn:aws:ec2:eu-west-1:111122223333:volume/vol-0a1b2c3d4e5f60718'))
  t.match(volume?.remedies[0]?.statement, { Resource: '*' })
  const [read] = await causesOf(job(table), identity(['dynamodb:*']))
  t.notOk(JSON.stringify(read?.remedies).includes('dynamodb:DescribeTable'), 'it has that')
})

t.test('the target of a crawler: its role, or Lake Formation', async (t) => {
  const refused = 'ERROR : User does not have access to target s3://acme-lake/sales/eu'
  t.strictSame(await codesOf(refused), ['service-role-missing-allow', 'lake-formation'])
  t.equal((await codesOf(`${refused}\nThe location is registered with Lake Formation`))[0], 'lake-formation')
  t.strictSame(await codesOf(refused, identity(['s3:*'])), ['lake-formation'])
  const [lack] = await causesOf(refused, identity(['s3:GetObject'], ['arn:aws:s3:::other/*']))
  t.match(lack, { code: 'service-role-missing-allow', confidence: 'evaluated' })
})

const waf =
  'CREATE_FAILED | AWS::WAFv2::LoggingConfiguration | WafLog | Resource handler returned message: "You don\'t have the permissions that are required to perform this operation. (Service: Wafv2, Status Code: 400, Request ID: 1)" (HandlerErrorCode: AccessDenied)'

t.test('who turns on logs sets up their delivery', async (t) => {
  const [own, delivery] = await causesOf(waf)
  t.match(own, { code: 'missing-allow', facts: { action: 'wafv2:PutLoggingConfiguration' } }, 'named by the row')
  t.match(delivery, { code: 'dependent-action-needed', facts: { option: 'log-delivery' } })
  const [read] = await causesOf(waf, identity(['wafv2:*', 'logs:Describe*', 'logs:CreateLogDelivery']))
  t.equal(read?.code, 'dependent-action-needed')
  t.match(read?.remedies[0]?.statement, { Action: ['logs:DeleteLogDelivery', 'logs:PutResourcePolicy'], Resource: '*' })
  t.not((await codesOf(waf, identity(['wafv2:*', 'logs:*'])))[0], 'dependent-action-needed')
  const resolver =
    'An error occurred (AccessDeniedException) when calling the CreateResolverQueryLogConfig operation: Access denied'
  t.equal((await codesOf(resolver, identity(['route53resolver:*'])))[0], 'dependent-action-needed')
})
