import { shellLine } from '../../remedy/commands/shell.ts'
import { finding, type Finding } from '../finding.ts'
import { act } from '../fixes.ts'
import type { Situation } from '../situation.ts'

/*
 * EKS looks whether the role that it is handed holds AWS's own policies, whatever else the role may do.
 * https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html
 */

const ofNodes = ['AmazonEKSWorkerNodePolicy', 'AmazonEC2ContainerRegistryReadOnly', 'AmazonEKS_CNI_Policy']
const ofCluster = ['AmazonEKSClusterPolicy']

/** The role of the cluster or of its nodes, not the caller, lacks what the sentence lists. */
export function managedPoliciesMissing(s: Situation): readonly Finding[] {
  const listed = s.told('managed-policies-listed', 'policies')[0]?.match(/Amazon\w{3,60}/gu) ?? []
  const isCluster =
    listed.length > 0 ? listed.some((name) => name.includes('Cluster')) : /Cluster$/u.test(s.operation ?? '')
  const named = listed.length > 0 ? listed : isCluster ? ofCluster : ofNodes
  const policies = [...new Set(named)].slice(0, 6)
  const role = s.told('role-arn', 'role')[0]?.split('/').at(-1)
  const whose = isCluster ? 'cluster' : 'nodes'
  const placeholder = isCluster ? '<ClusterRoleName>' : '<NodeRoleName>'
  const attach = policies.map((policy) =>
    act(
      'other',
      'attach-existing-policy',
      { policy, whose },
      {
        owner: 'role-owner',
        command: shellLine([
          ...['aws', 'iam', 'attach-role-policy', '--role-name', role ?? placeholder],
          ...['--policy-arn', `arn:${s.partition}:iam::aws:policy/${policy}`],
        ]),
      },
    ),
  )
  return [
    finding('service-role-missing-allow', 'stated', attach, {
      actions: policies.join(', '),
      whose,
      role: role === undefined ? null : `role/${role}`,
    }),
  ]
}
