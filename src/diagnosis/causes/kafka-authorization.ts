import { finding, none, type Finding } from '../finding.ts'
import { act, addToIdentity } from '../fixes.ts'
import type { Situation } from '../situation.ts'

interface Need {
  readonly actions: readonly string[]
  /** The resource part of the ARN; topics and groups carry the cluster's name and UUID before their own. */
  readonly resource: (name: string) => string
}

/** What Kafka's refusals need where MSK asks IAM. https://docs.aws.amazon.com/msk/latest/developerguide/kafka-actions.html */
const needs: Readonly<Record<string, Need>> = {
  topic: {
    actions: ['kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData', 'kafka-cluster:WriteData'],
    resource: (name) => `topic/<ClusterName>/<ClusterUuid>/${name}`,
  },
  group: {
    actions: ['kafka-cluster:DescribeGroup', 'kafka-cluster:AlterGroup'],
    resource: (name) => `group/<ClusterName>/<ClusterUuid>/${name}`,
  },
  transactionalid: {
    actions: ['kafka-cluster:DescribeTransactionalId', 'kafka-cluster:AlterTransactionalId'],
    resource: (name) => `transactional-id/<ClusterName>/<ClusterUuid>/${name}`,
  },
  // Producers are idempotent unless they are told not to be.
  cluster: {
    actions: ['kafka-cluster:WriteDataIdempotently'],
    resource: () => 'cluster/<ClusterName>/<ClusterUuid>',
  },
}

const names: Readonly<Record<string, string>> = { group: '<GroupName>', transactionalid: '<TransactionalId>' }

/** A client that got in and may not do this: IAM decides it for MSK with IAM access control, else Kafka's own ACLs. */
export function kafkaRefused(s: Situation): readonly Finding[] {
  if (s.denial.format !== 'kafka-authorization') return none
  const [what = 'topic'] = s.told('kafka-refused', 'what').map((kind) => kind.toLowerCase().replace(/[ _]/u, ''))
  const need = needs[what]
  if (need === undefined) return none
  const name = s.told('kafka-refused', 'name')[0] ?? names[what] ?? '<TopicName>'
  const where = `${s.region ?? '<Region>'}:${s.callerAccount ?? '<AccountId>'}`
  const arn = `arn:${s.partition}:kafka:${where}:${need.resource(name)}`
  const byLogin = s.has('kafka-login-told')
  const byIam = s.has('msk-iam-told') && !byLogin
  const permission = finding('missing-allow', 'possible', [addToIdentity(s, need.actions, [arn])], {
    action: need.actions[0],
    resource: arn,
    companions: need.actions.slice(1).join(', '),
  })
  // The client prints the same words for IAM's refusal as for an ACL's: only the way that it logged in tells them apart.
  const acl = finding(
    'other-system',
    byLogin ? 'stated' : 'possible',
    [act('not-iam', 'ask-other-system', { system: 'kafka' })],
    { system: 'kafka' },
  )
  // IAM is not asked about those who logged in otherwise.
  if (byLogin) return [acl]
  return byIam ? [permission, acl] : [acl, permission]
}
