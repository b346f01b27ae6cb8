/**
 * A policy document as JSON. IAM's API hands it over percent-encoded (RFC 3986), the CLI as an object, other services
 * as plain text. What is no JSON stays text, so that the reader sees what is broken.
 */
export function parseDocument(value: unknown): unknown {
  if (typeof value !== 'string') return value
  for (const text of [value, percentDecoded(value)]) {
    try {
      return JSON.parse(text)
    } catch {
      // the next form, or the text itself
    }
  }
  return value
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
