import type { ResourceType } from '../../action-catalogue/action-catalogue.ts'
import { parseArn } from '../../iam/arn.ts'
import { finding, type Finding } from '../finding.ts'
import { addToIdentity } from '../fixes.ts'
import { withoutKey } from '../places.ts'
import type { Situation } from '../situation.ts'
import { coversResource, type ReadCondition, type ReadStatement } from '../statements.ts'
import { withValues } from './condition-edits.ts'
import { kindOfKey } from './condition-keys.ts'
import { setsTags } from './sent-tags.ts'

export const takesTags = (name: string, keys: readonly string[]): boolean =>
  keys.some((key) => key.toLowerCase().includes(`${name}/`))

/** Of the types of resource that the action is checked on: that of the ARN, and the others. */
function typesFor(s: Situation, resource: string) {
  const kind = /^arn:[^:]*:([^:]*):[^:]*:[^:]*:([^/:]+)/u.exec(resource)
  const isOf = ({ arnPattern }: ResourceType): boolean =>
    arnPattern.startsWith(`arn:\${Partition}:${kind?.[1] ?? ''}:`) && arnPattern.includes(`:${kind?.[2] ?? ''}/`)
  const types = s.actionFacts?.resourceTypes ?? []
  return { kind: kind?.[2], own: types.find(isOf), others: types.filter((type) => !isOf(type)) }
}

/** Of a type that the call never tags, where it tags others. */
export function lacksSentTags(s: Situation, resource: string): boolean {
  const { own, others } = typesFor(s, resource)
  const isTagged = ({ conditionKeys }: ResourceType): boolean => takesTags('aws:requesttag', conditionKeys)
  const isTaggedHere = ({ keysOfCall }: ResourceType): boolean => takesTags('aws:requesttag', keysOfCall)
  return own !== undefined && [isTagged, isTaggedHere].some((tagged) => !tagged(own) && others.some(tagged))
}

/** One of several resources of the call, of a type that takes no tags in the request: a statement of its own. */
export function withoutSentTags(s: Situation, read: ReadStatement, condition: ReadCondition): Finding | null {
  if (kindOfKey(condition.key) !== 'sent-tag' || s.action === null || s.resource === null) return null
  const { kind } = typesFor(s, s.resource)
  if (!lacksSentTags(s, s.resource) || setsTags.test(s.action)) return null
  const left = read.conditions
    .filter(({ key }) => kindOfKey(key) === 'sent-tag')
    .reduce((source, { key }) => withoutKey(source, key), read.source)
  const resource = withAnyId(read, s.resource)
  const statement = addToIdentity(s, [s.action], [resource], { condition: left.Condition ?? null })
  return finding('companion-resource-needed', 'evaluated', [statement], { resources: resource, types: kind })
}

/** Where the statement is for all of that type, so is the one beside it: the next call takes another image or snapshot. */
function withAnyId(read: ReadStatement, resource: string): string {
  const any = resource.replace(/\/[a-z]{1,20}-[0-9a-f]{8,17}$/u, '/*')
  return coversResource(read, any) ? any : resource
}

/** A condition on the tags of what the call itself creates: those of the request were meant. */
export function tagOfRequest(
  s: Situation,
  read: ReadStatement,
  condition: ReadCondition,
  resource = s.resource,
): { readonly after: ReadStatement['source']; readonly isAlone: boolean } | null {
  const tag = /^[a-z0-9-]{2,40}:resourcetag\/(.{1,128})$/iu.exec(condition.key)?.[1]
  if (tag === undefined || s.action === null || resource === null) return null
  const { own } = typesFor(s, resource)
  if (own === undefined || takesTags('resourcetag', own.keysOfCall) || !takesTags('aws:requesttag', own.keysOfCall))
    return null
  const after = withValues(read.source, condition, { key: `aws:RequestTag/${tag}` })
  if (after === null) return null
  const isOfType = (arn: string): boolean => typesFor(s, arn).own === own
  const isAlone = read.resources.every(isOfType) && read.actions.length === 1 && !/[*?]/u.test(read.actions[0] ?? '*')
  return { after, isAlone }
}

/**
 * One of several resources of the call that never has a tag of the account's: one of AWS's own, or of a type that AWS
 * lists without tags. It needs a statement without that condition, which stays for the others.
 */
export function withoutOwnTags(s: Situation, read: ReadStatement, condition: ReadCondition): Finding | null {
  if (!isTagOfResource(condition.key) || s.action === null || s.resource === null) return null
  const { kind } = typesFor(s, s.resource)
  if (!lacksOwnTags(s, s.resource)) return null
  const left = read.conditions
    .filter(({ key }) => isTagOfResource(key))
    .reduce((source, { key }) => withoutKey(source, key), read.source)
  const statement = addToIdentity(s, [s.action], [s.resource], { condition: left.Condition ?? null })
  return finding('companion-resource-needed', 'evaluated', [statement], { resources: s.resource, types: kind })
}

/** It never has a tag of the account's, and others of the call's resources may. */
export function lacksOwnTags(s: Situation, resource: string): boolean {
  const { own, others } = typesFor(s, resource)
  const isTagged = ({ conditionKeys }: ResourceType): boolean => takesTags('resourcetag', conditionKeys)
  return own !== undefined && others.some(isTagged) && (!isTagged(own) || isOfAws(resource, own))
}

const isTagOfResource = (key: string): boolean => /:resourcetag\//iu.test(key)

/** No account stands where AWS's pattern has one: `arn:aws:ssm:eu-west-1::document/AWS-RunShellScript`. */
const isOfAws = (resource: string, { arnPattern }: ResourceType): boolean => {
  const account = parseArn(resource)?.account
  return account === 'aws' || (account === '' && arnPattern.includes(':${Account}:'))
}
