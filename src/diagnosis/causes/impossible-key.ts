import type { Fix } from '../../remedy/fix.ts'
import { addToIdentity, allow, editStatement } from '../fixes.ts'
import { withoutKey, withResources } from '../places.ts'
import type { Situation } from '../situation.ts'
import { coversResource, type ReadCondition, type ReadStatement } from '../statements.ts'
import { isImpossibleFor } from './condition-keys.ts'
import { outOfReach, withAccount } from './keys-of-types.ts'
import { addUnderLimits } from './same-limits.ts'
import type { Unmet } from './unmet-condition.ts'

/**
 * The condition tests a key that the action never has, so the action needs a statement without it. Where the statement
 * is for other actions too, which the condition still limits, the action gets one of its own.
 */
export function withoutImpossible(s: Situation, unmet: Unmet): readonly Fix[] {
  const { read, condition, action, resource } = unmet
  if (!isImpossibleFor(s, action, condition.key)) return apartFromType(s, unmet)
  const resources = narrowedByPrefix(read, condition)
  const statement = allow([action], [resource])
  const isForNoAction = read.actions.length > 0 && read.actions.every((name) => isImpossibleFor(s, name, condition.key))
  if (isForNoAction)
    return [
      editStatement(s, read, statement, withoutKey(withResources(read, resources), condition.key), {
        step: 'correct-condition',
      }),
    ]
  const left = withoutKey(read.source, condition.key).Condition ?? null
  const folders = resources.filter((one) => !read.resources.includes(one))
  const isInside = coversResource({ ...read, resources: folders }, resource)
  const own = addToIdentity(s, [action], folders.length > 0 && isInside ? folders : [resource], { condition: left })
  const others = read.actions.filter((name) => !isImpossibleFor(s, name, condition.key))
  // The statement never counts for the action, which stands in it by name: it is split.
  if (others.length === read.actions.length || read.policyKind === 'aws-managed') return [own]
  return [own, editStatement(s, read, null, { ...read.source, Action: others })]
}

/** Other types of resource have the key: those that do not get a statement of their own, all of them at once. */
function apartFromType(s: Situation, { read, condition, action, resource }: Unmet): readonly Fix[] {
  const { resources, unfit } = outOfReach(s, read, action)
  const named = resources.map((arn) => withAccount(s, action, arn))
  const isAmong = named.length > 0 && coversResource({ ...read, resources: named }, resource)
  return [
    isAmong
      ? addUnderLimits(s, read, [action], named, { unfit, offType: unfit.map(({ key }) => key) })
      : addUnderLimits(s, read, [action], [resource], { unfit: [condition], offType: [condition.key] }),
  ]
}

/** `s3:prefix` on reads is meant as a folder: the folder belongs in the ARN. */
function narrowedByPrefix(read: ReadStatement, condition: ReadCondition): readonly string[] {
  if (condition.key.toLowerCase() !== 's3:prefix') return read.resources
  const folders = condition.values.filter((value) => value !== '' && value !== '*')
  const narrowed = read.resources.flatMap((resource) => {
    const bucket = /^(arn:[a-z-]+:s3:::[^/*]+)(?:\/\*)?$/u.exec(resource)?.[1]
    return bucket === undefined || folders.length === 0 ? [resource] : folders.map((folder) => `${bucket}/${folder}`)
  })
  return [...new Set(narrowed)]
}
