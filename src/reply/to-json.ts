/**
 * JSON of whole characters. A paste may hold half of one, a lone surrogate: JSON has an escape for it, but strict
 * readers refuse such a reply as a whole.
 */
export function toJson(value: unknown): string {
  const json = JSON.stringify(value)
  return json.includes('\\ud')
    ? json.replace(escapes, (whole, half?: string) => (half === undefined ? whole : '\uFFFD'))
    : json
}

/** Every escape, so that a backslash which was escaped itself does not begin one. */
const escapes = /\\(?:(ud[89a-f][0-9a-f]{2})|[^])/g
