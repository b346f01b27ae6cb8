import type { ResourceType } from '../../action-catalogue/action-catalogue.ts'
import { parseArn } from '../../iam/arn.ts'
import { finding, type Finding } from '../finding.ts'
import { addToIdentity } from '../fixes.ts'
import { withoutKey } from '../places.ts'
import type { Situation } from '../situation.ts'
import type { ReadCondition, ReadStatement } from '../statements.ts'
import { kindOfKey } from './condition-keys.ts'

const takes = (name: string, keys: readonly string[]): boolean =>
  keys.some((key) => key.toLowerCase().includes(`${name}/`))

/** Of the types of resource that the action is checked on: that of the ARN, and the others. */
function typesFor(s: Situation, resource: string) {
  const kind = /^arn:[^:]*:([^:]*):[^:]*:[^:]*:([^/:]+)/u.exec(resource)
  const isOf = ({ arnPattern }: ResourceType): boolean =>
    arnPattern.startsWith(`arn:\${Partition}:${kind?.[1] ?? ''}:`) && arnPattern.includes(`:${kind?.[2] ?? ''}/`)
  const types = s.actionFacts?.resourceTypes ?? []
  return { kind: kind?.[2], own: types.find(isOf), others: types.filter((type) => !isOf(type)) }
}

/** One of several resources of the call, of a type that takes no tags in the request: a statement of its own. */
export function withoutSentTags(s: Situation, condition: ReadCondition): Finding | null {
  if (kindOfKey(condition.key) !== 'sent-tag' || s.action === null || s.resource === null) return null
  const { kind, own, others } = typesFor(s, s.resource)
  const isTagged = ({ conditionKeys }: ResourceType): boolean => takes('aws:requesttag', conditionKeys)
  if (own === undefined || isTagged(own) || !others.some(isTagged)) return null
  return finding('companion-resource-needed', 'evaluated', [addToIdentity(s, [s.action], [s.resource])], {
    resources: s.resource,
    types: kind,
  })
}

/**
 * One of several resources of the call that never has a tag of the account's: one of AWS's own, or of a type that AWS
 * lists without tags. It needs a statement without that condition, which stays for the others.
 */
export function withoutOwnTags(s: Situation, read: ReadStatement, condition: ReadCondition): Finding | null {
  if (!isTagOfResource(condition.key) || s.action === null || s.resource === null) return null
  const { kind, own, others } = typesFor(s, s.resource)
  const isTagged = ({ conditionKeys }: ResourceType): boolean => takes('resourcetag', conditionKeys)
  if (own === undefined || !others.some(isTagged)) return null
  if (isTagged(own) && !isOfAws(s.resource, own)) return null
  const left = read.conditions
    .filter(({ key }) => isTagOfResource(key))
    .reduce((source, { key }) => withoutKey(source, key), read.source)
  const statement = addToIdentity(s, [s.action], [s.resource], { condition: left.Condition ?? null })
  return finding('companion-resource-needed', 'evaluated', [statement], { resources: s.resource, types: kind })
}

const isTagOfResource = (key: string): boolean => /:resourcetag\//iu.test(key)

/** No account stands where AWS's pattern has one: `arn:aws:ssm:eu-west-1::document/AWS-RunShellScript`. */
const isOfAws = (resource: string, { arnPattern }: ResourceType): boolean => {
  const account = parseArn(resource)?.account
  return account === 'aws' || (account === '' && arnPattern.includes(':${Account}:'))
}
