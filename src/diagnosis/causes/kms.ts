import { ownValue } from '../../iam/own-value.ts'
import { parseArn } from '../../iam/arn.ts'
import type { ConditionBlock, PrincipalElement } from '../../iam/policy-document.ts'
import type { Confidence } from '../diagnosis.ts'
import { finding, none, type Finding } from '../finding.ts'
import { act, addToIdentity, allowInResource, allowTo } from '../fixes.ts'
import { allowsOf, identityGrants, type Situation } from '../situation.ts'
import { coversResource } from '../statements.ts'
import type { Fix } from '../../remedy/fix.ts'

/** The key: its ARN where the text or the policies name it, else marked. Aliases do not work in Resource. */
export function keyOf(s: Situation, behind: string | null = null): string {
  const named = [
    s.resource,
    ...s.told('kms-key-told', 'key'),
    ...s.told('kms-key', 'key'),
    ...(s.denial.resource === null ? [] : [s.denial.resource]),
  ]
  const key = named.find((arn) => arn?.includes(':kms:') === true && arn.includes(':key/') && !arn.includes('*'))
  if (key != null) return key
  if (s.known.key?.arn != null) return s.known.key.arn
  const near = [s.told('topic-arn', 'topic'), s.told('queue-arn', 'queue'), s.told('secret-arn', 'secret')].flat()[0]
  const arn = parseArn(near ?? s.resource ?? '')
  const region = s.region ?? (arn?.region || '<Region>')
  const account = s.resourceAccount ?? s.callerAccount ?? (arn?.account || '<AccountId>')
  return `arn:${s.partition}:kms:${region}:${account}:key/<KeyIdOf${behind === null ? 'TheResource' : titled(behind)}>`
}

const titled = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1)

const attachedKey = (key: string): string => `key/${key.split(':key/')[1] ?? '<KeyId>'}`

/** The caller's own permission on the key behind a service is missing. */
export const kmsBehindService = (
  s: Situation,
  actions: readonly string[],
  confidence: Confidence,
  behind: string | null = null,
  condition: ConditionBlock | null = null,
): Finding => {
  const key = keyOf(s, behind)
  const fixes: Fix[] = [addToIdentity(s, actions, [key], { condition })]
  const keyAccount = parseArn(key)?.account
  if (s.callerAccount !== null && keyAccount !== s.callerAccount && /^\d{12}$/u.test(keyAccount ?? ''))
    fixes.push(allowInKey(s, actions, key))
  return finding('kms-behind-service', confidence, fixes, { kmsActions: actions.join(', '), key, behind })
}

const allowInKey = (
  s: Situation,
  actions: readonly string[],
  key: string,
  principal?: PrincipalElement,
  condition: ConditionBlock | null = null,
): Fix =>
  allowInResource(
    attachedKey(key),
    allowTo(principal ?? { AWS: s.principalArn ?? '<PrincipalArn>' }, actions, ['*'], condition),
    { kind: 'key-policy', step: 'allow-in-key-policy' },
  )

/** The key's own policy does not let the caller in. */
export function kmsKeyPolicy(s: Situation, actions: readonly string[], confidence: Confidence): Finding {
  const key = keyOf(s)
  const linked = serviceLinkedRole(s)
  const fixes = linked === null ? [allowInKey(s, actions, key)] : forServiceLinkedRole(s, linked, actions, key)
  if (s.has('aws-managed-key-told')) return ofAws(s, actions)
  if (managerOf(s) === 'AWS') return { ...ofAws(s, actions), confidence }
  // Across accounts both sides have to agree.
  const keyAccount = parseArn(key)?.account ?? null
  const isForeign = s.callerAccount !== null && keyAccount !== s.callerAccount
  const granted = actions.every((action) => allowsOf(s, 'identity-based', action).length > 0)
  if (linked === null && isForeign && !granted && s.wasRead('identity-based'))
    fixes.push(addToIdentity(s, actions, [key]))
  return finding('kms-key-policy', confidence, fixes, {
    kmsActions: actions.join(', '),
    key: key.includes('<') ? null : key,
    keyAccount: isForeign ? keyAccount : null,
  })
}

/** Who manages the denied key, or the one behind the resource, where that was read. */
const managerOf = (s: Situation): 'AWS' | 'CUSTOMER' | null =>
  s.service === 'kms' && s.known.keyManager !== undefined ? s.known.keyManager : (s.known.key?.manager ?? null)

/** AWS's own key: nobody edits its policy, so the resource needs a key of the customer's. */
export const ofAws = (s: Situation, actions: readonly string[]): Finding =>
  finding(
    'kms-key-policy',
    'possible',
    [
      act('other', 'use-customer-managed-key'),
      allowInResource('key/<NewKeyId>', allowTo({ AWS: s.principalArn ?? '<PrincipalArn>' }, actions, ['*']), {
        kind: 'key-policy',
        step: 'allow-in-key-policy',
      }),
    ],
    { kmsActions: actions.join(', ') },
  )

/** An alarm cannot notify a topic whose key does not know CloudWatch; a secret's default key stays in its account. */
export function keyToldByService(s: Situation): readonly Finding[] {
  if (s.has('foreign-default-key')) return [ofAws(s, ['kms:Decrypt'])]
  const told = s.denial.clues.find(({ kind }) => kind === 'service-lacks-key')?.values
  if (told?.['service'] !== undefined) {
    const service = told['service'].replace('<Region>', s.region ?? '<Region>')
    return [kmsKeyPolicyForService(s, service, (told['actions'] ?? 'kms:Decrypt').split(' '), 'stated')]
  }
  if (s.has('log-group-key')) return [logGroupKey(s)]
  if (!s.has('alarm-topic-key')) return none
  return [kmsKeyPolicyForService(s, 'cloudwatch.amazonaws.com', ['kms:Decrypt', 'kms:GenerateDataKey*'], 'stated')]
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html */
function logGroupKey(s: Situation): Finding {
  const group = s.told('log-group-key', 'logGroup')[0]
  const region = parseArn(group ?? '')?.region ?? s.region ?? '<Region>'
  const actions = ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*']
  return kmsKeyPolicyForService(s, `logs.${region}.amazonaws.com`, actions, 'possible', {
    ArnEquals: {
      'kms:EncryptionContext:aws:logs:arn':
        group ?? `arn:${s.partition}:logs:${region}:${s.callerAccount ?? '<AccountId>'}:log-group:<LogGroupName>`,
    },
  })
}

/** For a service that has no identity policies at all. */
export const kmsKeyPolicyForService = (
  s: Situation,
  service: string,
  actions: readonly string[],
  confidence: Confidence,
  condition: ConditionBlock | null = null,
): Finding =>
  finding('kms-key-policy', confidence, [allowInKey(s, actions, keyOf(s), { Service: service }, condition)], {
    kmsActions: actions.join(', '),
    servicePrincipal: service,
  })

const autoScalingRole = (s: Situation): string =>
  `arn:${s.partition}:iam::${s.callerAccount ?? '<AccountId>'}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`

export const linkedServices: Readonly<Record<string, string>> = {
  AWSServiceRoleForAutoScaling: 'autoscaling.amazonaws.com',
  AWSServiceRoleForEC2Spot: 'spot.amazonaws.com',
  AWSServiceRoleForEC2SpotFleet: 'spotfleet.amazonaws.com',
  AWSServiceRoleForAmazonEKSNodegroup: 'eks-nodegroup.amazonaws.com',
}

/** ARN of the service-linked role that asked; its own policy cannot be changed. */
function serviceLinkedRole(s: Situation): string | null {
  const name = s.denial.roleOrUserName
  if (name?.startsWith('AWSServiceRoleFor') !== true) return null
  const service = linkedServices[name]
  if (service === undefined) return s.principalArn
  return `arn:${s.partition}:iam::${s.callerAccount ?? '<AccountId>'}:role/aws-service-role/${service}/${name}`
}

const volumeUse = ['kms:GenerateDataKeyWithoutPlaintext', 'kms:Decrypt', 'kms:DescribeKey']
const grantForAws: ConditionBlock = { Bool: { 'kms:GrantIsForAWSResource': 'true' } }

/** https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html */
const forServiceLinkedRole = (s: Situation, role: string, actions: readonly string[], key: string): Fix[] => {
  const use = [...new Set([...actions, ...volumeUse])].filter((action) => action !== 'kms:CreateGrant')
  return [allowInKey(s, use, key, { AWS: role }), allowInKey(s, ['kms:CreateGrant'], key, { AWS: role }, grantForAws)]
}

/** Auto Scaling could not use the volume's key: nothing in the message names it. */
export const autoScalingKey = (s: Situation, confidence: Confidence): Finding =>
  finding('kms-key-policy', confidence, forServiceLinkedRole(s, autoScalingRole(s), [], keyOf(s, 'volume')), {
    kmsActions: [...volumeUse, 'kms:CreateGrant'].join(', '),
    key: s.told('kms-key', 'key')[0],
  })

/** What EC2 asks of the caller's key permissions to attach or launch an encrypted volume. */
export const launchActions = [
  'kms:CreateGrant',
  'kms:Decrypt',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:DescribeKey',
]

/** A launch that failed, a volume that vanished: the caller's role, or Auto Scaling's own, lacks the key. */
export function encryptedLaunch(s: Situation): readonly Finding[] {
  const missing = s.wasRead('identity-based')
    ? launchActions.filter((action) => !identityGrants(s, action, null))
    : launchActions
  const byCaller = kmsBehindService(
    s,
    missing.length === 0 ? launchActions : missing,
    'possible',
    'volume',
    missing.includes('kms:CreateGrant') && missing.length === 1 ? grantForAws : null,
  )
  const byAutoScaling = autoScalingKey(s, 'possible')
  const isCallers =
    (s.wasRead('identity-based') && missing.length > 0) ||
    s.denial.errorCode?.startsWith('KMSKeyNotAccessible') === true
  return isCallers && !s.has('auto-scaling-at-work') ? [byCaller, byAutoScaling] : [byAutoScaling, byCaller]
}

/** Key actions that a service asks for on behalf of a reader and of a writer. */
const needs: Readonly<Record<string, { readonly read: readonly string[]; readonly write: readonly string[] }>> = {
  s3: { read: ['kms:Decrypt'], write: ['kms:GenerateDataKey'] },
  sqs: { read: ['kms:Decrypt'], write: ['kms:GenerateDataKey', 'kms:Decrypt'] },
  sns: { read: ['kms:GenerateDataKey', 'kms:Decrypt'], write: ['kms:GenerateDataKey', 'kms:Decrypt'] },
  secretsmanager: { read: ['kms:Decrypt'], write: ['kms:GenerateDataKey', 'kms:Decrypt'] },
  ssm: { read: ['kms:Decrypt'], write: ['kms:Encrypt'] },
  kinesis: { read: ['kms:Decrypt'], write: ['kms:GenerateDataKey'] },
  dynamodb: { read: ['kms:Decrypt'], write: ['kms:Decrypt'] },
  ecr: { read: ['kms:Decrypt'], write: ['kms:GenerateDataKey'] },
  logs: { read: ['kms:Decrypt'], write: ['kms:Encrypt'] },
}

const nouns: Readonly<Record<string, string>> = {
  s3: 'bucket',
  sqs: 'queue',
  sns: 'topic',
  secretsmanager: 'secret',
  ssm: 'parameter',
  kinesis: 'stream',
  dynamodb: 'table',
  ecr: 'repository',
  logs: 'logGroup',
}

const frontService = (s: Situation): string | null => {
  const spoken = s.service !== 'kms' ? s.service : null
  if (spoken !== null && needs[spoken] !== undefined) return spoken
  if (s.has('sqs-at-work', 'queue-arn')) return 'sqs'
  if (s.has('sns-at-work', 'topic-arn')) return 'sns'
  if (s.has('secrets-at-work', 'secret-arn')) return 'secretsmanager'
  if (s.has('parameter-arn')) return 'ssm'
  return s.has('s3-uri', 's3-url', 'bucket-named') ? 's3' : null
}

const isWrite = (s: Situation): boolean => {
  const levels = s.actionFacts?.accessLevels ?? []
  if (s.service !== 'kms' && levels.length > 0)
    return levels.some((level) => level !== 'Read' && level !== 'List') && !/Receive/u.test(s.action ?? '')
  return s.has('write-told') && !s.has('read-told')
}

/** The key actions behind the service that spoke; `null` where nothing tells the service. */
export function behindFront(s: Situation): { readonly actions: readonly string[]; readonly noun: string } | null {
  const front = frontService(s)
  const need = front === null ? undefined : needs[front]
  if (front === null || need === undefined) return null
  return { actions: isWrite(s) ? need.write : need.read, noun: ownValue(nouns, front) ?? front }
}

/** "The ciphertext refers to …", "Access to KMS is not allowed": a key refused, and nothing says whose. */
export function keyRefused(s: Situation): readonly Finding[] {
  if (s.has('lambda-environment-key')) return none
  const direct = calledDirectly(s)
  if (direct !== null && (frontService(s) === null || s.has('kms-called-directly'))) return directCall(s, direct)
  const behind = behindFront(s)
  const actions = behind?.actions ?? ['kms:Decrypt']
  const allowed = s.wasRead('identity-based') && actions.every((action) => identityGrants(s, action, null))
  const own = kmsBehindService(s, missingOf(s, actions), 'possible', behind?.noun ?? null)
  const others = kmsKeyPolicy(s, actions, 'possible')
  // AWS's own keys never work across accounts, whatever the caller may do.
  const isForeign = s.has('aws-managed-key-told') && s.has('cross-account-told', 'account-named')
  return allowed || isForeign ? [others, own] : [own, others]
}

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
  const granted = identityGrants(s, action, null)
  const own = finding('missing-allow', 'possible', [addToIdentity(s, [action], [keyOf(s)])])
  const others = kmsKeyPolicy(s, [action], 'possible')
  const region = finding('wrong-region', 'possible')
  return granted ? [others, region] : [own, others, region]
}

/** A denial whose action is a KMS action: the message itself names the key's side or the caller's. */
export function kmsDenied(s: Situation): readonly Finding[] {
  const { action } = s
  if (s.service !== 'kms' || action === null) return none
  const wordedByKey = s.denial.resource === null || /ciphertext/iu.test(s.denial.resource)
  if (s.denial.principalType === 'service' || serviceLinkedRole(s) !== null)
    return [kmsKeyPolicy(s, [action], 'stated')]
  if (s.denial.policyType === 'resource-based' && s.denial.effect !== 'explicit')
    return [kmsKeyPolicy(s, [action], confidenceOf(s, 'resource-based'))]
  if (s.denial.effect === 'explicit') return none
  const isDirect = s.operation !== null && `kms:${s.operation}`.toLowerCase() === action.toLowerCase()
  if (s.denial.policyType === 'identity-based') {
    if (isDirect || !isKeyUse(action) || isConditioned(s, action)) return none
    return [kmsBehindService(s, [action], confidenceOf(s, 'identity-based'), behindFront(s)?.noun ?? null)]
  }
  const granted = identityGrants(s, action, s.resource)
  if (granted) return [kmsKeyPolicy(s, [action], s.wasRead('resource-based') ? 'evaluated' : 'possible')]
  if (s.wasRead('identity-based')) {
    if (isDirect || !isKeyUse(action) || isConditioned(s, action)) return none
    return [
      kmsBehindService(s, [action], 'evaluated', behindFront(s)?.noun ?? null),
      ...(wordedByKey ? [kmsKeyPolicy(s, [action], 'possible')] : []),
    ]
  }
  if (isDirect || !isKeyUse(action)) return s.isCrossAccount ? [kmsKeyPolicy(s, [action], 'possible')] : none
  const both = [
    kmsBehindService(s, [action], 'possible', behindFront(s)?.noun ?? null),
    kmsKeyPolicy(s, [action], 'possible'),
  ]
  return s.isCrossAccount || wordedByKey ? both.toReversed() : both
}

/** The identity's policy has the action for this key, under a condition that did not hold. */
const isConditioned = (s: Situation, action: string): boolean =>
  allowsOf(s, 'identity-based', action).some(
    (read) => read.conditions.length > 0 && (s.resource === null || coversResource(read, s.resource)),
  )

/** Use of a key, as opposed to its management. */
export const isKeyUse = (action: string): boolean =>
  /^kms:(?:Decrypt|Encrypt|GenerateDataKey|ReEncrypt|CreateGrant|DescribeKey)/iu.test(action)

const confidenceOf = (s: Situation, type: 'resource-based' | 'identity-based'): Confidence =>
  s.wasRead(type) ? 'evaluated' : 'stated'
