import { finding, none, type Finding } from '../finding.ts'
import { act } from '../fixes.ts'
import type { Situation } from '../situation.ts'
import { kmsKeyPolicy } from './kms.ts'

/** Lambda's variables under its own key: the grant names the earlier role of the same name. */
export function staleLambdaGrant(s: Situation): readonly Finding[] {
  if (!s.has('lambda-environment-key')) return none
  const stale = finding('stale-principal', 'possible', [act('other', 'reassign-lambda-role')], {
    holder: 'lambda-environment',
  })
  return [stale, kmsKeyPolicy(s, ['kms:Decrypt'], 'possible')]
}
