import { audienceKey } from '../../iam/federated-provider.ts'
import { list, type ConditionBlock, type Statement } from '../../iam/policy-document.ts'
import type { Situation } from '../situation.ts'
import type { ReadCondition } from '../statements.ts'

/** Why a trust policy does not accept a token. */
export type Fault =
  | 'action'
  | 'subject-differs'
  | 'wildcard-under-equals'
  | 'subject-in-audience'
  | 'key-with-arn'
  | 'wrong-case'
  | 'subject-without-ids'
  | 'audience'
  | 'provider'
  | 'issuer'
  | 'no-such-claim'
  /** All that the text tells of the token fits. */
  | 'fits'
  | 'unknown'

export interface TokenFault {
  readonly kind: Fault
  readonly condition: ReadCondition | null
}

export const isAudience = (key: string): boolean => /:(?:aud|app_id)$/iu.test(key)
export const isSubject = (key: string): boolean => key.toLowerCase().endsWith(':sub')
/** What a condition keeps out is not what it lets in. */
export const letsInSubject = ({ key, operator }: ReadCondition): boolean =>
  isSubject(key) && !/Not|^Null$/u.test(operator)

/** Claims of every provider. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif */
const everywhere: ReadonlySet<string> = new Set(['amr', 'aud', 'email', 'oaud', 'sub'])

/**
 * A key of the provider's that AWS never takes from a token, under an operator that does not hold without it: AWS reads
 * some claims of some providers, and no others.
 */
export function isNoClaim(s: Situation, { key, operator }: ReadCondition): boolean {
  const [, host = '', claim = ''] = /^([\w.-]+\.[a-z]+(?:\/[^:]*)?):([\w./-]+)$/u.exec(key) ?? []
  if (host === '' || everywhere.has(claim.toLowerCase()) || /IfExists$|Not|^Null$/u.test(operator)) return false
  const keys = s.catalogue.find('sts:AssumeRoleWithWebIdentity')?.conditionKeys ?? []
  return keys.length > 0 && !keys.some((pattern) => matchesKey(pattern, key))
}

/** Keys with a part that differs from provider to provider: `agent.${Domain}.buildkite.dev:build_branch`. */
const matchesKey = (pattern: string, key: string): boolean => {
  const [start = '', end] = pattern.toLowerCase().split(/\$\{\w+\}/u)
  const name = key.toLowerCase()
  return end === undefined ? name === start : name.startsWith(start) && name.endsWith(end)
}

/** A trust policy asks for both: the audience alone would let in whatever the provider signs. */
export const conditionsFor = (host: string, audience: string, subject: string): ConditionBlock => {
  const isPattern = /[*?]/u.test(subject)
  const aud = { [audienceKey(host)]: audience }
  const sub = { [`${host}:sub`]: subject }
  return isPattern ? { StringEquals: aud, StringLike: sub } : { StringEquals: { ...aud, ...sub } }
}

/**
 * The statement with the one thing corrected that is at fault. Subjects that it accepts already stay, since others may
 * come by them, and so do all other conditions.
 */
export function withClaims(
  source: Statement,
  fault: TokenFault,
  host: string,
  audience: string,
  subject: string,
): Statement {
  const corrected = withoutFault(source, fault, host, audience, subject)
  if (!isOpenToAll(corrected, host)) return corrected
  return { ...corrected, Condition: merged(corrected.Condition ?? {}, subjects(host, [subject])) }
}

function withoutFault(
  source: Statement,
  fault: TokenFault,
  host: string,
  audience: string,
  subject: string,
): Statement {
  const { kind, condition } = fault
  const block = source.Condition ?? {}
  switch (kind) {
    case 'action': {
      const asked = Object.keys(block).length === 0 ? conditionsFor(host, audience, subject) : block
      return { ...source, Action: 'sts:AssumeRoleWithWebIdentity', Condition: asked }
    }
    case 'audience':
      return {
        ...source,
        Condition: merged(without(block, condition), { StringEquals: { [audienceKey(host)]: audience } }),
      }
    case 'subject-differs':
      return {
        ...source,
        Condition: merged(without(block, condition), subjects(host, [...(condition?.values ?? []), subject])),
      }
    case 'subject-without-ids': {
      const values = (condition?.values ?? []).map((value) => withIds(value, subject))
      return { ...source, Condition: merged(without(block, condition), subjects(host, values)) }
    }
    case 'wrong-case': {
      const values = (condition?.values ?? []).map((value) => recased(value, subject))
      return { ...source, Condition: merged(without(block, condition), subjects(host, values)) }
    }
    case 'wildcard-under-equals':
      return { ...source, Condition: merged(without(block, condition), subjects(host, [subject])) }
    case 'subject-in-audience':
    case 'key-with-arn':
    case 'provider':
      return { ...source, Condition: merged(withoutClaims(block), conditionsFor(host, audience, subject)) }
    case 'no-such-claim': {
      const left = without(block, condition)
      return { ...source, Condition: asking(left, host, audience, subject) }
    }
    case 'issuer':
    case 'fits':
    case 'unknown':
      return { ...source, Condition: asking(block, host, audience, subject) }
  }
}

/** Claims that tell who it is, or where somebody's code runs. */
const whose: ReadonlySet<string> = new Set([
  ...['sub', 'azp', 'email', 'upn', 'actor', 'actor_id', 'enterprise_id', 'job_workflow_ref'],
  ...['repository', 'repository_id', 'repository_owner', 'repository_owner_id'],
  ...['project_id', 'project_path', 'namespace_id', 'namespace_path', 'user_id', 'user_login'],
])

/** Providers that sign for everybody, whatever audience is asked of them, and the audience that all of them take. */
const signsForAll =
  /^(?:token\.actions\.githubusercontent\.com|gitlab\.com|app\.terraform\.io|oidc\.eks\.[\w.-]+)(?:\/|$)/iu
const sharedAudience = 'sts.amazonaws.com'

/**
 * Whether whoever gets a token of the provider may come: nothing asks for its subject, or for another claim that tells
 * whose it is. The audience tells it only where it is the id of a client.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html
 */
export function isOpenToAll(source: Statement, host: string): boolean {
  const asked = entriesOf(source.Condition ?? {}).filter(([operator]) => !/Not|^Null$/u.test(operator))
  const claims = asked.map(([, key]) => key.slice(key.lastIndexOf(':') + 1).toLowerCase())
  if (claims.some((claim) => whose.has(claim))) return false
  const audiences = asked.filter((_, index) => claims[index] === 'aud').flatMap(([, , values]) => list(values))
  return signsForAll.test(host) || audiences.length === 0 || audiences.includes(sharedAudience)
}

const ownerAndRepository = /^repo:([^/:@]+)@(\d+)\/([^/:@]+)@(\d+)(?=:|$)/u

/**
 * A subject that is trusted by the names alone, with the ids that the token has: nobody else may take it over when
 * the names are free one day. Any other one as it stands.
 * https://docs.github.com/en/actions/reference/security/oidc
 */
export function withIds(trusted: string, subject: string): string {
  const [, owner = '', ownerId = '', repository = '', repositoryId = ''] = ownerAndRepository.exec(subject) ?? []
  if (owner === '') return trusted
  const [names = '', ...rest] = trusted.slice('repo:'.length).split(':')
  const [trustedOwner, trustedRepository = '', ...more] = names.split('/')
  if (!trusted.startsWith('repo:') || trustedOwner !== owner || more.length > 0) return trusted
  const isAny = trustedRepository === '*'
  if (!isAny && trustedRepository !== repository) return trusted
  return [`repo:${owner}@${ownerId}/${isAny ? '*' : `${repository}@${repositoryId}`}`, ...rest].join(':')
}

/** The names as the token has them, in a pattern that has them with other capital letters. */
function recased(pattern: string, subject: string): string {
  const [literal = ''] = pattern.split(/[*?]/u)
  const [repository = ''] = /^repo:[^:]+:/iu.exec(pattern) ?? []
  const same = [literal, repository].find((part) => subject.toLowerCase().startsWith(part.toLowerCase())) ?? ''
  return `${subject.slice(0, same.length)}${pattern.slice(same.length)}`
}

/** The conditions with audience and subject, where they do not ask for them yet. */
function asking(block: ConditionBlock, host: string, audience: string, subject: string): ConditionBlock {
  const asked = Object.values(block).flatMap((keys) => Object.keys(keys))
  const isAsked = (claim: string): boolean => asked.some((key) => key.toLowerCase().endsWith(`:${claim}`))
  const aud = isAsked('aud') ? {} : { StringEquals: { [audienceKey(host)]: audience } }
  return merged(merged(block, aud), isAsked('sub') ? {} : subjects(host, [subject]))
}

const subjects = (host: string, values: readonly string[]): ConditionBlock => {
  const [only, ...more] = [...new Set(values)]
  const operator = values.some((value) => /[*?]/u.test(value)) ? 'StringLike' : 'StringEquals'
  return { [operator]: { [`${host}:sub`]: only !== undefined && more.length === 0 ? only : [...new Set(values)] } }
}

type Entry = readonly [operator: string, key: string, values: ConditionBlock[string][string]]

const entriesOf = (block: ConditionBlock): readonly Entry[] =>
  Object.entries(block).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]): Entry => [operator, key, values]),
  )

const blockOf = (entries: readonly Entry[]): ConditionBlock => {
  const operators = [...new Set(entries.map(([operator]) => operator))]
  return Object.fromEntries(
    operators.map((operator) => [
      operator,
      Object.fromEntries(entries.filter((entry) => entry[0] === operator).map(([, key, values]) => [key, values])),
    ]),
  )
}

const without = (block: ConditionBlock, condition: ReadCondition | null): ConditionBlock =>
  blockOf(entriesOf(block).filter(([operator, key]) => operator !== condition?.operator || key !== condition.key))

const withoutClaims = (block: ConditionBlock): ConditionBlock =>
  blockOf(entriesOf(block).filter(([, key]) => !/:(?:aud|sub)$|^arn:/iu.test(key)))

const merged = (a: ConditionBlock, b: ConditionBlock): ConditionBlock => blockOf([...entriesOf(a), ...entriesOf(b)])
