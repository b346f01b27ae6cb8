import { finding, none, type Finding } from '../finding.ts'
import { act } from '../fixes.ts'
import { allowsOf, type Situation } from '../situation.ts'
import { coversResource } from '../statements.ts'
import { kindOfKey, knownValue } from './condition-keys.ts'

/** AWS itself gave such an id, and it prints the ARN of what it found. */
const holdsId = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){1,3}[0-9a-f]{4,12}|[-/][0-9a-f]{8,32}$|:autoScalingGroup:[^:]{1,64}:/iu

/** Calls that make what they name, which has no tags before. */
const makes = /:(?:Create|Put|Register|Run|Import|Start)/iu

/**
 * What is not there has no tags either: under a name that is not quite right a condition on the tags of the resource
 * fails, and the call is refused before anybody looks whether there is such a thing.
 */
export function tagsOfAbsent(s: Situation): readonly Finding[] {
  const { action, resource, denial } = s
  if (action === null || resource === null || denial.effect === 'explicit' || makes.test(action)) return none
  // Names that people type into configurations, of what AWS looks up after it has asked for the permission.
  if (s.service !== 'ssm' && s.service !== 'secretsmanager') return none
  if (/[*?<]/u.test(resource) || holdsId.test(resource)) return none
  const asks = allowsOf(s, 'identity-based', action).some(
    (read) =>
      coversResource(read, resource) &&
      read.conditions.some(({ key }) => kindOfKey(key) === 'resource-tag' && knownValue(s, key) === undefined),
  )
  if (!asks) return none
  return [finding('resource-not-found-as-denied', 'possible', [act('not-iam', 'check-resource-exists', { resource })])]
}
