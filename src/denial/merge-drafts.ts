import type { Draft } from './draft.ts'
import { ownValue } from '../iam/own-value.ts'
import { agree, sameDenial, withoutSession } from './group-signals.ts'
import { joinRecords, withRecord } from './join-records.ts'
import { pairDecoded } from './pair-decoded.ts'
import { readPrincipalName } from './principal-name.ts'
import { bucketsOf, joinTransfers } from './transfer-line.ts'

const isDenied = ({ class: kind }: Draft): boolean => kind === 'authorization' || kind === 'encoded' || kind === 'bare'

/** A paste with more distinct denials than this is a log archive, and is cut. */
const mostDenials = 500
const mostCompared = 40

interface Merged {
  readonly kept: readonly Draft[]
  /** How many distinct denials were left out. */
  readonly left: number
}

/**
 * Leaves one draft for each distinct error: repeats are counted, traces of an error that is told elsewhere in full
 * are dropped, and neighbours give way to denials.
 */
export function mergeDrafts(drafts: readonly Draft[], speaksOfAws: () => boolean): Merged {
  const inContext = joinRecords(
    drafts.some((draft) => draft.needsContext) && !speaksOfAws()
      ? drafts.filter((draft) => !draft.needsContext)
      : drafts,
  )
  const all = mergeEqual(
    pairDecoded(inContext.filter((draft) => draft.class === 'authorization' || draft.class === 'encoded')),
  )
  const full = all.slice(0, mostDenials)
  const bare = mergeEqual(
    inContext.filter(
      (draft) => draft.class === 'bare' && !full.slice(0, mostCompared).some((other) => isTraceOf(draft, other)),
    ),
  ).slice(0, mostDenials)
  const neighbours = mergeEqual(inContext.filter((draft) => !isDenied(draft)))
  const kept = keptOf(full, dropLoose(bare, neighbours), neighbours, speaksOfAws)
  return { kept: [...kept].sort((a, b) => a.span[0] - b.span[0]), left: all.length - full.length }
}

function keptOf(
  full: readonly Draft[],
  bare: readonly Draft[],
  neighbours: readonly Draft[],
  speaksOfAws: () => boolean,
): readonly Draft[] {
  const foreign = neighbours.filter((draft) => draft.class === 'not-aws')
  if (full.length === 0 && foreign.length > 0 && !speaksOfAws()) return foreign.slice(0, 1)
  const authentication = neighbours.filter(
    (draft) =>
      (draft.class === 'credential' || draft.class === 'throttling') &&
      !isCodeOfOther(draft, neighbours) &&
      !isAdviceBeside(draft, neighbours),
  )
  // Beside a denial told in full, a failed login counts only where a call of its own failed.
  const roles = neighbours.filter((draft) => isOfRole(draft) && !isToldBy(draft, [...full, ...bare]))
  if (full.length > 0)
    return [...full, ...bare, ...authentication.filter((draft) => isOfOwnCall(draft, full)), ...roles]
  if (bare.length > 0) return [...bare, ...authentication.filter((draft) => !draft.weak), ...roles]
  return authentication.length > 0 ? authentication : onlyAwsIfAny(neighbours)
}

/** By the operation that failed so, or by its answer's own id. */
const isOfOwnCall = ({ weak, fields: { operation, requestId } }: Draft, full: readonly Draft[]): boolean =>
  operation !== undefined ||
  (!weak &&
    requestId !== undefined &&
    full.slice(0, mostCompared).every(({ fields }) => fields.requestId !== undefined && fields.requestId !== requestId))

/** A field of its own has the code of an error whose sentence was read. */
const isCodeOfOther = ({ fields: { errorCode }, format, span }: Draft, all: readonly Draft[]): boolean =>
  errorCode !== undefined &&
  span[1] - span[0] <= errorCode.length + 2 &&
  all
    .slice(0, mostCompared)
    .some((other) => other.format !== format && other.class === 'credential' && other.fields.errorCode === errorCode)

/** Tools advise to sign in whatever the portal of Identity Center answered: who was told "No access" had signed in. */
const isAdviceBeside = ({ format }: Draft, all: readonly Draft[]): boolean =>
  format === 'neighbour:sso-session-expired' &&
  all.slice(0, mostCompared).some((other) => other.format === 'neighbour:sso-role-assignment')

/** Sentences about a role that is to be mended for itself, whatever else was refused in the same run. */
const ofRoles: Readonly<Record<string, RegExp>> = {
  'neighbour:service-linked-role-missing': /^iam:CreateServiceLinkedRole$/iu,
  'neighbour:ecs-cannot-assume-role': /^(?:sts:AssumeRole|iam:PassRole)$/iu,
  'neighbour:lambda-cannot-assume-role': /^(?:sts:AssumeRole|iam:PassRole)$/iu,
  'neighbour:eks-managed-policies-missing': /^iam:PassRole$/iu,
}
const isOfRole = ({ format }: Draft): boolean => ownValue(ofRoles, format) !== undefined

/** A denial says more of the same, or the sentence stands within its message. */
const isToldBy = ({ format, span }: Draft, denials: readonly Draft[]): boolean =>
  denials
    .slice(0, mostCompared)
    .some(
      (other) =>
        ownValue(ofRoles, format)?.test(other.fields.action ?? '') === true ||
        (other.span[0] < span[1] + besides && span[0] < other.span[1] + besides),
    )

/** Nearer than this, in characters of the paste, two sentences are of one message. */
const besides = 6

/** Loose words such as `Forbidden` beside a known neighbour belong to the neighbour. */
const dropLoose = (bare: readonly Draft[], neighbours: readonly Draft[]): readonly Draft[] =>
  neighbours.length === 0
    ? bare
    : bare.filter((draft) => !draft.weak || !neighbours.some((other) => !other.weak || other.class === 'credential'))

function onlyAwsIfAny(neighbours: readonly Draft[]): readonly Draft[] {
  const aws = neighbours.filter((draft) => draft.class !== 'not-aws')
  const strong = aws.filter((draft) => !draft.weak)
  const foreign = neighbours.filter((draft) => draft.class === 'not-aws')
  if (strong.length > 0)
    return strong.filter((draft, index) => index === 0 || isOfAnotherCall(draft, strong.slice(0, index)))
  return (foreign.length > 0 ? foreign : aws).slice(0, 1)
}

/** The answer to a call of its own, by its operation or id: not what a tool says further on of the one before. */
const isOfAnotherCall = (draft: Draft, before: readonly Draft[]): boolean =>
  before.slice(0, mostCompared).every((other) => areTwoAnswers(draft, other)) || hasOtherOperation(draft, before)

const hasOtherOperation = ({ fields, wrapper }: Draft, before: readonly Draft[]): boolean =>
  wrapper !== null &&
  fields.operation !== undefined &&
  before
    .slice(0, mostCompared)
    .every((other) => other.fields.operation !== undefined && other.fields.operation !== fields.operation)

/** The error code or a general sentence of an error whose full sentence stands elsewhere. */
const isTraceOf = (draft: Draft, other: Draft): boolean =>
  !(draft.isEmptyMessage === true && !agree(draft.fields.errorCode, other.fields.errorCode)) &&
  (draft.weak ||
    (!isOfOtherCall(draft, other) &&
      agree(draft.fields.operation, other.fields.operation ?? other.fields.action?.split(':')[1]) &&
      (agree(draft.fields.service, other.fields.service) || draft.fields.operation === undefined) &&
      agree(draft.fields.policyType, other.fields.policyType) &&
      agree(draft.fields.effect, other.fields.effect)))

/** Two services, each with a code of its own: one list of errors, and two calls. */
const isOfOtherCall = ({ fields: a }: Draft, { fields: b }: Draft): boolean =>
  !agree(a.service, b.service) && !agree(a.errorCode, b.errorCode)

/**
 * Exact repeats are found by their key, shortened ones among the first drafts of the same action: a log of
 * thousands stays quick.
 */
function mergeEqual(drafts: readonly Draft[]): readonly Draft[] {
  if (drafts.length < 2) return drafts
  const merged: Draft[] = []
  const exact = new Map<string, number>()
  const ofAction = new Map<string, number[]>()
  for (const draft of drafts) {
    const key = keyOf(draft)
    const group = `${draft.fields.action?.toLowerCase() ?? ''} ${isDenied(draft) ? '' : draft.class}`
    const candidates = ofAction.get(group) ?? []
    const place = exact.get(key) ?? candidates.slice(0, mostCompared).find((index) => sameError(merged[index], draft))
    const known = place === undefined ? undefined : merged[place]
    if (place !== undefined && known !== undefined) {
      merged[place] = combine(known, draft)
      continue
    }
    exact.set(key, merged.length)
    if (candidates.length === 0) ofAction.set(group, [merged.length])
    else candidates.push(merged.length)
    merged.push(draft)
  }
  return merged
}

function keyOf({ class: kind, format, fields, transfer }: Draft): string {
  const { action, principal, resource, policyType, effect, operation, service, errorCode, requestId } = fields
  const type = kind === 'authorization' || kind === 'encoded' ? 'denied' : kind === 'bare' ? kind : format
  const parts = [
    type,
    action,
    withoutSession(principal),
    resource,
    policyType,
    effect,
    operation,
    service,
    bucketsOf(transfer),
    type === format && requestId !== undefined ? errorCode : undefined,
  ]
  return parts.map((part) => part?.toLowerCase() ?? '').join(String.fromCharCode(0))
}

function sameError(a: Draft | undefined, b: Draft): boolean {
  if (a === undefined || !agree(a.fields.operation, b.fields.operation)) return false
  if (!agree(a.transfer && bucketsOf(a.transfer), b.transfer && bucketsOf(b.transfer))) return false
  if (!sameDenial(a.fields, b.fields) && !isCutCopy(a, b) && !isCutCopy(b, a)) return false
  if (isDenied(a)) return a.class !== 'bare' || agree(a.fields.service, b.fields.service)
  return a.format === b.format && agree(a.fields.service, b.fields.service) && !areTwoAnswers(a, b)
}

/** Two codes, each with the id of a request of its own. */
const areTwoAnswers = ({ fields: a }: Draft, { fields: b }: Draft): boolean =>
  !agree(a.requestId, b.requestId) && !agree(a.errorCode, b.errorCode)

/**
 * The same message, cut off inside its ARN: a log's short line beside the long one. A name that only ends its line
 * may be whole, unless the other message goes on to the reason.
 */
function isCutCopy({ fields: cut }: Draft, { fields: whole }: Draft): boolean {
  const { resource, resourceEnds } = cut
  if (resource === undefined || resourceEnds === undefined || resourceEnds === 'closed') return false
  if (whole.resource === undefined || (resourceEnds === 'line' && whole.effect === undefined)) return false
  if (cut.effect !== undefined || cut.policyType !== undefined) return false
  const start = resource.replace(/(?:\.{2,3}|\u2026)$/, '')
  return (
    start.startsWith('arn:') &&
    start.length < whole.resource.length &&
    whole.resource.startsWith(start) &&
    sameDenial({ ...cut, resource: whole.resource }, whole)
  )
}

function combine(a: Draft, b: Draft): Draft {
  const [first, second] = (a.weak && !b.weak) || isCutCopy(a, b) ? [b, a] : [a, b]
  const transfer = joinTransfers(a.transfer, b.transfer)
  return {
    ...withRecord(first, second),
    ...(transfer === undefined ? {} : { transfer }),
    class: a.class === 'encoded' || b.class === 'encoded' ? 'encoded' : first.class,
    fields: { ...second.fields, ...first.fields, resourceEnds: first.fields.resourceEnds ?? 'closed' },
    marks: { ...second.marks, ...first.marks },
    span: a.span,
    wrapper: first.wrapper ?? second.wrapper,
    weak: a.weak && b.weak,
    // What a stack repeats of an error in looser words is no second one.
    occurrences: a.weak === b.weak && !isOneSentence(a, b) ? a.occurrences + b.occurrences : first.occurrences,
    sessions: [...new Set([...sessionsOf(a), ...sessionsOf(b)])],
  }
}

/** Sentences of others are known by several phrases, of which one line may have more than one. */
const isOneSentence = (a: Draft, b: Draft): boolean =>
  a.class === 'not-aws' && a.format === b.format && Math.abs(b.span[0] - a.span[1]) < farthestInSentence

const farthestInSentence = 120

const sessionsOf = (draft: Draft): readonly string[] => {
  if (draft.sessions !== undefined) return draft.sessions
  const { sessionName } = readPrincipalName(draft.fields.principal ?? null)
  return sessionName === null ? [] : [sessionName]
}
