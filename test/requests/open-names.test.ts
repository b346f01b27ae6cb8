import t, { type Test } from 'tap'
import { loadActionCatalogue } from '../../src/action-catalogue/load.ts'
import { deriveRequests, prefixesOf } from '../../src/requests/derive.ts'
import { emptyDenial } from '../helper/evidence.ts'

const asked = async (action: string, resource: string): Promise<string> => {
  const denial = { ...emptyDenial, accountId: '111122223333', action, resource }
  const [first] = deriveRequests(denial, await loadActionCatalogue(prefixesOf(denial)), {})
  return first?.resource ?? first?.resourcePatterns.join('|') ?? ''
}

type Row = readonly (readonly [action: string, printed: string, want: string])[]
const all = async (t: Test, rows: Row): Promise<void> => {
  for (const [action, printed, want] of rows) t.equal(await asked(action, printed), want, `${action} ${printed}`)
}

const dynamodb = 'arn:aws:dynamodb:eu-west-1:111122223333:'
const lambda = 'arn:aws:lambda:eu-west-1:111122223333:'
const iam = 'arn:aws:iam::111122223333:'

t.test('a part taken out of the middle of a name, or a word in its place', async (t) => {
  await all(t, [
    ['s3:GetObject', 'arn:aws:s3:::my-doc.../data.csv', 'arn:aws:s3:::my-doc<HiddenPart>/data.csv'],
    ['dynamodb:GetItem', `${dynamodb}table/o...s`, `${dynamodb}table/o<HiddenPart>s`],
    ['dynamodb:GetItem', `${dynamodb}table/REDACTED`, `${dynamodb}table/<TableName>`],
    ['dynamodb:GetItem', `${dynamodb}table/REDACTED-prod`, `${dynamodb}table/<HiddenPart>-prod`],
    ['iam:GetRole', `${iam}role/ROLE_NAME`, `${iam}role/<RoleNameWithPath>`],
    ['lambda:InvokeFunction', `${lambda}function:app-%s`, `${lambda}function:app-<HiddenPart>`],
    // The key of an object may hold anything, and a name be any word.
    ['s3:GetObject', 'arn:aws:s3:::docs/a...b/REDACTED-1', 'arn:aws:s3:::docs/a...b/REDACTED-1'],
    ['dynamodb:GetItem', `${dynamodb}table/REDACTEDorders.v1`, `${dynamodb}table/REDACTEDorders.v1`],
    ['iam:GetRole', `${iam}role/APP_ROLE`, `${iam}role/APP_ROLE`],
  ])
})

t.test('a kind of resource whose name a program was about to append', async (t) => {
  await all(t, [
    ['lambda:InvokeFunction', `${lambda}function`, `${lambda}function:<FunctionName>`],
    ['dynamodb:GetItem', `${dynamodb}table/`, `${dynamodb}table/<TableName>`],
    ['iam:PassRole', `${iam}role/`, `${iam}role/<RoleNameWithPath>`],
    ['s3:GetObject', 'arn:aws:s3:::docs/', 'arn:aws:s3:::docs/<ObjectName>'],
    // Whole without a name.
    ['s3:ListBucket', 'arn:aws:s3:::docs', 'arn:aws:s3:::docs'],
    ['s3:GetObject', 'arn:aws:s3:::docs/a/', 'arn:aws:s3:::docs/a/'],
    ['iam:ListRoles', `${iam}role/`, `${iam}role/`],
    [
      'ssm:GetParametersByPath',
      'arn:aws:ssm:eu-west-1:111122223333:parameter/',
      'arn:aws:ssm:eu-west-1:111122223333:parameter/',
    ],
    ['glue:GetTable', 'arn:aws:glue:eu-west-1:111122223333:catalog', 'arn:aws:glue:eu-west-1:111122223333:catalog'],
    ['apigateway:POST', 'arn:aws:apigateway:eu-west-1::/restapis', 'arn:aws:apigateway:eu-west-1::/restapis'],
    ['sns:Publish', 'arn:aws:sns:eu-west-1:111122223333:table', 'arn:aws:sns:eu-west-1:111122223333:table'],
  ])
})

t.test('a parameter named with its own slash', async (t) => {
  const ssm = 'arn:aws:ssm:eu-west-1:111122223333:parameter/'
  await all(t, [
    ['ssm:GetParameter', `${ssm}/app/db`, `${ssm}app/db`],
    ['ssm:GetParametersByPath', `${ssm}/app/`, `${ssm}app`],
    ['ssm:GetParametersByPath', `${ssm}/`, `${ssm}/`],
  ])
})
