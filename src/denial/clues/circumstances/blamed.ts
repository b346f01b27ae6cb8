import type { ClueShape } from '../clue-shape.ts'
import { keysNamed } from './keys-named.ts'
import { mfaByOtherNames } from './mfa-names.ts'

/*
 * Circumstances that are told as what makes the difference: with what it fails, where alone, or in brackets behind the
 * error. That there are an organization, an endpoint and MFA is true of most accounts, and tells nothing of one denial.
 */

/** Scripts whose words for `only` and `without` are not looked for. */
const otherScript = String.raw`[\p{sc=Hangul}\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Cyrillic}\p{sc=Arabic}]`
const inBrackets = String.raw`\([^()\n]{0,120}?`
const apart = 'only|unless|without|behind|through|via|outside|because of|due to'
const difference = String.raw`\b(?:${apart}|missing|no|with|using|after|block(?:s|ed)?|enforc\w{1,4}|forc\w{1,4}|requir\w{1,4}|demand\w{0,3}|needs?|must)\b[^.\n]{0,40}?`
const demand = String.raw`[^.\n]{0,50}?\b(?:requir\w{1,4}|enforc\w{1,4}|needed|mandatory|works?|block\w{0,3}|den(?:y|ies)|restrict\w{0,4}|forbid\w{0,4}|only|must|not allow\w{0,4}|condition)\b`

const blaming = (thing: string, before = difference): RegExp =>
  new RegExp(
    `${inBrackets}(?:${thing})|${before}(?:${thing})|(?:${thing})${demand}|${otherScript}[^\\n]{0,40}(?:${thing})|(?:${thing})[^\\n]{0,40}${otherScript}`,
    'iu',
  )

export const circumstancesBlamed = [
  {
    kind: 'mfa-blamed',
    phrases: ['mfa', 'multi-factor', 'multifactor', ...mfaByOtherNames.phrases],
    capture: new RegExp(
      `mfa_serial|multifactorauth(?:present|age)|mfa[ -](?:session|token|code|protected)|${blaming(String.raw`\bmfa\b|\bmulti-?factor|${mfaByOtherNames.words}`).source}`,
      'iu',
    ),
    before: 130,
    standsAlone: false,
    seen: 'how people tell of it',
    example: 'the console works with MFA',
  },
  {
    // The policy of AWS's documentation that lets users do nothing without MFA, by its usual names.
    kind: 'mfa-policy-told',
    phrases: ['force_mfa', 'forcemfa', 'force-mfa', 'enforce_mfa', 'enforcemfa', 'enforce-mfa', 'denyallexceptlisted'],
    standsAlone: false,
    seen: 'how people tell of it',
    example: 'unless I detach the Force_MFA policy',
  },
  {
    kind: 'endpoint-blamed',
    phrases: [
      'vpc endpoint',
      'gateway endpoint',
      'interface endpoint',
      'privatelink',
      'private subnet',
      'inside the vpc',
      'inside a vpc',
      'from the vpc',
      'in the vpc',
    ],
    capture: blaming(
      String.raw`(?:vpc|gateway|interface) endpoint|privatelink|private subnet|(?:inside|from|in) (?:the|a) vpc`,
      String.raw`\b(?:${apart})\b[^.\n]{0,40}?`,
    ),
    before: 130,
    standsAlone: false,
    seen: 'how people tell of it',
    example: 'only from instances behind the S3 gateway endpoint',
  },
  {
    kind: 'organization-blamed',
    phrases: ['organization', 'organisation'],
    capture: blaming(String.raw`\borgani[sz]ation`),
    inProse: true,
    before: 130,
    standsAlone: false,
    seen: 'how people tell of it',
    example: 'our organization blocks this Region',
  },
  {
    kind: 'organization-blamed',
    phrases: ['control tower', 'landing zone', 'sandbox', 'scp', 'guardrail', 'service control'],
    inProse: true,
    standsAlone: false,
    seen: 'how people tell of it',
    example: 'there is an SCP on the account',
  },
  {
    // An SCP that is there, as opposed to `no SCP`, `the SCPs allow it`.
    kind: 'scp-blamed',
    phrases: ['scp', 'service control'],
    capture:
      /(?<!\b(?:no|not|without|any|never|neither|nor|checked|disabled|removed|detached|if)\b[^.\n]{0,40}|n['\u2019]t\b[^.\n]{0,40})(?:\b(?:SCPs?|Scps?|scps)\b|\b(?:an?|the|this|that|our|its) scp\b|\b[Ss]ervice [Cc]ontrol [Pp]olic(?:y|ies))(?![^.\n]{0,40}\b(?:not|no|none|empty|FullAWSAccess|allows?|fine)\b|[^.\n]{0,40}n['\u2019]t\b)/u,
    before: 50,
    inProse: true,
    standsAlone: false,
    seen: 'how people tell of it',
    example: 'using this SCP results in an error',
  },
  {
    // The provider's role or profile is not the backend's: `terraform init` asks with what the shell has.
    kind: 'provider-role-told',
    phrases: ['provider "aws"'],
    capture: /provider "aws" ?\{[^}]{0,300}\b(?:assume_role|profile)\b/u,
    standsAlone: false,
    seen: 'Terraform',
    example: 'provider "aws" { assume_role { role_arn = var.role } }',
  },
  {
    kind: 'backend-role-told',
    phrases: ['backend "s3"'],
    capture: /backend "s3" ?\{[^}]{0,380}\b(?:role_arn|assume_role|profile)\b/u,
    standsAlone: false,
    seen: 'Terraform',
    example: 'backend "s3" { role_arn = "arn:aws:iam::111122223333:role/state" }',
  },
  {
    kind: 'endpoint-blamed',
    phrases: ['endpoint policy', 'vpce-', 'endpoint policies', 'vpc policy', 'vpc policies'],
    standsAlone: false,
    seen: 'how people tell of it',
    example: 'the endpoint policy of vpce-0a1b2c3d lists two buckets',
  },
  {
    kind: 'keys-blamed',
    phrases: [
      'aws_access_key_id',
      'aws_secret_access_key',
      'aws_session_token',
      'access keys in',
      'environment variables beat',
    ],
    capture: new RegExp(`${keysNamed}|access keys in|environment variables beat`, 'iu'),
    before: 2,
    standsAlone: false,
    seen: 'how people tell of it',
    example: 'AWS_ACCESS_KEY_ID was still set',
  },
  {
    kind: 'keys-blamed',
    phrases: ['aws_profile', '.aws/credentials'],
    capture: new RegExp(
      `${inBrackets}(?:aws_profile|\\.aws/credentials)|(?:still|left|forgot|old|stale|first|before|over|instead|wins?|precedence|beats?|despite|although)\\b[^.\\n]{0,60}?(?:aws_profile|\\.aws/credentials)|(?:aws_profile|\\.aws/credentials)[^\\n]{0,60}?\\b(?:still|left|instead|wins?|precedence|beats?|first|role)\\b`,
      'iu',
    ),
    before: 130,
    standsAlone: false,
    seen: 'how people tell of it',
    example: 'there was still a ~/.aws/credentials on the instance',
  },
] as const satisfies readonly ClueShape[]
