import t from 'tap'
import type { Policies } from '../../src/iam/policies.ts'
import type { Statement } from '../../src/iam/policy-document.ts'
import { allow, denied, identity, trust } from './case-row.ts'
import { diagnosesOf } from './explain-text.ts'

const statementOf = async (text: string) => (await diagnosesOf(text))[0]?.causes[0]?.remedies[0]?.statement

t.test('Snowflake comes as its own user, with the external id of the integration', async (t) => {
  const condition = { StringEquals: { 'sts:ExternalId': '<SnowflakeExternalId>' } }
  t.match(await statementOf('Error assuming AWS_ROLE. Please verify the role and externalId are configured'), {
    Principal: { AWS: '<SnowflakeIamUserArn>' },
    Condition: condition,
  })
  const user = 'arn:aws:iam::444455556666:user/abc1-s-iest0001'
  t.match(
    await statementOf(
      `Error assuming AWS_ROLE:\nUser: ${user} is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::111122223333:role/stage`,
    ),
    { Principal: { AWS: user }, Condition: condition },
  )
})

t.test('roles of an identity pool trust the pool and the kind of user', async (t) => {
  const refused = 'Invalid identity pool configuration. Check assigned IAM roles for this pool.'
  const conditionOf = (pool: string, kind: string) => ({
    StringEquals: { 'cognito-identity.amazonaws.com:aud': pool },
    'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': kind },
  })
  t.strictSame(
    (await statementOf(refused))?.Condition,
    conditionOf('<IdentityPoolId>', '<AuthenticatedOrUnauthenticated>'),
  )
  const pool = 'eu-west-1:0d0bb2a1-1111-4222-8333-444455556666'
  t.strictSame(
    (await statementOf(`${refused} identityPoolId: "${pool}", arn:aws:iam::111122223333:role/Cognito_appUnauth_Role`))
      ?.Condition,
    conditionOf(pool, 'unauthenticated'),
  )
  t.strictSame(
    (await statementOf(`AWSCognitoCredentialsProvider: Not authorized to perform sts:AssumeRoleWithWebIdentity`))
      ?.Principal,
    { Federated: 'cognito-identity.amazonaws.com' },
  )
  t.strictSame(
    (await statementOf('GitHub Actions: Not authorized to perform sts:AssumeRoleWithWebIdentity'))?.Principal,
    { Federated: 'arn:aws:iam::<AccountId>:oidc-provider/token.actions.githubusercontent.com' },
  )
})

t.test('Kafka that refuses a password is not MSK that asks IAM', async (t) => {
  t.strictSame(
    await diagnosesOf(
      'SaslAuthenticationException: Authentication failed during authentication due to invalid credentials with SASL mechanism SCRAM-SHA-512',
    ),
    [],
  )
})

t.test('a SAML provider is trusted for the sign-in page, and no permission of anybody helps', async (t) => {
  t.match(await statementOf('Not authorized to perform sts:AssumeRoleWithSAML (Error Code: AccessDenied)'), {
    Principal: { Federated: 'arn:aws:iam::<AccountId>:saml-provider/<SamlProviderName>' },
    Action: 'sts:AssumeRoleWithSAML',
    Condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
  })
})

t.test('the trust in an identity pool, as it was read', async (t) => {
  const pool = 'eu-west-1:0d0bb2a1-1111-4222-8333-444455556666'
  const other = pool.replace('0d0b', '9f9f')
  const refused = `Invalid identity pool configuration. Check assigned IAM roles for this pool. identityPoolId: "${pool}"`
  const trustIn = (aud: string, amr: string, Action = 'sts:AssumeRoleWithWebIdentity') =>
    trust({
      Effect: 'Allow',
      Principal: { Federated: 'cognito-identity.amazonaws.com' },
      Action,
      Condition: {
        StringEquals: { 'cognito-identity.amazonaws.com:aud': aud },
        'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': amr },
      },
    })
  const causeOf = async (text: string, policies: Policies) => (await diagnosesOf(text, policies))[0]?.causes[0]
  const ofOther = await causeOf(refused, trustIn(other, 'authenticated'))
  t.match(ofOther, { code: 'oidc-trust', confidence: 'evaluated', facts: { fault: 'pool', values: other } })
  t.match(ofOther?.remedies[0]?.editedStatement?.Condition, {
    StringEquals: { 'cognito-identity.amazonaws.com:aud': pool },
    'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': 'authenticated' },
  })
  const ofGuests = await causeOf(`${refused} (for guests)`, trustIn(pool, 'authenticated'))
  t.match(ofGuests, { confidence: 'evaluated', facts: { fault: 'kind-of-user' } })
  t.match(ofGuests?.remedies[0]?.editedStatement?.Condition, {
    'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': 'unauthenticated' },
  })
  const signedIn = await causeOf(`${refused} (for users who signed in)`, trustIn(pool, 'graph.facebook.com'))
  t.match(signedIn, { facts: { fault: 'fits' } }, 'who signed in has the name of the provider too')
  t.equal(signedIn?.remedies[0]?.step, 'set-pool-role')
  const plainAction = await causeOf(refused, trustIn(pool, 'authenticated', 'sts:AssumeRole'))
  t.match(plainAction, { confidence: 'evaluated', facts: { fault: 'action' } })
  const unknown = await causeOf(refused, trustIn(pool, 'authenticated'))
  t.match(unknown, { confidence: 'stated', facts: { fault: 'unknown' } }, 'nothing tells the kind of user')
})

t.test('a trust policy that lets the caller in, as it was read, is not what refused', async (t) => {
  const role = 'arn:aws:iam::444455556666:role/reports'
  const text = denied('sts:AssumeRole', role)
  const lets: Statement = {
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::111122223333:role/orders' },
    Action: 'sts:AssumeRole',
  }
  const codes = async (policies: Policies) => (await diagnosesOf(text, policies))[0]?.causes.map(({ code }) => code)
  const both = await codes({ ...identity(allow('sts:AssumeRole', role)), ...trust(lets) })
  t.equal(both?.[0], 'evaluation-allows')
  t.strictSame(await codes(trust(lets)), ['cross-account-identity-side'])
  const other = { ...lets, Principal: { AWS: 'arn:aws:iam::111122223333:role/billing' } }
  t.equal((await codes(trust(other)))?.[0], 'trust-policy')
})
