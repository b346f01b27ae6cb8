import { maskSecrets, mayHoldSecrets } from '../denial/redact.ts'

/**
 * Every string of a value with access keys, tokens and signatures masked: a paste may hold them anywhere. Nearly all
 * replies have none, and are given back as they are.
 */
export function maskDeep<T>(value: T): T {
  return holdsAny(value) ? (mask(value) as T) : value
}

function holdsAny(value: unknown): boolean {
  if (typeof value === 'string') return mayHoldSecrets(value)
  if (Array.isArray(value)) return value.some(holdsAny)
  if (typeof value !== 'object' || value === null) return false
  for (const [key, member] of Object.entries(value)) if (mayHoldSecrets(key) || holdsAny(member)) return true
  return false
}

function mask(value: unknown): unknown {
  if (typeof value === 'string') return maskSecrets(value)
  if (Array.isArray(value)) return value.map(mask)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [maskSecrets(key), mask(member)]))
}
