import t from 'tap'
import { diagnosesOf } from './explain-text.ts'

const role = 'arn:aws:iam::111122223333:role/Worker'
const user = 'arn:aws:redshift:eu-west-1:111122223333:dbuser:cl/ann'
const rows: readonly (readonly [text: string, service: string | readonly string[]])[] = [
  [`ClientError: SageMaker was unable to assume the role '${role}'`, 'sagemaker.amazonaws.com'],
  [`Role ${role} cannot be assumed by the service emr-serverless.amazonaws.com`, 'emr-serverless.amazonaws.com'],
  [
    'CodeBuild is not authorized to perform: sts:AssumeRole on service role. Please verify that: 1)',
    'codebuild.amazonaws.com',
  ],
  [`User ${user} is not authorized to assume IAM Role ${role}. `, 'redshift.amazonaws.com'],
  // Under a role of the service itself, not under that of its tasks.
  ['Unable to assume role and validate the specified targetGroupArn.', 'ecs.amazonaws.com'],
  [`ECS was unable to assume the role '${role}' that was provided for this task.`, 'ecs-tasks.amazonaws.com'],
  [
    `The function execution role must be assumable with edgelambda.amazonaws.com as well as lambda.amazonaws.com principals. Role: ${role}`,
    ['lambda.amazonaws.com', 'edgelambda.amazonaws.com'],
  ],
  ['The role defined for the function cannot be assumed by Lambda.', 'lambda.amazonaws.com'],
  ['Unauthorized Exception! EKS does not have permissions to assume the associated role.', 'pods.eks.amazonaws.com'],
  [`AccessDeniedException: Unable to assume role for ${role}`, 'rolesanywhere.amazonaws.com'],
  [
    'IAM role ARN value is invalid or does not include the required permissions for: ENHANCED_MONITORING',
    'monitoring.rds.amazonaws.com',
  ],
  ['InvalidRequestException: Invalid Access Role in AuthenticationConfiguration', 'build.apprunner.amazonaws.com'],
  [
    `An error occurred (ValidationException) when calling the CreateTrainingJob operation: Could not assume role ${role}. Please ensure that the role exists and allows principal 'sagemaker.amazonaws.com' to assume the role.`,
    'sagemaker.amazonaws.com',
  ],
  [
    'Access was denied. Ensure that the trust policy for the provided IAM role allows Firehose to assume the role.',
    'firehose.amazonaws.com',
  ],
]

t.test('the role that whoever asks names is the one that is changed', async (t) => {
  const text = 'The role defined for the function cannot be assumed by Lambda.'
  const targetOf = async (resource: string) => {
    const [diagnosis] = await diagnosesOf(text, {}, {}, { action: 'sts:AssumeRole', resource })
    return diagnosis?.causes[0]?.remedies[0]?.target?.attachTo
  }
  t.equal(await targetOf(role), 'role/Worker')
  t.equal(await targetOf('arn:aws:lambda:eu-west-1:111122223333:function:Worker'), 'role/<RoleName>')
})

t.test('the trust policy names the service that the text says could not assume the role', async (t) => {
  for (const [text, service] of rows) {
    const [cause] = (await diagnosesOf(text))[0]?.causes ?? []
    t.equal(cause?.code, 'trust-policy', text)
    t.strictSame(cause?.remedies[0]?.statement?.Principal, { Service: service }, text)
  }
})

t.test('a role that a service cannot assume may only be too young', async (t) => {
  for (const text of [
    `Glue is unable to assume provided role ${role}. Please verify role's TrustPolicy`,
    `Role ${role} should be given assume role permissions for Glue Service.`,
    'CodeBuild is not authorized to perform: sts:AssumeRole on service role.',
  ]) {
    const codes = (await diagnosesOf(text))[0]?.causes.map(({ code }) => code)
    t.strictSame(codes, ['trust-policy', 'propagation-delay'], text)
  }
})

t.test('a role that Redshift was told by its name alone', async (t) => {
  const text = `User ${user} is not authorized to assume IAM Role copyRole\nDETAIL: error 8001, context: IAM Role=copyRole`
  const [cause] = (await diagnosesOf(text))[0]?.causes ?? []
  t.equal(cause?.facts['role'], 'arn:aws:iam::111122223333:role/copyRole')
  t.strictSame(
    cause?.remedies.map(({ kind, target }) => [kind, target?.attachTo]),
    [
      ['other', undefined],
      ['trust-policy', 'role/copyRole'],
      ['other', undefined],
    ],
  )
})

t.test('the execution role of a stack set trusts the administration role, not the service', async (t) => {
  const text =
    "Account 111122223333 should have 'AWSCloudFormationStackSetExecutionRole' role with trust relationship to Role 'AWSCloudFormationStackSetAdministrationRole'."
  const [cause] = (await diagnosesOf(text))[0]?.causes ?? []
  t.equal(cause?.code, 'trust-policy')
  t.equal(cause?.remedies[0]?.target?.attachTo, 'role/AWSCloudFormationStackSetExecutionRole')
  t.strictSame(cause?.remedies[0]?.statement?.Principal, {
    AWS: 'arn:aws:iam::<AdministratorAccountId>:role/AWSCloudFormationStackSetAdministrationRole',
  })
})

t.test('a stack set whose administration role is told by its ARN', async (t) => {
  const administrator = 'arn:aws:iam::444455556666:role/service/StackSetAdministration'
  const text = `Account 111122223333 should have 'StackSetExecution' role with trust relationship to Role '${administrator}'.`
  const [cause] = (await diagnosesOf(text))[0]?.causes ?? []
  t.equal(cause?.remedies[0]?.target?.attachTo, 'role/StackSetExecution')
  t.strictSame(cause?.remedies[0]?.statement?.Principal, { AWS: administrator })
})

t.test('Redshift Serverless has roles on its namespace, and two principals', async (t) => {
  const text = `User arn:aws:redshift:eu-west-1:111122223333:dbuser:serverless-111122223333-reports/ann is not authorized to assume IAM Role ${role}.`
  const [cause] = (await diagnosesOf(text))[0]?.causes ?? []
  t.strictSame(cause?.remedies[0]?.statement?.Principal, {
    Service: ['redshift.amazonaws.com', 'redshift-serverless.amazonaws.com'],
  })
  t.match(cause?.remedies[1]?.command, /^aws redshift-serverless update-namespace .*--iam-roles arn:aws:iam::/)
  const [cluster] = (await diagnosesOf(`User ${user} is not authorized to assume IAM Role ${role}. `))[0]?.causes ?? []
  t.match(cluster?.remedies[1]?.command, /^aws redshift modify-cluster-iam-roles --cluster-identifier cl /)
})

t.test(
  'a role of IAM Identity Center is trusted by its permission set: its ARN without the path is refused',
  async (t) => {
    const asking = (caller: string): string =>
      `User: arn:aws:sts::111122223333:assumed-role/${caller}/jo is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::444455556666:role/orders`
    const [cause] = (await diagnosesOf(asking('AWSReservedSSO_PowerUserAccess_0123456789abcdef')))[0]?.causes ?? []
    t.match(cause?.remedies[0]?.statement, {
      Principal: { AWS: 'arn:aws:iam::111122223333:root' },
      Condition: {
        ArnLike: {
          'aws:PrincipalArn':
            'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_PowerUserAccess_????????????????',
        },
      },
    })
    const [other] = (await diagnosesOf(asking('Deployer')))[0]?.causes ?? []
    t.strictSame(other?.remedies[0]?.statement?.Principal, { AWS: 'arn:aws:iam::111122223333:role/Deployer' })
    t.equal(other?.remedies[0]?.statement?.Condition, undefined)
  },
)
