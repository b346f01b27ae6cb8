import type { NamedPolicy } from '../iam/policies.ts'

/**
 * Policies that AWS keeps: they are attached and detached, and nobody edits them. FullAWSAccess is known by its name,
 * which others hand over without its ARN.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html
 */
export const isAwsManaged = ({ name, arn, kind }: Pick<NamedPolicy, 'name' | 'arn' | 'kind'>): boolean =>
  kind === 'aws-managed' ||
  arn?.includes('::aws:') === true ||
  /^(?:RCP)?FullAWSAccess$|^arn:[a-z-]+:iam::aws:policy\//u.test(name)

const forPrincipals =
  /^(?:(?:AWS|Amazon)[A-Z][A-Za-z0-9]*_?(?:Access|FullAccess|ReadOnly|ReadOnlyAccess|Role|Policy|PolicyV\d|ExecutionRole|V\d)|(?:Administrator|PowerUser|ReadOnly|ViewOnly|IAM(?:Full|ReadOnly))Access|(?:System|Network|Database)Administrator|SecurityAudit|SupportUser|DataScientist|Billing)$/u

/**
 * Whoever hands a policy of a role or user over without its ARN has the name: those of AWS's own policies follow a form.
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
export const isNamedLikeAws = ({ name, arn, kind }: Pick<NamedPolicy, 'name' | 'arn' | 'kind'>): boolean =>
  kind === undefined && arn === undefined && forPrincipals.test(name)
