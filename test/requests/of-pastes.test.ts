import t from 'tap'
import { loadActionCatalogue } from '../../src/action-catalogue/load.ts'
import { parsePaste } from '../../src/denial/parse.ts'
import { deriveRequests, prefixesOf } from '../../src/requests/derive.ts'

/* Which request stands behind a paste whose words name another call than the refused one, or none. */

const tagging =
  'Resource handler returned message: "Encountered a permissions error performing a tagging operation, please add required tag permissions. Resource handler returned message: "Unauthorized tagging operation"" (HandlerErrorCode: UnauthorizedTaggingOperation)'

interface Row {
  readonly name: string
  readonly text: string
  /** `action resource`, or `action ?pattern|pattern` where the resource is not known. */
  readonly want: string
}

const rows: readonly Row[] = [
  {
    name: 'CloudFormation fetches the template for the caller: its object is refused',
    text: 'aws cloudformation create-stack --stack-name net --template-url https://acme-stacks.s3.eu-west-1.amazonaws.com/net/vpc.yaml\nAn error occurred (ValidationError) when calling the CreateStack operation: S3 error: Access Denied',
    want: 's3:GetObject arn:aws:s3:::acme-stacks/net/vpc.yaml',
  },
  {
    name: 'the same with no place told',
    text: 'An error occurred (ValidationError) when calling the CreateChangeSet operation: S3 error: Access Denied',
    want: 's3:GetObject ?arn:aws:s3:::<BucketName>/<ObjectName>',
  },
  {
    name: 'the provider of an SDK that assumes a role before the call',
    text: 'AWSSecurityTokenServiceException: Access denied (Service: AWSSecurityTokenService; Status Code: 403; Error Code: AccessDenied; Request ID: 0f3a)\n    at com.amazonaws.auth.STSAssumeRoleSessionCredentialsProvider.newSession(STSAssumeRoleSessionCredentialsProvider.java:321)',
    want: 'sts:AssumeRole ?arn:aws:iam::<AccountId>:role/<RoleNameWithPath>',
  },
  {
    name: 'a group of instances is tried with a launch before it is changed',
    text: 'An error occurred (AccessDenied) when calling the UpdateAutoScalingGroup operation: You are not authorized to use launch template: lt-0a1b2c3d4e5f60718',
    want: 'ec2:RunInstances ?arn:aws:ec2:<Region>::image/<ImageId>|arn:aws:ec2:<Region>:<AccountId>:instance/*|arn:aws:ec2:<Region>:<AccountId>:network-interface/*|arn:aws:ec2:<Region>:<AccountId>:security-group/<SecurityGroupId>|arn:aws:ec2:<Region>:<AccountId>:subnet/<SubnetId>|arn:aws:ec2:<Region>:<AccountId>:volume/*|arn:aws:ec2:<Region>:<AccountId>:launch-template/lt-0a1b2c3d4e5f60718',
  },
  {
    name: "a stack's own refusal stays CloudFormation's",
    text: 'An error occurred (AccessDenied) when calling the CreateStack operation: User: arn:aws:iam::111122223333:user/jo is not authorized to perform: cloudformation:CreateStack on resource: arn:aws:cloudformation:eu-west-1:111122223333:stack/net/*',
    want: 'cloudformation:CreateStack arn:aws:cloudformation:eu-west-1:111122223333:stack/net/*',
  },
  {
    name: 'the type of the resource tells which tagging was refused',
    text: `CREATE_FAILED | AWS::KMS::Key | AuditKey | ${tagging}`,
    want: 'kms:TagResource',
  },
  {
    name: 'a role is tagged by an action of its own',
    text: `{"ResourceType": "AWS::IAM::Role", "ResourceStatusReason": "${tagging.replaceAll('"', '\\"')}"}`,
    want: 'iam:TagRole',
  },
  {
    name: 'of several types the last one before the sentence',
    text: `CREATE_COMPLETE | AWS::Logs::LogGroup | Log\nCREATE_FAILED | AWS::SQS::Queue | Jobs | ${tagging}`,
    want: 'sqs:TagQueue',
  },
  {
    name: 'Cost Explorer is asked about the account, not about a billing view',
    text: 'An error occurred (AccessDeniedException) when calling the GetCostAndUsage operation: User: arn:aws:iam::111122223333:user/fin is not authorized to perform: ce:GetCostAndUsage because no identity-based policy allows the ce:GetCostAndUsage action',
    want: 'ce:GetCostAndUsage *',
  },
  {
    name: 'the VPC CNI names the action in its event',
    text: 'Warning MissingIAMPermissions 7m aws-node Unauthorized operation: failed to call ec2:CreateTags due to missing permissions. Please refer to the documentation',
    want: 'ec2:CreateTags',
  },
  {
    name: 'a bucket with a prefix behind it, whole',
    text: 'secretsBucket = acme-secrets/prod\nAn error occurred (AccessDenied) when calling the ListObjects operation: Access Denied',
    want: 's3:ListBucket arn:aws:s3:::acme-secrets',
  },
]

for (const { name, text, want } of rows)
  t.test(name, async (t) => {
    const [denial] = parsePaste(text).denials
    if (denial === undefined) throw new Error('no denial was read')
    const [request] = deriveRequests(denial, await loadActionCatalogue(prefixesOf(denial)), {})
    const { action = '', resource = null, resourcePatterns = [] } = request ?? {}
    const shown = `${action} ${resource ?? `?${resourcePatterns.join('|')}`}`
    t.equal(want.includes(' ') ? shown : action, want)
  })

t.test('whose answer `Forbidden` is', (t) => {
  const cases: readonly (readonly [text: string, format: string, service: string | null])[] = [
    ['{"message":"Forbidden"}', 'api-gateway-forbidden', 'execute-api'],
    [`{ 'message': 'Forbidden' }`, 'api-gateway-forbidden', 'execute-api'],
    [
      'https://abc123.execute-api.eu-west-1.amazonaws.com/prod/x {"message":"Forbidden","code":403}',
      'api-gateway-forbidden',
      'execute-api',
    ],
    [
      'Status Code: 403, AWS Service: Amazon S3, AWS Request ID: F6003FA50CD80573, AWS Error Code: null, AWS Error Message: Forbidden, S3 Extended Request ID: abc',
      'forbidden',
      's3',
    ],
    [
      'Status Code: 403, AWS Service: AmazonDynamoDB, AWS Request ID: ABC, AWS Error Code: null, AWS Error Message: Forbidden',
      'forbidden',
      'dynamodb',
    ],
    [
      "Request to 's3tables.eu-west-1.amazonaws.com/iceberg/v1/config' returned a non-200 status code (Forbidden_403), with reason:",
      'forbidden',
      's3tables',
    ],
    [
      'StorageError: Forbidden at StorageServiceClient._normalizeError (app/node_modules/azure-storage/lib/common/services/storageserviceclient.js:1205:23) statusCode: 403',
      'azure',
      null,
    ],
  ]
  for (const [text, format, service] of cases) {
    const [denial] = parsePaste(text).denials
    t.match(denial?.format, new RegExp(`${format}$`, 'u'), text)
    t.equal(denial?.service, service, text)
  }
  t.strictSame(parsePaste('{"statusCode":403,"error":"Forbidden","message":"Forbidden resource"}').denials, [])
  t.end()
})

t.test('an empty access key is a missing credential, and no wrong Region', (t) => {
  const said = (words: string): string =>
    `<Error><Code>AuthorizationHeaderMalformed</Code><Message>The authorization header is malformed; ${words}</Message></Error>`
  t.match(parsePaste(said('a non-empty Access Key (AKID) must be provided in the credential.')).denials[0], {
    class: 'credential',
    format: /credentials-missing$/u,
  })
  t.match(parsePaste(said("the region 'us-east-1' is wrong; expecting 'eu-west-1'")).denials[0], {
    class: 'other-aws',
    format: /wrong-region$/u,
  })
  t.end()
})
