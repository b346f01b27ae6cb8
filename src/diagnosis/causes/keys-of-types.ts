import type { ResourceType } from '../../action-catalogue/action-catalogue.ts'
import { parseArn } from '../../iam/arn.ts'
import type { Situation } from '../situation.ts'
import type { ReadCondition, ReadStatement } from '../statements.ts'

/*
 * An action that is checked on resources of several types has some condition keys for some of them alone:
 * `ec2:InstanceType` is there for the instance that is launched, and for no image or key pair. A statement for all of
 * them under such a key never counts for the others, whatever is sent.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
 */

const headOf = (arn: string): string | null => {
  const parsed = parseArn(arn)
  const word = parsed?.resource.split(/[/:]/u)[0]
  return parsed === null || word === undefined || word === '' || /[*?]/u.test(word) ? null : `${parsed.service}:${word}`
}

/** The one type of the action's that has such an ARN. */
export function typeOfArn(s: Situation, action: string, arn: string): ResourceType | null {
  const head = headOf(arn)
  if (head === null) return null
  const fitting = s.catalogue.find(action)?.resourceTypes.filter(({ arnPattern }) => headOf(arnPattern) === head) ?? []
  return fitting.length === 1 ? (fitting[0] ?? null) : null
}

const base = (key: string): string => key.toLowerCase().split('/')[0] ?? ''
const isListed = (keys: readonly string[], key: string): boolean => keys.some((one) => base(one) === base(key))

/** AWS lists the key for other types of the action's resources, and not for this one. */
export function lacksKey(s: Situation, action: string, arn: string, key: string): boolean {
  const [prefix] = key.toLowerCase().split(':')
  if (prefix !== action.toLowerCase().split(':')[0] || /tag\b/iu.test(base(key))) return false
  const type = typeOfArn(s, action, arn)
  if (type === null || isListed(type.conditionKeys, key)) return false
  return s.catalogue.find(action)?.resourceTypes.some(({ conditionKeys }) => isListed(conditionKeys, key)) === true
}

/** A statement for all types of the action's resources under this key never counts for one that every call has. */
export const isOfSomeTypes = (s: Situation, action: string, key: string): boolean => {
  const types = s.catalogue.find(action)?.resourceTypes ?? []
  const keysOf = ({ keysOfCall, conditionKeys }: ResourceType): readonly string[] =>
    keysOfCall.length === 0 ? conditionKeys : keysOfCall
  const isOf = (type: ResourceType): boolean => isListed(keysOf(type), key)
  return types.some(isOf) && types.some((type) => type.required && !isOf(type))
}

/** An absent key lets such a condition hold. */
export const holdsAbsent = ({ operator }: Pick<ReadCondition, 'operator'>): boolean =>
  /IfExists$|Not|^Null$|^ForAllValues/u.test(operator)

/** Of the resources that a statement names, those for which a condition of it can never hold, and which condition. */
export function outOfReach(
  s: Situation,
  read: ReadStatement,
  action: string,
): { readonly resources: readonly string[]; readonly unfit: readonly ReadCondition[] } {
  const asking = read.conditions.filter((condition) => !holdsAbsent(condition))
  const lacks = (arn: string, { key }: ReadCondition): boolean => lacksKey(s, action, arn, key)
  const resources = read.resources.filter((arn) => asking.some((condition) => lacks(arn, condition)))
  // Where they lack different keys, one statement for all would give up more than it has to.
  const unfit = asking.filter((condition) => resources.some((arn) => lacks(arn, condition)))
  return resources.every((arn) => unfit.every((condition) => lacks(arn, condition)))
    ? { resources, unfit }
    : { resources: [], unfit: [] }
}

/** With the caller's account where the type's ARNs have one and none stands there, so that it fits nothing. */
export function withAccount(s: Situation, action: string, arn: string): string {
  const type = typeOfArn(s, action, arn)
  const parts = arn.split(':')
  if (type === null || s.callerAccount === null || parts[4] !== '' || type.arnPattern.split(':')[4] === '') return arn
  return [...parts.slice(0, 4), s.callerAccount, ...parts.slice(5)].join(':')
}
