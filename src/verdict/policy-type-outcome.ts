import type { PolicyType } from '../iam/policy-type.ts'
import { candidates, type CompiledType, type PlacedStatement } from './compile.ts'
import { coverage, isDenied } from './principal.ts'
import type { RequestFacts } from './request-facts.ts'
import { matchStatement } from './statement.ts'
import { and, maybe, no, or, yes, type Truth } from './truth.ts'

/** A value and the first statement that gives it. */
interface Finding {
  readonly value: Truth
  readonly by: PlacedStatement | null
}

interface StatementMatch {
  readonly statement: PlacedStatement
  readonly value: Truth
}

/**
 * What one policy type says to a request, before policy types are combined.
 * `absent`: it does not apply. `unread`: it could not be read. `not-collected`: nobody tried.
 */
export interface TypeOutcome {
  readonly type: PolicyType
  readonly state: 'read' | 'unread' | 'not-collected' | 'absent'
  readonly deny: Finding
  /** Every level allows; for resource-type policies the OR of all Allow statements that cover the caller. */
  readonly allow: Finding
  /** The part of `allow` that needs no identity-based policy … */
  readonly direct: Finding
  /** … and the part that stays limited by boundary and session policy. */
  readonly limited: Finding
  /** Statements that match or may match. */
  readonly matches: readonly StatementMatch[]
  readonly compiled: CompiledType | null
}

export type Outcomes = { readonly [T in PolicyType]: TypeOutcome }

export const finding = (value: Truth, by: PlacedStatement | null = null): Finding => ({ value, by })
const nothing = finding(no)

const open = finding(maybe)
const noMatches: readonly StatementMatch[] = []

/** A policy type that is not there: as a gate it stands open, as a grant it gives nothing. */
export const absent = (type: PolicyType, allow: Truth): TypeOutcome => ({
  type,
  state: 'absent',
  deny: nothing,
  allow: finding(allow),
  direct: nothing,
  limited: nothing,
  matches: noMatches,
  compiled: null,
})

export const unread = (type: PolicyType): TypeOutcome => ({
  type,
  state: 'unread',
  deny: open,
  allow: open,
  direct: open,
  limited: open,
  matches: noMatches,
  compiled: null,
})

/** Of two equal values the one that can name a statement: a level that was not read cannot. */
const isNamed = (a: Finding, b: Finding): boolean => a.value === b.value && a.by === null && b.by !== null

/** The greater value and the first statement that gives it. */
const orFinding = (a: Finding, value: Truth, by: PlacedStatement | null): Finding => {
  const b = { value, by }
  return value > a.value || (value === maybe && isNamed(a, b)) ? b : a
}

/** The smaller value: every level has to allow. */
const andFinding = (a: Finding | null, b: Finding): Finding =>
  a === null || b.value < a.value || (b.value === maybe && isNamed(a, b)) ? b : a

/** What a document that AWS would not store is taken to say: the one that is in force in its place is not known. */
export interface Unusable {
  readonly deny: Truth
  readonly allow: Truth
}

/**
 * Asks every statement that can match the request's service. Of documents that AWS would not store the statements that
 * are valid count, or, where `unusable` is given, none.
 */
export const outcomeOf = (compiled: CompiledType, facts: RequestFacts, unusable: Unusable | null): TypeOutcome => {
  const matches: StatementMatch[] = []
  let deny = nothing
  let gate: Finding | null = null
  let direct = nothing
  let limited = nothing
  for (const level of compiled.levels) {
    if (level === 'unread') {
      deny = orFinding(deny, maybe, null)
      gate = andFinding(gate, finding(maybe))
      continue
    }
    let allow = nothing
    if (unusable !== null && level.hasUnusable) {
      deny = orFinding(deny, unusable.deny, null)
      allow = finding(unusable.allow)
    }
    for (const statement of candidates(level, facts.servicePrefix)) {
      if (unusable !== null && statement.isOfUnusable) continue
      const body = matchStatement(statement, facts)
      if (body === no) continue
      const { principal } = statement
      if (statement.effect === 'Deny') {
        const value = and(body, principal === null ? yes : isDenied(principal, facts))
        deny = orFinding(deny, value, statement)
        if (value !== no) matches.push({ statement, value })
        continue
      }
      const covers = principal === null ? everybody : coverage(principal, facts)
      const value = and(body, or(covers.direct, or(covers.limited, covers.delegation)))
      allow = orFinding(allow, value, statement)
      direct = orFinding(direct, and(body, covers.direct), statement)
      limited = orFinding(limited, and(body, covers.limited), statement)
      if (value !== no) matches.push({ statement, value })
    }
    gate = andFinding(gate, allow)
  }
  return { type: compiled.type, state: 'read', deny, allow: gate ?? finding(yes), direct, limited, matches, compiled }
}

const everybody = { direct: yes, limited: no, delegation: no } as const
