import type { Confidence } from '../diagnosis.ts'
import { finding, type Finding } from '../finding.ts'
import { allow } from '../fixes.ts'
import { placeOf, withResources } from '../places.ts'
import type { Situation } from '../situation.ts'
import type { ReadStatement } from '../statements.ts'
import { firstDifference } from './arn-form.ts'
import { typeOfArn } from './keys-of-types.ts'
import { editOrAdd } from './wrong-arn.ts'

/**
 * `arn:aws:ssm:::parameter/app/*`: Region and account are left empty where the ARNs of the type have them, so that the
 * statement matches nothing, whatever was asked for.
 */
export function blankArn(
  s: Situation,
  action: string,
  near: ReadStatement,
  naming: readonly ReadStatement[],
  confidence: Confidence,
): Finding | null {
  if (!naming.every(({ resources }) => resources.every((arn) => withPlace(s, action, arn) !== arn))) return null
  const wanted = near.resources.map((arn) => withPlace(s, action, arn))
  const [found, first] = [near.resources[0], wanted[0]]
  if (found === undefined || first === undefined) return null
  const fixes = editOrAdd(s, near, allow([action], wanted), withResources(near, wanted), true)
  return finding('resource-arn-mismatch', confidence, fixes, {
    found,
    wanted: first,
    difference: firstDifference(first, found),
    ...placeOf(near),
  })
}

/** With Region and account of the request where the type's ARNs have them and none stands there. */
function withPlace(s: Situation, action: string, arn: string): string {
  const pattern = typeOfArn(s, action, arn)?.arnPattern.split(':')
  const parts = arn.split(':')
  if (pattern === undefined) return arn
  const filled = (index: number, own: string): string =>
    parts[index] === '' && pattern[index] !== '' ? own : (parts[index] ?? '')
  const account = s.resourceAccount ?? s.callerAccount ?? '<AccountId>'
  return [...parts.slice(0, 3), filled(3, s.region ?? '<Region>'), filled(4, account), ...parts.slice(5)].join(':')
}
