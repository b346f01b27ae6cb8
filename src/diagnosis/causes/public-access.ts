import type { Confidence } from '../diagnosis.ts'
import { finding, none, type Finding } from '../finding.ts'
import { shellLine } from '../../remedy/commands/shell.ts'
import { act } from '../fixes.ts'
import { identityGrants, type Situation } from '../situation.ts'
import { isAdministrator } from './administrators.ts'
import { explicitDeny } from './deny.ts'
import type { ReadStatement } from '../statements.ts'
import { noMatchingAllow } from './missing-allow.ts'
import { aclOf, bucketOf, isBare, isPublic, objectOwnership, readsObject } from './not-iam.ts'

const publicWrites = /^s3:(?:PutBucketPolicy|PutBucketAcl|PutObjectAcl|PutAccessPointPolicy)$/iu

const keepIt = (s: Situation) => act('not-iam', 'keep-block-public-access', { bucket: bucketOf(s) ?? '' })

const isLabel = (setting: string): boolean => /^block all /iu.test(setting)

/** What is being written counts as public, and a setting beside IAM refuses it. */
export function blockPublicAccess(s: Situation): readonly Finding[] {
  // AWS has a clause of its own for the setting; one that names a policy type blames that.
  const { effect, policyType } = s.denial
  if (effect === 'explicit' || (policyType !== null && policyType !== 'resource-based')) return none
  const acl = aclOf(s)
  const what = acl !== null || /(?:Acl|PutObject)$/u.test(s.action ?? '') ? 'acl' : 'policy'
  const told = s.told('block-public-access', 'setting').find((setting) => !isLabel(setting))
  const isOnByLabel = s.told('block-public-access', 'setting').some(isLabel) && /^s3:Put/iu.test(s.action ?? '')
  if (told === undefined && s.has('broad-grant-helped')) return none
  if (told === undefined && !isOnByLabel && !looksRefused(s, acl)) return none
  // The one permission that would be asked first is said to be missing.
  if (told === undefined && s.has('acl-permission-lacked')) return none
  const read = settingRead(s, what)
  // The bucket's own setting is off: then only the account's is left, and only where nothing else says no.
  const isOff = told === undefined && read === false
  if (isOff && !letThrough(s)) return none
  const isOn = told === undefined && typeof read === 'string'
  return [
    finding(
      'block-public-access',
      told !== undefined ? 'stated' : isOn && letThrough(s) ? 'evaluated' : 'possible',
      [keepIt(s)],
      { bucket: bucketOf(s), setting: told ?? (isOn ? read : null), what, scope: isOff ? 'account' : null },
    ),
    // Nobody speaks of the setting, and nothing was read: the permission may be missing as well.
    ...(told === undefined && s.action !== null && !s.wasRead('identity-based') && !isAdministrator(s)
      ? [noMatchingAllow(s, s.action, s.resource, 'possible')]
      : []),
    // The caller may do it, and the setting is a guess: what else an administrator meets is a guardrail.
    ...(told === undefined && !isOn && s.wasRead('identity-based') && !s.wasRead('service-control')
      ? [explicitDeny(s, 'service-control', 'possible')]
      : []),
  ]
}

function looksRefused(s: Situation, acl: string | null): boolean {
  if (acl !== null && isPublic(acl)) {
    const wasRead = s.wasRead('identity-based')
    if (wasRead ? identityGrants(s, 's3:PutObjectAcl', null) : isAdministrator(s)) return true
  }
  if (s.action === null || !isBare(s)) return false
  if (/^s3:PutBucket(?:Policy|Acl)$/iu.test(s.action) && s.denial.principal === null) return true
  return publicWrites.test(s.action) && identityGrants(s, s.action, s.resource)
}

/** The bucket's setting that refuses such a write; `false`: it is off; `null`: not read. */
const settingRead = (s: Situation, what: 'acl' | 'policy'): string | false | null => {
  const block = s.known.publicAccessBlock
  if (block === undefined) return null
  if (what === 'acl') return block.blockPublicAcls && 'BlockPublicAcls'
  return block.blockPublicPolicy && 'BlockPublicPolicy'
}

const letThrough = (s: Situation): boolean =>
  s.wasRead('identity-based') && s.verdict?.policyTypes.some(({ blocking }) => blocking) === false

/** The reverse of a refusal by the setting: a service wants it on before it takes the bucket. */
export const publicAccessDemanded = (s: Situation): readonly Finding[] => [
  finding(
    'other-system',
    'stated',
    [
      act(
        'not-iam',
        'turn-on-block-public-access',
        {},
        {
          command: shellLine([
            ...['aws', 's3api', 'put-public-access-block', '--bucket', bucketOf(s) ?? '<BucketName>'],
            '--public-access-block-configuration',
            'BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true',
          ]),
        },
      ),
    ],
    { system: 'service' },
  ),
]

const isForEverybody = ({ source, conditions }: ReadStatement): boolean =>
  conditions.length === 0 &&
  (source.Principal === '*' || /^\{"AWS":\[?"\*"\]?\}$/u.test(JSON.stringify(source.Principal)))

/**
 * A public bucket policy counts for nobody outside the bucket's account while the setting is on.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-options
 */
export function restrictedPublicPolicy(s: Situation): readonly Finding[] {
  return s.known.publicAccessBlock?.restrictPublicBuckets === true ? restricted(s, 'evaluated') : none
}

/** The same, where the setting was not read: of all that lets somebody without credentials in, it alone may be left. */
export function perhapsRestricted(s: Situation): readonly Finding[] {
  if (s.known.publicAccessBlock?.restrictPublicBuckets !== undefined || s.denial.principalType !== 'anonymous')
    return none
  const found = restricted(s, 'possible')
  // Or an object that another account has put there, of which the bucket's policy says nothing.
  const isOfObject = readsObject.test(s.action ?? '') && s.known.objectOwnership !== 'BucketOwnerEnforced'
  return found.length === 0 || !isOfObject ? found : [...found, { ...objectOwnership(s), confidence: 'possible' }]
}

function restricted(s: Situation, confidence: Confidence): readonly Finding[] {
  const isOutside = s.denial.principalType === 'anonymous' || s.isCrossAccount
  if (!isOutside || s.denial.effect === 'explicit' || s.service !== 's3') return none
  const layer = s.layer('resource-based')
  const determining = layer?.result === 'allowed' ? layer.determining : []
  const granting = s
    .statements('resource-based')
    .filter(({ policy, statement }) => determining.some((ref) => ref.policy === policy && ref.statement === statement))
  if (granting.length === 0 || !granting.every(isForEverybody)) return none
  return [
    finding('block-public-access', confidence, [keepIt(s)], {
      bucket: bucketOf(s),
      setting: 'RestrictPublicBuckets',
      what: 'policy',
    }),
  ]
}

const setsAcl = /^s3:Put(?:Object|ObjectVersion|Bucket)Acl$/iu

/** The bucket's ACLs are off, and the request sets one; `bucket-owner-full-control` is taken all the same. */
export function aclsAreOff(s: Situation): readonly Finding[] {
  if (s.known.objectOwnership !== 'BucketOwnerEnforced' || !isBare(s)) return none
  const acl = aclOf(s)
  // A public one meets Block Public Access first.
  if (acl !== null && isPublic(acl) && s.known.publicAccessBlock?.blockPublicAcls !== false) return none
  const sets = acl === null ? setsAcl.test(s.action ?? '') : acl !== 'bucket-owner-full-control'
  if (!sets) return none
  const found = objectOwnership(s)
  return [{ ...found, confidence: 'evaluated', facts: { ...found.facts, setting: 'BucketOwnerEnforced' } }]
}
