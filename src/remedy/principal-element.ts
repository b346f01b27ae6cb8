import { formatArn, parseArn } from '../iam/arn.ts'
import type { PrincipalElement } from '../iam/policy-document.ts'

/** Twelve digits, or what stands in their place for AWS's own: `aws`, and `cloudfront` for origin access identities. */
const account = /^(?:\d{12}|aws|cloudfront)$/u

/** A principal as AWS takes it: where its account was masked or lost, a marked placeholder stands. */
export const withKnownAccounts = (principal: PrincipalElement): PrincipalElement => {
  if (principal === '*') return principal
  const named = (text: string): string => {
    const arn = parseArn(text)
    const isKnown = arn === null || account.test(arn.account) || arn.account.startsWith('<')
    return isKnown ? text : formatArn({ ...arn, account: '<AccountId>' })
  }
  return Object.fromEntries(
    Object.entries(principal).map(([kind, values]) => [
      kind,
      typeof values === 'string' ? named(values) : values.map(named),
    ]),
  )
}
