import { isAccountId, parseArn } from '../../iam/arn.ts'
import { secretSuffix } from '../../iam/secret-suffix.ts'
import { compileWildcard, matchesWildcard } from '../../verdict/wildcard.ts'
import type { Confidence } from '../diagnosis.ts'
import { finding, none, type Finding } from '../finding.ts'
import { act } from '../fixes.ts'
import { ofIdentity } from '../own-side.ts'
import { allowsOf, type Situation } from '../situation.ts'
import { coversResource } from '../statements.ts'

/** What is asked of a secret that is there already; to one that is being made tags belong too. */
const ofSecretThere = /^secretsmanager:(?!CreateSecret$|TagResource$|List(?!SecretVersionIds)|Batch|GetRandom)/iu

const plainName = /^[\w/+=.@-]{1,512}$/u

const notThere = (confidence: Confidence): Finding =>
  finding('resource-not-found-as-denied', confidence, [act('not-iam', 'check-resource-exists', { what: 'secret' })], {
    what: 'secret',
    why: 'no-suffix',
  })

/** The name that AWS printed without the six characters of a secret that is there; `null` where parts of it are hidden. */
const bareName = ({ action, denial }: Situation): string | null => {
  const printed = denial.resource ?? ''
  const name = /^secret:([\w/+=.@-]{1,512})$/u.exec(parseArn(printed)?.resource ?? '')?.[1]
  return name === undefined || secretSuffix.test(name) || name.endsWith('...') || !ofSecretThere.test(action ?? '')
    ? null
    : printed
}

/**
 * Secrets Manager completes the name of a secret that is there by a hyphen and six characters, and checks the whole
 * ARN. Without them there is none of that name in this account and Region, and a statement on the name matches nothing;
 * unless whoever pasted the message took them out.
 */
export function secretNotThere(s: Situation): readonly Finding[] {
  const { action, denial } = s
  const elsewhere = secretOfOther(s)
  if (elsewhere !== null) return [elsewhere]
  if (isGrantedByName(s)) return [notThere('evaluated')]
  const bare = bareName(s)
  if (bare === null || action === null || denial.effect === 'explicit' || s.isCrossAccount) return none
  if (denial.policyType !== null && denial.policyType !== 'identity-based') return none
  const allows = allowsOf(s, 'identity-based', action)
  const isGranted = allows.some(
    (read) => coversResource(read, `${bare}-Ab12Cd`) || read.resources.some((arn) => arn.startsWith(`${bare}-`)),
  )
  if (isGranted) return [notThere('evaluated')]
  if (s.wasRead('identity-based')) return [notThere('possible'), ofIdentity(s, action, 'evaluated')]
  return denial.policyType === null ? none : [notThere('possible'), ofIdentity(s, action, 'stated')]
}

/** All that AWS printed is a name, and the caller has been granted the secret of that name in its own account. */
function isGrantedByName(s: Situation): boolean {
  const { action, denial, callerAccount } = s
  const name = denial.resource ?? ''
  if (action === null || denial.effect === 'explicit' || !ofSecretThere.test(action) || !plainName.test(name))
    return false
  return allowsOf(s, 'identity-based', action)
    .filter(({ conditions }) => conditions.length === 0)
    .flatMap(({ resources }) => resources)
    .some((pattern) => isOnName(pattern, name) && parseArn(pattern)?.account === callerAccount)
}

/**
 * A name is looked up in the caller's own account: a secret of another one has to be asked for by its whole ARN.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples_cross.html
 */
export function secretOfOther(s: Situation): Finding | null {
  const { action, denial, callerAccount } = s
  const name = denial.resource ?? ''
  if (callerAccount === null || action === null || denial.effect === 'explicit') return null
  if (!/^secretsmanager:(?:Get|Describe)/iu.test(action) || !plainName.test(name)) return null
  const named = s.told('account-named', 'account').find((account) => account !== callerAccount)
  const granted = allowsOf(s, 'identity-based', action)
    .flatMap(({ resources }) => resources)
    .find((pattern) => isOfOther(pattern, name, callerAccount))
  const granter = parseArn(granted ?? '')
  const account = granter?.account ?? named
  if (account === undefined) return null
  const region = granter !== null && !/[*?]/u.test(granter.region) ? granter.region : s.region
  return finding(
    'resource-not-found-as-denied',
    granted === undefined ? 'stated' : 'evaluated',
    [act('not-iam', 'name-whole-arn', { name, account, ...(region === null ? {} : { region }) })],
    { what: 'secret', why: 'no-suffix' },
  )
}

/** A grant on the secret of this name in the one other account that it names. */
function isOfOther(pattern: string, name: string, own: string): boolean {
  const arn = parseArn(pattern)
  return arn !== null && isAccountId(arn.account) && arn.account !== own && isOnName(pattern, name)
}

function isOnName(pattern: string, name: string): boolean {
  const resource = parseArn(pattern)?.resource ?? ''
  return matchesWildcard(compileWildcard(resource), `secret:${name}-Ab12Cd`) || resource.startsWith(`secret:${name}-`)
}

/** A name that is no ARN, or whose account is hidden. */
export function secretWithoutSuffix(s: Situation): readonly Finding[] {
  const denied = s.denial.resource ?? s.resource
  if (s.service !== 'secretsmanager' || denied === null || !s.action?.endsWith('Value')) return none
  return secretSuffix.test(denied) || denied.includes('*') ? none : [notThere('possible')]
}

/** What is granted on the secret that was meant shows once it is asked for. */
export const isAbsentSecret = ({ code, facts }: Finding): boolean =>
  code === 'resource-not-found-as-denied' && facts['why'] === 'no-suffix'
