import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import t from 'tap'
import { problemSchema } from '../../src/http/problem.ts'
import { buildTestApp, post } from '../helper/app.ts'

/** What a refusal says has to lead to a request that is answered. */

const text =
  'User: arn:aws:iam::444455556666:user/noor is not authorized to perform: sns:Publish on resource: arn:aws:sns:eu-north-1:444455556666:alarms'
const ndjson = { 'content-type': 'application/x-ndjson' }
const json = { 'content-type': 'application/json' }

t.test('content types: each route says what it takes', async (t) => {
  const { server } = await buildTestApp(t)
  const rows: readonly (readonly [url: string, headers: Record<string, string>, says: RegExp])[] = [
    ['/v1/diagnoses/stream', json, /application\/x-ndjson/],
    ['/v1/diagnoses', { 'content-type': 'application/xml' }, /text\/plain, or application\/json/],
    ['/v1/evaluations', { 'content-type': 'text/plain' }, /^Send application\/json\.$/],
    ['/v1/evaluations', { 'content-type': 'application/xml' }, /^Send application\/json\.$/],
    ['/v1/diagnoses', { 'content-type': 'text/plain; charset=utf-16' }, /UTF-8/],
    ['/v1/diagnoses', { 'content-type': 'application/json; charset=latin1' }, /UTF-8/],
    ['/v1/diagnoses', { 'content-encoding': 'gzip' }, /without Content-Encoding/],
    ['/v1/diagnoses/stream', { ...ndjson, 'content-encoding': 'gzip' }, /without Content-Encoding/],
  ]
  for (const [url, headers, says] of rows) {
    const body = 'content-encoding' in headers ? gzipSync(text) : JSON.stringify({ text })
    const answer = await post(server, url, body, headers)
    const { status, detail } = problemSchema.parse(answer.json())
    t.equal(status, 415, `${url} ${JSON.stringify(headers)}`)
    t.match(detail, says)
  }
  for (const type of ['application/x-ndjson', 'application/ndjson', 'application/jsonl'])
    t.equal(
      (await post(server, '/v1/diagnoses/stream', JSON.stringify({ text }), { 'content-type': type })).status,
      200,
      type,
    )
  for (const type of ['text/plain; charset=UTF-8', 'text/plain;charset="utf-8"'])
    t.equal((await post(server, '/v1/diagnoses', text, { 'content-type': type })).status, 200, type)
})

t.test('a stream says what is wrong with a line', async (t) => {
  const { server } = await buildTestApp(t)
  const lines = [{ id: 'a', text: 5 }, { id: 'b', Records: [] }, { id: 'c' }]
  const { text: out } = await post(
    server,
    '/v1/diagnoses/stream',
    lines.map((line) => JSON.stringify(line)).join('\n'),
    ndjson,
  )
  const [a = '', b = '', c = ''] = out.trim().split('\n')
  t.match(a, /"text\\" must be a string/)
  t.match(b, /one record/)
  t.match(c, /neither/)
})

t.test('hints: what is wrong with them is said, in the language asked for', async (t) => {
  const { server } = await buildTestApp(t)
  const ask = async (body: object, query = '') =>
    problemSchema.parse((await post(server, `/v1/diagnoses${query}`, body)).json())
  t.match(await ask({ hints: { action: 'publish' } }), {
    code: 'nothing-recognised',
    detail: /service:Action/,
    errors: [{ pointer: '/hints/action', message: /service:Action/ }],
  })
  t.match(await ask({ text: 'hello' }, '?locale=ko'), { title: /찾지 못했습니다/, detail: /찾아보았습니다/ })
  t.match(await ask({ text: 'hello', locale: 'ko' }), { detail: /찾아보았습니다/ })
  t.match(await ask({ locale: 'ko' }), { detail: /텍스트가 없습니다/ })
  t.match(await ask({ text, locale: 'ko', hints: { resourceAccount: '4444' } }), {
    title: /형식에 맞지 않습니다/,
    errors: [{ pointer: '/hints/resourceAccount', message: '숫자 12자리여야 합니다' }],
  })
  const plain = await ask({ text, hints: { region: 'mars' } })
  t.not(plain.detail.replace(/\.$/, ''), plain.title, 'title and detail say two things')
  for (const region of ['eusc-de-east-1', 'us-gov-west-1', 'us-isob-east-1', 'ap-southeast-7'])
    t.equal((await post(server, '/v1/diagnoses', { text, hints: { region } })).status, 200, region)
  t.equal((await post(server, '/v1/diagnoses?region=eusc-de-east-1', text)).status, 200)
})

t.test('context keys: what is wanted is said', async (t) => {
  const { server } = await buildTestApp(t)
  const evaluation = {
    principal: { type: 'user', arn: 'arn:aws:iam::444455556666:user/noor' },
    action: 'sns:Publish',
    context: { 'aws:MultiFactorAuthPresent': true, 'aws:MultiFactorAuthAge': 300 },
  }
  const { errors = [] } = problemSchema.parse((await post(server, '/v1/evaluations', evaluation)).json())
  t.equal(errors.length, 2)
  for (const { message } of errors) t.match(message, /string.*"true"/)
})

t.test('hints in the query need no body', async (t) => {
  const { server } = await buildTestApp(t)
  const url = '/v1/diagnoses?action=sns:Publish&principal=arn:aws:iam::444455556666:user/noor'
  const { statusCode } = await server.inject({ method: 'POST', url, headers: { host: 'localhost' } })
  t.equal(statusCode, 200)
})

t.test('OPTIONS is refused like other methods, unless pages of other origins may ask', async (t) => {
  const { server } = await buildTestApp(t)
  const options = { method: 'OPTIONS', url: '/v1/causes', headers: { host: 'localhost' } } as const
  const refused = await server.inject(options)
  t.match(refused, { statusCode: 405, headers: { allow: 'GET, HEAD' } })
  const shared = await buildTestApp(t, { CORS_ORIGINS: 'https://tools.example' })
  const preflight = await shared.server.inject({
    ...options,
    headers: { host: 'localhost', origin: 'https://tools.example', 'access-control-request-method': 'GET' },
  })
  t.equal(preflight.statusCode, 204)
})

t.test('what was sent in place of a key is told from nothing sent', async (t) => {
  const file = join(t.testdir(), 'keys.json')
  const sha256 = createHash('sha256').update('a-key-that-is-known').digest('hex')
  writeFileSync(file, JSON.stringify({ keys: [{ name: 'bot', sha256, scopes: ['text'] }] }))
  const { server } = await buildTestApp(t, { API_KEYS_FILE: file })
  const ask = async (authorization: string) => (await post(server, '/v1/diagnoses', text, { authorization })).json()
  t.match(await ask('Bearer short'), { status: 401, detail: /8 to 512/ })
  t.match(await ask('Bearer somebody-else'), { status: 401, detail: /not known/ })
  t.match((await post(server, '/v1/diagnoses', text)).json(), { status: 401, detail: /^Send it as/ })
})
