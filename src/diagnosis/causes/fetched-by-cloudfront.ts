import type { Situation } from '../situation.ts'

/**
 * What visitors see of S3's answer to CloudFront, which reads objects and names no operation: a call of an SDK, or of
 * another service, is not CloudFront's, whatever stands before the app that made it.
 */
export const isFetchedByCloudFront = (s: Situation): boolean =>
  s.has('cloudfront-at-work') &&
  isOfVisitor(s) &&
  s.denial.operation === null &&
  (s.service ?? s.denial.service ?? 's3') === 's3'

/** What a site's visitor gets to see; where the text names the action, it is what CloudFront may do or should. */
const isOfVisitor = ({ denial, action, operation }: Situation): boolean =>
  denial.class === 'bare' ||
  (action === 's3:GetObject' &&
    operation === null &&
    denial.principal === null &&
    denial.policyType === null &&
    denial.effect === null)
