import t from 'tap'
import type { Policies } from '../../src/iam/policies.ts'
import { allow, identity } from './case-row.ts'
import { diagnosesOf } from './explain-text.ts'

const dbuser = (id: string, user = 'app') => `arn:aws:rds-db:eu-west-1:111122223333:dbuser:${id}/${user}`
const id = 'db-ABCDEFGHIJKL01234'
const refused =
  'FATAL: PAM authentication failed for user "app" (psql with the token of aws rds generate-db-auth-token; account 111122223333, eu-west-1'
const causesOf = async (text: string, policies?: Policies) => (await diagnosesOf(text, policies))[0]?.causes ?? []

t.test('a login to a database is asked of rds-db, by whatever words it is told', async (t) => {
  const mysql =
    "aws rds generate-db-auth-token --username app\nERROR 1045 (28000): Access denied for user 'app'@'10.0.0.5' (using password: YES)"
  for (const text of [`${refused})`, mysql])
    t.equal((await diagnosesOf(text))[0]?.requests[0]?.action, 'rds-db:connect')
})

t.test('the policy of a login is compared with what the text tells of it', async (t) => {
  const told = `${refused}, DbiResourceId ${id})`
  const on = (arn: string) => identity(allow('rds-db:connect', arn))
  const named = await causesOf(told, on(dbuser('orders-db')))
  t.match(named[0], {
    code: 'resource-arn-mismatch',
    confidence: 'evaluated',
    facts: { found: dbuser('orders-db'), wanted: dbuser(id) },
    remedies: [{ kind: 'edit-statement', editedStatement: { Resource: dbuser(id) } }],
  })
  t.match(await causesOf(told, on(dbuser(id, 'App'))), [{ code: 'resource-arn-mismatch' }], 'another user')
  t.match(await causesOf(`${refused})`, on(dbuser('orders-db'))), [{ code: 'resource-arn-mismatch' }], 'no id')
  t.match(await causesOf(`${refused})`, on(dbuser(id))), [{ code: 'missing-allow', confidence: 'possible' }])
  for (const fitting of [dbuser(id), dbuser('*'), '*']) {
    const causes = await causesOf(told, on(fitting))
    t.match(causes, [{ code: 'credentials-expired' }, { code: 'other-system' }], fitting)
  }
  const whole = await causesOf(told, identity(allow('rds:*')))
  t.match(whole[0], { code: 'missing-allow', confidence: 'evaluated' })
  t.match(whole[0]?.remedies[0]?.statement, { Action: 'rds-db:connect', Resource: dbuser(id) })
})

t.test('what worked until the token of the first login was over', async (t) => {
  const pam = 'FATAL: PAM authentication failed for user "app" (rds_iam)'
  const outlived = [
    `${pam}. The pool works for about 15 minutes, then it is refused.`,
    `${pam}. It starts fine; after 15 minutes new logins fail.`,
    `${pam}. Works after each restart, but only for a while.`,
    `${pam}: old sessions live on, only new connections fail.`,
  ]
  for (const text of outlived) {
    const causes = await causesOf(text)
    t.match(causes, [{ code: 'credentials-expired', facts: { why: 'login-token' } }], text)
    t.equal(causes.length, 1, 'the permission and the database user are there')
    t.match(causes[0]?.check, /^aws rds generate-db-auth-token .*--username app/)
  }
  const others = [
    `${pam}. It fails though the token is less than 15 minutes old.`,
    `${pam}. A token is valid for 15 minutes.`,
    `${pam}. I waited 15 minutes after the GRANT and it still fails.`,
  ]
  for (const text of others) t.not((await causesOf(text))[0]?.code, 'credentials-expired', text)
})

t.test('a pod may have signed its token as the node', async (t) => {
  const codes = async (text: string) => (await causesOf(text)).map(({ code }) => code)
  t.ok((await codes(`${refused}) from a pod whose service account has the role`)).includes('wrong-principal'))
  t.notOk((await codes(`${refused}) from an instance`)).includes('wrong-principal'))
})

t.test('PostgreSQL that asks for a password does not ask IAM', async (t) => {
  const asked = 'FATAL: password authentication failed for user "app"'
  const [first] = await causesOf(`${asked} (Aurora, the password is a fresh generate-db-auth-token)`)
  t.match(first, { code: 'other-system', confidence: 'stated', remedies: [{ step: 'grant-rds-iam' }] })
  const [plain] = await causesOf(asked)
  t.notMatch(plain?.remedies[0]?.step, 'grant-rds-iam', 'no token, no IAM')
})

t.test('a login from a task whose execution role has the permission', async (t) => {
  const inEcs = `${refused}) from a container on Fargate. I attached the policy (rds-db:connect on ${dbuser(id)}) to the `
  const [first] = await causesOf(`${inEcs}**execution role**.`)
  t.match(first, { code: 'ecs-role-confusion', confidence: 'possible', facts: { wantedRole: 'task-role' } })
  t.match(first?.remedies[0], {
    target: { attachTo: 'role/<TaskRoleName>' },
    statement: { Action: 'rds-db:connect', Resource: dbuser(id) },
  })
  for (const other of [
    `${inEcs}task role.`,
    `${inEcs}task role. Later I attached it to the execution role.`,
    `${refused}). The Lambda function: I attached rds-db:connect to its execution role.`,
  ])
    t.equal((await causesOf(other))[0]?.code, 'missing-allow', other)
})

t.test('PAM was asked, so that rds_iam is granted: neither that nor a certain answer is told', async (t) => {
  const bare = await causesOf('psql: error: FATAL:  PAM authentication failed for user "reports"')
  t.match(bare, [{ code: 'missing-allow' }, { code: 'credentials-expired' }, { code: 'other-system' }])
  t.notOk(bare.some(({ confidence }) => confidence !== 'possible'))
  t.notOk(bare.some(({ remedies }) => remedies.some(({ step }) => step === 'grant-rds-iam')))
})
