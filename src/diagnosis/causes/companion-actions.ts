import { identityGrants, type Situation } from '../situation.ts'

/** Actions without which the denied one is of no use in the same job. */
const certain: Readonly<Record<string, readonly string[]>> = {
  'ecr:batchgetimage': ['ecr:GetDownloadUrlForLayer'],
  'ecr:getdownloadurlforlayer': ['ecr:BatchGetImage'],
  'ecr:initiatelayerupload': [
    'ecr:UploadLayerPart',
    'ecr:CompleteLayerUpload',
    'ecr:PutImage',
    'ecr:BatchCheckLayerAvailability',
  ],
}

/** What the message itself names beside the action: the call asked for both, and only one of them is told missing. */
export const namedBeside = (s: Situation, action: string): readonly string[] =>
  s.requests
    .filter(({ from }) => from.action === 'message')
    .flatMap((one) => (one.action === action ? [] : [one.action]))

/** Certain companions on the same resource that the policies read do not grant yet. */
export const companionActions = (s: Situation, action: string): readonly string[] =>
  [...namedBeside(s, action), ...(certain[action.toLowerCase()] ?? [])].filter(
    (companion) => !identityGrants(s, companion, s.resource),
  )
