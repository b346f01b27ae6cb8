import type { NeighbourRow } from '../neighbour-row.ts'

/** The state of a key, and how long a session may last: whoever asks, and whatever the policies say. */
export const keyAndSessionRows: readonly NeighbourRow[] = [
  {
    name: 'kms-key-unusable',
    kind: 'sentence',
    class: 'other-aws',
    words: [
      'the kms key provided is in an incorrect state',
      'because the kms key used is disabled',
      'because the state of the kms key used is not valid',
      'kms key is disabled or pending deletion',
      'kms key is pending deletion',
    ],
    example:
      'Client.InvalidKMSKey.InvalidState: The KMS key provided is in an incorrect state. Launching EC2 instance failed.',
    seen: 'Auto Scaling, EC2 and Lambda, where the key is disabled, pending deletion or without key material',
  },
  {
    name: 'session-duration-too-long',
    kind: 'sentence',
    class: 'other-aws',
    words: 'exceeds the 1 hour session limit for roles assumed by role chaining',
    sets: { service: 'sts' },
    example: 'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
    seen: 'STS, where a session of one role takes another role',
  },
  {
    name: 'session-duration-too-long',
    kind: 'sentence',
    class: 'other-aws',
    words: 'exceeds the maxsessionduration set for this role',
    sets: { service: 'sts' },
    example: 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    seen: 'STS on AssumeRole, AssumeRoleWithSAML and AssumeRoleWithWebIdentity',
  },
]
