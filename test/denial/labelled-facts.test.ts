import t from 'tap'
import type { Denial } from '../../src/denial/denial.ts'
import { parsePaste } from '../../src/denial/parse.ts'

/* Denials as tickets, runbooks and logs of applications tell them: caller, action and resource behind labels, or in prose. */

const role = 'arn:aws:iam::111122223333:role/invoice-writer'
const session = 'arn:aws:sts::111122223333:assumed-role/invoice-writer/i-0abc1234def567890'
const table = 'arn:aws:dynamodb:eu-central-1:111122223333:table/invoices'

interface Case {
  readonly name: string
  readonly text: string
  readonly want: readonly Partial<Denial>[]
}

const whole: Partial<Denial> = {
  class: 'authorization',
  principal: role,
  principalType: 'role',
  roleOrUserName: 'invoice-writer',
  accountId: '111122223333',
  action: 'dynamodb:PutItem',
  service: 'dynamodb',
  resource: table,
  region: 'eu-central-1',
}
const none: Partial<Denial> = { class: 'bare', principal: null, action: null, resource: null }

const cases: readonly Case[] = [
  {
    name: 'lines of a ticket',
    text: `Nightly job gets AccessDenied since Monday.\n\nRole: ${role}\nAction: dynamodb:PutItem\nResource: ${table}\n`,
    want: [whole],
  },
  {
    name: 'a list with emphasis and code marks, in any order',
    text: `**Access denied**\n- **Resource ARN:** \`${table}\`\n- **Missing permission**: \`dynamodb:PutItem\`\n- **Principal**: \`${role}\`.\n`,
    want: [whole],
  },
  {
    name: 'rows of a table',
    text: `| Field | Value |\n|---|---|\n| Error | AccessDeniedException |\n| IAM role | ${role} |\n| Action | dynamodb:PutItem |\n| Resource | ${table} |\n`,
    want: [whole],
  },
  {
    name: 'the members of an object of an application',
    text: `{"level":"error","message":"AccessDenied","principal":"${role}","action":"dynamodb:PutItem","resource":"${table}"}`,
    want: [whole],
  },
  {
    name: 'pairs of a log line',
    text: `ts=2026-03-01T10:00:00Z level=error msg="access denied" caller=${session} action=dynamodb:PutItem resource=${table}`,
    want: [{ ...whole, principal: session, principalType: 'assumed-role', sessionName: 'i-0abc1234def567890' }],
  },
  {
    name: 'German labels',
    text: `Zugriff verweigert: AccessDenied\nRolle: ${role}\nAktion: dynamodb:PutItem\nRessource: ${table}`,
    want: [whole],
  },
  {
    name: 'Korean labels',
    text: `AccessDenied \uc624\ub958\n\uc5ed\ud560: ${role}\n\uc791\uc5c5: dynamodb:PutItem\n\ub9ac\uc18c\uc2a4: ${table}`,
    want: [whole],
  },
  {
    name: 'several actions on one line: a denial for each',
    text: `AccessDenied\nRole: ${role}\nActions: dynamodb:PutItem / dynamodb:UpdateItem\nResource: ${table}`,
    want: [whole, { ...whole, action: 'dynamodb:UpdateItem' }],
  },
  {
    name: 'several actions on lines of their own',
    text: `AccessDenied\nRole: ${role}\nPermissions needed:\n - dynamodb:PutItem\n - dynamodb:UpdateItem\n\nResource: ${table}`,
    want: [whole, { ...whole, action: 'dynamodb:UpdateItem' }],
  },
  {
    name: 'an action that the error names itself is the only one',
    text: `Not authorized to perform dynamodb:PutItem\nRole: ${role}\nActions: dynamodb:PutItem, dynamodb:Query`,
    want: [{ ...whole, resource: null, region: null }],
  },
  {
    name: 'permissions that are there are not those that are missing',
    text: `AccessDenied\nRole: ${role}\nIAM permissions: dynamodb:PutItem, dynamodb:Query`,
    want: [none],
  },
  {
    name: 'two resources: nothing tells which is meant',
    text: `AccessDenied\nRole: ${role}\nAction: dynamodb:PutItem\nResource: ${table}\nResource: ${table}-archive`,
    want: [{ ...whole, resource: null, region: null }],
  },
  {
    name: 'the star of a resource stays, emphasis goes',
    text: `AccessDenied\n**Role: ${role}**\n**Action: s3:GetObject**\n**Resource: arn:aws:s3:::invoices/***`,
    want: [{ principal: role, action: 's3:GetObject', resource: 'arn:aws:s3:::invoices/*' }],
  },
  {
    name: 'a policy in YAML is no form',
    text: `Error: AccessDenied\nStatement:\n  - Effect: Allow\n    Principal: ${role}\n    Action: dynamodb:PutItem\n    Resource: ${table}`,
    want: [none],
  },
  {
    name: 'what the error tells itself stays',
    text: `User: ${session} is not authorized to perform: dynamodb:Query on resource: ${table}\n\nRole: ${role}\nAction: dynamodb:PutItem\nResource: ${table}-archive`,
    want: [{ principal: session, action: 'dynamodb:Query', resource: table }],
  },
  {
    name: 'a role without an action: nothing tells that it made the call',
    text: `An error occurred (AccessDenied) when calling the CreateFunction operation: Access Denied\n  "Role": "${role}"`,
    want: [{ principal: null, action: null, operation: 'CreateFunction' }],
  },
  {
    name: 'a form with no denial',
    text: `Role: ${role}\nAction: dynamodb:PutItem\nResource: ${table}`,
    want: [],
  },
]

const sentences: readonly Case[] = [
  {
    name: 'a sentence of somebody with caller and resource',
    text: `The role ${role} gets access denied when it calls dynamodb:PutItem on ${table}.`,
    want: [whole],
  },
  {
    name: 'the caller behind the refusal',
    text: `Access denied for ${session} performing dynamodb:PutItem on ${table}`,
    want: [{ principal: session, action: 'dynamodb:PutItem', resource: table }],
  },
  {
    name: 'a role that the call is about',
    text: `AccessDenied: not authorized to perform sts:AssumeRole on ${role}`,
    want: [{ principal: null, action: 'sts:AssumeRole' }],
  },
  {
    name: 'a role that was given to the call',
    text: `lambda create-function --role ${role}: access denied, lambda:CreateFunction is missing`,
    want: [{ principal: null, action: 'lambda:CreateFunction' }],
  },
  {
    name: 'a resource of another service',
    text: `Access denied for ${role} calling kms:Decrypt while reading ${table}`,
    want: [{ principal: role, action: 'kms:Decrypt', resource: null }],
  },
  {
    name: 'two callers: nothing tells which is meant',
    text: `Access denied to s3:GetObject for ${role}, although ${session} may`,
    want: [{ principal: null, action: 's3:GetObject' }],
  },
]

const names: readonly Case[] = [
  {
    name: 'a role by its name',
    text: 'The role `nightly-export` is not authorized to perform s3:PutObject',
    want: [{ principal: 'nightly-export', principalType: 'role', roleOrUserName: 'nightly-export' }],
  },
  {
    name: 'a name that says what it is',
    text: 'AcmeBuildRole is not authorized to perform: ecr:GetAuthorizationToken on resource: *',
    want: [{ principal: 'AcmeBuildRole', action: 'ecr:GetAuthorizationToken', resource: '*' }],
  },
  {
    name: 'a word that may be anything',
    text: 'It is not authorized to perform: ecr:GetAuthorizationToken on resource: *',
    want: [{ principal: null, action: 'ecr:GetAuthorizationToken' }],
  },
]

for (const { name, text, want } of [...cases, ...sentences, ...names])
  t.test(name, (t) => {
    const { denials } = parsePaste(text)
    t.equal(denials.length, want.length, denials.map(({ action }) => action).join())
    for (const [index, wanted] of want.entries()) t.match(denials[index], wanted)
    t.end()
  })

t.test('where the values of a form stand', (t) => {
  const text = `AccessDenied\nRole: ${role}\nAction: dynamodb:PutItem\nResource: ${table}`
  const marks = parsePaste(text).denials[0]?.marks
  t.equal(text.slice(...(marks?.principal ?? [0, 0])), role)
  t.equal(text.slice(...(marks?.action ?? [0, 0])), 'dynamodb:PutItem')
  t.equal(text.slice(...(marks?.resource ?? [0, 0])), table)
  t.end()
})
