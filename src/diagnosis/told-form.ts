import type { ToldDocument } from '../denial/denial.ts'
import { finding, none, type Finding } from './finding.ts'
import { addToIdentity } from './fixes.ts'
import { placeOf } from './places.ts'
import type { Situation } from './situation.ts'
import { coversAction, coversResource, type ReadStatement } from './statements.ts'
import { toldStatements } from './told-situation.ts'

/**
 * Statements of told policies that can never match: an action of S3 on the other kind of ARN. That shows whatever was
 * asked for, so it tells where the text names no action too.
 */
export function neverMatching(s: Situation, told: readonly ToldDocument[]): readonly Finding[] {
  if (s.service !== 's3' || s.denial.effect === 'explicit') return none
  const allows = toldStatements(told).filter(({ effect }) => effect === 'Allow')
  const asked = s.action === null ? allows.flatMap(({ actions }) => actions) : [s.action]
  const found = [...new Set(asked)].flatMap((action) => onOtherKind(s, action, allows))
  return found.slice(0, 1)
}

function onOtherKind(s: Situation, action: string, allows: readonly ReadStatement[]): readonly Finding[] {
  const types = s.catalogue.find(action)?.resourceTypes.map(({ name }) => name) ?? []
  const [isOfBuckets, isOfObjects] = [types.includes('bucket'), types.includes('object')]
  if (isOfBuckets === isOfObjects) return none
  const naming = allows.filter((one) => coversAction(one, action) && one.notResources.length === 0)
  const [read] = naming.filter(({ actions }) => actions.some((name) => name.toLowerCase() === action.toLowerCase()))
  const resources = naming.flatMap((one) => one.resources)
  const ofBuckets = resources.filter((arn) => /^arn:[a-z-]+:s3:::[^/]+$/u.test(arn))
  const ofObjects = resources.filter((arn) => /^arn:[a-z-]+:s3:::[^/]+\//u.test(arn))
  const isOther = (isOfBuckets ? ofObjects : ofBuckets).length === resources.length && resources.length > 0
  const bucket = /^arn:[a-z-]+:s3:::[^/]+/u.exec(resources[0] ?? '')?.[0]
  if (read === undefined || !isOther || bucket === undefined || bucket.endsWith('*')) return none
  const wanted = isOfBuckets ? bucket : `${bucket}/*`
  if (s.resource !== null && !coversResource({ ...read, resources: [wanted] }, s.resource)) return none
  return [
    finding(
      isOfBuckets ? 'bucket-arn-needed' : 'object-arn-needed',
      'possible',
      [addToIdentity(s, [action], [wanted])],
      { action, found: resources[0], wanted, difference: 'resource', told: 'text', ...placeOf(read) },
    ),
  ]
}
