import { parseArn } from '../../iam/arn.ts'
import { finding, type Finding } from '../finding.ts'
import { act, editStatement } from '../fixes.ts'
import { placeOf, withResources } from '../places.ts'
import type { Situation } from '../situation.ts'
import { coversAction, coversResource, type ReadCondition, type ReadStatement } from '../statements.ts'
import { attachmentOf } from './attachments.ts'
import type { Delivery } from './delivery.ts'

/*
 * Services that write their logs into a bucket, under `<prefix>/AWSLogs/<account>/`.
 */

const givesToOwner: ReadonlySet<string> = new Set([
  'cloudtrail.amazonaws.com',
  'config.amazonaws.com',
  'delivery.logs.amazonaws.com',
])

/**
 * These give each object to the bucket's owner, and AWS's own policies for them ask for it.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-S3.html
 */
export const isMetByDelivery = ({ service }: Delivery, { key, operator, values }: ReadCondition): boolean =>
  givesToOwner.has(service) &&
  key.toLowerCase() === 's3:x-amz-acl' &&
  /^string(?:equals|like)(?:ifexists)?$/iu.test(operator) &&
  values.includes('bucket-owner-full-control')

const account = /\/AWSLogs\/(\d{12})\//u

/** The account whose logs the statement is for. */
export const accountIn = ({ resources }: ReadStatement): string | null =>
  resources.map((arn) => account.exec(arn)?.[1]).find((one) => one !== undefined) ?? null

/** The folder that the statement opens, with the bucket in front. */
const folderOf = (arn: string): string | null => /^(.{1,1100}?\/)AWSLogs\/\d{12}\/\*$/u.exec(arn)?.[1] ?? null

/**
 * The logs have a prefix that the statement has not, or may have one; `null` where these are no such logs. A service
 * that says that the bucket's policy is incorrect speaks of no key.
 */
export function logsElsewhere(
  s: Situation,
  read: ReadStatement,
  { service, resource }: Delivery,
): readonly Finding[] | null {
  const ofOrganization = organizationLogs(s, read, service)
  if (ofOrganization !== null) return [ofOrganization]
  const owner = accountIn(read)
  const own = read.resources.find((arn) => folderOf(arn) !== null)
  if (owner === null || own === undefined || !resource.includes('/AWSLogs/')) return null
  const prefix = s.told('log-prefix-told', 'prefix')[0]?.replace(/^\/+|\/+$/gu, '')
  const bucket = own.slice(0, own.indexOf('/'))
  const wanted = `${bucket}/${prefix ?? '<Prefix>'}/AWSLogs/${owner}/*`
  const opens = (one: ReadStatement): boolean =>
    one.effect === 'Allow' && coversAction(one, 's3:PutObject') && coversResource(one, wanted)
  const isCovered = prefix !== undefined && s.statements('resource-based').some(opens)
  if (isCovered && !s.has('delivery-policy-incorrect')) return null
  // Without a prefix that is told, what is there may be right for others.
  const resources = read.resources.flatMap((arn) => (arn !== own ? arn : prefix === undefined ? [arn, wanted] : wanted))
  const statement = { ...withResources(read, [wanted]), ...(read.sid === null ? {} : { Sid: read.sid }) }
  const edit = editStatement(s, read, statement, withResources(read, resources), {
    kind: 'resource-policy',
    step: 'edit-statement',
    attachTo: attachmentOf(s, bucket),
  })
  return [
    finding(
      'service-principal-policy',
      prefix !== undefined && !isCovered ? 'evaluated' : 'possible',
      isCovered ? [act('other', 'find-refused-call')] : [edit],
      {
        servicePrincipal: service,
        source: 'logs-prefix',
        ...(isCovered ? {} : { found: own, wanted }),
        bucket: parseArn(bucket)?.resource,
        ...placeOf(read),
      },
    ),
  ]
}

/**
 * A trail of an organization writes the logs of its members under the organization's id beside those of its own account.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/creating-an-organizational-trail-prepare.html
 */
function organizationLogs(s: Situation, read: ReadStatement, service: string): Finding | null {
  if (!s.has('organization-trail') || service !== 'cloudtrail.amazonaws.com') return null
  const own = read.resources.find((arn) => folderOf(arn) !== null)
  const folder = own === undefined ? null : folderOf(own)
  if (own === undefined || folder === null) return null
  const opensIt = (one: ReadStatement): boolean =>
    one.effect === 'Allow' &&
    coversAction(one, 's3:PutObject') &&
    one.resources.some(
      (arn) => arn === '*' || /^arn:[a-z-]{3,12}:s3:::[^/]{1,63}\/(?:.{0,900}AWSLogs\/)?(?:\*|o-|[$<{])/u.test(arn),
    )
  if (s.statements('resource-based').some(opensIt)) return null
  const wanted = `${folder}AWSLogs/<OrganizationId>/*`
  const edit = editStatement(
    s,
    read,
    { ...withResources(read, [wanted]), ...(read.sid === null ? {} : { Sid: read.sid }) },
    withResources(read, [...read.resources, wanted]),
    { kind: 'resource-policy', step: 'edit-statement', attachTo: attachmentOf(s, own.slice(0, own.indexOf('/'))) },
  )
  return finding('service-principal-policy', 'evaluated', [edit], {
    servicePrincipal: service,
    source: 'logs-prefix',
    found: own,
    wanted,
    bucket: parseArn(own)?.resource.split('/')[0],
    ...placeOf(read),
  })
}
