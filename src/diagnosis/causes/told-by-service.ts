import { finding, none, type Finding } from '../finding.ts'
import { act } from '../fixes.ts'
import type { FixStep } from '../../remedy/fix.ts'
import { aws } from '../look-ups.ts'
import type { Situation } from '../situation.ts'
import { simple, type Answer } from './answer.ts'
import { partitionFault } from './malformed-policy.ts'
import { bucketOf, objectOwnership } from './not-iam.ts'
import { lakeFormation, modelAccess, ofMarketplace, openSearch } from './other-grants.ts'
import { wrongPrincipal } from './wrong-identity.ts'

export const apiGateway =
  (why: string, step: FixStep): Answer =>
  () => [finding('api-gateway-auth', 'stated', [act('not-iam', step)], { why })]

export const assignment: Answer = simple('sso-role-assignment', 'switch-principal', 'assign-permission-set')

/**
 * A hold or a retention keeps the version, whoever asks.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
 */
function objectLocked(s: Situation): Finding {
  const key = /^arn:[a-z-]+:s3:::[^/]+\/(.+)$/u.exec(s.resource ?? '')?.[1] ?? s.told('s3-uri', 'key')[0]
  const command = aws(
    's3api head-object --query',
    ...[
      '[ObjectLockMode,ObjectLockRetainUntilDate,ObjectLockLegalHoldStatus]',
      '--bucket',
      bucketOf(s) ?? '<BucketName>',
    ],
    ...['--key', key ?? '<ObjectName>', '--version-id', '<VersionId>'],
  )
  return finding('other-system', 'stated', [act('not-iam', 'see-object-lock', {}, { command })], {
    system: 'object-lock',
  })
}

/** What a service says of something else than IAM, inside of another denial or as a clue alone. */
export function toldByService(s: Situation): readonly Finding[] {
  if (s.has('lake-formation-grant') || (s.has('data-retrieval-refused') && s.action === null)) return lakeFormation(s)
  if (s.has('opensearch-permission')) return openSearch(s)
  if (s.has('partition-not-valid')) return partitionFault(s)
  if (s.has('permission-set-unassigned') && s.denial.operation === 'GetRoleCredentials') return assignment(s)
  if (s.denial.format === 's3-object-lock') return [objectLocked(s)]
  if (s.has('acl-not-supported')) return [objectOwnership(s)]
  // A clause that blames another policy type than the identity's tells more than the action.
  if (s.has('marketplace-subscription') && (s.denial.policyType ?? 'identity-based') === 'identity-based') {
    if (s.action === null) return modelAccess(s)
    if (s.service === 'aws-marketplace') return ofMarketplace(s)
  }
  if (s.has('bedrock-model-refused')) return modelAccess(s)
  if (s.has('authorizer-refused')) return apiGateway('authorizer', 'correct-authorizer')(s)
  if (s.has('caller-credentials-unusable')) return wrongPrincipal(s)
  return none
}
