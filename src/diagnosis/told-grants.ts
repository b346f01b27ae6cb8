import { aclOf, bucketOf, isBare, missingObject } from './causes/not-iam.ts'
import { finding, none, type Finding } from './finding.ts'
import { act, addToIdentity } from './fixes.ts'
import { allowsOf, namesCaller, type Situation } from './situation.ts'

/**
 * What S3 refuses as barely where the told policies have the permission that the call goes by: a key that is not there,
 * or an ACL that a library sends along.
 */
export function behindGrant(asTold: Situation): readonly Finding[] {
  if (!isBare(asTold) || namesCaller(asTold) || !asTold.wasRead('identity-based')) return none
  // Names that were taken out, in the policy or in the call, tell nothing of whether it covers the object.
  const named = asTold.resource?.includes('<') === true ? { ...asTold, resource: null } : asTold
  return [...missingObject(named).filter(({ code }) => code === 's3-missing-object-403'), ...aclSentAlong(asTold)]
}

/** A command that is shown with what it takes sends no more than that. */
const isShown = ({ denial }: Situation): boolean =>
  denial.calls.some(({ parameters }) => Object.keys(parameters).length > 0)

function aclSentAlong(s: Situation): readonly Finding[] {
  if (s.action?.toLowerCase() !== 's3:putobject' || isShown(s) || aclOf(s) !== null) return none
  const [put] = allowsOf(s, 'identity-based', 's3:PutObject').filter(({ conditions }) => conditions.length === 0)
  // A variable may stand for something else than what the key has.
  if (put === undefined || put.resources.some((arn) => arn.includes('${'))) return none
  if (allowsOf(s, 'identity-based', 's3:PutObjectAcl').length > 0) return none
  const object =
    s.resource ?? s.resourcePattern ?? `arn:${s.partition}:s3:::${bucketOf(s) ?? '<BucketName>'}/<ObjectName>`
  return [
    finding(
      'dependent-action-needed',
      'possible',
      [
        addToIdentity(s, ['s3:PutObjectAcl'], [object]),
        act('other', 'drop-option', { option: 'acl' }, { alternative: true }),
      ],
      { action: 's3:PutObjectAcl', option: 'acl', mainAction: 's3:PutObject' },
    ),
  ]
}
