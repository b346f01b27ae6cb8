import type { Fix } from '../../remedy/fix.ts'
import { isGlobalService } from '../../requests/context.ts'
import { act, addToIdentity } from '../fixes.ts'
import { listed, withoutKey } from '../places.ts'
import type { Situation } from '../situation.ts'
import type { ReadCondition, ReadStatement } from '../statements.ts'
import { callingService, endpointOf, withValues } from './condition-edits.ts'
import { sentValue } from './condition-keys.ts'
import { narrowBeside, widened, type Unmet } from './unmet-condition.ts'

/*
 * Where the condition of a wide Allow would have to let more in, a statement of its own for what was asked opens less.
 */

/**
 * The role is handed to whom it is made for, and nobody can send another service. Where the statement is for this role
 * alone the service is added to it; a wider one would let that service have all of its roles.
 */
export function toOtherService(
  s: Situation,
  read: ReadStatement,
  condition: ReadCondition,
  role: string,
): readonly Fix[] {
  const edit = widened(s, read, condition)
  const isOfThisRole = read.resources.length === 1 && read.resources[0] === role && edit.edit !== null
  if (isOfThisRole) return [{ ...edit, alternative: false }]
  const service = sentValue(s, condition) ?? '<Service>.amazonaws.com'
  const add = addToIdentity(s, ['iam:PassRole'], [role], {
    condition: { StringEquals: { 'iam:PassedToService': service } },
    readiness: 'needs-review',
  })
  return [add, edit]
}

/** Who reads a secret has its key through Secrets Manager, whatever other service the condition names. */
export function throughOther(s: Situation, unmet: Unmet): readonly Fix[] {
  const { read, condition, resource } = unmet
  const edit = widened(s, read, condition)
  const service = callingService(s, condition)
  const own = service === null ? null : withValues(read.source, condition, { values: [service] })
  if (own === null || (edit.edit !== null && read.resources.length === 1 && read.resources[0] === resource))
    return [{ ...edit, alternative: false }]
  return [narrowBeside(s, unmet, own.Condition ?? null), edit]
}

/**
 * A call is made elsewhere where the caller chooses its Region; who asks a global service cannot. One Region more in a
 * statement that has other actions or resources would open it to all of them.
 */
export function inOtherRegion(s: Situation, unmet: Unmet): readonly Fix[] {
  const { read, condition, action } = unmet
  const values = { key: condition.key, values: listed(condition.values) }
  const there = isGlobalService(s.service ?? '') ? [] : [act('other', 'meet-condition', values)]
  const edit = widened(s, read, condition)
  const isOfThisAlone = read.actions.length === 1 && read.actions[0] === action && !read.resources.includes('*')
  if (isOfThisAlone && edit.edit !== null) return [...there, { ...edit, alternative: there.length > 0 }]
  const kept = withoutKey(read.source, condition.key).Condition ?? null
  const own = narrowBeside(s, unmet, kept)
  return [...there, { ...own, alternative: there.length > 0 }, edit]
}

/**
 * The exact ARN without the condition: as narrow, but it goes past what the tag stands for, so its owner decides. Only
 * where the tag is a mark and no more: a value sets one group of resources apart from another, and the condition itself
 * may have the wrong one.
 */
export const pastCondition = (s: Situation, { read, condition, action, resource }: Unmet): Fix => {
  const kept = Object.entries(withoutKey(read.source, condition.key).Condition ?? {})
  return addToIdentity(s, [action], [resource], {
    condition: kept.length === 0 ? null : Object.fromEntries(kept),
    values: { past: condition.key },
    readiness: 'needs-review',
    alternative: true,
  })
}

/** The same through services alone, which leaves what the caller does himself to the condition. */
export const throughServices = (s: Situation, { read, condition, action, resource }: Unmet): Fix => {
  const kept = withoutKey(read.source, condition.key).Condition ?? {}
  const through = { Bool: { ...kept['Bool'], 'aws:ViaAWSService': 'true' } }
  return addToIdentity(s, [action], [resource], { condition: { ...kept, ...through }, readiness: 'needs-review' })
}

/** No address of the caller is there to be met where the request comes through a VPC endpoint, which has keys of its own. */
export function throughEndpoint(s: Situation, unmet: Unmet): readonly Fix[] {
  const { read, condition } = unmet
  const own = condition.key.toLowerCase() === 'aws:sourceip' ? endpointOf(s) : null
  if (own === null) {
    const values = { key: condition.key, values: listed(condition.values) }
    return [act('other', 'meet-condition', values), widened(s, read, condition)]
  }
  const kept = withoutKey(read.source, condition.key).Condition ?? {}
  const operator = own.key === 'aws:VpcSourceIp' ? 'IpAddress' : 'StringEquals'
  const through = { ...kept, [operator]: { ...kept[operator], [own.key]: own.value } }
  return [narrowBeside(s, unmet, through)]
}
