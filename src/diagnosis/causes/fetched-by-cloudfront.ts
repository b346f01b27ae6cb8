import type { Situation } from '../situation.ts'

/**
 * What visitors see of S3's answer to CloudFront, which reads objects and names no operation: a call of an SDK, or of
 * another service, is not CloudFront's, whatever stands before the app that made it.
 */
export const isFetchedByCloudFront = (s: Situation): boolean =>
  s.has('cloudfront-at-work') &&
  s.denial.class === 'bare' &&
  s.denial.operation === null &&
  (s.service ?? s.denial.service ?? 's3') === 's3'
