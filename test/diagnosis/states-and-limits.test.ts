import t from 'tap'
import { answerOf } from './explain-text.ts'

/*
 * Refusals by the state of a key, by how long a session may last, and by the account that calls: no policy is the
 * matter, and none is proposed.
 */

const noPolicies = (text: string, code: string) =>
  t.test(text, async (t) => {
    const answer = await answerOf(text)
    t.equal(answer?.causes[0]?.code, code)
    t.strictSame(
      answer?.causes.flatMap(({ remedies }) => remedies).filter(({ statement }) => statement !== null),
      [],
      'nothing to grant',
    )
    t.strictSame(answer?.next, [])
  })

noPolicies(
  'Status Reason: Instance became unhealthy. Termination Reason: Client.InvalidKMSKey.InvalidState: The KMS key provided is in an incorrect state',
  'other-system',
)
noPolicies(
  'KMSDisabledException: Lambda was unable to decrypt the environment variables because the KMS key used is disabled. Please check the function’s KMS key settings.',
  'other-system',
)
noPolicies(
  'An error occurred (DisabledException) when calling the Encrypt operation: arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab is disabled.',
  'other-system',
)
noPolicies(
  'An error occurred (KMS.KMSInvalidStateException) when calling the PutObject operation: arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab is pending deletion.',
  'other-system',
)
noPolicies(
  'failed to assume role: operation error STS: AssumeRole, api error ValidationError: The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
  'other-system',
)
noPolicies(
  'ValidationError: The requested DurationSeconds exceeds the MaxSessionDuration set for this role. (arn:aws:iam::111122223333:role/nightly)',
  'other-system',
)
noPolicies(
  "AccessDeniedException: This operation can be called only from the organization's management account. (CreateOrganizationalUnit)",
  'wrong-principal',
)

t.test('the key is named in the command that shows its state', async (t) => {
  const answer = await answerOf(
    'KMSInvalidStateException: arn:aws:kms:eu-central-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab is pending import.',
  )
  t.match(JSON.stringify(answer?.causes[0]?.remedies), 'describe-key')
  t.match(JSON.stringify(answer?.causes[0]?.remedies), '1234abcd-12ab-34cd-56ef-1234567890ab')
})

t.test('how long a role lasts can be raised, where it is not taken by another', async (t) => {
  const steps = async (text: string) => JSON.stringify((await answerOf(text))?.causes[0]?.remedies)
  t.match(
    await steps('The requested DurationSeconds exceeds the MaxSessionDuration set for this role.'),
    'max-session-duration',
  )
  t.notMatch(
    await steps('The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.'),
    'max-session-duration',
  )
})

t.test('the reason beside a refusal that names the caller is told first, and not as certain', async (t) => {
  const refused =
    'User: arn:aws:iam::444455556666:user/kim is not authorized to perform: organizations:ListRoots on resource: *'
  const reason = "(this operation can be called only from the organization's management account)"
  const answer = await answerOf(`${refused} ${reason}`)
  t.match(answer?.causes[0], { code: 'wrong-principal', confidence: 'possible' })
  const denied = await answerOf(`${refused} with an explicit deny in a service control policy ${reason}`)
  t.equal(denied?.causes[0]?.code, 'scp-deny', 'AWS says what it was')
})

t.test('a delivery that AWS tells as nobody’s call', async (t) => {
  const refused =
    'User: anonymous is not authorized to perform: sqs:SendMessage on resource: arn:aws:sqs:eu-west-2:444455556666:audit because no resource-based policy allows the sqs:SendMessage action'
  const [first] =
    (await answerOf(`The topic arn:aws:sns:eu-west-2:444455556666:audit is subscribed. ${refused}`))?.causes ?? []
  t.match(first?.remedies[0]?.statement, {
    Principal: { Service: 'sns.amazonaws.com' },
    Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:eu-west-2:444455556666:audit' } },
  })
  t.equal((await answerOf(refused))?.causes[0]?.code, 'credentials-missing', 'no topic is told of')
})

t.test('CloudFront without a signature takes a statement and an origin access control', async (t) => {
  const refused =
    'User: anonymous is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::docs-of-shop/a.html" because no resource-based policy allows the s3:GetObject action'
  const [first] = (await answerOf(`Our CloudFront distribution shows: ${refused}`))?.causes ?? []
  t.match(first?.remedies[0]?.statement, { Principal: { Service: 'cloudfront.amazonaws.com' } })
  t.match(first?.remedies.map(({ instruction }) => instruction).join(' '), 'origin access control')
  t.equal((await answerOf(refused))?.causes[0]?.code, 'credentials-missing')
})
