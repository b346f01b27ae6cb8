import t from 'tap'
import type { Denial } from '../../src/denial/denial.ts'
import { parsePaste } from '../../src/denial/parse.ts'

/*
 * Words that stand right behind a name, where a copy or a table lost the blank or the line break between.
 */

const user = 'arn:aws:iam::111122223333:user/kim'
const told = (text: string): readonly Pick<Denial, 'action' | 'resource'>[] =>
  parsePaste(text).denials.map(({ action, resource }) => ({ action, resource }))
const denied = (action: string, rest: string): string => `User: ${user} is not authorized to perform: ${action}${rest}`

t.test('behind an action', (t) => {
  const action = 'kms:CreateGrant'
  for (const word of ['permission', 'permissions', 'action', 'Principal', 'with'])
    t.strictSame(told(denied(`${action}${word}`, ' and more')), [{ action, resource: null }], word)
  t.strictSame(
    told(`AccessDenied: add the ${action}permission for the key`),
    [{ action, resource: null }],
    'the one action that a message names',
  )
  t.strictSame(
    told(`You do not have permission to perform the ${action}action`).map(({ action }) => action),
    [action],
  )
  for (const own of ['lambda:AddPermission', 'ram:ListPermissions', 'kms:CreateGrantFormation'])
    t.strictSame(told(denied(own, '')), [{ action: own, resource: null }], `${own} is a name of its own`)
  t.end()
})

t.test('behind a star', (t) => {
  const action = 'sqs:SendMessage'
  for (const resource of ['arn:aws:s3:::amzn-s3-demo-bucket/*', 'arn:aws:logs:eu-west-1:111122223333:log-group:*', '*'])
    t.strictSame(
      told(denied(action, ` on resource: ${resource}Caller has no rights`)),
      [{ action, resource }],
      resource,
    )
  const pattern = 'arn:aws:sqs:eu-west-1:111122223333:orders/*Queue'
  t.strictSame(told(denied(action, ` on resource: ${pattern}`)), [{ action, resource: pattern }], 'a pattern')
  t.strictSame(
    told(denied(action, ` on resource: ${pattern} because no identity-based policy allows the ${action} action`)),
    [{ action, resource: pattern }],
    'a pattern, and the reason',
  )
  t.end()
})

t.test('in a table whose cells were full', (t) => {
  const lead = ' '.repeat(75)
  const table = (cells: readonly string[]): string =>
    [
      '-'.repeat(97),
      'ResourceStatus           ResourceType             LogicalResourceId        ResourceStatusReason   ',
      '-'.repeat(97),
      `CREATE_FAILED            AWS::SQS::Queue          Orders                   ${(cells[0] ?? '').padEnd(23)}`,
      ...cells.slice(1).map((cell) => lead + cell.padEnd(23)),
      '-'.repeat(97),
    ].join('\n')
  t.strictSame(
    told(table(['AccessDenied. Please', 'Need: the sqs:TagQueue', 'granted by someone.'])),
    [{ action: 'sqs:TagQueue', resource: null }],
    'two words that each fit',
  )
  t.strictSame(told(table(['AccessDenied. Add iam:C', 'reateServiceLinkedRole', 'permission to it.'])), [
    { action: 'iam:CreateServiceLinkedRole', resource: null },
  ])
  t.strictSame(
    told(table(['AccessDenied: add the', 'role cloudformation:De', 'scribeStacks', 'permission for it'])),
    [{ action: 'cloudformation:DescribeStacks', resource: null }],
    'a word that was longer than a cell',
  )
  t.end()
})
