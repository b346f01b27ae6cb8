import type { Draft } from './draft.ts'
import { sameDenial } from './group-signals.ts'
import type { Fields } from './signal.ts'

const isDenied = ({ class: kind }: Draft): boolean => kind === 'authorization' || kind === 'encoded' || kind === 'bare'

/**
 * Leaves one draft for each distinct error: repeats are counted, traces of an error that is told elsewhere in full
 * are dropped, and neighbours give way to denials.
 */
export function mergeDrafts(drafts: readonly Draft[], speaksOfAws: boolean): readonly Draft[] {
  const inContext = drafts.filter((draft) => !draft.needsContext || speaksOfAws)
  const full = mergeEqual(inContext.filter((draft) => draft.class === 'authorization' || draft.class === 'encoded'))
  const bare = mergeEqual(
    inContext.filter((draft) => draft.class === 'bare' && !full.some((other) => isTraceOf(draft, other))),
  )
  const neighbours = mergeEqual(inContext.filter((draft) => !isDenied(draft)))
  const strongBare = dropLoose(bare, neighbours)
  const denials = [...full, ...strongBare]
  const foreign = neighbours.filter((draft) => draft.class === 'not-aws')
  if (!speaksOfAws && full.length === 0 && foreign.length > 0) return foreign.slice(0, 1)
  const authentication = neighbours.filter((draft) => draft.class === 'credential' || draft.class === 'throttling')
  const kept =
    denials.length > 0
      ? [...denials, ...authentication.filter((draft) => !draft.weak)]
      : authentication.length > 0
        ? authentication
        : onlyAwsIfAny(neighbours)
  return [...kept].sort((a, b) => a.span[0] - b.span[0])
}

/** Loose words such as `Forbidden` beside a known neighbour belong to the neighbour. */
const dropLoose = (bare: readonly Draft[], neighbours: readonly Draft[]): readonly Draft[] =>
  neighbours.length === 0
    ? bare
    : bare.filter((draft) => !draft.weak || !neighbours.some((other) => !other.weak || other.class === 'credential'))

function onlyAwsIfAny(neighbours: readonly Draft[]): readonly Draft[] {
  const aws = neighbours.filter((draft) => draft.class !== 'not-aws')
  const strong = aws.filter((draft) => !draft.weak)
  const foreign = neighbours.filter((draft) => draft.class === 'not-aws')
  if (strong.length > 0) return strong.slice(0, 1)
  return (foreign.length > 0 ? foreign : aws).slice(0, 1)
}

/** The error code or a general sentence of an error whose full sentence stands elsewhere. */
const isTraceOf = (draft: Draft, other: Draft): boolean =>
  draft.weak ||
  (agree(draft.fields.operation, other.fields.operation ?? other.fields.action?.split(':')[1]) &&
    (agree(draft.fields.service, other.fields.service) || draft.fields.operation === undefined) &&
    agree(draft.fields.policyType, other.fields.policyType) &&
    agree(draft.fields.effect, other.fields.effect))

const agree = (a: string | undefined, b: string | undefined): boolean =>
  a === undefined || b === undefined || a.toLowerCase() === b.toLowerCase()

function mergeEqual(drafts: readonly Draft[]): readonly Draft[] {
  const merged: Draft[] = []
  for (const draft of drafts) {
    const index = merged.findIndex((other) => sameError(other, draft))
    const known = merged[index]
    if (known === undefined) merged.push(draft)
    else merged[index] = combine(known, draft)
  }
  return merged
}

const sameError = (a: Draft, b: Draft): boolean =>
  (isDenied(a) && isDenied(b) ? true : a.class === b.class && a.format === b.format) &&
  sameDenial(a.fields, b.fields) &&
  agree(a.fields.operation, b.fields.operation) &&
  (isDenied(a) && a.class !== 'bare'
    ? a.fields.action !== undefined || a.class === b.class
    : agree(a.fields.service, b.fields.service))

function combine(a: Draft, b: Draft): Draft {
  const fields: Fields = { ...b.fields, ...a.fields }
  return {
    ...a,
    class: a.class === 'encoded' || b.class === 'encoded' ? 'encoded' : a.class,
    fields,
    marks: { ...b.marks, ...a.marks },
    wrapper: a.wrapper ?? b.wrapper,
    weak: a.weak && b.weak,
    occurrences: a.occurrences + b.occurrences,
  }
}
