import t from 'tap'
import type { Statement } from '../../src/iam/policy-document.ts'
import { trust } from './case-row.ts'
import { answerOf, diagnosesOf } from './explain-text.ts'

/*
 * A service that cannot assume a role, beside the trust policy of that role.
 */

const scheduler =
  'ValidationException: The execution role you provide must allow AWS EventBridge Scheduler to assume the role. RoleArn: arn:aws:iam::111122223333:role/nightly'
const lambda =
  'An error occurred (InvalidParameterValueException) when calling the CreateFunction operation: The role defined for the function cannot be assumed by Lambda. role: arn:aws:iam::111122223333:role/nightly'
const lets = (Service: string | readonly string[], Condition?: Statement['Condition']): Statement => ({
  Effect: 'Allow',
  Principal: { Service },
  Action: 'sts:AssumeRole',
  ...(Condition === undefined ? {} : { Condition }),
})
const found = async (text: string, statement: Statement) => {
  const [cause] = (await diagnosesOf(text, trust(statement)))[0]?.causes ?? []
  return { cause, remedy: cause?.remedies[0], edited: cause?.remedies[0]?.editedStatement?.Condition }
}

t.test('another service', async (t) => {
  for (const [text, service] of [
    [scheduler, 'scheduler.amazonaws.com'],
    [lambda, 'lambda.amazonaws.com'],
    ['CodeBuild is not authorized to perform: sts:AssumeRole on arn:aws:iam::111122223333:role/b', 'codebuild.amaz'],
  ] as const) {
    const { cause, remedy } = await found(text, lets('glue.amazonaws.com'))
    t.match(cause, { code: 'trust-policy', confidence: 'evaluated', facts: { letsIn: 'glue.amazonaws.com' } }, text)
    t.match(JSON.stringify(remedy?.statement), service)
  }
  const text = `${lambda}\ntrust policy:\n${JSON.stringify({ Version: '2012-10-17', Statement: [lets('ec2.amazonaws.com')] })}`
  const [told] = (await diagnosesOf(text))[0]?.causes ?? []
  t.match(told, { code: 'trust-policy', confidence: 'possible', facts: { letsIn: 'ec2.amazonaws.com', told: 'text' } })
})

t.test('a condition that keeps it out is corrected, and not gone past', async (t) => {
  const own = '111122223333'
  const arn = (account: string): string => `arn:aws:scheduler:*:${account}:schedule-group/*`
  const schedule = `arn:aws:scheduler:us-east-2:${own}:schedule/nights/report`
  const group = (name: string, region = '<Region>'): string =>
    `arn:aws:scheduler:${region}:${own}:schedule-group/${name}`
  const rows: readonly (readonly [Statement['Condition'], Statement['Condition'], 'evaluated' | 'possible'])[] = [
    [{ StringEquals: { 'aws:SourceAccount': '*' } }, { StringEquals: { 'aws:SourceAccount': own } }, 'evaluated'],
    [
      { StringEquals: { 'aws:SourceAccount': '444455556666' } },
      { StringEquals: { 'aws:SourceAccount': ['444455556666', own] } },
      'evaluated',
    ],
    [{ StringEquals: { 'aws:SourceArn': arn(own) } }, { ArnLike: { 'aws:SourceArn': arn(own) } }, 'evaluated'],
    [
      { ArnLike: { 'aws:SourceArn': arn('444455556666') } },
      { ArnLike: { 'aws:SourceArn': [arn('444455556666'), group('<ScheduleGroup>')] } },
      'evaluated',
    ],
    // It comes for a group of schedules, never for one of them.
    [
      { ArnLike: { 'aws:SourceArn': `arn:aws:scheduler:*:${own}:schedule/*` } },
      { ArnLike: { 'aws:SourceArn': group('<ScheduleGroup>') } },
      'evaluated',
    ],
    [
      { StringEquals: { 'aws:SourceArn': schedule } },
      { StringEquals: { 'aws:SourceArn': group('nights', 'us-east-2') } },
      'evaluated',
    ],
    [
      { ArnLike: { 'aws:SourceArn': arn(own) } },
      { ArnLike: { 'aws:SourceArn': [arn(own), group('<ScheduleGroup>')] } },
      'possible',
    ],
  ]
  for (const [before, after, confidence] of rows) {
    const { cause, edited } = await found(scheduler, lets('scheduler.amazonaws.com', before))
    t.match(cause, { code: 'trust-policy', confidence }, JSON.stringify(before))
    t.strictSame(edited, after)
  }
})

t.test('the name of a service in another Region', async (t) => {
  const states =
    'Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the provided role.'
  const inFrankfurt = await found(`${states} --region eu-central-1`, lets('states.us-west-2.amazonaws.com'))
  t.match(inFrankfurt.cause, { code: 'trust-policy', facts: { letsIn: 'states.us-west-2.amazonaws.com' } })
  t.strictSame(inFrankfurt.remedy?.editedStatement, lets('states.amazonaws.com'))
  const others = await found(states, lets(['states.us-west-2.amazonaws.com', 'glue.amazonaws.com']))
  t.strictSame(others.remedy?.editedStatement, lets(['states.amazonaws.com', 'glue.amazonaws.com']))
})

t.test('a trust policy that lets it in already', async (t) => {
  for (const statement of [
    lets('lambda.amazonaws.com'),
    lets(['glue.amazonaws.com', 'lambda.amazonaws.com']),
    lets('lambda.amazonaws.com', { StringEquals: { 'aws:SourceAccount': '111122223333' } }),
  ]) {
    const answer = await answerOf(lambda, trust(statement))
    t.match(answer?.summary, 'lets `lambda.amazonaws.com` in already')
    t.notOk(
      answer?.causes.some(({ remedies }) => remedies.some((one) => one.statement !== null)),
      'nothing is added',
    )
  }
})

t.test('a trust policy that leaves it to the caller’s account', async (t) => {
  const refused = (account: string): string =>
    `User: arn:aws:iam::${account}:user/mira is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::111122223333:role/nightly`
  const to = (AWS: string): Statement => ({ Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole' })
  const codes = async (text: string, statement?: Statement): Promise<readonly string[]> =>
    ((await diagnosesOf(text, statement === undefined ? {} : trust(statement)))[0]?.causes ?? []).map(
      ({ code }) => code,
    )
  t.strictSame(await codes(refused('111122223333'), to('arn:aws:iam::111122223333:root')), ['missing-allow'])
  t.strictSame(await codes(refused('444455556666'), to('444455556666')), ['cross-account-identity-side'])
  t.equal((await codes(refused('444455556666'), to('arn:aws:iam::111122223333:root')))[0], 'trust-policy')
  const text = `${refused('111122223333')}\n{"Version":"2012-10-17","Statement":[${JSON.stringify(to('arn:aws:iam::111122223333:root'))}]}`
  t.strictSame(await codes(text), ['missing-allow', 'trust-policy'])
})

t.test('EKS asks for the pod to assume the role and to tag its session, and comes from the cluster', async (t) => {
  const agent =
    'eks-pod-identity-agent: Error fetching credentials: AccessDeniedException: Unauthorized Exception! EKS does not have permissions to assume the associated role.'
  const lets = (Action: readonly string[], Condition?: Statement['Condition']): Statement => ({
    Effect: 'Allow',
    Principal: { Service: 'pods.eks.amazonaws.com' },
    Action,
    ...(Condition === undefined ? {} : { Condition }),
  })
  const both = ['sts:AssumeRole', 'sts:TagSession']
  const causeOf = async (statement: Statement) => (await diagnosesOf(agent, trust(statement)))[0]?.causes[0]
  const untagged = await causeOf(lets(['sts:AssumeRole']))
  t.match(untagged, { code: 'tag-session', confidence: 'evaluated', facts: { lacking: 'sts:TagSession' } })
  t.strictSame(untagged?.remedies[0]?.editedStatement?.Action, both)
  const told = (await answerOf(agent, trust(lets(['sts:AssumeRole']))))?.causes[0]
  t.match(told?.explanation, 'does not allow `sts:TagSession`, which it asks for')
  t.notMatch(told?.explanation, "caller's own policy", 'a service has none')
  const association = 'arn:aws:eks:eu-west-1:111122223333:podidentityassociation/heron/*'
  const held = await causeOf(lets(both, { ArnLike: { 'aws:SourceArn': association } }))
  t.match(held, { confidence: 'evaluated', facts: { key: 'aws:SourceArn' } })
  t.match(held?.remedies[0]?.editedStatement?.Condition, {
    ArnLike: { 'aws:SourceArn': /^arn:aws:eks:[^:]*:[^:]*:cluster\//u },
  })
  const cluster = { ArnLike: { 'aws:SourceArn': 'arn:aws:eks:eu-west-1:111122223333:cluster/heron' } }
  t.equal((await causeOf(lets(both, cluster)))?.confidence, 'possible', 'it may be this one')
})
