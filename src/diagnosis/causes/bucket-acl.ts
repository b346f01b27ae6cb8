import type { Fix } from '../../remedy/fix.ts'
import { finding, type Finding } from '../finding.ts'
import type { Situation } from '../situation.ts'
import type { Delivery } from './delivery.ts'
import { covers, names } from './let-in-by-name.ts'
import { letIn } from './let-in-service.ts'
import { isMetByDelivery } from './logs-of-services.ts'
import { isOfSource } from './origin.ts'

/*
 * CloudTrail, Config and the delivery of logs look at the bucket's ACL before they write, and say no more than that its
 * policy is incorrect.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
 * https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-policy.html
 */

const readers: ReadonlySet<string> = new Set(['cloudtrail', 'config', 'vpc-flow-logs'])
const action = 's3:GetBucketAcl'

/** The look at the ACL, of the bucket that the delivery goes to; `null` for other deliveries. */
const lookOf = (delivery: Delivery): Delivery | null =>
  readers.has(delivery.source) && delivery.action === 's3:PutObject'
    ? { ...delivery, action, resource: delivery.resource.split('/')[0] ?? delivery.resource }
    : null

/** Whether a statement of the bucket's policy that was read lets the service do this. */
const isLetIn = (s: Situation, delivery: Delivery): boolean =>
  s
    .statements('resource-based')
    .some(
      (one) =>
        one.effect === 'Allow' &&
        names(one, delivery.service) &&
        covers(one, delivery.action) &&
        one.conditions.every((condition) => isOfSource(condition) || isMetByDelivery(delivery, condition)),
    )

/** The service may write, and not look at the ACL. */
export function aclUnread(s: Situation, delivery: Delivery): readonly Finding[] | null {
  const look = lookOf(delivery)
  if (look === null || !s.wasRead('resource-based') || !isLetIn(s, delivery) || isLetIn(s, look)) return null
  return [
    finding('service-principal-policy', 'evaluated', [letIn(s, look)], {
      action,
      servicePrincipal: delivery.service,
      source: delivery.source,
    }),
  ]
}

/** What goes with the permission to write, unless the policy that was read has it. */
export const besideAcl = (s: Situation, delivery: Delivery): readonly Fix[] => {
  const look = lookOf(delivery)
  return look === null || isLetIn(s, look) ? [] : [letIn(s, look)]
}
