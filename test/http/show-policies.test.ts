import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { replySchema } from '../../src/reply/schema.ts'
import { sign } from '../../src/slack/signature.ts'
import { buildTestApp, post, type TestApp } from '../helper/app.ts'

/** Canaries in the documents of an account: whoever may not read policies sees none of them, whichever way they ask. */

const canary = 'kanarie'
const account = '111122223333'
const inCanary = (text: string): string => `arn:aws:s3:::${canary}-${text}/*`
const document = (...Statement: readonly object[]): object => ({ Version: '2012-10-17', Statement })
const role = (name: string, identity: object, boundary?: string): object => ({
  Path: '/',
  RoleName: name,
  RoleId: `AROA${name.toUpperCase()}`,
  Arn: `arn:aws:iam::${account}:role/${name}`,
  CreateDate: '2025-03-04T09:12:41+00:00',
  AssumeRolePolicyDocument: document({
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${account}:role/${canary}-trusted` },
    Action: 'sts:AssumeRole',
    Condition: { StringEquals: { 'sts:ExternalId': `${canary}-external-id` } },
  }),
  InstanceProfileList: [],
  RolePolicyList: [{ PolicyName: 'inline', PolicyDocument: identity }],
  AttachedManagedPolicies: [],
  Tags: [],
  ...(boundary === undefined
    ? {}
    : { PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: boundary } }),
})
const boundaryArn = `arn:aws:iam::${account}:policy/ceiling`

const snapshot = {
  UserDetailList: [],
  GroupDetailList: [],
  RoleDetailList: [
    role(
      'reader',
      document(
        { Effect: 'Allow', Action: ['s3:GetObject', 's3:ListBucket'], Resource: [inCanary('near'), inCanary('far')] },
        { Effect: 'Allow', Action: `${canary}:*`, Resource: '*' },
      ),
    ),
    role(
      'guarded',
      document(
        { Effect: 'Allow', Action: 's3:*', Resource: '*' },
        { Effect: 'Deny', Action: ['s3:PutObject', `${canary}:Put*`], NotResource: inCanary('only') },
        {
          Effect: 'Deny',
          Action: 's3:DeleteObject',
          Resource: '*',
          Condition: {
            StringNotEquals: { 'aws:SourceVpce': `vpce-${canary}` },
            StringNotLike: { 'aws:PrincipalTag/team': [`${canary}-*`, 'x'] },
          },
        },
        {
          Effect: 'Deny',
          Action: 's3:GetObject',
          Resource: '*',
          Condition: { NotIpAddress: { 'aws:SourceIp': '203.0.113.77/32' } },
        },
      ),
    ),
    role('capped', document({ Effect: 'Allow', Action: 's3:*', Resource: '*' }), boundaryArn),
  ],
  Policies: [
    {
      PolicyName: 'ceiling',
      PolicyId: 'ANPACEILING',
      Arn: boundaryArn,
      Path: '/',
      DefaultVersionId: 'v1',
      AttachmentCount: 0,
      PermissionsBoundaryUsageCount: 1,
      IsAttachable: true,
      CreateDate: '2025-03-04T09:12:41+00:00',
      UpdateDate: '2025-03-04T09:12:41+00:00',
      PolicyVersionList: [
        {
          VersionId: 'v1',
          IsDefaultVersion: true,
          CreateDate: '2025-03-04T09:12:41+00:00',
          Document: document({ Effect: 'Allow', Action: 's3:GetObject', Resource: inCanary('ceiling') }),
        },
      ],
    },
  ],
}
/** What is written in the documents and in no paste. */
const quoted = [canary, '203.0.113.77']

const denied = (name: string, action: string, resource: string, reason = ''): string =>
  `User: arn:aws:sts::${account}:assumed-role/${name}/session is not authorized to perform: ${action} on resource: "${resource}"${reason}`
const pastes = [
  denied('reader', 's3:GetObject', 'arn:aws:s3:::reports/may.csv', ' because no identity-based policy allows it'),
  denied('reader', 's3:ListBucket', 'arn:aws:s3:::reports'),
  denied('guarded', 's3:PutObject', 'arn:aws:s3:::reports/a', ' with an explicit deny in an identity-based policy'),
  denied('guarded', 's3:DeleteObject', 'arn:aws:s3:::reports/a', ' with an explicit deny in an identity-based policy'),
  denied('guarded', 's3:GetObject', 'arn:aws:s3:::reports/a', ' with an explicit deny in an identity-based policy'),
  denied('capped', 's3:PutObject', 'arn:aws:s3:::reports/a', ' because no permissions boundary allows it'),
  denied('guarded', 'sts:AssumeRole', `arn:aws:iam::${account}:role/reader`),
]
const together = pastes.join('\n')

const signingSecret = 'a-signing-secret-of-a-test'
const keyOf = (name: string): string => `key-of-a-${name}-for-this-test`

function files(t: Test): { readonly SNAPSHOT_FILE: string; readonly API_KEYS_FILE: string } {
  const folder = t.testdir()
  const paths = { SNAPSHOT_FILE: join(folder, 'account.json'), API_KEYS_FILE: join(folder, 'keys.json') }
  writeFileSync(paths.SNAPSHOT_FILE, JSON.stringify(snapshot))
  const keys = Object.entries({ reader: ['text', 'batch'], auditor: ['text', 'batch', 'policies'] }).map(
    ([name, scopes]) => ({ name, scopes, sha256: createHash('sha256').update(keyOf(name)).digest('hex') }),
  )
  writeFileSync(paths.API_KEYS_FILE, JSON.stringify({ keys }))
  return paths
}

/** Every reply to every paste, by the way in which it was asked for. */
async function everyReply(app: TestApp, auth: Readonly<Record<string, string>>): Promise<Map<string, string>> {
  const replies = new Map<string, string>()
  const ask = async (name: string, url: string, body: unknown, headers: Record<string, string> = {}): Promise<void> => {
    const answer = await post(app.server, url, body, { ...auth, ...headers })
    if (answer.status !== 200) throw new Error(`${name}: ${String(answer.status)} ${answer.text}`)
    replies.set(name, answer.text)
  }
  for (const [index, text] of [...pastes, together].entries())
    for (const locale of ['en', 'ko'])
      for (const format of ['json', 'markdown', 'text', 'slack'])
        await ask(`${String(index)} ${locale} ${format}`, `/v1/diagnoses?format=${format}&locale=${locale}`, text)
  const lines = pastes.map((text) => JSON.stringify({ text })).join('\n')
  await ask('stream', '/v1/diagnoses/stream?evidence=1', lines, { 'content-type': 'application/x-ndjson' })
  const call = { name: 'diagnose_access_denied', arguments: { text: together } }
  await ask(
    'tool',
    '/mcp',
    { jsonrpc: '2.0', id: 1, method: 'tools/call', params: call },
    { accept: 'application/json, text/event-stream' },
  )
  return replies
}

t.test('a key without the scope sees no policy text, one with it does', async (t) => {
  const app = await buildTestApp(t, { EVIDENCE: 'snapshot', ...files(t), RATE_LIMIT: '0' })
  const shown = await everyReply(app, { authorization: `Bearer ${keyOf('auditor')}` })
  const hidden = await everyReply(app, { authorization: `Bearer ${keyOf('reader')}` })
  const quoting = [...shown].filter(([, text]) => quoted.some((value) => text.includes(value)))
  t.ok(
    quoting.length > shown.size / 2,
    `${quoting.length} of ${shown.size} replies quote policies to whoever may read them`,
  )
  for (const [name, text] of hidden) for (const value of quoted) t.notOk(text.includes(value), `${name}: ${value}`)
})

t.test('SHOW_POLICIES=false, Slack included', async (t) => {
  const { SNAPSHOT_FILE } = files(t)
  const environment = { EVIDENCE: 'snapshot', SNAPSHOT_FILE, SLACK_SIGNING_SECRET: signingSecret }
  const inSlack = async (app: TestApp): Promise<string> => {
    const body = new URLSearchParams({ command: '/why-denied', text: pastes[2] ?? '' }).toString()
    const timestamp = String(Math.floor(Date.now() / 1000))
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': sign(signingSecret, timestamp, body),
    }
    return (await post(app.server, '/integrations/slack/commands', body, headers)).text
  }
  t.match(await inSlack(await buildTestApp(t, environment)), canary)
  const app = await buildTestApp(t, { ...environment, SHOW_POLICIES: 'false' })
  const hidden = (await everyReply(app, {})).set('Slack', await inSlack(app))
  for (const [name, text] of hidden) for (const value of quoted) t.notOk(text.includes(value), `${name}: ${value}`)
  t.match(hidden.get('Slack'), /explicitly denies/)
})

t.test('the answer stays', async (t) => {
  const app = await buildTestApp(t, { EVIDENCE: 'snapshot', ...files(t), RATE_LIMIT: '0' })
  const gist = async (text: string, name: string): Promise<object> => {
    const answer = await post(app.server, '/v1/diagnoses', text, { authorization: `Bearer ${keyOf(name)}` })
    return replySchema.parse(answer.json()).diagnoses.map(({ id, denial, verdict, causes }) => ({
      id,
      denial,
      decision: verdict?.decision,
      policyType: verdict?.policyType,
      statement: verdict?.statement,
      causes: causes.map(({ code, remedies }) => [code, remedies.map(({ statement }) => statement)]),
    }))
  }
  // But for what a statement takes over from a document.
  const withheld = (whole: object): unknown =>
    JSON.parse(JSON.stringify(whole).replaceAll(`${canary}-external-id`, '<ExternalId>'))
  for (const text of pastes) t.strictSame(await gist(text, 'reader'), withheld(await gist(text, 'auditor')))
})
