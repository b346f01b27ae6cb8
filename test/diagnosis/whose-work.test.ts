import t from 'tap'
import { allow, denied, identity, noIdentity, resource, trust } from './case-row.ts'
import { diagnosesOf } from './explain-text.ts'

const codesOf = async (text: string, policies = {}) =>
  (await diagnosesOf(text, policies))[0]?.causes.map(({ code }) => code) ?? []

t.test('a node whose policies hold the rest of the work is meant to do it', async (t) => {
  const node = 'assumed-role/eksctl-heron-NodeInstanceRole-1A2B/i-0abc1234567890def'
  const text = denied('route53:ListHostedZonesByName', null, '', node)
  const given = identity(allow(['route53:ListHostedZones', 'route53:ListResourceRecordSets']))
  t.equal((await codesOf(text, given))[0], 'missing-allow')
  const nodeAlone = identity(allow(['ecr:GetAuthorizationToken', 'ec2:DescribeInstances']))
  t.equal((await codesOf(text, nodeAlone))[0], 'wrong-principal')
  t.equal((await codesOf(`${text}\nthe service account has its role`, given))[0], 'wrong-principal')
  t.equal((await codesOf(`${text}\nwe run without IRSA here`, given))[0], 'missing-allow', 'no role of its own')
})

t.test('a key of AWS for queues lets no service deliver', async (t) => {
  const text =
    "new sqs.Queue(this, 'late', { encryption: sqs.QueueEncryption.KMS_MANAGED })\nInvalidArgument: Unable to validate the following destination configurations"
  const queue = 'arn:aws:sqs:eu-west-1:111122223333:late'
  const source = { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::heron-in' } }
  const letIn = { ...allow('sqs:SendMessage', queue, source), Principal: { Service: 's3.amazonaws.com' } }
  const [diagnosis] = await diagnosesOf(text, resource(letIn))
  t.match(diagnosis?.causes[0], { code: 'kms-key-policy', confidence: 'stated' })
  t.equal(diagnosis?.causes[0]?.remedies[0]?.step, 'use-customer-managed-key')
  const shut = { ...letIn, Principal: { Service: 'sns.amazonaws.com' } }
  t.strictSame((await codesOf(text, resource(shut))).slice(0, 2), ['kms-key-policy', 'service-principal-policy'])
})

t.test('a ciphertext that is refused was read, and by no service that delivers', async (t) => {
  const key = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'
  const text = `topicArn: arn:aws:sns:eu-west-1:111122223333:bills\nkmsMasterKeyId: ${key}\nthe function is never invoked\nKMS.AccessDeniedException: The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access. (Service: AWSKMS; Status Code: 400; Error Code: AccessDeniedException)`
  t.equal((await codesOf(text, identity(allow('sqs:ReceiveMessage'))))[0], 'kms-behind-service')
})

t.test('code that runs with the execution role was given it as its task role', async (t) => {
  const lacking = denied(
    'dynamodb:PutItem',
    'arn:aws:dynamodb:eu-west-1:111122223333:table/t',
    noIdentity('dynamodb:PutItem'),
    'assumed-role/heron_ecs_execution_role/0a1b',
  )
  const [diagnosis] = await diagnosesOf(`${lacking}\nheron_ecs_task_role has AmazonDynamoDBFullAccess`)
  t.match(diagnosis?.causes[0], {
    code: 'ecs-role-confusion',
    remedies: [{ kind: 'switch-principal', step: 'name-task-role' }],
  })
  const pull = denied(
    'ecr:BatchGetImage',
    'arn:aws:ecr:eu-west-1:111122223333:repository/r',
    noIdentity('ecr:BatchGetImage'),
    'assumed-role/heron_ecs_execution_role/0a1b',
  )
  const [agent] = await diagnosesOf(`${pull}\nI added the permission to the task role`)
  t.match(
    agent?.causes[0],
    { code: 'ecs-role-confusion', remedies: [{ kind: 'add-identity-statement' }] },
    'the agent asks with it',
  )
})

t.test('a pipe tells which queue its role could not reach', async (t) => {
  const text =
    "Resource of type 'AWS::Pipes::Pipe' with identifier 'in' did not stabilize. Status Reason is Input parameter is invalid from the request due to : Error occurred while sending message to SQS queue: arn:aws:sqs:eu-west-1:111122223333:late"
  const [diagnosis] = await diagnosesOf(text)
  t.match(diagnosis?.causes[0], {
    code: 'service-role-missing-allow',
    remedies: [{ statement: { Action: 'sqs:SendMessage', Resource: 'arn:aws:sqs:eu-west-1:111122223333:late' } }],
  })
})

t.test('the role of a function that is told of is who called', async (t) => {
  const refused = 'An error occurred (KMS.AccessDeniedException) when calling the SendMessage operation: null'
  const [diagnosis] = await diagnosesOf(`${refused}\nrole of the function: arn:aws:iam::111122223333:role/thumbnails`)
  t.equal(diagnosis?.denial.roleOrUserName, 'thumbnails')
})

t.test('Terraform reads its state without the profile of its provider', async (t) => {
  const refused =
    'Error: Error refreshing state: Unable to access object "a.tfstate" in S3 bucket "heron-state": operation error S3: HeadObject, https response error StatusCode: 403, RequestID: 0ABC, HostID: 0D=, api error Forbidden: Forbidden'
  const provider = 'provider "aws" { profile = "heron" }'
  const apart = `${refused}\n${provider}\nbackend "s3" { bucket = "heron-state" }`
  t.equal((await codesOf(apart))[0], 'wrong-principal')
  const same = `${refused}\n${provider}\nbackend "s3" { bucket = "heron-state"  profile = "heron" }`
  t.not((await codesOf(same))[0], 'wrong-principal')
})

t.test('a tool that leaves the profile out calls as somebody else', async (t) => {
  const refused = 'An error occurred (AccessDenied) when calling the PutObject operation: Access Denied'
  t.equal((await codesOf(`${refused}\nThe command that it runs has no --profile.`))[0], 'wrong-principal')
  t.equal((await codesOf(`${refused}\nIt ignores AWS_PROFILE.`))[0], 'wrong-principal')
  t.not((await codesOf(`${refused}\nI run it with --profile heron.`))[0], 'wrong-principal')
})

t.test('what the other account lets in lacks its own permission', async (t) => {
  const at = 'arn:aws:lambda:eu-west-1:444455556666:function:billing'
  const text = denied('lambda:InvokeFunction', at)
  const lets = (principal: string) =>
    resource({ ...allow('lambda:InvokeFunction', at), Principal: { AWS: `arn:aws:iam::${principal}:root` } })
  t.strictSame(await codesOf(text, lets('111122223333')), ['cross-account-identity-side'])
  t.equal((await codesOf(text, lets('777788889999')))[0], 'cross-account-resource-side')
})

t.test('the owner of a bucket lets in whoever sends the header that it asks for', async (t) => {
  const refused =
    'upload failed: ./a.csv to s3://heron-in/a.csv An error occurred (AccessDenied) when calling the PutObject operation: Access Denied'
  const letIn = {
    ...allow('s3:PutObject', 'arn:aws:s3:::heron-in/*', {
      StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' },
    }),
    Principal: { AWS: 'arn:aws:iam::111122223333:user/ana' },
  }
  const both = { ...identity(allow('s3:PutObject', 'arn:aws:s3:::heron-in/*')), ...resource(letIn) }
  const [diagnosis] = await diagnosesOf(`${refused}\nThe bucket belongs to our partner.`, both)
  t.match(diagnosis?.causes[0], { code: 'condition-mismatch', remedies: [{ step: 'meet-condition' }] })
})

t.test('an object that another account uploaded', async (t) => {
  const refused = 'An error occurred (AccessDenied) when calling the GetObject operation: Access Denied'
  t.equal((await codesOf(`${refused}\nAnother AWS account uploaded the object.`))[0], 'object-ownership')
  t.not((await codesOf(`${refused}\nOur account uploaded the object.`))[0], 'object-ownership')
})

t.test('layers that the policy of the endpoint keeps back', async (t) => {
  const text =
    'CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to copy: httpReadSeeker: failed open: unexpected status code https://111122223333.dkr.ecr.eu-west-1.amazonaws.com/v2/heron/blobs/sha256:9f8e7d: 403 Forbidden'
  const endpoint = (on: string) => ({
    ...identity(allow('ecr:*')),
    'vpc-endpoint': [{ name: 'e', document: { Statement: { ...allow('s3:GetObject', on), Principal: '*' } } }],
  })
  const [kept] = await diagnosesOf(text, endpoint('arn:aws:s3:::heron-data/*'))
  const layers = 'arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*'
  t.match(kept?.causes[0], {
    code: 'vpce-policy',
    facts: { action: 's3:GetObject', resource: layers },
    remedies: [{ statement: { Action: 's3:GetObject', Resource: layers } }],
  })
  t.not((await codesOf(text, endpoint('*')))[0], 'vpce-policy')
})

t.test('a pod goes on as its node where the trust policy of its own role does not take its token', async (t) => {
  const host = 'oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF'
  const lets = (subject: string) =>
    trust({
      Effect: 'Allow',
      Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${host}` },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: { StringEquals: { [`${host}:sub`]: subject } },
    })
  const text =
    'An error occurred (AccessDenied) when calling the ListObjectsV2 operation: Access Denied\nAWS_ROLE_ARN=arn:aws:iam::111122223333:role/heron\nAWS_WEB_IDENTITY_TOKEN_FILE=/var/run/secrets/eks.amazonaws.com/serviceaccount/token\nit runs as system:serviceaccount:jobs:heron'
  const [first] = await diagnosesOf(text, lets('system:serviceaccount:default:heron'))
  t.match(first?.causes[0], { code: 'oidc-trust', confidence: 'evaluated' })
  t.not((await codesOf(text, lets('system:serviceaccount:jobs:heron')))[0], 'oidc-trust', 'it is taken')
})

t.test('who may create service-linked roles already needs no statement for it', async (t) => {
  const arn = 'arn:aws:iam::111122223333:role/aws-service-role/spot.amazonaws.com/AWSServiceRoleForEC2Spot'
  const all = identity(allow('*'))
  t.equal((await codesOf(denied('iam:CreateServiceLinkedRole', arn), all))[0], 'evaluation-allows')
  const told =
    'The provided credentials do not have permission to create the service-linked role for EC2 Spot Instances.'
  const [diagnosis] = await diagnosesOf(told, all)
  t.match(diagnosis?.causes[0], { code: 'service-linked-role', confidence: 'possible' })
  t.strictSame(
    diagnosis?.causes[0]?.remedies.map(({ step }) => step),
    ['create-service-linked-role'],
  )
})
