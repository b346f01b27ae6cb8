import {
  hasOperation,
  isCommonService,
  serviceOfOperation,
  servicesOfOperation,
} from '../action-catalogue/operations.ts'
import { findErrorCode } from './error-codes.ts'
import type { Report } from './group-signals.ts'
import { extentOf, farHint, hintNear } from './hints.ts'
import { servicePrefix } from './service-names.ts'
import type { Fields, Signal } from './signal.ts'
import type { SqueezedText } from './squeezed-text.ts'

const farEndpoint = 400

/** The service that refused: the one that the error names, else the one that the words around it speak of. */
export function serviceField(
  report: Report,
  fields: Fields,
  sentence: Signal | null,
  format: string,
  squeezed: SqueezedText,
): Fields {
  const { action, operation, errorCode, resource } = fields
  if (format === 'role-check' && fields.service !== undefined) return { service: servicePrefix(fields.service) }
  if (action?.includes(':') === true) return { service: action.slice(0, action.indexOf(':')).toLowerCase() }
  if (sentence?.relayed === true) return { service: speakerOf(report, fields, sentence) }
  if (sentence?.fields.service !== undefined) return { service: servicePrefix(sentence.fields.service) }
  if (resource !== undefined && /^https:\/\/(?:sqs\.|[\w.-]+\.queue\.)/.test(resource)) return { service: 'sqs' }
  if (fields.service !== undefined) return { service: servicePrefix(fields.service) }
  const near = nearestHint(report)
  const hint = operation === undefined ? near : ownerNamed(operation, near, report, squeezed)
  const named = operation === undefined ? null : ownerOf(operation, hint, report, fields)
  const ofCode = errorCode === undefined ? undefined : findErrorCode(errorCode)?.service
  // The sentence about the encoded message is EC2's; others that relay it name themselves.
  // `CreateTags` is an operation of several services; EC2's error codes are its own, but for Redshift's.
  const found =
    (ofCode === 'ec2' && isOfEc2(operation) ? ofCode : named) ??
    ofCode ??
    hint ??
    (report.signals.some(({ encoded }) => encoded) ? 'ec2' : null)
  return found === null ? {} : { service: found }
}

/** No other service's alone. */
const isOfEc2 = (operation: string | undefined): boolean =>
  operation === undefined || hasOperation('ec2', operation) || servicesOfOperation(operation).length === 0

/**
 * The service that was called, where what it asked for is another's: `iam:PassRole`, `kms:Decrypt`. By the wrapper, or
 * by the words around where its operation is also another service's.
 */
export function calledService(report: Report, { service, operation }: Fields, squeezed: SqueezedText): string | null {
  if (service !== undefined) return servicePrefix(service)
  if (operation === undefined || servicesOfOperation(operation).length < 2) return null
  const named = ownerNamed(operation, nearestHint(report), report, squeezed)
  return named !== null && hasOperation(named, operation) ? named : null
}

const around = 1200
const mostRead = 4000
const serviceNamed =
  /arn:aws[a-z-]{0,12}:([a-z0-9-]{2,40}):|(?<![\w.-])([a-z0-9-]{2,40})\.(?:[a-z]{2}-[a-z-]{4,14}-\d\.)?amazonaws\.com(?![\w-])|\b(?:client|resource)\(\s{0,20}["']([a-z0-9-]{2,40})["']|\b(?:facade|modules|services|resources)\/(?:aws_)?([a-z0-9]{2,20})[_./]/gu

/**
 * Of the services that have an operation of this name the one whose ARNs, hosts, principal, client or module stand
 * around the error;
 * what is hinted at otherwise, where none or several do.
 */
function ownerNamed(
  operation: string,
  hint: string | null,
  { signals }: Report,
  squeezed: SqueezedText,
): string | null {
  const owners = servicesOfOperation(operation)
  if (owners.length < 2 || (hint !== null && owners.includes(hint))) return hint
  const { start, end } = extentOf(signals)
  const { view, at } = squeezed
  const from = Math.max(0, (at[start] ?? 0) - around)
  const text = view.text.slice(from, Math.min((at[end] ?? view.text.length) + around, from + mostRead)).toLowerCase()
  const named = [...text.matchAll(serviceNamed)].map(([, ...names]) => servicePrefix(names.find(Boolean) ?? ''))
  const [owner, ...others] = new Set(named.filter((service) => owners.includes(service)))
  return owner === undefined || others.length > 0 ? hint : owner
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
