import type { ActionFacts, ResourceType } from '../action-catalogue/action-catalogue.ts'
import { fitsPattern, tailOf } from './fill-pattern.ts'

/*
 * `arn:aws:states:...:stateMachine:orders`, `arn:aws:lambda:eu-west-1:function:orders`: whoever took out Region or
 * account took the colon between them too. The kind of resource tells where the resource starts.
 */

const region = /^[a-z]{2,4}(?:-[a-z]{1,20}){1,3}-\d$/u
const account = /^\d{4,12}$/u
const dots = '...'
const masked = /^(?:\*{1,}|\.{2,}|\u2026+|x{3,}|X{3,})$/u

const kindOf = (type: ResourceType): string => tailOf(type).slice(0, Math.max(0, tailOf(type).indexOf('${')))

const startsAs = (types: readonly ResourceType[], rest: string): ResourceType | undefined =>
  types.find((type) => kindOf(type) !== '' && rest.startsWith(kindOf(type)) && rest.length > kindOf(type).length)

/** A queue, a topic or an object has no kind in front of its name: what is left behind one field is that name. */
const withoutKind = (types: readonly ResourceType[], rest: string): ResourceType | undefined =>
  /^[\d.*x\u2026]*$/iu.test(rest)
    ? undefined
    : types.find((type) => kindOf(type) === '' && fitsPattern(tailOf(type), rest))

/** An ARN with the field back in its place that is missing from it, masked; any other text as it is. */
export const withAllFields = (text: string, facts: ActionFacts | null): string => {
  if (facts === null || !text.startsWith('arn:')) return text
  const parts = text.split(':')
  const [, partition = '', service = ''] = parts
  const behind = (from: number): string => parts.slice(from).join(':')
  const types = facts.resourceTypes.filter(
    ({ arnPattern }) => arnPattern.split(':')[2] === service || masked.test(service),
  )
  if (startsAs(types, behind(5)) !== undefined) return text
  const at = [3, 4].find((from) => startsAs(types, behind(from)) !== undefined) ?? 4
  const type = startsAs(types, behind(at)) ?? (parts.length === 5 ? withoutKind(types, behind(4)) : undefined)
  if (type === undefined) return text
  const between = parts.slice(3, at)
  const [, , ownService = service, itsRegion = '', itsAccount = ''] = type.arnPattern.split(':')
  const found = (wanted: string, shape: RegExp): string =>
    wanted === '' ? '' : (between.find((field) => shape.test(field)) ?? dots)
  return ['arn', partition, ownService, found(itsRegion, region), found(itsAccount, account), behind(at)].join(':')
}
