import type { ActionCatalogue } from '../action-catalogue/action-catalogue.ts'
import { parseArn } from '../iam/arn.ts'
import type { DeniedRequest } from '../requests/denied-request.ts'
import { askedTogether } from './asked-together.ts'

/** Why a further denial is to be expected; keys of `words/`. */
export const nextReasons = [
  'kms-behind-service',
  'pass-role',
  'pass-execution-role',
  'service-linked-role',
  'list-after-read',
  'object-after-bucket',
  'companion-of-operation',
  'glue-parent-resource',
  'tags-on-create',
  'tags-on-session',
  'dependent-action',
  'second-document-or-target',
  'asked-together',
] as const
export type NextReason = (typeof nextReasons)[number]

interface ExpectedRequest {
  readonly action: string
  readonly resource: string | null
  readonly because: { readonly code: NextReason; readonly values: Readonly<Record<string, string>> }
}

/** The ARN of the request with a placeholder where the request itself does not tell it. */
interface Place {
  readonly partition: string
  readonly region: string
  readonly account: string
  /** The account of the resource, and so of the key behind it. */
  readonly owner: string
  readonly resource: string
}

type Rule = (place: Place) => readonly ExpectedRequest[]

const expected = (
  action: string,
  resource: string | null,
  code: NextReason,
  values: Readonly<Record<string, string>> = {},
): ExpectedRequest => ({ action, resource, because: { code, values } })

const keyArn = ({ partition, region, owner }: Place): string => `arn:${partition}:kms:${region}:${owner}:key/<KeyId>`

/** Key actions that the service asks for on the caller's behalf when the resource has a customer managed key. */
const behind =
  (service: string, ...actions: readonly string[]): Rule =>
  (place) =>
    actions.map((action) => expected(`kms:${action}`, keyArn(place), 'kms-behind-service', { service }))

const passRole =
  (service: string, code: NextReason = 'pass-role'): Rule =>
  ({ partition, account }) => [
    expected('iam:PassRole', `arn:${partition}:iam::${account}:role/<RoleName>`, code, { service }),
  ]

const siblings =
  (...actions: readonly string[]): Rule =>
  ({ resource }) =>
    actions.map((action) => expected(action, resource, 'companion-of-operation'))

const both =
  (...rules: readonly Rule[]): Rule =>
  (place) =>
    rules.flatMap((rule) => rule(place))

/** The bucket of an object, or the access point that the object was asked for through. */
const bucketOf = ({ partition, resource }: Place): string =>
  /^arn:[\w-]{1,20}:s3:[^:]*:[^:]*:accesspoint[/:][^/:]+/u.exec(resource)?.[0] ??
  `arn:${partition}:s3:::${(parseArn(resource)?.resource ?? '<BucketName>').split('/')[0] ?? '<BucketName>'}`

const listing: Rule = (place) => [expected('s3:ListBucket', bucketOf(place), 'list-after-read')]
const objects: Rule = (place) => {
  const bucket = bucketOf(place)
  const object = bucket.includes(':accesspoint') ? 'object/<ObjectName>' : '<ObjectName>'
  return [expected('s3:GetObject', `${bucket}/${object}`, 'object-after-bucket')]
}

/** Glue checks catalog, database and table one after the other. */
const glueParents =
  (action: string): Rule =>
  ({ partition, region, account, resource }) => {
    const [kind = '', database = '<DatabaseName>', table = '<TableName>'] = (parseArn(resource)?.resource ?? '').split(
      '/',
    )
    const arn = (tail: string): string => `arn:${partition}:glue:${region}:${account}:${tail}`
    const chain = [
      ['catalog', arn('catalog')],
      ['database', arn(`database/${kind === '' || kind === 'catalog' ? '<DatabaseName>' : database}`)],
      ['table', arn(`table/${kind === 'table' || kind === 'database' ? database : '<DatabaseName>'}/${table}`)],
    ] as const
    return (
      chain
        // A database is looked up without any of its tables.
        .filter(([type]) => type !== kind && !(type === 'table' && action === 'glue:GetDatabase'))
        .map(([type, tail]) => expected(action, tail, 'glue-parent-resource', { type }))
    )
  }

/** The document where the target was refused, and the target where the document was. */
const documentOrTarget =
  (action: string): Rule =>
  ({ partition, region, account, resource }) => [
    expected(
      action,
      parseArn(resource)?.resource.startsWith('document/') === true
        ? `arn:${partition}:ec2:${region}:${account}:instance/<InstanceId>`
        : `arn:${partition}:ssm:${region}::document/<DocumentName>`,
      'second-document-or-target',
    ),
  ]

const createTags: Rule = ({ partition, region, account }) => [
  expected('ec2:CreateTags', `arn:${partition}:ec2:${region}:${account}:*/*`, 'tags-on-create'),
]

/** What the token is issued with: STS asks for it each time, whatever it is for. */
const bearerToken: Rule = () => [expected('sts:GetServiceBearerToken', '*', 'companion-of-operation')]

const rules: Readonly<Record<string, Rule>> = {
  's3:GetObject': both(listing, behind('s3', 'Decrypt')),
  's3:GetObjectVersion': behind('s3', 'Decrypt'),
  's3:PutObject': behind('s3', 'GenerateDataKey', 'Decrypt'),
  's3:ListBucket': objects,
  's3:ListAllMyBuckets': ({ partition }) => [
    expected('s3:ListBucket', `arn:${partition}:s3:::<BucketName>`, 'object-after-bucket'),
  ],
  'sqs:SendMessage': behind('sqs', 'GenerateDataKey', 'Decrypt'),
  'sqs:ReceiveMessage': both(siblings('sqs:DeleteMessage'), behind('sqs', 'Decrypt')),
  // A message to a phone is not encrypted with the key of a topic.
  'sns:Publish': (place) => (/^\+?\d/u.test(place.resource) ? [] : behind('sns', 'GenerateDataKey', 'Decrypt')(place)),
  'secretsmanager:GetSecretValue': behind('secretsmanager', 'Decrypt'),
  'secretsmanager:PutSecretValue': behind('secretsmanager', 'GenerateDataKey', 'Decrypt'),
  'ssm:GetParameter': behind('ssm', 'Decrypt'),
  'ssm:GetParameters': behind('ssm', 'Decrypt'),
  'ssm:GetParametersByPath': behind('ssm', 'Decrypt'),
  'dynamodb:GetItem': behind('dynamodb', 'Decrypt'),
  'ec2:RunInstances': both(createTags, passRole('ec2'), behind('ec2', 'CreateGrant')),
  'ec2:CreateVolume': both(createTags, behind('ec2', 'CreateGrant', 'GenerateDataKeyWithoutPlaintext')),
  'ec2:AttachVolume': behind('ec2', 'CreateGrant'),
  'ec2:CreateNetworkInterface': siblings('ec2:DescribeNetworkInterfaces', 'ec2:DeleteNetworkInterface'),
  'ecr:GetAuthorizationToken': ({ partition, region, account }) =>
    ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'].map((action) =>
      expected(
        action,
        `arn:${partition}:ecr:${region}:${account}:repository/<RepositoryName>`,
        'companion-of-operation',
      ),
    ),
  // https://docs.aws.amazon.com/codeartifact/latest/ug/tokens-authentication.html
  'codeartifact:GetAuthorizationToken': bearerToken,
  'ecr-public:GetAuthorizationToken': bearerToken,
  'ecr:BatchGetImage': siblings('ecr:GetDownloadUrlForLayer'),
  'ecr:InitiateLayerUpload': siblings(
    'ecr:UploadLayerPart',
    'ecr:CompleteLayerUpload',
    'ecr:PutImage',
    'ecr:BatchCheckLayerAvailability',
  ),
  'ecs:RunTask': both(passRole('ecs-tasks'), passRole('ecs-tasks', 'pass-execution-role')),
  'ecs:CreateService': both(passRole('ecs-tasks'), passRole('ecs-tasks', 'pass-execution-role')),
  'ecs:RegisterTaskDefinition': both(passRole('ecs-tasks'), passRole('ecs-tasks', 'pass-execution-role')),
  'lambda:CreateFunction': passRole('lambda'),
  'lambda:UpdateFunctionConfiguration': passRole('lambda'),
  'logs:CreateLogGroup': siblings('logs:CreateLogStream', 'logs:PutLogEvents'),
  'logs:CreateLogStream': siblings('logs:PutLogEvents'),
  'glue:GetTable': glueParents('glue:GetTable'),
  'glue:GetTables': glueParents('glue:GetTables'),
  'glue:GetPartitions': glueParents('glue:GetPartitions'),
  'glue:GetDatabase': glueParents('glue:GetDatabase'),
  'athena:StartQueryExecution': ({ partition }) => [
    expected('s3:GetBucketLocation', `arn:${partition}:s3:::<ResultsBucketName>`, 'companion-of-operation'),
    expected('s3:PutObject', `arn:${partition}:s3:::<ResultsBucketName>/<ObjectName>`, 'companion-of-operation'),
  ],
  'ssm:StartSession': documentOrTarget('ssm:StartSession'),
  'ssm:SendCommand': documentOrTarget('ssm:SendCommand'),
  'sts:AssumeRole': ({ resource }) => [expected('sts:TagSession', resource, 'tags-on-session')],
}

const placeOf = (request: DeniedRequest, isElsewhere: boolean): Place => {
  const text = request.resource ?? request.resourcePatterns[0] ?? ''
  const arn = parseArn(text)
  const caller = parseArn(request.principal.arn ?? '')
  const requestedRegion = request.context['aws:RequestedRegion']
  const region =
    arn?.region === '' || arn === null ? (typeof requestedRegion === 'string' ? requestedRegion : '') : arn.region
  const account = [arn?.account, isElsewhere ? undefined : caller?.account].find(
    (text) => text !== undefined && text !== '',
  )
  return {
    partition: arn?.partition ?? caller?.partition ?? 'aws',
    region: region === '' ? '<Region>' : region,
    account: account ?? '<AccountId>',
    owner: request.resourceAccount ?? account ?? '<AccountId>',
    resource: text,
  }
}

const maximumDependents = 4

/**
 * Denials to expect once this one is fixed: what the same job asks next, the key behind the resource, the role that
 * is handed over, and what AWS lists as dependent actions. Only actions that AWS lists. What is elsewhere is in an
 * account that nobody named.
 */
export const companionsOf = (
  request: DeniedRequest,
  catalogue: ActionCatalogue,
  isElsewhere = false,
): readonly ExpectedRequest[] => {
  const place = placeOf(request, isElsewhere)
  const ruled = rules[request.action]?.(place) ?? []
  const together = ruled.some(({ action }) => action === request.action)
    ? []
    : askedTogether(catalogue.find(request.action), request.resource, place).map((resource) =>
        expected(request.action, resource, 'asked-together'),
      )
  const covered = new Set([request.action, ...ruled.map(({ action }) => action)])
  const dependents = (catalogue.find(request.action)?.dependentActions ?? [])
    .filter((action) => !covered.has(action))
    .slice(0, maximumDependents)
    .map((action) => expected(action, null, action === 'iam:PassRole' ? 'pass-role' : 'dependent-action'))
  const isReal = ({ action }: ExpectedRequest): boolean =>
    catalogue.find(action) !== null || !catalogue.serviceExists(action.split(':')[0] ?? '')
  return [...together, ...ruled, ...dependents].filter(isReal)
}
