import { finding, type Finding } from '../finding.ts'
import { act, addToIdentity, allowTo } from '../fixes.ts'
import type { Situation } from '../situation.ts'
import { onTrust, roleLabel } from './service-trust.ts'

const early = finding('propagation-delay', 'possible', [act('not-iam', 'wait-and-retry')], { why: 'just-created' })

const roleNamed = (s: Situation): string => s.told('role-arn', 'role')[0] ?? '<RoleArn>'

const trusting =
  (service: string, actions: readonly string[], policy: string | null = null) =>
  (s: Situation): readonly Finding[] => {
    const role = roleNamed(s)
    const attach = policy === null ? [] : [act('other', 'attach-existing-policy', { policy }, { owner: 'role-owner' })]
    return [
      finding('trust-policy', 'possible', [onTrust(role, allowTo({ Service: service }, actions, [])), ...attach], {
        role,
        principal: service,
      }),
      early,
    ]
  }

/** https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html */
export const podIdentity = trusting('pods.eks.amazonaws.com', ['sts:AssumeRole', 'sts:TagSession'])

/** https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html */
export const rolesAnywhere = trusting('rolesanywhere.amazonaws.com', [
  'sts:AssumeRole',
  'sts:TagSession',
  'sts:SetSourceIdentity',
])

export const rdsMonitoring = trusting(
  'monitoring.rds.amazonaws.com',
  ['sts:AssumeRole'],
  'AmazonRDSEnhancedMonitoringRole',
)

export const appRunnerAccess = trusting(
  'build.apprunner.amazonaws.com',
  ['sts:AssumeRole'],
  'AWSAppRunnerServicePolicyForECRAccess',
)

/**
 * CloudWatch Logs tries the stream with the role of the filter: that lacks the permission, or does not trust it.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html
 */
export const subscriptionRole = (s: Situation): readonly Finding[] => {
  const isFirehose = s.told('subscription-target', 'target')[0]?.toLowerCase() === 'firehose'
  const role = roleNamed(s)
  const [action, path] = isFirehose
    ? ['firehose:PutRecord', 'deliverystream/<DeliveryStreamName>']
    : ['kinesis:PutRecord', 'stream/<StreamName>']
  const at = `${s.region ?? '<Region>'}:${s.callerAccount ?? '<AccountId>'}`
  const resource = `arn:${s.partition}:${isFirehose ? 'firehose' : 'kinesis'}:${at}:${path}`
  return [
    finding(
      'service-role-missing-allow',
      'possible',
      [addToIdentity(s, [action], [resource], { attachTo: roleLabel(role) })],
      { role: role.startsWith('<') ? null : role, actions: action },
    ),
    ...trusting('logs.amazonaws.com', ['sts:AssumeRole'])(s),
  ]
}

/** The console says of neither side which one refuses, nor whether the role is there. */
export const switchRole = (s: Situation): readonly Finding[] => {
  const role = roleNamed(s)
  return [
    finding(
      'trust-policy',
      'possible',
      [onTrust(role, allowTo({ AWS: s.principalArn ?? '<PrincipalArn>' }, ['sts:AssumeRole'], []))],
      { role },
    ),
    finding('resource-not-found-as-denied', 'possible', [act('not-iam', 'check-resource-exists')], { what: 'role' }),
  ]
}

/**
 * AssumeRoleWithSAML carries no credentials: the trust policy and the provider alone decide.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_saml.html
 */
export const samlTrust = (s: Situation): readonly Finding[] => {
  const role = s.denial.resource ?? roleNamed(s)
  const provider = `arn:${s.partition}:iam::${s.callerAccount ?? '<AccountId>'}:saml-provider/<SamlProviderName>`
  const audience = s.partition === 'aws-cn' ? 'signin.amazonaws.cn' : 'signin.aws.amazon.com'
  return [
    finding(
      'trust-policy',
      'possible',
      [
        onTrust(
          role,
          allowTo({ Federated: provider }, ['sts:AssumeRoleWithSAML'], [], {
            StringEquals: { 'SAML:aud': `https://${audience}/saml` },
          }),
        ),
      ],
      { role },
    ),
  ]
}
