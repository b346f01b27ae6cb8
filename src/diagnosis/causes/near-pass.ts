import type { Fix } from '../../remedy/fix.ts'
import { editStatement } from '../fixes.ts'
import { placeOf, withResources } from '../places.ts'
import type { Situation } from '../situation.ts'
import type { ReadStatement } from '../statements.ts'
import { withSentValue } from './condition-edits.ts'
import { likenessOf } from './likeness.ts'
import { isShared } from './wrong-arn.ts'

/** A statement that passes this role to another service, or a role much like it. */
interface NearPass {
  readonly facts: Readonly<Record<string, string | number | null>>
  readonly fixes: (add: Fix) => readonly Fix[]
}

/** The statement that passes roles and misses on one thing: it is corrected where this role and service were meant. */
export function nearPass(s: Situation, role: string): NearPass | null {
  for (const { policy, statement, because } of s.layer('identity-based')?.nearMisses ?? []) {
    const [only, ...more] = because
    const read = s
      .statements('identity-based')
      .find((one) => one.effect === 'Allow' && one.policy === policy && one.statement === statement)
    if (read === undefined || only === undefined || more.length > 0 || !passesOnly(read)) continue
    const condition = read.conditions.find(({ key }) => key.toLowerCase() === 'iam:passedtoservice')
    if (only.element === 'Condition' && condition !== undefined && only.key?.toLowerCase() === 'iam:passedtoservice') {
      const after = withSentValue(s, read.source, condition)
      const more = { step: 'widen-condition', values: { key: condition.key }, readiness: 'needs-review' } as const
      return {
        facts: { ...placeOf(read), passesTo: condition.values.join(', ') },
        fixes: (add) =>
          after === null ? [add] : instead(read, editStatement(s, read, add.statement, after, more), add),
      }
    }
    const found = only.element === 'Resource' ? read.resources.find((one) => likenessOf(one, role) !== null) : undefined
    if (found === undefined) continue
    const after = withResources(read, [...read.resources, role])
    return {
      facts: { ...placeOf(read), passes: found, likeness: likenessOf(found, role) },
      fixes: (add) => instead(read, editStatement(s, read, add.statement, after), add),
    }
  }
  return null
}

/** Among other actions a role's ARN stands for more than to be passed. */
const passesOnly = ({ actions }: ReadStatement): boolean =>
  actions.length > 0 && actions.every((name) => name.toLowerCase() === 'iam:passrole')

const instead = (read: ReadStatement, edit: Fix, add: Fix): readonly Fix[] => {
  if (read.policyKind === 'aws-managed') return [add]
  return isShared(read) ? [add, { ...edit, alternative: true }] : [edit, { ...add, alternative: true }]
}
