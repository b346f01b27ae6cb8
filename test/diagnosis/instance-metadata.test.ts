import t from 'tap'
import { diagnosesOf } from './explain-text.ts'

const imds = (status: number): string =>
  `operation error ec2imds: GetMetadata, http response error StatusCode: ${status}, request to EC2 IMDS failed`
const noCredentials = 'Unable to locate credentials. You can configure credentials by running "aws configure".'

t.test('the instance metadata service is no service that a policy speaks of', async (t) => {
  const texts = [
    imds(401),
    imds(403),
    imds(403).replace('GetMetadata', 'GetToken'),
    `failed to refresh cached credentials, no EC2 IMDS role found, ${imds(401)}`,
    'EC2MetadataError: failed to make EC2Metadata request\n\tstatus code: 401, request id: ',
  ]
  for (const text of texts) {
    const found = await diagnosesOf(text)
    t.equal(found.length, 1, text)
    t.equal(found[0]?.causes[0]?.code, 'credentials-missing', text)
    t.notMatch(JSON.stringify(found[0]?.causes), /amplify|"statement":\{/u, text)
  }
})

t.test('a container that the token of IMDSv2 does not reach', async (t) => {
  const stepOf = async (text: string): Promise<string | undefined> =>
    (await diagnosesOf(text))[0]?.causes[0]?.remedies[0]?.step
  const beyond = [
    imds(401),
    `${noCredentials} The worker runs in a container on EC2 where HttpTokens is required; on the host it works.`,
    `NoCredentialProviders: no valid providers in chain. "HttpPutResponseHopLimit": 1`,
    `${noCredentials} (instances with IMDSv2 and a hop limit of 1)`,
  ]
  for (const text of beyond) t.equal(await stepOf(text), 'raise-hop-limit', text)
  const others = [
    noCredentials,
    imds(404),
    `${noCredentials} In a container on my laptop.`,
    `${noCredentials} In a container, IMDSv2 with http-put-response-hop-limit = 2.`,
  ]
  for (const text of others) t.equal(await stepOf(text), 'provide-credentials', text)
})

t.test('a container without what its host has', async (t) => {
  const text = `${noCredentials} My node container on EC2 has none, while on the host \`aws sts get-caller-identity\` prints the instance's role.`
  const [found] = await diagnosesOf(text)
  t.match(found?.causes[0], { code: 'credentials-missing', facts: { why: 'only-on-host' } })
  t.strictSame(
    found?.causes[0]?.remedies.map(({ step }) => step),
    ['raise-hop-limit', 'provide-credentials'],
  )
  t.strictSame(found?.hints, [], 'a role is attached')
  t.equal(found?.requests[0], undefined, 'what works on the host was not refused')
  const nowhere = text.replace('prints', 'does not print')
  t.not((await diagnosesOf(nowhere))[0]?.causes[0]?.facts['why'], 'only-on-host')
})

t.test('a job of GitHub Actions without a token', async (t) => {
  const loading = 'Error: Credentials could not be loaded, please check your action inputs: '
  for (const text of [
    `${loading}Could not load credentials from any providers`,
    `Run aws-actions/configure-aws-credentials@v4\nError: Could not load credentials from any providers`,
  ]) {
    const [found] = await diagnosesOf(text)
    t.strictSame(
      found?.causes[0]?.remedies.map(({ step }) => step),
      ['permit-id-token'],
    )
    t.strictSame(found?.hints, [], 'no role of an instance is looked for')
  }
})
