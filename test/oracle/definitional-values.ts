import type { Policies } from '../../src/iam/policies.ts'
import type { AccessRequest } from '../../src/iam/request.ts'

/** True, false, unknown. */
export type V = 'T' | 'F' | 'U'

export const AND = (a: V, b: V): V => (a === 'F' || b === 'F' ? 'F' : a === 'U' || b === 'U' ? 'U' : 'T')
export const OR = (a: V, b: V): V => (a === 'T' || b === 'T' ? 'T' : a === 'U' || b === 'U' ? 'U' : 'F')
export const NOT = (a: V): V => (a === 'T' ? 'F' : a === 'F' ? 'T' : 'U')

export interface Case {
  request: AccessRequest
  policies: Policies
}

/** A pattern's character: one to be met exactly, any one, or any run. */
type Sign = { exactly: string } | 'one' | 'run'

const signsOf = (pattern: string): Sign[] =>
  Array.from(pattern, (char) => (char === '*' ? 'run' : char === '?' ? 'one' : { exactly: char }))

/** By recursion on both ends' heads; only ever used on short texts. */
const matchSigns = (signs: readonly Sign[], text: string): boolean => {
  const [head, ...rest] = signs
  if (head === undefined) return text === ''
  if (head === 'run') return matchSigns(rest, text) || (text !== '' && matchSigns(signs, text.slice(1)))
  if (text === '') return false
  return (head === 'one' || head.exactly === text[0]) && matchSigns(rest, text.slice(1))
}

export const like = (pattern: string, text: string): boolean => matchSigns(signsOf(pattern), text)

/** The first five colons divide. */
export const splitArn = (text: string): string[] | null => {
  const parts = text.split(':')
  return parts.length < 6 ? null : [...parts.slice(0, 5), parts.slice(5).join(':')]
}

export interface FilledPattern {
  /** A variable's key is unknown, a wildcard stands in its place. */
  unknown: boolean
  match: (text: string, wildcards: boolean) => boolean
  /** The pattern's text with its variables' values, for comparisons that are made part by part. */
  signs: (wildcards: boolean) => Sign[]
  matchSigns: typeof matchSigns
}

/** 6.4 and 6.5. `valueOf` gives a key's single value, null where absent, undefined where unknown. */
export const fill = (
  pattern: string,
  valueOf: (key: string) => string[] | null | undefined,
): FilledPattern | 'none' => {
  let unknown = false
  let missing = false
  const build: ((wildcards: boolean) => Sign[])[] = []
  const pieces = pattern.split(/(\$\{[^}]*\})/)
  for (const piece of pieces) {
    const inside = /^\$\{([^}]*)\}$/.exec(piece)?.[1]
    if (inside === undefined) {
      build.push((wildcards) => (wildcards ? signsOf(piece) : Array.from(piece, (exactly) => ({ exactly }))))
      continue
    }
    if (['*', '?', '$'].includes(inside)) {
      build.push(() => [{ exactly: inside }])
      continue
    }
    const [, key, fallback] = /^([^,]*)(?:, *'(.*)')?$/.exec(inside)!
    const values = valueOf(key!.trim())
    if (values === undefined) {
      unknown = true
      build.push(() => ['run'])
      continue
    }
    const text = values === null ? fallback : values.length === 1 ? values[0] : undefined
    if (text === undefined) missing = true
    build.push(() => Array.from(text ?? '', (exactly) => ({ exactly })))
  }
  if (missing) return 'none'
  const signs = (wildcards: boolean): Sign[] => build.flatMap((make) => make(wildcards))
  return { unknown, signs, matchSigns, match: (text, wildcards) => matchSigns(signs(wildcards), text) }
}
