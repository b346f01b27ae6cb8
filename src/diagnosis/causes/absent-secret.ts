import { parseArn } from '../../iam/arn.ts'
import { secretSuffix } from '../../iam/secret-suffix.ts'
import type { Confidence } from '../diagnosis.ts'
import { finding, none, type Finding } from '../finding.ts'
import { act } from '../fixes.ts'
import { ofIdentity } from '../own-side.ts'
import { allowsOf, type Situation } from '../situation.ts'
import { coversResource } from '../statements.ts'

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

/** A name that is no ARN, or whose account is hidden. */
export function secretWithoutSuffix(s: Situation): readonly Finding[] {
  const denied = s.denial.resource ?? s.resource
  if (s.service !== 'secretsmanager' || denied === null || !s.action?.endsWith('Value')) return none
  return secretSuffix.test(denied) || denied.includes('*') ? none : [notThere('possible')]
}

/** What is granted on the secret that was meant shows once it is asked for. */
export const isAbsentSecret = ({ code, facts }: Finding): boolean =>
  code === 'resource-not-found-as-denied' && facts['why'] === 'no-suffix'
