import { list, type Statement } from '../iam/policy-document.ts'
import type { ReadCondition, ReadStatement } from './statements.ts'

type Values = Readonly<Record<string, string | number | null>>

/** Where a statement stands, for the words: its position counts from 1. */
export const placeOf = (read: ReadStatement | null | undefined): Values =>
  read == null
    ? {}
    : {
        policy: read.policy,
        policyArn: read.policyArn,
        statement: read.statement + 1,
        sid: read.sid,
        level: read.level,
      }

/** How many conditions are told of a statement: more of them nobody reads in a sentence. */
const told = 3

/** Values as one fact; a value that is empty is shown as such. */
export const listed = (values: readonly string[]): string =>
  values.map((value) => (value === '' ? '""' : value)).join(', ')

/** A condition, and under numbered names those that stand beside it: a statement counts only where all hold. */
export const conditionFacts = (
  condition: ReadCondition | null | undefined,
  further: readonly ReadCondition[] = [],
): Values => {
  if (condition == null) return {}
  const all = [condition, ...further].slice(0, told)
  return Object.fromEntries(
    all.flatMap(({ key, operator, values }, index) => {
      const number = index === 0 ? '' : String(index + 1)
      return [
        [`key${number}`, key],
        [`operator${number}`, operator],
        [`values${number}`, listed(values)],
      ]
    }),
  )
}

/** What a statement leaves out by one of its Not… elements, for the words. */
export const sparedBy = (read: ReadStatement | null | undefined): Values => {
  if (read == null) return {}
  const { NotPrincipal } = read.source
  const left = {
    NotAction: read.notActions,
    NotResource: read.notResources,
    NotPrincipal: typeof NotPrincipal === 'object' ? Object.values(NotPrincipal).flatMap((names) => list(names)) : [],
  }
  const [element, names] = Object.entries(left).find(([, some]) => some.length > 0) ?? [null, []]
  return element === null ? {} : { sparedBy: element, spared: names.slice(0, mostSpared).join(', ') }
}

const mostSpared = 4

/** The statement with other resources. */
export const withResources = (read: ReadStatement, resources: readonly string[]): Statement => ({
  ...read.source,
  Resource: resources.length === 1 ? (resources[0] ?? '*') : resources,
})

/** The statement without one condition key; what else the block demands stays. */
export const withoutKey = (source: Statement, key: string): Statement => {
  const { Condition, ...rest } = source
  const kept = Object.entries(Condition ?? {}).flatMap(([operator, keys]) => {
    const left = Object.entries(keys).filter(([name]) => name.toLowerCase() !== key.toLowerCase())
    return left.length === 0 ? [] : [[operator, Object.fromEntries(left)] as const]
  })
  return kept.length === 0 ? rest : { ...rest, Condition: Object.fromEntries(kept) }
}
