import type { ClueShape } from '../clue-shape.ts'

/** What S3 says of objects that it did not replicate, and of the two buckets. */
export const replicationSentences = [
  {
    kind: 'replication-refused',
    phrases: ['replication'],
    capture: /\breplication[ -]?status['"]?(?: is| was|:|=)?[ "']{0,3}FAILED\b[^]{0,200}?Access ?Denied/iu,
    standsAlone: false,
    seen: 'S3, of objects that it did not replicate',
    example: 'replication status FAILED, failure reason: Access Denied',
  },
  {
    kind: 'replication-refused',
    phrases: ['replicationstatus', 'replication-status', 'replication status'],
    capture: /^replication[ -]?status\b[^]{0,50}?\bFAILED\b/iu,
    standsAlone: true,
    seen: 'aws s3api head-object, and the console',
    example: '"ReplicationStatus": "FAILED"',
  },
  {
    kind: 'replication-refused',
    phrases: ['notpermitted'],
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-failure-codes.html
    capture: /\b(?<reason>AssumeRoleNotPermitted|(?:Src|Dst)[A-Z][A-Za-z]{2,40}NotPermitted)\b/u,
    before: 45,
    standsAlone: true,
    seen: 'events of S3 about objects that it did not replicate, and reports of its batch jobs',
    example: '"s3Operation": "OBJECT_PUT", "failureReason": "DstPutObjNotPermitted"',
  },
  {
    kind: 'replication-bucket',
    phrases: ['destinationbucket'],
    capture:
      /^destinationBucket["']?\s{0,2}[:=]\s{0,2}["']?(?:arn:aws[a-z-]{0,12}:s3:::)?(?<destination>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])/iu,
    standsAlone: false,
    seen: 'events of S3 about replication',
    example: '"destinationBucket": "arn:aws:s3:::amzn-s3-demo-replicas"',
  },
  {
    kind: 'replication-bucket',
    phrases: ['replicationeventdata'],
    capture:
      /"bucket"\s?:\s?\{[^{}]{0,200}?(?:\{[^{}]{0,100}\}[^{}]{0,60}?)?"arn"\s?:\s?"arn:aws[a-z-]{0,12}:s3:::(?<source>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])"[^]{0,600}?replicationEventData/iu,
    before: 1000,
    standsAlone: false,
    seen: 'events of S3 about replication',
    example:
      '"s3":{"bucket":{"arn":"arn:aws:s3:::amzn-s3-demo-source"},"object":{"key":"a"}},"replicationEventData":{}',
  },
  {
    kind: 'replica-owner-changed',
    phrases: ['access_control_translation', 'accesscontroltranslation', 'change object ownership'],
    standsAlone: false,
    seen: 'Terraform, CloudFormation and the console, of replication rules',
    example: 'access_control_translation { owner = "Destination" }',
  },
] as const satisfies readonly ClueShape[]
