import { isOperation } from '../../action-catalogue/operations.ts'
import { prefixFor } from '../../action-catalogue/service-names.ts'
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

const kindOfService = /(?:^|[^A-Za-z0-9-])[a-z0-9-]{2,60}\.([a-z0-9]{2,30})$/

/** `queue.sqs.aws.crossplane.io`, `topics.sns.services.k8s.aws`: kinds of resources of the controllers of Kubernetes. */
const readKind: Reader = ({ view: { text }, at: places }, at) => {
  const place = places[at] ?? 0
  const name = kindOfService.exec(text.slice(Math.max(0, place - 100), place))?.[1]
  const service = name === undefined ? null : prefixFor(name)
  return service === null ? null : signal('hint', 'controller-kind', at, at + 1, { service })
}

const callerBefore = /arn:aws[a-z-]{0,12}:(?:sts|iam)::[^\s"'`,;|{}()]{4,300}["'`)]{0,2} (?:(?:has|have|just) )?$/
const callBehind =
  /(?:called|invoked|attempted|tried to call|attempted to call|performed) (?:the )?["'`]?([A-Z][a-z]+[A-Z][A-Za-z0-9]{1,60})(?!\w|:\w)/y

/** `arn:… called ListQueues but failed due to AccessDenied`: alerts that tell events of CloudTrail in words. */
const readCalledBy: Reader = ({ view: { text }, at: places, text: squeezed }, at) => {
  const place = places[at] ?? 0
  const arn = callerBefore.exec(text.slice(Math.max(0, place - 340), place))?.[0]
  if (arn === undefined) return null
  callBehind.lastIndex = place
  const operation = callBehind.exec(text)?.[1]
  if (operation === undefined || !isOperation(operation)) return null
  const principal = arn.replace(/["'`)]{0,2} .{0,10}$/, '')
  const start = squeezed.lastIndexOf('arn:', at)
  return {
    ...signal('head', 'called-by', start, at + 1, { principal, operation }),
    marks: { principal: { start, end: start + principal.length } },
  }
}

export const loggedCalls: readonly { readonly anchor: string; readonly read: Reader }[] = [
  { anchor: 'action=', read: readQueryBody },
  { anchor: bufferedAnswer, read: readBufferedAnswer },
  { anchor: '.properties(', read: readSwiftClass },
  ...['.aws.crossplane.io', '.aws.upbound.io', '.services.k8s.aws'].map((anchor) => ({ anchor, read: readKind })),
  ...['called', 'invoked', 'attempted', 'triedtocall', 'performed'].map((anchor) => ({ anchor, read: readCalledBy })),
]
