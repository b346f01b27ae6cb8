import t from 'tap'
import { allow, deny, resource } from './case-row.ts'
import { answerOf, diagnosesOf } from './explain-text.ts'

/*
 * Nobody signed the call to an API: its resource policy alone decides, and knows of him only where he came from.
 */

const everybody = { Principal: '*' } as const
const from = (...addresses: readonly string[]) => ({ IpAddress: { 'aws:SourceIp': addresses } })
const notFrom = (...addresses: readonly string[]) => ({ NotIpAddress: { 'aws:SourceIp': addresses } })
const api = 'arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5'
const refused = (more = '', account = '********3333') =>
  `{"Message":"User: anonymous is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:eu-west-1:${account}:a1b2c3d4e5/live/GET/orders${more}"}`
const open = { ...allow('execute-api:Invoke', 'execute-api:/live/*'), ...everybody }

t.test('the API lets in other addresses than the one that is told', async (t) => {
  const policies = resource({ ...open, Condition: from('203.0.113.0/28') })
  const [found] = await diagnosesOf(`${refused()}\nmy public IP is 198.51.100.7`, policies)
  t.match(found?.causes[0], {
    code: 'condition-mismatch',
    confidence: 'evaluated',
    facts: { sent: '198.51.100.7' },
    remedies: [{ kind: 'resource-policy', step: 'widen-condition' }, { step: 'meet-condition' }],
  })
  t.match(found?.causes[0]?.remedies[0]?.editedStatement?.Condition, {
    IpAddress: { 'aws:SourceIp': ['203.0.113.0/28', '198.51.100.7'] },
  })
  t.match((await answerOf(`${refused()}\nmy public IP is 198.51.100.7`, policies))?.summary, 'deploy the stage again')
  const [inside] = await diagnosesOf(`${refused()}\ncalled from 203.0.113.4`, policies)
  t.not(inside?.causes[0]?.code, 'condition-mismatch')
  for (const untold of ['', '\nmy IP is 10.1.2.3', '\nmy IP is 198.51.100.7, our NAT IP is 198.51.100.8']) {
    const [found] = await diagnosesOf(`${refused()}${untold}`, policies)
    t.match(found?.causes[0], { code: 'condition-mismatch', confidence: 'possible' }, untold)
  }
})

t.test('a Deny lets nobody past by a name that he does not have', async (t) => {
  const policies = resource(
    { ...allow('execute-api:Invoke', `${api}/*`), ...everybody },
    { ...deny('execute-api:Invoke', `${api}/*`, notFrom('203.0.113.10/32')), ...everybody },
  )
  const denied = refused(' with an explicit deny')
  const [unknown] = await diagnosesOf(denied, policies)
  t.notMatch(JSON.stringify(unknown?.causes), 'PrincipalArn')
  const [told] = await diagnosesOf(`${denied}\ncurl from 198.51.100.7`, policies)
  t.match(told?.causes[0], { code: 'explicit-deny-resource', confidence: 'evaluated' })
  const edits = told?.causes[0]?.remedies
    .map(({ editedStatement }) => editedStatement?.Condition ?? null)
    .filter((one) => one !== null)
  t.strictSame(edits, [notFrom('203.0.113.10/32', '198.51.100.7')])
})

t.test('the account that API Gateway hides is the one in which the policy knows the API', async (t) => {
  const policies = resource({ ...allow('execute-api:Invoke', `${api}/live/POST/*`), ...everybody })
  t.equal((await diagnosesOf(refused(), policies))[0]?.requests[0]?.resource, `${api}/live/GET/orders`)
  const [other] = await diagnosesOf(refused('', '********7777'), policies)
  t.equal(other?.requests[0]?.resource ?? null, null, 'its last digits are others')
})
