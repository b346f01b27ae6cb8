import type { ReplyDiagnosis } from '../reply/schema.ts'

type Marks = ReplyDiagnosis['denial']['marks']
export type MarkName = keyof Marks
export const markNames = ['principal', 'action', 'resource', 'reason'] as const satisfies readonly MarkName[]

/** A piece of the paste in which nothing changes: what it is, and whether it belongs to the denial looked at. */
interface Segment {
  readonly text: string
  readonly mark: MarkName | null
  readonly ofDenial: boolean
}

interface Markable {
  readonly span: readonly [number, number]
  readonly marks: Marks
}

/** Text shown on either side of the denial; a log of a megabyte would make the page slow and say no more. */
const around = 20_000

/** Cuts the paste where a mark or the denial begins or ends. Where marks overlap, the shorter one is shown. */
export function segments(text: string, { span, marks }: Markable): readonly Segment[] {
  const shown = excerpt(text, span)
  const ranges = markNames.flatMap((name) => {
    const range = marks[name]
    return range === undefined || range[1] <= range[0] ? [] : [{ name, start: range[0], end: range[1] }]
  })
  const edges = [shown.start, shown.end, ...span, ...ranges.flatMap(({ start, end }) => [start, end])]
  const cuts = [...new Set(edges)]
    .filter((edge) => edge >= shown.start && edge <= shown.end)
    .sort((left, right) => left - right)
  const pieces = cuts.slice(1).map((end, index): Segment => {
    const start = cuts[index] ?? shown.start
    const covering = ranges
      .filter((range) => range.start <= start && end <= range.end)
      .sort((left, right) => left.end - left.start - (right.end - right.start))
    return {
      text: text.slice(start, end),
      mark: covering[0]?.name ?? null,
      ofDenial: span[0] <= start && end <= span[1],
    }
  })
  return [...cutSign(shown.start > 0), ...pieces, ...cutSign(shown.end < text.length)]
}

function excerpt(
  text: string,
  [start, end]: readonly [number, number],
): { readonly start: number; readonly end: number } {
  return { start: Math.max(0, start - around), end: Math.min(text.length, Math.max(end, start) + around) }
}

const cutSign = (isCut: boolean): readonly Segment[] => (isCut ? [{ text: ' … ', mark: null, ofDenial: false }] : [])
