import t from 'tap'
import { loadActionCatalogue } from '../../src/action-catalogue/load.ts'
import type { CallSeen, Denial } from '../../src/denial/denial.ts'
import type { DeniedRequest } from '../../src/requests/denied-request.ts'
import { deriveRequests, prefixesOf } from '../../src/requests/derive.ts'
import type { Hints } from '../../src/requests/hints.ts'
import { partitionOfPolicies } from '../../src/requests/partition.ts'
import { emptyDenial } from '../helper/evidence.ts'

const session = 'arn:aws:sts::111122223333:assumed-role/reporter/i-0123456789abcdef0'

const denialWith = (said: Partial<Denial>): Denial => ({
  ...emptyDenial,
  principal: session,
  principalType: 'assumed-role',
  accountId: '111122223333',
  roleOrUserName: 'reporter',
  sessionName: 'i-0123456789abcdef0',
  ...said,
})

const unknown = { principal: null, principalType: null, accountId: null, roleOrUserName: null, sessionName: null }

const call = (service: string, operation: string, parameters: Record<string, string>): CallSeen => ({
  service,
  operation,
  parameters,
  span: [0, 0],
})

const derive = async (said: Partial<Denial>, hints: Hints = {}): Promise<readonly DeniedRequest[]> => {
  const denial = denialWith(said)
  return deriveRequests(denial, await loadActionCatalogue(prefixesOf(denial, hints)), hints)
}

interface Row {
  readonly name: string
  readonly said: Partial<Denial>
  readonly hints?: Hints
  /** `action resource`, or `action ?pattern|pattern` where the resource is not known. */
  readonly want: readonly string[]
}

const shown = ({ action, resource, resourcePatterns }: DeniedRequest): string =>
  `${action} ${resource ?? `?${resourcePatterns.join('|')}`}`

const rows: readonly Row[] = [
  {
    name: 'a request over HTTP to a domain is for what is below it',
    said: { action: 'es:ESHttpGet', resource: 'arn:aws:es:eu-west-1:111122223333:domain/orders' },
    want: ['es:ESHttpGet arn:aws:es:eu-west-1:111122223333:domain/orders/*'],
  },
  {
    name: 'a domain that is described is the domain itself',
    said: { action: 'es:DescribeDomain', resource: 'arn:aws:es:eu-west-1:111122223333:domain/orders' },
    want: ['es:DescribeDomain arn:aws:es:eu-west-1:111122223333:domain/orders'],
  },
  {
    name: 'an action without resource types is asked on *',
    said: { action: 's3:ListAllMyBuckets' },
    want: ['s3:ListAllMyBuckets *'],
  },
  {
    name: 'the action is spelled as AWS spells it',
    said: { action: 'sqs:sendmessage', resource: 'arn:aws:sqs:eu-west-1:111122223333:orders' },
    want: ['sqs:SendMessage arn:aws:sqs:eu-west-1:111122223333:orders'],
  },
  {
    name: 'a service name in front of an action becomes its IAM prefix',
    said: { action: 'monitoring:PutMetricData' },
    want: ['cloudwatch:PutMetricData *'],
  },
  {
    name: 'an API name in place of an action becomes the action',
    said: { action: 's3:ListObjectsV2', resource: 'arn:aws:s3:::photos' },
    want: ['s3:ListBucket arn:aws:s3:::photos'],
  },
  {
    name: 'an action that nobody lists is kept as AWS printed it',
    said: { action: 'iam:BrandNewThing' },
    want: ['iam:BrandNewThing ?'],
  },
  {
    name: 'a bucket of nobody known, by the partition of the policies at hand',
    said: { ...unknown, action: 's3:ListBucket', calls: [call('s3', 'ListObjectsV2', { bucket: 'photos' })] },
    hints: { partition: 'aws-cn' },
    want: ['s3:ListBucket arn:aws-cn:s3:::photos'],
  },
  {
    name: 'a key on the command line tells the partition before them',
    said: {
      ...unknown,
      operation: 'PutObject',
      service: 's3',
      calls: [
        call('s3', 'PutObject', {
          bucket: 'photos',
          key: 'a.png',
          sseKmsKeyId: 'arn:aws-us-gov:kms:us-gov-west-1:111122223333:key/k',
        }),
      ],
    },
    hints: { partition: 'aws-cn' },
    want: ['s3:PutObject arn:aws-us-gov:s3:::photos/a.png'],
  },
  {
    name: "the caller's partition counts first",
    said: { action: 's3:ListBucket', calls: [call('s3', 'ListObjectsV2', { bucket: 'photos' })] },
    hints: { partition: 'aws-cn' },
    want: ['s3:ListBucket arn:aws:s3:::photos'],
  },
  {
    name: "IAM's short form of a role",
    said: { action: 'iam:GetRole', resource: 'role deployer' },
    want: ['iam:GetRole arn:aws:iam::111122223333:role/deployer'],
  },
  {
    name: "IAM's short form around a whole ARN",
    said: { action: 'iam:GetPolicy', resource: 'policy arn:aws:iam::111122223333:policy/x' },
    want: ['iam:GetPolicy arn:aws:iam::111122223333:policy/x'],
  },
  {
    name: "IAM's short form when the account is not known",
    said: { action: 'iam:GetUser', resource: 'user kim', principal: null, principalType: null, accountId: null },
    want: ['iam:GetUser ?arn:aws:iam::<AccountId>:user/kim'],
  },
  {
    name: 'a table without the ARN in front',
    said: { action: 'dynamodb:PutItem', resource: 'table/orders', region: 'eu-west-1' },
    want: ['dynamodb:PutItem arn:aws:dynamodb:eu-west-1:111122223333:table/orders'],
  },
  {
    name: 'a bare name is completed by the resource type',
    said: { action: 'states:StartExecution', resource: 'nightly', region: 'us-east-1' },
    want: ['states:StartExecution arn:aws:states:us-east-1:111122223333:stateMachine:nightly'],
  },
  {
    name: 'an ARN that lost its beginning',
    said: { action: 'ec2:RunInstances', resource: 'ec2:us-east-1:111122223333:instance/*' },
    want: ['ec2:RunInstances arn:aws:ec2:us-east-1:111122223333:instance/*'],
  },
  {
    name: 'a percent-encoded ARN',
    said: {
      action: 'states:StartExecution',
      resource: 'arn%3Aaws%3Astates%3Aus-east-1%3A111122223333%3AstateMachine%3Anightly',
    },
    want: ['states:StartExecution arn:aws:states:us-east-1:111122223333:stateMachine:nightly'],
  },
  {
    name: 'an ARN that AWS encodes within another stays as printed',
    said: {
      action: 'apigateway:POST',
      resource: 'arn:aws:apigateway:eu-west-1::/tags/arn%3Aaws%3Aapigateway%3Aeu-west-1%3A%3A%2Fv2%2Fapis%2F*',
    },
    want: [
      'apigateway:POST arn:aws:apigateway:eu-west-1::/tags/arn%3Aaws%3Aapigateway%3Aeu-west-1%3A%3A%2Fv2%2Fapis%2F*',
    ],
  },
  {
    name: 'an action for tags is none of the HTTP verbs',
    said: { action: 'apigateway:TagResource' },
    want: ['apigateway:TagResource ?'],
  },
  {
    name: 'a path below which IAM lists is no resource',
    said: { action: 'iam:ListPolicies', resource: 'policy path /' },
    want: ['iam:ListPolicies *'],
  },
  {
    name: 'a role of IAM Identity Center has a path that IAM leaves out',
    said: { action: 'iam:ListRolePolicies', resource: 'role AWSReservedSSO_Viewer_0123456789abcdef' },
    want: [
      'iam:ListRolePolicies ?arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_Viewer_0123456789abcdef',
    ],
  },
  {
    name: 'so does a service-linked role',
    said: { action: 'iam:GetRole', resource: 'role AWSServiceRoleForECS' },
    want: ['iam:GetRole ?arn:aws:iam::111122223333:role/aws-service-role/*/AWSServiceRoleForECS'],
  },
  {
    name: 'a word in place of the Region',
    said: { action: 'sns:Publish', resource: 'arn:aws:sns:region:AccountID:pager' },
    want: ['sns:Publish ?arn:aws:sns:<Region>:111122223333:pager'],
  },
  {
    name: 'a wildcard in place of the Region is one',
    said: { action: 'sns:Publish', resource: 'arn:aws:sns:us-*:111122223333:pager' },
    want: ['sns:Publish arn:aws:sns:us-*:111122223333:pager'],
  },
  {
    name: 'names in brackets are what somebody took out',
    said: {
      action: 'apigateway:PUT',
      resource: 'arn:aws:apigateway:eu-west-1::/restapis/{rest-api-id}/resources/abc/methods/POST',
    },
    want: ['apigateway:PUT ?arn:aws:apigateway:eu-west-1::/restapis/<RestApiId>/resources/abc/methods/POST'],
  },
  {
    name: 'brackets in a key of S3 are its own',
    said: { action: 's3:GetObject', resource: 'arn:aws:s3:::site/{lang}/index.html' },
    want: ['s3:GetObject arn:aws:s3:::site/{lang}/index.html'],
  },
  {
    name: 'a masked account takes the account of the caller',
    said: { action: 'lambda:InvokeFunction', resource: 'arn:aws:lambda:us-east-1:************:function:f' },
    want: ['lambda:InvokeFunction arn:aws:lambda:us-east-1:111122223333:function:f'],
  },
  {
    name: 'a masked account stays open when the caller is masked too',
    said: {
      action: 'lambda:InvokeFunction',
      resource: 'arn:aws:lambda:us-east-1:XXXXXXXXXXXX:function:f',
      principal: 'arn:aws:sts::XXXXXXXXXXXX:assumed-role/r/s',
      accountId: null,
    },
    want: ['lambda:InvokeFunction ?arn:aws:lambda:us-east-1:<AccountId>:function:f'],
  },
  {
    name: 'a Region and an account that somebody took out',
    said: { action: 'sns:Publish', resource: 'arn:aws:sns:::job-failures' },
    want: ['sns:Publish ?arn:aws:sns:<Region>:111122223333:job-failures'],
  },
  {
    name: 'a Region alone that somebody took out',
    said: { action: 'sqs:SendMessage', resource: 'arn:aws:sqs::111122223333:jobs', region: 'eu-west-1' },
    want: ['sqs:SendMessage arn:aws:sqs:eu-west-1:111122223333:jobs'],
  },
  {
    name: 'a Region behind stars',
    said: { action: 'ecr:BatchGetImage', resource: 'arn:aws:ecr:***:111122223333:repository/web' },
    want: ['ecr:BatchGetImage ?arn:aws:ecr:<Region>:111122223333:repository/web'],
  },
  {
    name: 'a hosted zone has neither Region nor account',
    said: { action: 'route53:GetHostedZone', resource: 'arn:aws:route53:::hostedzone/Z0123456789' },
    want: ['route53:GetHostedZone arn:aws:route53:::hostedzone/Z0123456789'],
  },
  {
    name: 'an API has no account',
    said: { action: 'apigateway:GET', resource: 'arn:aws:apigateway:eu-west-1::/restapis' },
    want: ['apigateway:GET arn:aws:apigateway:eu-west-1::/restapis'],
  },
  {
    name: 'an image has no account',
    said: { action: 'ec2:RunInstances', resource: 'arn:aws:ec2:eu-west-1::image/ami-0123456789abcdef0' },
    want: ['ec2:RunInstances arn:aws:ec2:eu-west-1::image/ami-0123456789abcdef0'],
  },
  {
    name: "a model of a global inference profile has no Region, and AWS's document no account",
    said: { action: 'bedrock:InvokeModel', resource: 'arn:aws:bedrock:::foundation-model/anthropic.claude-v9' },
    want: ['bedrock:InvokeModel arn:aws:bedrock:::foundation-model/anthropic.claude-v9'],
  },
  {
    name: "AWS's own document has no account",
    said: { action: 'ssm:SendCommand', resource: 'arn:aws:ssm:eu-west-1::document/AWS-RunShellScript' },
    want: ['ssm:SendCommand arn:aws:ssm:eu-west-1::document/AWS-RunShellScript'],
  },
  {
    name: 'an ARN of an action that nobody lists stays as it is',
    said: { action: 'sns:BrandNewThing', resource: 'arn:aws:sns:::job-failures' },
    want: ['sns:BrandNewThing arn:aws:sns:::job-failures'],
  },
  {
    name: 'a name behind stars',
    said: { action: 'route53:ChangeResourceRecordSets', resource: 'arn:aws:route53:::hostedzone/***' },
    want: ['route53:ChangeResourceRecordSets ?arn:aws:route53:::hostedzone/<Id>'],
  },
  {
    name: 'one star is a wildcard of AWS',
    said: { action: 'ec2:RunInstances', resource: 'arn:aws:ec2:eu-west-1:111122223333:instance/*' },
    want: ['ec2:RunInstances arn:aws:ec2:eu-west-1:111122223333:instance/*'],
  },
  {
    name: 'a table that the program did not name',
    said: { action: 'dynamodb:PutItem', resource: 'arn:aws:dynamodb:eu-west-1:111122223333:table/undefined' },
    want: ['dynamodb:PutItem ?arn:aws:dynamodb:eu-west-1:111122223333:table/<TableName>'],
  },
  {
    name: 'a bucket that the program did not name',
    said: { action: 's3:GetObject', resource: 'arn:aws:s3:::None/in/a.csv' },
    want: ['s3:GetObject ?arn:aws:s3:::<BucketName>/in/a.csv'],
  },
  {
    name: 'a queue URL without the name of a queue',
    said: { action: 'sqs:SendMessage', resource: 'https://sqs.eu-west-1.amazonaws.com/111122223333/undefined' },
    want: ['sqs:SendMessage ?arn:aws:sqs:eu-west-1:111122223333:<QueueName>'],
  },
  {
    name: "IAM's short form without a name",
    said: { action: 'iam:GetRole', resource: 'role undefined' },
    want: ['iam:GetRole ?arn:aws:iam::111122223333:role/<RoleNameWithPath>'],
  },
  {
    name: 'a secret without a name',
    said: { action: 'secretsmanager:GetSecretValue', resource: 'undefined', region: 'eu-west-1' },
    want: ['secretsmanager:GetSecretValue ?arn:aws:secretsmanager:eu-west-1:111122223333:secret:<SecretId>'],
  },
  {
    name: 'a Region that the program did not have',
    said: { action: 'sqs:SendMessage', resource: 'arn:aws:sqs:undefined:111122223333:jobs' },
    want: ['sqs:SendMessage ?arn:aws:sqs:<Region>:111122223333:jobs'],
  },
  {
    name: 'a stage that the program left out of the path of a parameter',
    said: { action: 'ssm:GetParameter', resource: 'arn:aws:ssm:eu-west-1:111122223333:parameter/undefined/db' },
    want: ['ssm:GetParameter ?arn:aws:ssm:eu-west-1:111122223333:parameter/<ParameterNameWithoutLeadingSlash>/db'],
  },
  {
    name: 'a parameter below a path that is called null',
    said: { action: 'ssm:GetParameter', resource: 'arn:aws:ssm:eu-west-1:111122223333:parameter/null/db' },
    want: ['ssm:GetParameter arn:aws:ssm:eu-west-1:111122223333:parameter/null/db'],
  },
  {
    name: "an account that is missing from a function's ARN, whatever the function is called",
    said: { action: 'lambda:InvokeFunction', resource: 'arn:aws:lambda:eu-west-1::function:aws-reports' },
    want: ['lambda:InvokeFunction arn:aws:lambda:eu-west-1:111122223333:function:aws-reports'],
  },
  {
    name: 'a folder of an object may be called so',
    said: { action: 's3:GetObject', resource: 'arn:aws:s3:::photos/null/a.jpg' },
    want: ['s3:GetObject arn:aws:s3:::photos/null/a.jpg'],
  },
  {
    name: 'a name that merely holds the word',
    said: { action: 'dynamodb:PutItem', resource: 'arn:aws:dynamodb:eu-west-1:111122223333:table/undefined-orders' },
    want: ['dynamodb:PutItem arn:aws:dynamodb:eu-west-1:111122223333:table/undefined-orders'],
  },
  {
    name: 'a queue URL',
    said: { action: 'sqs:ReceiveMessage', resource: 'https://sqs.eu-west-3.amazonaws.com/444455556666/jobs' },
    want: ['sqs:ReceiveMessage arn:aws:sqs:eu-west-3:444455556666:jobs'],
  },
  {
    name: 'a queue URL without a queue leaves the pattern',
    said: { action: 'sqs:ReceiveMessage', resource: 'https://sqs.eu-west-3.amazonaws.com/', region: 'eu-west-3' },
    want: ['sqs:ReceiveMessage ?arn:aws:sqs:eu-west-3:111122223333:<QueueName>'],
  },
  {
    name: 'a phone number is no topic',
    said: { action: 'SNS:Publish', resource: '+15555550100' },
    want: ['sns:Publish +15555550100'],
  },
  {
    name: 'a phone number whose end is taken out is no topic',
    said: { action: 'SNS:Publish', resource: '+1555....' },
    want: ['sns:Publish +1555....'],
  },
  {
    name: 'a Cognito identity has no ARN',
    said: { action: 'iot:AttachPolicy', resource: 'eu-west-1:01234567-89ab-cdef-0123-456789abcdef' },
    want: ['iot:AttachPolicy eu-west-1:01234567-89ab-cdef-0123-456789abcdef'],
  },
  {
    name: 'a bare name to which AWS adds the time of its creation',
    said: { action: 'kinesisvideo:PutMedia', resource: 'porch', region: 'eu-west-1' },
    want: ['kinesisvideo:PutMedia arn:aws:kinesisvideo:eu-west-1:111122223333:stream/porch/*'],
  },
  {
    name: 'a bare name where two names are needed says nothing',
    said: { action: 'ecs:UpdateService', resource: 'web', region: 'eu-west-1' },
    want: ['ecs:UpdateService ?arn:aws:ecs:eu-west-1:111122223333:service/<ClusterName>/<ServiceName>'],
  },
  {
    name: 'an ARN whose front was left out by dots',
    said: { action: 'bedrock-agentcore:GetResourceOauth2Token', resource: '.../token-vault/default' },
    want: [
      'bedrock-agentcore:GetResourceOauth2Token ?arn:aws:bedrock-agentcore:<Region>:111122223333:token-vault/default',
    ],
  },
  {
    name: 'the front left out, and a path behind',
    said: { action: 'iam:GetRole', resource: '.../role/team/app' },
    want: ['iam:GetRole arn:aws:iam::111122223333:role/team/app'],
  },
  {
    name: 'the front left out up to the name',
    said: { action: 'lambda:InvokeFunction', resource: '\u2026:orders', region: 'eu-west-1' },
    want: ['lambda:InvokeFunction arn:aws:lambda:eu-west-1:111122223333:function:orders'],
  },
  {
    name: 'the front left out, and a part of it behind the dots',
    said: { action: 'sqs:SendMessage', resource: '.../111122223333/orders', region: 'eu-west-1' },
    want: ['sqs:SendMessage ?arn:aws:sqs:eu-west-1:111122223333:<QueueName>'],
  },
  {
    name: 'the front left out, and nothing tells which of many types the name is of',
    said: { action: 'ec2:AttachVolume', resource: '.../web-1', region: 'eu-west-1' },
    want: [
      'ec2:AttachVolume ?arn:aws:ec2:eu-west-1:111122223333:instance/<InstanceId>|arn:aws:ec2:eu-west-1:111122223333:volume/<VolumeId>',
    ],
  },
  {
    name: 'the front left out up to the index of a table',
    said: { action: 'dynamodb:Query', resource: '.../index/by-date', region: 'eu-west-1' },
    want: ['dynamodb:Query ?arn:aws:dynamodb:eu-west-1:111122223333:table/<TableName>/index/by-date'],
  },
  {
    name: 'the front left out up to the key of an object',
    said: { action: 's3:GetObject', resource: '.../reports/a.csv' },
    want: ['s3:GetObject ?arn:aws:s3:::<BucketName>/reports/a.csv'],
  },
  {
    name: 'an ARN that ends in dots',
    said: { action: 'firehose:PutRecord', resource: 'arn:aws:firehose:eu-west-1:....' },
    want: ['firehose:PutRecord ?arn:aws:firehose:eu-west-1:111122223333:deliverystream/<DeliveryStreamName>'],
  },
  {
    name: 'an ARN that is cut off',
    said: { action: 'kinesis:DescribeStream', resource: 'arn:aws:kin' },
    want: ['kinesis:DescribeStream ?arn:aws:kinesis:<Region>:111122223333:stream/<StreamName>'],
  },
  {
    name: 'what is created has no id yet',
    said: { operation: 'CreateVolume', service: 'ec2', region: 'eu-west-1' },
    want: ['ec2:CreateVolume arn:aws:ec2:eu-west-1:111122223333:volume/*'],
  },
  {
    name: 'what is created has no id yet, but what it is created in has one',
    said: {
      operation: 'CreateSecurityGroup',
      service: 'ec2',
      region: 'eu-west-1',
      calls: [call('ec2', 'create-security-group', { vpcId: 'vpc-0a1b2c3d' })],
    },
    want: [
      'ec2:CreateSecurityGroup ?arn:aws:ec2:eu-west-1:111122223333:security-group/*|arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-0a1b2c3d',
    ],
  },
  {
    name: 'a fleet and its instances are new',
    said: { operation: 'CreateFleet', service: 'ec2' },
    want: ['ec2:CreateFleet ?arn:aws:ec2:<Region>:111122223333:fleet/*|arn:aws:ec2:<Region>:111122223333:instance/*'],
  },
  {
    name: 'a group of Auto Scaling has a name and gets an id',
    said: {
      operation: 'CreateAutoScalingGroup',
      service: 'autoscaling',
      region: 'eu-west-1',
      calls: [call('autoscaling', 'create-auto-scaling-group', { autoScalingGroupName: 'web' })],
    },
    want: [
      'autoscaling:CreateAutoScalingGroup arn:aws:autoscaling:eu-west-1:111122223333:autoScalingGroup:*:autoScalingGroupName/web',
    ],
  },
  {
    name: 'a launch is asked about on all that it always touches',
    said: { operation: 'RunInstances', service: 'ec2', region: 'eu-west-1' },
    want: [
      'ec2:RunInstances ?arn:aws:ec2:eu-west-1::image/<ImageId>|arn:aws:ec2:eu-west-1:111122223333:instance/*|arn:aws:ec2:eu-west-1:111122223333:network-interface/*|arn:aws:ec2:eu-west-1:111122223333:security-group/<SecurityGroupId>|arn:aws:ec2:eu-west-1:111122223333:subnet/<SubnetId>|arn:aws:ec2:eu-west-1:111122223333:volume/*',
    ],
  },
  {
    name: 'what is deleted has an id',
    said: { operation: 'DeleteVolume', service: 'ec2', region: 'eu-west-1' },
    want: ['ec2:DeleteVolume ?arn:aws:ec2:eu-west-1:111122223333:volume/<VolumeId>'],
  },
  {
    name: 'what is provisioned is there already',
    said: { operation: 'ProvisionProduct', service: 'servicecatalog', region: 'eu-west-1' },
    want: ['servicecatalog:ProvisionProduct ?arn:aws:catalog:eu-west-1:111122223333:product/<ProductId>'],
  },
  {
    name: 'what is created by a name of its own',
    said: { operation: 'CreateQueue', service: 'sqs', region: 'eu-west-1' },
    want: ['sqs:CreateQueue ?arn:aws:sqs:eu-west-1:111122223333:<QueueName>'],
  },
  {
    name: 'an id that the caller chooses',
    said: { operation: 'CreateUser', service: 'elasticache', region: 'eu-west-1' },
    want: ['elasticache:CreateUser ?arn:aws:elasticache:eu-west-1:111122223333:user:<UserId>'],
  },
  {
    name: 'of many models those that are mostly meant',
    said: { action: 'bedrock:InvokeModel', region: 'eu-west-1' },
    want: [
      'bedrock:InvokeModel ?arn:aws:bedrock:eu-west-1::foundation-model/<ResourceId>|arn:aws:bedrock:eu-west-1:111122223333:inference-profile/<ResourceId>',
    ],
  },
  {
    name: 'a hundred types have one pattern',
    said: { action: 'ec2:CreateTags', region: 'eu-west-1' },
    want: ['ec2:CreateTags ?arn:aws:ec2:eu-west-1:111122223333:<ResourceType>/<ResourceId>'],
  },
  {
    name: 'types with different separators leave the whole tail open',
    said: { action: 'cloudwatch:TagResource', region: 'eu-west-1' },
    want: ['cloudwatch:TagResource ?arn:aws:cloudwatch:eu-west-1:111122223333:<Resource>'],
  },
  {
    name: 'types of different services have nothing in common',
    said: { action: 'wafv2:DisassociateWebACL', region: 'eu-west-1' },
    want: ['wafv2:DisassociateWebACL ?<ResourceArn>'],
  },
  {
    name: 'resources of API Gateway start with a slash',
    said: { action: 'apigateway:POST', region: 'eu-west-1' },
    want: ['apigateway:POST ?arn:aws:apigateway:eu-west-1::/<ResourcePath>'],
  },
  {
    name: 'the operation tells which resource of API Gateway it is',
    said: { operation: 'CreateRestApi', service: 'apigateway', region: 'eu-west-1' },
    want: ['apigateway:POST ?arn:aws:apigateway:eu-west-1::/restapis'],
  },
  {
    name: 'nothing but the operation',
    said: { operation: 'HeadObject' },
    want: ['s3:GetObject ?arn:aws:s3:::<BucketName>/<ObjectName>'],
  },
  {
    name: 'the service of an error text is not always the one that was called',
    said: {
      operation: 'GetParameter',
      service: 'kms',
      region: 'eu-west-1',
      calls: [call('ssm', 'get-parameter', { name: '/app/db' })],
    },
    want: ['ssm:GetParameter arn:aws:ssm:eu-west-1:111122223333:parameter/app/db'],
  },
  {
    name: 'bucket and key of a command line',
    said: { operation: 'GetObject', calls: [call('s3', 'get-object', { bucket: 'photos', key: '2026/a b.jpg' })] },
    want: ['s3:GetObject arn:aws:s3:::photos/2026/a b.jpg'],
  },
  {
    name: 'a command line alone',
    said: { region: 'us-east-1', calls: [call('dynamodb', 'get-item', { tableName: 'orders' })] },
    want: ['dynamodb:GetItem arn:aws:dynamodb:us-east-1:111122223333:table/orders'],
  },
  {
    name: 'a version id asks for the action of versions',
    said: { operation: 'GetObject', calls: [call('s3', 'GetObject', { bucket: 'b', key: 'k', versionId: 'v1' })] },
    want: ['s3:GetObjectVersion arn:aws:s3:::b/k'],
  },
  {
    name: 'an ACL asks for a second action',
    said: { operation: 'PutObject', calls: [call('s3', 'PutObject', { bucket: 'b', key: 'k', acl: 'public-read' })] },
    want: ['s3:PutObject arn:aws:s3:::b/k', 's3:PutObjectAcl arn:aws:s3:::b/k'],
  },
  {
    name: 'a copy is asked on both sides when the source is known',
    said: {
      operation: 'CopyObject',
      calls: [call('s3', 'CopyObject', { bucket: 'to', key: 'k', copySource: 'from/a/b' })],
    },
    want: ['s3:PutObject arn:aws:s3:::to/k', 's3:GetObject arn:aws:s3:::from/a/b'],
  },
  {
    name: 'a copy with nothing known is asked on the target',
    said: { operation: 'CopyObject' },
    want: ['s3:PutObject ?arn:aws:s3:::<BucketName>/<ObjectName>'],
  },
  {
    name: 'a function name',
    said: { operation: 'Invoke', region: 'us-east-1', calls: [call('lambda', 'invoke', { 'function-name': 'greet' })] },
    want: ['lambda:InvokeFunction arn:aws:lambda:us-east-1:111122223333:function:greet'],
  },
  {
    name: 'an ARN among the parameters',
    said: {
      operation: 'GetSecretValue',
      calls: [
        call('secretsmanager', 'get-secret-value', {
          secretId: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:db-AbC123',
        }),
      ],
    },
    want: ['secretsmanager:GetSecretValue arn:aws:secretsmanager:us-east-1:111122223333:secret:db-AbC123'],
  },
  {
    name: 'the name of a secret lacks its last six characters',
    said: {
      operation: 'GetSecretValue',
      region: 'us-east-1',
      calls: [call('secretsmanager', 'get-secret-value', { secretId: 'db' })],
    },
    want: ['secretsmanager:GetSecretValue ?arn:aws:secretsmanager:us-east-1:111122223333:secret:db-??????'],
  },
  {
    name: 'PartiQL is told apart by its verb',
    said: {
      operation: 'ExecuteStatement',
      service: 'dynamodb',
      calls: [call('dynamodb', 'ExecuteStatement', { statement: 'INSERT INTO t VALUE {}', tableName: 't' })],
    },
    want: ['dynamodb:PartiQLInsert ?arn:aws:dynamodb:<Region>:111122223333:table/t'],
  },
  {
    name: 'Glue asks on catalog, database and table',
    said: { action: 'glue:GetTable', region: 'us-east-1' },
    want: [
      'glue:GetTable ?arn:aws:glue:us-east-1:111122223333:database/<DatabaseName>|arn:aws:glue:us-east-1:111122223333:catalog|arn:aws:glue:us-east-1:111122223333:table/<DatabaseName>/<TableName>',
    ],
  },
  {
    name: 'a Region of the European Sovereign Cloud is one',
    said: { action: 'sqs:SendMessage', resource: 'arn:aws-eusc:sqs:eusc-de-east-1:111122223333:orders' },
    want: ['sqs:SendMessage arn:aws-eusc:sqs:eusc-de-east-1:111122223333:orders'],
  },
  {
    name: 'the partition is that of the caller',
    said: {
      action: 'iam:GetRole',
      resource: 'role x',
      principal: 'arn:aws-us-gov:iam::111122223333:user/kim',
      principalType: 'user',
    },
    want: ['iam:GetRole arn:aws-us-gov:iam::111122223333:role/x'],
  },
  {
    name: 'hints fill what the text does not say',
    said: { action: 'kms:Decrypt' },
    hints: { resource: 'arn:aws:kms:us-east-1:111122223333:key/k' },
    want: ['kms:Decrypt arn:aws:kms:us-east-1:111122223333:key/k'],
  },
  {
    name: 'hints override nothing',
    said: { action: 'kms:Decrypt', resource: 'arn:aws:kms:us-east-1:111122223333:key/k' },
    hints: { action: 'kms:Encrypt', resource: 'arn:aws:kms:us-east-1:111122223333:key/other' },
    want: ['kms:Decrypt arn:aws:kms:us-east-1:111122223333:key/k'],
  },
  {
    name: 'a decoded message',
    said: {
      operation: 'RunInstances',
      decodedMessage: { context: { action: 'ec2:RunInstances', resource: 'arn:aws:ec2:us-east-1::image/ami-1' } },
    },
    want: ['ec2:RunInstances arn:aws:ec2:us-east-1::image/ami-1'],
  },
  { name: 'nothing is known', said: {}, want: [] },
]

for (const { name, said, hints, want } of rows) {
  t.test('the partition that policies are written for', (t) => {
    const policies = (...resources: readonly string[]) => ({
      'identity-based': resources.map((Resource) => ({
        name: 'p',
        document: { Statement: { Effect: 'Allow', Resource } },
      })),
    })
    t.equal(partitionOfPolicies(undefined), undefined)
    t.equal(partitionOfPolicies(policies('*')), undefined)
    t.equal(partitionOfPolicies(policies('arn:aws-cn:s3:::a', '*', 'arn:aws-cn:s3:::b')), 'aws-cn')
    t.equal(partitionOfPolicies(policies('arn:aws-cn:s3:::a', 'arn:aws:s3:::b')), undefined, 'two')
    t.end()
  })

  t.test(name, async (t) => {
    t.strictSame((await derive(said, hints)).map(shown), want)
  })
}

t.test('who asked', async (t) => {
  const principalOf = async (said: Partial<Denial>, hints: Hints = {}) =>
    (await derive({ action: 's3:ListAllMyBuckets', ...said }, hints))[0]?.principal
  t.strictSame(await principalOf({}), { type: 'assumed-role', arn: session })
  t.strictSame(await principalOf({ roleArn: 'arn:aws:iam::111122223333:role/team/reporter' }), {
    type: 'assumed-role',
    arn: session,
    roleArn: 'arn:aws:iam::111122223333:role/team/reporter',
  })
  t.strictSame(await principalOf({ principal: 'events.amazonaws.com', principalType: 'service' }), {
    type: 'service',
    service: 'events.amazonaws.com',
  })
  t.strictSame(await principalOf({ principal: 'anonymous', principalType: 'anonymous' }), { type: 'anonymous' })
  t.strictSame(
    await principalOf({ principal: null, principalType: null }, { principal: 'arn:aws:iam::111122223333:user/kim' }),
    {
      type: 'user',
      arn: 'arn:aws:iam::111122223333:user/kim',
    },
  )
  t.strictSame(await principalOf({ action: 'sts:AssumeRoleWithWebIdentity', principal: null, principalType: null }), {
    type: 'web-identity',
  })
  t.strictSame(
    await principalOf({
      principal: 'arn:aws:sts::111122223333:assumed-role/AWSServiceRoleForAutoScaling/AutoScaling',
      roleOrUserName: 'AWSServiceRoleForAutoScaling',
    }),
    {
      type: 'assumed-role',
      arn: 'arn:aws:sts::111122223333:assumed-role/AWSServiceRoleForAutoScaling/AutoScaling',
      serviceLinked: true,
    },
  )
})

t.test('the account of the resource', async (t) => {
  const accountOf = async (action: string, resource: string | null, hints: Hints = {}) =>
    (await derive({ action, resource }, hints))[0]?.resourceAccount
  t.equal(await accountOf('sqs:SendMessage', 'arn:aws:sqs:us-east-1:444455556666:q'), '444455556666')
  t.equal(await accountOf('s3:GetObject', 'arn:aws:s3:::photos/a'), null, 'the name of a bucket does not tell')
  t.equal(await accountOf('s3:GetObject', 'arn:aws:s3:::photos/a', { resourceAccount: '444455556666' }), '444455556666')
  t.equal(
    await accountOf('ssm:SendCommand', 'arn:aws:ssm:us-east-1::document/AWS-RunShellScript'),
    '111122223333',
    'AWS owns it',
  )
  t.equal(await accountOf('iam:GetPolicy', 'arn:aws:iam::aws:policy/ReadOnlyAccess'), '111122223333', 'AWS owns it')
  t.equal(await accountOf('s3:ListAllMyBuckets', null), '111122223333', 'the whole account is asked about')
})

t.test('context keys', async (t) => {
  const contextOf = async (said: Partial<Denial>) => (await derive(said))[0]?.context
  t.strictSame(await contextOf({ action: 'sqs:SendMessage', resource: 'arn:aws:sqs:eu-west-1:111122223333:q' }), {
    'aws:RequestedRegion': 'eu-west-1',
  })
  t.strictSame(
    await contextOf({ action: 'iam:PassRole', resource: 'role/x', operation: 'RunTask', region: 'eu-west-1' }),
    {
      'aws:RequestedRegion': 'us-east-1',
      'iam:PassedToService': 'ecs-tasks.amazonaws.com',
    },
  )
  t.strictSame(
    await contextOf({
      action: 's3:ListBucket',
      resource: 'arn:aws:s3:::b',
      calls: [call('s3', 'ListObjectsV2', { bucket: 'b', prefix: 'in/' })],
      context: { 'aws:SourceIp': '192.0.2.1' },
    }),
    { 's3:prefix': 'in/', 'aws:SourceIp': '192.0.2.1' },
  )
})

t.test('where action and resource are known from', async (t) => {
  const fromOf = async (said: Partial<Denial>, hints: Hints = {}) => (await derive(said, hints))[0]?.from
  t.strictSame(await fromOf({ action: 's3:ListAllMyBuckets' }), {
    action: 'message',
    resource: 'action-has-no-resource-types',
  })
  t.strictSame(await fromOf({ operation: 'HeadObject' }), { action: 'operation', resource: 'pattern' })
  t.strictSame(await fromOf({}, { action: 'kms:Decrypt', resource: 'arn:aws:kms:us-east-1:111122223333:key/k' }), {
    action: 'hint',
    resource: 'hint',
  })
  t.strictSame(await fromOf({ calls: [call('s3api', 'get-object', { bucket: 'b', key: 'k' })] }), {
    action: 'command-line',
    resource: 'command-line',
  })
})
