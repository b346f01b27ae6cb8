import type { ActionCatalogue, ResourceType } from '../../action-catalogue/action-catalogue.ts'
import { ownValue } from '../../iam/own-value.ts'
import { withReservedPath } from '../../iam/reserved-path.ts'
import type { Situation } from '../situation.ts'
import type { ReadCondition } from '../statements.ts'
import { isGlobalKey, nearestGlobalKey } from './global-keys.ts'
import { lacksKey } from './keys-of-types.ts'

/** Who can make a condition hold: what the key speaks of decides what there is to do. */
export type KeyKind =
  | 'mfa'
  | 'boundary'
  | 'sent-tag'
  | 'sent-header'
  | 'resource-tag'
  | 'organization'
  | 'network'
  /** What else the request or its circumstances hold. */
  | 'other'
  | 'caller-tag'
  | 'called-via'
  | 'time'
  | 'resource-owner'
  /** Told only where an AWS service calls for one of its resources. */
  | 'source'
  /** Who calls. */
  | 'caller'
  /** No global key, and much like one. */
  | 'no-such-key'

const kinds: readonly (readonly [RegExp, KeyKind])[] = [
  [/^aws:multifactorauth/u, 'mfa'],
  [/^iam:permissionsboundary$/u, 'boundary'],
  [/^aws:(?:requesttag\/|tagkeys$)/u, 'sent-tag'],
  [/^s3:x-amz-/u, 'sent-header'],
  [/:resourcetag\/|existingobjecttag/u, 'resource-tag'],
  [/^aws:(?:sourceip|vpcsourceip|sourcevpce?|viaawsservice)$/u, 'network'],
  [/^aws:(?:principalorg|sourceorg|resourceorg)/u, 'organization'],
  [/^aws:principaltag\//u, 'caller-tag'],
  [/^aws:calledvia|^kms:viaservice$/u, 'called-via'],
  [/^aws:(?:currenttime|epochtime)$/u, 'time'],
  [/:resourceaccount$/u, 'resource-owner'],
  [/^aws:source(?:arn|account|owner)$/u, 'source'],
  [/^aws:(?:principal(?:arn|account|type)|userid|username)$|^kms:calleraccount$/u, 'caller'],
]

export function kindOfKey(key: string): KeyKind {
  const name = key.toLowerCase()
  const kind = kinds.find(([pattern]) => pattern.test(name))?.[1]
  if (kind !== undefined) return kind
  return name.startsWith('aws:') && !isGlobalKey(name) && nearestGlobalKey(name) !== null ? 'no-such-key' : 'other'
}

const usesKey = /^kms:(?:Encrypt|Decrypt|GenerateDataKey\w*|ReEncrypt\w*)$/iu

/**
 * The call is one that a service makes for the caller, from an address of its own: as the text tells, or that of a key
 * with which something else is encrypted.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_forward_access_sessions.html
 */
export const isMadeByService = (s: Situation): boolean =>
  isCalledVia(s) ||
  (usesKey.test(s.action ?? '') && s.action?.split(':')[1]?.toLowerCase() !== s.operation?.toLowerCase())

/** The text tells, or AWS wrote into the request, that services passed it on. */
export const isCalledVia = (s: Situation): boolean =>
  s.has('called-by-service') ||
  [knownValue(s, 'aws:CalledVia') ?? []].flat().length > 0 ||
  knownValue(s, 'aws:ViaAWSService') === 'true'

const base = (text: string): string => text.toLowerCase().split('/')[0] ?? ''

/** Keys that are never there when the action is called: AWS lists them for other actions of the service only. */
export const isImpossible = (s: Situation, key: string): boolean =>
  s.action !== null &&
  s.service !== null &&
  (isImpossibleFor(s, s.action, key) || (s.resource !== null && lacksKey(s, s.action, s.resource, key)))

/**
 * AWS lists the keys of the tags that a request sends with every action that takes any.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-requesttag
 */
export const neverSendsTags = ({ actionFacts }: Situation, key: string): boolean =>
  kindOfKey(key) === 'sent-tag' &&
  actionFacts !== null &&
  !actionFacts.conditionKeys.some((one) => kindOfKey(one) === 'sent-tag')

/** The same of any one action; of a pattern nobody can say. */
export const isImpossibleFor = (s: Situation, action: string, key: string): boolean => {
  const [prefix, name] = key.toLowerCase().split(':')
  const known = s.catalogue.find(action)
  // Where there is no resource, none has tags.
  if (prefix === 'aws' && name?.startsWith('resourcetag/') === true && known?.resourceTypes.length === 0)
    return !known.conditionKeys.some((one) => isListedAs(one, key))
  if (
    name === undefined ||
    prefix === undefined ||
    prefix === 'aws' ||
    prefix !== base(action).split(':')[0] ||
    known === null
  )
    return false
  const listed = [...known.conditionKeys, ...known.resourceTypes.flatMap(keysOfType)]
  return !listed.some((one) => isListedAs(one, key)) && isOfOtherActions(s.catalogue, prefix, key)
}

/** AWS lists for some actions what a call holds of a resource; where it does not, what its type has is there. */
const keysOfType = ({ conditionKeys, keysOfCall }: ResourceType): readonly string[] =>
  keysOfCall.length === 0 ? conditionKeys : keysOfCall

/** AWS lists `aws:ResourceTag/${TagKey}`, and with a colon `kms:EncryptionContext:${EncryptionContextKey}`. */
const isListedAs = (listed: string, key: string): boolean => {
  const open = listed.indexOf(':${')
  return open < 0 ? base(listed) === base(key) : key.toLowerCase().startsWith(listed.slice(0, open + 1).toLowerCase())
}

const listedBy = new WeakMap<ActionCatalogue, Map<string, ReadonlySet<string>>>()

/**
 * Keys that AWS lists for no action at all are there for any: of where the credentials came from
 * (`ec2:RoleDelivery`, `lambda:SourceFunctionArn`), or of the resource (`kms:ResourceAliases`).
 */
function isOfOtherActions(catalogue: ActionCatalogue, prefix: string, key: string): boolean {
  const services = listedBy.get(catalogue) ?? new Map<string, ReadonlySet<string>>()
  listedBy.set(catalogue, services)
  const listed =
    services.get(prefix) ??
    new Set(catalogue.actionsOf(prefix).flatMap((name) => catalogue.find(name)?.conditionKeys.map(base) ?? []))
  services.set(prefix, listed)
  return listed.has(base(key))
}

/** The value that is known of a key: `null` where it is known to be absent, `undefined` where nothing is known. */
export const knownValue = (s: Situation, key: string): string | readonly string[] | null | undefined => {
  const known = { ...s.request?.context, ...s.evidence.context }
  const told = Object.entries(known).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1]
  return told === undefined ? (ownValue(followingFrom(s), key.toLowerCase()) ?? undefined) : told
}

/** What follows from who calls, and of whom the resource is. */
const followingFrom = (s: Situation): Readonly<Record<string, string | null>> => {
  const isIdentity = s.denial.principalType === 'assumed-role' || s.denial.principalType === 'user'
  return {
    'aws:principalarn': isIdentity && s.principalArn !== null ? withReservedPath(s.principalArn) : null,
    'aws:principalaccount': isIdentity ? s.callerAccount : null,
    'aws:resourceaccount': s.resourceAccount,
    'aws:username': s.denial.principalType === 'user' ? s.denial.roleOrUserName : null,
  }
}

/** What the request had for the key: `absent` where it is known to have had none, `null` where nobody knows. */
export const sentValue = (s: Situation, condition: ReadCondition | null): string | null => {
  if (condition === null) return null
  const value = knownValue(s, condition.key)
  if (value === undefined) return isImpossible(s, condition.key) || neverSendsTags(s, condition.key) ? 'absent' : null
  return value === null ? 'absent' : typeof value === 'string' ? value : value.join(', ')
}

/**
 * Sessions from before a moment are refused: what revokes those of a role after an incident.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_revoke-sessions.html
 */
export const isRevocation = ({ key, operator }: ReadCondition): boolean =>
  key.toLowerCase() === 'aws:tokenissuetime' && /^DateLessThan/iu.test(operator)

/** What a policy variable that a condition asks for stands for in this request, where that is known. */
export const resolvedValue = (s: Situation, condition: ReadCondition | null): string | null => {
  const [value, ...more] = condition?.values ?? []
  const key = more.length > 0 ? undefined : /^\$\{([^},]{1,200})\}$/u.exec(value ?? '')?.[1]
  const known = key === undefined ? undefined : knownValue(s, key)
  return typeof known === 'string' ? known : null
}

/** What Bedrock routes to any Region is a request of no Region in particular. */
export const isOfNoRegion = (s: Situation, { key }: ReadCondition): boolean =>
  key.toLowerCase() === 'aws:requestedregion' && knownValue(s, key) === 'unspecified'
