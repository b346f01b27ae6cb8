import { gapBefore, hasGapBefore, sliceOf, squeezeWords, withoutBreaks } from '../squeezed-text.ts'
import { hasOperation, isCommonService, isOperation } from '../../action-catalogue/operations.ts'
import { prefixFor } from '../../action-catalogue/service-names.ts'
import { isNamedLikeAction } from '../loose-action.ts'
import { servicePrefix } from '../service-names.ts'
import { tokenEnd, trimmedEnd } from '../token.ts'
import { cutRecords } from './cut-record.ts'
import { readBlob } from './encoded-message.ts'
import { readEventRow } from './event-row.ts'
import { loggedCalls } from './logged-calls.ts'
import { iotLogAnchor, readIotLog } from './iot-log.ts'
import {
  deniedAnchors,
  permissionAnchors,
  readDeniedPermission,
  readPermissionToPerform,
} from './permission-to-perform.ts'
import { signal, type Reader } from './reader.ts'
import { readReason, readReasonAround } from './reason.ts'
import { readSimulated, simulatedAnchor } from './simulated.ts'
import { accessLogAnchors, readAccessLog } from './s3-access-log.ts'
import { statusesForUrls } from './status-for-url.ts'

/** The sentence of an encoded message, with or without the blob. */
function readEncoded(words: string): Reader {
  return (squeezed, at) => {
    let start = at + words.length
    if (squeezed.text[start] === ':') start++
    const blob = readBlob(squeezed, start)
    const text = blob === null ? '' : sliceOf(squeezed, blob.start, blob.end).replace(/\s+/g, '')
    return {
      ...signal('tail', 'encoded-message', at, blob?.end ?? start, text === '' ? {} : { encodedMessage: text }),
      class: 'encoded',
      encoded: true,
    }
  }
}

/** How the console says `encoded … message` in Japanese, Korean and Chinese, and in German, Spanish and French. */
const encodedElsewhere = [
  '\u30A8\u30F3\u30B3\u30FC\u30C9\u3055\u308C\u305F',
  '\uC778\uCF54\uB529\uB41C',
  '\u7F16\u7801\u7684',
  '\u7DE8\u78BC\u7684',
  'codierteautorisierung',
  'kodierteautorisierung',
  'mensajedeerrordeautorizaci\xF3ncodificado',
  'messaged\u2019\xE9checdautorisationcod\xE9',
  'messaged\xE9checdautorisationcod\xE9',
]
const toColon = /[^:\uFF1A]{0,40}[:\uFF1A]/y
/** No sentence is that long without a blank. */
const shortestBlob = 40

const readEncodedElsewhere: Reader = (squeezed, at) => {
  toColon.lastIndex = at
  const start = at + (toColon.exec(squeezed.text)?.[0].length ?? 0)
  const blob = start === at ? null : readBlob(squeezed, start)
  const text = blob === null ? '' : sliceOf(squeezed, blob.start, blob.end).replace(/\s+/g, '')
  if (blob === null || text.length < shortestBlob) return null
  return {
    ...signal('tail', 'encoded-message', at, blob.end, { encodedMessage: text }),
    class: 'encoded',
    encoded: true,
  }
}

/** A reason clause; in the middle of nothing it still tells policy type and action. */
const reasonAlone: Reader = (squeezed, at) => {
  const reason = readReason(squeezed, at) ?? readReasonAround(squeezed, at)
  if (reason === null) return null
  const { action } = reason
  return {
    ...signal('tail', 'reason', reason.start, reason.end, {
      ...reason.fields,
      ...(action && { wrapperAction: sliceOf(squeezed, action.start, action.end).replace(/\s+/g, '') }),
    }),
    marks: { reason, ...(action && { action }) },
  }
}

const detailsId = /(?:authorization-details\/|authorizationid:)([0-9a-z]{6,80})/y
const consoleRegion = /https:\/\/([a-z]{2}[a-z-]{2,16}-\d)\.console\.aws/g

/** Id of the request's authorization details; the sentence after it must not run into the id. */
const readDetails: Reader = (squeezed, at) => {
  detailsId.lastIndex = at
  const found = detailsId.exec(squeezed.text)
  const id = found?.[1]
  if (found === null || id === undefined) return null
  const start = at + found[0].length - id.length
  let end = start + 1
  while (end < start + id.length && gapBefore(squeezed, end) === '') end++
  const before = squeezed.text.slice(Math.max(0, at - 120), at)
  consoleRegion.lastIndex = 0
  const region = consoleRegion.exec(before)?.[1]
  return signal('tail', 'authorization-details', at, end, {
    authorizationId: sliceOf(squeezed, start, end),
    ...(region !== undefined && { region }),
  })
}

/** `Access Denied`, in words: S3's whole message, and many a tool's. */
const readWords: Reader = (squeezed, at) => {
  const end = at + 'accessdenied'.length
  const printed = sliceOf(squeezed, at, end)
  return /^access[ \n]+denied$/i.test(printed)
    ? signal('words', /^Access\s+D/.test(printed) ? 'access-denied' : 'access-denied-loose', at, end)
    : null
}

const deniedTo = /accessdeniedto(?:the)?[a-z]{2,24}:?(?=arn:aws)/y

/** `Access denied to connection arn:aws:codeconnections:…`: whoever prints it, the ARN is what was refused. */
const readDeniedTo: Reader = (squeezed, at) => {
  deniedTo.lastIndex = at
  if (!deniedTo.test(squeezed.text)) return null
  const start = deniedTo.lastIndex
  const end = trimmedEnd(squeezed, start, tokenEnd(squeezed, start, start + 300))
  const resource = withoutBreaks(sliceOf(squeezed, start, end))
  const service = resource.split(':')[2]
  if (!service) return null
  return {
    ...signal('sentence', 'access-denied-to-arn', at, end, { resource, service }),
    class: 'bare',
    marks: { resource: { start, end } },
  }
}

const deniedLine =
  /(?:^|\n)[^\S\n]{0,20}(?:[-*>\u2717\u2716\u274c] ?)?(["'`]?)([A-Za-z][\w-]{1,30}:[A-Za-z0-9]{4,60})\1 (?:(?:was|is) )?$/

/** `sns:ListTopics denied`, the whole line: in the middle of a sentence it may tell what a policy says. */
const readDeniedAction: Reader = (squeezed, at) => {
  const { text } = squeezed.view
  const place = squeezed.at[at] ?? 0
  const action = deniedLine.exec(text.slice(Math.max(0, place - 140), place))?.[2]
  if (action === undefined || !/^denied[.!]?[^\S\n]{0,20}(?:\n|$)/iu.test(text.slice(place, place + 30))) return null
  const colon = action.indexOf(':')
  const service = prefixFor(action.slice(0, colon))
  const name = action.slice(colon + 1)
  // `config:GetSettings denied`: other systems name their permissions like AWS's.
  if (service === null || !isNamedLikeAction(name) || !hasOperation(service, name)) return null
  const start = squeezed.text.lastIndexOf(action.toLowerCase(), at)
  return {
    ...signal('core', 'action-denied', start, at + 'denied'.length, { action }),
    class: 'authorization',
    marks: { action: { start, end: start + action.length } },
  }
}

const readForbidden: Reader = (squeezed, at) => {
  const end = at + 'forbidden'.length
  const around = `${squeezed.text[at - 1] ?? ''}${gapBefore(squeezed, at)}`
  if (/[a-z0-9_]$/.test(around)) return null
  // Right in front of the sentence it is the code of the error.
  return squeezed.text.startsWith(':user:arn:', end)
    ? signal('code', 'code', at, end, { errorCode: sliceOf(squeezed, at, end) })
    : signal('words', 'forbidden', at, end)
}

const cutOperation = /([a-z0-9-]{1,40}):([a-z0-9]{3,80})$/

/** `S3: HeadObject, https response error …`: Go's wrapper without its first words. */
const readCutOperation: Reader = (squeezed, at) => {
  const from = Math.max(0, at - 130)
  const before = squeezed.text.slice(from, at)
  const found = cutOperation.exec(before)
  if (found === null || (found[1] ?? '').includes('operationerror')) return null
  const operation = at - (found[2] ?? '').length
  return signal('head', 'go-v2', operation, at, {
    operation: sliceOf(squeezed, operation, at),
    service: found[1] ?? '',
  })
}

/** `PutObject API responded with error=…`, `PutObject failed with`: Fluent Bit's words, and people's. */
const readOperationBefore: Reader = (squeezed, at) => {
  let start = at
  while (start > 0 && at - start < 60 && gapBefore(squeezed, start) === (start === at ? gapBefore(squeezed, at) : ''))
    start--
  const operation = sliceOf(squeezed, start, at)
  if (!/^[A-Z][a-z]+[A-Z][A-Za-z0-9]*$/.test(operation)) return null
  return isOperation(operation) ? signal('head', 'operation-before', start, at, { operation }) : null
}

const nameBehind = /(?:the)?([a-z]{3,60})/y

/** `AccessDenied when calling PutObject`: the CLI's words, told by people without its brackets. */
const readOperationBehind: Reader = (squeezed, at) => {
  if (squeezed.text[at - 1] === ')') return null
  nameBehind.lastIndex = at + 'whencalling'.length
  const found = nameBehind.exec(squeezed.text)
  const run = found?.[1]?.length ?? 0
  const start = nameBehind.lastIndex - run
  let end = start + 1
  while (end < start + run && !hasGapBefore(squeezed, end)) end++
  const operation = sliceOf(squeezed, start, end)
  if (!/^[A-Z][a-z]+[A-Z]/.test(operation) || !isOperation(operation)) return null
  return signal('head', 'operation-behind', at, end, { operation })
}

const host = /\/\/([a-z0-9.<>{}$_-]{2,250})$/
/** Without `https://`, where the words before say that it was asked. */
const askedHost =
  /\b(?:request(?:ed)? (?:to|from)|connect(?:ing|ed)? to|host|endpoint|url)[:=]? ?["'`]?([a-z0-9.-]{2,100})$/i
const notService = /^$|[<>{}$_]|^(?:dualstack|fips)$/
const regionName = /^[a-z]{2}(?:-[a-z]{2,10}){1,2}-\d$/

/** The host of an AWS endpoint names service and Region: `sts.eu-west-1`, `bucket.s3`, `domain.eu-west-1.es`. */
const readHost: Reader = (squeezed, at) => {
  const { view, at: places } = squeezed
  const place = places[at] ?? 0
  const found =
    host.exec(squeezed.text.slice(Math.max(0, at - 260), at)) ??
    askedHost.exec(view.text.slice(Math.max(0, place - 130), place))
  const labels = found?.[1]?.split('.') ?? []
  const region = labels.slice(-2).find((label) => regionName.test(label))
  const service = labels.filter((label) => label !== region && !notService.test(label)).at(-1)
  if (service === undefined) return null
  return signal('hint', 'endpoint', at, at + 1, {
    service: service.startsWith('s3-') ? 's3' : service === 'queue' ? 'sqs' : service,
    ...(region !== undefined && { region }),
  })
}

const packageName = /[a-z0-9-]{2,40}/y

/** Packages and classes of the SDKs carry the service's name: `@aws-sdk/client-ssm/`, `awssdk.services.s3.model`. */
const readPackage =
  (words: string): Reader =>
  (squeezed, at) => {
    packageName.lastIndex = at + words.length
    const name = packageName.exec(squeezed.text)?.[0]
    return name === undefined ? null : signal('hint', 'sdk-package', at, packageName.lastIndex, { service: name })
  }

const className = /(?:^|[^A-Za-z0-9])([A-Z][A-Za-z0-9]{1,40})$/

/** `DynamoDBServiceException`: the base class of each client's errors in the AWS SDK for JavaScript v3. */
const readServiceException: Reader = (squeezed, at) => {
  const start = squeezed.at[at] ?? 0
  const found = className.exec(squeezed.view.text.slice(Math.max(0, start - 42), start))?.[1]
  const service = found === undefined ? '' : servicePrefix(found)
  return isCommonService(service) ? signal('hint', 'sdk-package', at, at + exceptionAnchor.length, { service }) : null
}

const exceptionAnchor = 'serviceexception'

const phpClass = /aws\\{1,2}([a-z0-9]{2,40})\\{1,2}exception\\/y

/** `Aws\S3\Exception\AccessDeniedException`: every service has exceptions of its own in the SDK for PHP. */
const readPhpClass: Reader = (squeezed, at) => {
  phpClass.lastIndex = at
  const name = phpClass.exec(squeezed.text)?.[1]
  return name === undefined || name === 'common' ? null : signal('hint', 'sdk-class', at, at + 4, { service: name })
}

const packages = [
  '@aws-sdk/client-',
  '@aws-sdk/middleware-sdk-',
  'com.amazonaws.services.',
  'awssdk.services.',
  'aws-sdk/lib/services/',
]

const encodedSentences = ['encoded authorization failure message', 'encoded message', 'encoded authorization message']

export const readSpecialSignals: readonly { readonly anchor: string; readonly read: Reader }[] = [
  ...encodedElsewhere.map((anchor) => ({ anchor, read: readEncodedElsewhere })),
  ...encodedSentences.map((words) => ({ anchor: squeezeWords(words), read: readEncoded(squeezeWords(words)) })),
  ...[
    'explicitdeny',
    'withanexplicitdeny',
    'becauseno',
    'noidentity-based',
    'noresource-based',
    'nopermissionsboundary',
    'nosession',
    'noservicecontrol',
    'novpcendpoint',
    'noroletrust',
    'explicitlydenies',
  ].map((anchor) => ({ anchor, read: reasonAlone })),
  { anchor: 'authorization-details/', read: readDetails },
  { anchor: 'authorizationid:', read: readDetails },
  { anchor: ',httpsresponseerror', read: readCutOperation },
  ...[
    'apirespondedwith',
    'failedwith',
    'failedfor',
    'failedon',
    'failedbecause',
    'failed:',
    'failed.',
    'callfailed',
    'requestfailed',
    'operationfailed',
  ].map((anchor) => ({ anchor, read: readOperationBefore })),
  ...loggedCalls,
  { anchor: 'whencalling', read: readOperationBehind },
  { anchor: '.amazonaws.com', read: readHost },
  { anchor: '.amazonaws.com', read: readEventRow },
  ...cutRecords,
  { anchor: exceptionAnchor, read: readServiceException },
  { anchor: 'aws\\', read: readPhpClass },
  ...packages.map((words) => ({ anchor: words, read: readPackage(words) })),
  { anchor: 'accessdenied', read: readWords },
  { anchor: 'accessdeniedto', read: readDeniedTo },
  { anchor: 'denied', read: readDeniedAction },
  { anchor: simulatedAnchor, read: readSimulated },
  { anchor: iotLogAnchor, read: readIotLog },
  ...permissionAnchors.map((anchor) => ({ anchor, read: readPermissionToPerform })),
  ...deniedAnchors.map((anchor) => ({ anchor, read: readDeniedPermission })),
  ...accessLogAnchors.map((anchor) => ({ anchor, read: readAccessLog })),
  { anchor: 'forbidden', read: readForbidden },
  ...statusesForUrls,
]
