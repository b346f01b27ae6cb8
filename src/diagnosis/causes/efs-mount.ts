import { finding, none, type Finding } from '../finding.ts'
import { act, addToIdentity } from '../fixes.ts'
import type { Situation } from '../situation.ts'

const actions = ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite']

/**
 * An NFS client is told no more than that it may not mount. With EFS the file system's policy asks for a role, which
 * the client names only where it mounts with the option `iam`.
 * https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html
 */
export function efsMount(s: Situation): readonly Finding[] {
  if (!s.has('nfs-mount-refused') || s.denial.action !== null) return none
  if (!s.has('efs-at-work') && s.told('file-system-named', 'fileSystem').length === 0)
    return [
      finding('other-system', 'possible', [act('not-iam', 'ask-other-system', { system: 'operating-system' })], {
        system: 'operating-system',
      }),
    ]
  const fileSystem = s.told('file-system-named', 'fileSystem')[0] ?? '<FileSystemId>'
  const resource = `arn:${s.partition}:elasticfilesystem:${s.region ?? '<Region>'}:${s.callerAccount ?? '<AccountId>'}:file-system/${fileSystem}`
  return [
    finding('missing-allow', 'possible', [addToIdentity(s, actions, [resource])], { action: actions[0], resource }),
    finding('credentials-missing', 'possible', [act('not-iam', 'mount-with-iam')]),
    finding('resource-not-found-as-denied', 'possible', [act('not-iam', 'check-resource-exists')], {
      what: 'resource',
    }),
  ]
}
