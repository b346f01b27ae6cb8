import type { Row } from '../signal.ts'

/** EC2 and those that relay it: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html */
export const ec2Rows: readonly Row[] = [
  {
    name: 'ec2-not-authorized',
    kind: 'sentence',
    class: 'bare',
    words: 'not authorized to perform this operation',
    // Tencent Cloud has the sentence as well.
    unless: /campolicies|qcs::/,
    example: 'UnauthorizedOperation: You are not authorized to perform this operation.',
    seen: 'EC2 API reference, common client errors',
  },
  {
    name: 'ec2-console-describe',
    kind: 'sentence',
    class: 'bare',
    words: 'you are not authorized to describe',
    sets: { service: 'ec2' },
    example: 'You are not authorized to describe Running Instances',
    seen: 'the console of EC2, on its dashboard',
  },
  {
    name: 'ec2-auth-failure-resource',
    kind: 'sentence',
    class: 'bare',
    words: [
      'you do not have permission to access the specified resource',
      'unauthorized attempt to access restricted resource',
    ],
    sets: { service: 'ec2' },
    example:
      'An error occurred (AuthFailure) when calling the ReleaseAddress operation: You do not have permission to access the specified resource.',
    seen: 'EC2 AuthFailure in AWS CLI output',
  },
]
