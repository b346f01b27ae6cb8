import type { ConditionBlock, Statement } from '../../iam/policy-document.ts'
import type { Fix } from '../../remedy/fix.ts'
import { act, addToIdentity, editStatement } from '../fixes.ts'
import type { Situation } from '../situation.ts'
import type { ReadCondition, ReadStatement } from '../statements.ts'
import { withSentValue } from './condition-edits.ts'
import { kindOfKey } from './condition-keys.ts'
import { resourcesFor } from './resources-for.ts'

/** A condition of an identity-based Allow that did not hold, and what was asked under it. */
export interface Unmet {
  readonly read: ReadStatement
  readonly condition: ReadCondition
  readonly action: string
  readonly resource: string
}

/** Nobody but the owner knows what the condition should say, so there is nothing to paste. */
export const corrected = (
  read: ReadStatement,
  { key }: ReadCondition,
  alternative: boolean,
  unmet: 'variable' | null = null,
): Fix => {
  const kind = kindOfKey(key)
  const kinds: ReadonlySet<string> = new Set(['mfa', 'time', 'source', 'caller', 'organization'])
  const why = unmet !== null ? { unmet } : kinds.has(kind) ? { unmet: kind } : {}
  return act('edit-statement', 'correct-condition', { policy: read.policy, key, ...why }, { alternative })
}

/** What the request had beside what the condition demands, where that is known. */
export const widened = (s: Situation, read: ReadStatement, condition: ReadCondition): Fix => {
  const after = withSentValue(s, read.source, condition)
  return after === null ? corrected(read, condition, true) : widenedTo(s, read, condition, after)
}

export const widenedTo = (s: Situation, read: ReadStatement, { key }: ReadCondition, after: Statement): Fix =>
  editStatement(s, read, null, after, {
    step: 'widen-condition',
    values: { key },
    readiness: 'needs-review',
    alternative: true,
  })

/** A statement for what was asked alone, beside one whose condition stays: its owner decides. */
export const narrowBeside = (s: Situation, { condition, action, resource }: Unmet, block: ConditionBlock | null): Fix =>
  addToIdentity(s, [action], resourcesFor(s, action, resource), {
    condition: block,
    values: { past: condition.key },
    readiness: 'needs-review',
  })
