import { maskSecrets } from '../denial/redact.ts'

/** Every string of a value with access keys, tokens and signatures masked: a paste may hold them anywhere. */
export function maskDeep<T>(value: T): T {
  return mask(value) as T
}

function mask(value: unknown): unknown {
  if (typeof value === 'string') return maskSecrets(value)
  if (Array.isArray(value)) return value.map(mask)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [maskSecrets(key), mask(member)]))
}
