import { finding, none, type Finding } from '../finding.ts'
import { act } from '../fixes.ts'
import type { Situation } from '../situation.ts'

/**
 * Services that are handed the role linked to themselves, where `iam:PassRole` on it counts as on any other.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/autoscaling-service-linked-role.html
 */
const takenByOwnService = /^(?:(?:[a-z0-9-]+\.)?(?:application-)?autoscaling|batch|config)\.amazonaws\.com(?:\.cn)?$/u

/** A role that is linked to a service is that service's alone, which takes it by itself: not even administrators pass it. */
export function linkedRolePassed(s: Situation): readonly Finding[] {
  if (s.action?.toLowerCase() !== 'iam:passrole' || s.denial.effect === 'explicit') return none
  if (s.denial.policyType !== null && s.denial.policyType !== 'identity-based') return none
  const path = s.denial.resource?.split(':role/aws-service-role/')[1]
  const [service = '', role = ''] = path?.split('/') ?? []
  if (path === undefined || service.includes('*') || takenByOwnService.test(service)) return none
  const linkedTo = service === '' ? undefined : service
  // Where AWS misses a statement, a service may take a role of its own all the same.
  const confidence = s.denial.policyType === null ? 'stated' : 'possible'
  return [
    finding('pass-role', confidence, [act('other', 'leave-linked-role', { role, serviceName: service })], {
      role: role === '' ? null : role,
      linkedTo,
    }),
  ]
}
