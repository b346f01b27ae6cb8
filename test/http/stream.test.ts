import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import t from 'tap'
import { buildTestApp, post } from '../helper/app.ts'

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
    { id: '7', diagnoses: [] },
    { id: 'b', error: { code: 'invalid-request' } },
    { id: 'e-1', diagnoses: [{ denial: { operation: 'ListQueues' } }] },
    { id: null, error: { code: 'too-large' } },
    { id: 'last', diagnoses: [{ causes: [{ code: 'missing-allow' }] }] },
  ])
  t.equal(lines.length, 10, 'blank lines are passed over')
})

t.test('clients read while they write', async (t) => {
  const { server } = await buildTestApp(t)
  await server.listen({ host: '127.0.0.1', port: 0 })
  const { port } = server.server.address() as AddressInfo
  const socket = request({
    port,
    method: 'POST',
    path: '/v1/diagnoses/stream',
    headers: { ...ndjson, host: 'localhost' },
  })
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

t.test('anything but lines is refused', async (t) => {
  const { server } = await buildTestApp(t)
  for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded']) {
    const answer = await post(server, '/v1/diagnoses/stream', '{"text":"x"}', { 'content-type': type })
    t.match(answer.json(), { status: 415, code: 'unsupported-media-type' }, type)
  }
  const bare = { method: 'POST', url: '/v1/diagnoses/stream', headers: { host: 'localhost' } } as const
  t.equal((await server.inject(bare)).statusCode, 415, 'no body at all')
})
