import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { evaluationReplySchema } from '../../src/http/evaluations-route.ts'
import { replySchema } from '../../src/reply/schema.ts'
import { buildTestApp, post } from '../helper/app.ts'

const paste =
  'An error occurred (AccessDenied) when calling the CreateQueue operation: User: arn:aws:sts::111122223333:assumed-role/ReportReader/nightly is not authorized to perform: sqs:CreateQueue on resource: arn:aws:sqs:eu-west-1:111122223333:reports because no identity-based policy allows the sqs:CreateQueue action'

interface Connected {
  readonly client: Client
  readonly url: URL
  readonly logged: () => string
}

/** The SDK's own client, connected to the real service over a real socket. */
async function connect(
  t: Test,
  environment: Readonly<Record<string, string>> = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<Connected> {
  const { server, logged } = await buildTestApp(t, environment)
  const url = new URL('/mcp', await server.listen({ host: '127.0.0.1', port: 0 }))
  const client = new Client({ name: 'test', version: '1.0.0' })
  await client.connect(new StreamableHTTPClientTransport(url, { requestInit: { headers } }))
  t.teardown(() => client.close())
  return { client, url, logged }
}

t.test('the tools are described, input and output', async (t) => {
  const { client } = await connect(t)
  const { tools } = await client.listTools()
  t.strictSame(
    tools.map(({ name }) => name),
    ['diagnose_access_denied', 'evaluate_request'],
  )
  for (const tool of tools) {
    t.equal(tool.annotations?.readOnlyHint, true, tool.name)
    t.equal(tool.outputSchema?.type, 'object', tool.name)
    t.equal(tool.inputSchema.type, 'object', tool.name)
  }
  t.match(Object.keys(tools[0]?.inputSchema.properties ?? {}), ['text', 'hints', 'evidence', 'locale'])
  t.match(client.getServerVersion(), { name: 'access-denied-explainer' })
})

t.test('diagnose_access_denied explains, as Markdown and as data', async (t) => {
  const { client, logged } = await connect(t)
  // The client checks structuredContent against the tool's output schema once it has listed the tools.
  await client.listTools()
  const result = await client.callTool({ name: 'diagnose_access_denied', arguments: { text: paste } })
  t.notOk(result.isError)
  const reply = replySchema.parse(result.structuredContent)
  t.match(reply.diagnoses[0]?.denial, { action: 'sqs:CreateQueue', roleOrUserName: 'ReportReader' })
  t.equal(reply.diagnoses[0]?.causes[0]?.code, 'missing-allow')
  t.match(result.content, [{ type: 'text', text: /sqs:CreateQueue/ }])
  t.match(logged(), '"audit":true')
  t.notMatch(logged(), 'ReportReader', 'nothing pasted is logged')
})

t.test('evidence that is handed over is evaluated', async (t) => {
  const { client } = await connect(t)
  const document = { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 'sqs:*', Resource: '*' }] }
  const result = await client.callTool({
    name: 'diagnose_access_denied',
    arguments: {
      text: paste.replace(/ because .*/, ''),
      evidence: { policies: { 'identity-based': [{ name: 'no-queues', document }] } },
      locale: 'ko',
    },
  })
  const reply = replySchema.parse(result.structuredContent)
  t.match(reply.diagnoses[0]?.verdict, { decision: 'explicitDeny', policyType: 'identity-based' })
  t.match(JSON.stringify(result.content), /[가-힣]/u, 'in Korean')
})

t.test('what cannot be diagnosed is an error that the model reads', async (t) => {
  const { client } = await connect(t)
  const rows: Readonly<Record<string, readonly [arguments: Record<string, unknown>, says: RegExp]>> = {
    'nothing recognised': [{ text: 'hello' }, /No AWS denial/],
    'nothing at all': [{}, /No AWS denial/],
    'a text that is too long': [{ text: 'x'.repeat(1024 * 1024 + 1) }, /1 MiB/],
    'a text that is none': [{ text: 7 }, /text/],
    'Korean where asked': [{ text: 'hello', locale: 'ko' }, /찾지 못했습니다/],
    'a misspelt policy type': [{ text: paste, evidence: { policies: { 'service-controls': [] } } }, /service-controls/],
    'a misspelt field': [{ text: paste, hint: {} }, /Known are text, hints, evidence, locale/],
  }
  for (const [name, [args, says]] of Object.entries(rows)) {
    const result = await client.callTool({ name: 'diagnose_access_denied', arguments: args })
    t.equal(result.isError, true, name)
    t.match(JSON.stringify(result.content), says, name)
  }
})

t.test('a log with hundreds of denials does not fill a model’s memory', async (t) => {
  const { client } = await connect(t)
  await client.listTools()
  const many = Array.from({ length: 260 }, (_, index) => paste.replace(/:reports\b/, `:reports-${String(index)}`))
  const result = await client.callTool({ name: 'diagnose_access_denied', arguments: { text: many.join('\n') } })
  const [{ text }] = result.content as [{ text: string }]
  t.ok(text.length < 45_000, `${text.length} characters`)
  const said = /Cut to fit: (\d+) of 260 denials are shown/.exec(text)
  const shown = Number(said?.[1])
  t.equal([...text.matchAll(/^## Denial \d+ of /gm)].length, shown, 'what is said to be shown is shown')
  const reply = replySchema.parse(result.structuredContent)
  t.ok(JSON.stringify(reply).length < 300_000)
  t.ok(reply.diagnoses.length >= shown)
  t.match(reply.notes.join(' '), /Cut to fit/)
  const [first = ''] = many
  const one = await client.callTool({ name: 'diagnose_access_denied', arguments: { text: first } })
  t.notMatch(JSON.stringify(one.content), /Cut to fit/)
})

t.test('evaluate_request decides', async (t) => {
  const { client } = await connect(t)
  await client.listTools()
  const document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:Get*', Resource: '*' }] }
  const request = {
    principal: { type: 'user', arn: 'arn:aws:iam::111122223333:user/ann' },
    action: 's3:GetObject',
    resource: 'arn:aws:s3:::example-reports/may.csv',
    resourceAccount: '111122223333',
    policies: { 'identity-based': [{ name: 'read', document }] },
  }
  const allowed = await client.callTool({ name: 'evaluate_request', arguments: request })
  t.match(evaluationReplySchema.parse(allowed.structuredContent), {
    decision: 'allowed',
    policyType: 'identity-based',
    statement: { policy: 'read', statement: 0 },
  })
  const denied = await client.callTool({ name: 'evaluate_request', arguments: { ...request, action: 's3:PutObject' } })
  t.match(denied.structuredContent, { decision: 'implicitDeny' })
  const wrong = await client.callTool({ name: 'evaluate_request', arguments: { ...request, action: 'GetObject' } })
  t.equal(wrong.isError, true)
  t.match(JSON.stringify(wrong.content), /prefix:Name/)
  const misspelt = { ...request, policies: { ...request.policies, 'service-controls': [] } }
  const refused = await client.callTool({ name: 'evaluate_request', arguments: misspelt })
  t.equal(refused.isError, true)
  t.match(JSON.stringify(refused.content), /service-controls/)
})

t.test('an API key, where the service wants one', async (t) => {
  const folder = t.testdir()
  const file = join(folder, 'keys.json')
  const hash = (key: string): string => createHash('sha256').update(key).digest('hex')
  const keys = [
    { name: 'agent', sha256: hash('a-key-for-an-agent'), scopes: ['text'] },
    { name: 'probe', sha256: hash('a-key-for-metrics'), scopes: ['metrics'] },
  ]
  writeFileSync(file, JSON.stringify({ keys }))
  const { client, url } = await connect(t, { API_KEYS_FILE: file }, { authorization: 'Bearer a-key-for-an-agent' })
  const document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:Get*', Resource: '*' }] }
  const result = await client.callTool({
    name: 'diagnose_access_denied',
    arguments: { text: paste, evidence: { policies: { 'identity-based': [{ name: 'read', document }] } } },
  })
  const reply = replySchema.parse(result.structuredContent)
  const shown = reply.diagnoses.flatMap(({ causes }) => causes).flatMap(({ remedies }) => remedies)
  t.ok(
    shown.every(({ diff, policyDocument }) => diff === null && policyDocument === null),
    'no documents without the scope for them',
  )
  const rows: readonly (readonly [headers: Record<string, string>, status: number])[] = [
    [{}, 401],
    [{ authorization: 'Bearer a-wrong-key-entirely' }, 401],
    [{ authorization: 'Bearer a-key-for-metrics' }, 403],
  ]
  for (const [headers, status] of rows) {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: '{}',
    })
    t.equal(response.status, status)
    await response.body?.cancel()
  }
})

t.test('the protocol’s edges', async (t) => {
  const { server } = await buildTestApp(t)
  const accept = { accept: 'application/json, text/event-stream' }
  const call = (method: string) => ({ jsonrpc: '2.0', id: 1, method })
  const answer = await post(server, '/mcp', call('tools/list'), accept)
  t.equal(answer.status, 200, 'a message needs no session')
  t.match(answer.type, 'application/json')
  t.match(answer.headers, { 'x-content-type-options': 'nosniff' }, 'replies have the security headers of all others')
  t.equal((await post(server, '/mcp', { jsonrpc: '2.0', method: 'notifications/initialized' }, accept)).status, 202)
  t.match((await post(server, '/mcp', call('no/such'), accept)).json(), { error: { code: -32601 } })
  t.equal((await post(server, '/mcp', { hello: 1 }, accept)).status, 400, 'no message')
  t.equal((await post(server, '/mcp', call('tools/list'), { accept: 'text/html' })).status, 406)
  t.equal((await post(server, '/mcp', call('tools/list'), { ...accept, origin: 'https://evil.example' })).status, 403)
  for (const method of ['GET', 'DELETE'] as const) {
    const response = await server.inject({ method, url: '/mcp', headers: { host: 'localhost', ...accept } })
    t.equal(response.statusCode, 405, method)
    t.equal(response.headers.allow, 'POST')
  }
})
