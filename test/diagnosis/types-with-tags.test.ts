import t from 'tap'
import type { Statement } from '../../src/iam/policy-document.ts'
import { answerOf } from './explain-text.ts'

/* A condition on tags that one statement has for resources of several types, not all of which the tags are of. */

const identity = (...Statement: readonly Statement[]) => ({
  'identity-based': [{ name: 'work', document: { Version: '2012-10-17', Statement } }],
})

const requireTag = (Action: string | readonly string[], Resource: string | readonly string[] = '*') => ({
  ...identity({ Effect: 'Allow', Action: '*', Resource: '*' }),
  'service-control': [
    {
      level: 'account',
      policies: [
        { name: 'all', document: { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] } },
        {
          name: 'owners',
          document: {
            Statement: [
              { Effect: 'Deny', Action, Resource, Condition: { Null: { 'aws:RequestTag/Owner': 'true' } } },
            ] as const,
          },
        },
      ],
    },
  ],
})

const inVpc =
  'User: arn:aws:sts::444455556666:assumed-role/net/x is not authorized to perform: ec2:CreateSecurityGroup on resource: arn:aws:ec2:eu-west-2:444455556666:vpc/vpc-0a1b2c3d4e5f60718 with an explicit deny in a service control policy'

t.test('a Deny of untagged requests is kept to what the call tags', async (t) => {
  const first = async (...denied: Parameters<typeof requireTag>) =>
    (await answerOf(inVpc, requireTag(...denied)))?.causes[0]?.remedies[0]
  const alone = await first('ec2:CreateSecurityGroup')
  t.match(alone?.editedStatement, { Effect: 'Deny', Resource: 'arn:aws:ec2:*:*:security-group/*' })
  t.equal(alone?.verification?.decision, 'allowed')
  const both = await first(['ec2:CreateSecurityGroup', 'ec2:CreateSubnet'], 'arn:aws:ec2:*:*:*')
  t.strictSame(both?.editedStatement?.Resource, ['arn:aws:ec2:*:*:security-group/*', 'arn:aws:ec2:*:*:subnet/*'])
  // The other action is of a service that nobody looked up: it stays as it was.
  const split = await first(['ec2:CreateSecurityGroup', 'rds:CreateDBInstance'])
  t.match(split?.diff, 'rds:CreateDBInstance')
  t.match(split?.diff, 'arn:aws:ec2:*:*:security-group/*')
})

t.test('what the call does create takes the tags', async (t) => {
  const onGroup = inVpc.replace(/vpc\/[\w-]+/u, 'security-group/*')
  const answer = await answerOf(onGroup, requireTag('ec2:CreateSecurityGroup'))
  t.match(answer?.causes[0]?.remedies[0]?.instruction, /^Send the tags/u)
})

t.test('an Allow under a tag of the request is split for what takes none', async (t) => {
  const answer = await answerOf(
    'User: arn:aws:sts::444455556666:assumed-role/net/x is not authorized to perform: ec2:RunInstances on resource: arn:aws:ec2:eu-west-2:444455556666:volume/* because no identity-based policy allows the ec2:RunInstances action',
    identity({
      Effect: 'Allow',
      Action: 'ec2:RunInstances',
      Resource: 'arn:aws:ec2:*:*:*',
      Condition: { StringEquals: { 'aws:RequestTag/Owner': 'net' } },
    }),
  )
  const [send, split] = answer?.causes[0]?.remedies ?? []
  t.match(send?.instruction, /^Send the tags/u)
  t.match(split?.statement?.Resource, [/:image\/\*$/u, /:key-pair\/\*$/u, /:security-group\/\*$/u, /:subnet\/\*$/u])
  t.notOk(split?.statement?.Condition)
  t.ok(answer?.next.some(({ action }) => action === 'ec2:CreateTags'))
})

t.test('a document of AWS has no tag of the account, which the target has', async (t) => {
  const told = (Resource: readonly string[]) =>
    answerOf(
      'User: arn:aws:sts::444455556666:assumed-role/ops/x is not authorized to perform: ssm:StartSession on resource: arn:aws:ec2:eu-west-2:444455556666:instance/i-0a1b2c3d4e5f60718 because no identity-based policy allows the ssm:StartSession action',
      identity({
        Effect: 'Allow',
        Action: 'ssm:StartSession',
        Resource,
        Condition: { StringEquals: { 'ssm:resourceTag/team': 'ops' } },
      }),
    )
  const instances = 'arn:aws:ec2:*:444455556666:instance/*'
  const document = 'arn:aws:ssm:eu-west-2::document/AWS-StartInteractiveCommand'
  const both = (await told([instances, document]))?.causes[0]?.remedies ?? []
  t.ok(both.some(({ statement }) => statement?.Resource === document && statement.Condition === undefined))
  const one = (await told([instances]))?.causes[0]?.remedies ?? []
  t.notOk(one.some(({ statement }) => statement?.Resource === document))
})
