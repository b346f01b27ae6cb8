import type { ConditionBlock, Statement } from '../../iam/policy-document.ts'
import type { ReadCondition } from '../statements.ts'

/** Why a trust policy does not accept a token. */
export type Fault =
  | 'action'
  | 'subject-differs'
  | 'wildcard-under-equals'
  | 'subject-in-audience'
  | 'key-with-arn'
  | 'wrong-case'
  | 'audience'
  | 'provider'
  | 'unknown'

/** A trust policy asks for both: the audience alone would let in whatever the provider signs. */
export const conditionsFor = (host: string, audience: string, subject: string): ConditionBlock => {
  const isPattern = /[*?]/u.test(subject)
  const aud = { [`${host}:aud`]: audience }
  const sub = { [`${host}:sub`]: subject }
  return isPattern ? { StringEquals: aud, StringLike: sub } : { StringEquals: { ...aud, ...sub } }
}

/**
 * The statement with the one thing corrected that is at fault. Subjects that it accepts already stay, since others may
 * come by them, and so do all other conditions.
 */
export function withClaims(
  source: Statement,
  fault: { readonly kind: Fault; readonly condition: ReadCondition | null },
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
        Condition: merged(without(block, condition), { StringEquals: { [`${host}:aud`]: audience } }),
      }
    case 'subject-differs':
      return {
        ...source,
        Condition: merged(without(block, condition), subjects(host, [...(condition?.values ?? []), subject])),
      }
    case 'wrong-case':
    case 'wildcard-under-equals':
      return { ...source, Condition: merged(without(block, condition), subjects(host, [subject])) }
    case 'subject-in-audience':
    case 'key-with-arn':
    case 'provider':
      return { ...source, Condition: merged(withoutClaims(block), conditionsFor(host, audience, subject)) }
    case 'unknown': {
      const asked = Object.values(block).flatMap((keys) => Object.keys(keys))
      const isAsked = (claim: string): boolean => asked.some((key) => key.toLowerCase().endsWith(`:${claim}`))
      const aud = isAsked('aud') ? {} : { StringEquals: { [`${host}:aud`]: audience } }
      return { ...source, Condition: merged(merged(block, aud), isAsked('sub') ? {} : subjects(host, [subject])) }
    }
  }
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
