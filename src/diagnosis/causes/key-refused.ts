import { ownValue } from '../../iam/own-value.ts'
import type { Confidence } from '../diagnosis.ts'
import { finding, none, type Finding } from '../finding.ts'
import { addToIdentity } from '../fixes.ts'
import { allowsOf, identityGrants, refuses, type Situation } from '../situation.ts'
import { coversResource, type ReadCondition } from '../statements.ts'
import { allowWithCondition } from './condition.ts'
import { behindFront, frontService } from './front-service.ts'
import { encryptedLaunch } from './encrypted-launch.ts'
import { isGrantedByIdentity } from './handed-key.ts'
import {
  inOrder,
  isOwnSideAlone,
  keyOf,
  kmsBehindService,
  kmsKeyPolicy,
  kmsKeyPolicyForRole,
  kmsKeyPolicyForService,
  launchActions,
  linkedServices,
  refusedByHandedKey,
  serviceLinkedRole,
} from './kms.ts'
import { wrongNameOfRole } from './wrong-name.ts'

/** "The ciphertext refers to …", "Access to KMS is not allowed": a key refused, and nothing says whose. */
export function keyRefused(s: Situation): readonly Finding[] {
  if (s.has('lambda-environment-key')) return none
  const direct = calledDirectly(s)
  if (direct !== null && (frontService(s) === null || s.has('kms-called-directly'))) return directCall(s, direct)
  const linked = linkedRoleTold(s)
  if (linked !== null)
    return [kmsKeyPolicyForRole(s, linked, ['kms:Decrypt', 'kms:GenerateDataKey*', 'kms:DescribeKey'], 'possible')]
  const behind = behindFront(s)
  const actions = behind?.actions ?? ['kms:Decrypt']
  const allowed = s.wasRead('identity-based') && actions.every((action) => identityGrants(s, action, null))
  const refused = refusedByHandedKey(s, actions)
  const misnamed = wrongNameOfRole(s, actions, keyOf(s, behind?.noun ?? null), s.principalLabel)
  if (misnamed !== null) return [misnamed, refused ?? kmsKeyPolicy(s, actions, 'possible')]
  const conditioned = heldFromIdentity(s, actions, keyOf(s, behind?.noun ?? null))
  if (conditioned !== null) return [conditioned, refused ?? kmsKeyPolicy(s, actions, 'possible')]
  const own = kmsBehindService(s, missingOf(s, actions), 'possible', behind?.noun ?? null)
  const others = kmsKeyPolicy(s, actions, 'possible')
  // AWS's own keys never work across accounts, whatever the caller may do.
  const isForeign = s.has('aws-managed-key-told') && s.has('cross-account-told', 'account-named')
  if (isForeign) return [others]
  if (refused !== null) return allowed || isGrantedByIdentity(s, actions) ? [refused] : [refused, own]
  return allowed ? [others, own] : inOrder(s, actions, own, others)
}

/** The one service-linked role that the text names where AWS names nobody: only the key's policy can let it in. */
function linkedRoleTold(s: Situation): string | null {
  const [name, ...others] = new Set(s.told('service-linked-role-named', 'role'))
  if (name === undefined || others.length > 0 || s.denial.principal !== null) return null
  const account = s.callerAccount ?? s.told('kms-key', 'key')[0]?.split(':')[4] ?? '<AccountId>'
  const service = ownValue(linkedServices, name) ?? '<Service>.amazonaws.com'
  return `arn:${s.partition}:iam::${account}:role/aws-service-role/${service}/${name}`
}

/** The caller's own policy has the action for this key under a condition that may not hold. */
function heldFromIdentity(s: Situation, actions: readonly string[], key: string): Finding | null {
  const action = actions.find((one) => !identityGrants(s, one, null))
  if (action === undefined || !s.wasRead('identity-based')) return null
  const resource = key.includes('<') ? null : key
  const read = allowsOf(s, 'identity-based', action).find((one) => resource === null || coversResource(one, resource))
  if (read === undefined || read.conditions.every((condition) => holdsThrough(s, condition))) return null
  const facts = s.catalogue.find(action)
  const about = { ...s, requests: [], request: null, action, service: 'kms', resource, actionFacts: facts }
  return { ...allowWithCondition(about, read, 'possible'), about }
}

/** `kms:ViaService` names the service that asks the key. */
const holdsThrough = (s: Situation, { key, operator, values }: ReadCondition): boolean =>
  key.toLowerCase() === 'kms:viaservice' &&
  /^String(?:Equals|Like)/u.test(operator) &&
  values.some((value) => value.startsWith(`${frontService(s) ?? '*'}.`))

const missingOf = (s: Situation, actions: readonly string[]): readonly string[] => {
  if (!s.wasRead('identity-based')) return actions
  const missing = actions.filter((action) => !identityGrants(s, action, null))
  return missing.length === 0 ? actions : missing
}

const calledDirectly = (s: Situation): string | null => {
  const told = s.told('kms-called-directly', 'operation')[0]?.replaceAll('_', '').toLowerCase()
  const name = told ?? (s.service === 'kms' && s.denial.service === 'kms' ? s.operation?.toLowerCase() : undefined)
  const actions: Readonly<Record<string, string>> = {
    decrypt: 'kms:Decrypt',
    encrypt: 'kms:Encrypt',
    generatedatakey: 'kms:GenerateDataKey',
  }
  return name === undefined ? null : (ownValue(actions, name) ?? null)
}

const directCall = (s: Situation, action: string): readonly Finding[] => {
  const granted = identityGrants(s, action, null) || isGrantedByIdentity(s, [action])
  const refused = refusedByHandedKey(s, [action])
  const own = finding('missing-allow', 'possible', [addToIdentity(s, [action], [keyOf(s)])])
  if (refused !== null) return granted ? [refused] : [refused, own]
  const others = kmsKeyPolicy(s, [action], 'possible')
  const region = finding('wrong-region', 'possible')
  return granted ? [others, region] : [own, others, region]
}

/**
 * Services that send to queues and topics: under a key these take both, and each is refused by itself.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
 * https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
const senders: ReadonlySet<string> = new Set([
  'aps.amazonaws.com',
  'budgets.amazonaws.com',
  'cloudwatch.amazonaws.com',
  'codestar-notifications.amazonaws.com',
  'costalerts.amazonaws.com',
  'events.amazonaws.com',
  'events.rds.amazonaws.com',
  's3.amazonaws.com',
  'sns.amazonaws.com',
])

const ofSender = (service: string, action: string): readonly string[] =>
  senders.has(service) && /^kms:(?:GenerateDataKey|Decrypt)$/iu.test(action)
    ? ['kms:GenerateDataKey', 'kms:Decrypt']
    : [action]

/** What AWS refused is the one action, whatever goes with it. */
function refusedToService(s: Situation, service: string, action: string): Finding {
  const found = kmsKeyPolicyForService(s, service, ofSender(service, action), 'stated')
  return { ...found, facts: { ...found.facts, kmsActions: action } }
}

/** A denial whose action is a KMS action: the message itself names the key's side or the caller's. */
export function kmsDenied(s: Situation): readonly Finding[] {
  const { action } = s
  if (s.service !== 'kms' || action === null) return none
  const needed = [action, ...ofParts(s, action)]
  // One of the four that a launch asks of a key, and no word on who asked: the others follow.
  const isOfLaunch = s.has('launch-failed', 'kms-key-inaccessible') && launchActions.includes(action)
  if (isOfLaunch && s.denial.principal === null && s.denial.effect === null) return encryptedLaunch(s)
  const wordedByKey = s.denial.resource === null || /ciphertext/iu.test(s.denial.resource)
  // A service has no policies of its own: the key's is the only one.
  if (s.denial.principalType === 'service' && s.denial.principal !== null)
    return [refusedToService(s, s.denial.principal, action)]
  if (serviceLinkedRole(s) !== null) return [kmsKeyPolicy(s, [action], 'stated')]
  if (s.denial.policyType === 'resource-based' && s.denial.effect !== 'explicit')
    return [kmsKeyPolicy(s, needed, confidenceOf(s, 'resource-based'))]
  if (s.denial.effect === 'explicit') return none
  const isDirect = isCalledDirectly(s, action)
  if (s.denial.policyType === 'identity-based') {
    if (isDirect || !isKeyUse(action) || isConditioned(s, action) || isOwnSideAlone(s, needed)) return none
    return [kmsBehindService(s, missingOf(s, needed), confidenceOf(s, 'identity-based'), behindFront(s)?.noun ?? null)]
  }
  if (s.verdict?.decision === 'allowed') return none
  const granted = identityGrants(s, action, s.resource)
  const key = s.layer('resource-based')
  if (granted)
    return key?.result === 'allowed'
      ? none
      : [kmsKeyPolicy(s, needed, key?.blocking === true ? 'evaluated' : 'possible')]
  if (s.wasRead('identity-based')) {
    if (isDirect || !isKeyUse(action) || isConditioned(s, action) || isOwnSideAlone(s, needed)) return none
    return [
      kmsBehindService(s, missingOf(s, needed), 'evaluated', behindFront(s)?.noun ?? null),
      ...(wordedByKey ? [kmsKeyPolicy(s, needed, 'possible')] : []),
    ]
  }
  if (isDirect || !isKeyUse(action)) return s.isCrossAccount ? [kmsKeyPolicy(s, needed, 'possible')] : none
  const both = [
    kmsBehindService(s, missingOf(s, needed), 'possible', behindFront(s)?.noun ?? null),
    kmsKeyPolicy(s, needed, 'possible'),
  ]
  return s.isCrossAccount || wordedByKey ? both.toReversed() : both
}

/**
 * What is uploaded in parts is read back under the key to be put together. Where the key's policy was read, its own
 * statements tell what is near.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html#mpuAndPermissions
 */
const ofParts = (s: Situation, action: string): readonly string[] =>
  /^kms:GenerateDataKey$/iu.test(action) &&
  !s.wasRead('resource-based') &&
  /^(?:CreateMultipartUpload|UploadPart(?:Copy)?|CompleteMultipartUpload)$/u.test(s.operation ?? '')
    ? ['kms:Decrypt']
    : []

/** The identity's policy has the action for this key, under a condition that did not hold. */
const isConditioned = (s: Situation, action: string): boolean =>
  allowsOf(s, 'identity-based', action).some(
    (read) => read.conditions.length > 0 && (s.resource === null || coversResource(read, s.resource)),
  )

/** The call itself asks for the key, or nothing in the text stands before it: services ask to use a key. */
export const isCalledDirectly = (s: Situation, action: string): boolean =>
  s.operation === null
    ? action.toLowerCase() === 'kms:describekey' && behindFront(s) === null
    : `kms:${s.operation}`.toLowerCase() === action.toLowerCase()

/** Use of a key, as opposed to its management. */
export const isKeyUse = (action: string): boolean =>
  /^kms:(?:Decrypt|Encrypt|GenerateDataKey|ReEncrypt|CreateGrant|DescribeKey)/iu.test(action)

const confidenceOf = (s: Situation, type: 'resource-based' | 'identity-based'): Confidence =>
  refuses(s, type, 'implicit') ? 'evaluated' : 'stated'
