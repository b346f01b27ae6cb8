import { compileTokens, type Token, type Wildcard } from '../wildcard.ts'

/** Cuts a pattern at its first five colons; `null` for fewer parts, or one that does not begin as an ARN. */
export const arnParts = (tokens: readonly Token[]): readonly Wildcard[] | null => {
  const parts: Token[][] = [[]]
  for (const token of tokens) {
    let rest: Token = token
    while (typeof rest === 'string' && parts.length < 6) {
      const colon: number = rest.indexOf(':')
      if (colon < 0) break
      parts.at(-1)?.push(rest.slice(0, colon))
      parts.push([])
      rest = rest.slice(colon + 1)
    }
    parts.at(-1)?.push(rest)
  }
  return parts.length === 6 ? parts.map(compileTokens) : null
}
