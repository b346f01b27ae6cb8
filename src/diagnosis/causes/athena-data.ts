import { finding, none, type Finding } from '../finding.ts'
import { addToIdentity } from '../fixes.ts'
import type { Situation } from '../situation.ts'
import { kmsBehindService } from './kms.ts'
import { lakeFormation } from './other-grants.ts'

/**
 * A query reads the data in S3, by way of the catalog, with the permissions of whoever runs it, and Athena does not say
 * what was refused.
 * https://docs.aws.amazon.com/athena/latest/ug/s3-permissions.html
 */
export function athenaData(s: Situation): readonly Finding[] {
  if (s.denial.format !== 'athena-query' || s.action !== null) return none
  const bucket = `arn:${s.partition}:s3:::${s.told('s3-uri', 'bucket')[0] ?? '<DataBucketName>'}`
  const catalog = `arn:${s.partition}:glue:${s.region ?? '<Region>'}:${s.callerAccount ?? '<AccountId>'}:`
  const tables = ['catalog', 'database/<DatabaseName>', 'table/<DatabaseName>/*'].map((tail) => catalog + tail)
  const lacking = finding(
    'missing-allow',
    'possible',
    [
      addToIdentity(s, ['s3:GetObject'], [`${bucket}/*`]),
      addToIdentity(s, ['s3:ListBucket', 's3:GetBucketLocation'], [bucket]),
      addToIdentity(s, ['glue:GetDatabase', 'glue:GetTable', 'glue:GetPartition', 'glue:GetPartitions'], tables),
    ],
    { action: 's3:GetObject', resource: `${bucket}/*` },
  )
  const grant = lakeFormation(s).map((found): Finding => ({ ...found, confidence: 'possible' }))
  return [lacking, ...grant, kmsBehindService(s, ['kms:Decrypt'], 'possible', 'bucket')]
}
