import type { Row } from '../signal.ts'

/** Sentences of S3: https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html */
export const s3Rows: readonly Row[] = [
  {
    name: 's3-anonymous-multipart',
    kind: 'sentence',
    class: 'bare',
    words: 'anonymous users cannot',
    sets: { service: 's3' },
    example: 'Anonymous users cannot initiate multipart uploads. Please authenticate.',
    seen: 'S3 error responses',
  },
  {
    name: 's3-object-lock',
    kind: 'sentence',
    class: 'bare',
    words: ['access denied because object protected by object lock', 'protected by object lock'],
    sets: { service: 's3' },
    example: 'Access Denied because object protected by object lock.',
    seen: 'S3 error responses',
  },
  {
    name: 's3-block-public-access',
    kind: 'sentence',
    class: 'bare',
    words: [
      'public acls are prevented by the',
      'public policies are prevented by the',
      'public access is prevented by the',
      'public acls are blocked by the',
      'public policies are blocked by the',
    ],
    sets: { service: 's3' },
    example:
      'api error AccessDenied: public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access',
    seen: 'S3 user guide, troubleshooting 403',
  },
  {
    name: 's3-bucket-owner',
    kind: 'sentence',
    class: 'bare',
    words: 'bucket owner should be',
    sets: { service: 's3' },
    example: 'AccessDenied: Bucket owner should be 111122223333',
    seen: 'S3 with an expected bucket owner',
  },
  {
    name: 's3-access-denied-for-bucket',
    kind: 'sentence',
    class: 'bare',
    words: ['access denied for bucket: {word}', 'access denied for logdestination: {word}'],
    example:
      'InvalidConfigurationRequest: Access Denied for bucket: amzn-s3-demo-logs. Please check S3bucket permission',
    seen: 'Elastic Load Balancing and VPC flow logs checking a bucket',
  },
]
