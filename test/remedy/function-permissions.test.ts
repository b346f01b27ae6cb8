import t from 'tap'
import { loadActionCatalogue } from '../../src/action-catalogue/load.ts'
import type { Policies } from '../../src/iam/policies.ts'
import { list, type Statement } from '../../src/iam/policy-document.ts'
import { buildRemedies } from '../../src/remedy/build.ts'
import { mergePlan, type Planned } from '../../src/remedy/plan.ts'
import type { Remedy } from '../../src/remedy/remedy.ts'
import { evidenceWith, fixWith, noReason, requestFor } from './given.ts'

/** Lambda's AddPermission says less than a statement: it must not say something else. */

const greet = 'arn:aws:lambda:eu-west-1:111122223333:function:greet'
const exporter = 'arn:aws:iam::444455556666:role/exporter'
const letIn = (more: Partial<Statement> = {}): Statement => ({
  Effect: 'Allow',
  Principal: { AWS: exporter },
  Action: 'lambda:InvokeFunction',
  Resource: greet,
  ...more,
})

const remedyFor = async (statement: Statement, policies: Policies = {}): Promise<Remedy> => {
  const catalogue = await loadActionCatalogue(['lambda'])
  const [action = ''] = list(statement.Action)
  const [resource = greet] = list(statement.Resource)
  const [remedy] = buildRemedies(
    [fixWith('resource-based', 'function/greet', statement, { kind: 'resource-policy' })],
    {
      denial: noReason,
      requests: [requestFor(action, resource)],
      evidence: evidenceWith(policies),
      catalogue,
    },
  )
  if (remedy === undefined) throw new Error('no remedy')
  return remedy
}

t.test('an alias has a policy of its own', async (t) => {
  const { commands } = await remedyFor(letIn({ Resource: `${greet}:live` }))
  t.match(commands?.awsCli, `--function-name ${greet} --region eu-west-1 --qualifier live --statement-id`)
  t.match(commands?.undo, `--function-name ${greet} --region eu-west-1 --qualifier live --statement-id`)
  t.match(commands?.terraform, /qualifier +=+ "live"/u)
  t.match(commands?.cloudformation, `FunctionName: ${greet}:live`)
  t.match(commands?.cdk, `functionName: "${greet}:live"`)
  const { commands: ofFunction } = await remedyFor(letIn())
  t.notMatch(Object.values(ofFunction ?? {}).join(), /qualifier/u)
})

t.test('a function URL is told by how it is called', async (t) => {
  const { commands } = await remedyFor(letIn({ Action: 'lambda:InvokeFunctionUrl' }))
  t.match(commands?.awsCli, '--function-url-auth-type AWS_IAM')
  t.match(commands?.terraform, /function_url_auth_type = "AWS_IAM"/u)
  t.match(commands?.cloudformation, 'FunctionUrlAuthType: AWS_IAM')
  const { commands: open } = await remedyFor(
    letIn({
      Action: 'lambda:InvokeFunctionUrl',
      Principal: '*',
      Condition: { StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' } },
    }),
  )
  t.match(open?.awsCli, '--function-url-auth-type NONE')
})

t.test('several actions or principals are several permissions', async (t) => {
  const other = 'arn:aws:iam::777788889999:root'
  const { commands } = await remedyFor(
    letIn({ Action: ['lambda:InvokeFunction', 'lambda:GetFunction'], Principal: { AWS: [exporter, other] } }),
  )
  for (const of of [commands?.awsCli, commands?.undo]) {
    const lines = (of ?? '').split(' && \\\n')
    t.equal(new Set(lines.map((line) => /--statement-id (\S+)/u.exec(line)?.[1])).size, 4)
  }
  t.match(commands?.awsCli, `--action lambda:GetFunction --principal ${other}`)
  t.equal(commands?.terraform?.split('resource "aws_lambda_permission"').length, 5)
  t.equal(commands?.cloudformation, null, 'which is one permission')
})

t.test('what AddPermission cannot say is not left out', async (t) => {
  const anyOfSet: Statement = letIn({
    Principal: { AWS: 'arn:aws:iam::444455556666:root' },
    Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::444455556666:role/aws-reserved/sso.amazonaws.com/*' } },
  })
  const { commands } = await remedyFor(anyOfSet)
  t.strictSame(
    Object.values(commands ?? {}).filter((text) => text !== null),
    [],
  )
})

t.test('an id that is taken is not used again, nor taken back', async (t) => {
  const present = { Version: '2012-10-17', Statement: [letIn({ Sid: 'AllowLambdaInvokeFunction', Principal: '*' })] }
  const { commands, policyDocument } = await remedyFor(letIn(), {
    'resource-based': [{ name: 'greet', document: present }],
  })
  t.match(list(policyDocument?.Statement)[1], { Sid: 'AllowLambdaInvokeFunction2' })
  t.match(commands?.awsCli, '--statement-id AllowLambdaInvokeFunction2 ')
  t.match(commands?.undo, /--statement-id AllowLambdaInvokeFunction2$/u)
})

t.test('a plan adds each permission of a function once, under an id of its own', async (t) => {
  const planned = async (id: string, statement: Statement): Promise<Planned> => ({
    id,
    requests: [requestFor(list(statement.Action)[0] ?? '', greet)],
    evidence: evidenceWith({}),
    causes: [{ confidence: 'evaluated', remedies: [await remedyFor(statement)] }],
  })
  const plan = mergePlan([
    await planned('1', letIn()),
    await planned('2', letIn({ Action: 'lambda:GetFunction' })),
    await planned('3', letIn({ Principal: { AWS: 'arn:aws:iam::777788889999:root' } })),
    await planned('4', letIn()),
  ])
  t.strictSame(
    plan.map(({ covers }) => covers),
    [['1', '4'], ['2'], ['3']],
  )
  const ids = plan.map(({ commands }) => /--statement-id (\S+)/u.exec(commands?.awsCli ?? '')?.[1])
  t.strictSame(ids, ['AllowLambdaInvokeFunction', 'AllowLambdaGetFunction', 'AllowLambdaInvokeFunction2'])
})

t.test('a function that is called through its URL alone', async (t) => {
  const through = (value: string) =>
    remedyFor(
      letIn({ Action: 'lambda:InvokeFunction', Condition: { Bool: { 'lambda:InvokedViaFunctionUrl': value } } }),
    )
  const { commands } = await through('true')
  t.match(commands?.awsCli, / --invoked-via-function-url$/mu)
  t.match(commands?.terraform, /invoked_via_function_url = "true"/u)
  t.match(commands?.cloudformation, /InvokedViaFunctionUrl: "?true/u)
  t.notMatch((await through('false')).commands?.awsCli ?? '', 'invoked-via-function-url')
})
