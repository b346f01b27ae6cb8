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

/** Certain companions on the same resource that the policies read do not grant yet. */
export const companionActions = (s: Situation, action: string): readonly string[] =>
  (certain[action.toLowerCase()] ?? []).filter((companion) => !identityGrants(s, companion, s.resource))
