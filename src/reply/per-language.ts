import type { Words } from '../words/words.ts'

/** There are far fewer combinations of codes; whatever may come, memory stays bounded. */
const mostParts = 1000

/** Remembers, for each language, parts that are made from codes alone: there are few, and replies share them. */
export function perLanguage<Part>(): (words: Words, key: string, make: () => Part) => Part {
  const languages = new WeakMap<Words, Map<string, Part>>()
  return (words, key, make) => {
    const parts = languages.get(words) ?? new Map<string, Part>()
    const known = parts.get(key)
    if (known !== undefined) return known
    const part = make()
    if (parts.size < mostParts) languages.set(words, parts.set(key, part))
    return part
  }
}
