import { finding, type Finding } from '../finding.ts'
import { act } from '../fixes.ts'
import type { Situation } from '../situation.ts'
import { simple, type Answer } from './answer.ts'

/** Regions that an account has to enable first. https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html */
const optInRegion = /^(?:af-|ap-east-|ap-south-2|ap-southeast-[3-9]|ca-west-|eu-central-2|eu-south-|il-|me-|mx-)/u

export const optIn = (s: Situation): string | null =>
  [s.region, ...s.told('region-named', 'region')].find((region) => region !== null && optInRegion.test(region)) ?? null

export const invalidCredentials: Answer = (s) => {
  const region = optIn(s)
  // A temporary key is known to AWS together with its token alone.
  const isHalf = s.has('temporary-key-named') && !s.has('session-token-named')
  const bad = finding(
    'credentials-invalid',
    'stated',
    [act('session', isHalf ? 'send-session-token' : 'replace-credentials')],
    { errorCode: s.denial.errorCode, ...(isHalf && { why: 'no-session-token' }) },
  )
  const off = (confidence: 'stated' | 'possible'): Finding =>
    finding('region-not-enabled', confidence, [act('not-iam', 'enable-region', { region: region ?? '' })], { region })
  if (region !== null || s.has('other-region-told')) return [off('possible'), { ...bad, confidence: 'possible' }]
  return [bad]
}

/** A certificate takes the place of an access key, and no policy is looked at before its chain holds. */
export const untrustedCertificate: Answer = simple(
  'credentials-invalid',
  'not-iam',
  'present-trusted-certificate',
  () => ({
    why: 'certificate',
  }),
)

/** AWS says that the request's time is not its own: no key or signature is at fault. */
export const clockOff: Answer = simple('signature-mismatch', 'not-iam', 'set-clock', () => ({ why: 'clock' }))

/** A header that AWS cannot take apart, which no clock or secret explains, or a signature that does not fit. */
export const signature: Answer = (s) =>
  (s.has('authorization-header-malformed') && s.denial.errorCode !== 'SignatureDoesNotMatch') ||
  /^IncompleteSignature/u.test(s.denial.errorCode ?? '')
    ? [
        finding('signature-mismatch', 'stated', [act('not-iam', 'correct-key-characters')], {
          errorCode: s.denial.errorCode,
          why: 'malformed-header',
        }),
      ]
    : s.has('signature-version-asked')
      ? simple('signature-mismatch', 'not-iam', 'sign-with-version', ({ denial }) => ({
          errorCode: denial.errorCode,
          why: 'version',
          version:
            s.told('signature-version-asked', 'version').concat(s.told('signature-version-asked', 'curve')).length > 0
              ? '4A'
              : '4',
        }))(s)
      : s.has('signature-too-old')
        ? clockOff(s)
        : simple('signature-mismatch', 'not-iam', 'correct-signature')(s)
