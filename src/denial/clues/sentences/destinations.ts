import type { ClueShape } from '../clue-shape.ts'

/** Of what a service delivers to, fetches from or invokes, whose own policy does not let it in. */
export const destinationSentences = [
  {
    kind: 'lambda-permission-missing',
    phrases: [
      'invalid permissions on lambda function',
      'not authorized to invoke the lambda function',
      'lambda resource policy does not',
    ],
    standsAlone: true,
    seen: 'API Gateway test console, Cognito triggers',
    example: 'Execution failed due to configuration error: Invalid permissions on Lambda function',
  },
  {
    kind: 'destination-not-validated',
    phrases: ['unable to validate the following destination configurations'],
    standsAlone: true,
    seen: 'S3 PutBucketNotificationConfiguration',
    example: 'An error occurred (InvalidArgument): Unable to validate the following destination configurations',
  },
  {
    kind: 'log-bucket-refused',
    phrases: ['access denied for bucket', 'access denied for logdestination', 'check s3bucket permission'],
    // Whoever masks the name writes `<bucket>` or `***`.
    capture:
      /access denied for (?:bucket|logdestination): {0,3}(?:(?<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])|[<[*{$'"`])/iu,
    before: 120,
    standsAlone: true,
    seen: 'Elastic Load Balancing and VPC flow logs',
    example: 'InvalidConfigurationRequest: Access Denied for bucket: lb-logs. Please check S3bucket permission',
  },
  {
    kind: 'delivery-policy-incorrect',
    phrases: [
      'incorrect s3 bucket policy is detected',
      'insufficients3bucketpolicy',
      'insufficientsnstopicpolicy',
      'sns topic does not exist or the topic policy is incorrect',
      'bucket policy is not correct',
    ],
    standsAlone: true,
    seen: 'CloudTrail, AWS Config',
    example: 'InsufficientS3BucketPolicyException: Incorrect S3 bucket policy is detected for bucket: trail-logs',
  },
  {
    kind: 'ecr-image-refused',
    phrases: ['does not have permission to access the ecr image', 'permission to access the ecr image'],
    standsAlone: true,
    seen: 'Lambda with container images',
    example: 'Lambda does not have permission to access the ECR image. Check the ECR permissions.',
  },
  {
    kind: 'queue-access-refused',
    phrases: ['access to the resource https://sqs.', 'access to the resource https://'],
    capture: /Access to the resource (?<url>https:\/\/[^\s"\\]{1,300}?) is denied/iu,
    standsAlone: true,
    seen: 'SQS; SNS delivery status logs',
    example: 'Access to the resource https://sqs.eu-west-1.amazonaws.com/111122223333/orders is denied.',
  },
  {
    kind: 'lambda-grantee-unknown',
    phrases: ['arn does not refer to a valid principal'],
    capture: /kms key is invalid for CreateGrant\b[^]{0,160}?\bARN does not refer to a valid principal/iu,
    before: 220,
    standsAlone: false,
    seen: 'Lambda, of a function whose variables are encrypted',
    example: 'KMS key is invalid for CreateGrant: ARN does not refer to a valid principal',
  },
] as const satisfies readonly ClueShape[]
