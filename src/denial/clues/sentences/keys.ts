import type { ClueShape } from '../clue-shape.ts'

/** Of keys behind other services. */
export const keySentences = [
  {
    kind: 'log-group-key',
    phrases: ['kms key does not exist or is not allowed to be used with arn'],
    capture: /used with Arn '?(?<logGroup>arn:[\w-]{3,12}:logs:[\w-]{0,30}:[\w*-]{0,20}:log-group:[\w./#*-]{1,512})/iu,
    standsAlone: false,
    seen: 'CloudWatch Logs, which uses the key of a log group under its own name',
    example:
      "The specified KMS key does not exist or is not allowed to be used with Arn 'arn:aws:logs:eu-west-1:111122223333:log-group:orders'",
  },
  {
    kind: 'operation-undetermined',
    phrases: ['unable to determine service/operation name to be authorized'],
    standsAlone: false,
    seen: 'a request to the wrong path, or signed for another service',
    example: 'AccessDeniedException: Unable to determine service/operation name to be authorized',
  },
  {
    kind: 'absent-or-refused',
    phrases: ['the resource does not exist in this region'],
    standsAlone: false,
    seen: 'KMS and others, of keys and resources that the other side does not show',
    example:
      'is not authorized to perform: kms:Encrypt on this resource because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access',
  },
  {
    kind: 'kms-ciphertext-refers',
    phrases: [
      'ciphertext refers to a customer master key',
      'ciphertext refers to a kms key',
      'ciphertext refers to a key',
      'ciphertext references a key',
    ],
    standsAlone: true,
    seen: 'KMS, relayed by SQS, SNS, Lambda, S3',
    example:
      'The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.',
  },
  {
    kind: 'kms-behind-refused',
    phrases: [
      'access to kms is not allowed',
      'access to kms key is not allowed',
      'kms key access denied',
      'kms access was denied',
      'sufficient permissions for the cmk',
      'sufficient permissions for the kms key',
    ],
    standsAlone: true,
    seen: 'Secrets Manager, ECS, Lambda, Firehose',
    example: 'AccessDeniedException: Access to KMS is not allowed',
  },
  {
    kind: 'kms-access-code',
    phrases: ['kmsaccessdenied', 'kms.accessdenied', 'awskms;'],
    standsAlone: false,
    seen: 'error codes of services that relay KMS',
    example: 'KMSAccessDeniedException: access denied',
  },
  {
    kind: 'kms-key-inaccessible',
    phrases: [
      'inaccessible aws kms key',
      'inaccessible kms key',
      'customerkeyhasbeenrevoked',
      'kms key is inaccessible',
      'encrypted with an inaccessible',
      'invalidkmskey',
      'kmskeynotaccessible',
      'is not enabled or you do not have permissions to access it',
      'volume is encrypted but the instance',
    ],
    standsAlone: true,
    seen: 'EC2, Auto Scaling, MSK, OpenSearch',
    example: 'One or more of the attached Amazon EBS volumes are encrypted with an inaccessible AWS KMS key.',
  },
  {
    kind: 'copy-key-undescribed',
    phrases: ['given key id is not accessible'],
    standsAlone: true,
    seen: 'EC2, copies of snapshots and images',
    example: 'Given key ID is not accessible. You must have DescribeKey permissions on the default CMK',
  },
  {
    kind: 'kms-key-told',
    phrases: ['kms key ['],
    capture: /kms key \[(?<key>[^\]\s]{1,300})\]/iu,
    standsAlone: false,
    seen: 'RDS',
    example: 'The source snapshot KMS key [arn:aws:kms:eu-west-1:111122223333:key/1234abcd] does not exist',
  },
  {
    kind: 'kms-key-told',
    phrases: ['invalid keyid'],
    capture: /invalid keyid ['"]?(?<key>[\w:/-]{1,300})/iu,
    standsAlone: false,
    seen: 'KMS',
    example: "Invalid keyId 'alias/orders'",
  },
  {
    kind: 'kms-key-told',
    phrases: ["key 'arn:", 'key "arn:', 'alias arn:'],
    capture:
      /(?:key|alias) ['"]?(?<key>arn:[\w:/-]{1,300})['"]? (?:does not exist|is not found|is disabled|is pending)/iu,
    standsAlone: false,
    seen: 'KMS',
    example: 'Alias arn:aws:kms:eu-west-1:111122223333:alias/orders is not found.',
  },
  {
    kind: 'snapshot-key-told',
    phrases: ['snapshot kms key'],
    standsAlone: false,
    seen: 'RDS',
    example: 'The source snapshot KMS key [arn:aws:kms:eu-west-1:111122223333:key/1234abcd] does not exist',
  },
  {
    kind: 'launch-failed',
    phrases: ['client.internalerror', 'client error on launch', 'invalidvolume.notfound'],
    standsAlone: true,
    seen: 'EC2, Auto Scaling activities; the volume vanishes because its key refused',
    example: 'State transition reason: Client.InternalError: Client error on launch',
  },
  {
    kind: 'lambda-environment-key',
    phrases: ['unable to decrypt the environment variables'],
    standsAlone: true,
    seen: 'Lambda',
    example: 'Lambda was unable to decrypt the environment variables because KMS access was denied.',
  },
] as const satisfies readonly ClueShape[]
