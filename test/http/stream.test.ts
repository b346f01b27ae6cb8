import { request, type ClientRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { buildTestApp, post, type TestApp } from '../helper/app.ts'

const sentence =
  'User: arn:aws:iam::111122223333:user/ana is not authorized to perform: sqs:ListQueues because no identity-based policy allows the sqs:ListQueues action'
const failed = {
  eventID: 'e-1',
  eventSource: 'sqs.amazonaws.com',
  eventName: 'ListQueues',
  awsRegion: 'eu-west-1',
  errorCode: 'AccessDenied',
  errorMessage: sentence,
  userIdentity: {
    type: 'IAMUser',
    arn: 'arn:aws:iam::111122223333:user/ana',
    accountId: '111122223333',
    userName: 'ana',
  },
}
const ndjson = { 'content-type': 'application/x-ndjson' }

interface AnswerLine {
  readonly id: string | number | null
  readonly diagnoses?: readonly unknown[]
  readonly error?: { readonly code: string }
}

const linesOf = (text: string): readonly AnswerLine[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as AnswerLine)

async function openStream(app: TestApp, path = '/v1/diagnoses/stream'): Promise<ClientRequest> {
  await app.server.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.server.address() as AddressInfo
  return request({ port, method: 'POST', path, headers: { ...ndjson, host: 'localhost' } })
}

/** All of the answer, from when it begins. */
const answerOf = (client: ClientRequest): Promise<string> =>
  new Promise((resolve, reject) => {
    client.on('error', reject)
    client.on('response', (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (part: string) => (text += part))
      response.on('end', () => resolve(text))
    })
  })

t.test('one line out for each line in, in order', async (t) => {
  const { server } = await buildTestApp(t)
  const input = [
    JSON.stringify({ id: 'a', text: sentence }),
    JSON.stringify(failed),
    JSON.stringify({ ...failed, eventID: 'e-2', errorCode: undefined, errorMessage: undefined }),
    '',
    'not json',
    '[1]',
    JSON.stringify({ id: 7, text: 'nothing of AWS here' }),
    JSON.stringify({ id: 'b' }),
    JSON.stringify({ detail: failed }),
    `{"id":"long","text":"${'x'.repeat(1024 * 1024)}"}`,
    JSON.stringify({ id: 'last', text: sentence }),
  ].join('\n')
  const answer = await post(server, '/v1/diagnoses/stream', input, ndjson)
  t.equal(answer.status, 200)
  t.match(answer.type, /^application\/x-ndjson/)
  const lines = answer.text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, never>)
  t.match(lines, [
    { id: 'a', diagnoses: [{ causes: [{ code: 'missing-allow' }] }] },
    { id: 'e-1', diagnoses: [{ denial: { operation: 'ListQueues' } }] },
    { id: 'e-2', diagnoses: [] },
    { id: null, error: { code: 'invalid-request' } },
    { id: null, error: { code: 'invalid-request' } },
    { id: 7, diagnoses: [] },
    { id: 'b', error: { code: 'invalid-request' } },
    { id: 'e-1', diagnoses: [{ denial: { operation: 'ListQueues' } }] },
    { id: null, error: { code: 'too-large' } },
    { id: 'last', diagnoses: [{ causes: [{ code: 'missing-allow' }] }] },
  ])
  t.equal(lines.length, 10, 'blank lines are passed over')
})

t.test('an id comes back as it was sent', async (t) => {
  const { server } = await buildTestApp(t)
  const texts = [sentence, 'nothing of AWS here', undefined]
  const ids = [0, 12, -3.5, '12', '', 'job 7', null, { a: 1 }, [5], true, undefined]
  const input = ids.flatMap((id) => texts.map((text) => JSON.stringify({ id, text })))
  const expected = ids.map((id) => (typeof id === 'number' || typeof id === 'string' ? id : null))
  for (const query of ['', '?evidence=1']) {
    const answers = linesOf((await post(server, `/v1/diagnoses/stream${query}`, input.join('\n'), ndjson)).text)
    t.strictSame(
      answers.map(({ id }) => id),
      expected.flatMap((id) => texts.map(() => id)),
      query,
    )
  }
})

t.test('clients read while they write', async (t) => {
  const socket = await openStream(await buildTestApp(t))
  const answers: string[] = []
  const twoLines = new Promise<void>((resolve) => {
    socket.on('response', (response) =>
      response.setEncoding('utf8').on('data', (chunk: string) => {
        answers.push(chunk)
        if (answers.length === 1) socket.end(`${JSON.stringify({ id: 'second', text: sentence })}\n`)
        else resolve()
      }),
    )
  })
  socket.write(`${JSON.stringify({ id: 'first', text: sentence })}\n`)
  await twoLines
  t.match(answers[0], /"id":"first"/)
  t.match(answers[1], /"id":"second"/)
})

t.test('the order stays, however long each answer takes', async (t) => {
  const { server } = await buildTestApp(t, { EVIDENCE: 'sample' })
  const input = Array.from({ length: 150 }, (_, index) => {
    if (index % 7 === 3) return JSON.stringify({ id: String(index) })
    if (index % 3 === 0) return JSON.stringify({ id: String(index), text: sentence })
    return JSON.stringify({ eventID: String(index), eventName: 'ListQueues', eventSource: 'sqs.amazonaws.com' })
  })
  for (const query of ['', '?evidence=1']) {
    const answers = linesOf((await post(server, `/v1/diagnoses/stream${query}`, input.join('\n'), ndjson)).text)
    t.strictSame(
      answers.map(({ id }) => id),
      input.map((_, index) => String(index)),
      query,
    )
    for (const [index, answer] of answers.entries())
      if (index % 7 === 3) t.match(answer.error, { code: 'invalid-request' })
      else t.equal(answer.diagnoses?.length, index % 3 === 0 ? 1 : 0, `line ${index}`)
  }
})

t.test('lines and characters may be cut anywhere by the network', async (t) => {
  const socket = await openStream(await buildTestApp(t))
  socket.setNoDelay(true)
  const answer = answerOf(socket)
  const bytes = Buffer.from(
    [{ id: '첫째 😀', text: `오류: ${sentence}` }, { ...failed, eventID: 'é' }, { id: 'none' }]
      .map((line) => JSON.stringify(line))
      .join('\n'),
  )
  for (let start = 0; start < bytes.length; start += 17) {
    socket.write(bytes.subarray(start, start + 17))
    if (start % 5 === 0) await sleep(1)
  }
  socket.end()
  t.match(linesOf(await answer), [
    { id: '첫째 😀', diagnoses: [{ causes: [{ code: 'missing-allow' }] }] },
    { id: 'é', diagnoses: [{ denial: { operation: 'ListQueues' } }] },
    { id: 'none', error: { code: 'invalid-request' } },
  ])
})

t.test('who does not read is not read from', async (t) => {
  const app = await buildTestApp(t)
  const socket = await openStream(app)
  const count = 2000
  const diagnosed = async (): Promise<number> => {
    const metrics = await app.server.inject({ url: '/metrics', headers: { host: 'localhost' } })
    return Number(/ade_causes_total\{code="missing-allow"\} (\d+)/.exec(metrics.body)?.[1] ?? 0)
  }
  const responded = new Promise<NodeJS.ReadableStream>((resolve, reject) => {
    socket.on('response', resolve)
    socket.on('error', reject)
  })
  for (let index = 0; index < count; index += 1)
    socket.write(`${JSON.stringify({ id: String(index), text: sentence })}\n`)
  socket.end()
  const response = await responded
  let before = -1
  for (let now = await diagnosed(); now !== before; now = await diagnosed()) {
    before = now
    await sleep(300)
  }
  t.ok(before > 0 && before < count, `${before} of ${count} answers wait in the network's buffers`)
  let text = ''
  for await (const part of response.setEncoding('utf8')) text += String(part)
  t.strictSame(
    linesOf(text).map(({ id }) => id),
    Array.from({ length: count }, (_, index) => String(index)),
    'the others follow once the answers are read',
  )
})

t.test('a client that goes away ends its own stream only', async (t) => {
  const app = await buildTestApp(t)
  const socket = await openStream(app)
  socket.on('error', () => undefined)
  const left = new Promise<void>((resolve) => {
    socket.on('response', (response) => {
      response.on('error', () => undefined)
      response.once('data', () => {
        socket.destroy()
        resolve()
      })
    })
  })
  for (let index = 0; index < 200; index += 1) socket.write(`${JSON.stringify({ text: sentence })}\n`)
  await left
  await sleep(50)
  t.equal((await post(app.server, '/v1/diagnoses/stream', JSON.stringify(failed), ndjson)).status, 200)
  t.notMatch(app.logged(), /"level":(?:50|60)/, 'no error is logged')
})

t.test('only what is read has to be shallow', async (t) => {
  const { server } = await buildTestApp(t)
  const deep = `${'['.repeat(100)}${']'.repeat(100)}`
  const within = (line: object): string => `${JSON.stringify(line).slice(0, -1)},"responseElements":${deep}}`
  const input = [
    within({ eventID: 'done', eventName: 'ListQueues' }),
    within(failed),
    within({ id: 'a', text: sentence }),
  ]
  const answer = await post(server, '/v1/diagnoses/stream', input.join('\n'), ndjson)
  t.match(linesOf(answer.text), [
    { id: 'done', diagnoses: [] },
    { id: 'e-1', error: { code: 'invalid-request' } },
    { id: 'a', error: { code: 'invalid-request' } },
  ])
})

t.test('anything but lines is refused', async (t) => {
  const { server } = await buildTestApp(t)
  for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded']) {
    const answer = await post(server, '/v1/diagnoses/stream', '{"text":"x"}', { 'content-type': type })
    t.match(answer.json(), { status: 415, code: 'unsupported-media-type' }, type)
  }
  const bare = { method: 'POST', url: '/v1/diagnoses/stream', headers: { host: 'localhost' } } as const
  t.equal((await server.inject(bare)).statusCode, 415, 'no body at all')
})
