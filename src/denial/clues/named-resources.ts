import type { ClueShape } from './clue-shape.ts'
import { namedBuckets } from './named-buckets.ts'

/** Resources that the paste names outside the denial itself: where the fix may have to go. */
export const namedResources = [
  {
    kind: 'kms-key',
    phrases: [':kms:'],
    // Of `key/0063c4a6-...` it tells that there is a key, and not which.
    capture:
      /(?<key>arn:aws[a-z-]{0,12}:kms:[a-z0-9-]{4,25}:[0-9*]{1,16}:(?:key|alias)\/[A-Za-z0-9/_-]{1,250})(?![A-Za-z0-9/_*\u2026-]|\.{2})|arn:aws[a-z-]{0,12}:kms:[a-z0-9-]{4,25}:[0-9*]{1,16}:(?:key|alias)\//u,
    before: 20,
    standsAlone: false,
    seen: 'anywhere',
    example: 'SSEKMSKeyId: arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d-0000-1111-2222-333344445555',
  },
  ...namedBuckets,
  {
    kind: 'log-group-named',
    phrases: ['creating log group ', 'in log group ', 'to log group ', 'loggroup: ', 'log group: '],
    capture:
      /^(?:creating |in |to )?log ?group:? ["'`]?(?=[^\s"'`]{0,300}[/-])(?<group>[\w./#-]{1,300}[\w/])(?![\w:/#-])/iu,
    standsAlone: false,
    seen: 'Fluent Bit and other shippers of logs',
    example: '[output:cloudwatch_logs:cloudwatch_logs.0] Creating log group /aws/containerinsights/shop/application',
  },
  {
    kind: 'table-named',
    phrases: ['on table ('],
    capture: /^on table \((?<table>[\w.-]{3,255})\) when calling\b/u,
    standsAlone: false,
    seen: 'PynamoDB',
    example:
      'An error occurred (AccessDeniedException) on request (HASH) on table (orders) when calling the Query operation',
  },
  {
    kind: 'role-arn',
    phrases: [':role/'],
    capture:
      /(?<role>arn:aws[a-z-]{0,12}:iam::[0-9*]{1,16}:role\/[\w+=,.@/-]{0,199}[\w+=@/-])(?![\w+=@/-])(?<![-_](?=[<{$]|\.\.))/u,
    before: 45,
    standsAlone: false,
    seen: 'anywhere',
    example: 'arn:aws:iam::111122223333:role/app',
  },
  {
    kind: 'role-arn',
    phrases: [':role/'],
    // The account as people and templates take it out: `<account-id>`, `XXXX`, `${{ secrets.ACCOUNT }}`.
    capture:
      /(?<role>arn:aws[a-z-]{0,12}:iam::(?:<{1,2}[\w -]{1,40}>{1,2}|[Xx]{2,16}|\.{2,5}|\$?\{{1,2}[^{}\n]{1,60}\}{1,2}|\[[\w -]{1,40}\]):role\/[\w+=,.@/-]{0,199}[\w+=@/-])/u,
    needs: /:iam::[^0-9*]/u,
    before: 130,
    standsAlone: false,
    seen: 'anywhere, the account taken out',
    example: 'arn:aws:iam::<<account_id>>:role/app',
  },
  {
    kind: 'iam-principal-id',
    phrases: ['principalid'],
    capture: /^principalId["']?\s{0,2}[:=]\s{0,2}["']?A(?:ROA|IDA)[A-Z0-9]{6,30}\b/iu,
    standsAlone: false,
    seen: 'AWS IoT’s log, of who signs with a role or as a user and has no certificate',
    example: '"principalId": "AROAEXAMPLE0123:gateway"',
  },
  {
    kind: 'topic-arn',
    phrases: [':sns:'],
    capture: /(?<topic>arn:aws[a-z-]{0,12}:sns:[a-z0-9-]{4,25}:[0-9]{1,16}:[\w-]{1,256})/u,
    before: 20,
    standsAlone: false,
    seen: 'anywhere',
    example: 'topic arn:aws:sns:eu-west-1:111122223333:orders',
  },
  {
    kind: 'queue-arn',
    phrases: [':sqs:'],
    capture: /(?<queue>arn:aws[a-z-]{0,12}:sqs:[a-z0-9-]{4,25}:[0-9]{1,16}:[\w.-]{0,79}[\w-])/u,
    before: 20,
    standsAlone: false,
    seen: 'anywhere',
    example: 'arn:aws:sqs:eu-west-1:111122223333:orders',
  },
  {
    kind: 'function-arn',
    phrases: [':lambda:'],
    capture: /(?<function>arn:aws[a-z-]{0,12}:lambda:[a-z0-9-]{4,25}:[0-9]{1,16}:function:[\w-]{1,64})/u,
    before: 20,
    standsAlone: false,
    seen: 'anywhere',
    example: 'arn:aws:lambda:eu-west-1:111122223333:function:orders',
  },
  {
    kind: 'secret-arn',
    phrases: [':secretsmanager:'],
    capture: /(?<secret>arn:aws[a-z-]{0,12}:secretsmanager:[a-z0-9-]{4,25}:[0-9]{1,16}:secret:[\w/+=.@!-]{1,512})/u,
    before: 20,
    standsAlone: false,
    seen: 'anywhere',
    example: 'failed to fetch secret arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-Ab12Cd',
  },
  {
    kind: 'parameter-arn',
    phrases: [':ssm:'],
    capture: /(?<parameter>arn:aws[a-z-]{0,12}:ssm:[a-z0-9-]{4,25}:[0-9]{1,16}:parameter\/[\w./-]{1,1011})/u,
    before: 20,
    standsAlone: false,
    seen: 'anywhere',
    example: 'arn:aws:ssm:eu-west-1:111122223333:parameter/app/db',
  },
  {
    kind: 'stream-arn',
    phrases: [':dynamodb:', ':kinesis:'],
    capture:
      /(?<stream>arn:aws[a-z-]{0,12}:(?:kinesis:[a-z0-9-]{4,25}:[0-9]{1,16}:stream\/[\w.-]{0,127}[\w-]|dynamodb:[a-z0-9-]{4,25}:[0-9]{1,16}:table\/[\w.-]{1,255}\/stream\/[\w.:-]{0,40}\w))/u,
    before: 20,
    standsAlone: false,
    seen: 'anywhere',
    example: 'Cannot access stream arn:aws:kinesis:eu-west-1:111122223333:stream/clicks',
  },
  {
    kind: 'encryption-context-told',
    // In a policy's condition, `kms:EncryptionContext:…`, it is what is asked for.
    phrases: ['encryption context', 'encryptioncontext', 'encryption-context', 'encryption_context'],
    capture:
      /(?<!kms:)encryption[ _-]?context["'`]?(?: is| was| of)?[\s:={(["'`]{1,16}(?<name>[A-Za-z][\w:.-]{0,100})["'`]?\s{0,3}(?:=>|[:=])\s{0,3}["'`]?(?<value>[^\s"'`,;(){}<>*\u2026]{0,300}[^\s"'`,;(){}<>*\u2026.])(?![<*\u2026])/iu,
    before: 4,
    standsAlone: false,
    seen: 'KMS: CloudTrail, command lines, how people tell of it',
    example: '--encryption-context service=billing',
  },
  {
    kind: 'service-field',
    phrases: ['(service: '],
    capture: /\(Service: (?<service>[A-Za-z0-9][A-Za-z0-9 ]{1,60}?)[;,] Status Code: ?\d/u,
    standsAlone: false,
    seen: 'the SDK for Java, and what is built on it',
    example: '(Service: AmazonECS; Status Code: 400; Error Code: AccessDeniedException)',
  },
  {
    kind: 'image-uri',
    phrases: ['.dkr.ecr.'],
    capture:
      /(?<account>\d{12})\.dkr\.ecr\.(?<region>[a-z0-9-]{4,25})\.amazonaws\.com(?:\.cn)?\/(?:v2\/(?=[a-z0-9._/-]{2,256}\/(?:manifests|blobs)\/))?(?<repository>[a-z0-9][a-z0-9._/-]{0,253}?[a-z0-9])(?=\/(?:manifests|blobs)\/|[._/-]{0,3}(?:[^a-z0-9._/-]|$))/u,
    before: 14,
    standsAlone: false,
    seen: 'anywhere',
    example: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/web:12',
  },
  {
    kind: 'access-point',
    phrases: [':accesspoint', '-s3alias', '-ext-s3alias'],
    capture:
      /(?<accessPoint>arn:aws[a-z-]{0,12}:s3:[a-z0-9-]{0,25}:[0-9]{0,16}:accesspoint[/:][a-z0-9.-]{1,64}|[a-z0-9][a-z0-9-]{1,58}-s3alias)/u,
    before: 64,
    standsAlone: false,
    seen: 'S3 access points',
    example: 'arn:aws:s3:eu-west-1:111122223333:accesspoint/reports',
  },
  {
    kind: 'directory-bucket',
    phrases: ['--x-s3'],
    capture: /(?<bucket>[a-z0-9][a-z0-9-]{1,50}--[a-z0-9-]{3,20}--x-s3)/u,
    before: 64,
    standsAlone: false,
    seen: 'S3 Express One Zone',
    example: 'bucket fast--use1-az4--x-s3',
  },
  {
    kind: 'region-expected',
    phrases: ['expecting '],
    capture: /^expecting ['"`]?(?<region>[a-z]{2}(?:-[a-z]{2,12}){1,3}-\d{1,2})(?![\w-])/u,
    standsAlone: false,
    seen: 'S3, of a request that was signed for another Region',
    example: "the region 'us-east-1' is wrong; expecting 'eu-west-1'",
  },
  {
    kind: 'region-named',
    phrases: ['us-', 'eu-', 'ap-', 'af-', 'me-', 'il-', 'ca-', 'sa-', 'mx-', 'cn-'],
    capture:
      /(?<![\w-])(?<region>(?:us|eu|ap|af|me|il|ca|sa|mx|cn)-(?:gov-|iso-|isob-)?(?:north|south|east|west|central|northeast|southeast|northwest|southwest)-[1-9])(?![\w])/u,
    before: 1,
    standsAlone: false,
    seen: 'anywhere',
    example: 'in ap-southeast-3',
  },
  {
    kind: 'account-named',
    phrases: ['account '],
    capture: /account:? (?:id:? )?(?<account>\d{12})\b/iu,
    standsAlone: false,
    seen: 'how people tell of it',
    example: 'in account 111122223333',
  },
] as const satisfies readonly ClueShape[]
