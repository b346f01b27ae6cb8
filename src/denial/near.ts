import type { CallSeen, Clue, Denial, Span } from './denial.ts'
import { withOwnEndpoint } from './endpoint.ts'
import { coversTransfer } from './transfer-line.ts'

const gap = (a: Span, b: Span): number => (a[1] <= b[0] ? b[0] - a[1] : b[1] <= a[0] ? a[0] - b[1] : 0)

/** Shares out what stands around several denials: each clue to the denial that stands nearest. */
export function shareClues(denials: readonly Denial[], clues: readonly Clue[]): readonly Denial[] {
  if (denials.length === 1) return denials.map((denial) => ({ ...denial, clues: [...denial.clues, ...clues] }))
  const shares = new Map<Denial, Clue[]>()
  for (const clue of clues) {
    const owner = nearest(denials, clue.span)
    if (owner !== undefined) shares.set(owner, [...(shares.get(owner) ?? []), clue])
  }
  return denials.map((denial) => ({ ...denial, clues: [...denial.clues, ...(shares.get(denial) ?? [])] }))
}

/** A command is printed before the error that it got; its own operation tells it apart from others. */
export function shareCalls(denials: readonly Denial[], calls: readonly CallSeen[]): readonly Denial[] {
  return denials.map((denial, index) => {
    const own = calls.filter(
      (call) => !isLookUp(denial, call) && (denials.length === 1 || ownerOf(denials, call) === index),
    )
    const all = [...denial.calls.filter((call) => !own.some((command) => coversTransfer(command, call))), ...own]
    const service = denial.service ?? (denial.class === 'not-aws' ? null : (all.at(-1)?.service ?? null))
    return withOwnEndpoint({ ...denial, calls: all, service }, own)
  })
}

/** What people run once they were refused, to find out why or who they are. */
const lookUps: ReadonlySet<string> = new Set([
  'decodeauthorizationmessage',
  'getcalleridentity',
  'simulateprincipalpolicy',
  'simulatecustompolicy',
])

/** A look-up is the refused call only where the error names it; a refusal of credentials asks for nobody's permission. */
function isLookUp({ class: kind, operation, action, span }: Denial, call: CallSeen): boolean {
  const name = nameOf(call.operation)
  if (!lookUps.has(name) || !isOfIam(kind)) return false
  // The error is its answer where it stands right behind it; who one is may be asked without a permission.
  if (operation === null && action === null && name !== 'getcalleridentity' && isBehind(call.span, span)) return false
  return nameOf(operation ?? '') !== name && nameOf(action?.split(':')[1] ?? '') !== name
}

const isBehind = (before: Span, span: Span): boolean => span[0] >= before[0] && span[0] <= before[1] + 3

const nameOf = (operation: string): string => operation.replaceAll(/[-_]/g, '').toLowerCase()
const isOfIam = (kind: Denial['class']): boolean => kind !== 'credential' && kind !== 'not-aws'

function ownerOf(denials: readonly Denial[], call: CallSeen): number {
  const same = denials.findIndex(({ operation }) => operation?.toLowerCase() === call.operation.toLowerCase())
  if (same !== -1) return same
  const next = denials.findIndex(({ span }) => span[0] >= call.span[0])
  return next === -1 ? denials.length - 1 : next
}

/** Denials come in order, so that only those on both sides of a place can be nearest. */
function nearest(denials: readonly Denial[], span: Span): Denial | undefined {
  let low = 0
  let high = denials.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((denials[middle]?.span[1] ?? 0) < span[0]) low = middle + 1
    else high = middle
  }
  const after = denials[low]
  const before = denials[low - 1]
  if (before === undefined || after === undefined) return after ?? before
  return gap(before.span, span) <= gap(after.span, span) ? before : after
}
