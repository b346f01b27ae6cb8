import t from 'tap'
import type { Statement } from '../../src/iam/policy-document.ts'
import { resource } from './case-row.ts'
import { diagnosesOf } from './explain-text.ts'

/*
 * A service that the policy lets in, for something else than what called, where the message names no action.
 */

const lambda = 'arn:aws:lambda:eu-west-1:111122223333:function:orders'
const queue = 'arn:aws:sqs:eu-west-1:111122223333:orders'
const invalid = `Execution failed due to configuration error: Invalid permissions on Lambda function ${lambda}`
const notValidated = `Unable to validate the following destination configurations: ${queue}`

const lets = (service: string, action: string, on: string, source: string): Statement => ({
  Sid: 'LetIn',
  Effect: 'Allow',
  Principal: { Service: `${service}.amazonaws.com` },
  Action: action,
  Resource: on,
  Condition: { ArnLike: { 'aws:SourceArn': source } },
})
const invoke = (api: string): Statement =>
  lets('apigateway', 'lambda:InvokeFunction', lambda, `arn:aws:execute-api:eu-west-1:111122223333:${api}/*/GET/orders`)
const send = (bucket: string): Statement => lets('s3', 'sqs:SendMessage', queue, `arn:aws:s3:::${bucket}`)

const causesOf = async (text: string, ...statements: readonly Statement[]) =>
  (await diagnosesOf(text, resource(...statements)))[0]?.causes ?? []

t.test('the API that calls is not the one that the function lets in', async (t) => {
  const rows = [
    ['', 'OrdersApi', 'evaluated', 'arn:aws:execute-api:eu-west-1:111122223333:<ApiId>/*/GET/orders'],
    ['API id a1b2c3d4e5, GET /orders', 'OrdersApi', 'evaluated', ':a1b2c3d4e5/*/GET/orders'],
    ['https://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com/prod', 'f6g7h8i9j0', 'evaluated', ':a1b2c3d4e5/*'],
    ['API id a1b2c3d4e5', 'a1b2c3d4e5', 'possible', null],
    ['', 'f6g7h8i9j0', 'possible', null],
  ] as const
  for (const [told, api, confidence, after] of rows) {
    const causes = await causesOf(`${invalid}\n${told}`, invoke(api))
    t.match(causes[0], { code: 'condition-mismatch', confidence }, `${told} ${api}`)
    t.notOk(
      causes.some(({ code }) => code.startsWith('kms-')),
      'a call of a function needs no key',
    )
    const edited = JSON.stringify(causes[0]?.remedies[0]?.editedStatement ?? null)
    if (after === null) t.equal(edited, 'null')
    else t.ok(edited.includes(`${after}"`), edited)
  }
  const [cause] = await causesOf(`${invalid} API id a1b2c3d4e5`, invoke('OrdersApi'))
  t.match(cause?.remedies[0]?.commands?.awsCli, 'aws lambda add-permission')
  const [open] = await causesOf(`${invalid} API id a1b2c3d4e5`, invoke('OrdersApi'), invoke('a1b2c3d4e5'))
  t.match(open, { confidence: 'possible', facts: { statement: 2 } }, 'the statement of this API is the one to look at')
})

t.test('the method and path of an API are no call of S3', async (t) => {
  const [found] = await diagnosesOf(`${invalid}\nAPI id a1b2c3d4e5, GET /orders`)
  t.notMatch(JSON.stringify(found?.denial.calls), 'GetObject')
  t.equal(found?.causes[0]?.code, 'service-principal-policy')
})

t.test('the bucket that sends is not the one that the queue lets in', async (t) => {
  const [other] = await causesOf(`${notValidated} bucket: 'uploads-eu'`, send('archive-eu'))
  t.match(other, { code: 'condition-mismatch', confidence: 'evaluated', facts: { sent: 'arn:aws:s3:::uploads-eu' } })
  const both = ['arn:aws:s3:::archive-eu', 'arn:aws:s3:::uploads-eu']
  t.strictSame(other?.remedies[0]?.editedStatement?.Condition, { ArnLike: { 'aws:SourceArn': both } })

  const open = await causesOf(notValidated, send('archive-eu'))
  t.strictSame(
    open.map(({ code, confidence }) => [code, confidence]),
    [
      ['condition-mismatch', 'possible'],
      ['kms-key-policy', 'possible'],
    ],
  )
  const [right] = await causesOf(`${notValidated} bucket: 'uploads-eu'`, send('uploads-eu'))
  t.equal(right?.code, 'kms-key-policy', 'the policy is right, and the queue may be encrypted')
})

t.test('the policy of a queue is never written over that of a key', async (t) => {
  for (const cause of await causesOf(`${notValidated} bucket: 'uploads-eu'`, send('uploads-eu')))
    for (const { target, policyDocument, commands } of cause.remedies) {
      t.match(target?.attachTo, /^key\//u)
      t.equal(policyDocument, null)
      t.notMatch(commands?.awsCli ?? '', 'sqs:SendMessage')
    }
})
