import { writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import t, { type Test } from 'tap'
import { openLineWorkers, type LineWorkers } from '../../src/lines/line-workers.ts'
import { buildTestApp, post, type TestApp } from '../helper/app.ts'

const ndjson = { 'content-type': 'application/x-ndjson' }
/** As it is shipped; `npm test` builds it. */
const shipped = new URL('../../dist/bundle/line-worker.js', import.meta.url)

const denial = (queue: number): string =>
  `User: arn:aws:sts::111122223333:assumed-role/worker/i-${queue} is not authorized to perform: sqs:SendMessage on resource: arn:aws:sqs:eu-west-1:111122223333:jobs-${queue} because no identity-based policy allows the sqs:SendMessage action`

const input = Array.from({ length: 300 }, (_, index) => {
  if (index % 50 === 7) return 'not json'
  if (index % 3 === 0) return JSON.stringify({ id: String(index), text: denial(index) })
  if (index % 10 === 1) return JSON.stringify({ id: String(index), text: 'nothing of AWS here, 첫째 😀' })
  return JSON.stringify({ eventID: String(index), eventName: 'ListQueues', eventSource: 'sqs.amazonaws.com' })
}).join('\n')

interface Watched {
  readonly workers: LineWorkers
  readonly failures: unknown[]
}

function watched(script: URL, count = 1): Watched {
  const failures: unknown[] = []
  const workers = openLineWorkers(script, { count, version: '0.0.0', failed: (error) => failures.push(error) })
  return { workers, failures }
}

/** A thread that does what the script says. */
function scripted(t: Test, script: string): Watched {
  const path = `${t.testdir({})}/worker.mjs`
  writeFileSync(path, `import { parentPort } from 'node:worker_threads'\n${script}`)
  return watched(pathToFileURL(path))
}

const stream = async (app: TestApp, lines = input, query = ''): Promise<string> =>
  (await post(app.server, `/v1/diagnoses/stream${query}`, lines, ndjson)).text

const causesCounted = async ({ server }: TestApp): Promise<readonly string[]> => {
  const { body } = await server.inject({ url: '/metrics', headers: { host: 'localhost' } })
  return body.split('\n').filter((line) => line.startsWith('ade_causes_total'))
}

const audited = ({ logged }: TestApp): readonly unknown[] =>
  logged()
    .split('\n')
    .filter((line) => line.includes('"audit":true'))
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .map(({ caller, account, cause }) => ({ caller, account, cause }))

t.test('threads answer as the process itself does, count and audit included', async (t) => {
  const own = await buildTestApp(t)
  const expected = await stream(own)
  for (const count of [1, 3]) {
    const { workers, failures } = watched(shipped, count)
    const app = await buildTestApp(t, {}, { workers })
    const all = await Promise.all([stream(app), stream(app), stream(app)])
    for (const answer of all) t.equal(answer.replaceAll('0.0.0', ''), expected.replaceAll('0.0.0', ''), `${count}`)
    t.strictSame(
      await causesCounted(app),
      (await causesCounted(own)).map((line) => line.replace(/\d+$/, tripled)),
    )
    t.equal(audited(app).length, 3 * audited(own).length)
    t.match(audited(app), audited(own))
    await app.server.close()
    t.strictSame(failures, [], 'closing is no failure')
  }
})

const tripled = (number: string): string => String(3 * Number(number))

t.test('what hides policies and what translates reaches the thread', async (t) => {
  const text = `${denial(1)}\n{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"sqs:SendMessage","Resource":"*"}]}`
  for (const [settings, query] of [
    [{ SHOW_POLICIES: 'false' }, ''],
    [{}, '?locale=ko'],
  ] as const) {
    const { workers } = watched(shipped)
    const lines = JSON.stringify({ text })
    const apart = await stream(await buildTestApp(t, settings, { workers }), lines, query)
    t.equal(apart, await stream(await buildTestApp(t, settings), lines, query))
    t.not(apart, await stream(await buildTestApp(t), lines))
  }
})

t.test('evidence is gathered in the process, which alone has credentials', async (t) => {
  const { workers, failures } = scripted(t, 'throw new Error("no thread is asked")')
  const app = await buildTestApp(t, { EVIDENCE: 'sample' }, { workers })
  t.match(await stream(app, JSON.stringify({ text: denial(1) }), '?evidence=1'), /"diagnoses":\[\{/)
  t.strictSame(failures, [])
})

t.test('a thread sees no environment', async (t) => {
  process.env['AWS_SECRET_ACCESS_KEY'] = 'not-a-key'
  t.teardown(() => delete process.env['AWS_SECRET_ACCESS_KEY'])
  const { workers } = scripted(
    t,
    `parentPort.on('message', ({ batch, lines }) =>
       parentPort.postMessage({ batch, lines: lines.map(() => ({ line: JSON.stringify(process.env), diagnosed: [] })) }))`,
  )
  const [seen] = (await workers.explain([{ id: '1', text: '' }], { locale: 'en', showPolicies: true })) ?? []
  t.match(seen?.line, /^\{/)
  t.notMatch(seen?.line, /AWS|not-a-key/)
  await workers.close()
})

t.test('where no thread can be started, the process answers', async (t) => {
  const expected = await stream(await buildTestApp(t))
  for (const { workers, failures } of [
    watched(new URL('file:///nowhere/worker.js')),
    scripted(t, 'throw new Error("secret of a paste")'),
    scripted(t, `parentPort.on('message', () => process.exit(0))`),
  ]) {
    const app = await buildTestApp(t, {}, { workers })
    t.equal(await stream(app), expected)
    t.equal(await stream(app), expected)
    t.equal(failures.length, 1, 'it is tried once')
  }
})

t.test('a thread that dies loses the lines that it had, and another takes its place', async (t) => {
  const { workers, failures } = scripted(
    t,
    `parentPort.on('message', ({ batch, lines }) => {
       if (lines.some(({ text }) => text.includes('jobs-666'))) process.exit(1)
       parentPort.postMessage({ batch, lines: lines.map(({ id }) => ({ line: id + '\\n', diagnosed: [] })) })
     })`,
  )
  const app = await buildTestApp(t, {}, { workers })
  const line = (queue: number): string => JSON.stringify({ id: String(queue), text: denial(queue) })
  t.equal(await stream(app, line(1)), '1\n')
  t.match(JSON.parse(await stream(app, line(666))), { id: '666', error: { code: 'internal' } })
  t.equal(await stream(app, line(2)), '2\n')
  t.equal(failures.length, 1)

  const options = { locale: 'en', showPolicies: true } as const
  const [died, waited] = [666, 3].map((queue) => workers.explain([{ id: '7', text: denial(queue) }], options))
  t.match(await died, [{ line: /"internal"/ }])
  t.equal(await waited, null, 'what had not begun is not lost')
})

t.test('why a line failed is logged without what was pasted', async (t) => {
  const { workers } = scripted(
    t,
    `const line = '{"id":"1","error":{"code":"internal"}}\\n'
     parentPort.on('message', ({ batch }) =>
       parentPort.postMessage({ batch, lines: [{ line, diagnosed: [], error: new Error('canary-of-a-paste') }] }))`,
  )
  const app = await buildTestApp(t, {}, { workers })
  await stream(app, JSON.stringify({ id: '1', text: denial(1) }))
  t.match(app.logged(), /a line of a stream failed/)
  t.match(app.logged(), /worker\.mjs:\d+/)
  t.notMatch(app.logged(), /canary-of-a-paste/)
})
