import t from 'tap'
import { parsePaste } from '../../src/denial/parse.ts'

/*
 * Answers about the account and its subscriptions, and calls that failed before anybody was asked for a permission.
 */

const oneOf = (text: string) => parsePaste(text).denials[0] ?? null

t.test('an account that is stopped is no matter of credentials', (t) => {
  for (const text of [
    'An error occurred (Blocked) when calling the DescribeKeyPairs operation: This account is currently blocked and not recognized as a valid account.',
    'Authentication failed because your account has been suspended. Pay the bill to reactivate it.',
    "We've noticed an issue with your AWS account. (Service: Sqs, Status Code: 401, HandlerErrorCode: AccessDenied)",
  ])
    t.match(oneOf(text), { class: 'other-aws', format: 'neighbour:account-blocked' }, text)
  t.match(oneOf('AuthFailure: AWS was not able to validate the provided access credentials'), { class: 'credential' })
  t.end()
})

t.test('two subscriptions that are missing are two', (t) => {
  const first =
    'SubscriptionRequiredException: The AWS Access Key Id needs a subscription for the service\n\tstatus code: 400, request id: 0d0bb2a1-1111-4222-8333-444455556666'
  const second =
    'NotSignedUp: Your account is not signed up for the S3 service.\n\tstatus code: 403, request id: 0A1B2C3D4E5F6A7B'
  const seen = (text: string): unknown =>
    parsePaste(text).denials.map(({ class: kind, errorCode, requestId }) => [kind, errorCode, requestId])
  t.strictSame(seen(`* ${first}\n\n* ${second}`), [
    ['other-aws', 'SubscriptionRequiredException', '0d0bb2a1-1111-4222-8333-444455556666'],
    ['other-aws', 'NotSignedUp', '0A1B2C3D4E5F6A7B'],
  ])
  t.equal(parsePaste(`${first}\n\n${first.replace('0d0bb2a1', '1d0bb2a1')}`).denials.length, 1, 'tried again')
  t.end()
})

t.test('a model that the account has no access to', (t) => {
  t.match(oneOf('AccessDeniedException: Access to the model is denied'), {
    class: 'other-aws',
    service: 'bedrock',
    format: 'neighbour:bedrock-model-access',
  })
  t.end()
})

t.test('nothing was signed', (t) => {
  t.match(oneOf('blob (code=Unknown): AccessDenied: No AWSAccessKey was presented.\n\tstatus code: 403'), {
    class: 'credential',
    format: 'neighbour:credentials-missing',
    service: 's3',
  })
  t.end()
})

t.test('the call that Terraform names', (t) => {
  const failed = (call: string): string =>
    `error validating provider credentials: error calling ${call}: ExpiredToken: The security token included in the request is expired`
  t.match(oneOf(failed('sts:GetCallerIdentity')), {
    class: 'credential',
    operation: 'GetCallerIdentity',
    service: 'sts',
  })
  t.match(oneOf(failed('iam:GetUser')), { operation: 'GetUser', service: 'iam' })
  t.end()
})

t.test('the call that ended a sentence', (t) => {
  const failed = (name: string): string =>
    `AWS Error. Request ${name} failed. You are not authorized to perform this operation. Encoded authorization failure message: ${'aB3_x-'.repeat(20)}`
  t.match(oneOf(failed('StopInstances')), { class: 'encoded', operation: 'StopInstances' })
  t.match(oneOf(failed('Processing')), { class: 'encoded', operation: null })
  t.end()
})

t.test('the portal of Identity Center has no role for whoever signed in', (t) => {
  const refused = { class: 'other-aws', format: 'neighbour:sso-role-assignment', service: 'sso' }
  const kind = 'com.amazonaws.switchboard.portal#ForbiddenException'
  for (const text of [
    `could not fetch role credentials (account 111122223333, role Auditor): 403 No access ${kind}. Run \`aws sso login\` and try again`,
    `{"message":"No access","__type":"${kind}"}`,
    'ForbiddenException: No access\nIf the problem persists, run aws sso login --profile audit',
  ]) {
    t.match(oneOf(text), refused, text)
    t.equal(parsePaste(text).denials.length, 1)
  }
  const ended =
    '{"message":"Session token not found or invalid","__type":"com.amazonaws.switchboard.portal#UnauthorizedException"}'
  t.match(oneOf(`${ended} Run aws sso login`), { class: 'credential' })
  t.end()
})
