import type { Situation } from '../situation.ts'
import type { ReadCondition } from '../statements.ts'

/** Who can make a condition hold: what the key speaks of decides what there is to do. */
export type KeyKind =
  'mfa' | 'boundary' | 'sent-tag' | 'sent-header' | 'resource-tag' | 'network' | 'organization' | 'other'

export function kindOfKey(key: string): KeyKind {
  const name = key.toLowerCase()
  if (name.startsWith('aws:multifactorauth')) return 'mfa'
  if (name === 'iam:permissionsboundary') return 'boundary'
  if (name.startsWith('aws:requesttag/') || name === 'aws:tagkeys') return 'sent-tag'
  if (name.startsWith('s3:x-amz-')) return 'sent-header'
  if (name.includes(':resourcetag/') || name.includes('existingobjecttag')) return 'resource-tag'
  if (/^aws:(?:sourceip|vpcsourceip|sourcevpce?|viaawsservice)$/u.test(name)) return 'network'
  if (/^aws:(?:principalorg|sourceorg|resourceorg)/u.test(name)) return 'organization'
  return 'other'
}

const base = (text: string): string => text.toLowerCase().split('/')[0] ?? ''

/** Keys that are never there when the action is called: AWS lists them for other actions of the service only. */
export const isImpossible = (s: Situation, key: string): boolean =>
  s.action !== null && s.service !== null && isImpossibleFor(s, s.action, key)

/** The same of any one action; of a pattern nobody can say. */
export const isImpossibleFor = (s: Situation, action: string, key: string): boolean => {
  const [prefix, name] = key.toLowerCase().split(':')
  const known = s.catalogue.find(action)
  if (name === undefined || prefix === 'aws' || prefix !== base(action).split(':')[0] || known === null) return false
  return !known.conditionKeys.some((one) => base(one) === base(key))
}

/** What the request had for the key: `absent` where it is known to have had none, `null` where nobody knows. */
export const sentValue = (s: Situation, condition: ReadCondition | null): string | null => {
  if (condition === null) return null
  const known = { ...s.request?.context, ...s.evidence.context }
  const entry = Object.entries(known).find(([key]) => key.toLowerCase() === condition.key.toLowerCase())
  if (entry === undefined) return isImpossible(s, condition.key) ? 'absent' : null
  const value = entry[1]
  return value === null ? 'absent' : typeof value === 'string' ? value : value.join(', ')
}
