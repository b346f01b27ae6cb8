import { finding, none, type Finding } from '../finding.ts'
import { editStatement } from '../fixes.ts'
import { placeOf, withResources } from '../places.ts'
import type { Situation } from '../situation.ts'
import { bucketOf } from './not-iam.ts'
import { onOtherKind } from './other-kind.ts'
import { addUnderLimits } from './same-limits.ts'

const bucketArn = /^(arn:[a-z-]+:s3:::[^/*?$]{3,63})$/u
const objectsArn = /^(arn:[a-z-]+:s3:::[^/*?$]{3,63})\/\*$/u

/**
 * Nothing names the call, and what was read allows S3 on a bucket alone, or on its objects alone: calls of the other
 * kind no statement matches, whatever they are.
 */
export function oneKindAlone(s: Situation): readonly Finding[] {
  if (s.service !== 's3' && (s.service !== null || bucketOf(s) === null)) return none
  if (s.action !== null || s.denial.effect === 'explicit' || !s.wasRead('identity-based')) return none
  const allows = s
    .statements('identity-based')
    .filter(({ effect, actions }) => effect === 'Allow' && actions.some((name) => /^(?:s3:|\*$)/iu.test(name)))
  const named = [...new Set(allows.flatMap(({ actions }) => actions))]
  const [misplaced] = named.flatMap((action) => onOtherKind(s, action, allows, 'possible') ?? [])
  if (misplaced !== undefined) return [misplaced]
  const whole = allows.find(({ actions }) => actions.some((name) => /^(?:s3:)?\*$/iu.test(name)))
  const resources = allows.flatMap((one) => one.resources)
  if (whole === undefined || allows.some((one) => one.notResources.length > 0)) return none
  const buckets = new Set(resources.map((arn) => (bucketArn.exec(arn) ?? objectsArn.exec(arn))?.[1]))
  const [bucket] = buckets
  const told = bucketOf(s)
  if (bucket === undefined || buckets.size !== 1 || (told !== null && !bucket.endsWith(`:::${told}`))) return none
  const ofObjects = resources.filter((arn) => objectsArn.test(arn)).length
  if (ofObjects !== 0 && ofObjects !== resources.length) return none
  const [code, action, wanted] =
    ofObjects === 0
      ? (['object-arn-needed', 's3:GetObject', `${bucket}/*`] as const)
      : (['bucket-arn-needed', 's3:ListBucket', bucket] as const)
  // All that can be done to a bucket is more than anybody misses who wants to list it.
  const fix =
    ofObjects === 0
      ? editStatement(s, whole, withResources(whole, [wanted]), withResources(whole, [...whole.resources, wanted]))
      : addUnderLimits(s, whole, [action], [wanted])
  return [
    finding(code, 'possible', [fix], {
      action,
      found: whole.resources[0],
      wanted,
      difference: 'resource',
      ...placeOf(whole),
    }),
  ]
}
