import { prefixFor } from '../action-catalogue/service-names.ts'

/** IAM prefix for a service's name, SDK id, endpoint or prefix. Unknown names stay, in lower case without blanks. */
export function servicePrefix(name: string): string {
  const known = prefixFor(name)
  if (known !== null) return known
  const joined = name
    .trim()
    .toLowerCase()
    .replace(/\.amazonaws\.com(?:\.cn)?$/, '')
    .replace(/[\s_.]+/g, '')
  const bare = joined.replace(/-/g, '').replace(/^(?:amazon|aws)/, '')
  return /^(?:amazon|aws)(?!-)/.test(joined) && bare.length > 1 ? bare : joined
}
