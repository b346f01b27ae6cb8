import { finding, none, type Finding } from '../finding.ts'
import { act } from '../fixes.ts'
import type { Situation } from '../situation.ts'
import { isKeyState, keyUnusable } from './key-state.ts'

// Codes by which services reject what was asked, and not who asks.
const rejections =
  /^(?:Validation(?:Error|Exception)|Invalid(?:Parameter|Request|Input|Argument|State)\w*|BadRequest(?:Exception)?|InsufficientCapabilities\w*|\w*AlreadyExists\w*|\w*(?:InUse|NotInUse|Conflict)(?:Exception)?|\w*InvalidState(?:Exception)?|DisabledException)$/u

/** An error of AWS that is none of a denial, and nothing around it that speaks of permissions. */
const isOfRequest = (s: Situation): boolean =>
  s.has('operation-undetermined') ||
  (s.denial.format === 'neighbour:other-aws-error' && !s.has('permissions-spoken-of'))

export const isRejected = (s: Situation): boolean => isOfRequest(s) && rejections.test(s.denial.errorCode ?? '')

const refusal = (): Finding =>
  finding('other-system', 'stated', [act('not-iam', 'read-service-error')], { system: 'service' })

/** A code that speaks of the request or of the resource. */
export const rejected = (s: Situation): readonly Finding[] =>
  isRejected(s) ? (isKeyState(s) ? keyUnusable(s) : [refusal()]) : none

/** Any other code that is none of a denial, once nothing else was found. */
export const refusedByService = (s: Situation): readonly Finding[] => (isOfRequest(s) ? [refusal()] : none)
