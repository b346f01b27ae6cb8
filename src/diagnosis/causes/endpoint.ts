import { conditionFacts, placeOf } from '../places.ts'
import { sentValue } from './condition-keys.ts'
import { decisiveConditions } from './decisive-conditions.ts'
import { nearOfSide } from './near-side.ts'
import { heldByCondition } from './side-condition.ts'
import type { ConditionBlock, Statement } from '../../iam/policy-document.ts'
import type { Confidence } from '../diagnosis.ts'
import { facts, finding, none, type Finding, unchecked } from '../finding.ts'
import { act, allowInResource, allowTo, permissionSetPattern } from '../fixes.ts'
import { allowsOf, type Situation } from '../situation.ts'
import { coversResource } from '../statements.ts'
import { homeOf } from './attachments.ts'

/**
 * Whoever has valid credentials may ask who they are, whatever their policies say: only something on the way refuses.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export const needsNoPermission = (s: Situation): readonly Finding[] =>
  s.action?.toLowerCase() === 'sts:getcalleridentity' && s.denial.policyType === null
    ? [
        endpointPolicy(s, 'possible'),
        finding('credentials-invalid', 'possible', [act('session', 'replace-credentials')]),
      ]
    : none

/** The endpoint that the traffic leaves by leaves the action out. A request that nobody signed has no account. */
export function endpointPolicy(s: Situation, confidence: Confidence, isSigned = true): Finding {
  const layers = layerBucketOf(s)
  if (layers !== null) return letLayersThrough(s, layers, confidence)
  const action = s.action ?? '<Action>'
  const misnamed = misnamedIn(s)
  const wanted = misnamed ?? action
  const isListing = wanted.toLowerCase() === 's3:listbucket'
  const resource =
    misnamed === null || (s.action === wanted && s.resource !== null) ? (s.resource ?? s.resourcePattern) : null
  const statement = allowTo(
    '*',
    [wanted],
    [
      resource ??
        (isListing
          ? `arn:${s.partition}:s3:::${s.told('bucket-named', 'bucket')[0] ?? '<BucketName>'}`
          : '<ResourceArn>'),
    ],
    isSigned ? onlyForCaller(s) : undefined,
  )
  const held = heldByCondition(s, 'vpc-endpoint')
  const [condition = null, ...further] = held === null ? [] : decisiveConditions(s, held)
  const into = {
    kind: 'resource-policy',
    step: 'allow-in-endpoint-policy',
    attachTo: homeOf(s, 'vpc-endpoint'),
  } as const
  const near = held === null ? nearOfSide(s, 'vpc-endpoint', into) : null
  const found = allowInEndpoint(s, statement, confidence, {
    ...(s.callerAccount === null || s.principalArn !== null ? {} : { forAccount: s.callerAccount }),
    ...(condition === null ? {} : { past: condition.key }),
  })
  return {
    ...found,
    facts: {
      ...found.facts,
      ...facts({
        ...near?.facts,
        ...(condition === null ? {} : { ...placeOf(held), ...conditionFacts(condition, further) }),
        sent: sentValue(s, condition),
      }),
    },
  }
}

/**
 * Policies of gateway endpoints take nobody but `*` as principal, so that a condition tells who is meant.
 * https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
 */
function onlyForCaller(s: Situation): ConditionBlock {
  const { principalArn } = s
  if (principalArn === null) return { StringEquals: { 'aws:PrincipalAccount': s.callerAccount ?? '<AccountId>' } }
  const pattern = permissionSetPattern(principalArn)
  return pattern === null
    ? { ArnEquals: { 'aws:PrincipalArn': principalArn } }
    : { ArnLike: { 'aws:PrincipalArn': pattern } }
}

const allowInEndpoint = (
  s: Situation,
  statement: Statement,
  confidence: Confidence,
  values: Readonly<Record<string, string>> = {},
): Finding =>
  finding(
    'vpce-policy',
    confidence,
    [
      allowInResource(homeOf(s, 'vpc-endpoint'), statement, {
        policyType: 'vpc-endpoint',
        step: 'allow-in-endpoint-policy',
        values,
      }),
    ],
    { effect: 'Allow', denyOnly: deniesOnly(s) },
  )

/** An endpoint's policy takes the place of the one that allows everything: of Denies alone it allows nothing. */
const deniesOnly = (s: Situation): string | null => {
  const read = s.statements('vpc-endpoint')
  return read.length > 0 && read.every(({ effect }) => effect === 'Deny') ? 'yes' : null
}

const layerBucketOf = (s: Situation): string | null =>
  s.told('layer-bucket', 'bucket')[0] ??
  /:(prod-[a-z0-9-]{4,25}-starport-layer-bucket)\b/u.exec(s.denial.resource ?? '')?.[1] ??
  null

/** Layers of images come out of a bucket of AWS's: the endpoint of S3 has to let it through. */
export function layerBucket(s: Situation): readonly Finding[] {
  if (s.denial.policyType !== null) return none
  const bucket = layerBucketOf(s)
  if (bucket !== null) return [letLayersThrough(s, bucket, 'possible')]
  if (!isLayerKeptBack(s)) return none
  // Other registries have buckets of their own.
  const isOfEcr = s.has('image-uri') || s.service === 'ecr'
  const kept = isOfEcr ? `prod-${regionOfImage(s)}-starport-layer-bucket` : '<RegistryBucketName>'
  return [letLayersThrough(s, kept, 'possible')]
}

/**
 * Custom resources and wait conditions answer CloudFormation by an address that it has signed itself, into a bucket of
 * AWS's: no condition on the caller's account or organization holds there.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-vpce-bucketnames.html
 */
export function responseBucket(s: Situation): readonly Finding[] {
  const [bucket, ...others] = new Set(s.told('response-bucket', 'bucket'))
  if (bucket === undefined || others.length > 0 || s.denial.policyType !== null || s.denial.principal !== null)
    return none
  if (s.service !== null && s.service !== 's3') return none
  const answers = `arn:${s.partition}:s3:::${bucket}/*`
  const isRead = s.wasRead('vpc-endpoint')
  const isLetThrough = allowsOf(s, 'vpc-endpoint', 's3:PutObject').some(
    (one) => one.conditions.length === 0 && coversResource(one, answers),
  )
  const isWithoutEndpoint = s.evidence.policies['vpc-endpoint'] === null
  if (isWithoutEndpoint || (isRead && isLetThrough)) return none
  return [allowInEndpoint(s, allowTo('*', ['s3:PutObject'], [answers]), isRead ? 'evaluated' : 'possible')]
}

const regionOfImage = (s: Situation): string =>
  s.told('image-uri', 'region')[0] ?? s.region ?? s.told('region-named', 'region')[0] ?? '<Region>'

/** docker got the manifest from ECR and not the layers, and the endpoint's policy that was read has them not. */
const isLayerKeptBack = (s: Situation): boolean =>
  s.has('layer-refused') &&
  s.wasRead('vpc-endpoint') &&
  s.statements('vpc-endpoint').length > 0 &&
  !allowsOf(s, 'vpc-endpoint', 's3:GetObject').some(
    ({ resources, notResources, conditions }) =>
      conditions.length === 0 &&
      (notResources.length > 0 || resources.some((one) => one === '*' || /:::(?:\*|prod-)/u.test(one))),
  )

/**
 * ECR signs the addresses of layers with a role of its own, so that no condition on the caller's account would hold.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html#ecr-minimum-s3-perms
 */
function letLayersThrough(s: Situation, bucket: string, confidence: Confidence): Finding {
  const [action, layers] = ['s3:GetObject', `arn:${s.partition}:s3:::${bucket}/*`]
  const found = allowInEndpoint(s, allowTo('*', [action], [layers]), confidence)
  return unchecked(s, { ...found, facts: { ...found.facts, action, resource: layers } })
}

/** An API name among the endpoint policy's actions, which grants nothing: the action that was meant. */
function misnamedIn(s: Situation): string | null {
  for (const read of s.statements('vpc-endpoint'))
    for (const name of read.actions) {
      const [service = '', operation = ''] = name.split(':')
      if (operation.includes('*') || operation === '' || s.catalogue.find(name) !== null) continue
      const meant = s.catalogue.actionsForOperation(service, operation)[0]?.action
      if (meant !== undefined && allowsOf(s, 'vpc-endpoint', meant).length === 0) return meant
    }
  return null
}

/** What was read of the endpoint refuses, or has a name in place of the action that may be the one asked for. */
export function endpointLeavesOut(s: Situation): boolean {
  const layer = s.layer('vpc-endpoint')
  return layer?.blocking === true || (layer?.result !== 'allowed' && misnamedIn(s) !== null)
}
