import { finding, none, type Finding } from '../finding.ts'
import { list, type Statement } from '../../iam/policy-document.ts'
import { act, addToIdentity, allowTo, editStatement } from '../fixes.ts'
import { placeOf } from '../places.ts'
import { allowsOf, type Situation } from '../situation.ts'

const mounting = 'elasticfilesystem:ClientMount'
const actions = [mounting, 'elasticfilesystem:ClientWrite']

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
  const bySilence = policyWithoutMount(s, fileSystem)
  // Who mounts without the option has no role that could be allowed anything.
  if (bySilence !== null && s.has('mounts-without-iam')) return [{ ...bySilence, confidence: 'evaluated' }]
  const resource = `arn:${s.partition}:elasticfilesystem:${s.region ?? '<Region>'}:${s.callerAccount ?? '<AccountId>'}:file-system/${fileSystem}`
  return [
    ...(bySilence === null ? [] : [bySilence]),
    finding('missing-allow', 'possible', [addToIdentity(s, actions, [resource])], { action: actions[0], resource }),
    finding('credentials-missing', 'possible', [act('not-iam', 'mount-with-iam')]),
    finding('resource-not-found-as-denied', 'possible', [act('not-iam', 'check-resource-exists')], {
      what: 'resource',
    }),
  ]
}

/**
 * With a policy of its own a file system lets anonymous clients do what that allows everybody, and no more: one that
 * was read and lets nobody mount keeps out all that mount without a role. `null` where it lets somebody mount.
 */
function policyWithoutMount(s: Situation, fileSystem: string): Finding | null {
  if (!s.wasRead('resource-based') || s.statements('resource-based').length === 0) return null
  if (allowsOf(s, 'resource-based', mounting).length > 0) return null
  const attachTo = `file-system/${fileSystem}`
  const near = s
    .statements('resource-based')
    .find(({ effect, actions: of, source }) => effect === 'Allow' && of.some(isOfClients) && isForAll(source))
  if (near === undefined) return null
  const { Condition = null } = near.source
  const resources = near.resources.length === 0 ? [] : near.resources
  const statement = allowTo({ AWS: '*' }, [mounting], resources, Condition)
  const after = { ...near.source, Action: [mounting, ...near.actions] }
  return finding(
    'resource-policy-not-allowed',
    'possible',
    [editStatement(s, near, statement, after, { kind: 'resource-policy', attachTo })],
    placeOf(near),
  )
}

const isOfClients = (action: string): boolean => /^elasticfilesystem:Client/iu.test(action)

const isForAll = ({ Principal }: Statement): boolean =>
  Principal === '*' || (typeof Principal === 'object' && list(Principal['AWS']).includes('*'))
