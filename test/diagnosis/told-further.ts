import { allow, denied, identity, noIdentity, noResource, type CaseRow } from './case-row.ts'

/** What the text tells beside the error: which plane, which caller, which page, how long ago. */
export const toldFurtherCases: readonly CaseRow[] = [
  {
    name: 'missing-allow: a request to a domain of OpenSearch is for something below it',
    text: denied(
      'es:ESHttpPost',
      'arn:aws:es:eu-west-1:111122223333:domain/orders',
      noIdentity('es:ESHttpPost'),
      'user/ann',
    ),
    code: 'missing-allow',
    exactly: ['es:ESHttpPost'],
    resources: ['arn:aws:es:eu-west-1:111122223333:domain/orders/*'],
  },
  {
    name: 'missing-allow: the same where no domain is named',
    text: denied('es:ESHttpGet', null, '', 'user/ann'),
    code: 'missing-allow',
    resources: ['arn:aws:es:<Region>:111122223333:domain/<DomainName>/*'],
  },
  {
    name: 'missing-allow: an index of a domain stays as it is printed',
    text: denied('es:ESHttpGet', 'arn:aws:es:eu-west-1:111122223333:domain/orders/2026/_search', '', 'user/ann'),
    code: 'missing-allow',
    resources: ['arn:aws:es:eu-west-1:111122223333:domain/orders/2026/_search'],
  },
  {
    name: 'missing-allow: a domain that is configured is the domain itself',
    text: denied('es:UpdateDomainConfig', 'arn:aws:es:eu-west-1:111122223333:domain/orders', '', 'user/ann'),
    code: 'missing-allow',
    resources: ['arn:aws:es:eu-west-1:111122223333:domain/orders'],
  },
  {
    name: 'resource-policy-not-allowed: the policy of a domain speaks of what is below it',
    text: denied(
      'es:ESHttpPut',
      'arn:aws:es:eu-west-1:111122223333:domain/orders',
      noResource('es:ESHttpPut'),
      'user/ann',
    ),
    code: 'resource-policy-not-allowed',
    resources: ['arn:aws:es:eu-west-1:111122223333:domain/orders/*'],
  },
  {
    name: 'resource-arn-mismatch: the domain alone is granted',
    text: denied('es:ESHttpGet', 'arn:aws:es:eu-west-1:111122223333:domain/orders', '', 'user/ann'),
    policies: identity(allow('es:*', 'arn:aws:es:eu-west-1:111122223333:domain/orders')),
    code: 'resource-arn-mismatch',
    resources: ['arn:aws:es:eu-west-1:111122223333:domain/orders/*'],
  },
  {
    name: 'missing-allow: uploads in parts are spoken of, and the list of the bucket is what failed',
    text: 'An error occurred (AccessDenied) when calling the ListObjectsV2 operation: Access Denied. Multipart uploads work, and so does ListMultipartUploads.',
    code: 'missing-allow',
    exactly: ['s3:ListBucket'],
  },
  {
    name: 'dependent-action-needed: the list of the uploads is what failed',
    text: 'An error occurred (AccessDenied) when calling the ListMultipartUploads operation: Access Denied',
    code: 'dependent-action-needed',
    exactly: ['s3:ListBucketMultipartUploads'],
  },
]
