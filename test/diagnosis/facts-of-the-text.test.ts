import t from 'tap'
import { diagnosesOf } from './explain-text.ts'

const codesOf = async (text: string): Promise<readonly string[]> =>
  (await diagnosesOf(text))[0]?.causes.map(({ code }) => code) ?? []

const refused = (role: string, action: string): string =>
  `AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/${role}/abc is not authorized to perform: ${action} on resource: arn:aws:ssm:eu-west-1:111122223333:parameter/shop/db`

t.test('a permission that the text gives to the other role of a task', async (test) => {
  const [onTask, onExecution] = [' (I attached the policy to the task role)', ' (it is attached to the execution role)']
  test.equal((await codesOf(refused('ecsTaskExecutionRole', 'ssm:GetParameters') + onTask))[0], 'ecs-role-confusion')
  test.equal((await codesOf(refused('shop-task', 'ssm:GetParameter') + onExecution))[0], 'ecs-role-confusion')
  test.equal((await codesOf(refused('ecsTaskExecutionRole', 'ssm:GetParameters') + onExecution))[0], 'missing-allow')
  test.equal((await codesOf(refused('shop-task', 'ssm:GetParameter') + onTask))[0], 'missing-allow')
  test.equal((await codesOf(refused('shop-admin', 'ssm:GetParameter') + onExecution))[0], 'missing-allow')
})

t.test('a role that can be assumed a little later, and a deny that goes with 2FA', async (test) => {
  const lambda =
    'An error occurred (InvalidParameterValueException) when calling the CreateFunction operation: The role defined for the function cannot be assumed by Lambda.'
  test.equal((await codesOf(`${lambda} (with a sleep 20 before it, it works)`))[0], 'propagation-delay')
  test.equal((await codesOf(`${lambda} (even with a sleep 20 before it, the same)`))[0], 'trust-policy')
  const denied =
    'User: arn:aws:iam::111122223333:user/ana is not authorized to perform: sqs:ListQueues on resource: * with an explicit deny'
  test.equal((await codesOf(`${denied} (in the console with two-factor it works)`))[0], 'mfa-required')
  test.not((await codesOf(`${denied} (my GitHub 2FA works)`))[0], 'mfa-required')
})
