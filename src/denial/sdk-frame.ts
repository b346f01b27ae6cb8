import { hasOperation, isOperation, serviceOfOperation } from '../action-catalogue/operations.ts'
import { prefixFor } from '../action-catalogue/service-names.ts'
import { ownValue } from '../iam/own-value.ts'
import type { Clue } from './denial.ts'
import { findLibraryCalls } from './library-calls.ts'
import { clientsOf } from './sdk-clients.ts'
import type { TextView } from './text-view.ts'

/*
 * SDKs leave the operation in their stacks: in the client's method, the request's class, the deserialiser's name.
 * Code beside the error names it as well, where it makes one call alone.
 */

const textLimit = 128 * 1024
const mostFrames = 60

interface FrameShape {
  readonly shape: RegExp
  /** What all that it matches has in it, which is found much faster. */
  readonly needs: RegExp
  readonly from: 'frame' | 'code'
}

const shapes: readonly FrameShape[] = [
  // `com.amazonaws.services.sqs.AmazonSQSClient.executeSendMessage(`, `….sqs.DefaultSqsClient.sendMessage(`
  {
    shape:
      /(?<![A-Za-z0-9])(?:Amazon|AWS|Default)(?<client>[A-Za-z0-9]{2,40}?)(?:Async)?Client\.(?:execute(?=[A-Z]))?(?<operation>[A-Za-z][A-Za-z0-9]{2,60})(?=\()/g,
    needs: /Client\./,
    from: 'frame',
  },
  {
    shape: /\bservices\.(?<client>[a-z0-9]{2,40})\.model\.(?<operation>[A-Z][A-Za-z0-9]{2,60})Request\b/g,
    needs: /\.model\./,
    from: 'frame',
  },
  {
    shape:
      /(?:deserializeAws_(?:json1_[01]|query|ec2|restJson1|restXml)|\bde_)(?<operation>[A-Z][A-Za-z0-9]{2,60}?)CommandError/g,
    needs: /CommandError/,
    from: 'frame',
  },
  // Ruby: "in `get_object'", "in 'Aws::S3::Client#get_object'"
  {
    shape: /\bin {0,1}[`'](?:[A-Za-z:0-9]{1,80}#)?(?<operation>[a-z][a-z0-9]{1,30}(?:_[a-z0-9]{1,30}){1,6})'/g,
    needs: /in {0,1}[`']/,
    from: 'frame',
  },
  // `sqs.sendMessage(params)`, `new SendMessageCommand(input)`
  {
    shape:
      /(?<![\w.$])(?<client>[a-zA-Z][A-Za-z0-9]{1,20}?)(?:_?[cC]lient)?\.(?<operation>[a-z][A-Za-z_0-9]{3,60})(?=\()/g,
    needs: /[A-Za-z_0-9]\(/,
    from: 'code',
  },
  { shape: /\bnew (?<operation>[A-Z][A-Za-z0-9]{2,60})Command(?=\()/g, needs: /Command\(/, from: 'code' },
]

/** Every operation that a stack or code names, of whichever service; which one failed is told by the denial beside. */
export function findFrames(view: TextView): readonly Clue[] {
  const text = view.text.slice(0, textLimit)
  const found: Clue[] = []
  for (const { shape, needs, from } of shapes) {
    if (!needs.test(text)) continue
    let count = 0
    for (const match of text.matchAll(shape)) {
      const { client, operation = '' } = match.groups ?? {}
      const service = client === undefined ? undefined : prefixFor(client)
      const name = operationName(operation)
      if (service === null || name === null || (service !== undefined && !isMethodOf(service, name, from))) continue
      if (++count > mostFrames) break
      found.push({
        kind: 'frame-told',
        values: { operation: name, from, ...(service !== undefined && { service }) },
        span: view.spanOf(match.index, match.index + match[0].length),
      })
    }
  }
  return [...found, ...callsOfClients(view, text), ...findLibraryCalls(view, text)].sort(
    (a, b) => a.span[0] - b.span[0],
  )
}

const methodOfVariable = /(?<![\w.$])([A-Za-z_$][\w$]{0,40})\.([a-z][A-Za-z_0-9]{3,60})(?=\()/g

/** Calls through variables that are not named like their service, where the code shows what they hold. */
function callsOfClients(view: TextView, text: string): readonly Clue[] {
  const clients = clientsOf(text)
  const found: Clue[] = []
  if (clients.size === 0) return found
  for (const match of text.matchAll(methodOfVariable)) {
    const [whole, variable = '', method = ''] = match
    const service = clients.get(variable)
    const operation = service === undefined ? null : operationName(method)
    if (service === undefined || operation === null || !hasOperation(service, operation)) continue
    if (prefixFor(variable.replace(/_?client$/i, '')) === service) continue
    if (found.length >= mostFrames) break
    const span = view.spanOf(match.index, match.index + whole.length)
    found.push({ kind: 'frame-told', values: { operation, from: 'code', service }, span })
  }
  return found
}

// Methods of Java's first SDK that are named otherwise than the operation.
const renamed: Readonly<Record<string, string>> = {
  getobjectmetadata: 'HeadObject',
  initiatemultipartupload: 'CreateMultipartUpload',
  doesobjectexist: 'HeadObject',
  doesbucketexist: 'HeadBucket',
  listnextbatchofobjects: 'ListObjects',
  setbucketpolicy: 'PutBucketPolicy',
  setbucketacl: 'PutBucketAcl',
}

/** The operation behind a method that is named otherwise. */
export const ownName = (method: string): string | undefined =>
  ownValue(renamed, method.replaceAll('_', '').toLowerCase())

/** `sendMessage`, `send_message` and `SendMessage` as AWS writes it; `null` where no service has such an operation. */
function operationName(method: string): string | null {
  const own = ownName(method)
  if (own !== undefined) return own
  const plain = method.replaceAll('_', '').toLowerCase()
  if (!isOperation(plain)) return null
  return method
    .split('_')
    .map((part) => part.slice(0, 1).toUpperCase() + part.slice(1))
    .join('')
}

/** All methods of a client's class are operations, but for its own machinery; a variable may be anything. */
const isMethodOf = (service: string, operation: string, from: FrameShape['from']): boolean =>
  (from === 'frame' && operation !== 'Invoke') || hasOperation(service, operation)

interface FrameOperation {
  readonly service: string
  readonly clue: Clue
  readonly operation: string
}

/** The innermost frame of the service that refused, else the one call that the code makes to it. */
export function operationOfFrames(clues: readonly Clue[], service: string | null): FrameOperation | null {
  const refused = service === null ? null : (prefixFor(service) ?? service)
  const fitting = clues.flatMap((clue) => {
    if (clue.kind !== 'frame-told') return []
    const { operation = '', service: own } = clue.values
    const asked = own ?? refused ?? serviceOfOperation(operation)
    return asked !== null &&
      (refused === null || asked === refused) &&
      (own !== undefined || hasOperation(asked, operation))
      ? [{ service: asked, clue, operation }]
      : []
  })
  const frame = fitting.find(({ clue }) => clue.values['from'] === 'frame')
  if (frame !== undefined) return frame
  const [first, ...others] = fitting
  if (first === undefined || others.some(({ operation }) => operation !== first.operation)) return null
  // Of several places of one call the one that shows what it was about.
  return fitting.find(({ clue }) => clue.values['bucket'] !== undefined) ?? first
}
