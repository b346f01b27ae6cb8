import { isAccountId, parseArn } from '../iam/arn.ts'

/** Services whose resources are known by a global name, without an account in the ARN. */
const globalNames = new Set(['s3'])

/**
 * The account that owns the resource. S3 names do not tell it. AWS-owned resources (SSM documents, foundation
 * models, managed policies) and account-wide questions (`*`) are decided in the caller's account alone.
 */
export const resourceAccountOf = (
  resource: string | null,
  patterns: readonly string[],
  caller: string | null,
): string | null => {
  const callers = isAccountId(caller) ? caller : null
  const text = resource ?? patterns[0] ?? null
  if (text === null) return null
  const arn = parseArn(text)
  if (arn === null) return callers
  if (isAccountId(arn.account)) return arn.account
  return globalNames.has(arn.service) || (arn.account !== '' && arn.account !== 'aws') ? null : callers
}
