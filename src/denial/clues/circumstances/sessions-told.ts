import type { ClueShape } from '../clue-shape.ts'
import { mfaByOtherNames } from './mfa-names.ts'

/** What people tell of sessions: policies that were passed, who issued them, MFA. */
export const sessionsTold = [
  {
    kind: 'roles-chained',
    phrases: ['role chaining'],
    standsAlone: false,
    seen: 'STS, where a session of one role takes another role',
    example: 'exceeds the 1 hour session limit for roles assumed by role chaining',
  },
  {
    kind: 'session-policy-passed',
    phrases: [
      'withpolicy(',
      '--policy file',
      'inline session policy',
      'policyarns',
      'scope-down',
      'scoped down',
      'scope down',
      'assumerolerequest',
      'getfederationtoken',
    ],
    standsAlone: false,
    seen: 'AssumeRole with a policy',
    example: 'new AssumeRoleRequest().withPolicy(document)',
  },
  {
    kind: 'session-policy-told',
    phrases: ['inline session policy', 'session policy that', 'with a session policy', 'passes a session policy'],
    // Not where there is none: `nobody passes a session policy`.
    capture:
      /(?<!\b(?:no|not|nobody|none|never|neither|nor|without)\b[^.;\n]{0,30}|n['\u2019]t\b[^.;\n]{0,30})(?:inline session policy|session policy that|with a session policy|passes a session policy)/iu,
    before: 48,
    inProse: true,
    standsAlone: false,
    seen: 'how people tell of it',
    example: 'the job signs with a session policy that allows only reads',
  },
  {
    kind: 'session-policy-grant',
    phrases: ['allow '],
    capture: /allow (?<action>[a-z0-9-]{2,30}:[A-Za-z]{2,60}) on (?<resource>arn:[^\s>),'"]{5,300})/u,
    standsAlone: false,
    seen: 'a policy told in words',
    example: 'allow s3:GetObject on arn:aws:s3:::in/*',
  },
  {
    kind: 'credential-vendor',
    phrases: [
      'cognitoidentitycredentials',
      'access grants',
      'getdataaccess',
      'identity pool',
      'unauthrole',
      'unauth_role',
      'credential vending',
      'vended credentials',
    ],
    capture:
      /(?<issuer>CognitoIdentityCredentials|access grants|getdataaccess|identity pool|unauth_?role|credential vending|vended credentials)/iu,
    standsAlone: false,
    seen: 'services that issue scoped-down sessions',
    example: 'assumed-role/guest/CognitoIdentityCredentials',
  },
  {
    kind: 'mfa-told',
    phrases: ['multifactor', 'multi-factor', 'mfa_serial', ':mfa/'],
    standsAlone: false,
    seen: 'policies, profiles and how people tell of it',
    example: 'the console works with multi-factor authentication',
  },
  {
    kind: 'mfa-told',
    phrases: ['mfa'],
    inProse: true,
    standsAlone: false,
    seen: 'how people tell of it',
    example: 'the console works with MFA',
  },
  {
    kind: 'mfa-told',
    phrases: mfaByOtherNames.phrases,
    capture: new RegExp(mfaByOtherNames.words, 'iu'),
    before: 20,
    standsAlone: false,
    seen: 'how people tell of it',
    example: 'the console works with 2FA',
  },
] as const satisfies readonly ClueShape[]
