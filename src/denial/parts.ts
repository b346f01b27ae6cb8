import { recordsOf } from './cloudtrail.ts'
import { findDecodedExcerpts } from './decoded-excerpt.ts'
import { decodedMessageOf } from './decoded-message.ts'
import { findMembers } from './json-members.ts'
import { findJsonObjects, findQuotedObjects, type JsonObjectSeen } from './json-objects.ts'
import { normalise } from './normalise/normalise.ts'
import { blanked, findPolicies, type PolicyPlace } from './policy-text.ts'
import type { TextView } from './text-view.ts'
import { readToldPolicies, type ToldPolicy } from './told/told-policies.ts'
import { findYamlRecords } from './yaml-records.ts'

/** What a paste is made of: AWS's own objects, policies, and the words beside them. */
interface Parts {
  readonly objects: readonly JsonObjectSeen[]
  /** The text but for the objects and the policies, blanks in their places. */
  readonly rest: string
  /** The same, cleaned. */
  readonly prose: TextView
  readonly holdsPolicies: boolean
  readonly policies: readonly ToldPolicy[]
}

/** AWS's own objects, and what stands beside them. Quoting or escapes of a mail, a chat or a log may stand in them. */
export function partsOf(text: string): Parts {
  const objects = firstRead(text, [findJsonObjects, findQuotedObjects, findYamlRecords])
  const { rest, whole, ...beside } = policiesBeside(withoutSpans(text, objects))
  if (objects.length > 0) return { objects, rest, prose: whole, ...beside }
  const seen = firstRead(whole.text, [findJsonObjects, findMembers])
  const cleaned = (seen.length > 0 ? seen : findDecodedExcerpts(whole.text)).map(({ value, span }) => ({
    value,
    span: whole.spanOf(...span),
  }))
  if (cleaned.length === 0) return { objects: cleaned, rest, prose: whole, ...beside }
  const apart = withoutSpans(rest, cleaned)
  return { objects: cleaned, rest: apart, prose: normalise(apart), ...beside }
}

type Finder = (text: string) => readonly JsonObjectSeen[]

/** What the first of several ways to read it finds. */
function firstRead(text: string, finders: readonly Finder[]): readonly JsonObjectSeen[] {
  for (const find of finders) {
    const read = find(text).filter(({ value }) => isRead(value))
    if (read.length > 0) return read
  }
  return []
}

interface PoliciesBeside extends Pick<Parts, 'holdsPolicies' | 'policies'> {
  /** The text, with blanks in their places. */
  readonly rest: string
  /** What is left to read of it. */
  readonly whole: TextView
}

/** Policies as they stand there, or else without what a mail, a chat or a log puts before each of their lines. */
function policiesBeside(text: string): PoliciesBeside {
  const found = findPolicies(text)
  const policies = readToldPolicies(text, found)
  if (policies.length > 0) return withoutPolicies(text, found, policies)
  const view = normalise(text)
  const cleaned = findPolicies(view.text)
  const places = found.length > 0 ? found : cleaned.map((place) => ({ ...place, span: view.spanOf(...place.span) }))
  if (places.length === 0) return { policies, holdsPolicies: false, rest: text, whole: view }
  return withoutPolicies(text, places, readToldPolicies(view.text, cleaned))
}

function withoutPolicies(text: string, places: readonly PolicyPlace[], policies: Parts['policies']): PoliciesBeside {
  const rest = blanked(text, places)
  return { policies, holdsPolicies: true, rest, whole: normalise(rest) }
}

const isRead = (value: Readonly<Record<string, unknown>>): boolean =>
  recordsOf(value).length > 0 || decodedMessageOf(value) !== null

/** What was read as JSON is not read again as prose. */
function withoutSpans(text: string, objects: readonly JsonObjectSeen[]): string {
  let rest = ''
  let done = 0
  for (const { span } of objects) {
    rest += text.slice(done, span[0]) + ' '.repeat(span[1] - span[0])
    done = span[1]
  }
  rest += text.slice(done)
  return rest.trim() === '' ? '' : rest
}
