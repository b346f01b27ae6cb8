import { hasOperation } from '../../action-catalogue/operations.ts'
import { prefixFor } from '../../action-catalogue/service-names.ts'
import { isDenialCode } from '../error-codes.ts'
import { readPrincipalName } from '../principal-name.ts'
import { signal, type Reader } from './reader.ts'

/*
 * Events of CloudTrail as rows of a table: from Logs Insights, from Athena, from the console's file of its event history.
 * `kms.amazonaws.com,Decrypt,AccessDenied,…`, `| RunInstances | ec2.amazonaws.com | Client.UnauthorizedOperation |`
 */

const host = '.amazonaws.com'
const cell = String.raw`["']? ?(?:([,;|\u2502])|(?= )) ?["']?`
const sourceBefore = /(?:^|[\s,;|\u2502"'])([a-z0-9-]{2,40})$/
const nameBefore = new RegExp(String.raw`(?:^|[\s,;|\u2502"'])([A-Z][A-Za-z0-9]{2,60})${cell}[a-z0-9-]{2,40}$`)
const nameBehind = new RegExp(`^${cell}([A-Z][A-Za-z0-9]{2,60})(?![\\w:.-])`)
const codes = /(?<![\w:/.-])(?:Client\.)?[A-Z][A-Za-z0-9]{4,60}(?![\w:/-])/g
const refused = /not authorized to perform/
const nextCell =
  /^["']? ?(?:\{|User: |arn:aws[a-z-]{0,12}:(?:sts|iam)::|((?:Client\.)?[A-Z][A-Za-z0-9]{4,60})(?![\w:/-]))/
const callers = /arn:aws[a-z-]{0,12}:(?:sts|iam)::[^\s"'`,;|{}()]{1,300}/g

const longestRow = 3000
/** How far the two cells reach that tell the call. */
const longestCells = 120
const mostCodes = 40

/** Of a row that tells of a refusal, what its other columns tell. */
export const readEventRow: Reader = ({ view: { text }, at: places }, at) => {
  const place = places[at] ?? 0
  const behind = place + host.length
  const near = lineEndingAt(text, place, longestCells)
  const source = sourceBefore.exec(near)?.[1]
  const service = source === undefined ? null : prefixFor(source)
  const operation = service === null ? null : nameBeside(near, lineFrom(text, behind, longestCells), service)
  if (service === null || operation === null) return null
  // Only a row of a known service and call is read whole.
  const before = lineEndingAt(text, place, longestRow)
  const rest = lineFrom(text, behind, longestRow)
  const errorCode = codeIn(before, operation) ?? codeIn(rest, operation)
  if (errorCode === null && !refused.test(before) && !refused.test(rest)) return null
  const principal = callerIn(before + rest)
  return signal('head', 'event-row', at, at + host.length, {
    operation,
    service,
    ...(errorCode !== null && { errorCode }),
    ...(principal !== null && { principal }),
  })
}

const lineEndingAt = (text: string, end: number, length: number): string => {
  const part = text.slice(Math.max(0, end - length), end)
  return part.slice(part.lastIndexOf('\n') + 1)
}

const lineFrom = (text: string, start: number, length: number): string =>
  text.slice(start, start + length).split('\n', 1)[0] ?? ''

function nameBeside(before: string, rest: string, service: string): string | null {
  const [behind, parted, next] = nameBehind.exec(rest) ?? []
  if (behind !== undefined && next !== undefined && hasOperation(service, next)) {
    // Of what was tabs blanks are left, which stand in sentences as well.
    const [opened, code] = parted === undefined ? (nextCell.exec(rest.slice(behind.length)) ?? []) : [parted]
    return opened !== undefined && (code === undefined || isDenialCode(code)) ? next : null
  }
  const [, name, mark] = nameBefore.exec(before) ?? []
  if (name === undefined || !hasOperation(service, name)) return null
  const [opened, code] = nextCell.exec(rest) ?? []
  return mark !== undefined || (opened !== undefined && (code === undefined || isDenialCode(code))) ? name : null
}

/** The row's own code, whatever codes the query above it asks for. */
function codeIn(cells: string, operation: string): string | null {
  let read = 0
  for (const [code] of cells.matchAll(codes)) {
    if (code !== operation && isDenialCode(code)) return code
    if (++read > mostCodes) return null
  }
  return null
}

/** The one user or session of the row; a role may be what was asked for. */
function callerIn(row: string): string | null {
  const all = new Set([...row.matchAll(callers)].map(([arn]) => arn))
  const [caller, ...others] = [...all].filter((arn) => {
    const { principalType } = readPrincipalName(arn)
    return principalType !== null && principalType !== 'role'
  })
  return caller === undefined || others.length > 0 ? null : caller
}
