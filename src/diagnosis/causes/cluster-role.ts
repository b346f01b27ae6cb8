import { finding, none, type Finding } from '../finding.ts'
import { act, addToIdentity } from '../fixes.ts'
import type { Situation } from '../situation.ts'

/**
 * COPY and UNLOAD reach S3 with the role of the statement, stages of Snowflake with that of the integration: not with
 * the permissions of whoever runs them.
 * https://docs.aws.amazon.com/redshift/latest/dg/copy-usage_notes-access-permissions.html
 */
export function clusterRoleRefused(s: Situation): readonly Finding[] {
  if (!s.has('cluster-copy-refused', 'snowflake-stage-refused')) return none
  if (s.denial.principal !== null || s.action !== null) return none
  const bucket = s.told('s3-uri', 'bucket')[0] ?? s.told('bucket-named', 'bucket')[0] ?? '<BucketName>'
  const prefix = s.told('s3-uri', 'key')[0] ?? ''
  const arn = `arn:${s.partition}:s3:::${bucket}`
  const role = s.told('role-arn', 'role')[0]?.split('/').at(-1)
  const attachTo = `role/${role ?? (s.has('snowflake-stage-refused') ? '<SnowflakeRoleName>' : '<ClusterRoleName>')}`
  const action = s.has('unload-told') ? 's3:PutObject' : 's3:GetObject'
  return [
    finding(
      'service-role-missing-allow',
      'possible',
      [
        addToIdentity(s, [action], [`${arn}/${prefix}*`], { attachTo }),
        addToIdentity(s, ['s3:ListBucket', 's3:GetBucketLocation'], [arn], { attachTo }),
      ],
      { role, actions: `${action}, s3:ListBucket` },
    ),
    finding('resource-not-found-as-denied', 'possible', [act('not-iam', 'check-resource-exists')], { what: 'bucket' }),
  ]
}
