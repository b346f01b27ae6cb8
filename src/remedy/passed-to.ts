import { list, type Statement } from '../iam/policy-document.ts'
import type { DeniedRequest } from '../requests/denied-request.ts'
import type { Assumption } from '../verdict/verdict.ts'
import type { Remedy } from './remedy.ts'

const key = 'iam:PassedToService'

/** The services to which the statement lets the role be passed. */
const receiversIn = (statement: Statement | undefined | null): readonly string[] =>
  Object.values(statement?.Condition ?? {}).flatMap((keys) => list(keys[key]).map(String))

interface Passed {
  readonly request: DeniedRequest
  readonly assuming: readonly Assumption[]
}

/**
 * What is passed, with the service to which the remedies let it be passed. Which one the call has given it to stands in
 * no message: a statement that names one is shown to work only for that one, and the proof says so.
 */
export function asPassed(request: DeniedRequest, remedies: readonly Remedy[]): Passed {
  const named = remedies.flatMap(({ change }) => [...receiversIn(change?.add), ...receiversIn(change?.edit?.after)])
  if (request.isReceiverAssumed !== true || named.length === 0) return { request, assuming: [] }
  const derived = request.context[key]
  const services = typeof derived === 'string' ? [derived] : named.filter((name) => !name.includes('<'))
  const [first] = services
  return {
    request: first === undefined ? request : { ...request, context: { ...request.context, [key]: first } },
    assuming: [
      { code: 'passed-to', policyType: null, values: first === undefined ? {} : { services: services.join(' ') } },
    ],
  }
}
