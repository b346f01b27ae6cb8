import type { ClueShape } from '../clue-shape.ts'

/** What Hadoop's S3A calls its operations. */
const hadoopNames = [
  ['HeadObject', ['getFileStatus']],
  ['GetObject', ['open', 'reopen', 'read']],
  [
    'PutObject',
    ['put', 'create', 'mkdirs', 'innerMkdirs', 'PUT 0-byte object ?', 'Writing Object', 'copyFromLocalFile'],
  ],
  ['CreateMultipartUpload', ['initiate MultiPartUpload']],
  ['DeleteObject', ['delete', 'innerDelete']],
  ['ListObjectsV2', ['listStatus', 'listFiles', 'listLocatedStatus', 'LIST']],
] as const

/** A registry answers with other failures as well: a tag that is not there, one that must not change, no login. */
const refused = String.raw`[^\n]{0,200}?(?:\b403\b|[Dd]enied|Forbidden)`

/** `unexpected status from HEAD request to https://…/v2/web/manifests/1`, `Head "https://…": 403`. */
const request = (verbs: string, path: string): RegExp =>
  new RegExp(
    `\\b(?:${verbs})(?: request to)? ["']?https:\\/\\/[0-9]{12}\\.dkr\\.ecr\\.[^\\s"']{1,280}\\/${path}${refused}`,
    'u',
  )

/** The status stands on the line of the address, or on the next one, if that has no address of its own. */
const artifactRefused =
  /\b403\b[^\n]{0,200}\.d\.codeartifact\.|\.d\.codeartifact\.[^\n]{0,300}(?:\n(?![^\n]{0,300}https?:)[^\n]{0,300})?\b403\b(?![^\n]{0,40}https?:\/\/(?![^\s/]{1,100}\.d\.codeartifact\.))/u

/** Operations in stacks, in requests as they went out, and in rows of CloudTrail. */
export const operationsInRequests = [
  {
    kind: 'operation-told',
    phrases: [
      'headobject',
      'getobject',
      'putobject',
      'deleteobject',
      'copyobject',
      'listobject',
      'headbucket',
      'createbucket',
      'deletebucket',
      'putbucket',
      'getbucket',
      'listbuckets',
      'uploadpart',
      'createmultipartupload',
      'completemultipartupload',
      'listmultipartuploads',
    ],
    capture:
      /(?:(?<![:\w])|(?<=\bde_)|(?<=restXml)|(?<=\bpaginate))(?<operation>(?:head|get|put|delete|copy|list|create)(?:Objects?|Buckets?)[A-Za-z0-9]{0,40}?(?=(?:Pages(?:WithContext)?|WithContext|Paginator|Iterable|Async|Command(?:Error)?|OperationDeserializer|Request|Input|Output)?(?![A-Za-z0-9]))|uploadPart(?:Copy)?|(?:create|complete|abort)MultipartUpload|listMultipartUploads)/iu,
    // As far as the names of deserialisers, with which the stacks of SDKs begin.
    before: 9,
    values: { service: 's3' },
    standsAlone: false,
    seen: 'plugins and stack traces',
    example: 'S3 headObject Error: Forbidden',
  },
  {
    kind: 'operation-told',
    phrases: ['commanderror'],
    capture:
      /\b(?:de_|deserializeAws_(?:restXml|restJson1|json1_[01]|query|ec2))(?<operation>[A-Z][A-Za-z0-9]{2,60}?)CommandError\b(?:[^\n]{0,200}?\bclient-(?<service>[a-z0-9-]{2,40}))?/u,
    before: 90,
    standsAlone: false,
    seen: 'stacks of the AWS SDK for JavaScript v3',
    example: 'at de_GetItemCommandError (/app/node_modules/@aws-sdk/client-dynamodb/dist-cjs/index.js:1:1)',
  },
  {
    kind: 'operation-told',
    phrases: ['stsassumerole'],
    capture: /\b[Ss][Tt][Ss](?<operation>AssumeRole(?:WithWebIdentity)?)(?:Session)?CredentialsProvider\b/u,
    values: { service: 'sts' },
    standsAlone: false,
    seen: 'providers of the AWS SDKs for Java, which assume a role before the call',
    example: 'at com.amazonaws.auth.STSAssumeRoleSessionCredentialsProvider.newSession',
  },
  {
    kind: 'operation-told',
    phrases: ['operationdeserializer'],
    capture:
      /\baws\.sdk\.kotlin\.services\.(?<service>[a-z0-9]{2,40})\.(?:serde|transform)\.(?<operation>[A-Z][A-Za-z0-9]{2,60}?)OperationDeserializer/u,
    before: 140,
    standsAlone: false,
    seen: 'stacks of the AWS SDK for Kotlin',
    example: 'at aws.sdk.kotlin.services.sqs.serde.SendMessageOperationDeserializerKt.throwSendMessageError',
  },
  {
    kind: 'operation-told',
    phrases: ['.amazonaws.com'],
    capture:
      /(?<service>[a-z][a-z0-9-]{1,30})\.amazonaws\.com["',: ]{1,4}(?<operation>[A-Z][a-z]{1,20}[A-Z][A-Za-z]{1,50})\b/u,
    needs: /\.amazonaws\.com["',: ]{1,4}[A-Z]/u,
    before: 32,
    standsAlone: false,
    seen: 'CloudTrail’s event history, copied as a line',
    example: 'ec2.amazonaws.com CreateNetworkInterface Client.UnauthorizedOperation',
  },
  {
    kind: 'operation-told',
    phrases: ['eventname ', 'event name '],
    capture:
      /event ?source["']?[:= ]{1,3}["']?(?<service>[a-z0-9-]{1,40})\.amazonaws\.com["']?[,; ]{1,3}(?:and )?event ?name["']?[:= ]{1,3}["']?(?<operation>[A-Z][A-Za-z0-9]{2,60})\b/iu,
    before: 80,
    standsAlone: false,
    seen: 'CloudTrail records retold in a sentence',
    example: 'eventSource kms.amazonaws.com eventName GenerateDataKey errorCode AccessDenied',
  },
  ...(
    [
      // https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-pull-iam-permissions.html and image-push-…
      [
        'BatchGetImage',
        ' [manifests ',
        new RegExp(String.raw`\.dkr\.ecr\.[\w.-]{1,80}[^\n]{0,80} \[manifests ${refused}`, 'u'),
        'pulling from host',
      ],
      ['BatchGetImage', '/manifests/', request('HEAD|GET|Head|Get', 'manifests\\/'), 'HEAD'],
      ['PutImage', '/manifests/', request('PUT|Put', 'manifests\\/'), 'PUT'],
      ['InitiateLayerUpload', '/blobs/uploads', request('POST|Post', 'blobs\\/uploads'), 'POST'],
      ['BatchCheckLayerAvailability', '/blobs/sha256', request('HEAD|Head', 'blobs\\/sha256'), 'HEAD'],
      ['GetDownloadUrlForLayer', '/blobs/sha256', request('GET|Get', 'blobs\\/sha256'), 'GET'],
    ] as const
  ).map(([operation, phrase, capture, verb]) => ({
    kind: 'operation-told' as const,
    phrases: [phrase],
    capture,
    before: 360,
    values: { service: 'ecr', operation },
    standsAlone: true,
    seen: 'Docker and containerd, whose registry requests are calls of ECR',
    example: phrase.startsWith(' ')
      ? `${verb} 111122223333.dkr.ecr.eu-west-1.amazonaws.com failed with status code${phrase}1]: 403`
      : `${verb} request to https://111122223333.dkr.ecr.eu-west-1.amazonaws.com/v2/web${phrase}1: 403 Forbidden`,
  })),
  {
    kind: 'operation-told',
    phrases: [
      'sasl authentication failed',
      'sasl authentication error',
      'saslauthentication',
      'failed authentication due to',
    ],
    capture:
      /(?:SASL ?Authentication[A-Za-z]{0,20}(?: failed| error)?|failed authentication due to):? {0,3}(?:\[[^\]\n]{1,60}\]:? {0,3})?Access denied/iu,
    values: { service: 'kafka-cluster', operation: 'Connect' },
    standsAlone: false,
    seen: 'clients of MSK with IAM access control: the cluster asks whether they may connect before anything else',
    example: 'SaslAuthenticationException: [0d0bb2a1-0000-4000-8000-000000000000]: Access denied',
  },
  {
    kind: 'operation-told',
    phrases: ['403 forbidden'],
    capture: /pull[^\n]{0,160}\.dkr\.ecr\.[a-z0-9-]{5,20}\.amazonaws\.com[^\n]{0,220}403 Forbidden/iu,
    before: 390,
    values: { service: 'ecr', operation: 'BatchGetImage' },
    standsAlone: false,
    seen: 'containerd and the kubelet, which print the HTTP status alone',
    example:
      'failed to pull image "111122223333.dkr.ecr.eu-west-1.amazonaws.com/app:1": unexpected status: 403 Forbidden',
  },
  {
    kind: 'operation-told',
    phrases: ['.d.codeartifact.'],
    capture:
      /(?:\b(?:PUT|POST)\b|\bUPLOAD|\bUploading\b)[^\n]{0,60}https:\/\/[^\s/]{1,100}\.d\.codeartifact\.[^\n]{0,300}/u,
    needs: artifactRefused,
    before: 190,
    values: { service: 'codeartifact', operation: 'PublishPackageVersion' },
    standsAlone: false,
    seen: 'package managers, which print the HTTP status alone',
    example:
      'npm ERR! 403 Forbidden - PUT https://acme-111122223333.d.codeartifact.eu-west-1.amazonaws.com/npm/shop/web',
  },
  {
    kind: 'operation-told',
    phrases: ['.d.codeartifact.'],
    capture: /https:\/\/[^\s/]{1,100}\.d\.codeartifact\./u,
    needs: artifactRefused,
    before: 190,
    values: { service: 'codeartifact', operation: 'ReadFromRepository' },
    standsAlone: false,
    seen: 'package managers, which print the HTTP status alone',
    example:
      'npm ERR! 403 Forbidden - GET https://acme-111122223333.d.codeartifact.eu-west-1.amazonaws.com/npm/shop/lodash',
  },
  {
    kind: 'operation-told',
    phrases: ['pull access denied for'],
    capture: /^pull access denied for ["'`]?\d{12}\.dkr\.ecr\./iu,
    values: { service: 'ecr', operation: 'BatchGetImage' },
    standsAlone: false,
    seen: 'docker',
    example: 'pull access denied for 111122223333.dkr.ecr.eu-west-1.amazonaws.com/app, repository does not exist',
  },
  {
    kind: 'operation-told',
    phrases: ['for primary source'],
    capture: /Access ?Denied[^]{0,260}for primary source\b/iu,
    before: 290,
    values: { service: 's3', operation: 'GetObject' },
    standsAlone: false,
    seen: 'CodeBuild, about the bucket of its source',
    example:
      'CLIENT_ERROR: AccessDenied: Access Denied status code: 403 for primary source and source version arn:aws:s3:::sources/app.zip',
  },
  {
    kind: 'operation-told',
    phrases: ['access denied to connection'],
    capture: /Access denied to connection:? {0,2}arn:[\w-]{3,12}:(?<service>codeconnections|codestar-connections):/iu,
    values: { operation: 'GetConnectionToken' },
    standsAlone: false,
    // https://docs.aws.amazon.com/codebuild/latest/userguide/connections-github-app.html
    seen: 'CodeBuild, whose role asks for the token of the connection',
    example: 'Access denied to connection arn:aws:codeconnections:eu-west-1:111122223333:connection/0d0bb2a1',
  },
  {
    kind: 'operation-told',
    phrases: ['x-amz-target'],
    capture: /^x-amz-target["']?\s{0,3}[:=]>?\s{0,3}["']?\w{2,60}\.(?<operation>[A-Z][A-Za-z0-9]{2,60})(?![\w.])/iu,
    values: { in: 'header' },
    standsAlone: false,
    seen: 'requests of the JSON protocols, in the wire logs of SDKs',
    example: 'X-Amz-Target: DynamoDB_20120810.GetItem',
  },
  {
    kind: 'operation-told',
    phrases: [
      'emrfilesystem.liststatus',
      's3nativefilesystem.liststatus',
      's3afilesystem.liststatus',
      'filesystem.liststatus s3',
    ],
    values: { service: 's3', operation: 'ListObjectsV2' },
    standsAlone: false,
    seen: 'stacks of EMRFS and S3A',
    example: 'at com.amazon.ws.emr.hadoop.fs.EmrFileSystem.listStatus(EmrFileSystem.java:473)',
  },
  ...hadoopNames.map(([operation, names]) => ({
    kind: 'operation-told' as const,
    phrases: ['s3a://', 's3n://'],
    capture: new RegExp(String.raw`^s3[an]:\/\/[^\s:'"]{3,400}: (?:${names.join('|')}) on (?!s3)`, 'u'),
    values: { service: 's3', operation },
    standsAlone: false,
    seen: 'Hadoop’s S3A, which prints the key alone behind what it was doing',
    example: `AccessDeniedException: s3a://docs/a: ${names[0]} on a: AmazonS3Exception: Forbidden`,
  })),
  ...hadoopNames.map(([operation, names]) => ({
    kind: 'operation-told' as const,
    phrases: [' on s3://', ' on s3a://', ' on s3n://'],
    capture: new RegExp(`(?<=: )(?:${names.join('|')}) on s3[an]?://`, 'u'),
    before: 30,
    values: { service: 's3', operation },
    standsAlone: false,
    // S3AUtils.translateException of hadoop-aws: the path, the operation, and the path again.
    seen: 'Hadoop’s S3A, which prints what it was doing on which path',
    example: `AccessDeniedException: s3a://docs/a: ${names[0]} on s3a://docs/a: AmazonS3Exception: Forbidden`,
  })),
  {
    kind: 'operation-told',
    phrases: [' s3://', ' s3a://', ' s3n://'],
    capture:
      /(?<![\w:])(?<operation>ListObjects(?:V2)?|ListObjectVersions|HeadObject|GetObject|PutObject|DeleteObjects?|HeadBucket)(?: on| for| of)?:? s3[an]?:\/\//u,
    before: 30,
    values: { service: 's3' },
    standsAlone: false,
    seen: 'programs that print the operation and its path',
    example: 'Access Denied. ListObjectsV2 s3://amzn-s3-demo-bucket/train/',
  },
  {
    kind: 'operation-told',
    phrases: ['self.get_list(', 'self.get_object(', 'self.get_status('],
    capture: /^self\.get_(?:list|object|status)\(['"](?<operation>[A-Z][A-Za-z]{2,60})['"]/u,
    standsAlone: false,
    seen: 'stacks of boto 2, whose methods hand the operation on by name',
    example: "return self.get_list('DescribeSubnets', params, [('item', Subnet)])",
  },
  ...(
    [
      ['DescribeInstances', 'ec2', 'while: getting ec2 instances'],
      ['DescribeDBInstances', 'rds', 'while: getting rds instances'],
      ['DescribeCacheClusters', 'elasticache', 'while: getting elasticache clusters'],
    ] as const
  ).map(([operation, service, phrase]) => ({
    kind: 'operation-told' as const,
    phrases: [phrase],
    values: { service, operation },
    standsAlone: false,
    seen: 'Ansible’s inventory script for EC2',
    example: `You are not authorized to perform this operation.", ${phrase}`,
  })),
] as const satisfies readonly ClueShape[]
