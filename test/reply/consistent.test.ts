import t from 'tap'
import { createGatherer } from '../../src/evidence/gatherer.ts'
import { createExplainer } from '../../src/explain.ts'
import { renderMarkdown } from '../../src/reply/markdown.ts'
import { renderSlack } from '../../src/reply/slack-blocks.ts'
import type { Reply } from '../../src/reply/schema.ts'
import type { Locale } from '../../src/words/locale.ts'

/*
 * Whole answers from the text alone: no sentence of one speaks against another, none is said twice, and what AWS
 * names first is what the reader is shown how to look at.
 */

type Settings = Parameters<typeof createGatherer>[0]
const none = await createGatherer({ EVIDENCE: 'none', EVIDENCE_TIMEOUT_MS: 1000 } as Settings)
const explainer = createExplainer({ gatherer: none, offline: none, version: 'test' })

const replyTo = async (text: string, locale: Locale = 'en'): Promise<Reply> => {
  const explained = await explainer.explain({ text, locale })
  if (explained.kind !== 'reply') throw new Error('nothing recognised')
  return explained.reply
}

const deployer = 'User: arn:aws:iam::111122223333:user/deployer'
const session = 'User: arn:aws:sts::111122223333:assumed-role/reports/nightly'
const denied = (who: string, action: string, resource: string, why: string): string =>
  `${who} is not authorized to perform: ${action} on resource: ${resource} ${why}`
const failed = (operation: string, message: string): string =>
  `An error occurred (AccessDenied) when calling the ${operation} operation: ${message}`
const missing = (kind: string, action: string): string => `because no ${kind} policy allows the ${action} action`

interface Row {
  readonly name: string
  readonly text: string
  readonly says?: readonly (string | RegExp)[]
  readonly saysNot?: readonly (string | RegExp)[]
}

const rows: readonly Row[] = [
  {
    name: 'whoever passes a role is who needs the permission',
    text: failed(
      'CreateFunction',
      denied(
        deployer,
        'iam:PassRole',
        'arn:aws:iam::111122223333:role/worker',
        missing('identity-based', 'iam:PassRole'),
      ),
    ),
    says: ['Add this statement to a new policy', 'Do not add `iam:PassRole` to the role that is handed over'],
    saysNot: ['belongs to another principal'],
  },
  {
    name: 'the policy that denied is shown, and nothing is assumed of it',
    text: denied(session, 's3:ListBucket', 'arn:aws:s3:::ledger', 'with an explicit deny in a resource-based policy'),
    says: ['aws s3api get-bucket-policy --bucket ledger\n', 'Could you exempt this one case'],
    saysNot: ['does not grant the request by itself', 'Could you allow this'],
  },
  {
    name: 'the boundary by whose name the change is written',
    text: denied(
      deployer,
      'sqs:CreateQueue',
      'arn:aws:sqs:eu-west-1:111122223333:jobs',
      'because no permissions boundary allows the sqs:CreateQueue action',
    ),
    says: ['aws iam get-user --user-name deployer --query User.PermissionsBoundary'],
  },
  {
    name: 'an SCP: what it says, and not who manages the role',
    text: denied(
      'User: arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/kim@example.com',
      'iam:CreateUser',
      'arn:aws:iam::111122223333:user/ci',
      'with an explicit deny in a service control policy',
    ),
    says: ['--filter SERVICE_CONTROL_POLICY --target-id 111122223333', 'for each of its parents'],
    saysNot: ['change the permission set'],
  },
  {
    name: 'an SCP that the message names is shown itself',
    text: denied(
      deployer,
      'ec2:RunInstances',
      'arn:aws:ec2:us-east-2:111122223333:instance/*',
      'with an explicit deny in a service control policy: arn:aws:organizations::999900001111:policy/o-exampleorgid/service_control_policy/p-abcd1234',
    ),
    says: ['aws organizations describe-policy --policy-id p-abcd1234 '],
    saysNot: ['list-policies-for-target'],
  },
  {
    name: 'an unknown path of an API reads like a missing signature',
    text: '{"message":"Missing Authentication Token"}',
    says: ['API Gateway knows no such path and method, or', 'Compare stage, path and HTTP method'],
  },
  {
    name: 'what is forbidden at an API need not be a signature',
    text: '{"message":"Forbidden"}\nfrom https://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com/prod/orders',
    says: ['x-api-key'],
    saysNot: ['Sign the request'],
  },
  {
    name: 'credentials that are not valid are not simulated',
    text: 'An error occurred (InvalidClientTokenId) when calling the GetCallerIdentity operation: The security token included in the request is invalid\n$ aws sts get-caller-identity --region me-central-1',
    says: ['aws configure list\n'],
    saysNot: ['simulate-principal-policy', 'Not looked at'],
  },
  {
    name: 'a key is told by what it encrypts',
    text: 'KMSAccessDenied: null (Service: AmazonSNS; Status Code: 400; Error Code: KMSAccessDenied; Request ID: 11111111-2222-3333-4444-555555555555)',
    says: ['the id of the KMS key that encrypts the topic'],
    saysNot: ['s3:HeadObject'],
  },
  {
    name: 'a missing Allow: who manages the role',
    text: denied(
      'User: arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/kim@example.com',
      'iam:CreateUser',
      'arn:aws:iam::111122223333:user/ci',
      missing('identity-based', 'iam:CreateUser'),
    ),
    says: ['change the permission set', '- `<PermissionSetArn>`: the ARN of the permission set'],
  },
  {
    name: 'no policy was evaluated, so none is missed',
    text: 'An error occurred (ExpiredToken) when calling the ListObjectsV2 operation: The provided token has expired.',
    says: ['no policy was evaluated'],
    saysNot: ['Not looked at', 'SERVICE_CONTROL_POLICY'],
  },
  {
    name: 'access to a model is no matter of the policies',
    text: "An error occurred (AccessDeniedException) when calling the InvokeModel operation: You don't have access to the model with the specified model ID.",
    says: ['aws-marketplace:Subscribe', 'that is not what is missing'],
    saysNot: ['Not looked at', 'one action is missing', 'Enable the model'],
  },
  {
    name: 'both sides of a key in another account',
    text: denied(
      session,
      'kms:Decrypt',
      'arn:aws:kms:us-east-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab',
      missing('resource-based', 'kms:Decrypt'),
    ),
    says: ['both accounts have to allow'],
    saysNot: ['it has no effect against this'],
  },
  {
    name: 'a key in the own account',
    text: denied(
      session,
      'kms:Decrypt',
      'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
      missing('resource-based', 'kms:Decrypt'),
    ),
    says: ['it has no effect against this'],
    saysNot: ['both accounts have to allow'],
  },
  {
    name: 'what is in an account that nobody named is not in the caller’s',
    text: denied(session, 's3:GetObject', 'arn:aws:s3:::partner/daily.csv', missing('resource-based', 's3:GetObject')),
    says: ["RESOURCE_CONTROL_POLICY --target-id '<AccountId>'", 'arn:aws:kms:<Region>:<AccountId>:key/<KeyId>'],
  },
  {
    name: 'an account that was blacked out is none',
    text: denied(
      'User: arn:aws:sts::00000000000:assumed-role/reports/nightly',
      's3:ListAllMyBuckets',
      '*',
      missing('identity-based', 's3:ListAllMyBuckets'),
    ),
    says: ["SERVICE_CONTROL_POLICY --target-id '<AccountId>'"],
    saysNot: ['--target-id 00000000000'],
  },
  {
    name: 'what the statement grants does not come next',
    text: denied(
      session,
      'ecr:BatchGetImage',
      'arn:aws:ecr:us-east-1:444455556666:repository/app',
      missing('resource-based', 'ecr:BatchGetImage'),
    ),
    says: ['"ecr:GetDownloadUrlForLayer"', '--registry-id 444455556666'],
    saysNot: ['What comes next'],
  },
  {
    name: 'what the statement does not grant does',
    text: denied(session, 'ecr:GetAuthorizationToken', '*', missing('identity-based', 'ecr:GetAuthorizationToken')),
    says: ['What comes next', '`ecr:BatchGetImage`'],
  },
  {
    name: 'tags are for sessions that have some',
    text: failed('AssumeRole', denied(deployer, 'sts:AssumeRole', 'arn:aws:iam::444455556666:role/deploy', '').trim()),
    says: [/`sts:TagSession` → .*: if the session is given tags/],
  },
  {
    name: 'a queue is called by the address that the text has',
    text: JSON.stringify({
      notification: { topicArn: 'arn:aws:sns:eu-west-1:111122223333:orders' },
      delivery: {
        destination: 'arn:aws:sqs:eu-west-1:444455556666:orders',
        providerResponse:
          '{"ErrorCode":"AccessDenied","ErrorMessage":"Access to the resource https://sqs.eu-west-1.amazonaws.com/444455556666/orders is denied."}',
        statusCode: 403,
      },
      status: 'FAILURE',
    }),
    says: [
      'set-queue-attributes --queue-url https://sqs.eu-west-1.amazonaws.com/444455556666/orders --region eu-west-1',
      '`sns.amazonaws.com` was denied access to',
    ],
    saysNot: ['<Region>', '<AccountId>', 'denied this action'],
  },
  {
    name: 'the role that a service makes is of the service in its path',
    text: denied(
      deployer,
      'iam:CreateServiceLinkedRole',
      'arn:aws:iam::111122223333:role/aws-service-role/elasticloadbalancing.amazonaws.com/AWSServiceRoleForElasticLoadBalancing',
      missing('identity-based', 'iam:CreateServiceLinkedRole'),
    ),
    says: ['applied: allowed. It opens nothing else.'],
  },
  {
    name: 'tags set by the call that the message names',
    text: failed(
      'RunInstances',
      denied(
        deployer,
        'ec2:CreateTags',
        'arn:aws:ec2:us-west-2:111122223333:instance/*',
        missing('identity-based', 'ec2:CreateTags'),
      ),
    ),
    says: ['"ec2:CreateAction": "RunInstances"', 'applied: allowed.'],
  },
  {
    name: 'who calls does not tell whether MFA was shown',
    text: `${denied(deployer, 's3:DeleteBucket', 'arn:aws:s3:::ledger', 'with an explicit deny in an identity-based policy')}\n\n${JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Deny', NotAction: 'sts:GetSessionToken', Resource: '*', Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } } }] })}`,
    says: ['aws sts get-session-token --serial-number arn:aws:iam::111122223333:mfa/deployer'],
    saysNot: ['get-caller-identity'],
  },
  {
    name: 'AWS’s own policy has more than the one permission',
    text: denied(
      'User: arn:aws:sts::111122223333:assumed-role/web/i-0a1b2c3d4e5f60718',
      'logs:PutLogEvents',
      'arn:aws:logs:us-east-1:111122223333:log-group:/var/log/messages:log-stream:i-0a1b2c3d4e5f60718',
      missing('identity-based', 'logs:PutLogEvents'),
    ),
    says: ['`CloudWatchAgentServerPolicy` allows this too'],
  },
  {
    name: 'what is to be filled in is told in words',
    text: 'AccessDeniedException: Insufficient Lake Formation permission(s): Required Describe on sales',
    says: [
      '- `<PrincipalArn>`: the ARN of',
      '- `<Resource>`: what it is granted on',
      'Hello,\n\nGoing by the message, Lake Formation has not granted',
      'Could you grant this in Lake Formation?',
    ],
  },
]

for (const { name, text, says = [], saysNot = [] } of rows) {
  t.test(name, async (t) => {
    const answer = renderMarkdown(await replyTo(text), 'en')
    const holds = (wanted: string | RegExp): boolean =>
      typeof wanted === 'string' ? answer.includes(wanted) : wanted.test(answer)
    for (const wanted of says) t.ok(holds(wanted), `says ${String(wanted)}`)
    for (const unwanted of saysNot) t.notOk(holds(unwanted), `does not say ${String(unwanted)}`)
  })
}

t.test('one command is shown once', async (t) => {
  const answer = renderMarkdown(
    await replyTo('An error occurred (AccessDenied) when calling the GetObject operation: Access Denied'),
    'en',
  )
  const commands = answer.match(/^aws .*$/gmu) ?? []
  t.ok(commands.length > 3)
  const settling = commands.filter((command) => !command.startsWith('aws organizations'))
  t.strictSame(settling, [...new Set(settling)])
})

t.test('Slack shows the resource that the statement is for', async (t) => {
  const reply = await replyTo(
    '{"Message":"User: arn:aws:sts::111122223333:assumed-role/client/me is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:us-east-1:********3333:a1b2c3d4e5/prod/GET/orders"}',
  )
  const slack = JSON.stringify(renderSlack(reply, { locale: 'en' }))
  t.match(renderMarkdown(reply, 'en'), '**Resource:** `arn:aws:execute-api:us-east-1:111122223333:')
  t.notMatch(slack, /\*{4}3333/)
})

t.test('the same in Korean', async (t) => {
  const [first] = rows
  const answer = renderMarkdown(await replyTo(first?.text ?? '', 'ko'), 'ko')
  t.match(answer, '전달되는 역할에 `iam:PassRole`을 추가하지 마세요')
})
