import { compileWildcard, matchesWildcard } from '../../verdict/wildcard.ts'
import { isAccountId } from '../../iam/arn.ts'
import type { Fix } from '../../remedy/fix.ts'
import { finding, type Finding } from '../finding.ts'
import { editStatement } from '../fixes.ts'
import { placeOf, withResources } from '../places.ts'
import { allowsOf, type Situation } from '../situation.ts'
import { coversResource, type ReadCondition, type ReadStatement } from '../statements.ts'
import { allowWithCondition } from './condition.ts'
import { withSentValue, withValue } from './condition-edits.ts'
import { decisiveConditions } from './decisive-conditions.ts'
import { likenessOf } from './likeness.ts'
import { isShared } from './wrong-arn.ts'

/** The statement that passes roles and misses on one thing: it is corrected where this role and service were meant. */
export const nearPass = (s: Situation, role: string, add: Fix): Finding | null =>
  conditioned(s, role, add) ?? ofOtherRole(s, role, add)

/** The role may be passed, under a condition that did not hold: to another service as a rule. */
function conditioned(s: Situation, role: string, add: Fix): Finding | null {
  const read = allowsOf(s, 'identity-based', 'iam:PassRole').find(
    (one) => one.conditions.length > 0 && coversResource(one, role),
  )
  if (read === undefined) return null
  const found = allowWithCondition(s, read, 'evaluated')
  const [condition, ...more] = decisiveConditions(s, read)
  if (condition === undefined || more.length > 0 || !isReceiver(condition)) return found
  const after = withSentValue(s, read.source, condition) ?? withValue(read.source, condition, unknownService)
  if (after === null) return found
  const edit = { step: 'widen-condition', values: { key: condition.key }, readiness: 'needs-review' } as const
  const widening = editStatement(s, read, add.statement, after, edit)
  return { ...found, fixes: fixesOf(read, role, add, widening) }
}

/** In a statement for more roles than this one, one more service would have all of them. */
function fixesOf(read: ReadStatement, role: string, passing: Fix, widening: Fix): readonly Fix[] {
  if (!passesOnly(read)) return [passing]
  return read.resources.length === 1 && read.resources[0] === role
    ? instead(read, widening, passing)
    : [passing, { ...widening, alternative: true }]
}

const isReceiver = ({ key, operator }: ReadCondition): boolean =>
  key.toLowerCase() === 'iam:passedtoservice' && /^(?:foranyvalue:)?string(?:equals|like)/iu.test(operator)

/** Nobody told which service is to have the role. */
export const unknownService = '<Service>.amazonaws.com'

/** A role much like this one may be passed. */
function ofOtherRole(s: Situation, role: string, add: Fix): Finding | null {
  for (const { policy, statement, because } of s.layer('identity-based')?.nearMisses ?? []) {
    const [only, ...more] = because
    const read = s
      .statements('identity-based')
      .find((one) => one.effect === 'Allow' && one.policy === policy && one.statement === statement)
    if (read === undefined || only?.element !== 'Resource') continue
    if (more.some(({ key }) => key?.toLowerCase() !== 'iam:passedtoservice')) continue
    const isAlone = more.length === 0 && passesOnly(read)
    const alike = isAlone ? read.resources.find((one) => likenessOf(one, role) !== null) : undefined
    const found = alike ?? read.resources.find((one) => isOnOtherPath(one, role))
    if (found === undefined) continue
    const after = withResources(read, [...read.resources, role])
    // What else the statement has would reach the role too.
    const fixes = isAlone ? instead(read, editStatement(s, read, add.statement, after), add) : [add]
    return finding('resource-arn-mismatch', 'evaluated', fixes, {
      found,
      wanted: role,
      likeness: likenessOf(found, role) ?? 'path',
      ...placeOf(read),
    })
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
