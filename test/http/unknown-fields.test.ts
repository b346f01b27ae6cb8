import t from 'tap'
import { problemSchema } from '../../src/http/problem.ts'
import { policyTypes } from '../../src/iam/policy-type.ts'
import { buildTestApp, post } from '../helper/app.ts'

/** A misspelt name would be dropped, and the answer would leave out what was handed over and look certain. */

const text =
  'User: arn:aws:iam::444455556666:user/noor is not authorized to perform: sns:Publish on resource: arn:aws:sns:eu-north-1:444455556666:alarms'
const all = (Effect: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect, Action: 'sns:*', Resource: '*' }],
})
const publish = {
  principal: { type: 'user', arn: 'arn:aws:iam::444455556666:user/noor' },
  action: 'sns:Publish',
  resource: 'arn:aws:sns:eu-north-1:444455556666:alarms',
  resourceAccount: '444455556666',
  policies: { 'identity-based': [{ name: 'all', document: all('Allow') }] },
}
const guardrail = [{ level: 'root', policies: [{ name: 'none', document: all('Deny') }] }]

const rows: Readonly<Record<string, readonly [url: string, body: object, pointers: readonly string[]]>> = {
  'a policy type of an evaluation': [
    '/v1/evaluations',
    { ...publish, policies: { ...publish.policies, 'service-controls': guardrail } },
    ['/policies/service-controls'],
  ],
  'a field of an evaluation': ['/v1/evaluations', { ...publish, contextcomplete: true }, ['/contextcomplete']],
  'a field of a principal': [
    '/v1/evaluations',
    { ...publish, principal: { ...publish.principal, rolearn: 'arn:aws:iam::444455556666:role/x' } },
    ['/principal/rolearn'],
  ],
  'a policy type of a diagnosis': [
    '/v1/diagnoses',
    { text, evidence: { policies: { identity_based: [{ name: 'all', document: all('Deny') }] } } },
    ['/evidence/policies/identity_based'],
  ],
  'fields of evidence and of hints': [
    '/v1/diagnoses',
    { text, evidence: { policy: {} }, hints: { account: '444455556666', 'a/b~c': 1 } },
    ['/hints/account', '/hints/a~1b~0c', '/evidence/policy'],
  ],
  'a field of the request': ['/v1/diagnoses', { text, hint: { region: 'eu-north-1' } }, ['/hint']],
  'a parameter of the query': ['/v1/diagnoses?redact=1', { text }, ['/querystring/redact']],
  'a parameter of a stream': ['/v1/diagnoses/stream?evidenced=1', { text }, ['/querystring/evidenced']],
}

t.test('unknown fields are refused where they stand', async (t) => {
  const { server } = await buildTestApp(t)
  for (const [name, [url, body, pointers]] of Object.entries(rows)) {
    const headers = url.includes('stream') ? { 'content-type': 'application/x-ndjson' } : {}
    const answer = await post(server, url, body, { ...headers })
    t.equal(answer.status, 422, name)
    const { code, errors = [] } = problemSchema.parse(answer.json())
    t.equal(code, 'invalid-request', name)
    t.strictSame(
      errors.map(({ pointer }) => pointer),
      pointers,
      name,
    )
    for (const { message } of errors) t.match(message, /^Not known here: .*\. Known are \w/, name)
  }
})

t.test('what is known is said, and no secret that was sent as a name is repeated', async (t) => {
  const { server } = await buildTestApp(t)
  const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
  const policies = { [`aws_secret_access_key=${secret}`]: [], ['x'.repeat(5000)]: [] }
  const answer = await post(server, '/v1/diagnoses', { text, evidence: { policies } })
  t.equal(answer.status, 422)
  t.notMatch(answer.text, secret)
  t.ok(answer.text.length < 2000, 'long names are cut')
  for (const type of policyTypes) t.match(answer.text, type)
})

t.test('a test vector can be sent as it stands', async (t) => {
  const { server } = await buildTestApp(t)
  const vector = { ...publish, id: 'v1', title: 'publish', reason: 'all of SNS', expected: { decision: 'allowed' } }
  t.match((await post(server, '/v1/evaluations', vector)).json(), { decision: 'allowed' })
})

t.test('a guardrail under its right name counts', async (t) => {
  const { server } = await buildTestApp(t)
  t.match((await post(server, '/v1/evaluations', publish)).json(), { decision: 'allowed' })
  const denied = { ...publish, policies: { ...publish.policies, 'service-control': guardrail } }
  t.match((await post(server, '/v1/evaluations', denied)).json(), {
    decision: 'explicitDeny',
    policyType: 'service-control',
  })
})

t.test('pages for people take what a link has gathered on its way', async (t) => {
  const { server } = await buildTestApp(t)
  const page = await server.inject({ url: '/v1/causes?utm_source=chat', headers: { host: 'localhost' } })
  t.equal(page.statusCode, 200)
})
