import t from 'tap'
import type { Statement } from '../../src/iam/policy-document.ts'
import { trust } from './case-row.ts'
import { answerOf, diagnosesOf } from './explain-text.ts'

/*
 * Trust policies for tokens and for SAML responses, as they were read, beside what the text tells of the caller.
 */

const role = 'arn:aws:iam::444455556666:role/publisher'
const refused = `AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity (role ${role})`
const provider = (host: string): string => `arn:aws:iam::444455556666:oidc-provider/${host}`
const lets = (Federated: string, Condition?: Statement['Condition'], Action?: Statement['Action']): Statement => ({
  Effect: 'Allow',
  Principal: { Federated },
  Action: Action ?? 'sts:AssumeRoleWithWebIdentity',
  ...(Condition === undefined ? {} : { Condition }),
})
const found = async (text: string, statement?: Statement) =>
  (await diagnosesOf(text, statement === undefined ? {} : trust(statement)))[0]?.causes[0]

t.test('the trust policy of an identity pool counts, whoever speaks of pools', async (t) => {
  const [pool, other] = ['ap-south-1:5f5f0000-1111-4222-8333-444455556666', 'ap-south-1:aaaa0000-1111-4222-8333-000']
  const ofPool = (aud: string) =>
    lets('cognito-identity.amazonaws.com', {
      StringEquals: { 'cognito-identity.amazonaws.com:aud': aud },
      'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': 'unauthenticated' },
    })
  const named = await found(`${refused}\nthe identity pool ${pool}`, ofPool(other))
  t.match(named, { confidence: 'evaluated', facts: { fault: 'pool', provider: 'cognito-identity.amazonaws.com' } })
  t.match(named?.remedies[0]?.editedStatement?.Condition, {
    StringEquals: { 'cognito-identity.amazonaws.com:aud': pool },
  })
  // Nothing but the policy tells of a pool.
  const unnamed = await found(refused, ofPool(other))
  t.match(unnamed?.facts, { provider: 'cognito-identity.amazonaws.com', key: 'cognito-identity.amazonaws.com:aud' })
  t.notMatch(JSON.stringify(unnamed), 'oidc-provider')
  const ofWorkflow = await found(`${refused}\nRun aws-actions/configure-aws-credentials@v4`, ofPool(other))
  t.match(ofWorkflow?.facts['provider'], 'token.actions.githubusercontent.com', 'another provider is told')
})

t.test('the providers without an ARN are compared with what was read', async (t) => {
  const ofGoogle = await found(
    refused,
    lets('accounts.google.com', { StringEquals: { 'accounts.google.com:aud': 'a1' } }),
  )
  t.match(ofGoogle, { confidence: 'stated', facts: { provider: 'accounts.google.com', fault: 'unknown' } })
  t.notMatch(JSON.stringify(ofGoogle?.remedies), 'ProviderHost')
})

t.test('the issuer that the text tells is not the one that is trusted', async (t) => {
  const statement = lets(provider('gitlab.com'), {
    StringEquals: { 'gitlab.com:aud': 'https://gitlab.com' },
    StringLike: { 'gitlab.com:sub': 'project_path:tools/*:ref_type:branch:ref:main' },
  })
  for (const told of [
    'CI_SERVER_URL=https://gitlab.example.org',
    '{"iss":"https://gitlab.example.org","sub":"project_path:tools/app:ref_type:branch:ref:main"}',
    'the issuer is https://gitlab.example.org/',
  ]) {
    const cause = await found(`${refused}\n${told}`, statement)
    t.match(cause, { confidence: 'evaluated', facts: { fault: 'issuer', letsIn: provider('gitlab.com') } }, told)
    t.match(cause?.remedies[0]?.editedStatement, {
      Principal: { Federated: provider('gitlab.example.org') },
      Condition: {
        StringEquals: { 'gitlab.example.org:aud': 'https://gitlab.com' },
        StringLike: { 'gitlab.example.org:sub': 'project_path:tools/*:ref_type:branch:ref:main' },
      },
    })
  }
  const same = await found(`${refused}\nCI_SERVER_URL=https://gitlab.com`, statement)
  t.not(same?.facts['fault'], 'issuer')
  // Without a policy the job tells what to trust.
  const anew = await found(
    `${refused}\nCI_SERVER_URL=https://git.gitlab.example.org CI_PROJECT_PATH=tools/app CI_COMMIT_REF_NAME=main`,
  )
  t.match(anew?.remedies[0]?.statement, {
    Principal: { Federated: provider('git.gitlab.example.org') },
    Condition: {
      StringEquals: { 'git.gitlab.example.org:sub': 'project_path:tools/app:ref_type:branch:ref:main' },
    },
  })
})

t.test('what nothing tells of the token is not said to differ', async (t) => {
  const statement = lets(provider('app.terraform.io'), {
    StringEquals: { 'app.terraform.io:aud': 'aws.workload.identity' },
    StringLike: { 'app.terraform.io:sub': 'organization:acme:project:*:workspace:*:run_phase:*' },
  })
  const answer = (await answerOf(refused, trust(statement)))?.causes[0]
  t.equal(answer?.confidence, 'stated')
  for (const key of ['app.terraform.io:aud', 'app.terraform.io:sub']) t.match(answer?.explanation, key)
  t.match(answer?.remedies[0]?.instruction, 'correct whichever differs')
})

t.test('claims as the token has them decide, and nothing is left open', async (t) => {
  const host = 'token.actions.githubusercontent.com'
  const statement = lets(provider(host), {
    StringEquals: { [`${host}:aud`]: 'sts.amazonaws.com' },
    StringLike: { [`${host}:sub`]: ['repo:acme/shop:*', 'repo:acme/tools:*'] },
  })
  for (const claims of [
    '{"aud":"sts.amazonaws.com","sub":"repo:Acme/Shop:environment:live"}',
    'sub: repo:Acme/Shop:environment:live\naud: sts.amazonaws.com',
  ]) {
    const answer = await answerOf(`${refused}\n${claims}`, trust(statement))
    t.equal(answer?.verdict?.decision, 'implicitDeny')
    t.strictSame(answer?.hints, [])
    t.match(answer?.causes[0]?.explanation, 'upper and lower case')
    t.strictSame(answer?.causes[0]?.remedies[0]?.editedStatement?.Condition, {
      StringEquals: { [`${host}:aud`]: 'sts.amazonaws.com' },
      StringLike: { [`${host}:sub`]: ['repo:Acme/Shop:*', 'repo:acme/tools:*'] },
    })
  }
  const policy = await found(`${refused}\nour policy has sub: repo:acme/shop:*`, statement)
  t.not(policy?.facts['fault'], 'fits', 'a sentence may speak of the policy')
})

t.test('an audience that the issuer makes is trusted, not asked for', async (t) => {
  const host = 'api.bitbucket.org/2.0/workspaces/heron/pipelines-config/identity/oidc'
  const open = lets(provider(host), { StringEquals: { [`${host}:aud`]: 'sts.amazonaws.com' } })
  const cause = await found(`${refused}\naud: ari:cloud:bitbucket::workspace/77`, open)
  t.match(cause?.remedies[0]?.editedStatement?.Condition, {
    StringEquals: { [`${host}:aud`]: 'ari:cloud:bitbucket::workspace/77' },
  })
  // GitHub gives whatever audience a job asks for: the policy stays, and what is said of it is no change.
  const github = lets(provider('token.actions.githubusercontent.com'), {
    StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' },
  })
  const asked = (await answerOf(`${refused}\naudience: https://github.com/heron`, trust(github)))?.causes[0]
  t.equal(asked?.remedies[0]?.editedStatement, null)
  t.match(asked?.explanation, 'demands no subject')
  t.notMatch(asked?.explanation, 'change below')
})

t.test('a SAML provider, as it was read', async (t) => {
  const saml =
    'User is not authorized to perform: sts:AssumeRoleWithSAML on resource: arn:aws:iam::444455556666:role/ops'
  const own = 'arn:aws:iam::444455556666:saml-provider/Heron'
  const signIn = { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } }
  const action = await found(saml, lets(own, signIn, ['sts:AssumeRole', 'sts:TagSession']))
  t.match(action, { code: 'trust-policy', confidence: 'evaluated', facts: { fault: 'saml-action', provider: own } })
  t.strictSame(action?.remedies[0]?.editedStatement, lets(own, signIn, ['sts:AssumeRoleWithSAML', 'sts:TagSession']))
  const foreign = await found(saml, lets(own.replace('444455556666', '111122223333'), signIn, 'sts:AssumeRoleWithSAML'))
  t.match(foreign, { confidence: 'evaluated', facts: { fault: 'saml-provider' } })
  t.strictSame(foreign?.remedies[0]?.editedStatement?.Principal, { Federated: own })
  const elsewhere = { StringEquals: { 'SAML:aud': 'urn:amazon:webservices' } }
  const recipient = await found(saml, lets(own, elsewhere, 'sts:AssumeRoleWithSAML'))
  t.match(recipient?.remedies[0]?.editedStatement?.Condition, signIn)
  const right = (await answerOf(saml, trust(lets(own, signIn, 'sts:AssumeRoleWithSAML'))))?.causes[0]
  t.match(right, { confidence: 'possible', check: null, remedies: [{ statement: null }] })
  t.notMatch(right?.explanation, "caller's own policy")
})

t.test('a trust policy that was read is not read again to settle what the call sent', async (t) => {
  const assume = `User: arn:aws:iam::111122223333:user/ines is not authorized to perform: sts:AssumeRole on resource: ${role}`
  const demanding = (Condition: Statement['Condition']): Statement => ({
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::111122223333:root' },
    Action: 'sts:AssumeRole',
    ...(Condition === undefined ? {} : { Condition }),
  })
  for (const condition of [
    { StringEquals: { 'sts:ExternalId': 'kite-7' } },
    { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
    { StringLike: { 'sts:RoleSessionName': 'ines-*' } },
  ]) {
    const answer = await answerOf(assume, trust(demanding(condition)))
    t.match(answer?.causes[0], { code: 'trust-policy', confidence: 'possible' })
    t.match(answer?.causes[0]?.check, 'lookup-events')
    t.match(answer?.summary, 'what the call sent decides')
  }
  const unread = await answerOf(assume)
  t.match(
    unread?.causes.find(({ code }) => code === 'trust-policy')?.check,
    'AssumeRolePolicyDocument',
    'where nothing was read it is',
  )
})

t.test('tags of an assertion or a token are allowed by the trust policy alone', async (t) => {
  const tagged = `User is not authorized to perform: sts:TagSession on resource: ${role}`
  const own = 'arn:aws:iam::444455556666:saml-provider/Heron'
  const signIn = { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } }
  const bySaml = lets(own, signIn, 'sts:AssumeRoleWithSAML')
  const byToken = lets(provider('gitlab.com'), { StringEquals: { 'gitlab.com:aud': 'https://gitlab.com' } })
  for (const [text, statement, call] of [
    [`${tagged} (Service: Sts, AssumeRoleWithSAML)`, bySaml, 'sts:AssumeRoleWithSAML'],
    [tagged, byToken, 'sts:AssumeRoleWithWebIdentity'],
    [
      `An error occurred (AccessDenied) when calling the AssumeRoleWithWebIdentity operation: Not authorized to perform sts:TagSession (${role})`,
      byToken,
      'sts:AssumeRoleWithWebIdentity',
    ],
  ] as const) {
    const cause = await found(text, statement)
    t.match(cause, { code: 'tag-session', confidence: 'evaluated', facts: { call } })
    t.strictSame(cause?.remedies[0]?.editedStatement, { ...statement, Action: [call, 'sts:TagSession'] })
    t.notOk(
      cause?.remedies.some(({ kind }) => kind === 'add-identity-statement'),
      'nobody has a policy there',
    )
  }
  const unread = await found(`Error: Could not assume role with OIDC: Not authorized to perform sts:TagSession`)
  t.match(JSON.stringify(unread?.remedies[0]?.statement), 'oidc-provider/token.actions.githubusercontent.com')
  // It hangs on what is asked of those who come, or of their tags.
  const demanding = {
    ...lets(own, { StringLike: { 'aws:RequestTag/team': 'a*' } }, ['sts:AssumeRoleWithSAML', 'sts:TagSession']),
  }
  const held = await found(tagged, demanding)
  t.match(held, { code: 'trust-policy', confidence: 'possible', facts: { key: 'aws:RequestTag/team' } })
  for (const { statement } of held?.remedies ?? []) t.equal(statement, null)
})

t.test('a Deny for private addresses in the trust policy always applies', async (t) => {
  const assume = `User: arn:aws:sts::111122223333:assumed-role/deploy/s is not authorized to perform: sts:AssumeRole on resource: ${role}`
  const denying = (range: string): Statement => ({
    Effect: 'Deny',
    Principal: '*',
    Action: 'sts:AssumeRole',
    Condition: { NotIpAddress: { 'aws:SourceIp': range } },
  })
  const to: Statement = { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:role/b' }, Action: 'sts:*' }
  for (const [range, decision] of [
    ['192.168.4.0/22', 'explicitDeny'],
    ['203.0.113.0/24', 'implicitDeny'],
  ] as const) {
    const [diagnosis] = await diagnosesOf(assume, trust(to, denying(range)))
    t.equal(diagnosis?.verdict?.decision, decision, range)
    const changes = JSON.stringify(diagnosis?.causes[0]?.remedies.map(({ editedStatement }) => editedStatement))
    if (decision === 'explicitDeny') t.match(changes, 'aws:VpcSourceIp', 'the Allow alone does not help')
  }
})
