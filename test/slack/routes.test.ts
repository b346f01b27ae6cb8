import Fastify, { type FastifyInstance } from 'fastify'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import t, { type Test } from 'tap'
import type { Explainer, ExplainInput } from '../../src/explain.ts'
import { handleErrors } from '../../src/http/errors.ts'
import { limitPlaces } from '../../src/http/places.ts'
import { messageTexts, plainFromSlack } from '../../src/slack/pasted-text.ts'
import { registerSlack, type SlackOptions } from '../../src/slack/register.ts'
import { responseUrl } from '../../src/slack/response-url.ts'
import { createSignatureCheck, sign } from '../../src/slack/signature.ts'
import { buildTestApp } from '../helper/app.ts'
import { reply } from './sample-reply.ts'

const signingSecret = 'a-signing-secret-of-a-test'
const now = Date.UTC(2026, 10, 2, 12)
const timestamp = String(now / 1000)
const commands = '/integrations/slack/commands'
const interactions = '/integrations/slack/interactions'
const responseAddress = 'https://hooks.slack.com/commands/T0001/1/abc'
const paste =
  'An error occurred (AccessDenied) when calling the GetObject operation: User: arn:aws:sts::111122223333:assumed-role/ReportReader/nightly is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::example-reports/may.csv" because no identity-based policy allows the s3:GetObject action'

interface Slack {
  readonly server: FastifyInstance
  /** What reached the stand-in for Slack's hooks. */
  readonly posted: { readonly path: string; readonly body: Record<string, unknown> }[]
  readonly asked: ExplainInput[]
  readonly logged: () => string
}

/** The plugin over an explainer of the test's own, with a stand-in for hooks.slack.com that really listens. */
async function slack(
  t: Test,
  explain: (input: ExplainInput) => ReturnType<Explainer['explain']>,
  over: Partial<SlackOptions> = {},
): Promise<Slack> {
  const posted: Slack['posted'] = []
  const hooks = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      posted.push({ path: request.url ?? '', body: JSON.parse(body) as Record<string, unknown> })
      response.statusCode = request.url?.endsWith('/gone') === true ? 404 : 200
      response.end('ok')
    })
  })
  await new Promise<void>((resolve) => hooks.listen(0, '127.0.0.1', resolve))
  const { port } = hooks.address() as AddressInfo
  const toStandIn: typeof fetch = (input, init) => {
    const url = input as URL
    t.equal(url.origin, 'https://hooks.slack.com')
    return fetch(`http://127.0.0.1:${port}${url.pathname}`, init)
  }
  const lines: string[] = []
  const server = Fastify({ logger: { level: 'trace', stream: { write: (line) => void lines.push(line) } } })
  handleErrors(server)
  const asked: ExplainInput[] = []
  const explainer: Explainer = {
    explain: (input) => {
      asked.push(input)
      return explain(input)
    },
  }
  await registerSlack(server, { explainer, signingSecret, fetch: toStandIn, clock: () => now, ...over })
  t.teardown(async () => {
    await server.close()
    hooks.closeAllConnections()
    await new Promise((resolve) => hooks.close(resolve))
  })
  return { server, posted, asked, logged: () => lines.join('') }
}

const answered = (): ReturnType<Explainer['explain']> =>
  Promise.resolve({ kind: 'reply', reply: reply(), diagnoses: [] })
const nothing = (): ReturnType<Explainer['explain']> => Promise.resolve({ kind: 'nothing-recognised' })
const after = <T>(milliseconds: number, value: () => Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => setTimeout(() => void value().then(resolve, reject), milliseconds))

const form = (fields: Readonly<Record<string, string>>): string => new URLSearchParams(fields).toString()
const commandForm = (text: string, over: Readonly<Record<string, string>> = {}): string =>
  form({ command: '/why-denied', text, response_url: responseAddress, ...over })
const shortcutForm = (payload: object): string =>
  form({ payload: JSON.stringify({ type: 'message_action', response_url: responseAddress, ...payload }) })

async function send(
  { server }: Slack,
  url: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ readonly status: number; readonly text: string; readonly body: Record<string, unknown> }> {
  const response = await server.inject({
    method: 'POST',
    url,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': sign(signingSecret, timestamp, body),
      ...headers,
    },
    payload: body,
  })
  const text = response.body
  return {
    status: response.statusCode,
    text,
    body: text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {},
  }
}

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200 && !holds(); tries += 1) await new Promise((resolve) => setTimeout(resolve, 10))
}

t.test('the example of Slack’s documentation has the signature that it names', (t) => {
  const body =
    'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c'
  const secret = '8f742231b10e8888abcd99yyyzzz85a5'
  const signature = 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503'
  t.equal(sign(secret, '1531420618', body), signature)
  const request = { signature, timestamp: '1531420618', body: Buffer.from(body) }
  t.ok(createSignatureCheck(secret, () => 1531420618_000).accept(request))
  t.notOk(createSignatureCheck(secret, () => 1531420618_000 + 301_000).accept(request), 'five minutes later')
  t.end()
})

t.test('a replayed request is refused as long as its timestamp is fresh, and forgotten after', (t) => {
  let clock = now
  const check = createSignatureCheck(signingSecret, () => clock)
  const body = Buffer.from('a=1')
  const request = { signature: sign(signingSecret, timestamp, body), timestamp, body }
  t.ok(check.accept(request))
  t.notOk(check.accept(request), 'again')
  clock += 299_000
  t.notOk(check.accept(request), 'again after almost five minutes')
  t.end()
})

t.test('what Slack did not sign is refused, whatever it is', async (t) => {
  const over = await slack(t, answered)
  const body = commandForm(paste)
  const old = String(now / 1000 - 301)
  const ahead = String(now / 1000 + 301)
  const refused: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    'no signature': { 'x-slack-signature': '' },
    'another secret': { 'x-slack-signature': sign('another', timestamp, body) },
    'another body': { 'x-slack-signature': sign(signingSecret, timestamp, `${body}&x=1`) },
    'an old timestamp': { 'x-slack-request-timestamp': old, 'x-slack-signature': sign(signingSecret, old, body) },
    'a timestamp ahead': { 'x-slack-request-timestamp': ahead, 'x-slack-signature': sign(signingSecret, ahead, body) },
    'no timestamp': { 'x-slack-request-timestamp': '' },
    'an odd timestamp': { 'x-slack-request-timestamp': '1e9' },
    'another version': { 'x-slack-signature': sign(signingSecret, timestamp, body).replace('v0', 'v1') },
    'another content type': { 'content-type': 'application/json' },
  }
  for (const [name, headers] of Object.entries(refused))
    for (const url of [commands, interactions]) {
      const { status, body: problem } = await send(over, url, body, headers)
      t.ok(status === 401 || (name === 'another content type' && status === 400), `${name}: ${status}`)
      t.type(problem['code'], 'string')
    }
  t.strictSame(over.asked, [], 'nobody was asked')
  t.equal((await send(over, commands, body)).status, 200, 'while the right one is answered')
  t.equal((await send(over, commands, body)).status, 401, 'once')
})

t.test('a quick answer comes at once, for the asker alone', async (t) => {
  const over = await slack(t, answered)
  const { status, body } = await send(over, commands, commandForm(paste))
  t.equal(status, 200)
  t.equal(body['response_type'], 'ephemeral')
  t.match(JSON.stringify(body['blocks']), 'AllowGetObject')
  t.strictSame(over.posted, [])
  t.equal(over.asked[0]?.text, paste)
  t.notMatch(over.logged(), 'ReportReader', 'nothing pasted is logged')
})

t.test('to the channel where that is asked for', async (t) => {
  const over = await slack(t, answered)
  const { body } = await send(over, commands, commandForm(`--public ${paste}`))
  t.equal(body['response_type'], 'in_channel')
  t.equal(over.asked[0]?.text, paste)
})

t.test('a slow answer follows through response_url', async (t) => {
  const over = await slack(t, () => after(80, answered), { answerWithin: 20 })
  const { status, body } = await send(over, commands, commandForm(paste))
  t.equal(status, 200)
  t.match(body['text'], 'The answer follows')
  t.equal(body['response_type'], 'ephemeral')
  await until(() => over.posted.length > 0)
  t.match(over.posted[0], { path: '/commands/T0001/1/abc', body: { response_type: 'ephemeral' } })
  t.match(JSON.stringify(over.posted[0]?.body['blocks']), 'AllowGetObject')
})

t.test('a promised answer is given before the service closes', async (t) => {
  const over = await slack(t, () => after(100, answered), { answerWithin: 5 })
  await send(over, commands, commandForm(paste))
  await over.server.close()
  t.equal(over.posted.length, 1)
})

t.test('a late answer that Slack does not take is logged without what it says', async (t) => {
  const over = await slack(t, () => after(30, answered), { answerWithin: 5 })
  await send(over, commands, commandForm(paste, { response_url: 'https://hooks.slack.com/gone' }))
  await until(() => over.logged().includes('SLACK_404'))
  t.match(over.logged(), 'SLACK_404')
  t.notMatch(over.logged(), 'ReportReader')
})

t.test('a late answer goes to Slack and nowhere else', async (t) => {
  for (const url of [
    'https://evil.example/x',
    'http://hooks.slack.com/x',
    'https://hooks.slack.com.evil.example/x',
    'https://hooks.slack.com@evil.example/x',
    'https://user:secret@hooks.slack.com/x',
    'https://hooks.slack.com:8443/x',
    'https://169.254.169.254/latest',
    'file:///etc/passwd',
    'hooks.slack.com',
    '',
  ])
    t.equal(responseUrl(url), null, url)
  t.equal(responseUrl(responseAddress)?.hostname, 'hooks.slack.com')
  const over = await slack(t, () => after(30, answered), { answerWithin: 5 })
  const { body } = await send(over, commands, commandForm(paste, { response_url: 'https://evil.example/x' }))
  t.match(JSON.stringify(body['blocks']), 'AllowGetObject', 'the answer then waits for the reply')
  await send(over, interactions, shortcutForm({ response_url: 'https://evil.example/x', message: { text: paste } }))
  t.equal(over.asked.length, 1, 'and a shortcut that cannot be answered asks nobody')
})

t.test('help, nothing recognised, our own failure and Slack’s certificate check', async (t) => {
  const ok = await slack(t, nothing)
  t.match((await send(ok, commands, commandForm(''))).body['text'], '/why-denied An error occurred')
  t.match((await send(ok, commands, commandForm(' help '))).body['text'], '/why-denied An error occurred')
  t.match((await send(ok, commands, commandForm('hello'))).body, { response_type: 'ephemeral', text: /^No AWS denial/ })
  t.match((await send(ok, `${commands}?locale=ko`, commandForm('hello!'))).body['text'], 'AWS 거부 오류')
  t.equal((await send(ok, commands, form({ ssl_check: '1' }))).status, 200)
  const failing = await slack(t, () => Promise.reject(new Error(`broken by ${paste}`)))
  const { status, body } = await send(failing, commands, commandForm(paste))
  t.equal(status, 200)
  t.match(body['text'], 'could not be answered')
  t.notMatch(failing.logged(), paste, 'not even an error’s message is shown to the asker')
})

t.test('the shortcut explains a message, through response_url', async (t) => {
  const over = await slack(t, answered)
  const { status, text } = await send(over, interactions, shortcutForm({ message: { text: paste } }))
  t.equal(status, 200)
  t.equal(text, '')
  await until(() => over.posted.length > 0)
  t.match(over.posted[0]?.body, { response_type: 'ephemeral' })
  t.equal(over.asked[0]?.text, paste)
})

t.test('a bot’s message is looked for in its attachments and blocks', async (t) => {
  const over = await slack(t, (input) => (input.text === 'the error' ? answered() : nothing()))
  const message = { text: 'Build failed', attachments: [{ fallback: 'Build 7' }], blocks: [section('the error')] }
  await send(over, interactions, shortcutForm({ message }))
  await until(() => over.posted.length > 0)
  t.strictSame(
    over.asked.map(({ text }) => text),
    ['Build failed', 'Build 7', 'the error'],
  )
  t.match(JSON.stringify(over.posted[0]?.body), 'AllowGetObject')
})

t.test('a message without text, other interactions, and payloads that are none', async (t) => {
  const over = await slack(t, answered)
  await send(over, interactions, shortcutForm({ message: { text: '' } }))
  await until(() => over.posted.length > 0)
  t.match(over.posted[0]?.body['text'], 'no text')
  t.equal((await send(over, interactions, shortcutForm({ type: 'block_actions' }))).status, 200)
  t.equal((await send(over, interactions, form({ payload: '{' }))).status, 400)
  t.equal((await send(over, interactions, form({ payload: '[]' }))).status, 400)
  t.equal((await send(over, interactions, form({ x: '1' }))).status, 400)
  t.strictSame(over.asked, [])
})

t.test('in the whole service, with its engine', async (t) => {
  const { server, logged } = await buildTestApp(t, {
    SLACK_SIGNING_SECRET: signingSecret,
    PUBLIC_URL: 'https://explain.example.com',
  })
  const body = commandForm(paste)
  const seconds = String(Math.floor(Date.now() / 1000))
  const response = await server.inject({
    method: 'POST',
    url: commands,
    headers: {
      host: 'explain.example.com',
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': seconds,
      'x-slack-signature': sign(signingSecret, seconds, body),
    },
    payload: body,
  })
  t.equal(response.statusCode, 200)
  t.match(response.body, 's3:GetObject')
  t.match(response.body, 'https://explain.example.com/v1/causes/')
  t.notMatch(logged(), 'ReportReader')
})

const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } })

const plainRows: readonly (readonly [name: string, given: string, want: string])[] = [
  ['escapes', 'a &amp;&amp; b &lt;Role&gt;', 'a && b <Role>'],
  ['each escape once', '&amp;lt;', '&lt;'],
  ['an address that Slack linked', 'role/Admin/<mailto:a@example.com|a@example.com>', 'role/Admin/a@example.com'],
  ['a link with its text', 'see <http://s3.amazonaws.com|s3.amazonaws.com>', 'see s3.amazonaws.com'],
  ['a link without', '<https://example.com/a?b=1>', 'https://example.com/a?b=1'],
  ['what is no link', 'Role <Name>', 'Role <Name>'],
]
for (const [name, given, want] of plainRows) t.equal(plainFromSlack(given), want, name)

t.strictSame(
  messageTexts({
    blocks: [
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_preformatted',
            elements: [
              { type: 'text', text: 'arn:aws:sts::111122223333:assumed-role/Admin/' },
              { type: 'link', url: 'mailto:a@example.com' },
            ],
          },
          { type: 'rich_text_section', elements: [{ type: 'text', text: 'second line' }] },
        ],
      },
      section('third line'),
    ],
  }),
  ['arn:aws:sts::111122223333:assumed-role/Admin/a@example.com\nsecond line\nthird line'],
  'pieces of a line are joined, lines stay lines',
)

t.test('so many questions at once, late answers among them; more are turned away', async (t) => {
  const places = limitPlaces(1)
  let refused = 0
  const over = await slack(t, () => after(150, answered), {
    answerWithin: 5,
    places,
    refused: () => {
      refused += 1
    },
  })
  t.equal((await send(over, commands, commandForm(paste))).status, 200)
  t.equal(places.inside(), 1, 'the answer is still to come')
  const busy = await send(over, commands, commandForm(`${paste} again`))
  t.match(busy, { status: 503, body: { code: 'overloaded' } })
  t.equal(refused, 1)
  await until(() => over.posted.length === 1 && places.inside() === 0)
  t.equal((await send(over, commands, commandForm(`${paste} once more`))).status, 200)
  await until(() => over.posted.length === 2)
})
