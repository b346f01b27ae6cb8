import { isGrantedByIdentity, leftOutByKey, letUseOtherwise } from './handed-key.ts'
import { nearOfSide } from './near-side.ts'
import { isAccountId, parseArn } from '../../iam/arn.ts'
import { list, type ConditionBlock, type PrincipalElement, type Statement } from '../../iam/policy-document.ts'
import type { Confidence } from '../diagnosis.ts'
import { finding, type Finding } from '../finding.ts'
import { act, addToIdentity, allowInResource, allowTo } from '../fixes.ts'
import { placeOf } from '../places.ts'
import { principalOrMarked } from '../marked-principal.ts'
import { allowsOf, hiddenResource, type Situation } from '../situation.ts'
import type { Fix } from '../../remedy/fix.ts'
import { shellLine } from '../../remedy/commands/shell.ts'
import { conditionOfSide, heldByCondition } from './side-condition.ts'

/** The key: its ARN where the text or the policies name it, else marked. Aliases do not work in Resource. */
export function keyOf(s: Situation, behind: string | null = null): string {
  const named = [
    s.resource ?? hiddenResource(s),
    ...s.told('kms-key-told', 'key'),
    ...s.told('kms-key', 'key'),
    ...(s.denial.resource === null || /\*|\.{2}|\u2026/u.test(s.denial.resource) ? [] : [s.denial.resource]),
  ]
  const key = named.find((arn) => arn?.includes(':kms:') === true && arn.includes(':key/') && !arn.includes('*'))
  if (key != null) return key
  if (s.known.key?.arn != null) return s.known.key.arn
  const near = [
    ...[s.told('topic-arn', 'topic'), s.told('queue-arn', 'queue'), s.told('secret-arn', 'secret')],
    s.told('delivery-stream-arn', 'stream'),
  ].flat()[0]
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
  attachTo: string | null = null,
): Finding => {
  const key = keyOf(s, behind)
  const fixes: Fix[] = [addToIdentity(s, actions, [key], { condition, ...(attachTo === null ? {} : { attachTo }) })]
  const keyAccount = parseArn(key)?.account
  const isForeign = s.callerAccount !== null && isAccountId(keyAccount) && keyAccount !== s.callerAccount
  if (isForeign && !keyLetsIn(s, actions)) fixes.push(allowInKey(s, actions, key))
  return finding('kms-behind-service', confidence, fixes, {
    kmsActions: actions.join(', '),
    key,
    behind,
    ...aliasNamed(s, actions),
  })
}

/**
 * The key's policy was read, and leaves it to the caller's account or names the caller: its side is done.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html
 */
function keyLetsIn(s: Situation, actions: readonly string[]): boolean {
  const isAsked = s.service === 'kms' && s.request !== null
  const further = isAsked ? actions.filter((action) => action !== s.action) : actions
  if (isAsked && !(s.wasRead('resource-based') && s.layer('resource-based')?.result === 'allowed')) return false
  return further.length === 0 ? isAsked : leftOutByKey(s, further)?.length === 0
}

/** Across accounts, with the key's side done: what is lacking is on the caller's side, as for any other resource. */
export const isOwnSideAlone = (s: Situation, actions: readonly string[]): boolean =>
  s.isCrossAccount && keyLetsIn(s, actions)

/**
 * A statement with the action and an alias for its Resource, which never stands for the key of that alias.
 * https://docs.aws.amazon.com/kms/latest/developerguide/alias-access.html
 */
function aliasNamed(s: Situation, actions: readonly string[]): Readonly<Record<string, string | number | null>> {
  for (const read of actions.flatMap((action) => allowsOf(s, 'identity-based', action))) {
    const alias = read.resources.find((arn) => /^arn:[^:]*:kms:[^:]*:[^:]*:alias\//u.test(arn))
    if (alias !== undefined) return { ...placeOf(read), alias }
  }
  return {}
}

const allowInKey = (
  s: Situation,
  actions: readonly string[],
  key: string,
  principal?: PrincipalElement,
  condition: ConditionBlock | null = null,
): Fix =>
  allowInResource(attachedKey(key), allowTo(principal ?? { AWS: principalOrMarked(s) }, actions, ['*'], condition), {
    kind: 'key-policy',
    step: 'allow-in-key-policy',
    values: { ...(key.includes('<') ? {} : { keyArn: key }), ...editorsOf(s) },
  })

/**
 * Who may make the change, where the change itself is what was refused: in a key policy that names nobody who is there
 * any more, nobody of the account can.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#key-policy-default-allow-root-enable-iam
 */
function editorsOf(s: Situation): { readonly editors?: string } {
  if (s.action?.toLowerCase() !== 'kms:putkeypolicy') return {}
  const named = allowsOf(s, 'resource-based', s.action).flatMap(({ source }) => namedPrincipals(source))
  return { editors: [...new Set(named)].join(', ') }
}

const namedPrincipals = ({ Principal }: Statement): readonly string[] =>
  Principal === undefined ? [] : Principal === '*' ? ['*'] : list(Principal['AWS'])

/** The key's own policy does not let the caller in. */
export function kmsKeyPolicy(
  s: Situation,
  actions: readonly string[],
  confidence: Confidence,
  to?: PrincipalElement,
): Finding {
  const key = keyOf(s)
  const linked = serviceLinkedRole(s)
  // What a service asks of a key to work for somebody with it later is a grant for itself.
  const condition = to !== undefined && actions.join() === 'kms:CreateGrant' ? grantForAws : null
  const fixes =
    linked === null ? [allowInKey(s, actions, key, to, condition)] : forServiceLinkedRole(s, linked, actions, key)
  if (s.has('aws-managed-key-told')) return ofAws(s, actions)
  if (managerOf(s) === 'AWS') return { ...ofAws(s, actions), confidence }
  const asked = s.action !== null && actions.length === 1 && actions[0] === s.action
  const held = asked && linked === null ? heldByCondition(s, 'resource-based') : null
  const into = { kind: 'key-policy', attachTo: attachedKey(key) } as const
  const byCondition = held === null ? null : conditionOfSide(s, held, confidence, into, fixes)
  if (byCondition !== null) return byCondition
  const near =
    asked && linked === null ? nearOfSide(s, 'resource-based', { ...into, step: 'allow-in-key-policy' }) : null
  const [first] = fixes
  if (near !== null && first !== undefined) fixes.splice(0, 1, ...near.fixes(first))
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
    ...near?.facts,
  })
}

/** The key's policy was handed over, and leaves out what the service needs of the key for whoever asks. */
export function refusedByHandedKey(s: Situation, actions: readonly string[]): Finding | null {
  const left = leftOutByKey(s, actions) ?? []
  if (left.length === 0) return null
  const to = s.principalArn === null ? letUseOtherwise(s, actions) : { AWS: s.principalArn }
  return kmsKeyPolicy(s, left, 'evaluated', to ?? { AWS: '<PrincipalArn>' })
}

/** The caller's side and the key's: whichever is said to have it already comes last. */
export const inOrder = (s: Situation, actions: readonly string[], own: Finding, others: Finding): readonly Finding[] =>
  isGrantedByIdentity(s, actions) ? [others, own] : [own, others]

/** Who manages the denied key, or the one behind the resource, where that was read. */
const managerOf = (s: Situation): 'AWS' | 'CUSTOMER' | null =>
  s.service === 'kms' && s.known.keyManager !== undefined
    ? s.known.keyManager
    : (s.known.key?.manager ?? (s.service === 'kms' && hasPolicyOfAws(s) ? 'AWS' : null))

/**
 * The policy of an AWS managed key, by the words of its first statement, and because nobody may change it: KMS takes no
 * other key policy that lets nobody.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
const hasPolicyOfAws = (s: Situation): boolean =>
  s
    .statements('resource-based')
    .some(({ sid }) =>
      /^Allow access through .{1,80} for all principals in the account that are authorized to use /u.test(sid ?? ''),
    ) && allowsOf(s, 'resource-based', 'kms:PutKeyPolicy').length === 0

/** AWS's own key: nobody edits its policy, so the resource needs a key of the customer's. */
export const ofAws = (s: Situation, actions: readonly string[]): Finding =>
  finding('kms-key-policy', 'possible', withNewKey(allowTo({ AWS: principalOrMarked(s) }, actions, ['*'])), {
    kmsActions: actions.join(', '),
  })

/** For a service that has no identity policies at all. */
export const kmsKeyPolicyForService = (
  s: Situation,
  service: string,
  actions: readonly string[],
  confidence: Confidence,
  condition: ConditionBlock | null = null,
): Finding =>
  finding(
    'kms-key-policy',
    confidence,
    s.has('aws-managed-key-told')
      ? withNewKey(allowTo({ Service: service }, actions, ['*'], condition))
      : [allowInKey(s, actions, keyOf(s), { Service: service }, condition)],
    { kmsActions: actions.join(', '), servicePrincipal: service },
  )

/** For a service-linked role, which uses the key and lets AWS use it later by a grant. */
export const kmsKeyPolicyForRole = (
  s: Situation,
  role: string,
  use: readonly string[],
  confidence: Confidence,
): Finding => {
  const key = keyOf(s)
  return finding('kms-key-policy', confidence, forServiceLinkedRole(s, role, [], key, use), {
    kmsActions: [...use, 'kms:CreateGrant'].join(', '),
    key: key.includes('<') ? null : key,
    servicePrincipal: role,
  })
}

/** Another key, and what its policy has to hold. */
const withNewKey = (statement: Statement): readonly Fix[] => [
  act('other', 'use-customer-managed-key'),
  allowInResource('key/<NewKeyId>', statement, { kind: 'key-policy', step: 'allow-in-key-policy' }),
]

const autoScalingRole = (s: Situation): string =>
  `arn:${s.partition}:iam::${s.callerAccount ?? '<AccountId>'}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`

export const linkedServices: Readonly<Record<string, string>> = {
  AWSServiceRoleForAutoScaling: 'autoscaling.amazonaws.com',
  AWSServiceRoleForEC2Spot: 'spot.amazonaws.com',
  AWSServiceRoleForEC2SpotFleet: 'spotfleet.amazonaws.com',
  AWSServiceRoleForAmazonElasticsearchService: 'es.amazonaws.com',
  AWSServiceRoleForAmazonOpenSearchService: 'opensearchservice.amazonaws.com',
  AWSServiceRoleForAmazonEKSNodegroup: 'eks-nodegroup.amazonaws.com',
}

/** ARN of the service-linked role that asked; its own policy cannot be changed. */
export function serviceLinkedRole(s: Situation): string | null {
  const name = s.denial.roleOrUserName
  if (name?.startsWith('AWSServiceRoleFor') !== true) return null
  const service = linkedServices[name]
  if (service === undefined) return s.principalArn
  return `arn:${s.partition}:iam::${s.callerAccount ?? '<AccountId>'}:role/aws-service-role/${service}/${name}`
}

const volumeUse = ['kms:GenerateDataKeyWithoutPlaintext', 'kms:Decrypt', 'kms:DescribeKey']
export const grantForAws: ConditionBlock = { Bool: { 'kms:GrantIsForAWSResource': 'true' } }

/** https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html */
const forServiceLinkedRole = (
  s: Situation,
  role: string,
  actions: readonly string[],
  key: string,
  use: readonly string[] = volumeUse,
): Fix[] => {
  const [owner, account] = [key, role].map((arn) => parseArn(arn)?.account)
  const all = [...new Set([...actions, ...use])].filter((action) => action !== 'kms:CreateGrant')
  // Backup's own role may use keys; that of Auto Scaling may not.
  const needsGrant = role.includes('/autoscaling.amazonaws.com/')
  if (needsGrant && isAccountId(owner) && isAccountId(account) && owner !== account)
    return byGrant(s, role, account, all, key)
  return [allowInKey(s, all, key, { AWS: role }), allowInKey(s, ['kms:CreateGrant'], key, { AWS: role }, grantForAws)]
}

const grantedOperations = [
  ...['Encrypt', 'Decrypt', 'ReEncryptFrom', 'ReEncryptTo', 'GenerateDataKey', 'GenerateDataKeyWithoutPlaintext'],
  ...['DescribeKey', 'CreateGrant'],
]

/**
 * Across accounts a key's policy alone does not reach the role of Auto Scaling, whose own policies nobody changes: its
 * account gets the use of the key, and somebody there hands it on.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html#policy-example-cmk-cross-account-access
 */
const byGrant = (s: Situation, role: string, account: string, use: readonly string[], key: string): Fix[] => [
  allowInKey(s, use, key, { AWS: `arn:${s.partition}:iam::${account}:root` }),
  allowInKey(s, ['kms:CreateGrant'], key, { AWS: `arn:${s.partition}:iam::${account}:root` }),
  act(
    'other',
    'create-grant',
    { account, role },
    {
      command: shellLine([
        ...['aws', 'kms', 'create-grant', '--key-id', key, '--grantee-principal', role],
        ...['--operations', ...grantedOperations, '--region', parseArn(key)?.region || '<Region>'],
      ]),
    },
  ),
]

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
