import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import t from 'tap'
import { buildTestApp, post } from '../helper/app.ts'
import { at, findTool, readYaml as read } from '../helper/deploy.ts'

const record = (over: object = {}) => ({
  eventVersion: '1.11',
  userIdentity: {
    type: 'AssumedRole',
    arn: 'arn:aws:sts::111122223333:assumed-role/ReportReader/nightly',
    accountId: '111122223333',
    sessionContext: {
      sessionIssuer: { type: 'Role', arn: 'arn:aws:iam::111122223333:role/ReportReader', userName: 'ReportReader' },
    },
  },
  eventTime: '2026-11-02T12:00:00Z',
  eventSource: 'sqs.amazonaws.com',
  eventName: 'CreateQueue',
  awsRegion: 'eu-west-1',
  errorCode: 'AccessDenied',
  errorMessage:
    'User: arn:aws:sts::111122223333:assumed-role/ReportReader/nightly is not authorized to perform: sqs:createqueue on resource: arn:aws:sqs:eu-west-1:111122223333:reports because no identity-based policy allows the sqs:createqueue action',
  requestParameters: { queueName: 'reports' },
  ...over,
})

const envelope = (detail: object) => ({
  version: '0',
  id: '11111111-2222-3333-4444-555555555555',
  'detail-type': 'AWS API Call via CloudTrail',
  source: 'aws.sqs',
  account: '111122223333',
  time: '2026-11-02T12:00:00Z',
  region: 'eu-west-1',
  resources: [],
  detail,
})

/** The part of EventBridge's matching that the rule uses. */
function matches(pattern: unknown, event: unknown): boolean {
  if (typeof pattern !== 'object' || pattern === null) return false
  return Object.entries(pattern).every(([key, wanted]: [string, unknown]) => {
    if (key === '$or') return (wanted as readonly unknown[]).some((one) => matches(one, event))
    const found: unknown = typeof event === 'object' && event !== null ? Reflect.get(event, key) : undefined
    return Array.isArray(wanted) ? wanted.some((test) => matchesValue(test, found)) : matches(wanted, found)
  })
}

function matchesValue(test: unknown, found: unknown): boolean {
  if (typeof test !== 'object' || test === null) return test === found
  if ('exists' in test) return test.exists === (found !== undefined)
  if ('suffix' in test) return typeof found === 'string' && found.endsWith(String(test.suffix))
  if ('anything-but' in test)
    return found !== undefined && !(test['anything-but'] as readonly unknown[]).includes(found)
  throw new Error(`not known here: ${JSON.stringify(test)}`)
}

t.test('the rule takes denials, but not those of the service itself', (t) => {
  const pattern = at(read('runbooks/denials-to-slack.yaml'), 'Resources', 'DenialRule', 'Properties', 'EventPattern')
  const rows: readonly (readonly [name: string, event: object, want: boolean])[] = [
    ['of a role', envelope(record()), true],
    ['of EC2', envelope(record({ errorCode: 'Client.UnauthorizedOperation' })), true],
    ['of a JSON service', envelope(record({ errorCode: 'AccessDeniedException' })), true],
    ['of a user', envelope(record({ userIdentity: { type: 'IAMUser' } })), true],
    ['a success', envelope({ ...record(), errorCode: undefined }), false],
    ['another error', envelope(record({ errorCode: 'ThrottlingException' })), false],
    [
      'another kind of event',
      { ...envelope(record()), 'detail-type': 'EC2 Instance State-change Notification' },
      false,
    ],
    [
      'of the reader role',
      // `!Ref ReaderRoleArn` is read as its name.
      envelope(record({ userIdentity: { sessionContext: { sessionIssuer: { arn: 'ReaderRoleArn' } } } })),
      false,
    ],
  ]
  for (const [name, event, want] of rows) t.equal(matches(pattern, event), want, name)
  t.end()
})

/** What a pipe makes of an input template: `<$.a.b>` becomes the JSON value at that path. */
const transform = (template: unknown, input: unknown): unknown =>
  JSON.parse(
    String(template).replace(/<\$\.([\w.]+)>/g, (_whole, path: string) =>
      JSON.stringify(at(input, ...path.split('.'))),
    ),
  )

t.test('a denial goes through the pipe into a message that Slack takes', async (t) => {
  const pipe = at(read('runbooks/denials-to-slack.yaml'), 'Resources', 'Pipe', 'Properties')
  const { server } = await buildTestApp(t)
  const query = at(pipe, 'EnrichmentParameters', 'HttpParameters', 'QueryStringParameters')
  const url = `/v1/diagnoses?${new URLSearchParams(query as Record<string, string>).toString()}`
  const request = transform(at(pipe, 'EnrichmentParameters', 'InputTemplate'), { body: envelope(record()) })
  // A pipe hands its events on as they are or in a list of one; both are answered.
  for (const [name, body] of Object.entries({ 'as it is': request, 'in a list': [request] })) {
    const answer = await post(server, url, body)
    t.equal(answer.status, 200, name)
    const message = transform(at(pipe, 'TargetParameters', 'InputTemplate'), answer.json())
    t.match(message, { channel: '${SlackChannel}', text: /ReportReader/, blocks: Array }, name)
    t.match(JSON.stringify(at(message, 'blocks')), /sqs:CreateQueue/i, name)
  }
  t.equal((await post(server, url, envelope(record()))).status, 200, 'and an event with its envelope')
})

t.test('the runbook’s script asks the service and returns its Markdown', async (t) => {
  const python = findTool(t, 'python3', ['.venv/bin/python', 'python3'])
  if (python === null) return
  const step = at(
    read('runbooks/explain-access-denied.yaml'),
    'Resources',
    'Runbook',
    'Properties',
    'Content',
    'mainSteps',
    0,
  )
  const script = String(at(step, 'inputs', 'Script'))
  const { server } = await buildTestApp(t)
  const serviceUrl = await server.listen({ host: '127.0.0.1', port: 0 })
  const stub = `import json, sys, types
class Secrets:
    def get_secret_value(self, SecretId):
        return {"SecretString": "a-key-of-a-test\\n"}
sys.modules["boto3"] = types.SimpleNamespace(client=lambda name: Secrets())
exec(sys.argv[1])
print(json.dumps(explain(json.loads(sys.argv[2]), None)))
`
  const run = async (errorText: string): Promise<unknown> => {
    const events = { serviceUrl, apiKeySecretArn: 'arn', errorText, locale: 'en' }
    const { stdout } = await promisify(execFile)(python, ['-c', stub, script, JSON.stringify(events)])
    return JSON.parse(stdout) as unknown
  }
  t.match(await run(record().errorMessage), { recognised: true, markdown: /sqs:CreateQueue/i })
  t.match(await run('nothing of AWS here'), { recognised: false, markdown: /Looked for/ })
  t.equal(at(step, 'inputs', 'Handler'), 'explain')
})

t.test('the Slack manifest names the routes that there are', async (t) => {
  const manifest = read('slack/manifest.yaml')
  const { server } = await buildTestApp(t, { SLACK_SIGNING_SECRET: 'a-signing-secret-of-a-test' })
  const urls = [
    at(manifest, 'features', 'slash_commands', 0, 'url'),
    at(manifest, 'settings', 'interactivity', 'request_url'),
  ]
  for (const url of urls) t.ok(server.hasRoute({ method: 'POST', url: new URL(String(url)).pathname }), String(url))
  t.equal(at(manifest, 'features', 'shortcuts', 0, 'type'), 'message')
  t.strictSame(at(manifest, 'oauth_config', 'scopes', 'bot'), ['commands'], 'and no more rights than it needs')
})
