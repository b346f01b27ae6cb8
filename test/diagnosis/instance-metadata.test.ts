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
