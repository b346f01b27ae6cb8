import type { ClueShape } from '../clue-shape.ts'

/** Of tasks, clusters and sessions. */
export const workloadSentences = [
  {
    kind: 'ecs-secret-retrieval',
    phrases: [
      'execution resource retrieval failed',
      'unable to retrieve secret',
      'unable to pull secrets or registry auth',
    ],
    capture: /(?:from (?<store>ssm|asm)|pull secrets|resource retrieval)/iu,
    standsAlone: true,
    seen: 'ECS stopped reason',
    example: 'ResourceInitializationError: execution resource retrieval failed: unable to retrieve secret from asm',
  },
  {
    kind: 'ecs-image-pull',
    phrases: ['cannotpull', 'unable to retrieve ecr registry auth', 'pull image manifest has been retried'],
    standsAlone: true,
    seen: 'ECS stopped reason',
    example: 'CannotPullContainerError: Error response from daemon',
  },
  {
    kind: 'ecs-log-driver',
    phrases: [
      'failed to initialize logging driver',
      'failed to create cloudwatch log stream',
      'failed to create cloudwatch log group',
    ],
    standsAlone: true,
    seen: 'ECS with the awslogs driver',
    example: 'failed to initialize logging driver: failed to create Cloudwatch log stream',
  },
  {
    kind: 'ecs-exec-refused',
    phrases: [
      'targetnotconnected',
      'execute command failed',
      'executecommandagent',
      // The toolkits for editors, once the task has no role that opens the channel.
      'insufficient permissions to execute command',
    ],
    standsAlone: true,
    seen: 'ECS Exec',
    example: 'An error occurred (TargetNotConnectedException) when calling the ExecuteCommand operation',
  },
  {
    kind: 'managed-policies-listed',
    phrases: ['ensure the following polic'],
    capture:
      /following polic(?:y|ies):?\s{0,4}\[?(?<policies>[\w:/,\s-]{5,400}?)\s{0,4}\]?\s{1,4}(?:are|is) attached/iu,
    standsAlone: false,
    seen: 'EKS',
    example: 'Please ensure the following policies [arn:aws:iam::aws:policy/AmazonEKSClusterPolicy] are attached',
  },
  {
    // AWS prints the time of the request, its own, and how far they may be apart.
    kind: 'signature-too-old',
    phrases: ['signature expired', 'signature not yet current', 'requesttimetooskewed', 'time too skewed'],
    standsAlone: false,
    seen: 'STS and others',
    example: 'Signature expired: 20260101T000000Z is now earlier than 20260101T001000Z (20260101T002500Z - 15 min.)',
  },
  {
    kind: 'signature-version-asked',
    phrases: ['please use aws4-', 'please use signature version 4a', 'require aws signature version 4'],
    capture:
      /^(?:please use (?:aws4-(?<curve>ecdsa)|signature version (?<version>4a)\b)|please use aws4-hmac|require)/iu,
    standsAlone: false,
    seen: 'S3',
    example: 'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
  },
  {
    kind: 'authorization-header-malformed',
    phrases: [
      'the authorization header requires',
      'requires three components',
      'authorization header requires',
      'the credential is mal-formed',
      'credential must have exactly',
      'missing equal-sign',
      'authorization header is empty',
    ],
    standsAlone: false,
    seen: 'S3 and others, on headers that they cannot take apart',
    example: 'the authorization header requires three components: Credential, SignedHeaders, and Signature',
  },
  {
    kind: 'session-target',
    phrases: ['is not connected'],
    capture: /(?<target>\b(?:m?i-[\w*]{3,20}|ecs:[\w-]{1,160})) is not connected/iu,
    before: 170,
    standsAlone: false,
    seen: 'Session Manager',
    example: 'i-0123456789abcdef0 is not connected.',
  },
  {
    kind: 'session-target',
    phrases: ['--target'],
    capture: /--target[ =]["']?(?<target>(?:m?i-[\w*]{3,20}|ecs:[\w-]{1,160}))/iu,
    standsAlone: false,
    seen: 'aws ssm start-session',
    example: 'aws ssm start-session --target i-0123456789abcdef0',
  },
  {
    kind: 'session-log-unencrypted',
    phrases: ['encryption is not set up on the selected', 'unable to validate encryption on'],
    capture: /(?:set up on the selected|encryption on) (?:amazon )?(?<place>cloudwatch logs|s3)/iu,
    standsAlone: false,
    seen: 'Session Manager, whose preferences say where sessions are logged',
    example: 'encryption is not set up on the selected CloudWatch Logs log group',
  },
  {
    kind: 'session-log-unread',
    phrases: ['unable to validate encryption on'],
    standsAlone: false,
    seen: 'Session Manager',
    example: 'unable to validate encryption on Amazon S3 bucket',
  },
  {
    kind: 'session-key-told',
    phrases: ['start the session because', 'for the following reasons', 'fetching data key'],
    // In the sentence of Session Manager itself; policies beside it speak of keys as well.
    capture: /(?:start the session because|for the following reasons|fetching)[^\n.]{0,200}?(?:data key|\bkms\b)/iu,
    standsAlone: false,
    seen: 'Session Manager, sessions under a key',
    example: 'Fetching data key failed: Unable to retrieve data key',
  },
] as const satisfies readonly ClueShape[]
