import type { Denial } from '../denial/denial.ts'
import type { ReplyDiagnosis } from './schema.ts'

/** What the text says, without what must not be echoed: encoded messages and authorization ids are only said to be there. */
export function buildDenial(denial: Denial): ReplyDiagnosis['denial'] {
  const { class: denialClass, principal, principalType, accountId, roleOrUserName, sessionName } = denial
  const { action, resource, policyType, effect, policyArn, operation, service, errorCode, requestId } = denial
  const { format, wrapper, occurrences, region, marks } = denial
  return {
    class: denialClass,
    principal,
    principalType,
    accountId,
    roleOrUserName,
    sessionName,
    action,
    resource,
    policyType,
    effect,
    policyArn,
    operation,
    service,
    errorCode,
    requestId,
    encodedMessage: denial.encodedMessage === null ? null : { present: true },
    authorizationId: denial.authorizationId === null ? null : { present: true },
    format,
    wrapper,
    occurrences,
    sessions: denial.sessions,
    span: denial.span,
    marks,
    region,
  }
}
