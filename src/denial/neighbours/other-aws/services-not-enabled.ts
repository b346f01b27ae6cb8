import type { NeighbourRow } from '../neighbour-row.ts'

/** A refusal by its code alone, in front of the sentence. */
export const refusedBefore = (before: string): boolean =>
  /access ?denied(?:exception)?\b[^\n]{0,160}$/iu.test(before.slice(-200))

const off = (service: string, words: readonly string[], example: string, seen: string): NeighbourRow => ({
  name: 'service-not-enabled',
  kind: 'sentence',
  class: 'other-aws',
  words,
  when: refusedBefore,
  sets: { service },
  example,
  seen,
})

/** Services that are turned on once for the account and Region, and refuse all calls until then. */
export const serviceNotEnabledRows: readonly NeighbourRow[] = [
  off(
    'macie2',
    ['macie is not enabled', 'macie must be enabled'],
    'An error occurred (AccessDeniedException) when calling the ListFindings operation: Macie is not enabled.',
    'Macie',
  ),
  off(
    'auditmanager',
    ['please complete aws audit manager setup'],
    'AccessDeniedException: Please complete AWS Audit Manager setup from home page to enable this action in this account.',
    'Audit Manager',
  ),
  off(
    'detective',
    ['detective is not enabled'],
    'An error occurred (AccessDeniedException) when calling the ListMembers operation: Detective is not enabled',
    'Detective',
  ),
  off(
    'inspector2',
    ['inspector is not enabled', 'is not enabled for inspector'],
    'AccessDeniedException: Amazon Inspector is not enabled for this account',
    'Inspector',
  ),
  off(
    'guardduty',
    ['guardduty is not enabled'],
    'AccessDeniedException: GuardDuty is not enabled in this account',
    'GuardDuty',
  ),
]
