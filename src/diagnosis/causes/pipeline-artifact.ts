import { finding, none, type Finding } from '../finding.ts'
import { act, addToIdentity } from '../fixes.ts'
import type { Situation } from '../situation.ts'
import { kmsBehindService } from './kms.ts'

/**
 * An action of CodePipeline reads its input from the artifact bucket, and says the same of an artifact that no action
 * before it made. The key is new in each run, up to its last part.
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/troubleshooting.html
 */
export function pipelineArtifact(s: Situation): readonly Finding[] {
  const [bucket] = s.told('pipeline-artifact', 'bucket')
  const [key = ''] = s.told('pipeline-artifact', 'key')
  if (bucket === undefined || s.denial.action !== null) return none
  const named = s.told('role-named', 'role')[0] ?? s.told('role-arn', 'role')[0]?.split('/').at(-1)
  const attachTo = `role/${named ?? '<ServiceRoleName>'}`
  const actions = ['s3:GetObject', 's3:GetObjectVersion']
  const objects = `arn:${s.partition}:s3:::${bucket}/${key.slice(0, key.lastIndexOf('/') + 1)}*`
  const lacking = finding(
    'service-role-missing-allow',
    'possible',
    [addToIdentity(s, actions, [objects], { attachTo })],
    { role: named === undefined ? null : attachTo, actions: actions.join(', ') },
  )
  const absent = finding('resource-not-found-as-denied', 'possible', [act('not-iam', 'check-resource-exists')], {
    what: 'resource',
  })
  return [lacking, absent, kmsBehindService(s, ['kms:Decrypt'], 'possible', 'bucket')]
}
