import { prefixFor } from '../action-catalogue/service-names.ts'
import type { DenialClass } from './denial.ts'
import { findErrorCode } from './error-codes.ts'
import type { Report } from './group-signals.ts'
import { farHint, hintNear } from './hints.ts'
import type { Fields, Signal } from './signal.ts'

/** What kind of error it is, and by which wording. */
export interface Decided {
  readonly class: DenialClass
  readonly format: string
  /** Nothing but words and codes that also stand beside other errors. */
  readonly weak: boolean
  /** Words that other systems use as well: they count only where something speaks of AWS. */
  readonly needsContext: boolean
}

const decide = (kind: DenialClass, format: string, weak = false, needsContext = false): Decided => ({
  class: kind,
  format,
  weak,
  needsContext,
})

/** `null` where nothing tells of a refusal. */
export function classify(
  report: Report,
  fields: Fields,
  sentence: Signal | null,
  cores: readonly Signal[],
  reasons: readonly Signal[],
): Decided | null {
  const { signals } = report
  const encoded = signals.some((signal) => signal.encoded)
  const core = cores[0]
  if (core !== undefined) {
    const cloud = ofOtherCloud.exec(fields.resource ?? fields.principal ?? '')?.[0]
    if (cloud !== undefined) return decide('not-aws', `neighbour:${cloud === 'acs:' ? 'alibaba-cloud' : 'other-cloud'}`)
    const isOpen = !encoded && namesNothingOfAws(report, fields)
    const foreign = isOpen ? signals.find(({ kind, class: of }) => kind === 'sentence' && of === 'not-aws') : undefined
    if (foreign !== undefined) return decide('not-aws', `neighbour:${foreign.name}`)
    return decide(encoded ? 'encoded' : 'authorization', core.name, false, isOpen)
  }
  if (encoded) return decide('encoded', 'encoded-message')
  const coded = byCode(report, fields, reasons)
  // An outer sentence names what failed in the end; a refusal inside says why.
  if (sentence?.outer === true && coded !== null && coded.class !== 'other-aws') return coded
  if (sentence !== null && sentence.class !== null && sentence.class !== 'bare')
    return decide(sentence.class, `neighbour:${sentence.name}`)
  if (sentence !== null) {
    const isBare = fields.action === undefined && fields.principal?.startsWith('arn:aws') !== true
    return decide(isBare ? 'bare' : 'authorization', sentence.name)
  }
  return coded
}

/** What Alibaba Cloud, IBM Cloud, Tencent Cloud and Volcano Engine have for ARNs. */
const ofOtherCloud = /^(?:acs|crn|qcs|trn):/

/** Masked or left out, a caller may be anybody of AWS; a word is a name that other systems have, too. */
const plainName = /^[\p{L}\d][^\s:]{0,80}$/u

/** `User JDOE is not authorized to perform: USAGE on INTEGRATION …`: databases and web sites have the words of AWS. */
const namesNothingOfAws = ({ signals }: Report, fields: Fields): boolean =>
  plainName.test(fields.principal ?? '') &&
  prefixFor(fields.action?.split(':')[0] ?? '') === null &&
  fields.resource?.startsWith('arn:') !== true &&
  fields.effect === undefined &&
  fields.operation === undefined &&
  fields.service === undefined &&
  (fields.errorCode === undefined || findErrorCode(fields.errorCode) === null) &&
  signals.every(({ kind }) => kind !== 'head' && kind !== 'tail')

function byCode(report: Report, fields: Fields, reasons: readonly Signal[]): Decided | null {
  const { signals } = report
  const code = fields.errorCode === undefined ? null : findErrorCode(fields.errorCode)
  const words = signals.find((signal) => signal.kind === 'words')
  const operation = fields.operation !== undefined
  if (code !== null && code.class !== 'bare')
    return decide(code.class, `neighbour:${code.neighbour ?? 'other-aws-error'}`, !operation)
  if (fields.action !== undefined) return decide('authorization', reasons.length > 0 ? 'reason-only' : 'wrapper-action')
  if (reasons.length > 0) return decide('bare', 'reason-only', !operation && code === null)
  const status = fields.status === undefined ? null : statusClass(fields.status)
  // Without a sentence only a record of CloudTrail names the caller.
  if (code !== null && fields.principal !== undefined) return decide('authorization', 'cloudtrail-record')
  if (code !== null)
    return decide('bare', words?.name ?? 'code-only', !operation, code.weak === true && !operation && status === null)
  const wrapped = signals.some((signal) => signal.kind === 'tail' && signal.fields.requestId !== undefined)
  if (words !== undefined)
    return decide(
      'bare',
      words.name,
      !operation,
      words.name !== 'access-denied' && !operation && !wrapped && fields.service === undefined,
    )
  if (fields.errorCode !== undefined && (operation || status !== null))
    return decide('other-aws', 'neighbour:other-aws-error', !operation)
  if (status !== null && (fields.service !== undefined || operation))
    return decide(status, status === 'bare' ? 'status-only' : 'neighbour:other-aws-error', !operation)
  // A HEAD request has no body to say more: a client of the SDK prints `UnknownError`, and the status.
  if (status === 'bare' && hintNear(signals, report.packages, farHint) !== null)
    return decide('bare', 'status-only', true)
  // A client that prints status and headers, and no body: storage of others has headers of the same names.
  if (status === 'bare' && signals.some(({ name }) => name === 'response-headers'))
    return decide('bare', 'status-only', true, true)
  return null
}

const statusClass = (status: string): DenialClass | null =>
  status === '403' || status === '401' ? 'bare' : /^[45]/.test(status) ? 'other-aws' : null
