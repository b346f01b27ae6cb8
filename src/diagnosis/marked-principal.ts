import type { Situation } from './situation.ts'

const kindsById: readonly (readonly [start: string, marked: string])[] = [
  ['AROA', 'role/<RoleName>'],
  ['AIDA', 'user/<UserName>'],
]

/**
 * The caller's ARN for a statement. Of a caller from another account CloudTrail prints the account and the unique id,
 * whose first letters tell a role from a user; then the name alone is left to fill in.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
 */
export function principalOrMarked(
  s: Pick<Situation, 'principalArn' | 'callerAccount' | 'denial' | 'partition'>,
): string {
  if (s.principalArn !== null) return s.principalArn
  const id = s.denial.context['aws:userid']
  const marked = typeof id === 'string' ? kindsById.find(([start]) => id.startsWith(start))?.[1] : undefined
  return marked === undefined || s.callerAccount === null
    ? '<PrincipalArn>'
    : `arn:${s.partition}:iam::${s.callerAccount}:${marked}`
}
