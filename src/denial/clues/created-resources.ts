import type { ClueShape } from './clue-shape.ts'

/** One word behind the resource is its name, unless it makes another resource of it: `policy version`. */
const parts = [
  'acceleration|accounts?|acl|alias|analytics|api|attachments?|authorizer|base|cors|deployments?|domain|encryption',
  'filters?|gateway|integration|inventory|keys?|lifecycle|logging|method|metrics?|models?|notifications?|object|ownership',
  'policy|policies|public|replication|request|resource|responses?|rest|retention|server|stages?|streams?|subscriptions?',
  'tags?|tagging|usage|v2|versions?|versioning|vpc|website',
].join('|')
const name = String.raw`[ \n]?\\?["'(\[]{1,3}[^\n:"'()[\]]{1,140}["')\]]{1,3}| (?!(?:${parts})\b)[\w./-]{1,140}`

/** The refusal follows the heading at once: elsewhere in a log it would be another's. */
const refused = String.raw`:[ \n]{0,2}(?:[^\n]{0,80}api error )?AccessDenied`

const created = (resource: string, example: string) =>
  ({
    kind: 'thing-told',
    phrases: [`creating ${resource.toLowerCase()}`, `create ${resource.toLowerCase()}`],
    capture: new RegExp(
      `^creat(?:e|ing) ${resource}(?:${name})?(?: (?:failed|error|in|with|returned)(?: [^\\n:]{1,100})?)?${refused}`,
      'iu',
    ),
    values: { verb: 'creating', thing: resource },
    standsAlone: false,
    seen: 'Terraform, Terragrunt and Pulumi, where the provider prints no operation',
    example,
  }) as const satisfies ClueShape

/** Resources that tools also print with a bare name behind them. */
export const createdResources = [
  created('API Gateway', 'error: Error creating API Gateway: AccessDeniedException:'),
  created('IAM policy', 'Error: error creating IAM policy app: AccessDenied:'),
  created('CloudWatch log group', 'Creating CloudWatch Log Group failed: AccessDenied'),
  created('S3 bucket', 'Create S3 bucket with retry states returned an error: AccessDenied: Access Denied'),
] as const satisfies readonly ClueShape[]
