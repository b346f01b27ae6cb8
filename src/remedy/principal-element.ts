import { formatArn, parseArn, roleArnOfSession } from '../iam/arn.ts'
import type { PrincipalElement } from '../iam/policy-document.ts'
import type { Principal } from '../iam/principal.ts'

const arnOf = (principal: Principal): string => {
  if (principal.roleArn !== undefined) return principal.roleArn
  if (principal.arn === undefined) return '<PrincipalArn>'
  return roleArnOfSession(principal.arn) ?? principal.arn
}

/** An ARN in which an account was masked cannot stand in a policy. */
const usable = (arn: string): string => {
  const parts = parseArn(arn)
  return parts !== null && /^\d{12}$/u.test(parts.account) ? arn : '<PrincipalArn>'
}

/**
 * The caller as a resource-based policy names it: the role behind a session, never the session, so that the next
 * session is meant too.
 */
export const principalElementOf = (principal: Principal): PrincipalElement => {
  if (principal.type === 'service') return { Service: principal.service ?? '<ServicePrincipal>' }
  if (principal.type === 'web-identity' || principal.type === 'saml')
    return { Federated: principal.provider ?? '<IdentityProviderArn>' }
  return { AWS: usable(arnOf(principal)) }
}

/** A principal as AWS takes it: where its account was masked or lost, a marked placeholder stands. */
export const withKnownAccounts = (principal: PrincipalElement): PrincipalElement => {
  if (principal === '*') return principal
  const named = (text: string): string => {
    const arn = parseArn(text)
    const isKnown = arn === null || /^\d{12}$/u.test(arn.account) || arn.account.startsWith('<')
    return isKnown ? text : formatArn({ ...arn, account: '<AccountId>' })
  }
  return Object.fromEntries(
    Object.entries(principal).map(([kind, values]) => [
      kind,
      typeof values === 'string' ? named(values) : values.map(named),
    ]),
  )
}
