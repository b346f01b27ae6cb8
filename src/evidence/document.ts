import { documentHolders } from '../iam/document-holders.ts'
import { duplicateKeys } from '../iam/json-text.ts'
import { isObject } from '../iam/json.ts'
import type { NamedPolicy, Policies, PolicyLevel } from '../iam/policies.ts'

/**
 * A policy document as JSON. IAM's API hands it over percent-encoded (RFC 3986), the CLI as an object, other services
 * as plain text. What is no JSON stays text, so that the reader sees what is broken.
 */
export const parseDocument = (value: unknown): unknown =>
  typeof value === 'string' ? (parsedText(value)?.value ?? value) : value

interface ParsedText {
  /** The form of it that is JSON. */
  readonly json: string
  readonly value: unknown
}

function parsedText(text: string): ParsedText | null {
  for (const json of [text, percentDecoded(text)]) {
    try {
      return { json, value: JSON.parse(json) }
    } catch {
      // the next form, or none
    }
  }
  return null
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const holders: ReadonlySet<string> = new Set(documentHolders)
const deepest = 4

/** The document within the whole answer of an API; whatever is no such answer stays as it is. */
function unwrapped(value: unknown, depth = 0): unknown {
  const read = typeof value === 'string' ? fromText(value) : value
  if (!isObject(read) || 'Statement' in read || depth === deepest) return read
  const [holder, ...others] = Object.keys(read).filter((name) => holders.has(name))
  if (holder === undefined || others.length > 0) return read
  const inner = unwrapped(read[holder], depth + 1)
  return isObject(inner) && 'Statement' in inner ? inner : read
}

/** Text stays text where a key stands twice in it: parsing would lose the one that does not count. */
function fromText(text: string): unknown {
  const bare = text.replace(/^\uFEFF/u, '')
  const json = /^\s*%7b/iu.test(bare) ? percentDecoded(bare) : bare
  const parsed = parsedText(json)
  if (parsed === null || typeof parsed.value === 'string') return json
  return duplicateKeys(parsed.json).length > 0 ? parsed.json : parsed.value
}

const readPolicy = (policy: NamedPolicy): NamedPolicy => {
  const document = unwrapped(policy.document)
  return document === policy.document ? policy : { ...policy, ...defaultVersionOf(policy.document), document }
}

/** `get-policy-version` says which version it answers with, and whether that is the default one. */
function defaultVersionOf(answer: unknown): Pick<NamedPolicy, 'version'> {
  const version = isObject(answer) ? answer['PolicyVersion'] : undefined
  if (!isObject(version) || version['IsDefaultVersion'] !== true) return {}
  const id = version['VersionId']
  return typeof id === 'string' && /^v\d{1,9}$/u.test(id) ? { version: id } : {}
}

const readEntry = (entry: NamedPolicy | PolicyLevel): NamedPolicy | PolicyLevel => {
  if (!('level' in entry)) return readPolicy(entry)
  return entry.policies === 'unknown' ? entry : { ...entry, policies: entry.policies.map(readPolicy) }
}

const known = new WeakMap<Policies, Policies>()

/** Policies as somebody hands them over, their documents as JSON wherever they can be read; the same for the same. */
export function readPolicies(given: Policies): Policies {
  const before = known.get(given)
  if (before !== undefined) return before
  const read: Policies = Object.fromEntries(
    Object.entries(given).map(([type, entries]) => [type, Array.isArray(entries) ? entries.map(readEntry) : entries]),
  )
  known.set(given, read)
  return read
}
