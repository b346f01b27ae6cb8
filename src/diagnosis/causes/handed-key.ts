import { isAccountId, parseArn } from '../../iam/arn.ts'
import { list, type PrincipalElement } from '../../iam/policy-document.ts'
import { toldStatements } from '../told-situation.ts'
import type { Situation } from '../situation.ts'
import { coversAction, type ReadStatement } from '../statements.ts'

/*
 * A key's policy that was handed over beside a refusal that names no action: what the service needs of the key is
 * known all the same, and so is whether the policy may have it for whoever asks.
 */

/** The statements of the key's policy; `null` where none was read, or where it is that of something else. */
function keyStatements(s: Situation): readonly ReadStatement[] | null {
  const statements = s.statements('resource-based')
  const isOfKey = statements.every(({ actions }) => actions.length > 0 && actions.every((name) => /^kms:/iu.test(name)))
  return statements.length > 0 && isOfKey ? statements : null
}

const awsIn = (principal: PrincipalElement | undefined): readonly string[] =>
  typeof principal === 'object' ? list(principal['AWS']) : []

/** Whether the statement may be for the caller: where nobody knows who that is, for any principal that is named. */
function mayBeFor(
  { source }: ReadStatement,
  caller: Pick<Situation, 'callerAccount' | 'principalArn'>,
  service: string | null,
): boolean {
  const { Principal: principal } = source
  // NotPrincipal says whom it is not for.
  if (principal === undefined || principal === '*') return true
  if (service !== null) return list(principal['Service']).includes(service)
  return awsIn(principal).some((one) => {
    if (one === '*') return true
    const account = parseArn(one)?.account ?? one
    if (caller.callerAccount !== null && account !== caller.callerAccount) return false
    return caller.principalArn === null || one === account || one.endsWith(':root') || one === caller.principalArn
  })
}

/** What of the actions no statement of the key's policy allows; `null` where that policy was not handed over. */
export function leftOutByKey(
  s: Situation,
  actions: readonly string[],
  service: string | null = null,
): readonly string[] | null {
  const statements = keyStatements(s)
  if (statements === null) return null
  const letting = statements.filter((one) => one.effect === 'Allow' && mayBeFor(one, s, service))
  return actions.filter((action) => !letting.some((one) => coversAction(one, action)))
}

/** The statements of the key's policy that let a service have one of the actions. */
export const lettingServiceUse = (
  s: Situation,
  actions: readonly string[],
  service: string,
): readonly ReadStatement[] =>
  (keyStatements(s) ?? []).filter(
    (one) => one.effect === 'Allow' && mayBeFor(one, s, service) && actions.some((action) => coversAction(one, action)),
  )

/** What was handed over is the policy of a key, and of nothing else. */
export const isKeyHandedOver = (s: Situation): boolean => keyStatements(s) !== null

/** The same for a role that is known to ask, though the message does not name it. */
export function leftOutFor(s: Situation, actions: readonly string[], role: string): readonly string[] | null {
  const account = parseArn(role)?.account
  const caller = { callerAccount: isAccountId(account) ? account : null, principalArn: role }
  const letting = keyStatements(s)?.filter((one) => one.effect === 'Allow' && mayBeFor(one, caller, null))
  return letting === undefined ? null : actions.filter((action) => !letting.some((one) => coversAction(one, action)))
}

/** Whom the key's policy lets use it in another way, where nobody knows who asked: probably the same. */
export function letUseOtherwise(s: Situation, actions: readonly string[]): PrincipalElement | null {
  const near = (keyStatements(s) ?? []).filter(
    (one) =>
      one.effect === 'Allow' &&
      awsIn(one.source.Principal).length > 0 &&
      !awsIn(one.source.Principal).includes('*') &&
      actions.some((action) => coversAction(one, action)),
  )
  const [first, ...more] = near
  const [only, ...others] = awsIn(first?.source.Principal)
  if (only === undefined || more.length > 0) return null
  return { AWS: others.length === 0 ? only : [only, ...others] }
}

/** The identity policies in the text, or those that were read, allow the actions on any key: an Allow adds nothing. */
export function isGrantedByIdentity(s: Situation, actions: readonly string[]): boolean {
  const told = toldStatements(s.policiesInText ?? [])
  const own = [...s.statements('identity-based'), ...told.filter(({ policyType }) => policyType === 'identity-based')]
  const open = own.filter(({ effect, conditions, resources }) => {
    return effect === 'Allow' && conditions.length === 0 && resources.includes('*')
  })
  return actions.every((action) => open.some((one) => coversAction(one, action)))
}
