import type { ClueShape } from './clue-shape.ts'

/** Buckets and objects that the paste names outside the denial itself, as people, tools and addresses write them. */
export const namedBuckets = [
  {
    kind: 'bucket-arn-as-name',
    phrases: ['s3 bucket: arn:', 'for bucket: arn:', 'to access s3 bucket arn:', '<bucketname>arn:'],
    capture:
      /(?:delivery policy to s3 bucket:|access denied for bucket:|policy is detected for bucket:|permissions to access s3 bucket|<bucketname>) ?(?<given>arn:[a-z-]{3,12}:s3:::[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])/iu,
    before: 60,
    standsAlone: false,
    seen: 'AWS Config, CloudTrail, load balancers, S3: they print the name that they were given',
    example: 'Insufficient delivery policy to s3 bucket: arn:aws:s3:::audit-records, unable to write to bucket',
  },
  {
    kind: 's3-uri',
    phrases: ['s3://', 's3a://', 's3n://'],
    // Old buckets have names with underscores and capitals. Loki and its kin write the Region in front.
    capture:
      /s3[an]?:\/\/(?:[a-z]{2}-(?:[a-z]{1,10}-){1,2}\d\/(?=[a-z\d]))?(?<bucket>[a-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9])(?![A-Za-z0-9_]|[A-Za-z0-9._-]{0,61}[$<{*])(?:\/(?<key>[^\s'"`,;)<>\]}$]{0,1024}(?<![.:])(?!\$\{)))?/u,
    standsAlone: false,
    seen: 'command lines',
    example: 's3://data-lake/raw/2024.csv',
  },
  {
    kind: 's3-uri',
    phrases: ['permission to getobject for ', 'permissions to getobject for '],
    capture: /for (?<bucket>[a-z0-9][a-z0-9._-]{1,61}[a-z0-9])\/(?<key>[^\s'"`<>{}$]{1,1024}?)(?=[.,;:]?(?:\s|$))/u,
    standsAlone: false,
    seen: 'Lambda, about the archive of a function',
    example:
      'please make sure your request credentials have permission to GetObject for amzn-s3-demo-bucket/fn.zip. S3 Error Code: AccessDenied.',
  },
  {
    kind: 's3-url',
    phrases: ['.s3.amazonaws.com', '.s3-', '.s3.'],
    capture:
      /https?:\/\/(?<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\.s3[.-](?:[a-z0-9-]{1,25}\.){0,2}amazonaws\.com(?:\.cn)?(?:\/(?<key>[^\s'"`?<>]{0,1024}(?<!:)))?/u,
    before: 80,
    standsAlone: false,
    seen: 'HTTP clients',
    example: 'https://assets-prod.s3.eu-west-1.amazonaws.com/js/app.js',
  },
  {
    kind: 's3-url',
    phrases: [':host => "', ':host=>"'],
    capture:
      /^:host ?=> ?"(?<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\.s3[.-](?:[a-z0-9-]{1,25}\.){0,2}amazonaws\.com(?:\.cn)?"(?:[^\n]{0,400}?:path ?=> ?"\/(?<key>[^\s"?]{1,500}))?/u,
    standsAlone: false,
    seen: 'Excon, the HTTP client of Fog',
    example: ':host => "assets-prod.s3.amazonaws.com" :local_port => 41094 :path => "/js/app.js" :port => 443',
  },
  {
    kind: 's3-url',
    phrases: ['//s3.', '//s3-'],
    capture:
      /https?:\/\/s3[.-](?:[a-z0-9-]{1,25}\.){0,2}amazonaws\.com(?:\.cn)?\/(?<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(?<key>[^\s'"`?<>]{0,1024}))?/u,
    before: 8,
    standsAlone: false,
    seen: 'HTTP clients, path style',
    example: 'https://s3.eu-west-1.amazonaws.com/assets-prod/js/app.js',
  },
  {
    kind: 'bucket-named',
    phrases: ['bucket'],
    capture:
      /[Bb][Uu][Cc][Kk][Ee][Tt](?:[Nn]ame)?s?,? [`'"]?(?<bucket>[a-z0-9](?=[a-z0-9.-]{0,60}(?:[0-9]|[-.][a-z0-9]))[a-z0-9.-]{1,61}[a-z0-9])(?![\w:/(]|[.-]+[a-z0-9]|[a-z0-9.-]{0,61}[$<{*])/u,
    standsAlone: false,
    seen: 'how people tell of it',
    example: 'the bucket data-prod',
  },
  {
    kind: 'bucket-named',
    phrases: ['bucket'],
    capture:
      // A bare word before a comma or bracket is a variable: `Bucket=bucket, Key=key`.
      /[Bb][Uu][Cc][Kk][Ee][Tt](?:[_-]?[Nn]ame)?['"]?\s{0,2}(?:[:=(]\s{0,2}(?:[`'"]|(?=[a-z0-9.]{0,61}-)|(?![a-z0-9.]{1,63}\s{0,2}[,)}[]))|[`'"])(?<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?![\w:(]|\/(?![\w-])|[.-]+[a-z0-9]|[a-z0-9.-]{0,61}[$<{*])/u,
    standsAlone: false,
    seen: 'libraries and command lines',
    example: "Bucket: 'data'",
  },
  {
    kind: 'bucket-named',
    phrases: ['bucket ', 'bucket='],
    capture:
      /(?<![\w-])--(?:[a-z0-9]{1,15}-){0,2}bucket[ =]["']?(?!(?:bucket|name|true|false)["'\s])(?<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?=["']?[^\S\n]{0,3}(?:[\n&|\\>-]|$))/u,
    before: 34,
    standsAlone: false,
    seen: 'SAM CLI and other tools with an option for it',
    example: 'sam package --s3-bucket artifacts --template template.yaml',
  },
  {
    kind: 'bucket-named',
    phrases: ['bucket named '],
    capture: /^bucket named ['"`](?<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])['"`]/iu,
    standsAlone: false,
    seen: 'the AWS CDK',
    example: "Bucket named 'amzn-s3-demo-assets' exists, but we dont have access to it.",
  },
  {
    kind: 'bucket-named',
    phrases: ['s3 bucket '],
    capture:
      /^S3 Bucket (?:[A-Z][A-Za-z-]{1,20} ){1,4}\((?<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:,\d{12})?\)(?=: )/u,
    standsAlone: false,
    seen: 'Terraform',
    example: 'Error: reading S3 Bucket Versioning (amzn-s3-demo-logs): AccessDenied: Access Denied',
  },
  {
    kind: 'bucket-named',
    phrases: ['failed to get '],
    capture:
      /^failed to get (?:[A-Za-z]{2,20} ){1,5}for (?<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?=: An error occurred \([^()\n]{1,60}\) when calling the [A-Za-z]{3,10}(?:Bucket|Object|PublicAccessBlock))/iu,
    ofNextError: true,
    standsAlone: false,
    seen: 'ScoutSuite',
    example:
      'Failed to get ACL configuration for amzn-s3-demo-logs: An error occurred (AccessDenied) when calling the GetBucketAcl operation: Access Denied',
  },
  {
    kind: 'bucket-named',
    phrases: ['listobjects on ', 'listobjectsv2 on '],
    capture: /^ListObjects(?:V2)? on (?<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?=: )/iu,
    standsAlone: false,
    seen: 'Tempo, Loki and Thanos',
    example: 'unexpected error from ListObjects on amzn-s3-demo-traces: Access Denied',
  },
  {
    kind: 'bucket-named',
    phrases: ['<bucketname>'],
    capture: /^<BucketName>(?<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])<\/BucketName>/u,
    standsAlone: false,
    seen: 'storages that speak like S3, in the body of an error',
    example: '<BucketName>reports</BucketName>',
  },
  {
    kind: 'object-named',
    phrases: ['ing object '],
    capture: /(?:putting|uploading|getting|downloading|deleting) object (?<key>[^\s:"']{1,500})(?=: )/iu,
    before: 9,
    standsAlone: false,
    seen: 'Velero',
    example: 'error putting object backups/nightly/velero-backup.json: AccessDenied: Access Denied',
  },
  {
    kind: 'object-named',
    phrases: ['key: ', "key':", 'key":', 'key=', "'key'"],
    capture:
      // Behind a colon it is another's error: `creating KMS Key: MalformedPolicyDocumentException: …`.
      /^[^]{0,10}?(?:\b|\brequest_?)key['"]?[\s:=]{1,3}(?![A-Z][A-Za-z.]{1,90}:(?:\s|$))(?:['"]|(?=[^\s'",)}[\]]{0,500}\/)|(?![a-z_$][\w$.]{0,80}\s{0,2}[,)}[(]))(?<key>[^\s'",)}]{1,500})/iu,
    before: 9,
    standsAlone: false,
    seen: 'libraries',
    example: 'Bucket: site Key: img/logo.png',
  },
  {
    kind: 'bucket-named',
    phrases: [' bucket ', '(bucket '],
    // A bare word is a name where the key follows, or where it stands alone between commas and brackets.
    capture:
      /[Bb]ucket [`'"]?(?!(?:policy|policies|acls?|owner|names?|too|itself|there|exists|only|also|already|and|or|not)\b)(?<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:(?=[`'"]?,? (?:and |with )?(?:(?:the )?object )?key [`'"]?[^\s`'",;)]{1,500})|(?<=[(,;] {0,2}bucket [`'"]?[a-z0-9.-]{3,63})(?=[`'"]?[,;)]))/u,
    before: 4,
    standsAlone: false,
    seen: 'how people tell of it',
    example: 'GetObject fails (role app, bucket heron, key a.txt)',
  },
  {
    kind: 'object-named',
    phrases: [' bucket ', '(bucket '],
    capture:
      /^.[Bb]ucket [`'"]?[a-z0-9][a-z0-9.-]{1,61}[a-z0-9][`'"]?,? (?:and |with )?(?:(?:the )?object )?key [`'"]?(?!(?:is|are|were|was|not|has|of|in|to|with|for|and|or|that|which|policy|policies|named|called|id)\b)(?<key>[^\s`'",;)]{1,500}(?<![.:]))/u,
    standsAlone: false,
    seen: 'how people tell of it',
    example: 'bucket amzn-s3-demo-bucket, key reports/a.csv',
  },
  {
    kind: 'object-named',
    phrases: ['backend "s3"'],
    capture: /^backend "s3" \{[^{}]{0,300}?\skey\s{0,20}=\s{0,5}"(?<key>[^"$\n]{1,300})"/u,
    standsAlone: false,
    seen: 'Terraform, whose state is one object',
    example: 'backend "s3" {\n  bucket = "amzn-s3-demo-state"\n  key    = "shop/terraform.tfstate"\n}',
  },
  {
    kind: 'response-bucket',
    phrases: ['cloudformation-custom-resource-response-', 'cloudformation-waitcondition-'],
    capture: /(?<bucket>cloudformation-(?:custom-resource-response|waitcondition)-[a-z0-9-]{4,25})/u,
    standsAlone: false,
    seen: 'custom resources and wait conditions of CloudFormation, which answer by a presigned address',
    example: 'https://cloudformation-custom-resource-response-euwest1.s3.eu-west-1.amazonaws.com/',
  },
  {
    kind: 'http-object',
    phrases: ['head /', 'get /', 'put /', 'delete /'],
    capture:
      /(?<method>HEAD|GET|PUT|DELETE) \/(?<path>[^\s?)"']{1,500})(?:\?[^\s"']{0,500})?(?: HTTP\/[\d.]{1,3})?["']?(?: (?<status>[1-5][0-2]\d)(?![\w.]))?/u,
    standsAlone: false,
    seen: 'access logs and HTTP clients',
    example: '(HEAD /backups/a.tgz)',
  },
] as const satisfies readonly ClueShape[]
