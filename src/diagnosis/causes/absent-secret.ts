import { isAccountId, parseArn } from '../../iam/arn.ts'
import { secretSuffix } from '../../iam/secret-suffix.ts'
import { compileWildcard, matchesWildcard } from '../../verdict/wildcard.ts'
import type { Confidence } from '../diagnosis.ts'
import { finding, none, type Finding } from '../finding.ts'
import { act } from '../fixes.ts'
import { ofIdentity } from '../own-side.ts'
import { allowsOf, type Situation } from '../situation.ts'
import { coversResource, type ReadStatement } from '../statements.ts'
import { wrongArn } from './wrong-arn.ts'

/** What is asked of a secret that is there already; to one that is being made tags belong too. */
const ofSecretThere = /^secretsmanager:(?!CreateSecret$|TagResource$|List(?!SecretVersionIds)|Batch|GetRandom)/iu

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
  const onName = statementOnName(s)
  if (onName !== null && action !== null) {
    const stored = `${onName.arn}-Ab12Cd`
    const found = wrongArn(s, action, stored, onName.read, [onName.read], 'evaluated')
    if (found !== null) return [found, notThere('possible')]
  }
  if (isGrantedByName(s)) return [notThere(denial.policyType === null ? 'possible' : 'evaluated')]
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

const aloneName = /^[\w/+=.@-]{1,512}$/u

/** The name that AWS printed without what it puts behind that of a secret that is there: alone, or in an ARN. */
function printedName(s: Situation): string | null {
  const { denial, action } = s
  if (action === null || !ofSecretThere.test(action) || denial.effect === 'explicit' || s.isCrossAccount) return null
  if (denial.policyType !== null && denial.policyType !== 'identity-based') return null
  const printed = denial.resource ?? ''
  const name = bareName(s) === null ? printed : (parseArn(printed)?.resource.slice('secret:'.length) ?? '')
  return !aloneName.test(name) || secretSuffix.test(name) || name.endsWith('...') ? null : name
}

/** Where a policy names secrets: in the caller's account, or in any. */
const isOwn = ({ callerAccount }: Situation, account: string): boolean =>
  callerAccount !== null && (account === callerAccount || account === '*')

/**
 * The statement was written for the name that is asked for, and a secret that is stored never has an ARN of the name
 * alone: it matches nothing, whatever AWS found.
 */
export function statementOnName(s: Situation): { readonly read: ReadStatement; readonly arn: string } | null {
  const name = printedName(s)
  if (name === null || s.action === null) return null
  const named = allowsOf(s, 'identity-based', s.action).flatMap((read) => read.resources.map((arn) => ({ read, arn })))
  // One that covers the stored ARN says that there is none.
  if (named.some(({ read, arn }) => read.conditions.length === 0 && covers(s, arn, name))) return null
  return (
    named.find(({ arn }) => {
      const parsed = parseArn(arn)
      return parsed?.resource === `secret:${name}` && isOwn(s, parsed.account)
    }) ?? null
  )
}

/** The name alone stands in the message, and a statement names that secret as AWS would have stored it. */
function isGrantedByName(s: Situation): boolean {
  const name = bareName(s) === null ? printedName(s) : null
  return (
    name !== null &&
    s.action !== null &&
    allowsOf(s, 'identity-based', s.action).some(
      ({ resources, conditions }) => conditions.length === 0 && resources.some((arn) => covers(s, arn, name)),
    )
  )
}

/** A pattern for a secret of that name, as it would be stored in the caller's account. */
function covers(s: Situation, pattern: string, name: string): boolean {
  const arn = parseArn(pattern)
  return (
    arn !== null &&
    isOwn(s, arn.account) &&
    arn.resource.startsWith('secret:') &&
    (matchesWildcard(compileWildcard(arn.resource), `secret:${name}-Ab12Cd`) ||
      arn.resource.startsWith(`secret:${name}-`))
  )
}

/**
 * A name is looked up in the caller's own account: a secret of another one has to be asked for by its whole ARN.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples_cross.html
 */
export function secretOfOther(s: Situation): Finding | null {
  const { action, denial, callerAccount } = s
  const name = denial.resource ?? ''
  if (callerAccount === null || action === null || denial.effect === 'explicit') return null
  if (!/^secretsmanager:(?:Get|Describe)/iu.test(action) || !aloneName.test(name)) return null
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
  if (arn === null || !isAccountId(arn.account) || arn.account === own) return false
  return (
    matchesWildcard(compileWildcard(arn.resource), `secret:${name}-Ab12Cd`) ||
    arn.resource.startsWith(`secret:${name}-`)
  )
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
