import { finding, none, type Finding } from '../finding.ts'
import { act } from '../fixes.ts'
import type { Situation } from '../situation.ts'
import { noMatchingAllow } from './missing-allow.ts'

const nodeRole = /node|worker|karpenter|kops|masters\.|eks.{0,40}ng-|eksctl/iu
/** Names that only the nodes of a cluster have: every other machine with a role is a worker or runs Node.js. */
const clusterNodeRole = /NodeInstanceRole|karpenter|kops|k8s|kube|eksctl|(?<![a-z])eks|^(?:nodes|masters)\./iu
const eksInName = /EKS|Eks(?![a-z])/u
/** What a Kubernetes node does itself: pulling images, networking, joining the cluster, being managed. */
const nodeActions =
  /^(?:ecr|ecr-public|ecs|eks|eks-auth|ssm|ssmmessages|ec2messages|ec2|autoscaling|logs|cloudwatch|sts|iam|kms|elasticloadbalancing):/iu

const isNode = (s: Situation): boolean =>
  s.denial.principalType === 'assumed-role' &&
  (nodeRole.test(s.denial.roleOrUserName ?? '') || isBesideAnnotated(s)) &&
  (s.denial.sessionName ?? 'i-').startsWith('i-')

/** The pod is annotated with a role of its own, and an instance's credentials made the call. */
function isBesideAnnotated(s: Situation): boolean {
  const roles = s.told('pod-identity-set-up', 'role')
  const { roleOrUserName, sessionName } = s.denial
  return sessionName?.startsWith('i-') === true && roles.length > 0 && !roles.includes(roleOrUserName ?? '')
}

const isOfCluster = (name: string): boolean => clusterNodeRole.test(name) || eksInName.test(name)

/** A pod that called with the role of its node: the role annotation does not take effect. */
export function podAsNode(s: Situation): readonly Finding[] {
  const pod = podPerhaps(s)
  // What AWS says of the role's own policies goes first, but where nobody but pods asks so much of the role.
  const isOfPods = isOfCluster(s.denial.roleOrUserName ?? '') || isBesideAnnotated(s)
  if (pod.length === 0 || (saysIdentity(s) && !isOfPods)) return none
  if (isGivenTheWork(s)) return none
  // Where a role of the pod's own is told of, it is not to be asked for the node.
  if (s.action === null || s.action.startsWith('sts:') || s.has('pod-identity-set-up')) return pod
  return s.wasRead('identity-based') ? pod : [...pod, noMatchingAllow(s, s.action, s.resource, 'possible')]
}

/** Its policies, as read, have other actions of the service that was asked: this work is the node's by intent. */
const isGivenTheWork = (s: Situation): boolean =>
  s.service !== null &&
  !s.has('pod-identity-set-up', 'eks-token-file') &&
  s
    .statements('identity-based')
    .some(
      ({ effect, actions, policyKind }) =>
        effect === 'Allow' &&
        policyKind !== 'aws-managed' &&
        actions.some((name) => name.toLowerCase().startsWith(`${s.service ?? ''}:`)),
    )

const saysIdentity = ({ denial }: Situation): boolean =>
  denial.effect === 'implicit' && denial.policyType === 'identity-based'

/** The same beside a permission that the node's role lacks for certain. */
export function podPerhaps(s: Situation): readonly Finding[] {
  if (!isNode(s) || s.denial.effect === 'explicit') return none
  const isTold = s.has('kubernetes-at-work', 'eks-token-file', 'pod-identity-set-up')
  if (!isTold && !isOfCluster(s.denial.roleOrUserName ?? '')) return none
  if (nodeActions.test(s.action ?? 'sts:') && !s.has('pod-identity-set-up')) return none
  return [
    finding('wrong-principal', 'possible', [act('switch-principal', 'restart-pod-with-role', {})], {
      why: 'node-role',
      workload: 'kubernetes-pod',
    }),
  ]
}
