import t from 'tap'
import { quoteStatement } from '../../src/reply/quote-statement.ts'

const first = { Sid: 'First', Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }
const second = { Effect: 'Deny', Action: 's3:*', Resource: '*' }
const document = { Version: '2012-10-17', Statement: [first, second] }

t.test('a statement is quoted as it was read', (t) => {
  const policies = { 'identity-based': [{ name: 'files', document }] }
  t.strictSame(quoteStatement(policies, 'identity-based', { policy: 'files', statement: 1, sid: null }), second)
  t.equal(quoteStatement(policies, 'identity-based', { policy: 'files', statement: 7, sid: null }), null)
  t.equal(quoteStatement(policies, 'identity-based', { policy: 'other', statement: 0, sid: 'First' }), null)
  t.equal(quoteStatement(policies, 'session', { policy: 'files', statement: 1, sid: null }), null)
  t.end()
})

t.test('levels are searched, text is parsed and a single statement needs no list', (t) => {
  const single = JSON.stringify({ Statement: first })
  const policies = {
    'service-control': [
      { level: 'root', policies: 'unknown' as const },
      { level: 'account', policies: [{ name: 'guard', document: single }] },
    ],
  }
  const ref = { policy: 'guard', statement: 0, sid: 'First' }
  t.strictSame(quoteStatement(policies, 'service-control', ref), first)
  t.equal(quoteStatement({ 'service-control': null }, 'service-control', ref), null)
  t.end()
})

t.test('of two policies with one name the one with the statement’s Sid is quoted; broken text is not', (t) => {
  const policies = {
    'identity-based': [
      { name: 'files', document: '{' },
      { name: 'files', document: { Statement: [second] } },
      { name: 'files', document: { Statement: [first] } },
    ],
  }
  t.strictSame(quoteStatement(policies, 'identity-based', { policy: 'files', statement: 0, sid: 'First' }), first)
  t.end()
})
