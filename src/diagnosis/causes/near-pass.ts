import type { Fix } from '../../remedy/fix.ts'
import { isAccountId } from '../../iam/arn.ts'
import { compileWildcard, matchesWildcard } from '../../verdict/wildcard.ts'
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
    if (read === undefined || only === undefined) continue
    const elsewhere = only.element === 'Resource' ? read.resources.find((one) => isOnOtherPath(one, role)) : undefined
    const isBeside = more.length > 0 || !passesOnly(read)
    if (isBeside && elsewhere === undefined) continue
    if (isBeside && more.some(({ key }) => key?.toLowerCase() !== 'iam:passedtoservice')) continue
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
    const alike = only.element === 'Resource' ? read.resources.find((one) => likenessOf(one, role) !== null) : undefined
    const found = alike ?? elsewhere
    if (found === undefined) continue
    const after = withResources(read, [...read.resources, role])
    return {
      facts: { ...placeOf(read), passes: found, likeness: likenessOf(found, role) ?? 'path' },
      // What else the statement has would reach the role too.
      fixes: (add) => (isBeside ? [add] : instead(read, editStatement(s, read, add.statement, after), add)),
    }
  }
  return null
}

/** A pattern for the name of this role that leaves out its path: `role/worker-*` never covers `role/jobs/worker-a`. */
function isOnOtherPath(pattern: string, role: string): boolean {
  const [found, wanted] = [pattern, role].map((arn) => /^arn:[^:]*:iam::([^:]*):role\/(?:.*\/)?([^/]+)$/u.exec(arn))
  const [, account = '', name = ''] = found ?? []
  const isOfAccount = account === wanted?.[1] || !isAccountId(account) || !isAccountId(wanted?.[1])
  if (found === null || wanted === null || !isOfAccount || /^[*?]*$/u.test(name)) return false
  return matchesWildcard(compileWildcard(name), wanted?.[2] ?? '')
}

/** Among other actions a role's ARN stands for more than to be passed. */
const passesOnly = ({ actions }: ReadStatement): boolean =>
  actions.length > 0 && actions.every((name) => name.toLowerCase() === 'iam:passrole')

const instead = (read: ReadStatement, edit: Fix, add: Fix): readonly Fix[] => {
  if (read.policyKind === 'aws-managed') return [add]
  return isShared(read) ? [add, { ...edit, alternative: true }] : [edit, { ...add, alternative: true }]
}
