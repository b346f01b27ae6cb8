import type { ActionCatalogue } from '../action-catalogue/action-catalogue.ts'
import { list, type Statement } from '../iam/policy-document.ts'
import type { DeniedRequest } from '../requests/denied-request.ts'
import type { Fix } from './fix.ts'
import { asLiteral } from './literal-key.ts'
import { withKnownAccounts } from './principal-element.ts'
import { arnForAction, withoutMask } from './resource-form.ts'
import { sidFor } from './sid.ts'

interface Context {
  readonly requests: readonly DeniedRequest[]
  readonly catalogue: ActionCatalogue
}

/** A statement that AWS accepts as it stands: with a Sid, its ARNs in the form that the action wants. */
export const finished = (statement: Statement, { catalogue, requests }: Context): Statement => {
  const { Sid, Effect, Principal, ...rest } = statement
  const [action, ...further] = list(statement.Action)
  const facts = action === undefined ? null : catalogue.find(action)
  const resources = list(statement.Resource).map(asLiteral(requests))
  const formed =
    further.length > 0
      ? resources.map(withoutMask)
      : resources.flatMap((resource) => [...asPrinted(resource, requests), arnForAction(resource, facts)])
  const distinct = [...new Set(formed)]
  const [only] = distinct
  return {
    Sid: Sid ?? sidFor(statement),
    Effect,
    ...(Principal === undefined ? {} : { Principal: withKnownAccounts(Principal) }),
    ...rest,
    ...(only === undefined ? {} : { Resource: distinct.length === 1 ? only : distinct }),
  }
}

/**
 * The ARN of a log group has two forms, and AWS prints the one that it tested: without `:*` it is in need of itself.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html
 */
const asPrinted = (resource: string, requests: readonly DeniedRequest[]): readonly string[] => {
  const [group] = /^arn:[^:]*:logs:[^:]*:\d{12}:log-group:[^:*]+(?=(?::\*)?$)/u.exec(resource) ?? []
  const isPrinted = requests.some((request) => request.resource === group && request.from.resource === 'message')
  return group !== undefined && isPrinted ? [group] : []
}

/** Of an edited statement the resources that are new in it. */
export const withLiterals = (
  { before, after }: NonNullable<Fix['edit']>,
  requests: readonly DeniedRequest[],
): Statement => {
  const present = list(before?.Resource)
  const literal = asLiteral(requests)
  const formed = list(after.Resource).map((one) => (present.includes(one) ? one : literal(one)))
  if (formed.every((one, index) => one === list(after.Resource)[index])) return after
  const [only] = formed
  return { ...after, ...(only === undefined ? {} : { Resource: formed.length === 1 ? only : formed }) }
}
