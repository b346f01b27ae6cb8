import type { CauseCode } from '../../../diagnosis/cause-code.ts'
import { known, several, where, type Values } from '../../values.ts'
import type { CauseWords } from '../../words.ts'
import { andList, letsInInstead, named, place, term, who } from '../phrases.ts'

const keyActions = (v: Values): string => {
  const actions = several(v, 'kmsActions')
  return actions.length === 0 ? 'to use' : `${andList(actions)} on`
}
const allowed = (v: Values): string => {
  const actions = several(v, 'kmsActions')
  return actions.length === 0 ? 'the use of the key' : andList(actions)
}
const isLockout = (v: Values): boolean => known(v, 'why') === 'lockout'
const isOfAws = (v: Values): boolean => known(v, 'why') === 'key-of-aws'
const theKey = (v: Values): string => where(v, 'key', (key) => `the KMS key ${key}`) || 'the KMS key'

export const kms = {
  'kms-behind-service': {
    title: 'the encryption key behind the resource is not allowed',
    what: (v) =>
      `${who(v)} is not allowed ${keyActions(v)} ${theKey(v)}${known(v, 'behind') === null ? '' : ` that encrypts ${term(v, 'behind', '')}`}${where(v, 'alias', (alias) => `: ${place(v) === '' ? 'a statement' : place(v)} has it on ${alias}, and in a Resource an alias never stands for its key`)}`,
    why: () =>
      'A resource encrypted with a customer managed key needs permission for the key too, in addition to the permission for the resource.',
    recognised:
      'A `kms:` action is denied by an identity-based policy; or the service says that KMS is not allowed, only large uploads fail, a launched instance or new volume vanishes, or S3 answers Access Denied although the S3 action is allowed.',
    fix: 'Allow the action on that one key, by its key ARN: an alias does not work in Resource. `kms:ViaService` limits it to the service.',
  },
  'kms-key-policy': {
    title: 'the key policy does not let the principal use the key',
    titleOf: (v) => (isLockout(v) ? 'the new key policy would lock out whoever sets it' : ''),
    what: (v) =>
      isLockout(v)
        ? `the new key policy would not let ${who(v)} call kms:PutKeyPolicy again`
        : isOfAws(v)
          ? 'the resource is encrypted with an AWS managed key, which nobody outside its own account can use'
          : `the key policy of ${theKey(v)} does not allow ${allowed(v)} for ${where(v, 'servicePrincipal', (service) => service) || who(v)}${letsInInstead(v)}`,
    why: (v) =>
      isLockout(v)
        ? "KMS takes a key policy only from somebody whom it lets set the policy again: it has to name that principal, or the account's root, and then the principal's own policies have to allow it too. `--bypass-policy-lockout-safety-check` only skips this check and can leave a key that nobody manages."
        : isOfAws(v)
          ? 'Nobody can change the key policy of an AWS managed key, and it lets in only the account that the key is in.'
          : `A KMS key is governed by its own policy: unless that policy names the principal or hands over to IAM, no identity-based policy counts${where(v, 'keyAccount', (account) => `, and this key belongs to account ${account}`)}.`,
    recognised:
      'The message says "no resource-based policy allows the kms:… action", or the caller is a service or another account and the key policy does not name it. A key policy that allows the account\'s root for this action hands over to IAM; then it is the identity side.',
    fix: "The key's owner adds the principal to the key policy. The policy of an AWS managed key (`aws/…`) cannot be changed: move to a customer managed key.",
  },
  'stale-principal': {
    title: 'the policy names a principal that is not there any more',
    what: (v) =>
      known(v, 'gone') === null
        ? `${term(v, 'holder', 'the policy of the resource')} still names the earlier ${principalName(v)}`
        : `${term(v, 'holder', 'the policy of the resource')} names a principal that does not exist`,
    why: (v) =>
      known(v, 'gone') !== null
        ? 'AWS stores no policy in which a role or user is named that is not there: deleted, not made yet, or mistyped.'
        : `IAM stores a principal by its unique id${where(v, 'uniqueId', (id) => ` (${id})`)}; a role or user created again under the same name is a new principal.`,
    recognised:
      'A policy shows an id such as `AROA…` or `AIDA…` instead of an ARN, or "Invalid principal in policy"; the role is newer than the policy.',
    fix: 'Write the ARN into the policy anew. For a Lambda function: set another role, save, set it back.',
  },
} satisfies Partial<Record<CauseCode, CauseWords>>

function principalName(v: Values): string {
  const principal = known(v, 'principal')
  return principal === null ? 'principal of that name' : named(principal).replace(/^the /u, '')
}
