import t from 'tap'
import { allow, denied, identity, noIdentity } from './case-row.ts'
import { answerOf, diagnosesOf } from './explain-text.ts'

const causeOf = async (...asked: Parameters<typeof diagnosesOf>) => (await diagnosesOf(...asked))[0]?.causes[0]

t.test('nobody can send the name of the call that creates a resource', async (t) => {
  for (const [action, resource, key, creates] of [
    [
      'ec2:CreateTags',
      'arn:aws:ec2:ap-south-1:111122223333:subnet/subnet-0a1b2c3d',
      'ec2:CreateAction',
      'CreateSubnet',
    ],
    [
      'elasticloadbalancing:AddTags',
      'arn:aws:elasticloadbalancing:ap-south-1:111122223333:targetgroup/shop/0a1b2c3d4e5f6a7b',
      'elasticloadbalancing:CreateAction',
      'CreateTargetGroup',
    ],
  ] as const) {
    const held = identity(allow(action, '*', { StringEquals: { [key]: creates } }))
    const text = denied(action, resource, noIdentity(action))
    const cause = await causeOf(text, held)
    t.equal(cause?.code, 'condition-mismatch')
    t.strictSame(
      cause?.remedies.map(({ step }) => step),
      ['add-statement', 'correct-condition'],
    )
    t.match(cause?.remedies[0], {
      readiness: 'has-placeholders',
      statement: {
        Action: action,
        Resource: resource,
        Condition: { StringEquals: { 'aws:ResourceTag/<TagKey>': '<TagValue>', [key]: undefined } },
      },
    })
    t.match((await answerOf(text, held))?.summary, 'a resource that is there already')
  }
})

t.test('where another call creates the resource, its name goes into the condition', async (t) => {
  const text = `An error occurred (UnauthorizedOperation) when calling the CreateSubnet operation: ${denied('ec2:CreateTags', 'arn:aws:ec2:ap-south-1:111122223333:subnet/*', noIdentity('ec2:CreateTags'))}`
  const cause = await causeOf(
    text,
    identity(allow('ec2:CreateTags', '*', { StringEquals: { 'ec2:CreateAction': 'CreateVpc' } })),
  )
  t.strictSame(cause?.remedies[0]?.editedStatement?.Condition, {
    StringEquals: { 'ec2:CreateAction': ['CreateVpc', 'CreateSubnet'] },
  })
})

t.test('what has no id yet is being created, by whatever call', async (t) => {
  const conditionFor = async (type: string, ...listed: readonly string[]) => {
    const policies = identity(allow('ec2:CreateTags', '*', { StringEquals: { 'ec2:CreateAction': listed } }))
    const text = denied('ec2:CreateTags', `arn:aws:ec2:ap-south-1:111122223333:${type}/*`, noIdentity('ec2:CreateTags'))
    return (await causeOf(text, policies))?.remedies[0]?.editedStatement?.Condition?.['StringEquals']?.[
      'ec2:CreateAction'
    ]
  }
  t.strictSame(await conditionFor('network-interface', 'CreateVpc'), ['CreateVpc', 'CreateNetworkInterface'])
  t.strictSame(await conditionFor('volume', 'CreateVolume', 'CreateVpc'), ['CreateVolume', 'CreateVpc', 'RunInstances'])
  t.strictSame(await conditionFor('instance', 'RunInstances'), ['RunInstances', '<CreateAction>'])
})

t.test('the session policy that CodePipeline passes is nobody’s to change', async (t) => {
  const because = ' because no session policy allows the s3:PutObjectTagging action'
  const text = (session: string): string =>
    denied('s3:PutObjectTagging', 'arn:aws:s3:::site/index.html', because, `assumed-role/deploy/${session}`)
  const own = await causeOf(text('1712345678901'))
  t.match(own, { code: 'session-policy-not-allowed', facts: { issuer: 'codepipeline' } })
  t.strictSame(
    own?.remedies.map(({ step, kind }) => [step, kind]),
    [['leave-pipeline-session', 'session']],
  )
  const others = await causeOf(text('broker'))
  t.equal(others?.remedies[0]?.step, 'change-session-policy')
})
