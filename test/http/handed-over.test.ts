import t from 'tap'
import { problemSchema } from '../../src/http/problem.ts'
import { buildTestApp, post } from '../helper/app.ts'

/** What is handed over is read whole and tested many times: beyond what AWS stores it is refused at once. */

const text =
  'User: arn:aws:iam::444455556666:user/noor is not authorized to perform: sns:Publish on resource: arn:aws:sns:eu-north-1:444455556666:alarms because no identity-based policy allows the sns:Publish action'
const publish = {
  principal: { type: 'user', arn: 'arn:aws:iam::444455556666:user/noor' },
  action: 'sns:Publish',
  resource: 'arn:aws:sns:eu-north-1:444455556666:alarms',
}
const allow = (Condition: object = {}, Resource: string | readonly string[] = '*') => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sns:Publish', Resource, Condition }],
})
const nested = `{"Version":"2012-10-17","Id":${'['.repeat(20_000)}${']'.repeat(20_000)},"Statement":[]}`
const values = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `value-${index}`)

interface Row {
  readonly documents: readonly unknown[]
  readonly context?: Readonly<Record<string, string | readonly string[]>>
  readonly status: number
  readonly says?: RegExp
}

const rows: Readonly<Record<string, Row>> = {
  'a document of the usual size': { documents: [allow()], context: { 'aws:TagKeys': values(50) }, status: 200 },
  'a document as long as the longest that AWS stores': {
    documents: [allow({}, `arn:aws:sns:*:*:${'a*'.repeat(16_000)}`)],
    status: 200,
  },
  'a document that is longer than any that AWS stores': {
    documents: [allow({}, `arn:aws:sns:*:*:${'a*'.repeat(40_000)}`)],
    status: 413,
    says: /^The policy "p0" is longer than 64 KiB/,
  },
  'documents that are too much together': {
    documents: Array.from({ length: 30 }, () => allow({}, values(4000))),
    status: 413,
    says: /^The policies are larger than 1 MiB/,
  },
  'a document as text, nested deeper than the body may be': {
    documents: [nested],
    status: 422,
    says: /^The policy "p0" is nested deeper than 64 levels/,
  },
  'values of context keys': {
    documents: [allow()],
    context: { 'aws:TagKeys': Array.from({ length: 10 }, () => 'a'.repeat(8000)) },
    status: 413,
    says: /^The values of the context keys/,
  },
  'many values against many': {
    documents: [allow({ 'ForAnyValue:StringLike': { 'aws:tagkeys': values(4000) } })],
    context: { 'aws:TagKeys': values(500) },
    status: 413,
    says: /^The conditions of the policies have too many values/,
  },
}

t.test('limits of policies and context', async (t) => {
  const { server } = await buildTestApp(t)
  for (const [name, { documents, context = {}, status, says = /^/ }] of Object.entries(rows)) {
    const policies = { 'identity-based': documents.map((document, index) => ({ name: `p${index}`, document })) }
    for (const [url, body] of [
      ['/v1/evaluations', { ...publish, context, policies }],
      ['/v1/diagnoses', { text, evidence: { policies, context } }],
    ] as const) {
      const answer = await post(server, url, body)
      t.equal(answer.status, status, `${name}, ${url}`)
      if (status !== 200) t.match(problemSchema.parse(answer.json()).detail, says, name)
    }
  }
})
