import type { Signal, SignalKind } from '../signal.ts'
import type { SqueezedText } from '../squeezed-text.ts'

/** What stands at an anchor: at its place in the squeezed text; `null`: the anchor means nothing there. */
export type Reader = (squeezed: SqueezedText, at: number) => Signal | null

/** A signal without a class and without marks: it tells of the call, or of the answer, and is no denial by itself. */
export const signal = (
  kind: SignalKind,
  name: string,
  start: number,
  end: number,
  fields: Signal['fields'] = {},
): Signal => ({ kind, name, class: null, start, end, fields, encoded: false, marks: {} })
