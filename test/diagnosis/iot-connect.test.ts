import t from 'tap'
import type { Policies } from '../../src/iam/policies.ts'
import { diagnosesOf } from './explain-text.ts'

/*
 * The broker of AWS IoT hangs up on a client that no policy lets connect. What the policies that were read have shows
 * why, and nothing else does.
 */

const at = 'arn:aws:iot:eu-west-1:111122223333'
const refused = 'AWS IoT Core answered CONNACK: Not authorized (5)'

const allowing = (action: string, resource: string | readonly string[]): Policies => ({
  'identity-based': [
    { name: 'devices', document: { Statement: { Effect: 'Allow', Action: action, Resource: resource } } },
  ],
})

const first = async (text: string, policies: Policies = {}) => (await diagnosesOf(text, policies))[0]?.causes[0]

t.test('a connection that is dropped, in the words of several clients', async (t) => {
  const host = 'a1b2c3d4-ats.iot.eu-west-1.amazonaws.com'
  const texts = [
    'com.amazonaws.services.iot.client.mqtt.AwsIotMqttConnectionListener onFailure\nWARNING: Connect request failure\nConnection lost (32109) - java.io.EOFException',
    `$ mosquitto_pub -h ${host} -p 8883 -t lamps/1 -m on\nError: The connection was lost.`,
    `WebSocket connection to 'wss://${host}/mqtt?X-Amz-Algorithm=AWS4-HMAC-SHA256' failed: Error during WebSocket handshake: Unexpected response code: 403`,
  ]
  for (const text of texts) {
    const [found, ...others] = await diagnosesOf(text)
    t.equal(others.length, 0)
    t.match(found, { denial: { service: 'iot', operation: 'Connect' } }, text)
    t.match(found?.causes[0], { code: 'missing-allow', confidence: 'possible' }, text)
  }
  t.strictSame(await diagnosesOf('Connect request failure\nConnection lost (32109), broker.example.com'), [])
  t.strictSame(await diagnosesOf('mosquitto_sub -h localhost\nError: The connection was lost.'), [])
  t.strictSame(
    await diagnosesOf(
      "WebSocket connection to 'wss://chat.example.com' failed: Error during WebSocket handshake: Unexpected response code: 403",
    ),
    [],
  )
})

t.test('a statement for topics lets no client connect', async (t) => {
  const cause = await first(`${refused} clientId=lamp-7`, allowing('iot:*', `${at}:topic/lamps/*`))
  t.match(cause, {
    code: 'resource-arn-mismatch',
    confidence: 'evaluated',
    facts: { found: `${at}:topic/lamps/*`, wanted: `${at}:client/lamp-7` },
  })
  t.match(cause?.remedies[0], {
    kind: 'add-identity-statement',
    statement: { Action: 'iot:Connect', Resource: `${at}:client/lamp-7` },
    target: { attachTo: 'certificate/<CertificateId>' },
  })
  t.match(await first(refused, allowing('iot:Publish', `${at}:topic/lamps/*`)), {
    code: 'missing-allow',
    confidence: 'evaluated',
    remedies: [{ statement: { Resource: `${at}:client/<ClientId>` } }],
  })
})

t.test('an ARN without Region and account matches no client, and a variable stands for itself alone', async (t) => {
  const sub = '${cognito-identity.amazonaws.com:sub}'
  const text = `${refused} in eu-west-1, account 111122223333, credentials of the cognito identity pool`
  const blank = await first(text, allowing('iot:Connect', `arn:aws:iot:::client/${sub}`))
  t.match(blank?.remedies[0], { kind: 'edit-statement', statement: { Resource: `${at}:client/${sub}` } })
  const suffixed = `${text}, clientId = identityId + random()`
  const short = await first(suffixed, allowing('iot:Connect', `${at}:client/${sub}`))
  t.match(short?.remedies[0], { kind: 'edit-statement', statement: { Resource: `${at}:client/${sub}*` } })
  t.not((await first(text, allowing('iot:Connect', `${at}:client/${sub}`)))?.code, 'resource-arn-mismatch')
  t.not((await first(suffixed, allowing('iot:Connect', `${at}:client/${sub}*`)))?.code, 'resource-arn-mismatch')
})

t.test('an ARN for another client stays for that one', async (t) => {
  const text = `${refused} client id: pump-2, account 111122223333, eu-west-1`
  const cause = await first(text, allowing('iot:Connect', `${at}:client/pump-1`))
  t.match(cause?.remedies[0]?.editedStatement, { Resource: [`${at}:client/pump-1`, `${at}:client/pump-2`] })
})

t.test('what was read lets the client in, or may: its certificate has another policy, or none', async (t) => {
  for (const resource of [
    '*',
    `${at}:*`,
    `${at}:client/*`,
    `${at}:client/pump-*`,
    'arn:aws:iot:*:*:client/${iot:ClientId}',
    `${at}:client/\${iot:Connection.Thing.ThingName}`,
  ])
    t.match(
      await first(`${refused} client id: pump-2`, allowing('iot:Connect', resource)),
      { code: 'policy-not-attached', confidence: 'possible' },
      resource,
    )
})
