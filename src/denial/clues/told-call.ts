import { prefixFor } from '../../action-catalogue/service-names.ts'
import { partitionOfRegion } from '../../iam/arn.ts'
import { ownValue } from '../../iam/own-value.ts'
import type { Clue, Denial, Span } from '../denial.ts'
import { serviceOfOperation } from '../../action-catalogue/operations.ts'
import { readPrincipalName } from '../principal-name.ts'
import { servicePrefix } from '../service-names.ts'
import { operationOfFrames, ownName } from '../sdk-frame.ts'
import { operationOfPhrase } from '../tool-phrase.ts'

const byMethod: Readonly<Record<string, string>> = {
  HEAD: 'HeadObject',
  GET: 'GetObject',
  PUT: 'PutObject',
  DELETE: 'DeleteObject',
  // The form of a browser.
  POST: 'PutObject',
}

interface ToldOperation {
  readonly service: string
  readonly operation: string
  readonly span: Span
  /** Bucket and key where they stand in the same words. */
  readonly parameters?: Readonly<Record<string, string>>
}

/**
 * The call that circumstances tell of: an operation from the error or from prose, and the bucket and key that stand
 * around it. Only where no command line or code shows the call itself.
 */
export function withToldCall(found: Denial): Denial {
  const denial = withToldCaller(found)
  if (!isUnsaid(denial) || denial.class === 'not-aws') return denial
  const seen = denial.calls.some(({ operation }) => denial.operation === null || sameName(operation, denial.operation))
  const told = seen ? null : toldOperation(denial)
  if (told === null) return denial
  const parameters = ownValue(parametersOf, told.service)?.(denial.clues, told.operation) ?? {}
  return {
    ...denial,
    service: denial.service ?? (denial.class === 'bare' ? told.service : null),
    calls: [...denial.calls, { ...told, parameters: { ...parameters, ...told.parameters } }],
  }
}

/** No sentence says what was asked for: an action in the lines around may only be the operation's own. */
const isUnsaid = ({ action, operation, service, principal, resource }: Denial): boolean =>
  action === null ||
  (principal === null && resource === null && operation !== null && action === `${service ?? ''}:${operation}`)

/** `sts:AssumeRole` and such are about the role that stands beside them. */
const aboutRoles = /^(?:Assume|Pass|\w{1,20}Role)/u

/**
 * The one caller that the words beside a bare refusal name. It has no mark: AWS's own sentence does not say who, and
 * what follows from that stays so.
 */
function withToldCaller(denial: Denial): Denial {
  const { class: kind, principal, roleArn, clues, operation, service } = denial
  if (kind !== 'bare' || principal !== null || roleArn !== null) return denial
  const told = clues.flatMap(({ kind, values }) =>
    kind === 'caller-told' ? (values['caller'] ?? values['subject'] ?? []) : [],
  )
  const [caller, ...others] = new Set(told)
  if (caller === undefined || others.length > 0) return denial
  const isOfRoles = service === 'iam' || service === 'sts' || aboutRoles.test(operation ?? '')
  return isOfRoles && caller.includes(':role/')
    ? denial
    : { ...denial, principal: caller, ...readPrincipalName(caller) }
}

const sameName = (a: string, b: string): boolean => a.replaceAll('-', '').toLowerCase() === b.toLowerCase()

function toldOperation({ class: kind, format, operation, service, clues, span }: Denial): ToldOperation | null {
  if (operation !== null) return service === null ? null : { service: isS3(service) ? 's3' : service, operation, span }
  for (const { kind, values, span: place } of withoutOtherHeaders(clues, span)) {
    const named = values['operation']
    if (kind !== 'operation-told' || named === undefined || !speaksOf(service, values['service'])) continue
    const called = ownName(named) ?? named.replace(/(?:^|_)([a-z0-9])/gu, (_, c: string) => c.toUpperCase())
    const owner = servicePrefix(values['service'] ?? serviceOfOperation(called, service) ?? service ?? '')
    // Of a stack whose paths name no package only the operation is known: it has to be one of this service.
    if (owner !== '' && (service === null || owner === service.toLowerCase()))
      return { service: owner, operation: called, span: place, parameters: placeIn(values) }
  }
  const frame = operationOfFrames(clues, service)
  if (frame !== null)
    return {
      service: frame.service,
      operation: frame.operation,
      span: frame.clue.span,
      parameters: placeIn(frame.clue.values),
    }
  // A sentence with a caller in it speaks of a call of its own.
  const phrased = kind === 'authorization' ? null : ofPhrase(clues, service, format !== 'forbidden')
  if (phrased !== null) return phrased
  const http = clues.find(
    ({ kind, values }) => (kind === 'http-method' || kind === 'http-object') && !wasAnswered(values['status']),
  )
  // API Gateway tells the method and path of its own API.
  if (clues.some(({ kind }) => kind === 'lambda-permission-missing')) return null
  const method = byMethod[http?.values['method'] ?? '']
  if (http === undefined || method === undefined || !speaksOf(service, 's3')) return null
  return { service: 's3', operation: method, span: http.span }
}

const placeIn = ({ bucket, key, noSignRequest }: Clue['values']): Readonly<Record<string, string>> => ({
  ...(bucket === undefined ? {} : { bucket }),
  ...(key === undefined ? {} : { key }),
  ...(noSignRequest === undefined ? {} : { noSignRequest }),
})

/** An access log shows the other requests too: what was not refused is not what the error is about. */
const wasAnswered = (status: string | undefined): boolean => status !== undefined && !/^40[013]$/u.test(status)

/** A log has a header for each request: the one that was refused is the last in front of the answer, and goes first. */
function withoutOtherHeaders(clues: readonly Clue[], [start]: Span): readonly Clue[] {
  const headers = clues.filter(({ values }) => values['in'] === 'header')
  const last = headers.findLast(({ span }) => span[0] < start)
  return last === undefined ? clues : [last, ...clues.filter((clue) => clue.values['in'] !== 'header')]
}

/** The call that a tool's own words stand for, of the service that refused where that is known. */
function ofPhrase(clues: readonly Clue[], service: string | null, isOfAws: boolean): ToldOperation | null {
  for (const { kind, values, span } of clues) {
    if (kind !== 'thing-told') continue
    const { verb = '', thing = '', place, owner } = values
    const part = /^ (?:to|from|on|with|in|into|at|by|for)\b/iu.test(values['part'] ?? '') ? '' : (values['part'] ?? '')
    // CloudFormation makes several calls for a resource: the first of them only where its service answered.
    if (owner !== undefined && service === null) continue
    const refused = service === null ? null : (prefixFor(service) ?? service)
    const found = operationOfPhrase(verb, thing + part, owner ?? place, refused, isOfAws || refused !== null)
    if (found !== null && (refused === null || refused === found.service)) {
      return { service: found.service, operation: found.operation, span }
    }
  }
  return null
}

const isS3 = (service: string): boolean => /^(?:amazon )?s3$/iu.test(service)
const speaksOf = (service: string | null, told: string | undefined): boolean =>
  service === null || told === undefined || service.toLowerCase() === servicePrefix(told)

const listings = /^(?:List|HeadBucket|PutBucket|GetBucket|CreateBucket|DeleteBucket)/u
const writes = /^(?:Put|Upload|Create|Complete|Delete|Copy)/u

type ReadParameters = (clues: readonly Clue[], operation: string) => Readonly<Record<string, string>>

/** Bucket and key: of the target for writes, of the source for reads; listings have a prefix in place of a key. */
function s3Parameters(clues: readonly Clue[], operation: string): Readonly<Record<string, string>> {
  const places = clues.filter(({ kind }) => kind === 's3-uri' || kind === 's3-url')
  const place = writes.test(operation) && !listings.test(operation) ? places.at(-1) : places[0]
  const named = (kind: string, name: string): string | undefined =>
    clues.find((clue) => clue.kind === kind && clue.values[name] !== undefined)?.values[name]
  const bucket = place?.values['bucket'] ?? named('directory-bucket', 'bucket') ?? named('bucket-named', 'bucket')
  const key = place === undefined ? named('object-named', 'key') : place.values['key']
  return {
    ...(bucket === undefined ? {} : { bucket }),
    ...(key === undefined || key === '' || listings.test(operation) ? {} : { key }),
  }
}

/** The role that a pod asked for. */
function roleParameters(clues: readonly Clue[]): Readonly<Record<string, string>> {
  const role = clues.find(({ kind, values }) => kind === 'operation-told' && values['role'] !== undefined)
  return role?.values['role'] === undefined ? {} : { roleName: role.values['role'] }
}

/** The one log group that the text names; of several the denied one is not known. */
function logsParameters(clues: readonly Clue[]): Readonly<Record<string, string>> {
  const groups = clues.flatMap(({ kind, values }) => (kind === 'log-group-named' ? (values['group'] ?? []) : []))
  const [group, ...others] = new Set(groups)
  return group === undefined || others.length > 0 ? {} : { logGroupName: group }
}

/** The table, where a library prints it. */
function tableParameters(clues: readonly Clue[]): Readonly<Record<string, string>> {
  const table = clues.find(({ kind }) => kind === 'table-named')?.values['table']
  return table === undefined ? {} : { tableName: table }
}

/** The name of an image tells where its repository is. */
function ecrParameters(clues: readonly Clue[]): Readonly<Record<string, string>> {
  const { account, region, repository } = clues.find(({ kind }) => kind === 'image-uri')?.values ?? {}
  if (account === undefined || region === undefined || repository === undefined) return {}
  return { repositoryArn: `arn:${partitionOfRegion(region)}:ecr:${region}:${account}:repository/${repository}` }
}

/** The repository in the address that git called. */
function gitParameters(clues: readonly Clue[]): Readonly<Record<string, string>> {
  const repository = clues.find(({ values }) => values['operation']?.startsWith('Git') === true)?.values['repository']
  return repository === undefined ? {} : { repositoryName: repository }
}

/** The address of a package tells its repository. */
function artifactParameters(clues: readonly Clue[]): Readonly<Record<string, string>> {
  const { domain, owner, region, repository } = clues.find(({ kind }) => kind === 'artifact-repository')?.values ?? {}
  if (domain === undefined || owner === undefined || region === undefined || repository === undefined) return {}
  return {
    repositoryArn: `arn:${partitionOfRegion(region)}:codeartifact:${region}:${owner}:repository/${domain}/${repository}`,
  }
}

const parametersOf: Readonly<Record<string, ReadParameters>> = {
  s3: s3Parameters,
  ecr: ecrParameters,
  codeartifact: artifactParameters,
  codecommit: gitParameters,
  logs: logsParameters,
  sts: roleParameters,
  dynamodb: tableParameters,
}
