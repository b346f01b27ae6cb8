import type { Situation } from '../situation.ts'

// The predefined permission sets of Identity Center and Control Tower, and the roles by which an organization enters
// its accounts: their names stand for their policy.
const administratorRoles =
  /^(?:AWSReservedSSO_(?:AWS)?AdministratorAccess_\w+|OrganizationAccountAccessRole|AWSControlTowerExecution)$/
const powerUserRoles = /^AWSReservedSSO_(?:AWS)?PowerUserAccess_\w+$/
// https://docs.aws.amazon.com/aws-managed-policy/latest/reference/PowerUserAccess.html
const notForPowerUsers: ReadonlySet<string> = new Set(['iam', 'organizations', 'account'])

/** Whether the caller is told to have a policy that allows the action whatever it is: something else denies then. */
export function isAdministrator(s: Situation): boolean {
  // It was given to somebody who lacked a permission.
  if (s.has('broad-grant-helped')) return false
  const name = s.denial.roleOrUserName ?? ''
  if (s.has('administrator-told') || administratorRoles.test(name)) return true
  if (s.has('s3-full-access-told') && s.service === 's3') return true
  return (s.has('power-user-told') || powerUserRoles.test(name)) && !notForPowerUsers.has(s.service ?? '')
}
