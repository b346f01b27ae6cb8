import { finding, type Finding } from '../finding.ts'
import { act } from '../fixes.ts'
import type { Situation } from '../situation.ts'

/** A permission set's role: its name, then 16 hex digits that Identity Center appends; people shorten or mask them. */
const ofPermissionSet = /^AWSReservedSSO_(?<name>[\w+=,.@-]{1,32}?)(?:_[^_]{0,16})?$/u

/**
 * IAM lets nobody in the account change a role that AWS keeps for itself: what writes it is changed in its place.
 * https://docs.aws.amazon.com/singlesignon/latest/userguide/howtomanagepermissionsets.html
 */
export function protectedRole(s: Situation): readonly Finding[] {
  const roles = [
    ...s.told('protected-role', 'role'),
    ...(s.resource === null ? [] : [s.resource.split('/').at(-1) ?? '']),
  ]
  const ofCenter = roles.find((name) => name.startsWith('AWSReservedSSO_'))
  const permissionSet = ofPermissionSet.exec(ofCenter ?? '')?.groups?.['name']
  const fix =
    ofCenter === undefined
      ? act('not-iam', 'leave-role-to-service')
      : act('not-iam', 'change-permission-set', permissionSet === undefined ? {} : { permissionSet })
  return [finding('other-system', 'stated', [fix], { system: 'protected-role', errorCode: s.denial.errorCode })]
}
