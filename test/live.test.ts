import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  IAMClient,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam'
import t from 'tap'
import { replySchema } from '../src/reply/schema.ts'
import { buildTestApp, post } from './helper/app.ts'
import { motoMissing, startMoto } from './helper/moto.ts'

/** The main job live, over HTTP: roles made through the SDK on an independent IAM server, read and explained. */

const account = '123456789012'
const document = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements })
const allow = (action: string, resource: string): object => ({ Effect: 'Allow', Action: action, Resource: resource })
const trust = document({ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' })

t.test('a role in IAM is diagnosed over HTTP', { skip: motoMissing() }, async (t) => {
  const { endpoint } = await startMoto(t)
  const before = process.env
  process.env = { ...before, AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: 'setup', AWS_SECRET_ACCESS_KEY: 'setup' }
  t.teardown(() => {
    process.env = before
  })
  const iam = new IAMClient({ region: 'us-east-1' })
  const create = async (name: string): Promise<void> => {
    await iam.send(new CreateRoleCommand({ RoleName: name, Path: '/apps/', AssumeRolePolicyDocument: trust }))
  }
  const managed = async (name: string, text: string): Promise<string> => {
    const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: name, PolicyDocument: text }))
    return Policy?.Arn ?? ''
  }
  await create('example-for-ec2')
  await create('capped')
  const inline = document(allow('s3:GetObject', 'arn:aws:s3:::reports/*'))
  for (const RoleName of ['example-for-ec2', 'capped'])
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'objects', PolicyDocument: inline }))
  const queues = await managed('queues', document(allow('sqs:SendMessage', `arn:aws:sqs:eu-west-1:${account}:jobs`)))
  await iam.send(new AttachRolePolicyCommand({ RoleName: 'capped', PolicyArn: queues }))
  const boundary = await managed('boundary', document(allow('s3:*', '*')))
  await iam.send(new PutRolePermissionsBoundaryCommand({ RoleName: 'capped', PermissionsBoundary: boundary }))

  const { server } = await buildTestApp(t, { EVIDENCE: 'aws' })
  const diagnose = async (role: string, action: string, resource: string) => {
    const text = `User: arn:aws:sts::${account}:assumed-role/${role}/i-0abc1234 is not authorized to perform: ${action}${resource}`
    const answer = await post(server, '/v1/diagnoses', text)
    t.equal(answer.status, 200)
    const [diagnosis] = replySchema.parse(JSON.parse(answer.text)).diagnoses
    t.equal(diagnosis?.evidence.source, 'aws')
    return diagnosis
  }

  await t.test('the tutorial’s own role', async (t) => {
    const reason = ' because no identity-based policy allows the s3:ListAllMyBuckets action'
    const diagnosis = await diagnose('example-for-ec2', 's3:ListAllMyBuckets', reason)
    t.equal(diagnosis?.caller?.roleArn, `arn:aws:iam::${account}:role/apps/example-for-ec2`, 'with its path')
    t.match(diagnosis?.causes[0], { code: 'missing-allow', confidence: 'evaluated' })
    t.match(diagnosis?.causes[0]?.remedies[0], {
      readiness: 'ready',
      statement: { Action: 's3:ListAllMyBuckets', Resource: '*' },
      verification: { decision: 'allowed', alsoAllowed: [] },
    })
  })

  await t.test('the boundary is found although the text names no policy type', async (t) => {
    const diagnosis = await diagnose('capped', 'sqs:SendMessage', ` on resource: arn:aws:sqs:eu-west-1:${account}:jobs`)
    t.match(diagnosis?.verdict, { decision: 'implicitDeny', policyType: 'permissions-boundary' })
    t.equal(diagnosis?.causes[0]?.code, 'boundary-not-allowed')
    const remedies = diagnosis?.causes.flatMap(({ remedies: all }) => all) ?? []
    t.strictSame(
      remedies.filter(
        ({ statement, target }) => statement?.Effect === 'Allow' && target?.policyType === 'identity-based',
      ),
      [],
      'an Allow in the identity policies would not help',
    )
    t.match(remedies[0], { kind: 'boundary', readiness: 'needs-review', target: { policyArn: boundary } })
  })

  await t.test('all blockers at once', async (t) => {
    const diagnosis = await diagnose(
      'capped',
      'sqs:DeleteMessage',
      ` on resource: arn:aws:sqs:eu-west-1:${account}:jobs`,
    )
    const blocking = diagnosis?.verdict?.policyTypes.filter((one) => one.blocking).map(({ type }) => type)
    t.strictSame(blocking?.sort(), ['identity-based', 'permissions-boundary'])
    const codes = diagnosis?.causes.map(({ code }) => code) ?? []
    t.ok(codes.includes('boundary-not-allowed'))
    t.equal(diagnosis?.causes[0]?.remedies[0]?.verification?.decision, 'allowed', 'with every remedy applied')
  })
})
