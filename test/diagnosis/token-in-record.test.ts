import t from 'tap'
import { trust } from './case-row.ts'
import { diagnosesOf } from './explain-text.ts'

const host = 'token.actions.githubusercontent.com'
const provider = `arn:aws:iam::111122223333:oidc-provider/${host}`
const subject = 'repo:linnet-org/ledger:ref:refs/heads/main'
const role = 'arn:aws:iam::111122223333:role/ledger-deploy'

/** What CloudTrail has of a call with a token. It has no ARN of the caller. */
const record = (identity: object = {}, rest: object = {}): string =>
  JSON.stringify({
    eventVersion: '1.08',
    userIdentity: {
      type: 'WebIdentityUser',
      principalId: `${provider}:sts.amazonaws.com:${subject}`,
      userName: subject,
      identityProvider: provider,
      ...identity,
    },
    eventSource: 'sts.amazonaws.com',
    eventName: 'AssumeRoleWithWebIdentity',
    awsRegion: 'us-east-1',
    errorCode: 'AccessDenied',
    errorMessage: 'An unknown error occurred',
    requestParameters: { roleArn: role, roleSessionName: 'GitHubActions' },
    ...rest,
  })

const allow = (Federated: string, Condition: Readonly<Record<string, Readonly<Record<string, string>>>>) => ({
  Effect: 'Allow' as const,
  Principal: { Federated },
  Action: 'sts:AssumeRoleWithWebIdentity',
  Condition,
})

t.test('the record tells what the trust policy has to accept, though its message tells nothing', async (t) => {
  const [diagnosis] = await diagnosesOf(record())
  const [cause] = diagnosis?.causes ?? []
  t.equal(cause?.code, 'oidc-trust')
  const [remedy] = cause?.remedies ?? []
  t.match(remedy?.target, { policyType: 'role-trust', attachTo: 'role/ledger-deploy' })
  t.match(remedy?.statement, {
    Principal: { Federated: provider },
    Condition: { StringEquals: { [`${host}:aud`]: 'sts.amazonaws.com', [`${host}:sub`]: subject } },
  })
  t.same(remedy?.placeholders, [])
  t.notMatch(JSON.stringify(diagnosis), /add-identity-statement/)
})

t.test('the trust policy that was read is held against the token of the record', async (t) => {
  const faultOf = async (statement: ReturnType<typeof allow>) => {
    const [diagnosis] = await diagnosesOf(record(), trust(statement))
    return diagnosis?.causes[0]?.facts['fault']
  }
  const both = { [`${host}:aud`]: 'sts.amazonaws.com', [`${host}:sub`]: subject }
  t.equal(
    await faultOf(allow(provider, { StringEquals: { ...both, [`${host}:sub`]: 'repo:linnet-org/other:*' } })),
    'wildcard-under-equals',
  )
  t.equal(
    await faultOf(
      allow(provider, { StringEquals: { ...both, [`${host}:sub`]: 'repo:linnet-org/other:pull_request' } }),
    ),
    'subject-differs',
  )
  t.equal(
    await faultOf(allow(provider, { StringEquals: { ...both, [`${host}:aud`]: 'https://github.com/linnet-org' } })),
    'audience',
  )
})

t.test('a statement for another provider is left as it is, and one for this provider is added', async (t) => {
  const cluster = 'arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/AAAA1111'
  const [diagnosis] = await diagnosesOf(record(), trust(allow(cluster, {})))
  const [remedy] = diagnosis?.causes[0]?.remedies ?? []
  t.equal(remedy?.editedStatement, null)
  t.match(remedy?.statement?.Principal, { Federated: provider })
})

t.test('the providers without an ARN, and SAML', async (t) => {
  const statementOf = async (text: string) => (await diagnosesOf(text))[0]?.causes[0]?.remedies[0]?.statement
  const identity = { userName: '77', identityProvider: 'graph.facebook.com', principalId: 'graph.facebook.com:4242:77' }
  t.match(await statementOf(record(identity)), {
    Principal: { Federated: 'graph.facebook.com' },
    Condition: { StringEquals: { 'graph.facebook.com:app_id': '4242' } },
  })
  const pool = 'us-east-1:11111111-2222-4333-8444-555555555555'
  const inPool = { userName: 'us-east-1:x', identityProvider: 'cognito-identity.amazonaws.com' }
  const id = `cognito-identity.amazonaws.com:${pool}:us-east-1:x`
  t.match(await statementOf(record({ ...inPool, principalId: id })), {
    Condition: { StringEquals: { 'cognito-identity.amazonaws.com:aud': pool } },
  })
  const saml = 'arn:aws:iam::111122223333:saml-provider/Okta'
  const parameters = { roleArn: role, principalArn: saml }
  const asserted = { eventName: 'AssumeRoleWithSAML', requestParameters: parameters }
  t.match(await statementOf(record({ type: 'SAMLUser', identityProvider: 'x=' }, asserted)), {
    Principal: { Federated: saml },
    Action: 'sts:AssumeRoleWithSAML',
  })
})

t.test('a call that was rejected for another reason is no matter of trust', async (t) => {
  const rejected = { errorCode: 'ValidationException', errorMessage: 'The requested DurationSeconds exceeds the limit' }
  const [diagnosis] = await diagnosesOf(record({}, rejected))
  t.not(diagnosis?.causes[0]?.code, 'oidc-trust')
})
