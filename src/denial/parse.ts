import type { Denial, Paste } from './denial.ts'

/** Everything that a paste says about denials. Total: any text gives an answer, nothing throws. */
export function parsePaste(_text: string): Paste {
  return { denials: [], notes: [] }
}

/** One CloudTrail record; `null` where the call that it records succeeded. */
export function parseCloudTrailRecord(_record: unknown): Denial | null {
  return null
}
