import { isOpen } from '../../iam/open-text.ts'
import type { Fix } from '../../remedy/fix.ts'
import type { Confidence } from '../diagnosis.ts'
import { finding, type Finding } from '../finding.ts'
import { allowInResource, allowTo, editStatement, namedPrincipal } from '../fixes.ts'
import { placeOf, withResources } from '../places.ts'
import type { Situation } from '../situation.ts'
import { coversAction, type ReadStatement } from '../statements.ts'
import { mayBe } from '../told-open.ts'
import { attachmentOf } from './attachments.ts'
import { addUnderLimits } from './same-limits.ts'

/** An action of S3 on the other kind of ARN, a bucket's for an object's or the reverse; `null` where one may fit. */
export function onOtherKind(
  s: Situation,
  action: string,
  allows: readonly ReadStatement[],
  confidence: Confidence,
): Finding | null {
  const types = s.catalogue.find(action)?.resourceTypes.map(({ name }) => name) ?? []
  const [isOfBuckets, isOfObjects] = [types.includes('bucket'), types.includes('object')]
  if (isOfBuckets === isOfObjects) return null
  const naming = allows.filter((one) => coversAction(one, action) && one.notResources.length === 0)
  const [exact] = naming.filter(({ actions }) => actions.some((name) => name.toLowerCase() === action.toLowerCase()))
  // `s3:*` names the action only where it is the one that was refused.
  const read = exact ?? (s.action === action ? naming[0] : undefined)
  const resources = naming.flatMap((one) => one.resources).map(asBucketArn)
  const ofBuckets = resources.filter((arn) => /^arn:[a-z-]+:s3:::[^/]+$/u.test(arn))
  const ofObjects = resources.filter((arn) => /^arn:[a-z-]+:s3:::[^/]+\//u.test(arn))
  const isOther = (isOfBuckets ? ofObjects : ofBuckets).length === resources.length && resources.length > 0
  const bucket = /^arn:[a-z-]+:s3:::[^/]+/u.exec(resources[0] ?? '')?.[0]
  if (read === undefined || !isOther || bucket === undefined || bucket.endsWith('*')) return null
  const wanted = isOfBuckets ? bucket : `${bucket}/*`
  if (s.resource !== null && !mayBe(wanted, s.resource)) return null
  const added = isOpen(bucket) ? `arn:${s.partition}:s3:::<BucketName>${wanted.slice(bucket.length)}` : wanted
  return finding(
    isOfBuckets ? 'bucket-arn-needed' : 'object-arn-needed',
    confidence,
    [
      read.policyType !== 'resource-based'
        ? addUnderLimits(s, read, [action], [added])
        : exact === undefined
          ? beside(s, read, action, added)
          : alsoOn(s, read, added),
    ],
    {
      action,
      found: asTold(resources[0] ?? ''),
      wanted: asTold(wanted),
      difference: 'resource',
      ...placeOf(read),
    },
  )
}

/** Beside all actions on a bucket the one on its objects: for the same principals, and no more. */
const beside = (s: Situation, read: ReadStatement, action: string, arn: string): Fix =>
  allowInResource(attachmentOf(s, arn), allowTo(namedPrincipal(read.source.Principal, s.principalArn), [action], [arn]))

/** A statement of the bucket's policy with the ARN that it lacks: for whom it is stays as it is. */
const alsoOn = (s: Situation, read: ReadStatement, arn: string): Fix =>
  editStatement(s, read, withResources(read, [arn]), withResources(read, [...read.resources, arn]), {
    kind: 'resource-policy',
    attachTo: attachmentOf(s, arn),
    readiness: isOpen(arn) ? 'has-placeholders' : 'needs-review',
  })

/** What Terraform, CloudFormation and the CDK call the ARN of a bucket, where the actions are those of S3. */
const asBucketArn = (resource: string): string =>
  resource.replace(/^(\$\{[\w.[\]"'-]{1,200}(?:\.[Aa]rn|\.bucketArn|[._]bucket_arn)\})(?=$|\/)/, 'arn:aws:s3:::$1')

const asTold = (resource: string): string => resource.replace(/^arn:aws:s3:::(?=\$\{[^}]*[Aa]rn\})/, '')
