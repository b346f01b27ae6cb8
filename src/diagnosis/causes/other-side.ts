import { parseArn } from '../../iam/arn.ts'
import type { Confidence } from '../diagnosis.ts'
import { finding, none, type Finding } from '../finding.ts'
import { addToIdentity, allowInResource, allowTo } from '../fixes.ts'
import { identityGrants, type Situation } from '../situation.ts'
import { companionActions } from './companion-actions.ts'
import { attachmentOf } from './attachments.ts'
import { isLayer, layerSide } from './layer.ts'
import { noMatchingAllow } from './missing-allow.ts'
import { resourcesFor } from './resources-for.ts'

const caller = (s: Situation): { readonly AWS: string } => ({ AWS: s.principalArn ?? '<PrincipalArn>' })

/** ECR repository policies and role trust policies take no Resource; policies of secrets take `*`. */
export const resourceElement = (resources: readonly string[]): readonly string[] => {
  const service = parseArn(resources[0] ?? '')?.service
  if (service === 'ecr') return []
  return service === 'secretsmanager' ? ['*'] : resources
}

/** The resource's own policy does not let the caller in. */
export function resourceSide(s: Situation, action: string, resource: string | null, confidence: Confidence): Finding {
  // In one account the caller's own policies do.
  if (resource !== null && isLayer(resource) && s.resourceAccount !== s.callerAccount)
    return layerSide(s, action, resource, confidence)
  const resources = resourcesFor(s, action, resource)
  const actions = [action, ...companionActions(s, action)]
  const statement = allowTo(caller(s), actions, resourceElement(resources))
  const onResource = allowInResource(attachmentOf(s, resource), statement)
  // The root user has no policies of its own.
  const isRoot = s.denial.principalType === 'root'
  const told = parseArn(resource ?? (s.denial.resource === null ? null : s.resourcePattern) ?? '')
  if (!s.isCrossAccount && told?.account !== '' && told?.service !== 's3')
    return finding(
      'resource-policy-not-allowed',
      confidence,
      isRoot ? [onResource] : [onResource, addToIdentity(s, actions, resources, { alternative: true })],
      { resourceAccount: s.resourceAccount },
    )
  // Both sides have to agree; the caller's own is said too where it was read and is silent.
  const ownMissing = !isRoot && s.wasRead('identity-based') && !identityGrants(s, action, resource)
  return finding(
    'cross-account-resource-side',
    confidence,
    ownMissing ? [onResource, addToIdentity(s, actions, resources)] : [onResource],
    {
      resourceAccount: s.resourceAccount,
    },
  )
}

export function identitySide(s: Situation, action: string, resource: string | null, confidence: Confidence): Finding {
  const refined = noMatchingAllow(s, action, resource, confidence)
  return refined.code === 'missing-allow'
    ? {
        ...refined,
        code: 'cross-account-identity-side',
        facts: { ...refined.facts, ...(s.resourceAccount === null ? {} : { resourceAccount: s.resourceAccount }) },
      }
    : refined
}

/** A copy between buckets of which nobody says whose they are: the source's side comes first. */
export function copyBetweenBuckets(s: Situation): readonly Finding[] {
  const uris = s.denial.clues.filter(({ kind }) => kind === 's3-uri')
  const source = copySource(s)
  if (source === null || (uris.length < 2 && s.denial.calls.length === 0 && !s.has('copy-told'))) return none
  const object = `arn:${s.partition}:s3:::${source.bucket}/${source.key}`
  const bucket = `arn:${s.partition}:s3:::${source.bucket}`
  const isFolder = source.key.endsWith('*')
  const actions = isFolder ? ['s3:GetObject', 's3:ListBucket'] : ['s3:GetObject']
  const granted = s.wasRead('identity-based') && identityGrants(s, 's3:GetObject', object)
  const mine = s.wasRead('identity-based') && !granted
  if (mine) return none
  const statement = allowTo(caller(s), actions, isFolder ? [object, bucket] : [object])
  return [
    finding('cross-account-resource-side', 'possible', [allowInResource(`bucket/${source.bucket}`, statement)], {
      bucket: source.bucket,
    }),
  ]
}

/** Bucket and key that are read: the first of two URIs, or the source parameters of a call. */
function copySource(s: Situation): { readonly bucket: string; readonly key: string } | null {
  const call = s.denial.calls.find(({ operation }) => /copy|sync|mv|cp/iu.test(operation))
  const given = call?.parameters['copySource'] ?? call?.parameters['source']
  const path = given?.replace(/^s3:\/\/|^\//u, '')
  if (path !== undefined && path.includes('/'))
    return { bucket: path.slice(0, path.indexOf('/')), key: keyOrAll(path.slice(path.indexOf('/') + 1)) }
  const [first, second] = s.denial.clues.filter(({ kind }) => kind === 's3-uri')
  const bucket = first?.values['bucket']
  if (bucket !== undefined && second !== undefined && second.values['bucket'] !== bucket)
    return { bucket, key: keyOrAll(first?.values['key']) }
  const named = s.told('bucket-named', 'bucket')[0]
  if (named === undefined || !s.has('copy-told') || s.operation !== 'CopyObject') return null
  return { bucket: named, key: keyOrAll(s.told('object-named', 'key')[0]) }
}

const keyOrAll = (key: string | undefined): string =>
  key === undefined || key === '' ? '*' : key.endsWith('/') ? `${key}*` : key

/** The bucket is somebody else's, as the text tells, and the caller's own side is in order or not known. */
export function toldAcrossAccounts(s: Situation): readonly Finding[] {
  if (!s.has('cross-account-told', 'account-named') || s.service !== 's3' || s.action === null) return none
  if (s.denial.policyType !== null || s.denial.effect !== null) return none
  if (s.wasRead('identity-based') && !identityGrants(s, s.action, s.resource)) return none
  const resources = resourcesFor(s, s.action, s.resource)
  return [
    finding('cross-account-resource-side', 'possible', [
      allowInResource(attachmentOf(s), allowTo(caller(s), [s.action], resources)),
    ]),
  ]
}
