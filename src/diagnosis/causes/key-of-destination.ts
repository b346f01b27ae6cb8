import type { ConditionBlock } from '../../iam/policy-document.ts'
import { finding, type Finding } from '../finding.ts'
import { act, allowInResource, allowTo } from '../fixes.ts'
import type { Situation } from '../situation.ts'
import { ofCloudFront, type Delivery } from './delivery.ts'
import { kmsKeyPolicyForService } from './kms.ts'
import { conditionOf, letIn } from './let-in-service.ts'
import { isByIdentity } from './origin.ts'

/** Deliveries to what may be encrypted. */
export const encrypted = /^(?:s3|sqs|sns|logs|firehose|kinesis|secretsmanager):/iu

/** What only reads makes no data keys. */
export const keyActions = ({ action }: Delivery): readonly string[] =>
  action === 's3:GetObject' ? ['kms:Decrypt'] : ['kms:GenerateDataKey', 'kms:Decrypt']

/**
 * A rule that publishes to an encrypted topic says to KMS neither for which rule nor for which account it asks.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
export const asksKeyUnnamed = ({ source, action }: Delivery): boolean =>
  source === 'event-rule' && action === 'sns:Publish'

const keyConditionOf = (s: Situation, delivery: Delivery): ConditionBlock | null =>
  asksKeyUnnamed(delivery) ? null : conditionOf(s, delivery)

/** The key of the destination's lets the service in. */
export function keyBehind(s: Situation, delivery: Delivery, isOfIdentity = isByIdentity(s)): Finding {
  const key = s.told('kms-key', 'key')[0]
  const actions = keyActions(delivery)
  const statement = allowTo({ Service: delivery.service }, actions, ['*'], keyConditionOf(s, delivery))
  const isIdentity = delivery.source === 'cloudfront' && isOfIdentity
  return finding(
    'kms-key-policy',
    'possible',
    [
      allowInResource(`key/${key?.split(':key/')[1] ?? '<KeyId>'}`, statement, {
        kind: 'key-policy',
        step: 'allow-in-key-policy',
        values: { ...(key === undefined ? {} : { keyArn: key }), ...(isIdentity ? { first: 'origin-access' } : {}) },
      }),
      ...(isIdentity ? [letIn(s, delivery)] : []),
    ],
    { kmsActions: actions.join(', '), servicePrincipal: delivery.service, key },
  )
}

/** AWS's own keys for queues and topics know the principals of the account, and no service. */
export const isUnderKeyOfAws = (s: Situation, { action }: Delivery): boolean =>
  s.has('aws-managed-key-told') && /^(?:sqs|sns):/u.test(action)

export const keyOfAws = (s: Situation, delivery: Delivery): Finding =>
  kmsKeyPolicyForService(s, delivery.service, keyActions(delivery), 'stated', keyConditionOf(s, delivery))

/**
 * Load balancers write their access logs under keys of S3 alone.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 */
export const noKeyForLogs = (delivery: Delivery): Finding =>
  finding('kms-key-policy', 'possible', [act('not-iam', 'encrypt-with-s3-key')], {
    kmsActions: keyActions(delivery).join(', '),
    servicePrincipal: delivery.service,
  })

/**
 * An origin access identity is of no account, and KMS answers S3 so: the distribution needs origin access control, and
 * the key lets CloudFront in.
 */
export const readByIdentity = (s: Situation): readonly Finding[] => [
  { ...keyBehind(s, ofCloudFront(s), true), confidence: 'stated' },
]
