import t from 'tap'
import type { Statement } from '../../src/iam/policy-document.ts'
import { trust } from './case-row.ts'
import { diagnosesOf } from './explain-text.ts'

/*
 * What a workflow or a pod asks a token for, set beside the trust policy that was read.
 */

const refused = 'Error: Not authorized to perform sts:AssumeRoleWithWebIdentity'
const role = 'role-to-assume: arn:aws:iam::111122223333:role/deploy'
const oidc = (host: string, claims: Readonly<Record<string, string>>): Statement => ({
  Effect: 'Allow',
  Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${host}` },
  Action: 'sts:AssumeRoleWithWebIdentity',
  Condition: {
    StringEquals: Object.fromEntries(Object.entries(claims).map(([claim, value]) => [`${host}:${claim}`, value])),
  },
})
const subject = 'repo:octo/shop:ref:refs/heads/main'
const github = oidc('token.actions.githubusercontent.com', { aud: 'sts.amazonaws.com', sub: subject })
const gitlab = oidc('gitlab.com', { aud: 'https://gitlab.com', sub: 'project_path:octo/shop:ref_type:branch:ref:main' })

const causeOf = async (text: string, statement: Statement) =>
  (await diagnosesOf(`${refused}\n${text}`, trust(statement)))[0]?.causes[0]

t.test('a token for another audience than the policy demands: the policy stays', async (t) => {
  const rows = [
    [`uses: aws-actions/configure-aws-credentials@v4\nwith:\n  ${role}\n  audience: https://github.com/octo`, github],
    [`token: {"aud":"https://github.com/octo","sub":"${subject}"}`, github],
    ['GitLab CI\nid_tokens:\n  AWS_TOKEN:\n    aud: https://gitlab.example.com', gitlab],
  ] as const
  for (const [text, statement] of rows) {
    const cause = await causeOf(text, statement)
    t.match(cause, { code: 'oidc-trust', confidence: 'evaluated', facts: { fault: 'audience' } }, text)
    t.match(cause?.facts['key'], /:aud$/)
    t.match(cause?.remedies, [{ step: 'ask-audience', editedStatement: null, policyDocument: null }])
  }
  const same = await causeOf(`audience: sts.amazonaws.com\nrepo octo/shop, branch develop`, github)
  t.equal(same?.facts['fault'], 'subject-differs', 'the audience that it demands')
  t.match(JSON.stringify(same?.remedies[0]?.editedStatement), ':ref:refs/heads/develop')
})

t.test('where all that is told fits, nothing in the policy is blamed', async (t) => {
  for (const text of ['repo octo/shop, branch main, push', `token: {"sub":"${subject}","aud":"sts.amazonaws.com"}`]) {
    const cause = await causeOf(text, github)
    t.match(cause, { code: 'oidc-trust', confidence: 'stated', facts: { fault: 'fits', key: undefined } }, text)
    t.match(cause?.remedies, [{ step: 'check-token-request', editedStatement: null }])
  }
})

t.test('a call of kubectl names service account and namespace', async (t) => {
  const eks = oidc('oidc.eks.eu-west-1.amazonaws.com/id/AAAA1111', { sub: 'system:serviceaccount:default:orders' })
  const cause = await causeOf('$ kubectl -n shop get sa orders -o yaml', eks)
  t.match(JSON.stringify(cause?.remedies[0]?.editedStatement), 'system:serviceaccount:shop:orders')
  t.equal(cause?.facts['fault'], 'subject-differs')
})
