import { finding, none, type Finding } from '../finding.ts'
import { act } from '../fixes.ts'
import type { Situation } from '../situation.ts'
import { unattachedRead } from './unattached.ts'

/** The text itself tells that the policy with the permission hangs elsewhere, or in a version that is not in force. */
export function toldUnattached(s: Situation): readonly Finding[] {
  const why = s.told('told-unattached', 'why')
  if (why.length === 0 || s.action === null || s.denial.principal === null || s.denial.effect === 'explicit')
    return none
  if (s.denial.policyType !== null && s.denial.policyType !== 'identity-based') return none
  if (s.evidence.unattached.length > 0) return unattached(s)
  const isVersion = why.includes('not-default-version')
  const fix = isVersion
    ? act(
        'other',
        'set-default-version',
        {},
        {
          owner: 'identity-owner',
          command: "aws iam set-default-policy-version --policy-arn '<PolicyArn>' --version-id '<VersionId>'",
        },
      )
    : act('other', 'attach-existing-policy', {}, { owner: 'identity-owner' })
  return [
    finding('policy-not-attached', 'possible', [fix], { why: isVersion ? 'not-default-version' : 'not-attached' }),
  ]
}

/** The permission exists, on something that does not count for this principal. */
export function unattached(s: Situation): readonly Finding[] {
  const read = unattachedRead(s)
  if (read.length > 0) return read
  if (
    s.wasRead('identity-based') ||
    s.action === null ||
    s.denial.principal === null ||
    s.denial.policyType !== 'identity-based'
  )
    return none
  return [
    finding(
      'policy-not-attached',
      'possible',
      [act('other', 'attach-existing-policy', {}, { owner: 'identity-owner' })],
      { why: 'not-attached' },
    ),
  ]
}
