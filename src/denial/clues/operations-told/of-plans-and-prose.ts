import type { ClueShape } from '../clue-shape.ts'

const refused = String.raw`(?:[^\n]{0,80}api error )?["']?(?:Access ?Denied|Unauthorized(?:Operation|Exception)|Forbidden|You are not authorized)`

/** Operations by where Terraform was in its plan, and by what programmers call them. */
export const operationsOfPlansAndProse = [
  {
    kind: 'operation-told',
    phrases: ['error inspecting states in the "s3" backend', 'failed to get existing workspaces'],
    values: { service: 's3', operation: 'ListObjectsV2' },
    standsAlone: false,
    seen: 'Terraform’s S3 backend, which lists the states of all workspaces',
    example: 'Error inspecting states in the "s3" backend:\n    AccessDenied: Access Denied',
  },
  {
    kind: 'operation-told',
    phrases: [
      'error accessing remote state',
      'error refreshing state: accessdenied',
      'error reloading remote state',
      'error loading remote state',
      'error reading remote state',
      'failed to read remote state',
      'performing the initial pull',
    ],
    values: { service: 's3', operation: 'GetObject' },
    standsAlone: false,
    seen: 'Terraform’s S3 backend',
    example: 'Error: error accessing remote state: AccessDenied: Access Denied',
  },
  {
    kind: 'operation-told',
    phrases: ['failed to persist state', 'failed to save state', 'error saving state'],
    values: { service: 's3', operation: 'PutObject' },
    standsAlone: false,
    seen: 'Terraform’s S3 backend',
    example: 'Failed to save state: failed to upload state: AccessDenied: Access Denied',
  },
  {
    kind: 'thing-told',
    phrases: ['data.aws_'],
    // A data source only reads, whatever the plan does.
    capture: new RegExp(
      String.raw`^data\.aws_(?<thing>[a-z0-9_]{2,50})\.[\w.[\]"-]{1,80}: {1,3}(?:Error[^:\n]{0,80}: )?${refused}`,
      'iu',
    ),
    values: { verb: 'reading' },
    standsAlone: false,
    seen: 'Terraform up to 0.11',
    example:
      '* data.aws_ami.base: data.aws_ami.base: UnauthorizedOperation: You are not authorized to perform this operation.',
  },
  {
    kind: 'thing-told',
    phrases: ['with data.aws_', 'in data "aws_'],
    capture: /^(?:with data\.aws_|in data "aws_)(?<thing>[a-z0-9_]{2,50})(?:\.[\w.[\]"-]{1,80},|" "[\w-]{1,80}")/u,
    values: { verb: 'reading' },
    standsAlone: false,
    seen: 'Terraform, below the error',
    example: '  with data.aws_ami.base,\n  on main.tf line 1, in data "aws_ami" "base":',
  },
  {
    kind: 'thing-told',
    phrases: ['from aws_'],
    capture: /\bselect\b[^;]{1,200}?\bfrom aws_(?<thing>[a-z0-9_]{2,50})\b/iu,
    before: 210,
    values: { verb: 'list' },
    standsAlone: false,
    seen: 'Steampipe, whose tables are lists',
    example: 'select * from aws_backup_framework',
  },
  {
    kind: 'operation-told',
    phrases: ['exists?'],
    capture: /(?:\bobjects?[[(][^\n\])]{1,80}[\])]\.|\bon [`'"]?)exists\?/iu,
    before: 100,
    values: { service: 's3', operation: 'HeadObject' },
    standsAlone: false,
    seen: 'Ruby: whether an object is there',
    example: 'bucket.objects[key].exists? raises AWS::S3::Errors::Forbidden',
  },
  {
    kind: 'operation-told',
    phrases: ['s3fileinfo.exists'],
    values: { service: 's3', operation: 'HeadObject' },
    standsAlone: false,
    seen: 'AWS SDK for .NET: whether an object is there',
    example: 'S3FileInfo.Exists throws 403 Forbidden',
  },
  {
    kind: 'operation-told',
    // `self.get_object()` is a view's of Django; `line 3, in get_object` is somebody's own function.
    phrases: ['head_object', 'get_object', 'put_object', 'delete_object', 'copy_object', 'list_objects'],
    capture:
      /(?<!\b(?:can|able to|could) (?:call |run |use )?[`'"]?)(?<![\w$-])(?:[a-z]\w{0,20}\.)?(?<!\b(?:self|cls|this|view)\.|\)\.|, in )(?<operation>(?:head|get|put|copy)_object|delete_objects?|list_objects(?:_v2)?)(?![\w=)-]|[`'"()]{0,3} (?:works?|worked|succeeds|succeeded|passes|is (?:fine|ok))\b(?! (?:no|not)\b))/u,
    before: 40,
    values: { service: 's3' },
    standsAlone: false,
    seen: 'people, who name the method of boto3',
    example: 'calling delete_object returns 403 Forbidden',
  },
  {
    kind: 'operation-told',
    phrases: ['pywritedynamicframe'],
    values: { service: 's3', operation: 'PutObject' },
    standsAlone: false,
    seen: 'Glue jobs',
    example:
      'An error occurred while calling o93.pyWriteDynamicFrame. Access Denied (Service: Amazon S3; Status Code: 403)',
  },
  {
    kind: 'operation-told',
    phrases: ['post http'],
    capture:
      /^POST https?:\/\/(?:(?<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\.s3[.-](?:[a-z0-9-]{1,25}\.){0,2}amazonaws\.com(?:\.cn)?\/?|s3[.-](?:[a-z0-9-]{1,25}\.){0,2}amazonaws\.com(?:\.cn)?\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\/?)(?=[\s"'),]|$)/u,
    values: { service: 's3', operation: 'PutObject' },
    standsAlone: false,
    seen: 'browsers, that send a form with a file to a bucket',
    example: 'POST https://uploads-prod.s3.amazonaws.com/ 403 (Forbidden)',
  },
  {
    kind: 'http-method',
    phrases: [':method'],
    capture: /:method\s{0,8}=> ?"(?<method>HEAD|GET|PUT|DELETE)"/u,
    needs: /\bx-amz-(?:request-id|id-2)\b|\bs3[.-][a-z0-9.-]{0,40}amazonaws\.com|=> ?"AmazonS3"/iu,
    before: 900,
    standsAlone: false,
    seen: 'Excon, the HTTP client of Fog',
    example: ':headers => { "x-amz-request-id" => "0A1B" } :method => "HEAD"',
  },
  {
    kind: 'http-method',
    phrases: ['request method'],
    capture: /request method:?\*{0,2}:?\s{0,3}(?<method>HEAD|GET|PUT|DELETE|POST)\b/iu,
    needs: /Server:\*{0,2} AmazonS3|\.s3[.-][a-z0-9.-]{0,40}amazonaws\.com/iu,
    before: 200,
    standsAlone: false,
    seen: 'developer tools of browsers',
    example: 'Request Method: POST\nStatus Code: 403 Forbidden\nServer: AmazonS3',
  },
] as const satisfies readonly ClueShape[]
