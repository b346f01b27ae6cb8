import type { NamedPolicy } from '../iam/policies.ts'

/**
 * Policies that AWS keeps: they are attached and detached, and nobody edits them. FullAWSAccess is known by its name,
 * which others hand over without its ARN.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html
 */
export const isAwsManaged = ({ name, arn, kind }: Pick<NamedPolicy, 'name' | 'arn' | 'kind'>): boolean =>
  kind === 'aws-managed' || arn?.includes('::aws:') === true || /^(?:RCP)?FullAWSAccess$/u.test(name)
