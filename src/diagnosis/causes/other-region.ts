import { finding } from '../finding.ts'
import { act } from '../fixes.ts'
import type { Answer } from './answer.ts'

/**
 * The request went to, or was signed for, another Region than the bucket's.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingRouting.html
 */
export const otherRegion: Answer = (s) => {
  const [expected] = s.told('region-expected', 'region')
  const [located] = s.told('bucket-region', 'region')
  const region = expected ?? located
  // The Region that was asked is not the one to set.
  if (region === undefined)
    return [finding('wrong-region', 'stated', [act('not-iam', 'set-region', { region: '' })], { region: s.region })]
  return [
    finding('wrong-region', 'stated', [act('not-iam', 'set-region', { region })], {
      region,
      why: expected === undefined ? 'located' : 'expected',
    }),
  ]
}
