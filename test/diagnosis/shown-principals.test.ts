import t from 'tap'
import { allow, identity } from './case-row.ts'
import { diagnosesOf } from './explain-text.ts'

const refused = (caller: string): string =>
  `AccessDenied: User: arn:aws:${caller} is not authorized to perform: sqs:SendMessage on resource: arn:aws:sqs:eu-west-2:444455556666:quay`
const send = identity(allow('sqs:SendMessage', 'arn:aws:sqs:eu-west-2:444455556666:quay'))
const causesOf = async (text: string, policies = {}) => (await diagnosesOf(text, policies))[0]?.causes ?? []

const user = 'iam::444455556666:user/old-uploader'
const instance = 'sts::444455556666:assumed-role/hosts/i-0123456789abcdef0'
const whoami = (arn: string): string =>
  `$ aws sts get-caller-identity\n{\n  "Account": "444455556666",\n  "Arn": "arn:aws:${arn}"\n}`
const task = 'task definition: "taskRoleArn": "arn:aws:iam::444455556666:role/svc/quay-task", "networkMode": "host"'

t.test('policies that allow it are those of the principal that the text shows beside the refused one', async (t) => {
  const rows = [
    [`${refused(user)}\n${whoami(instance)}`, 'hosts'],
    [`${refused(instance)}\n${task}`, 'quay-task'],
    [`${refused(instance)}\n${whoami('iam::444455556666:user/team/ines')}`, 'ines'],
  ] as const
  for (const [text, expected] of rows) {
    const [cause, next] = await causesOf(text, send)
    t.match(cause, { code: 'wrong-principal', facts: { why: 'expected-other', expected } }, expected)
    t.match(cause?.remedies, [{ kind: 'switch-principal' }])
    t.equal(next?.code, 'evaluation-allows')
  }
})

t.test('nobody else is shown, or the policies refuse it', async (t) => {
  const [same] = await causesOf(`${refused(user)}\n${whoami(user)}`, send)
  t.equal(same?.code, 'evaluation-allows')
  const other = identity(allow('sqs:ReceiveMessage', '*'))
  const codes = (await causesOf(`${refused(user)}\n${whoami(instance)}`, other)).map(({ code }) => code)
  t.equal(codes[0], 'missing-allow')
})

t.test('a profile with a source takes its role as that user', async (t) => {
  const arn = 'arn:aws:iam::444455556666:role/reader'
  const text = `ubuntu@ip-10-1-2-3:~$ AWS_PROFILE=reader aws s3 ls
An error occurred (AccessDenied) when calling the AssumeRole operation: User: arn:aws:iam::444455556666:user/ines is not authorized to perform: sts:AssumeRole on resource: ${arn}`
  const trust = {
    'role-trust': [
      {
        name: 'trust',
        document: {
          Version: '2012-10-17' as const,
          Statement: [
            { Effect: 'Allow' as const, Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
          ],
        },
      },
    ],
  }
  const policies = { ...identity(allow('sts:AssumeRole', arn)), ...trust }
  const [cause] = await causesOf(`${text}\n[profile reader]\nrole_arn = ${arn}\nsource_profile = base`, policies)
  t.match(cause, { code: 'trust-policy', confidence: 'evaluated' })
})

t.test('KMS knows no origin access identity: that is no fault of keys that were sent', async (t) => {
  const text =
    '<Error><Code>KMS.UnrecognizedClientException</Code><Message>No account found for the given parameters</Message></Error>'
  const causes = await causesOf(text)
  t.match(causes, [
    { code: 'kms-key-policy', confidence: 'stated', facts: { servicePrincipal: 'cloudfront.amazonaws.com' } },
  ])
  t.match(causes[0]?.remedies[0], { kind: 'key-policy', statement: { Action: 'kms:Decrypt' } })
  const [other] = await causesOf(
    'An error occurred (UnrecognizedClientException) when calling the ListKeys operation: The security token included in the request is invalid.',
  )
  t.equal(other?.code, 'credentials-invalid')
})
