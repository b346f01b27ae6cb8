import { list, type ConditionBlock, type PrincipalElement, type Statement } from '../iam/policy-document.ts'

/** Tests that several principals pass by as long as each of them is listed: what is added lets one more past. */
const listsExempted = /^(?:arn|string)not(?:equals|like)(?:ifexists)?$/u
/** Where a pattern counts as one. */
const listsPatterns = /^(?:arnnot(?:equals|like)|stringnotlike)(?:ifexists)?$/u
const listsDenied = /^(?:arn|string)(?:equals|like)(?:ifexists)?$/u
const isPrincipalArn = (key: string): boolean => key.toLowerCase() === 'aws:principalarn'

const one = <T>(values: readonly T[]): T | readonly T[] =>
  values.length === 1 && values[0] !== undefined ? values[0] : values

/**
 * A Deny that lets one more principal past. Those whom it lets past already stay: their list is added to, since a
 * second one of the same operator and key would take its place. `null` where the principal stands there already.
 */
export function withExempted(source: Statement, operator: string, arn: string): Statement | null {
  const block = source.Condition ?? {}
  const [at, key] = keyOf(block, /[*?]/u.test(arn) ? listsPatterns : listsExempted) ?? [operator, 'aws:PrincipalArn']
  const present = list(block[at]?.[key]).map(String)
  if (present.includes(arn)) return null
  return { ...source, Condition: { ...block, [at]: { ...block[at], [key]: one([...present, arn]) } } }
}

/**
 * A Deny that names principals, without one of them. `null` where it names others only, or patterns; `alone` where it
 * is for this principal and nobody else, so that nothing would be left of it.
 */
export function withoutDenied(source: Statement, arn: string): Statement | 'alone' | null {
  const named = namedIn(source.Principal)
  if (named.includes(arn)) {
    const left = named.filter((other) => other !== arn)
    return left.length === 0 ? 'alone' : { ...source, Principal: { AWS: one(left) } }
  }
  const block = source.Condition ?? {}
  const [at, key] = keyOf(block, listsDenied) ?? []
  if (at === undefined || key === undefined) return null
  const denied = list(block[at]?.[key]).map(String)
  if (!denied.includes(arn)) return null
  const left = denied.filter((other) => other !== arn)
  return left.length === 0 ? 'alone' : { ...source, Condition: { ...block, [at]: { ...block[at], [key]: one(left) } } }
}

/** AWS principals that a statement names, where it names no others beside them. */
const namedIn = (principal: PrincipalElement | undefined): readonly string[] =>
  typeof principal === 'object' && Object.keys(principal).join() === 'AWS' ? list(principal['AWS']) : []

/** Operator and key of the first test of the principal's ARN with such an operator. */
const keyOf = (block: ConditionBlock, operators: RegExp): readonly [string, string] | null => {
  for (const [operator, keys] of Object.entries(block)) {
    const key = operators.test(operator.toLowerCase()) ? Object.keys(keys).find(isPrincipalArn) : undefined
    if (key !== undefined) return [operator, key]
  }
  return null
}
