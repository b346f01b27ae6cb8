import { ownValue } from '../iam/own-value.ts'
import type { CallSeen } from './denial.ts'
import { endpointVariables } from './endpoint-variable.ts'
import { s3TransferCalls } from './s3-transfer.ts'
import type { TextView } from './text-view.ts'

/*
 * Commands of the AWS CLI in a paste. They name operation and resource where the error does not:
 * https://docs.aws.amazon.com/cli/latest/reference/
 */

const name = 'aws'
const command = /(?<![\w./-])aws(?:\.exe)?[ \t]+(?=[a-z-])/y
const longestCommand = 3000
const mostTokens = 80
const mostCommands = 500
const mostTried = 4000

// Operations of one word; anything else of one word after the service is prose: `aws iam policy`.
const singleWords = new Set(
  'invoke publish query scan subscribe unsubscribe decrypt encrypt sign verify converse retrieve search poll'.split(
    ' ',
  ),
)
const s3Commands = new Set(['cp', 'ls', 'mv', 'rm', 'sync', 'mb', 'rb', 'presign'])
// Commands that the CLI adds to the API's operations.
const custom: Readonly<Record<string, string>> = {
  'cloudformation deploy': 'CreateChangeSet',
  'ecr get-login': 'GetAuthorizationToken',
  'ecr get-login-password': 'GetAuthorizationToken',
  'eks update-kubeconfig': 'DescribeCluster',
  'eks get-token': 'GetCallerIdentity',
  'logs tail': 'FilterLogEvents',
  'ecs deploy': 'UpdateService',
  'codeartifact login': 'GetAuthorizationToken',
  'rds generate-db-auth-token': 'connect',
}
const services: Readonly<Record<string, string>> = {
  s3api: 's3',
  s3control: 's3',
  stepfunctions: 'states',
  emr: 'elasticmapreduce',
  efs: 'elasticfilesystem',
  elbv2: 'elasticloadbalancing',
  elb: 'elasticloadbalancing',
  opensearch: 'es',
  sesv2: 'ses',
  'bedrock-runtime': 'bedrock',
  'bedrock-agent': 'bedrock',
  apigatewayv2: 'apigateway',
  ddb: 'dynamodb',
  'sso-admin': 'sso',
  resourcegroupstaggingapi: 'tag',
}

/** Every AWS CLI command in the text, in order. */
export function findCommandLines(view: TextView): readonly CallSeen[] {
  const found: CallSeen[] = []
  const endpointAt = endpointVariables(view.text)
  let done = 0
  let tried = 0
  for (let start = view.text.indexOf(name); start !== -1; start = view.text.indexOf(name, start + 1)) {
    if (found.length >= mostCommands || tried >= mostTried) break
    command.lastIndex = start
    if (start < done || !command.test(view.text)) continue
    tried++
    if (isSaidToWork(view.text, start) || isFoundToWork(view.text, start)) continue
    const from = command.lastIndex
    // Prose about AWS is told by its first words already.
    const firstWords = firstLine(view.text.slice(from, from + 240))
    const told = callsOf(tokensOf(firstWords))
    if (told.length === 0) continue
    const end = commandEnd(view.text, from)
    const calls = end - from === firstWords.length ? told : callsOf(tokensOf(view.text.slice(from, end)))
    if (calls.length === 0) continue
    const span = view.spanOf(start, end)
    found.push(...calls.map((call) => ({ ...withEndpoint(call, endpointAt(call.service, start)), span })))
    done = end
  }
  return found
}

const claim = /\b(?:I|we) can (?:see|list|read|run|do|use|upload|download|access)\b|\b(?:I am|I'm|we are) able to\b/iu
const doubt = /\b(?:but|error|fail\w*|denied|not|get|when|if)\b|[.;:$]/iu

const anotherPlace =
  /\b(?:locally|local|laptop|machine|computer|desktop|mac|pc|workstation|as (?!(?:expected|well|usual|you|we|if|soon|long|it|such|below|follows|shown)\b)[`'"]?[a-z][\w.-]{1,30}|from (?:my|our|the|an?)|in (?:my|our|the|another)|(?:with|using) (?:my|our|the|another) [\w ]{0,20}(?:user|profile|role|credentials|account))\b/iu
const anotherCommand = /(?<![\w./-])aws [a-z0-9-]{2,30} [a-z]/u

/** `I can run aws s3 cp … from my laptop`: the same command may be refused elsewhere, where no other one is named. */
function isOfAnotherPlace(text: string, at: number, before: string): boolean {
  const after = text.slice(at, at + 300)
  const line = after.split('\n', 1)[0] ?? ''
  return anotherPlace.test(before + line) && !anotherCommand.test(after.slice(name.length))
}

/** `I can see the buckets doing aws s3 ls`: what works is not what was refused. */
function isSaidToWork(text: string, at: number): boolean {
  const near = text.slice(Math.max(0, at - 90), at)
  const line = near.slice(near.lastIndexOf('\n') + 1)
  const said = claim.exec(line)
  return (
    said !== null &&
    !isOfAnotherPlace(text, at, line.slice(said.index)) &&
    !doubt.test(line.slice(said.index + said[0].length)) &&
    !/\b(?:only|if|whether) $/iu.test(line.slice(0, said.index))
  )
}

const worked =
  /^[^`'"\n]{0,160}[`'"],? (?:(?:and|which|that|it|command|call|also|itself|still|just|all|then|always|correctly|this|does) ){0,3}(?:work(?:s|ed)?|succeed(?:s|ed)|pass(?:es|ed)|match(?:es|ed)|(?:show|print|return|list|display|give)s (?:me )?(?:(?:the|my|our) )?(?:right|correct|expected|proper|intended|(?:[a-z]+(?:'s)? )?(?:role|user|account|identity)\b)|(?:is|was) (?:ok|okay|fine|successful))\b/iu
const inOtherCase = /\b(?:only|if|when|unless|after|until|except|once|with(?:out)?|using|for|no longer)\b/iu

/** `` `aws s3 ls` works ``, `` `aws sts get-caller-identity` prints the right role ``: it was looked at, and not refused. */
function isFoundToWork(text: string, at: number): boolean {
  const line = firstLine(text.slice(at, at + 300))
  const said = worked.exec(line)
  if (said === null || !/[`'"]/u.test(text[at - 1] ?? '')) return false
  const rest = line.slice(said[0].length)
  const [sentence = ''] = rest.split(/[.;,]|\bbut\b/u, 1)
  return !inOtherCase.test(sentence) && !isOfAnotherPlace(text, at, '')
}

function firstLine(text: string): string {
  const newline = text.indexOf('\n')
  return newline === -1 ? text : text.slice(0, newline)
}

/** The end of the line; a line that starts with an option goes on. */
function commandEnd(text: string, start: number): number {
  const window = text.slice(start, start + longestCommand)
  let end = window.indexOf('\n')
  while (end !== -1 && /^ ?(?:--|s3:\/\/)/.test(window.slice(end + 1, end + 8))) end = window.indexOf('\n', end + 1)
  return start + (end === -1 ? window.length : end)
}

/** Words as a shell would split them; the command ends at a pipe, at `;`, at a comment, or where a quote closes it. */
function tokensOf(line: string): readonly string[] {
  const tokens: string[] = []
  const token = /"([^"]*)"|'([^']*)'|([^\s"'`|;&#)]+(?:=(?:"[^"]*"|'[^']*'))?)|([`|;&#)])/g
  for (const [, double, single, bare, stop] of line.matchAll(token)) {
    if (stop !== undefined || tokens.length >= mostTokens) break
    tokens.push(double ?? single ?? bare ?? '')
  }
  return tokens
}

type Call = Omit<CallSeen, 'span'>

function callsOf(tokens: readonly string[]): readonly Call[] {
  const endpoint = endpointIn(tokens)
  const isUnsigned = tokens.includes('--no-sign-request')
  return callsAt(withoutGlobalOptions(tokens)).map((call) => {
    const to = withEndpoint(call, endpoint)
    return isUnsigned ? { ...to, parameters: { ...to.parameters, noSignRequest: 'true' } } : to
  })
}

/** What the command itself says counts more than its surroundings. */
const withEndpoint = (call: Call, endpointUrl: string | null): Call =>
  endpointUrl === null || 'endpointUrl' in call.parameters
    ? call
    : { ...call, parameters: { ...call.parameters, endpointUrl } }

/** Where the command goes instead of AWS, wherever among its options that stands. */
function endpointIn(tokens: readonly string[]): string | null {
  const at = tokens.findIndex((token) => /^--endpoint(?:-url)?(?:=|$)/.test(token))
  const token = tokens[at] ?? ''
  const equals = token.indexOf('=')
  return at === -1
    ? null
    : equals === -1
      ? (tokens[at + 1] ?? null)
      : token.slice(equals + 1).replace(/^["']|["']$/g, '')
}

function callsAt([service = '', operation = '', ...rest]: readonly string[]): readonly Call[] {
  if (!/^[a-z][a-z0-9-]{1,40}$/.test(service)) return []
  const { options, operands } = argumentsOf(rest)
  if (service === 's3' && s3Commands.has(operation)) return s3TransferCalls(operation, operands, options)
  if (service === 'cloudformation' && operation === 'package') return packageCalls(options)
  const name = custom[`${service} ${operation}`] ?? operationName(operation)
  return name === null
    ? []
    : [{ service: ownValue(services, service) ?? service, operation: name, parameters: options }]
}

/** CloudFormation is not asked: the files go to the bucket that the command names. */
const packageCalls = ({ s3Bucket = '', s3Prefix = '' }: Call['parameters']): readonly Call[] =>
  /^[a-z0-9][a-z0-9.-]+$/.test(s3Bucket)
    ? s3TransferCalls('cp', ['', `s3://${s3Bucket}/${s3Prefix}`], { recursive: 'true' })
    : [{ service: 's3', operation: 'PutObject', parameters: {} }]

const withoutGlobalOptions = (tokens: readonly string[]): readonly string[] => {
  let index = 0
  while (tokens[index]?.startsWith('--') === true)
    index += /^--(?:no-|debug$)|=/.test(tokens[index] ?? '') || tokens[index + 1]?.startsWith('--') === true ? 1 : 2
  return tokens.slice(index)
}

function operationName(kebab: string): string | null {
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/.test(kebab) && !singleWords.has(kebab)) return null
  return kebab
    .split('-')
    .map((part) => part.slice(0, 1).toUpperCase() + part.slice(1))
    .join('')
}

/** `--function-name f` as `functionName: f`; what is no option is an operand. */
function argumentsOf(tokens: readonly string[]): {
  readonly options: Readonly<Record<string, string>>
  readonly operands: readonly string[]
} {
  const options: Record<string, string> = {}
  const operands: string[] = []
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index] ?? ''
    if (!token.startsWith('--')) {
      operands.push(token)
      continue
    }
    const equals = token.indexOf('=')
    const name = camelCase(token.slice(2, equals === -1 ? undefined : equals))
    const next = tokens[index + 1]
    if (equals !== -1) options[name] = token.slice(equals + 1).replace(/^["']|["']$/g, '')
    else if (next === undefined || next.startsWith('--') || flags.has(name)) options[name] = 'true'
    else {
      options[name] = next
      index++
    }
  }
  return { options, operands }
}

const flags = new Set(['recursive', 'dryRun', 'dryrun', 'quiet', 'delete', 'noSignRequest', 'debug'])

const camelCase = (kebab: string): string => kebab.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
