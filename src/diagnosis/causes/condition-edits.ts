import { ownValue } from '../../iam/own-value.ts'
import type { Statement } from '../../iam/policy-document.ts'
import { parseArn } from '../../iam/arn.ts'
import { isHiddenText } from '../../iam/hidden-text.ts'
import { lacksReservedPath, withReservedPath } from '../../iam/reserved-path.ts'
import { isNeverSource } from '../../verdict/condition/ip-range.ts'
import { compileWildcard, matchesWildcard } from '../../verdict/wildcard.ts'
import { permissionSetPattern } from '../fixes.ts'
import { likenessOf } from './likeness.ts'
import type { Situation } from '../situation.ts'
import type { ReadCondition } from '../statements.ts'
import { kindOfKey, knownValue, type KeyKind } from './condition-keys.ts'
import { nearestGlobalKey } from './global-keys.ts'

/** Why no request meets the condition as it is written. */
type Unmet =
  'no-such-key' | 'literal' | 'session-arn' | 'pathless' | 'endpoint' | 'through-endpoint' | 'alike' | 'bucket-key'

export interface Correction {
  readonly unmet: Unmet
  readonly after: Statement
}

/** What a condition has that no request can meet, and the statement as it was meant; `null` where it has no such fault. */
export function correctionOf(s: Situation, source: Statement, condition: ReadCondition): Correction | null {
  const found =
    misspelt(condition) ??
    withoutPath(s, condition) ??
    literalWildcard(s, condition) ??
    ofSession(s, condition) ??
    throughEndpoint(condition) ??
    (source.Effect === 'Allow' ? (ofSomebodyAlike(s, condition) ?? ofBucketKey(s, condition)) : null)
  const after = found === null ? null : withConditionAnew(source, condition, found.meant)
  return found === null || after === null ? null : { unmet: found.unmet, after }
}

/** The statement with other values, or another operator, for one condition; `null` where that would take the place of another. */
export const withValues = (source: Statement, from: ReadCondition, to: Partial<ReadCondition>): Statement | null =>
  withConditionAnew(source, from, { ...from, ...to })

interface Fault {
  readonly unmet: Unmet
  readonly meant: ReadCondition
}

/** The statement with one condition written anew; `null` where that would take the place of another. */
export function withConditionAnew(source: Statement, from: ReadCondition, to: ReadCondition): Statement | null {
  const block = source.Condition ?? {}
  const left = Object.entries(block[from.operator] ?? {}).filter(([key]) => key !== from.key)
  const rest = Object.entries(block).filter(([operator]) => operator !== from.operator)
  const kept = {
    ...Object.fromEntries(rest),
    ...(left.length > 0 ? { [from.operator]: Object.fromEntries(left) } : {}),
  }
  if (kept[to.operator]?.[to.key] !== undefined) return null
  const [only] = to.values
  const values = to.values.length === 1 && only !== undefined ? only : to.values
  return { ...source, Condition: { ...kept, [to.operator]: { ...kept[to.operator], [to.key]: values } } }
}

function misspelt(condition: ReadCondition): Fault | null {
  const key = kindOfKey(condition.key) === 'no-such-key' ? nearestGlobalKey(condition.key) : null
  return key === null ? null : { unmet: 'no-such-key', meant: { ...condition, key } }
}

/** `StringEquals` takes `*` and `?` as they stand. */
function literalWildcard(s: Situation, condition: ReadCondition): Fault | null {
  const parts = /^(For(?:Any|All)Values?:)?String(Not)?Equals(IfExists)?$/iu.exec(condition.operator)
  if (parts === null) return null
  const [, set = '', not = '', ifExists = ''] = parts
  const patterns = condition.values.filter((value) => /[*?]/u.test(value) && !value.includes('${'))
  const value = knownValue(s, condition.key)
  const had = value === undefined || value === null ? [] : [value].flat()
  const fits = had.some((one) => patterns.some((pattern) => matchesWildcard(compileWildcard(pattern), one)))
  if (patterns.length === 0 || value === null || (had.length > 0 && !fits)) return null
  return { unmet: 'literal', meant: { ...condition, operator: `${set}String${not}Like${ifExists}` } }
}

const takesPatterns = /^(?:arn(?:not)?(?:equals|like)|string(?:not)?like)(?:ifexists)?$/iu

/** In a session of a role `aws:PrincipalArn` is the role's ARN, never the session's. */
function ofSession(s: Situation, condition: ReadCondition): Fault | null {
  const role = s.principalArn
  if (condition.key.toLowerCase() !== 'aws:principalarn' || role === null) return null
  const isOwn = (value: string): boolean => {
    const [, account, name] = /^arn:[^:]*:sts::([^:]*):assumed-role\/([^/]+)(?:\/.*)?$/u.exec(value) ?? []
    return account === parseArn(role)?.account && name === s.denial.roleOrUserName
  }
  const pattern = permissionSetPattern(role)
  if (!condition.values.some(isOwn) || (pattern !== null && !takesPatterns.test(condition.operator))) return null
  const meant = condition.values.map((value) => (isOwn(value) ? (pattern ?? role) : value))
  return { unmet: 'session-arn', meant: { ...condition, values: [...new Set(meant)] } }
}

/** What the role would be called without the path that AWS gave it. */
function withoutPath(s: Situation, condition: ReadCondition): Fault | null {
  const { key, operator, values } = condition
  const role = s.principalArn?.replace(/:role\/aws-[^*]{1,512}\/(?=[^/]{1,128}$)/u, ':role/') ?? ''
  if (key.toLowerCase() !== 'aws:principalarn' || !lacksReservedPath(role)) return null
  const isMeant = (value: string): boolean =>
    lacksReservedPath(value) && matchesWildcard(compileWildcard(value), role) && !isHiddenText(value)
  const meant = [...new Set(values.map((value) => (isMeant(value) ? withReservedPath(value) : value)))]
  if (!values.some(isMeant)) return null
  const like = takesPatterns.test(operator) ? operator : operator.replace(/Equals(?=(?:IfExists)?$)/iu, 'Like')
  return takesPatterns.test(like) ? { unmet: 'pathless', meant: { ...condition, operator: like, values: meant } } : null
}

const listsCallers = /^(?:arn|string)(?:equals|like)(?:ifexists)?$/iu

/** It names a role, a user or an account that is much like the caller's: the caller is let in beside it. */
function ofSomebodyAlike(s: Situation, condition: ReadCondition): Fault | null {
  const arn = s.principalArn
  const key = condition.key.toLowerCase()
  if (arn === null || !listsCallers.test(condition.operator)) return null
  const isAccount = key === 'aws:principalaccount' || key === 'kms:calleraccount'
  const own = isAccount ? s.callerAccount : key === 'aws:principalarn' ? (permissionSetPattern(arn) ?? arn) : null
  if (own === null || condition.values.includes(own)) return null
  if (own.includes('*') && !takesPatterns.test(condition.operator)) return null
  if (!condition.values.some((value) => likenessOf(value, arn) !== null)) return null
  return { unmet: 'alike', meant: { ...condition, values: [...condition.values, own] } }
}

/** The encryption context of S3; of other services it tells their own resources. */
const s3Context = 'kms:encryptioncontext:aws:s3:arn'

/**
 * With a Bucket Key it is the bucket's ARN, which no pattern of objects fits. Objects of before still show their own.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html
 */
function ofBucketKey(s: Situation, condition: ReadCondition): Fault | null {
  if (condition.key.toLowerCase() !== s3Context || !widened.test(condition.operator)) return null
  const known = knownValue(s, condition.key)
  const buckets = condition.values.flatMap((value) => /^(arn:[a-z-]+:s3:::[^/*?$]+)\/./u.exec(value)?.[1] ?? [])
  const meant = known === undefined ? buckets : buckets.filter((bucket) => bucket === known)
  const missing = [...new Set(meant)].filter((bucket) => !condition.values.includes(bucket))
  if (missing.length === 0) return null
  return { unmet: 'bucket-key', meant: { ...condition, values: [...condition.values, ...missing] } }
}

/** Private addresses are in `aws:VpcSourceIp`, where the request comes through a VPC endpoint, and never in the other. */
function throughEndpoint(condition: ReadCondition): Fault | null {
  const isPrivate = condition.values.length > 0 && condition.values.every(isNeverSource)
  if (condition.key.toLowerCase() !== 'aws:sourceip' || !isPrivate) return null
  return { unmet: 'endpoint', meant: { ...condition, key: 'aws:VpcSourceIp' } }
}

const ofEndpoints = ['aws:SourceVpce', 'aws:SourceVpc', 'aws:VpcSourceIp'] as const

/** Where a request that came through a VPC endpoint came from; `null` where it did not, as far as is known. */
export function endpointOf(s: Situation): { readonly key: string; readonly value: string } | null {
  if (typeof knownValue(s, 'aws:SourceIp') === 'string') return null
  for (const key of ofEndpoints) {
    const value = knownValue(s, key)
    if (typeof value === 'string') return { key, value }
  }
  return null
}

/**
 * A Deny of what comes from elsewhere meets all that comes through a VPC endpoint, where `aws:SourceIp` is never there:
 * it is to leave that endpoint out.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourceip
 */
export function sparingEndpoint(s: Situation, source: Statement, condition: ReadCondition): Correction | null {
  const own = endpointOf(s)
  const isOfAddresses = condition.key.toLowerCase() === 'aws:sourceip' && /^NotIpAddress/iu.test(condition.operator)
  if (source.Effect !== 'Deny' || !isOfAddresses || own === null) return null
  const operator = own.key === 'aws:VpcSourceIp' ? 'NotIpAddress' : 'StringNotEquals'
  const block = source.Condition ?? {}
  const listed = Object.keys(block[operator] ?? {}).some((key) => key.toLowerCase() === own.key.toLowerCase())
  if (listed) return null
  const Condition = { ...block, [operator]: { ...block[operator], [own.key]: own.value } }
  return { unmet: 'through-endpoint', after: { ...source, Condition } }
}

/** What it holds is never known to be absent: the value goes into the condition, or a place for it. */
const isEncryptionContext = (key: string): boolean => /^kms:encryptioncontext:./iu.test(key)

/** AWS's services set theirs by themselves: `aws:s3:arn`, `PARAMETER_ARN`, `SecretARN`. */
export const isSetByService = (key: string): boolean => /^kms:encryptioncontext:(?:aws[:.-]|[a-z_]*arn$)/iu.test(key)

const widened = /^(?:ForAnyValue:)?(?:String(?:Equals|Like)|Arn(?:Equals|Like)|IpAddress)$/iu
const widenable: ReadonlySet<KeyKind> = new Set(['other', 'network', 'source', 'called-via'])

/**
 * The service that made the call for the caller, where the condition asks for another: what is asked for is that
 * service's, and no other one asks for it. Of a chain the last made the call.
 */
export function callingService(s: Situation, { key }: ReadCondition): string | null {
  if (kindOfKey(key) !== 'called-via') return null
  return [knownValue(s, key) ?? []].flat().at(-1) ?? null
}

/**
 * The condition with what the request had beside what it demands: for its owner to decide. `null` where the value is
 * not known, or the condition is about who somebody is rather than about what is asked.
 */
export function withSentValue(s: Situation, source: Statement, condition: ReadCondition): Statement | null {
  const kind = kindOfKey(condition.key)
  const value =
    callingService(s, condition) ??
    knownValue(s, condition.key) ??
    (isEncryptionContext(condition.key) ? '<EncryptionContextValue>' : null)
  if (typeof value !== 'string' || !widenable.has(kind)) return null
  if (!widened.test(condition.operator) || condition.values.some((one) => one.includes('${'))) return null
  if (condition.values.includes(value)) return null
  return withValue(source, condition, value)
}

/** The condition with one more value in its list. */
export const withValue = (source: Statement, condition: ReadCondition, value: string): Statement | null =>
  withConditionAnew(source, condition, { ...condition, values: [...condition.values, value] })

const places: Readonly<Record<string, string>> = {
  'aws:sourceip': '<IpAddress>',
  'aws:vpcsourceip': '<IpAddress>',
  'aws:sourcevpc': '<VpcId>',
  'aws:sourcevpce': '<VpcEndpointId>',
}

/** The condition with the address or network that the call came from in its list, or a place for it. */
export const withOwnPlace = (s: Situation, source: Statement, condition: ReadCondition): Statement | null => {
  const known = knownValue(s, condition.key)
  const place = typeof known === 'string' ? known : ownValue(places, condition.key.toLowerCase())
  return place === undefined || condition.values.includes(place) ? null : withValue(source, condition, place)
}
