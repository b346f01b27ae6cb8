import t from 'tap'
import { answerOf } from './explain-text.ts'

t.test('ECS calls with the role that stands as executionRoleArn, whatever its name', async (t) => {
  const answer = await answerOf(
    'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: AccessDeniedException: User: arn:aws:sts::444455556666:assumed-role/shop-task-role/0a1b is not authorized to perform: secretsmanager:GetSecretValue on resource: arn:aws:secretsmanager:eu-west-2:444455556666:secret:shop-AbCdEf because no identity-based policy allows the secretsmanager:GetSecretValue action',
  )
  const [grant, rename, own] = answer?.causes[0]?.remedies ?? []
  t.equal(answer?.causes[0]?.code, 'ecs-role-confusion')
  t.match(grant?.target?.attachTo, 'role/<ExecutionRoleName>')
  t.equal(grant?.verification, null, 'a grant to another role changes nothing for this one')
  t.match(rename?.instruction, /executionRoleArn/u)
  t.match(own, { alternative: true, target: { attachTo: 'role/shop-task-role' } })
})

t.test('Glue looks up a database without its tables', async (t) => {
  const text =
    'User: arn:aws:sts::444455556666:assumed-role/etl/x is not authorized to perform: glue:GetDatabase on resource: arn:aws:glue:eu-west-2:444455556666:database/sales because no identity-based policy allows the glue:GetDatabase action'
  const answer = await answerOf(text, {
    'identity-based': [{ name: 'read', document: { Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] } }],
  })
  t.match(JSON.stringify(answer?.next), ':catalog')
  t.notMatch(JSON.stringify(answer?.next), ':table/')
})
