import { isAccountId, parseArn } from '../../iam/arn.ts'
import { list } from '../../iam/policy-document.ts'
import type { Fix } from '../../remedy/fix.ts'
import type { Confidence } from '../diagnosis.ts'
import { finding, none, type Finding } from '../finding.ts'
import { act, addToIdentity, allow, allowTo, editStatement, namedPrincipal } from '../fixes.ts'
import { placeOf, withResources } from '../places.ts'
import { allowsOf, hiddenResource, identityGrants, namesCaller, type Situation } from '../situation.ts'
import { coversResource, type ReadCondition, type ReadStatement } from '../statements.ts'
import { aboutBucket } from '../about.ts'
import { anotherIdentity } from './another-identity.ts'
import { isAdministrator } from './administrators.ts'
import { withValue } from './condition-edits.ts'
import { noMatchingAllow } from './missing-allow.ts'
import { editOrAdd } from './wrong-arn.ts'

export const isPublic = (acl: string): boolean => /public|authenticated/iu.test(acl)

/** The ACL that the request asked for, in whatever spelling. */
export const aclOf = (s: Situation): string | null =>
  s.told('acl-option', 'acl')[0] ??
  s.denial.calls.map(({ parameters }) => parameters['acl']).find((acl) => acl !== undefined) ??
  null

export const bucketOf = (s: Situation): string | null =>
  /^arn:[a-z-]+:s3:::([^/*]+)/u.exec(s.resource ?? s.resourcePattern ?? '')?.[1]?.replace(/^<.*$/u, '') ||
  (s.told('s3-uri', 'bucket')[0] ?? s.told('s3-url', 'bucket')[0] ?? s.told('bucket-named', 'bucket')[0] ?? null)

export const isBare = (s: Situation): boolean => s.denial.policyType === null && s.denial.effect === null

/** The bucket charges its readers, and this call did not say that it pays. */
export function requesterPays(s: Situation): readonly Finding[] {
  if (!s.has('requester-pays') || !isBare(s)) return none
  return [
    finding('requester-pays', 'possible', [act('not-iam', 'request-payer', { bucket: bucketOf(s) ?? '' })], {
      bucket: bucketOf(s),
    }),
  ]
}

/** Uploads that set an ACL ask for a permission of its own. */
export function aclOption(s: Situation): readonly Finding[] {
  const acl = aclOf(s)
  if (acl === null || !isBare(s) || !/^s3:PutObject(?:Acl)?$/iu.test(s.action ?? 's3:PutObject') || namesCaller(s))
    return none
  if (
    s.wasRead('identity-based') &&
    (allowsOf(s, 'identity-based', 's3:PutObjectAcl').length > 0 ||
      allowsOf(s, 'identity-based', 's3:PutObject').length === 0)
  )
    return none
  const bucket = bucketOf(s)
  const object = s.resource ?? s.resourcePattern ?? `arn:${s.partition}:s3:::${bucket ?? '<BucketName>'}/<ObjectName>`
  const fixes = [
    addToIdentity(s, ['s3:PutObjectAcl'], [object]),
    act('other', 'drop-option', { option: `--acl ${acl}` }, { alternative: true }),
  ]
  const main = finding('dependent-action-needed', s.wasRead('identity-based') ? 'evaluated' : 'possible', fixes, {
    option: 'acl',
    action: 's3:PutObjectAcl',
    mainAction: 's3:PutObject',
  })
  const then = isPublic(acl)
    ? finding('block-public-access', 'possible', [act('not-iam', 'keep-block-public-access')], { bucket, what: 'acl' })
    : finding('object-ownership', 'possible', [act('not-iam', 'send-no-acl')], { bucket })
  // Neither setting gives way to an Allow.
  if (s.wasRead('identity-based') || isRuledOut(s, acl) || s.has('broad-grant-helped')) return [main]
  // New buckets block public ACLs, whoever sends them.
  return isPublic(acl) && !s.has('acl-permission-lacked') ? [then, main] : [main, then]
}

/** What an ACL meets after its permission was read, and lets it through. */
const isRuledOut = (s: Situation, acl: string): boolean =>
  isPublic(acl)
    ? s.known.publicAccessBlock?.blockPublicAcls === false
    : s.known.objectOwnership !== undefined && s.known.objectOwnership !== 'BucketOwnerEnforced'

export const readsObject = /^s3:(?:GetObject|GetObjectVersion|GetObjectAttributes)$/iu

/** A key that is not there answers 403 to whoever may not list the bucket. */
export function missingObject(s: Situation): readonly Finding[] {
  if (!readsObject.test(s.action ?? '') || !isBare(s) || namesCaller(s)) return none
  // Whether the object is there or not, what was read refuses to hand it out.
  if (s.verdict?.policyTypes.some(({ type, blocking }) => blocking && type !== 'identity-based' && s.wasRead(type)))
    return none
  const bucket = bucketOf(s)
  const isHead =
    /^Head/iu.test(s.operation ?? '') || s.has('object-absent-told') || s.told('http-object', 'method').includes('HEAD')
  if (!isHead && !s.wasRead('identity-based')) return none
  if (s.wasRead('identity-based')) {
    const mayRead = allowsOf(s, 'identity-based', 's3:GetObject').some(
      ({ conditions, resources }) =>
        conditions.length === 0 &&
        resources.some((arn) => arn === '*' || arn.includes('/')) &&
        (s.resource === null || identityGrants(s, 's3:GetObject', s.resource)),
    )
    if (!mayRead) return none
    const listArn = bucket === null ? null : `arn:${s.partition}:s3:::${bucket}`
    if (identityGrants(s, 's3:ListBucket', listArn)) return none
    if (listArn !== null && allowsOf(s, 'identity-based', 's3:ListBucket').length > 0)
      return [listingKeptBack(s, listArn), absentObject(s, bucket, [act('not-iam', 'check-key-exists')])]
  }
  const list = addToIdentity(s, ['s3:ListBucket'], [`arn:${s.partition}:s3:::${bucket ?? '<BucketName>'}`])
  const missing = absentObject(s, bucket, [list, act('not-iam', 'check-key-exists', {}, { alternative: true })])
  // The same call is let through with other credentials: whose the program found is the first thing to look at.
  if (s.has('works-with-other-credentials') && !s.wasRead('identity-based') && s.action !== null)
    return [anotherIdentity(), missing, noMatchingAllow(s, s.action, s.resource, 'possible')]
  // An answer without a body tells the two apart no more than the caller can.
  return s.wasRead('identity-based') || s.action === null || s.has('object-absent-told') || isAdministrator(s)
    ? [missing]
    : [missing, noMatchingAllow(s, s.action, s.resource, 'possible')]
}

const absentObject = (s: Situation, bucket: string | null, fixes: readonly Fix[]): Finding =>
  finding('s3-missing-object-403', 'possible', fixes, {
    bucket,
    objectKey: s.told('object-named', 'key')[0] ?? s.told('s3-uri', 'key')[0],
  })

/** The object may be read, and the listing that would tell that it is not there was meant to be allowed. */
function listingKeptBack(s: Situation, bucket: string): Finding {
  const action = 's3:ListBucket'
  const about = aboutBucket(s, action, bucket)
  const found = noMatchingAllow(about ?? s, action, bucket, 'evaluated')
  return {
    ...found,
    facts: { ...found.facts, action, resource: bucket },
    ...(about === null ? {} : { about }),
  }
}

/** One Zone buckets know one action only. */
export function directoryBucket(s: Situation): readonly Finding[] {
  const bucket = s.told('directory-bucket', 'bucket')[0]
  if (bucket === undefined || s.denial.effect === 'explicit') return none
  const region = s.region ?? s.told('region-named', 'region')[0] ?? '<Region>'
  const limited = (['resource-based', 'identity-based'] as const)
    .flatMap((type) => s.statements(type))
    .find((one) => one.effect === 'Allow' && modeOf(one) !== null)
  const own = limited?.resources.find((arn) => arn.includes(bucket)) ?? null
  const account = own?.split(':')[4] ?? s.resourceAccount ?? s.callerAccount ?? '<AccountId>'
  const arn = own ?? `arn:${s.partition}:s3express:${region}:${account}:bucket/${bucket}`
  return [sessionOn(s, arn, bucket, limited)]
}

const sessionAction = 's3express:CreateSession'

/** The refusal of any other action, or one without a principal, only lets it be guessed that the session is what lacks. */
function sureOfSession(s: Situation): Confidence {
  if (s.action !== sessionAction || s.denial.policyType !== 'identity-based') return 'possible'
  return s.layer('identity-based')?.result === 'implicitDeny' ? 'evaluated' : 'stated'
}

function sessionOn(s: Situation, arn: string, bucket: string, limited: ReadStatement | undefined): Finding {
  if (limited === undefined)
    return finding('s3-express-createsession', sureOfSession(s), [addToIdentity(s, [sessionAction], [arn])], { bucket })
  const condition = modeOf(limited)
  const [only = ''] = condition?.values ?? []
  const asked = only === 'ReadOnly' ? 'ReadWrite' : 'ReadOnly'
  const onBucket = limited.policyType === 'resource-based'
  const statement = onBucket
    ? allowTo(namedPrincipal(limited.source.Principal, s.principalArn), ['s3express:CreateSession'], [arn])
    : allow(['s3express:CreateSession'], [arn])
  const key = 's3express:SessionMode'
  const after = condition === null ? null : withValue(limited.source, condition, asked)
  const edit = editStatement(s, limited, statement, after ?? limited.source, {
    kind: onBucket ? 'resource-policy' : 'edit-statement',
    step: 'widen-condition',
    values: { key },
    attachTo: onBucket ? `bucket/${bucket}` : s.principalLabel,
    readiness: 'needs-review',
    alternative: true,
  })
  return finding(
    's3-express-createsession',
    'evaluated',
    [act('other', 'meet-condition', { key, values: only }), edit],
    {
      bucket,
      sessionMode: only,
      askedMode: asked,
      ...placeOf(limited),
    },
  )
}

/**
 * The one of the two modes that the statement asks for: by elimination the client asked for the other.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-express-security-iam-identity-policies.html
 */
const modeOf = ({ conditions }: ReadStatement): ReadCondition | null =>
  conditions.find(
    ({ key, operator, values }) =>
      key.toLowerCase() === 's3express:sessionmode' &&
      /^string(?:equals|like)(?:ignorecase)?(?:ifexists)?$/iu.test(operator) &&
      values.length === 1 &&
      /^Read(?:Only|Write)$/u.test(values[0] ?? ''),
  ) ?? null

/** The statement that has the bucket, edited, or one of its own. */
function accessPointFixes(s: Situation, action: string, wanted: string): readonly Fix[] {
  const near = allowsOf(s, 'identity-based', action).find(({ resources }) => resources.some((arn) => arn !== '*'))
  if (near === undefined) return [addToIdentity(s, [action], [wanted])]
  return editOrAdd(s, near, allow([action], [wanted]), withResources(near, [...near.resources, wanted]), true)
}

/** Objects through an access point: the policies have to name the access point. */
export function accessPoint(s: Situation): readonly Finding[] {
  const named = s.told('access-point', 'accessPoint')[0]
  if (named === undefined || s.denial.effect === 'explicit' || s.service !== 's3') return none
  // AWS asked the policy of the access point, or of the bucket behind it, for its consent.
  if (s.denial.policyType === 'resource-based') return none
  const action = s.action ?? 's3:GetObject'
  if (s.resource?.includes(':accesspoint/') === true && identityGrants(s, action, s.resource)) return none
  // An alias tells the name, and neither Region nor account: the policies may well name that one.
  const isNamed = hiddenResource(s) !== null && s.wasRead('identity-based')
  if (isNamed && s.layer('identity-based')?.result !== 'implicitDeny') return none

  const base = named.startsWith('arn:')
    ? named.replace('accesspoint:', 'accesspoint/')
    : `arn:${s.partition}:s3:${s.region ?? '<Region>'}:${s.callerAccount ?? '<AccountId>'}:accesspoint/<AccessPointName>`
  const onObject = s.actionFacts?.resourceTypes.some(({ name }) => name === 'object') !== false
  const asked = s.resource ?? hiddenResource(s)
  const wanted = asked?.includes(':accesspoint/') === true ? asked : onObject ? `${base}/object/*` : base
  if (identityGrants(s, action, wanted)) return none
  return [
    finding(
      'access-point-arn',
      s.wasRead('identity-based') ? 'evaluated' : 'possible',
      accessPointFixes(s, action, wanted),
      { wanted, found: s.statements('identity-based').flatMap(({ resources }) => resources)[0] },
    ),
  ]
}

/** Objects that another account wrote are its own, and the bucket's owner may not read them. */
export function foreignObject(s: Situation): readonly Finding[] {
  if (!isBare(s)) return none
  // Everything in such a bucket belongs to its owner, whoever uploaded it.
  if (s.known.objectOwnership === 'BucketOwnerEnforced') return none
  const found = { ...objectOwnership(s), confidence: 'possible' } as const
  if (s.has('foreign-owner-told')) return [found]
  return isWrittenByOthers(s) ? [found, absentObject(s, bucketOf(s), [act('not-iam', 'check-key-exists')])] : none
}

/** The caller may read every object, and the bucket's policy lets another account put them there. */
function isWrittenByOthers(s: Situation): boolean {
  if (!readsObject.test(s.action ?? '') || !s.wasRead('identity-based') || namesCaller(s)) return false
  const { resource, callerAccount } = s
  if (resource !== null && s.verdict !== null && s.verdict.decision !== 'allowed') return false
  const reads = allowsOf(s, 'identity-based', 's3:GetObject')
  if (!reads.some((one) => resource === null || coversResource(one, resource))) return false
  const writers = accountsLetIn(s, 's3:PutObject')
  // Whoever asks is not told: it is none of those who may put objects there and not read them.
  const readers = accountsLetIn(s, 's3:GetObject')
  return writers.some((one) => (callerAccount === null ? !readers.includes(one) : one !== callerAccount))
}

const accountsLetIn = (s: Situation, action: string): readonly string[] =>
  allowsOf(s, 'resource-based', action).flatMap(({ source: { Principal: to } }) =>
    typeof to === 'object'
      ? list(to['AWS'])
          .map((one) => parseArn(one)?.account ?? one)
          .filter(isAccountId)
      : [],
  )

/** The object or bucket owner's rules about ACLs, not permissions. */
export const objectOwnership = (s: Situation): Finding =>
  readsObject.test(s.action ?? '')
    ? finding('object-ownership', 'stated', [act('not-iam', 'hand-over-object', {}, { owner: 'resource-owner' })], {
        bucket: bucketOf(s),
        refused: 'read',
      })
    : finding('object-ownership', 'stated', [act('not-iam', 'send-no-acl')], { bucket: bucketOf(s) })
