import { finding, none, type Finding } from '../finding.ts'
import { act } from '../fixes.ts'
import type { Situation } from '../situation.ts'

// Codes by which services reject what was asked, and not who asks.
const rejections =
  /^(?:Validation(?:Error|Exception)|Invalid(?:Parameter|Request|Input|Argument|State)\w*|BadRequest(?:Exception)?|InsufficientCapabilities\w*|\w*AlreadyExists\w*|\w*(?:InUse|NotInUse|Conflict)(?:Exception)?|\w*InvalidState(?:Exception)?|DisabledException)$/u

export const isRejected = (s: Situation): boolean =>
  s.denial.format === 'neighbour:other-aws-error' &&
  !s.has('permissions-spoken-of') &&
  rejections.test(s.denial.errorCode ?? '')

/** A code that speaks of the request or of the resource, and nothing around it that speaks of permissions. */
export const rejected = (s: Situation): readonly Finding[] =>
  isRejected(s)
    ? [finding('other-system', 'stated', [act('not-iam', 'read-service-error')], { system: 'service' })]
    : none
