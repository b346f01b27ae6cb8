import { finding, none, type Finding } from '../finding.ts'
import { act } from '../fixes.ts'
import type { Situation } from '../situation.ts'
import { kmsBehindService } from './kms.ts'
import type { RoleNeed } from './role-needs.ts'
import { addNeeded, hasNeeded, onOtherArn } from './role-shortfall.ts'

/**
 * An action of CodePipeline reads its input from the artifact bucket, and says the same of an artifact that no action
 * before it made. The key is new in each run, up to its last part.
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/troubleshooting.html
 */
export function pipelineArtifact(s: Situation): readonly Finding[] {
  const need = s.denial.action === null ? artifactNeed(s) : null
  if (need === null) return none
  const named = s.told('role-named', 'role')[0] ?? s.told('role-arn', 'role')[0]?.split('/').at(-1)
  const attachTo = `role/${named ?? '<ServiceRoleName>'}`
  const lacking = finding('service-role-missing-allow', 'possible', addNeeded(s, need, attachTo), {
    role: named === undefined ? null : attachTo,
    actions: need.actions.join(', '),
  })
  const absent = finding('resource-not-found-as-denied', 'possible', [act('not-iam', 'check-resource-exists')], {
    what: 'resource',
  })
  const key = kmsBehindService(s, ['kms:Decrypt'], 'possible', 'bucket')
  if (hasNeeded(s, need)) return [absent, key]
  const elsewhere = s.wasRead('identity-based') ? onOtherArn(s, need, attachTo) : null
  return [elsewhere ?? lacking, absent, key]
}

/**
 * Of one artifact what reading takes. Where CodePipeline only passes on that S3 refused its role, all that it does
 * with the bucket that it made for artifacts, by the name that it gives to such a one.
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/security-iam.html
 */
function artifactNeed(s: Situation): RoleNeed | null {
  const [bucket] = s.told('pipeline-artifact', 'bucket')
  const [key = ''] = s.told('pipeline-artifact', 'key')
  const reading = ['s3:GetObject', 's3:GetObjectVersion']
  if (bucket !== undefined)
    return {
      actions: reading,
      resource: `arn:${s.partition}:s3:::${bucket}/${key.slice(0, key.lastIndexOf('/') + 1)}*`,
    }
  const own = s.told('bucket-named', 'bucket').find((name) => name.startsWith('codepipeline-'))
  if (!s.has('pipeline-role-refused') || own === undefined) return null
  return { actions: [...reading, 's3:PutObject'], resource: `arn:${s.partition}:s3:::${own}/*` }
}
