import { ownValue } from '../../iam/own-value.ts'
import { known, quote, where, type Values } from '../values.ts'

/** Of each policy type: what was given, and what else belongs to it. */
const kinds: Readonly<Record<string, readonly [string, string]>> = {
  'service-control': [
    'service control policies',
    'those of the root, of each unit above the account and of the account',
  ],
  'resource-control': [
    'resource control policies',
    'those of the root, of each unit above the account and of the account',
  ],
  'identity-based': ['identity-based policies', 'attached and inline ones, and of a user those of its groups'],
  'permissions-boundary': ['permissions boundaries', 'the one that the principal carries'],
  'resource-based': ['policies of the resource', 'that of each access point on the way, too'],
  'role-trust': ['trust policies', 'the one that the role has now'],
  'vpc-endpoint': ['endpoint policies', 'that of each endpoint on the way'],
  session: ['session policies', 'whatever was passed when the session was opened'],
}

/** AWS's word stands: what it blames is missing among what was given, or was changed. */
export const unseen = (v: Values): string | null => {
  const type = known(v, 'unseen')
  if (type === null) return null
  const [given, all] = ownValue(kinds, type) ?? ['policies', 'all of that type']
  const arn = known(v, 'unseenPolicy')
  const missing =
    arn === null
      ? `None of the ${given} that were given refuses the call: either one is missing among them (${all}), or they have been changed since.`
      : `The policy that AWS names, ${quote(arn)}, is not among the ${given} that were given.`
  return `${missing}${where(v, 'lookUp', (command) => ` See it with ${command}, and ask again with it.`)}`
}
