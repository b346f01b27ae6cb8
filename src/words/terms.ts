/**
 * Facts whose values are codes of the diagnosis rather than names of the reader's account, by fact.
 * Each language has a word for each; a value that is not listed is quoted as it stands.
 */
export const termCodes = {
  option: [
    'acl',
    'tagging',
    'copy-tags',
    'multipart',
    'object-lock',
    'ecr-image-policy',
    'source-identity',
    'tags-on-create',
  ],
  issuer: ['cognito', 's3-access-grants', 'credential-vendor', 'assume-role', 'unknown'],
  difference: ['scheme', 'partition', 'service', 'region', 'account', 'resource'],
  behind: [
    'bucket',
    'object',
    'queue',
    'topic',
    'secret',
    'parameter',
    'volume',
    'snapshot',
    'table',
    'function',
    'log-group',
    'repository',
    'image',
    'stream',
    'resource',
  ],
  holder: ['policy', 'lambda-environment', 'trust-policy', 'bucket', 'key'],
  what: ['policy', 'acl', 'bucket', 'secret', 'parameter', 'image', 'resource', 'key', 'role'],
  system: [
    'alibaba-cloud',
    'azure',
    'cognito',
    'database',
    'git-hosting',
    'google-cloud',
    'kubernetes',
    'network',
    'operating-system',
    'package-registry',
    's3',
    'vault',
    'waf',
    'web-server',
  ],
  fault: [
    'subject-differs',
    'wildcard-under-equals',
    'subject-in-audience',
    'key-with-arn',
    'wrong-case',
    'audience',
    'provider',
    'unknown',
  ],
  /** Why somebody else made the call. */
  why: [
    'node-role',
    'expected-other',
    'cloud9-credentials',
    'unusable-credentials',
    'static-keys',
    'container-keys',
    'root',
    'check-identity',
    'service-linked-role',
    'not-there',
  ],
} as const

export type TermFact = keyof typeof termCodes
export type Terms = { readonly [Fact in TermFact]: Readonly<Record<(typeof termCodes)[Fact][number], string>> }
