import type { Row } from '../signal.ts'

const ofOtherCloud = /\bgoogle|\bgsutil\b|\bgcs\b|\bgs:\/\/|\bminio\b/iu
/** s3fs mounts storage of others too, by its option `url`. */
const mountedFromElsewhere = /\burl=["']?https?:\/\/(?![^\s"'/:]{1,200}\.amazonaws\.com)/iu

/** S3 as Ruby prints its answer; the host stands in front of it where the bucket is in the address. */
const s3Answered = /\bx-amz-(?:request-id|id-2)\b|\bs3[.-][a-z0-9.-]{0,40}amazonaws\.com|=> ?"AmazonS3"/iu

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
  {
    name: 'excon-refused',
    kind: 'sentence',
    class: 'bare',
    words: ['<=> actual(403 forbidden)'],
    when: (before, after) => s3Answered.test(after.slice(0, 800)) || s3Answered.test(before.slice(-300)),
    sets: { service: 's3' },
    example:
      'Excon::Error::Forbidden: Expected(200) <=> Actual(403 Forbidden)\n:headers => { "x-amz-request-id" => "0A1B" }',
    seen: 'Excon, the HTTP client of Fog, asking S3',
  },
  {
    name: 's3fs-refused',
    kind: 'sentence',
    class: 'bare',
    words: ['http response code 403 was returned, returning eperm'],
    when: (before, after) => !mountedFromElsewhere.test(before + after),
    sets: { service: 's3' },
    example: 'curl.cpp:RequestPerform(2066): HTTP response code 403 was returned, returning EPERM',
    seen: 's3fs',
  },
  {
    name: 'goofys-refused',
    kind: 'sentence',
    class: 'bare',
    words: ['unable to access {any}: permission denied'],
    when: (before) => /\bgoofys\b[^\n]{0,100}\bmain\.[A-Z]{4,8}\s$/u.test(before),
    sets: { service: 's3' },
    example: "goofys[7079]: main.ERROR Unable to access 'amzn-s3-demo-bucket': permission denied",
    seen: 'goofys, on mounting a bucket',
  },
  {
    name: 'arrow-refused',
    kind: 'sentence',
    class: 'bare',
    words: ['aws error access_denied during {operation} operation'],
    sets: { service: 's3', errorCode: 'ACCESS_DENIED' },
    example:
      "OSError: When reading information for key 'year/a.parquet' in bucket 'amzn-s3-demo-bucket': AWS Error ACCESS_DENIED during HeadObject operation: No response body.",
    seen: 'Apache Arrow, which reads S3 with the AWS SDK for C++',
  },
  {
    name: 'arrow-refused',
    kind: 'sentence',
    class: 'bare',
    words: ['aws error \\[code 15\\]'],
    sets: { service: 's3' },
    example:
      "OSError: When getting information for bucket 'amzn-s3-demo-bucket': AWS Error [code 15]: No response body.",
    seen: 'Apache Arrow, earlier versions',
  },
  {
    name: 's3-bucket-absent-or-refused',
    kind: 'sentence',
    class: 'bare',
    words: ['bucket {word} does not exist or you do not have access'],
    when: (before, after) => /\b(?:aws|amazon|s3)/iu.test(before + after) && !ofOtherCloud.test(before + after),
    sets: { service: 's3', operation: 'HeadBucket' },
    example: 'AWS S3Upload: Error: Bucket amzn-s3-demo-bucket does not exist or you do not have access.',
    seen: 'the AWS Toolkit for Azure DevOps',
  },
  {
    name: 's3-behind-another-call',
    kind: 'sentence',
    class: 'bare',
    words: ['s3 error: access denied'],
    sets: { service: 's3' },
    example: 'An error occurred (ValidationError) when calling the CreateStack operation: S3 error: Access Denied',
    seen: 'CloudFormation, which fetches the template for the caller',
  },
]
