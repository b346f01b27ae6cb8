import { parseArn } from '../../iam/arn.ts'
import type { Situation } from '../situation.ts'
import type { ReadCondition } from '../statements.ts'

/**
 * An inference profile across Regions is called in one Region and asks for the model in another, to which Bedrock
 * routed the request: whoever calls it is in the right Region already.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/cross-region-inference.html
 */
export function routedTo(s: Situation, { key, values }: ReadCondition): string | null {
  if (key.toLowerCase() !== 'aws:requestedregion' || s.service !== 'bedrock') return null
  const arn = parseArn(s.resource ?? '')
  if (arn === null || arn.region === '' || !arn.resource.startsWith('foundation-model/')) return null
  const isFromThere = s
    .told('region-named', 'region')
    .some((region) => region !== arn.region && values.includes(region))
  return s.has('inference-profile-told') || isFromThere ? arn.region : null
}
