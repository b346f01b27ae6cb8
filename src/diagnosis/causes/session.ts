import { workloadOf } from '../../denial/workload.ts'
import type { Confidence } from '../diagnosis.ts'
import { finding, none, type Finding } from '../finding.ts'
import { act, addToIdentity } from '../fixes.ts'
import { identityGrants, type Situation } from '../situation.ts'
import { ofIdentity } from '../own-side.ts'
import { passRole } from './pass-role.ts'
import { lackBeside } from './lack-beside.ts'

/** Issuers that cut credentials down by themselves, by what they call their sessions or say. */
const issuerOf = (s: Situation): string | null => {
  // What AWS IoT logs, an IoT policy refused.
  if (s.denial.format === 'iot-log') return null
  // Only guests get a session policy of Cognito's; the roles of users who signed in are what they are.
  if (isGuest(s)) return 'cognito'
  if (s.denial.sessionName === 'CognitoIdentityCredentials' && s.denial.policyType !== 'session') return null
  const told = s.told('credential-vendor', 'issuer').map((text) => text.toLowerCase())
  const isOfCognito = told.some(
    (text) => text.startsWith('cognito') || text.includes('pool') || text.includes('unauth'),
  )
  // An app that has a pool for its users asks under its own name too.
  if (isOfCognito) return isAnotherCaller(s) ? null : 'cognito'
  if (told.some((text) => text.includes('grants'))) return 's3-access-grants'
  if (told.length > 0) return 'credential-vendor'
  return isOfPipeline(s) ? 'codepipeline' : null
}

/**
 * Takes the roles of its actions with a policy of its own and names their sessions by the time. Others may do so too,
 * but a session policy of theirs is rare.
 */
const isOfPipeline = ({ denial }: Situation): boolean =>
  denial.policyType === 'session' && workloadOf(denial) === 'codepipeline'

const isAnotherCaller = ({ denial }: Situation): boolean =>
  denial.sessionName !== null &&
  denial.sessionName !== 'CognitoIdentityCredentials' &&
  !/unauth|guest|cognito/iu.test(denial.roleOrUserName ?? '')

const isGuest = ({ denial }: Situation): boolean =>
  denial.sessionName === 'CognitoIdentityCredentials' && /unauth|guest/iu.test(denial.roleOrUserName ?? '')

/** A session is what role AND session policy allow: the credentials were issued with less, or the role has too little. */
export function sessionPolicy(s: Situation, confidence: Confidence): Finding {
  const passed = s.told('session-policy-grant', 'action')[0]
  const passedOn = s.told('session-policy-grant', 'resource')[0]
  // A session policy adds nothing: where it allows and the role does not, the role is the gap.
  if (passed !== undefined && s.wasRead('identity-based') && !identityGrants(s, passed, passedOn ?? null))
    return finding(
      'session-policy-not-allowed',
      confidence,
      [addToIdentity(s, [passed], [passedOn ?? '<ResourceArn>'])],
      { issuer: 'assume-role' },
    )
  const issuer = issuerOf(s)
  // Whoever owns the pool has no say in what Cognito passes for its guests, nor the owner of a pipeline.
  const fix =
    issuer === 'cognito'
      ? act('session', 'leave-guest-session')
      : issuer === 'codepipeline'
        ? act('session', 'leave-pipeline-session', { action: s.action ?? '' })
        : act('session', 'change-session-policy', { issuer: issuer ?? 'unknown' }, { owner: 'session-issuer' })
  return finding('session-policy-not-allowed', confidence, [fix], { issuer })
}

/**
 * The text tells that the session was cut down: what the role lacks has to be let through there too. A call to take a
 * role has no session yet.
 */
export function toldSessionPolicy(s: Situation): readonly Finding[] {
  if (!s.has('session-policy-told') || s.denial.effect === 'explicit' || /^sts:AssumeRole/iu.test(s.action ?? ''))
    return none
  return s.denial.policyType === null || s.denial.policyType === 'identity-based'
    ? [sessionPolicy(s, 'possible')]
    : none
}

/**
 * What Cognito's own session policies let guests do: there it is the role that lacks it more often than not.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/iam-roles.html
 */
const openToGuests =
  /^(?:appsync|cloudwatch|cognito-(?:identity|idp|sync)|comprehend|dynamodb|execute-api|firehose|gamelift|geo|iot|kinesis|kinesisanalytics|lambda|lex|logs|machinelearning|mobileanalytics|mobiletargeting|personalize|polly|rekognition|rum|s3|sdb|ses|sns|sqs|transcribe|translate):/iu

/** A session that somebody cut down, and what the role itself may lack. */
export function scopedSession(s: Situation): readonly Finding[] {
  if (!isScopedSession(s)) return none
  const scoped = sessionPolicy(s, 'possible')
  const lack = [...lackOfRole(s), ...lackBeside(s)]
  const isOpen = openToGuests.test(s.action ?? '')
  // What the role lacks by what was read is certain, and explains the denial wherever a permission of it would help.
  const isRoleFirst = issuerOf(s) === 'cognito' ? isOpen : lackOfRole(s).length > 0
  return isRoleFirst ? [...lack, scoped] : [scoped, ...lack]
}

/** No session has more than its role, whoever cut it down. */
const lackOfRole = (s: Situation): readonly Finding[] =>
  s.action !== null && s.wasRead('identity-based') && !s.has('session-policy-passed') && isLacking(s)
    ? [ofIdentity(s, s.action, 'evaluated')].filter(({ confidence }) => confidence === 'evaluated')
    : none

const isLacking = (s: Situation): boolean => {
  const layer = s.layer('identity-based')
  return layer?.blocking === true && layer.result === 'implicitDeny'
}

/** The session policy is told of, or the issuer is one that always has one. */
const isScopedSession = (s: Situation): boolean =>
  (s.has('session-policy-passed') && s.has('session-policy-grant')) ||
  (issuerOf(s) !== null && s.denial.policyType === null && s.denial.effect !== 'explicit')

/** Cognito's session policies let guests pass no role, whatever their own role has. */
export const guestPasses = (s: Situation): readonly Finding[] =>
  s.action?.toLowerCase() === 'iam:passrole' && isScopedSession(s) && issuerOf(s) === 'cognito'
    ? [sessionPolicy(s, 'possible'), ...passRole(s).map((found): Finding => ({ ...found, confidence: 'possible' }))]
    : none

/** Everybody on the Internet is a guest: what gives permissions is never for them, whichever policy lacks it. */
export function guestGrants(s: Situation): readonly Finding[] {
  const { effect, policyType } = s.denial
  if (!isGuest(s) || effect === 'explicit' || (policyType !== null && policyType !== 'identity-based')) return none
  const isPassRole = s.action?.toLowerCase() === 'iam:passrole'
  if (!isPassRole && s.actionFacts?.accessLevels.includes('Permissions management') !== true) return none
  return [
    finding(
      'missing-allow',
      policyType === null ? 'possible' : 'stated',
      [act('switch-principal', 'keep-guests-out')],
      {
        action: s.action,
        resource: s.resource,
      },
    ),
  ]
}
