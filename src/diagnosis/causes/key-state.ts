import { finding, none, type Finding } from '../finding.ts'
import { act } from '../fixes.ts'
import { aws, inRegion } from '../look-ups.ts'
import type { Situation } from '../situation.ts'

/**
 * A key that is disabled, about to be deleted or without its material: nobody's permission brings it back.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html
 */
export function keyUnusable(s: Situation): readonly Finding[] {
  const key = s.told('kms-key', 'key')[0] ?? null
  const command = aws('kms describe-key --query KeyMetadata.KeyState --key-id', key ?? '<KeyId>', ...inRegion(key))
  return [
    finding('other-system', 'stated', [act('not-iam', 'restore-key', {}, { command, owner: 'key-owner' })], {
      system: 'key-state',
    }),
  ]
}

/**
 * A service could not use a key, and the text tells the state that the key is in. KMS itself asks for the permission
 * first, so that what it denies to a caller is no matter of the state.
 */
export function keyStateTold(s: Situation): readonly Finding[] {
  if (!s.has('key-state-told') || s.denial.effect !== null || s.service === 'kms') return none
  return s.has('kms-key-inaccessible', 'kms-behind-refused', 'kms-access-code', 'kms-ciphertext-refers')
    ? keyUnusable(s)
    : none
}

/** KMS's own codes name no key: the service that spoke does. */
export const isKeyState = ({ service, denial: { errorCode } }: Situation): boolean =>
  service === 'kms' && errorCode === 'DisabledException'
