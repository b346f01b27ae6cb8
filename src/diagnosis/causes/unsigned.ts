import { finding, none, unchecked, type Finding } from '../finding.ts'
import { act, editStatement } from '../fixes.ts'
import { conditionFacts, placeOf } from '../places.ts'
import type { Situation } from '../situation.ts'
import type { ReadCondition, ReadStatement } from '../statements.ts'
import { attachmentOf } from './attachments.ts'
import { withOwnPlace } from './condition-edits.ts'
import { kindOfKey, sentValue } from './condition-keys.ts'
import { isDeliveredUnsigned } from './delivery.ts'
import { endpointLeavesOut, endpointPolicy } from './endpoint.ts'
import { bucketOf, isBare } from './not-iam.ts'
import { servicePrincipal } from './service-delivery.ts'
import { heldByCondition } from './side-condition.ts'

// Calls that nobody signs: a token or a password in them tells the caller.
const neverSigned = /^(?:sts:AssumeRoleWith|cognito-idp:|cognito-identity:Get)/iu

/** AWS answered a call without a signature: no identity-based policy can belong to it. */
export function anonymousCaller(s: Situation): readonly Finding[] {
  const isAnonymous = s.denial.principalType === 'anonymous' || s.denial.format === 's3-anonymous-multipart'
  if (!isAnonymous || s.denial.effect === 'explicit') return none
  if (neverSigned.test(s.action ?? '')) return none
  if (s.service === 'execute-api') return unsignedInvoke(s)
  const unsigned = finding(
    'credentials-missing',
    'stated',
    [act('not-iam', 'sign-call', { service: s.service ?? '' })],
    {
      why: 'not-signed',
    },
  )
  if (!isDeliveredUnsigned(s)) return [unsigned]
  return [
    ...servicePrincipal(s)
      .filter(({ code }) => code !== 's3-missing-object-403')
      // What was evaluated is a call of nobody, which the statement does not let in.
      .map((one) => throughOrigin(s, unchecked(s, one))),
    { ...unsigned, confidence: 'possible' },
  ]
}

/**
 * CloudFront signs only with an origin access control: without one no policy that names it helps.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
 */
const throughOrigin = (s: Situation, found: Finding): Finding =>
  s.service === 's3' && found.code === 'service-principal-policy'
    ? { ...found, fixes: [...found.fixes, act('other', 'attach-origin-access-control')] }
    : found

/**
 * A method with IAM authorization asks an unsigned call for its token. That somebody anonymous may not invoke it is
 * what the API's resource policy answers: it lets nobody in from there, or only named principals.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 */
function unsignedInvoke(s: Situation): readonly Finding[] {
  const sign = act('not-iam', 'sign-request', {}, { alternative: true })
  const held = heldByCondition(s, 'resource-based')
  const elsewhere = held?.conditions.find(({ key }) => kindOfKey(key) === 'network')
  if (held !== null && elsewhere !== undefined) return [fromElsewhere(s, held, elsewhere)]
  const isAllowed = s.layer('resource-based')?.result === 'allowed'
  const admit = act('resource-policy', 'admit-to-api', {}, { owner: 'resource-owner' })
  const fixes = isAllowed ? [{ ...sign, alternative: false }] : [admit, sign]
  return [
    finding('api-gateway-auth', isAllowed || s.denial.policyType !== null ? 'stated' : 'possible', fixes, {
      why: isAllowed ? 'not-signed' : 'not-admitted',
    }),
  ]
}

/** The API lets everybody in, but only from some addresses or networks. */
function fromElsewhere(s: Situation, held: ReadStatement, condition: ReadCondition): Finding {
  const after = withOwnPlace(s, held.source, condition)
  const there = act('other', 'meet-condition', { key: condition.key, values: condition.values.join(', ') })
  const admit =
    after === null
      ? []
      : [
          editStatement(s, held, null, after, {
            kind: 'resource-policy',
            step: 'widen-condition',
            values: { key: condition.key },
            attachTo: attachmentOf(s),
            readiness: 'needs-review',
          }),
        ]
  return finding(
    'condition-mismatch',
    s.layer('resource-based')?.result === 'implicitDeny' ? 'evaluated' : 'possible',
    [...admit, { ...there, alternative: admit.length > 0 }],
    {
      policyType: 'resource-based',
      effect: 'Allow',
      ...placeOf(held),
      ...conditionFacts(condition),
      sent: sentValue(s, condition),
    },
  )
}

/** What of the command before the error, or of the only one, says that nobody signs it. */
function toldUnsigned({ denial, service }: Situation): 'option' | 'tool' | 'address' | null {
  const commands = denial.calls.filter((call) => call.service === service && Object.keys(call.parameters).length > 0)
  const failed = commands.findLast(({ span }) => span[0] < denial.span[0]) ?? commands[0]
  const told = failed?.parameters['noSignRequest']
  if (told === undefined) return null
  return told === 'true' ? 'option' : told === 'url' ? 'address' : 'tool'
}

/**
 * `--no-sign-request` on a bucket, or a tool that knows no credentials: its owner lets everybody in, or does not; no
 * policy of the reader's counts. What is not there, and a bucket that charges its readers, answer such a reader in the
 * same words, and so does an endpoint that leaves the bucket out.
 */
export function unsignedReader(s: Situation): readonly Finding[] {
  if (s.denial.principal !== null || s.service !== 's3' || !isBare(s)) return none
  const told = toldUnsigned(s)
  if (told === null) return none
  if (endpointLeavesOut(s)) return [endpointPolicy(s, 'evaluated', false)]
  const bucket = bucketOf(s)
  const unsigned = finding(
    'credentials-missing',
    // A program may sign what it prints without its signature.
    told === 'address' ? 'possible' : 'stated',
    [act('not-iam', 'sign-call', { service: 's3', ...(told === 'option' && { option: '--no-sign-request' }) })],
    { why: 'not-signed' },
  )
  const between = s.has('vpc-endpoint') && s.has('endpoint-blamed') ? [endpointPolicy(s, 'possible', false)] : none
  const pays = finding('requester-pays', 'possible', [act('not-iam', 'request-payer', { bucket: bucket ?? '' })], {
    bucket,
  })
  if (/^s3:List/iu.test(s.action ?? '')) return [unsigned, ...between, pays]
  if (!/^s3:Get/iu.test(s.action ?? '')) return [unsigned, ...between]
  const absent = finding('s3-missing-object-403', 'possible', [act('not-iam', 'check-key-exists')], {
    bucket,
    objectKey: s.told('object-named', 'key')[0] ?? s.told('s3-uri', 'key')[0],
  })
  return [unsigned, absent, ...between, pays]
}
