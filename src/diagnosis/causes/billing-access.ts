import type { Confidence } from '../diagnosis.ts'
import { finding, none, type Finding } from '../finding.ts'
import { act } from '../fixes.ts'
import type { Situation } from '../situation.ts'
import { isAdministrator } from './administrators.ts'
import { lackBeside } from './lack-beside.ts'

/** What the setting of the account opens to users and roles. */
const ofBilling: ReadonlySet<string> = new Set([
  'aws-portal',
  'billing',
  'budgets',
  'ce',
  'consolidatedbilling',
  'cur',
  'invoicing',
  'payments',
  'tax',
])

/**
 * Users and roles see nothing of billing, whatever their policies say, until the root user lets them.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/tutorial_billing.html
 */
const notOpened = (confidence: Confidence): Finding =>
  finding('not-subscribed', confidence, [act('not-iam', 'activate-billing-access')], { why: 'billing-access' })

/** AWS's own words tell of the setting. */
export const billingAccessOff = (s: Situation): readonly Finding[] =>
  s.has('billing-access-off') ? [notOpened(s.action === null ? 'possible' : 'stated'), ...lackBeside(s)] : none

/** AWS names no policy, and whoever asks may do everything else. */
export const billingPerhapsOff = (s: Situation): readonly Finding[] =>
  ofBilling.has(s.service ?? '') && s.denial.policyType === null && s.denial.effect === null && isAdministrator(s)
    ? [notOpened('possible')]
    : none
