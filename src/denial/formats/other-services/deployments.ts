import type { Row } from '../../signal.ts'

/** What was refused stands there alone; a sentence in its place is the handler's, which tells more. */
export const isRefusal = (_: string, after: string): boolean =>
  !/^[^\n]{0,80}: Your account must be verified/iu.test(after)

/** CloudFormation, CodePipeline and others that act for somebody, and Athena and Redshift about their data. */
export const deploymentRows: readonly Row[] = [
  {
    name: 'cloudformation-access-denied',
    kind: 'sentence',
    class: 'bare',
    words: 'access denied for operation aws::{service}::',
    when: isRefusal,
    example: "Access denied for operation 'AWS::Logs::LogGroup'.",
    seen: 'CloudFormation resource handlers',
  },
  {
    name: 'codepipeline-role',
    kind: 'sentence',
    class: 'bare',
    words: [
      'unable to access the artifact with amazon s3 object key',
      "doesn't have the permissions required to access the amazon s3 bucket",
      'does not have the permissions required to access the amazon s3 bucket',
    ],
    sets: { service: 's3' },
    example:
      "Unable to access the artifact with Amazon S3 object key 'app/Source/abc' located in the Amazon S3 artifact bucket 'amzn-s3-demo-bucket'. The provided role does not have sufficient permissions.",
    seen: 'CodePipeline action errors',
  },
  {
    name: 'codepipeline-role',
    kind: 'sentence',
    class: 'bare',
    words: [
      'the provided role does not have sufficient permissions to access {service}.',
      'the provided role does not have sufficient permissions to access {service}',
      'the provided role does not have sufficient permissions',
      'the provided role does not have permissions to perform this action',
      "service role or action role doesn't have the permissions required",
      'service role or action role does not have the permissions required',
    ],
    example: 'The provided role does not have sufficient permissions to access CodeDeploy',
    seen: 'CodePipeline action errors',
  },
  {
    name: 'codedeploy-role',
    kind: 'core',
    class: 'authorization',
    words: [
      'the iam role {principal} does not give you permission to perform operations in the following aws service: {service}',
    ],
    example:
      'The IAM role arn:aws:iam::111122223333:role/deploy does not give you permission to perform operations in the following AWS service: AmazonAutoScaling.',
    seen: 'CodeDeploy deployment errors',
  },
  {
    name: 'lambda-ecr-image',
    kind: 'sentence',
    class: 'bare',
    words: 'lambda does not have permission to access the ecr image',
    sets: { service: 'ecr' },
    example: 'Lambda does not have permission to access the ECR image. Check the ECR permissions.',
    seen: 'Lambda with container images',
  },
  {
    name: 'launch-template',
    kind: 'sentence',
    class: 'bare',
    words: [
      'you are not authorized to use launch template',
      'not authorized to launch instances with this launch template',
    ],
    sets: { service: 'ec2' },
    ofInnerCall: true,
    example: 'You are not authorized to use launch template: lt-0123456789abcdef0',
    seen: 'EC2 Auto Scaling and AWS Batch',
  },
  {
    name: 'redshift-role',
    kind: 'sentence',
    class: 'bare',
    words: 'not authorized to get credentials of role',
    sets: { service: 'redshift' },
    example: 'ERROR: Not authorized to get credentials of role arn:aws:iam::111122223333:role/copy',
    seen: 'Redshift COPY and UNLOAD',
  },
  {
    name: 'athena-s3-path',
    kind: 'sentence',
    class: 'bare',
    words: ['permission denied on s3 path', 'access denied when writing output to url'],
    sets: { service: 's3' },
    example: 'Permission denied on S3 path: s3://amzn-s3-demo-bucket/data/',
    seen: 'Athena',
  },
  {
    name: 'athena-query',
    kind: 'sentence',
    class: 'bare',
    words: 'insufficient permissions to execute the query',
    sets: { service: 'athena' },
    example: 'Insufficient permissions to execute the query.',
    seen: 'Athena',
  },
  {
    name: 'codecommit-git',
    kind: 'sentence',
    class: 'bare',
    words: 'unable to access https://git-codecommit',
    sets: { service: 'codecommit' },
    example:
      "fatal: unable to access 'https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/app/': The requested URL returned error: 403",
    seen: 'git with CodeCommit',
  },
  {
    name: 'cloudformation-tags',
    kind: 'sentence',
    class: 'bare',
    words: 'did not have iam permissions to process tags on aws::{service}::',
    example: 'Did not have IAM permissions to process tags on AWS::SNS::Topic resource.',
    seen: 'CloudFormation stack events',
  },
  {
    name: 'cloudformation-policy-check',
    kind: 'sentence',
    class: 'bare',
    words: ['policy already exists due to lack of'],
    sets: { service: 'iam' },
    example: 'Failed to check if policy already exists due to lack of getRolePolicy permission',
    seen: 'CloudFormation stack events',
  },
  {
    name: 'cdk-bucket-elsewhere',
    kind: 'sentence',
    class: 'bare',
    words: ['exists, but not in account {word} wrong account?', 'exists, but we dont have access to it'],
    when: (before) => /\bBucket named ['"`][a-z0-9.-]{3,63}['"`] $/u.test(before),
    sets: { service: 's3', operation: 'GetBucketLocation' },
    example:
      "Bucket named 'cdk-hnb659fds-assets-111122223333-eu-west-1' exists, but not in account 111122223333. Wrong account?",
    seen: 'the AWS CDK, publishing assets',
  },
]
