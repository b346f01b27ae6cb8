import type { ClueShape } from '../clue-shape.ts'

const fault = (name: string, phrases: readonly string[], example: string) =>
  ({
    kind: 'policy-document-fault',
    phrases,
    values: { fault: name },
    standsAlone: false,
    seen: 'IAM, S3, KMS and others when a policy is written',
    example,
  }) as const satisfies ClueShape

/** What AWS says of a policy document that it does not take. */
export const policyDocumentSentences = [
  {
    kind: 'key-policy-lockout',
    phrases: ['will not allow you to update the key policy in the future'],
    standsAlone: false,
    seen: 'KMS when a key is created or its policy is set',
    example:
      'MalformedPolicyDocumentException: The new key policy will not allow you to update the key policy in the future.',
  },
  fault(
    'syntax',
    [
      'syntax errors in policy',
      'the policy is not in the valid json format',
      'policies must be valid json',
      'json strings must not have leading spaces',
      'contains invalid json',
    ],
    'MalformedPolicyDocument: Syntax errors in policy.',
  ),
  fault(
    'no-principal',
    ['statement with no principal', 'missing required field principal'],
    'MalformedPolicyDocumentException: Policy contains a statement with no principal.',
  ),
  fault(
    'principal-in-identity-policy',
    ['policy document should not specify a principal', 'has prohibited field principal'],
    'MalformedPolicyDocument: Policy document should not specify a principal.',
  ),
  fault(
    'resource-in-trust-policy',
    ['has prohibited field resource'],
    'MalformedPolicyDocument: Has prohibited field Resource',
  ),
  fault(
    'no-resource',
    ['policy statement must contain resources', 'missing required field resource'],
    'MalformedPolicyDocument: Policy statement must contain resources.',
  ),
  fault(
    'no-action',
    ['policy statement must contain actions', 'missing required field action'],
    'MalformedPolicyDocument: Policy statement must contain actions.',
  ),
  fault(
    'resource-of-other-bucket',
    ['policy has invalid resource', 'action does not apply to any resource(s) in statement'],
    'MalformedPolicy: Action does not apply to any resource(s) in statement',
  ),
  fault(
    'resource-not-arn',
    ['must be in arn format', 'partition "" is not valid for resource'],
    'MalformedPolicyDocument: Resource orders must be in ARN format or "*".',
  ),
  fault(
    'action-name',
    [
      'policy has invalid action',
      'actions/conditions must be prefaced by a vendor',
      'actions/condition can contain only one colon',
    ],
    'MalformedPolicyDocument: Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
  ),
  fault(
    'trust-action',
    ['assumerole policy may only specify sts assumerole actions'],
    'MalformedPolicyDocument: AssumeRole policy may only specify STS AssumeRole actions.',
  ),
  fault(
    'sid',
    ['statement ids (sid)', 'statement ids in the policy are not unique'],
    'MalformedPolicyDocument: Statement IDs (SID) in a single policy must be unique.',
  ),
  fault(
    'condition',
    ['conditions do not apply to combination of actions and resources', 'policy has an invalid condition key'],
    'MalformedPolicy: Conditions do not apply to combination of actions and resources in statement',
  ),
  {
    kind: 'function-policy-full',
    phrases: ['the final policy size ('],
    capture: /the final policy size \(\d{1,9}\) is bigger than the limit \(20480\)/iu,
    standsAlone: false,
    seen: 'Lambda, of the resource-based policy of a function',
    example: 'PolicyLengthExceededException: The final policy size (20563) is bigger than the limit (20480).',
  },
  {
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
    kind: 'action-not-listed',
    phrases: ['does not exist. did you mean', 'does not exist. use a valid action'],
    capture:
      /\baction (?<wrong>[a-z0-9-]{2,40}:[A-Za-z]{2,80}) does not exist\.(?: Did you mean (?<right>[a-z0-9-]{2,40}:[A-Za-z]{2,80}))?/iu,
    before: 140,
    standsAlone: true,
    seen: 'the checks of policies by IAM Access Analyzer and the console',
    example: 'Invalid Action: The action s3:HeadBucket does not exist. Did you mean s3:ListBucket?',
  },
] as const satisfies readonly ClueShape[]
