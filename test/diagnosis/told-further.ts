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
  {
    name: 'kms-key-policy: an alarm could not notify, and the key of the topic refused it',
    text: 'Failed to execute action arn:aws:sns:eu-west-1:111122223333:alarms. Received error: "null (Service: AWSKMS; Status Code: 400; Error Code: AccessDeniedException; Request ID: 00000000-1111-2222-3333-444444444444; Proxy: null)"',
    code: 'kms-key-policy',
    kind: 'key-policy',
    exactly: ['kms:Decrypt', 'kms:GenerateDataKey*'],
    noIdentityAllow: true,
  },
  {
    name: 'service-principal-policy: an alarm could not notify, and the topic refused it',
    text: 'Failed to execute action arn:aws:sns:eu-west-1:111122223333:alarms. Received error: "Resource: arn:aws:cloudwatch:eu-west-1:111122223333:alarm:a is not authorized to perform: SNS:Publish on resource: arn:aws:sns:eu-west-1:111122223333:alarms"',
    code: 'service-principal-policy',
    exactly: ['sns:Publish'],
    noIdentityAllow: true,
  },
  {
    name: 'other-system: an alarm could not notify, and the key of the topic is off',
    text: 'Failed to execute action arn:aws:sns:eu-west-1:111122223333:alarms. Received error: "null (Service: AWSKMS; Status Code: 400; Error Code: KMS.DisabledException; Request ID: 00000000-1111-2222-3333-444444444444; Proxy: null)"',
    code: 'other-system',
    noIdentityAllow: true,
  },
  {
    name: 'kms-behind-service: KMS refused, and no service delivers anything',
    text: 'arn:aws:sns:eu-west-1:111122223333:alarms: null (Service: AWSKMS; Status Code: 400; Error Code: AccessDeniedException; Request ID: 00000000-1111-2222-3333-444444444444; Proxy: null)',
    code: 'kms-behind-service',
    among: ['kms-key-policy'],
  },
  {
    name: 'kms-key-policy: a service has no policies of its own',
    text: 'User: events.amazonaws.com is not authorized to perform: kms:GenerateDataKey on resource: arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
    code: 'kms-key-policy',
    exactly: ['kms:GenerateDataKey'],
    noIdentityAllow: true,
  },
]
