import t from 'tap'
import type { Policies } from '../../src/iam/policies.ts'
import { statementsOf } from '../../src/diagnosis/statements.ts'

const allow = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }

/** How many statements are left of a document with this one in it. */
const left = (statement: unknown): number => {
  const policies: Policies = { 'identity-based': [{ name: 'given', document: { Statement: statement } }] }
  return statementsOf(policies, 'identity-based').length
}

t.test('statements that AWS would not take are not read: nothing in them can be edited or quoted', (t) => {
  const rows: readonly (readonly [name: string, statement: unknown, left: number])[] = [
    ['as it should be', allow, 1],
    ['a list of them', [allow, { ...allow, Effect: 'Deny' }], 2],
    ['lists of texts', { ...allow, Action: ['s3:Get*', 's3:List*'] }, 1],
    ['a condition', { ...allow, Condition: { StringLike: { 'aws:PrincipalTag/team': ['a*'] } } }, 1],
    ['an element that is null', { Effect: 'Deny', NotAction: 'iam:*', NotResource: null }, 0],
    ['a number', { ...allow, Resource: 7 }, 0],
    ['a number in a list', { ...allow, Action: ['s3:GetObject', 7] }, 0],
    ['lists in lists', { ...allow, Resource: [['*']] }, 0],
    ['no effect', { Action: '*', Resource: '*' }, 0],
    ['an effect that there is not', { ...allow, Effect: 'Maybe' }, 0],
    ['a Sid that is no text', { ...allow, Sid: null }, 0],
    ['a condition that is a text', { ...allow, Condition: 'x' }, 0],
    ['a principal of null', { ...allow, Principal: { AWS: null } }, 0],
    ['a text', 'Allow', 0],
    ['a bad one beside a good one: AWS stores the whole or nothing', [allow, { ...allow, Action: null }], 0],
  ]
  for (const [name, statement, want] of rows) t.equal(left(statement), want, name)
  t.end()
})
