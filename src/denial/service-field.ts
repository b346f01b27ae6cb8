import { isCommonService, serviceOfOperation } from '../action-catalogue/operations.ts'
import { findErrorCode } from './error-codes.ts'
import type { Report } from './group-signals.ts'
import { farHint, hintNear } from './hints.ts'
import { servicePrefix } from './service-names.ts'
import type { Fields, Signal } from './signal.ts'

const farEndpoint = 400

/** The service that refused: the one that the error names, else the one that the words around it speak of. */
export function serviceField(report: Report, fields: Fields, sentence: Signal | null, format: string): Fields {
  const { action, operation, errorCode, resource } = fields
  if (format === 'role-check' && fields.service !== undefined) return { service: servicePrefix(fields.service) }
  if (action?.includes(':') === true) return { service: action.slice(0, action.indexOf(':')).toLowerCase() }
  if (sentence?.relayed === true) return { service: speakerOf(report, fields, sentence) }
  if (sentence?.fields.service !== undefined) return { service: servicePrefix(sentence.fields.service) }
  if (resource !== undefined && /^https:\/\/(?:sqs\.|[\w.-]+\.queue\.)/.test(resource)) return { service: 'sqs' }
  if (fields.service !== undefined) return { service: servicePrefix(fields.service) }
  const hint = nearestHint(report)
  const named = operation === undefined ? null : ownerOf(operation, hint, report, fields)
  const ofCode = errorCode === undefined ? undefined : findErrorCode(errorCode)?.service
  // The sentence about the encoded message is EC2's; others that relay it name themselves.
  // `CreateTags` is an operation of several services; EC2's error codes are its own.
  const found =
    (ofCode === 'ec2' ? ofCode : named) ??
    ofCode ??
    hint ??
    (report.signals.some(({ encoded }) => encoded) ? 'ec2' : null)
  return found === null ? {} : { service: found }
}

/** Told in prose, a name that only a service has which few people use may be anybody's: `CreateOrder failed`. */
const inProse: ReadonlySet<string> = new Set(['operation-before', 'operation-behind'])

function ownerOf(operation: string, hint: string | null, { signals }: Report, { principal }: Fields): string | null {
  const found = serviceOfOperation(operation, hint)
  if (found === null || found === hint || isCommonService(found) || principal?.startsWith('arn:') === true) return found
  const isPrinted = signals.some(({ kind, name, fields }) => kind === 'head' && !inProse.has(name) && fields.operation)
  return isPrinted ? found : null
}

/** Who says that another service refused: the one that the wrapper or the operation names, else the other itself. */
function speakerOf(report: Report, { operation }: Fields, sentence: Signal): string {
  const stated = report.signals.find((signal) => signal !== sentence && signal.fields.service !== undefined)
  if (stated?.fields.service !== undefined) return servicePrefix(stated.fields.service)
  const hint = nearestHint(report)
  const named = operation === undefined ? null : serviceOfOperation(operation, hint)
  // Secrets Manager keeps to these words for every key that it may not use.
  return named ?? (hint === 'secretsmanager' ? hint : null) ?? sentence.fields.service ?? ''
}

/** The Region in the URL of an endpoint beside the error. */
export function regionField(report: Report): Fields {
  const region = hintNear(report.signals, report.endpoints, farEndpoint)?.fields.region
  return region === undefined ? {} : { region }
}

/** The service named nearest to the error: before it, inside or after it. */
function nearestHint(report: Report): string | null {
  const hint = hintNear(report.signals, report.hints, farHint)
  return hint === null ? null : servicePrefix(hint.fields.service ?? '')
}
