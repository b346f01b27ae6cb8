import t from 'tap'
import { loadActionCatalogue } from '../../src/action-catalogue/load.ts'
import { emptyGatherer } from '../../src/evidence/snapshot/snapshot-gatherer.ts'
import { createExplainer, type ExplainInput } from '../../src/explain.ts'
import type { Statement } from '../../src/iam/policy-document.ts'
import { buildRemedies } from '../../src/remedy/build.ts'
import type { Fix } from '../../src/remedy/fix.ts'
import { renderText } from '../../src/reply/text.ts'
import { allow, evidenceWith, fixWith, inline, noReason, requestFor } from './given.ts'

const photo = 'arn:aws:s3:::photos/a'
const remedyOf = async (
  fix: Fix,
  policies: Parameters<typeof evidenceWith>[0],
  request = requestFor('s3:GetObject', photo),
) => {
  const catalogue = await loadActionCatalogue(['s3', 'ecr', 'lambda'])
  const evidence = evidenceWith(policies)
  const [remedy] = buildRemedies([fix], { denial: noReason, requests: [request], evidence, catalogue })
  if (remedy === undefined) throw new Error('no remedy')
  return remedy
}

t.test('what always has a policy never gets one of a single statement', async (t) => {
  const principal = { AWS: 'arn:aws:iam::111122223333:role/reporter' }
  const inRegion = (service: string, rest: string): string => `arn:aws:${service}:eu-west-1:111122223333:${rest}`
  const onThing = (action: string): Statement => ({
    Effect: 'Allow',
    Principal: principal,
    Action: action,
    Resource: '*',
  })
  const rows = [
    ['permissions-boundary', 'policy/<BoundaryName>', allow('s3:GetObject', photo), photo],
    ['permissions-boundary', 'policy/cap', allow('s3:GetObject', photo), photo],
    ['vpc-endpoint', 'vpc-endpoint/vpce-0a1b2c3d', { ...allow('s3:GetObject', photo), Principal: '*' }, photo],
    ['resource-based', 'key/k-1', onThing('kms:Decrypt'), inRegion('kms', 'key/k-1')],
    ['resource-based', 'topic/news', onThing('sns:Publish'), inRegion('sns', 'news')],
    ['role-trust', 'role/target', { Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' }, photo],
  ] as const
  for (const [type, attachTo, statement, resource] of rows)
    for (const known of [null, []]) {
      const asked = requestFor(String(statement.Action), resource)
      const remedy = await remedyOf(fixWith(type, attachTo, statement), { [type]: known }, asked)
      t.equal(remedy.target?.create, false, attachTo)
      t.equal(remedy.policyDocument, null, attachTo)
      t.equal(remedy.readiness, 'needs-review', attachTo)
      t.notMatch(remedy.commands?.awsCli, /create-policy |put-role-permissions-boundary/u, attachTo)
      t.match(remedy.commands?.awsCli, /^aws .* \|\n {2}python3 /u, attachTo)
    }
  const bucket = await remedyOf(
    fixWith('resource-based', 'bucket/photos', { ...allow('s3:GetObject', photo), Principal: principal }),
    { 'resource-based': null },
  )
  t.match(bucket, { target: { create: true }, policyDocument: { Statement: [{ Action: 's3:GetObject' }] } })
  const there = await remedyOf(fixWith('permissions-boundary', 'policy/cap', allow('s3:GetObject', photo)), {
    'permissions-boundary': [
      {
        name: 'cap',
        arn: 'arn:aws:iam::111122223333:policy/cap',
        kind: 'managed',
        document: { Statement: [allow('ec2:*', '*')] },
      },
    ],
  })
  t.match(there.commands?.awsCli, 'create-policy-version', 'the one that is there is changed')
})

t.test('an exemption is told as far as it goes, and what it opens is no more', async (t) => {
  const outside = { StringNotEquals: { 'a:b': 'c' } }
  const fence: Statement = {
    Effect: 'Deny',
    Action: '*',
    Resource: '*',
    Condition: outside,
  }
  const edited = (after: Statement) =>
    fixWith('identity-based', 'role/reporter', null, {
      kind: 'edit-statement',
      edit: { at: { policy: 'own', statement: 0, sid: null }, after },
    })
  const policies = { 'identity-based': [inline('own', fence)] }
  const byAction = await remedyOf(
    edited({ Effect: 'Deny', NotAction: ['s3:GetObject'], Resource: '*', Condition: outside }),
    policies,
  )
  t.strictSame(byAction.verification?.alsoAllowed, [{ action: 's3:GetObject', resource: '*' }], 'the rest stays denied')
  const byPrincipal = await remedyOf(
    edited({
      ...fence,
      Condition: {
        ...fence.Condition,
        ArnNotEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/reporter' },
      },
    }),
    policies,
  )
  t.strictSame(byPrincipal.verification?.alsoAllowed, [{ action: '*', resource: '*' }])
  const widened = await remedyOf(edited({ ...allow('s3:GetObject', photo) }), {
    'identity-based': [inline('own', allow('s3:GetObject', 'arn:aws:s3:::photos/b'))],
  })
  t.equal(widened.values['exempts'], undefined, 'an Allow exempts nobody')
})

t.test('an action without resource types opens nothing else on `*`', async (t) => {
  const onStar = (action: string) => ({
    ...requestFor(action, '*'),
    from: { action: 'message', resource: 'message' } as const,
  })
  const token = allow('ecr:GetAuthorizationToken', '*')
  const alone = await remedyOf(
    fixWith('identity-based', 'role/reporter', token),
    {},
    onStar('ecr:GetAuthorizationToken'),
  )
  t.strictSame(alone.verification?.alsoAllowed, [])
  const image = allow('ecr:BatchGetImage', '*')
  const wide = await remedyOf(fixWith('identity-based', 'role/reporter', image), {}, onStar('ecr:BatchGetImage'))
  t.strictSame(wide.verification?.alsoAllowed, [{ action: 'ecr:BatchGetImage', resource: '*' }])
})

t.test('a policy of another account that has to allow as well is told with the proof', async (t) => {
  const gatherer = emptyGatherer(Date.now)
  const explainer = createExplainer({ gatherer, offline: gatherer, version: '1' })
  const queue = (account: string) => `arn:aws:sqs:eu-west-1:${account}:jobs`
  const textOf = async (account: string, locale: ExplainInput['locale'] = 'en') => {
    const text = `User: arn:aws:sts::111122223333:assumed-role/app/s is not authorized to perform: sqs:SendMessage on resource: ${queue(account)} because no identity-based policy allows the sqs:SendMessage action`
    const explained = await explainer.explain({ text, locale, evidence: { policies: { 'identity-based': [] } } })
    return explained.kind === 'reply' ? renderText(explained.reply, locale) : ''
  }
  const taken = 'This takes for granted that the resource-based policy, not read, allows the request.'
  t.match((await textOf('444455556666')).replaceAll(/\s+/gu, ' '), taken)
  t.match(await textOf('444455556666', 'ko'), '다음을 전제로 합니다')
  t.notMatch((await textOf('111122223333')).replaceAll(/\s+/gu, ' '), 'This takes for granted')
})

t.test('queues are called where their partition has them', async (t) => {
  const rows = [
    ['aws', 'eu-west-1', 'amazonaws.com'],
    ['aws-us-gov', 'us-gov-west-1', 'amazonaws.com'],
    ['aws-cn', 'cn-north-1', 'amazonaws.com.cn'],
    ['aws-eusc', 'eusc-de-east-1', 'amazonaws.eu'],
    ['aws-iso', 'us-iso-east-1', 'c2s.ic.gov'],
  ] as const
  for (const [partition, region, suffix] of rows) {
    const queue = `arn:${partition}:sqs:${region}:111122223333:jobs`
    const fix = fixWith('resource-based', 'queue/jobs', { ...allow('sqs:SendMessage', queue), Principal: '*' })
    const { commands } = await remedyOf(fix, { 'resource-based': null }, requestFor('sqs:SendMessage', queue))
    const url = `https://sqs.${region}.${suffix}/111122223333/jobs`
    t.match(commands?.awsCli, `--queue-url ${url} --region ${region} `)
    t.match(commands?.terraform, url)
  }
})

t.test('the endpoint whose policy was handed over is named in the command', async (t) => {
  const gatherer = emptyGatherer(Date.now)
  const explainer = createExplainer({ gatherer, offline: gatherer, version: '1' })
  const text = `User: arn:aws:sts::111122223333:assumed-role/app/s is not authorized to perform: s3:GetObject on resource: ${photo} because no VPC endpoint policy allows the s3:GetObject action`
  const document = { Version: '2012-10-17', Statement: [{ ...allow('s3:PutObject', '*'), Principal: '*' }] }
  const commandFor = async (name: string): Promise<string> => {
    const explained = await explainer.explain({
      text,
      evidence: { policies: { 'vpc-endpoint': [{ name, document }] } },
    })
    const [diagnosis] = explained.kind === 'reply' ? explained.reply.diagnoses : []
    return diagnosis?.causes[0]?.remedies[0]?.commands?.awsCli ?? ''
  }
  t.match(await commandFor('vpce-0a1b2c3d4e5f60718'), '--vpc-endpoint-id vpce-0a1b2c3d4e5f60718 ')
  t.match(await commandFor('policy'), "--vpc-endpoint-id '<EndpointId>'")
})

t.test('a guardrail whose id is known is changed by it', async (t) => {
  const fence: Statement = { Sid: 'Fence', Effect: 'Deny', Action: 's3:*', Resource: '*' }
  const after = { ...fence, NotAction: 'x:Y' }
  const edited = async (arn?: string) => {
    const document = { Version: '2012-10-17', Statement: [fence] }
    const guard = { name: 'guard', document, ...(arn === undefined ? {} : { arn }) }
    const edit = { at: { policy: 'guard', statement: 0, sid: 'Fence' }, before: fence, after }
    return remedyOf(fixWith('service-control', 'organization/<TargetId>', null, { kind: 'scp', edit }), {
      'service-control': [{ level: 'root', policies: [guard] }],
    })
  }
  const id = 'p-0a1b2c3d'
  const { commands } = await edited(`arn:aws:organizations::111122223333:policy/o-a1b2c3/service_control_policy/${id}`)
  t.match(commands?.awsCli, `aws organizations update-policy --policy-id ${id} --content '{`)
  t.match(commands?.awsCliFile, `aws organizations update-policy --policy-id ${id} --content file://policy.json`)
  t.match(commands?.undo, `aws organizations update-policy --policy-id ${id} --content '{`)
  t.equal((await edited()).commands?.awsCli, null)
})
