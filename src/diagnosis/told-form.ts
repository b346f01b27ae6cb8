import type { ToldDocument } from '../denial/denial.ts'
import { isOpen } from '../iam/open-text.ts'
import { finding, none, type Finding } from './finding.ts'
import { addToIdentity } from './fixes.ts'
import { placeOf } from './places.ts'
import type { Situation } from './situation.ts'
import { coversAction, type ReadStatement } from './statements.ts'
import { mayBe } from './told-open.ts'
import { toldStatements } from './told-situation.ts'

/**
 * Statements of told policies that can never match: an action of S3 on the other kind of ARN. That shows whatever was
 * asked for, so it tells where the text names no action too.
 */
export function neverMatching(s: Situation, told: readonly ToldDocument[]): readonly Finding[] {
  if (s.service !== 's3' || s.denial.effect === 'explicit') return none
  const allows = toldStatements(told).filter(({ effect }) => effect === 'Allow')
  const asked = s.action === null ? allows.flatMap(({ actions }) => actions) : [s.action]
  const found = [...new Set(asked)].flatMap((action) => onOtherKind(s, action, allows))
  return found.slice(0, 1)
}

function onOtherKind(s: Situation, action: string, allows: readonly ReadStatement[]): readonly Finding[] {
  const types = s.catalogue.find(action)?.resourceTypes.map(({ name }) => name) ?? []
  const [isOfBuckets, isOfObjects] = [types.includes('bucket'), types.includes('object')]
  if (isOfBuckets === isOfObjects) return none
  const naming = allows.filter((one) => coversAction(one, action) && one.notResources.length === 0)
  const [read] = naming.filter(({ actions }) => actions.some((name) => name.toLowerCase() === action.toLowerCase()))
  const resources = naming.flatMap((one) => one.resources).map(asBucketArn)
  const ofBuckets = resources.filter((arn) => /^arn:[a-z-]+:s3:::[^/]+$/u.test(arn))
  const ofObjects = resources.filter((arn) => /^arn:[a-z-]+:s3:::[^/]+\//u.test(arn))
  const isOther = (isOfBuckets ? ofObjects : ofBuckets).length === resources.length && resources.length > 0
  const bucket = /^arn:[a-z-]+:s3:::[^/]+/u.exec(resources[0] ?? '')?.[0]
  if (read === undefined || !isOther || bucket === undefined || bucket.endsWith('*')) return none
  const wanted = isOfBuckets ? bucket : `${bucket}/*`
  if (s.resource !== null && !mayBe(wanted, s.resource)) return none
  const added = isOpen(bucket) ? `arn:${s.partition}:s3:::<BucketName>${wanted.slice(bucket.length)}` : wanted
  return [
    finding(
      isOfBuckets ? 'bucket-arn-needed' : 'object-arn-needed',
      'possible',
      [addToIdentity(s, [action], [added])],
      {
        action,
        found: asTold(resources[0] ?? ''),
        wanted: asTold(wanted),
        difference: 'resource',
        told: 'text',
        ...placeOf(read),
      },
    ),
  ]
}

/** What Terraform, CloudFormation and the CDK call the ARN of a bucket, where the actions are those of S3. */
const asBucketArn = (resource: string): string =>
  resource.replace(/^(\$\{[\w.[\]"'-]{1,200}(?:\.[Aa]rn|\.bucketArn|[._]bucket_arn)\})(?=$|\/)/, 'arn:aws:s3:::$1')

const asTold = (resource: string): string => resource.replace(/^arn:aws:s3:::(?=\$\{[^}]*[Aa]rn\})/, '')
