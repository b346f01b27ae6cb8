import type { PolicyType } from '../../src/iam/policy-type.ts'

/** A denial as AWS would word it, before any tool wraps it. */
export interface Spoken {
  readonly principal: string
  readonly action: string
  readonly resource: string | null
  readonly policyType: PolicyType | null
  readonly effect: 'implicit' | 'explicit' | null
  readonly policyArn: string | null
}

const layers: Readonly<Record<PolicyType, readonly [words: string, implicit: boolean]>> = {
  'identity-based': ['identity-based policy', true],
  'resource-based': ['resource-based policy', true],
  'permissions-boundary': ['permissions boundary', true],
  session: ['session policy', true],
  'service-control': ['service control policy', true],
  'resource-control': ['resource control policy', false],
  'vpc-endpoint': ['VPC endpoint policy', true],
  'role-trust': ['role trust policy', true],
}

export const hasImplicitForm = (type: PolicyType): boolean => layers[type][1]

/** The core sentence of https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
export function sentenceOf(denial: Spoken): string {
  const on = denial.resource === null ? '' : ` on resource: ${denial.resource}`
  return `User: ${denial.principal} is not authorized to perform: ${denial.action}${on}${reasonOf(denial)}`
}

function reasonOf({ action, policyType, effect, policyArn }: Spoken): string {
  if (effect === null) return ''
  if (policyType === null) return effect === 'explicit' ? ' with an explicit deny' : ''
  const [words] = layers[policyType]
  if (effect === 'implicit') return ` because no ${words} allows the ${action} action`
  const article = policyType === 'role-trust' ? 'the' : /^[ai]/.test(words) ? 'an' : 'a'
  return ` with an explicit deny in ${article} ${words}${policyArn === null ? '' : `: ${policyArn}`}`
}

const operationOf = (action: string): string => action.slice(action.indexOf(':') + 1)

/** Tools, and what they print round a message. */
export const wrappers: Readonly<Record<string, (message: string, action: string) => string>> = {
  plain: (message) => message,
  sentence: (message) => `The deployment failed. ${message}.\nWhat can I do?`,
  'aws-cli': (message, action) =>
    `$ make deploy\n\nAn error occurred (AccessDenied) when calling the ${operationOf(action)} operation: ${message}\nmake: *** [deploy] Error 254`,
  boto3: (message, action) =>
    `Traceback (most recent call last):\n  File "app.py", line 3, in <module>\nbotocore.exceptions.ClientError: An error occurred (AccessDeniedException) when calling the ${operationOf(action)} operation: ${message}`,
  'go-v1': (message) =>
    `AccessDenied: ${message}\n\tstatus code: 403, request id: 0d0bb2a1-1111-4222-8333-444455556666`,
  'go-v2': (message, action) =>
    `operation error S3: ${operationOf(action)}, https response error StatusCode: 403, RequestID: 7D3C2B1A0F9E8D7C, HostID: q/w+e=, api error AccessDenied: ${message}`,
  'java-v1': (message) =>
    `com.amazonaws.AmazonServiceException: ${message} (Service: AmazonSQS; Status Code: 403; Error Code: AccessDenied; Request ID: 0d0bb2a1-1111-4222-8333-444455556666; Proxy: null)\n\tat com.amazonaws.http.Handler.handle(Handler.java:1)`,
  'java-v2': (message) =>
    `software.amazon.awssdk.services.s3.model.S3Exception: ${message} (Service: S3, Status Code: 403, Request ID: 7D3C2B1A0F9E8D7C, Extended Request ID: q/w+e=) (SDK Attempt Count: 1)`,
  ruby: (message) => `Aws::S3::Errors::AccessDenied (${message})`,
  dotnet: (message) =>
    `Amazon.Runtime.AmazonServiceException: ${message}\n ---> Amazon.Runtime.Internal.HttpErrorResponseException: Exception of type 'x' was thrown.`,
  cloudformation: (message) =>
    `Resource handler returned message: "${message} (Service: Iam, Status Code: 403, Request ID: 0d0bb2a1-1111-4222-8333-444455556666) (SDK Attempt Count: 1)" (RequestToken: 1c2d3e4f-1111-4222-8333-444455556666, HandlerErrorCode: AccessDenied)`,
  terraform: (message, action) =>
    `╷\n│ Error: creating thing: operation error IAM: ${operationOf(action)}, https response error StatusCode: 403, RequestID: 0d0bb2a1-1111-4222-8333-444455556666, api error AccessDenied: ${message}\n│ \n│   with aws_thing.this,\n│   on main.tf line 1, in resource "aws_thing" "this":\n╵`,
  xml: (message) =>
    `<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>${escapeXml(message)}</Message></Error><RequestId>0d0bb2a1-1111-4222-8333-444455556666</RequestId></ErrorResponse>`,
  json: (message) => JSON.stringify({ __type: 'AccessDeniedException', Message: message }),
  markdown: (message) => `### Error\n\n\`\`\`\n${message}\n\`\`\`\n`,
  docker: (message) => `The push refers to repository [example]\ndenied: ${message}`,
}

/** What encodes the message as a whole: its values are not in the text as they are. */
export const addresses: Readonly<Record<string, (message: string) => string>> = {
  address: (message) => `https://app.example/callback?state=7&error_description=${encodeURIComponent(message)}&code=2`,
  'in an address': (message) => `/sign-in?next=${encodeURIComponent(`/x?error=${encodeURIComponent(message)}`)}`,
  form: (message) => new URLSearchParams({ state: '7', error_description: message, code: '2' }).toString(),
}

const escapeXml = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;').replace(/>/g, '&gt;')

/** The text as it looks after so many trips through JSON. */
export function escaped(text: string, rounds: number): string {
  let result = text
  for (let round = 0; round < rounds; round++) result = JSON.stringify(result).slice(1, -1)
  return rounds === 0 ? result : `{"log":"${result}"}`
}

/** Hard line breaks every so many characters, as a terminal of that width puts them; `prefix` before each line. */
export function wrapped(text: string, width: number, prefix = ''): string {
  const lines: string[] = []
  for (let start = 0; start < text.length; start += width) lines.push(prefix + text.slice(start, start + width))
  return lines.join('\n')
}
