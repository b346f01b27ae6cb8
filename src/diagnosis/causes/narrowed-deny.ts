import { list, type Statement } from '../../iam/policy-document.ts'
import type { PolicyType } from '../../iam/policy-type.ts'
import { isGlobalService } from '../../requests/context.ts'
import { withExempted, withoutDenied } from '../exemption.ts'
import type { SplitOff } from '../../remedy/fix.ts'
import { permissionSetPattern } from '../fixes.ts'
import type { Situation } from '../situation.ts'
import { splitDeny, type SplitDeny } from '../split-deny.ts'
import type { ReadStatement } from '../statements.ts'

/**
 * What the narrowed Deny lets past: one action for everybody whom it concerns, or one principal with the one action,
 * with all that is denied on one resource, or with all it denies; `alone` where it is for that principal only, so that
 * it denies nothing any more.
 */
interface Narrowed {
  readonly after: Statement
  readonly exempts: 'action' | 'action-of-principal' | 'resource-of-principal' | 'principal' | 'alone'
  /** What is split off, before and after the exemption. */
  readonly beside?: readonly SplitOff[]
  readonly opened?: string
}

/** The Deny as its owner could narrow it, and nothing wider. */
export function narrow(s: Situation, type: PolicyType, deny: ReadStatement): Narrowed | null {
  const split = splitDeny(s, type, deny)
  // A global service has one Region, whoever calls it; and a policy in one principal's hands has nobody else to keep.
  const regional = deny.conditions.some(({ key }) => key.toLowerCase() === 'aws:requestedregion')
  const isForAll = (regional && isGlobalService(s.service ?? '')) || isOnlyCallers(s, deny)
  if (split?.by === 'action' && isForAll) return forAll(split)
  const exempted = split === null ? null : exemptedIn(s, type, split.own)
  if (split !== null && exempted?.exempts === 'principal')
    return {
      after: split.rest,
      exempts: split.by === 'action' ? 'action-of-principal' : 'resource-of-principal',
      beside: [...split.kept, { before: split.own, after: exempted.after }],
      opened: list(split.own.Resource).join(', '),
    }
  if (split?.by === 'action' && exempted?.exempts === 'alone') return forAll(split)
  return exemptedIn(s, type, deny.source)
}

const forAll = ({ rest, kept, own }: SplitDeny): Narrowed => ({
  after: rest,
  exempts: 'action',
  ...(kept.length === 0 ? {} : { beside: kept, opened: list(own.Resource).join(', ') }),
})

/** An inline policy of the caller itself is nobody else's. */
const isOnlyCallers = (s: Situation, deny: ReadStatement): boolean =>
  deny.policyType === 'identity-based' &&
  deny.policyKind === 'inline' &&
  s.layer('identity-based')?.policies.find(({ name }) => name === deny.policy)?.group == null

/** The Deny without the caller. */
function exemptedIn(s: Situation, type: PolicyType, source: Statement): Narrowed | null {
  const arn = s.principalArn === null ? '<PrincipalArn>' : (permissionSetPattern(s.principalArn) ?? s.principalArn)
  const operator = type === 'service-control' || type === 'resource-control' ? 'ArnNotLike' : 'ArnNotEquals'
  const left = withoutDenied(source, arn)
  const after = left === null || left === 'alone' ? withExempted(source, operator, arn) : left
  return after === null ? null : { after, exempts: left === 'alone' ? 'alone' : 'principal' }
}
