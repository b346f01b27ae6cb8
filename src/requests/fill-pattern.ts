import type { ResourceType } from '../action-catalogue/action-catalogue.ts'
import { secretSuffix } from '../iam/secret-suffix.ts'
import type { Surroundings } from './caller.ts'

/** An ARN pattern of AWS's tables with what is known filled in. */
export interface FilledPattern {
  readonly type: string
  /** What is not known stands as `<LikeThis>`. */
  readonly text: string
  /** Names of the parts of the resource itself that are filled in. */
  readonly filled: readonly string[]
  readonly missing: readonly string[]
}

const placeholderPattern = /\$\{(\w+)\}/gu

/** What stands in a type's ARN behind the account. */
export const tailOf = ({ arnPattern }: ResourceType): string => arnPattern.split(':').slice(5).join(':')

/**
 * Fills an ARN pattern; `valueOf` knows the resource's own names, partition, Region and account come from around it.
 * `assigned` is the id that AWS has yet to give: `*` where it is not known, as AWS itself asks.
 */
export const fillPattern = (
  type: ResourceType,
  around: Surroundings,
  valueOf: (placeholder: string) => string | null,
  assigned: string | null = null,
): FilledPattern => {
  const filled: string[] = []
  const missing: string[] = []
  const text = type.arnPattern.replaceAll(placeholderPattern, (_, name: string) => {
    if (name === 'Partition') return around.partition
    if (name === 'Region') return around.region ?? mark(missing, 'Region')
    if (name === 'Account') return around.account ?? mark(missing, 'AccountId')
    const value = valueOf(name)
    if (value === null) return name === assigned ? '*' : mark(missing, name)
    filled.push(name)
    return name === 'SecretId' && !secretSuffix.test(value) ? `${value}-??????` : value
  })
  return { type: type.name, text, filled, missing }
}

const mark = (missing: string[], name: string): string => {
  missing.push(name)
  return `<${name}>`
}

/** Whether a text has the fixed parts of a pattern in their order. Each fixed part is looked for once: linear. */
export const fitsPattern = (arnPattern: string, text: string): boolean => {
  const fixed = arnPattern.split(/\$\{\w+\}/u)
  const first = fixed[0] ?? ''
  const last = fixed.at(-1) ?? ''
  if (!text.startsWith(first) || !text.endsWith(last)) return false
  let at = first.length
  for (const part of fixed.slice(1, -1)) {
    const found = text.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return at <= text.length - last.length
}
