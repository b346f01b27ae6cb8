import t from 'tap'
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
