import { serviceOfOperation } from '../action-catalogue/operations.ts'
import { isObject, parseJson } from '../iam/json.ts'
import type { RequestContext } from '../iam/request.ts'
import type { CallSeen, DenialClass, Span } from './denial.ts'
import type { Draft } from './draft.ts'
import { findErrorCode } from './error-codes.ts'
import { federatedKeys } from './cloudtrail-federation.ts'
import { ownerOfResource, resourceOfRecord, type Members } from './cloudtrail-resource.ts'
import { readPrincipalName } from './principal-name.ts'
import { servicePrefix } from './service-names.ts'
import type { Fields } from './signal.ts'

/*
 * CloudTrail records: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference.html
 * They print the operation, not the IAM action, and know the role's path and what the request carried.
 */

// An envelope in a list in an envelope; deeper ones are no record of AWS's.
const deepest = 6

const members = (value: unknown): Members => (isObject(value) ? value : {})
const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

/** The records of one object: itself, `Records`, or the `detail` of an EventBridge envelope. */
export function recordsOf(value: unknown, depth = 0): readonly Members[] {
  if (depth > deepest) return []
  const inner = (part: unknown): readonly Members[] => recordsOf(part, depth + 1)
  if (Array.isArray(value)) return value.flatMap(inner)
  if (!isObject(value)) return []
  if (Array.isArray(value['Records'])) return value['Records'].flatMap(inner)
  if (isObject(value['detail'])) return inner(value['detail'])
  const event = text(value['CloudTrailEvent'])
  if (event !== null) return inner(parseJson(event))
  // What S3 and DynamoDB hand to functions looks alike, and is of `aws:s3`.
  const source = text(value['eventSource'])
  const isRecord =
    text(value['eventName']) !== null &&
    (isObject(value['userIdentity']) || source !== null) &&
    source?.startsWith('aws:') !== true
  return isRecord ? [value] : []
}

/** What a record says, given how its message was read; `null` where the call succeeded. */
export function draftOfRecord(record: Members, span: Span, message: Draft | null): Draft | null {
  const errorCode = text(record['errorCode'])
  if (errorCode === null && message === null) return null
  const identity = members(record['userIdentity'])
  const fields = recordFields(record, identity, errorCode, message)
  const kind = classOf(fields, errorCode, message)
  const eventTime = text(record['eventTime'])
  return {
    class: kind.class,
    format: kind.format,
    fields,
    wrapper: 'cloudtrail',
    span,
    marks: {},
    weak: false,
    needsContext: false,
    occurrences: 1,
    roleArn: text(members(members(identity['sessionContext'])['sessionIssuer'])['arn']),
    context: contextOf(record, identity, fields.principal ?? null),
    time: eventTime !== null && !Number.isNaN(Date.parse(eventTime)) ? new Date(eventTime).toISOString() : null,
    calls: callsOf(record, span),
  }
}

function recordFields(record: Members, identity: Members, errorCode: string | null, message: Draft | null): Fields {
  const said = message?.fields ?? {}
  const source = text(record['eventSource'])
  const principal = said.principal ?? text(identity['arn']) ?? servicePrincipal(identity)
  const resource = said.resource ?? resourceOfRecord(record)
  const region = text(record['awsRegion'])
  const requestId = text(record['requestID'])
  const operation = text(record['eventName'])
  const service =
    said.action?.split(':')[0]?.toLowerCase() ??
    (source === null
      ? (said.service ?? (operation === null ? undefined : (serviceOfOperation(operation) ?? undefined)))
      : servicePrefix(source))
  return {
    ...said,
    ...(principal !== null && { principal }),
    ...(resource !== null && { resource }),
    ...(operation !== null && { operation }),
    ...(service !== undefined && { service }),
    ...(errorCode !== null && { errorCode }),
    ...(requestId !== null && { requestId }),
    ...(region !== null && { region: said.region ?? region }),
    ...(errorCode === 'VpceAccessDenied' && { policyType: 'vpc-endpoint' as const }),
  }
}

function servicePrincipal(identity: Members): string | null {
  const invokedBy = text(identity['invokedBy'])
  return identity['type'] === 'AWSService' && invokedBy?.endsWith('.amazonaws.com') === true ? invokedBy : null
}

function classOf(
  fields: Fields,
  errorCode: string | null,
  message: Draft | null,
): { class: DenialClass; format: string } {
  if (message !== null && message.class !== 'bare' && message.class !== 'not-aws') return message
  const known = errorCode === null ? null : findErrorCode(errorCode)
  if (message === null && known !== null && known.class !== 'bare')
    return { class: known.class, format: `neighbour:${known.neighbour ?? 'other-aws-error'}` }
  if (message === null && known === null) return { class: 'other-aws', format: 'neighbour:other-aws-error' }
  return {
    class: fields.principal === undefined && fields.action === undefined ? 'bare' : 'authorization',
    format: 'cloudtrail-record',
  }
}

/** The context keys whose values the record proves. A key that is not printed may have been there all the same. */
function contextOf(record: Members, identity: Members, principal: string | null): RequestContext {
  const session = members(identity['sessionContext'])
  const attributes = members(session['attributes'])
  const issuer = members(session['sessionIssuer'])
  const ip = text(record['sourceIPAddress'])
  // A service of its own asks for nobody else.
  const service = servicePrincipal(identity)
  const caller =
    service !== null ? null : (text(identity['invokedBy']) ?? (ip?.endsWith('.amazonaws.com') === true ? ip : null))
  const isAddress = ip !== null && /^[\d.]+$|^[0-9a-f:]*:[0-9a-f:]+$/i.test(ip)
  const sent = servicePrefix(text(record['eventSource']) ?? '') === 'kms' ? members(record['requestParameters']) : {}
  const encryption = Object.entries(members(sent['encryptionContext'])).flatMap(([name, value]) =>
    typeof value === 'string' ? [[`kms:EncryptionContext:${name}`, value] as const] : [],
  )
  const keys = {
    ...Object.fromEntries(encryption),
    ...federatedKeys(identity, members(record['requestParameters'])),
    'aws:SourceIp': isAddress ? ip : null,
    'aws:SourceVpce': text(record['vpcEndpointId']),
    'aws:VpceAccount': text(record['vpcEndpointAccountId']),
    'aws:UserAgent': text(record['userAgent']),
    'aws:RequestedRegion': text(record['awsRegion']),
    'aws:SecureTransport': isObject(record['tlsDetails']) ? 'true' : null,
    // "false" is printed also where the key was absent, so that only "true" proves something.
    'aws:MultiFactorAuthPresent': attributes['mfaAuthenticated'] === 'true' ? 'true' : null,
    'aws:TokenIssueTime': text(attributes['creationDate']),
    'aws:SourceIdentity': text(session['sourceIdentity']) ?? text(identity['sourceIdentity']),
    'aws:userid': text(identity['principalId']),
    'aws:username': identity['type'] === 'IAMUser' ? text(identity['userName']) : null,
    'aws:PrincipalArn': text(issuer['arn']) ?? (identity['type'] === 'AssumedRole' ? null : text(identity['arn'])),
    'aws:PrincipalAccount': text(identity['accountId']) ?? readPrincipalName(principal).accountId,
    'aws:ResourceAccount': ownerOfResource(record),
    'aws:CalledVia': caller === null ? null : [caller],
    'aws:ViaAWSService': service !== null ? 'false' : caller === null ? null : 'true',
    'aws:PrincipalIsAWSService': service === null ? null : 'true',
    'aws:PrincipalServiceName': service,
    'aws:CurrentTime': text(record['eventTime']),
  }
  const context: Record<string, string | readonly string[]> = {}
  for (const [key, value] of Object.entries(keys)) if (value !== null) context[key] = value
  return context
}

/** The call with the parameters that name resources, as a command line would. */
function callsOf(record: Members, span: Span): readonly CallSeen[] {
  const operation = text(record['eventName'])
  const source = text(record['eventSource'])
  if (operation === null || source === null) return []
  const parameters = Object.entries(members(record['requestParameters'])).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1].length <= 2048,
  )
  return [{ service: servicePrefix(source), operation, parameters: Object.fromEntries(parameters), span }]
}
