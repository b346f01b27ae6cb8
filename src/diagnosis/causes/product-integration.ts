import { shellLine } from '../../remedy/commands/shell.ts'
import { finding, none, type Finding } from '../finding.ts'
import { act } from '../fixes.ts'
import type { Situation } from '../situation.ts'

/**
 * Security Hub takes findings of a product that the account has turned on, and tells whoever sends others that they
 * lack permissions. Findings of the account's own come as `product/<AccountId>/default`.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-integration-enable.html
 */
export function productPerhapsOff(s: Situation): readonly Finding[] {
  const product = s.denial.resource
  if (s.action !== 'securityhub:BatchImportFindings' || product === null) return none
  if (s.denial.policyType !== null || s.denial.effect !== null) return none
  if (!/:product\/[\w-]{1,64}\/(?!default$)[\w-]{1,64}$/u.test(product)) return none
  const command = shellLine(['aws', 'securityhub', 'enable-import-findings-for-product', '--product-arn', product])
  return [
    finding('not-subscribed', 'possible', [act('not-iam', 'enable-product', {}, { command })], { why: 'product' }),
  ]
}
