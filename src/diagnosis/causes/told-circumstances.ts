import { finding, none, type Finding } from '../finding.ts'
import { act, addToIdentity } from '../fixes.ts'
import { decodeCommand } from '../look-ups.ts'
import { identityGrants, type Situation } from '../situation.ts'
import { isTooYoung } from '../age.ts'
import { isAdministrator } from './administrators.ts'
import { evaluationAllows } from './contradicted.ts'
import { perhapsWithoutMfa } from './demanded.ts'
import { explicitDeny } from './deny.ts'
import { endpointPolicy } from './endpoint.ts'
import { perhapsPassed } from './handed-roles.ts'
import { keyBehindRead } from './key-behind.ts'
import { kmsKeyPolicy } from './kms.ts'
import { noMatchingAllow } from './missing-allow.ts'
import { bucketOf } from './not-iam.ts'
import { resourceSide } from './other-side.ts'
import { refusedByService } from './rejected.ts'
import { unattachedRead } from './unattached.ts'
import { anotherIdentity, tooEarly } from './wrong-identity.ts'
import { servicePrincipal } from './service-delivery.ts'

/** Lambda's variables under its own key: the grant names the earlier role of the same name. */
export function staleLambdaGrant(s: Situation): readonly Finding[] {
  if (!s.has('lambda-environment-key')) return none
  const stale = finding('stale-principal', 'possible', [act('other', 'reassign-lambda-role')], {
    holder: 'lambda-environment',
  })
  return [stale, kmsKeyPolicy(s, ['kms:Decrypt'], 'possible')]
}

const logsListFull = (): Finding =>
  finding('resource-policy-limit', 'possible', [
    act('other', 'shorten-logs-resource-policy', {}, { command: 'aws logs describe-resource-policies' }),
  ])

/** https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html */
const stateMachineLogs = (s: Situation): Finding => {
  const role = s.told('role-arn', 'role')[0]?.split('/').at(-1)
  return finding(
    'service-role-missing-allow',
    'possible',
    [
      addToIdentity(
        s,
        [
          'logs:CreateLogDelivery',
          'logs:GetLogDelivery',
          'logs:UpdateLogDelivery',
          'logs:DeleteLogDelivery',
          'logs:ListLogDeliveries',
          'logs:PutResourcePolicy',
          'logs:DescribeResourcePolicies',
          'logs:DescribeLogGroups',
        ],
        ['*'],
        { attachTo: `role/${role ?? '<StateMachineRoleName>'}` },
      ),
    ],
    { role },
  )
}

/** CloudWatch Logs keeps one list of who may deliver logs, and it is full. */
export function logsPolicyLimit(s: Situation): readonly Finding[] {
  if (s.has('log-destination-access')) {
    const both = [stateMachineLogs(s), logsListFull()]
    return s.has('policy-told-in-order') ? both.toReversed() : both
  }
  if (!s.has('logging-refused')) return none
  return [
    finding('resource-policy-limit', 'possible', [
      act('other', 'shorten-logs-resource-policy', {}, { command: 'aws logs describe-resource-policies' }),
    ]),
    finding('missing-allow', 'possible', [
      addToIdentity(s, ['logs:CreateLogDelivery', 'logs:PutResourcePolicy', 'logs:DescribeResourcePolicies'], ['*']),
    ]),
  ]
}

/** Athena looks at the results bucket with the caller's permissions and does not say what it lacks. */
export function resultsBucket(s: Situation): readonly Finding[] {
  if (!s.has('results-bucket-unverified')) return none
  const bucket = s.told('results-bucket-unverified', 'bucket')[0] ?? '<BucketName>'
  const arn = `arn:${s.partition}:s3:::${bucket}`
  const action = 's3:GetBucketLocation'
  if (identityGrants(s, action, arn))
    return [
      finding('resource-not-found-as-denied', 'possible', [act('not-iam', 'check-resource-exists')], {
        what: 'bucket',
      }),
    ]
  return [
    noMatchingAllow(
      s,
      action,
      bucket.startsWith('<') ? null : arn,
      s.wasRead('identity-based') ? 'evaluated' : 'possible',
    ),
  ]
}

/** A site's root asks for an object of no name: there is none unless a default root object is set. */
export function rootOfSite(s: Situation): readonly Finding[] {
  if (!s.has('cloudfront-at-work') || s.denial.class !== 'bare') return none
  const isRoot = s.has('root-url-told')
  const absent = finding(
    's3-missing-object-403',
    'possible',
    [act('not-iam', 'check-key-exists', { objectKey: isRoot ? '/' : 'route' })],
    { bucket: bucketOf(s) },
  )
  // The root is served by the same origin as all else; of routes alone nobody says that the rest works.
  return isRoot ? [absent] : [absent, ...servicePrincipal(s)]
}

/** The text itself tells that the policy with the permission hangs elsewhere, or in a version that is not in force. */
export function toldUnattached(s: Situation): readonly Finding[] {
  const why = s.told('told-unattached', 'why')
  if (why.length === 0 || s.action === null || s.denial.principal === null || s.denial.effect === 'explicit')
    return none
  if (s.denial.policyType !== null && s.denial.policyType !== 'identity-based') return none
  if (s.evidence.unattached.length > 0) return unattached(s)
  const isVersion = why.includes('not-default-version')
  const fix = isVersion
    ? act(
        'other',
        'set-default-version',
        {},
        {
          owner: 'identity-owner',
          command: "aws iam set-default-policy-version --policy-arn '<PolicyArn>' --version-id '<VersionId>'",
        },
      )
    : act('other', 'attach-existing-policy', {}, { owner: 'identity-owner' })
  return [
    finding('policy-not-attached', 'possible', [fix], { why: isVersion ? 'not-default-version' : 'not-attached' }),
  ]
}

/** A bare answer, and the text tells that the resource is not there, or is somebody else's. */
export function toldAbsent(s: Situation): readonly Finding[] {
  if (!s.has('absent-told') || s.denial.policyType !== null || s.denial.effect !== null) return none
  return [absent(s)]
}

/** The permission exists, on something that does not count for this principal. */
export function unattached(s: Situation): readonly Finding[] {
  const read = unattachedRead(s)
  if (read.length > 0) return read
  if (
    s.wasRead('identity-based') ||
    s.action === null ||
    s.denial.principal === null ||
    s.denial.policyType !== 'identity-based'
  )
    return none
  return [
    finding(
      'policy-not-attached',
      'possible',
      [act('other', 'attach-existing-policy', {}, { owner: 'identity-owner' })],
      { why: 'not-attached' },
    ),
  ]
}

/** Nothing decides: what it usually is, in the order in which to look. */
export function fallback(s: Situation): readonly Finding[] {
  if (s.denial.class === 'not-aws') return none
  if (s.service === 'sso-oauth' && s.action === null) return signInRefused()
  const refused = refusedByService(s)
  if (refused.length > 0) return refused
  if (s.denial.class === 'encoded' && s.action === null)
    return [toDecode(), ...perhapsPassed(s), ...ofService(s).filter(({ code }) => code !== 'missing-allow')]
  if (s.verdict?.decision === 'allowed') return [...beforeOthers(s), evaluationAllows(s), ...afterAllowed(s)]
  if (s.action !== null && s.wasRead('identity-based'))
    return [...beforeOthers(s), ...allowedElsewhere(s), ...afterAllowed(s)]
  // Neither a Deny nor what is not there gives way to an Allow.
  if (s.has('broad-grant-helped')) return own(s)
  if (s.service === 's3' || bucketOf(s) !== null || isHead(s)) return ofStorage(s)
  return s.service === null ? ofNobody(s) : ofService(s)
}

/** Who signed in did not confirm it, or waited too long. */
const signInRefused = (): readonly Finding[] => [
  finding('credentials-expired', 'possible', [act('session', 'sign-in-again')]),
  anotherIdentity(),
]

/** EC2 put the reason into a blob: whoever may decode it knows. */
const toDecode = (): Finding =>
  finding('undetermined', 'possible', [act('other', 'fetch-details', {}, { command: decodeCommand })])

/** Answers to HEAD have no body, so that SDKs write the status in place of a code; in AWS it is S3 that is asked so. */
const isHead = (s: Situation): boolean =>
  s.service === null && (s.denial.format === 'forbidden' || s.denial.errorCode === '403')

const absent = (s: Situation): Finding =>
  finding('resource-not-found-as-denied', 'possible', [act('not-iam', 'check-resource-exists')], {
    what: bucketOf(s) === null && !isHead(s) ? 'resource' : 'bucket',
  })

/** What is to be made need not be there, and has no policy yet. */
const isToBeMade = (s: Situation): boolean => s.action === 's3:CreateBucket'

/** A bucket that stands in the account's own list is there, and where nothing is named nothing can be absent. */
const perhapsAbsent = (s: Situation): readonly Finding[] =>
  s.resource === '*' || (s.service === 's3' && s.known.bucketOwned === true) || isToBeMade(s) ? none : [absent(s)]

/** IAM may not have told everybody yet of a role or user that is seconds old. */
const justCreated = (): Finding =>
  finding('propagation-delay', 'possible', [act('not-iam', 'wait-and-retry')], { why: 'just-created' })

/** Secrets Manager completes the name of a secret that exists: without its six characters there is none. */
export function secretWithoutSuffix(s: Situation): readonly Finding[] {
  const denied = s.denial.resource ?? s.resource
  if (s.service !== 'secretsmanager' || denied === null || !s.action?.endsWith('Value')) return none
  if (/-[A-Za-z0-9]{6}$/u.test(denied) || denied.includes('*')) return none
  return [
    finding('resource-not-found-as-denied', 'possible', [act('not-iam', 'check-resource-exists')], { what: 'secret' }),
  ]
}

const own = (s: Situation): readonly Finding[] => {
  if (s.action !== null) return [noMatchingAllow(s, s.action, s.resource, 'possible')]
  return s.denial.class === 'other-aws' ? none : [unnamedAllow()]
}

/** Most denials want an Allow; which one the text does not tell, so that nothing can be proposed yet. */
const unnamedAllow = (): Finding => finding('missing-allow', 'possible', [act('other', 'find-refused-call')])

/** What tells more than that the policies let it through. */
const beforeOthers = (s: Situation): readonly Finding[] => [
  // S3 answers so barely mostly to strangers: the bucket is then somebody else's.
  ...(s.service === 's3' && s.denial.principal === null && bucketOf(s) !== null ? perhapsAbsent(s) : []),
  ...(s.has('organization-told') ? [explicitDeny(s, 'service-control', 'possible')] : []),
  ...keyBehindRead(s),
  ...(isTooYoung(s) ? [justCreated()] : []),
]

/** The policies that were read have the action for some resources, and the text does not name the one of the request. */
const allowedElsewhere = (s: Situation): readonly Finding[] =>
  s.resource === null && s.action !== null && s.layer('identity-based')?.result === 'unknown'
    ? [noMatchingAllow(s, s.action, null, 'evaluated')]
    : none

/** The caller's own policies let the request through, and it was denied. */
const afterAllowed = (s: Situation): readonly Finding[] => [
  ...(s.wasRead('service-control') ? [] : [explicitDeny(s, 'service-control', 'possible')]),
  ...perhapsAbsent(s),
  // Nobody but its service has the credentials of a service-linked role.
  ...(s.denial.roleOrUserName?.startsWith('AWSServiceRoleFor') === true ? [] : [anotherIdentity()]),
  tooEarly(),
]

/** Neither service nor action is told: who asked is what can be found out first. */
const ofNobody = (s: Situation): readonly Finding[] => [
  ...(s.has('organization-blamed') || isAdministrator(s) ? [explicitDeny(s, 'service-control', 'possible')] : []),
  anotherIdentity(),
  ...own(s),
  absent(s),
  explicitDeny(s, 'service-control', 'possible'),
]

/** What the text tells of and blames for nothing: it is true of most accounts. */
const toldBeside = (s: Situation): readonly Finding[] => [
  ...perhapsWithoutMfa(s),
  ...(s.has('vpc-endpoint') ? [endpointPolicy(s, 'possible')] : []),
  ...(s.told('organization-told', 'of').length === 0 && s.has('organization-told')
    ? [explicitDeny(s, 'service-control', 'possible')]
    : []),
]

const ofStorage = (s: Situation): readonly Finding[] => [
  ...(s.has('organization-blamed') || (s.resource === '*' && isAdministrator(s))
    ? [explicitDeny(s, 'service-control', 'possible')]
    : []),
  ...(s.has('policy-told-in-order') || isAdministrator(s) || (isHead(s) && s.action === null) ? [] : own(s)),
  ...toldBeside(s),
  ...keyBehindRead(s),
  ...perhapsAbsent(s),
  ...(s.action === null || s.resource === '*' || isToBeMade(s)
    ? []
    : [resourceSide(s, s.action, s.resource, 'possible')]),
  ...(s.action === null ? own(s) : []),
  anotherIdentity(),
  ...own(s),
  explicitDeny(s, 'service-control', 'possible'),
]

/** Who asks Organizations or Control Tower itself speaks of an organization whatever its policies say. */
const isOfOrganization = (s: Situation): boolean =>
  s.service === 'organizations' || s.service === 'controltower'
    ? s.told('organization-told', 'of').length > 0
    : s.has('organization-blamed')

const ofService = (s: Situation): readonly Finding[] => [
  ...(isAdministrator(s) || isOfOrganization(s) ? [explicitDeny(s, 'service-control', 'possible')] : []),
  ...own(s),
  ...toldBeside(s),
  ...keySide(s),
  anotherIdentity(),
  explicitDeny(s, 'service-control', 'possible'),
  absent(s),
]

/**
 * No identity-based policy counts for a key whose own policy does not admit the account; what a key gets while it is
 * made asks for nothing of its policy.
 */
const keySide = (s: Situation): readonly Finding[] => {
  if (s.service !== 'kms' || s.action === null || own(s)[0]?.code !== 'missing-allow') return none
  const isOfKey = s.resource?.includes(':key/') ?? s.actionFacts?.resourceTypes.some(({ name }) => name === 'key')
  return isOfKey === true ? [kmsKeyPolicy(s, [s.action], 'possible')] : none
}
