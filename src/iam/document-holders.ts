/**
 * Where the answers of AWS's API and CLI keep a policy document: `get-role-policy`, `get-policy-version`, `get-role`,
 * `get-bucket-policy`, `get-queue-attributes`, `get-resource-policy`, `get-repository-policy`, `describe-policy`.
 */
export const documentHolders = [
  'PolicyVersion',
  'Document',
  'PolicyDocument',
  'Role',
  'AssumeRolePolicyDocument',
  'Policy',
  'Content',
  'Attributes',
  'ResourcePolicy',
  'policyText',
] as const

export type DocumentHolder = (typeof documentHolders)[number]
