import { isOperation } from '../../action-catalogue/operations.ts'
import { signal, type Reader } from './reader.ts'

/*
 * What clients log of a request or of its answer, in forms that have no fixed words in front of the name.
 */

const queryBody = /^action=([a-z0-9]{3,60})(?=["'`&\s]|$)/i

/** `Action=ListQueues&Version=2012-11-05`: a call in the query protocol, as clients log it. */
const readQueryBody: Reader = ({ view, at: places }, at) => {
  const start = places[at] ?? 0
  const operation = queryBody.exec(view.text.slice(start, start + 70))?.[1]
  if (operation === undefined || !/^[A-Z][a-z]+[A-Z]/.test(operation) || !isOperation(operation)) return null
  return signal('head', 'query-body', at, at + 'action='.length + operation.length, { operation })
}

const bufferedAnswer = 'error:unknown(bufferedhttpresponse'

/** `AssumeRoleError: Unknown(BufferedHttpResponse {status: 403, …`: Rusoto, the first SDK for Rust. */
const readBufferedAnswer: Reader = ({ view, at: places }, at) => {
  const end = places[at] ?? 0
  const operation = /[A-Z][A-Za-z0-9]{2,60}$/.exec(view.text.slice(Math.max(0, end - 61), end))?.[0]
  return operation === undefined || !isOperation(operation)
    ? null
    : signal('head', 'rust', at - operation.length, at + bufferedAnswer.length, { operation })
}

const swiftClass = /\bAWS([A-Z][A-Za-z0-9]{1,40})\.[A-Z]\w{1,80}$/

/** `AWSBedrockRuntime.AccessDeniedException.Properties(`: what the exceptions of the AWS SDK for Swift hold. */
const readSwiftClass: Reader = ({ view, at: places }, at) => {
  const end = places[at] ?? 0
  const name = swiftClass.exec(view.text.slice(Math.max(0, end - 130), end))?.[1]
  return name === undefined ? null : signal('hint', 'sdk-class', at, at + 1, { service: name })
}

export const loggedCalls: readonly { readonly anchor: string; readonly read: Reader }[] = [
  { anchor: 'action=', read: readQueryBody },
  { anchor: bufferedAnswer, read: readBufferedAnswer },
  { anchor: '.properties(', read: readSwiftClass },
]
