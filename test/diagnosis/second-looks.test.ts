import t from 'tap'
import type { Policies } from '../../src/iam/policies.ts'
import type { Statement } from '../../src/iam/policy-document.ts'
import { allow, identity, policies, resource } from './case-row.ts'
import { diagnosesOf } from './explain-text.ts'

const causesOf = async (text: string, read: Policies = {}) => (await diagnosesOf(text, read))[0]?.causes ?? []
const trusting = (Service: string): Policies =>
  policies('role-trust', { Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' })

t.test('a log role of API Gateway that has all it takes was given too early', async (t) => {
  const text =
    'Error: updating API Gateway Account: BadRequestException: The role ARN does not have required permissions configured. Please grant trust permission for API Gateway and add the required role policy.'
  const codes = async (read: Policies) => (await causesOf(text, read)).map(({ code }) => code)
  const complete = { ...identity(allow('logs:*', '*')), ...trusting('apigateway.amazonaws.com') }
  t.strictSame(await codes(complete), ['propagation-delay', 'trust-policy'])
  t.equal((await codes({ ...complete, ...trusting('lambda.amazonaws.com') }))[0], 'trust-policy')
  t.equal((await codes({ ...complete, ...identity(allow('logs:PutLogEvents', '*')) }))[0], 'service-role-missing-allow')
})

t.test('an instance gets no credentials of a role that EC2 may not assume', async (t) => {
  const text =
    'NoCredentialProviders: no valid providers in chain\ncaused by: EC2MetadataError: failed to make EC2Metadata request'
  const [cause] = await causesOf(text, trusting('batch.amazonaws.com'))
  t.match(cause, { code: 'trust-policy', confidence: 'evaluated', facts: { principal: 'ec2.amazonaws.com' } })
  t.equal((await causesOf(text, trusting('ec2.amazonaws.com')))[0]?.code, 'credentials-missing')
  t.equal(
    (await causesOf('Unable to locate credentials', trusting('batch.amazonaws.com')))[0]?.code,
    'credentials-missing',
  )
})

t.test('a target of Session Manager that has no role at all', async (t) => {
  const text =
    'An error occurred (TargetNotConnected) when calling the StartSession operation: i-0123456789abcdef0 is not connected.'
  for (const told of [
    '"IamInstanceProfile": null',
    'There was no instance profile attached.',
    'The IAM role is not attached yet.',
  ])
    t.equal((await causesOf(`${text}\n${told}`))[0]?.code, 'credentials-missing', told)
  t.equal((await causesOf(`${text}\nThe instance profile is attached.`))[0]?.code, 'service-role-missing-allow')
})

const object = 'arn:aws:s3:::pearl-intake/*'
const letsIn = (account: string, Action: NonNullable<Statement['Action']>): Statement => ({
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${account}:root` },
  Action,
  Resource: object,
})

t.test('an object that another account may have put there', async (t) => {
  const text = 'An error occurred (AccessDenied) when calling the GetObject operation: Access Denied'
  const read = identity(allow('s3:GetObject', object))
  const causes = await causesOf(text, { ...read, ...resource(letsIn('111122223333', 's3:PutObject')) })
  t.strictSame(
    causes.map(({ code }) => code),
    ['object-ownership', 's3-missing-object-403'],
  )
  t.notOk(causes.some(({ remedies }) => remedies.some(({ kind }) => kind === 'add-identity-statement')))
  const own = await causesOf(text, { ...read, ...resource(letsIn('111122223333', ['s3:PutObject', 's3:GetObject'])) })
  t.not(own[0]?.code, 'object-ownership')
})

t.test('an image in the repository of another account: Lambda writes nothing into its policy', async (t) => {
  const text =
    'AccessDeniedException: Lambda does not have permission to access the ECR image. Check the ECR permissions.\nimage 111122223333.dkr.ecr.eu-west-3.amazonaws.com/shell:1'
  const pull = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer']
  const read = { ...identity(allow('lambda:CreateFunction', '*')), ...resource(letsIn('444455556666', pull)) }
  for (const told of ['', '\nfunction in 444455556666']) {
    const [cause] = await causesOf(text + told, read)
    t.match(cause, { code: 'service-principal-policy', confidence: 'evaluated' })
    t.match(cause?.remedies[0]?.statement, { Principal: { Service: 'lambda.amazonaws.com' }, Action: pull })
    if (told !== '')
      t.match(cause?.remedies[0]?.statement?.Condition, {
        ArnLike: { 'aws:SourceArn': 'arn:aws:lambda:eu-west-3:444455556666:function:*' },
      })
  }
  t.equal((await causesOf(text, identity(allow('lambda:CreateFunction', '*'))))[0]?.code, 'dependent-action-needed')
})

t.test(
  'an image in the registry of another account is let out to Lambda and to the account of the function',
  async (t) => {
    const text = (account: string): string =>
      `Lambda does not have permission to access the ECR image. Check the ECR permissions. 444455556666.dkr.ecr.eu-west-1.amazonaws.com/app:1 for arn:aws:lambda:eu-west-1:${account}:function:orders`
    const principals = async (account: string) =>
      (await diagnosesOf(text(account)))[0]?.causes[0]?.remedies.map(({ statement }) => statement?.Principal)
    t.strictSame(await principals('111122223333'), [
      { Service: 'lambda.amazonaws.com' },
      { AWS: 'arn:aws:iam::111122223333:root' },
    ])
    t.strictSame(await principals('444455556666'), [{ Service: 'lambda.amazonaws.com' }])
  },
)
