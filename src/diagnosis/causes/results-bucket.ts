import { finding, none, type Finding } from '../finding.ts'
import { act } from '../fixes.ts'
import { identityGrants, type Situation } from '../situation.ts'
import { noMatchingAllow } from './missing-allow.ts'

/** Athena looks at the results bucket with the caller's permissions and does not say what it lacks. */
export function resultsBucket(s: Situation): readonly Finding[] {
  if (!s.has('results-bucket-unverified')) return none
  const bucket = s.told('results-bucket-unverified', 'bucket')[0] ?? '<BucketName>'
  const arn = `arn:${s.partition}:s3:::${bucket}`
  const action = 's3:GetBucketLocation'
  if (identityGrants(s, action, arn))
    return [
      finding('resource-not-found-as-denied', 'possible', [act('not-iam', 'check-resource-exists')], {
        what: 'bucket',
      }),
    ]
  const known = bucket.startsWith('<') ? null : arn
  const lack = noMatchingAllow(s, action, known, s.wasRead('identity-based') ? 'evaluated' : 'possible')
  // What was refused is not the call that failed.
  return [{ ...lack, facts: { ...lack.facts, action, resource: arn } }]
}
