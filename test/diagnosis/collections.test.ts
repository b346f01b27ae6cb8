import t from 'tap'
import { allow, identity } from './case-row.ts'
import { diagnosesOf } from './explain-text.ts'

const causesOf = async (...asked: Parameters<typeof diagnosesOf>) =>
  (await diagnosesOf(...asked)).flatMap(({ causes }) => causes)
const host = 'https://0d0bb2a1heron1birds2.eu-west-1.aoss.amazonaws.com:443'
const forbidden = `opensearchpy.exceptions.AuthorizationException: AuthorizationException(403, 'Forbidden') ${host}/birds`
const role = 'arn:aws:iam::111122223333:role/bird-search'

t.test('a collection asks IAM for one action, on the id that begins its endpoint', async (t) => {
  const [first, second] = await causesOf(`${forbidden} as ${role}`, identity(allow('aoss:ListCollections')))
  t.match(first, { code: 'missing-allow', confidence: 'evaluated' })
  t.match(first?.remedies[0]?.statement, {
    Action: 'aoss:APIAccessAll',
    Resource: 'arn:aws:aoss:eu-west-1:111122223333:collection/0d0bb2a1heron1birds2',
  })
  t.match(second, { code: 'opensearch-fgac', confidence: 'possible', facts: { of: 'collection' } })
  t.match(second?.remedies[0]?.command, role)
})

t.test('where IAM lets the caller in, the data access policy is left', async (t) => {
  const [first, second] = await causesOf(forbidden, identity(allow('aoss:*')))
  t.match(first, { code: 'opensearch-fgac', check: 'aws opensearchserverless list-access-policies --type data' })
  t.equal(second?.code, 'propagation-delay')
  t.strictSame(
    (await causesOf(forbidden)).map(({ code, confidence }) => [code, confidence]),
    [
      ['missing-allow', 'possible'],
      ['opensearch-fgac', 'possible'],
    ],
  )
})

t.test('the sentence of the data access policy says it, in whichever client', async (t) => {
  const said = 'User does not have permissions for the requested resource'
  for (const text of [
    `elastic: Error 403 (Forbidden): ${said} [type=authorization_exception]`,
    `AuthorizationException(403, 'security_exception', 'OpenSearch exception [type=authorization_exception, reason=${said}]')`,
    `{"error":{"root_cause":[{"type":"authorization_exception","reason":"${said}"}]},"status":403}`,
  ]) {
    const [found, ...more] = await causesOf(text, identity(allow('*')))
    t.match(found, { code: 'opensearch-fgac', confidence: 'stated', facts: { of: 'collection' } }, text)
    t.strictSame(more, [], text)
  }
  t.strictSame(await causesOf(`our portal: ${said}`), [])
})

t.test('a domain keeps the answers of a domain', async (t) => {
  const plugin =
    'security_exception: no permissions for [indices:data/read/search] and User [name=arn:aws:iam::111122223333:role/a]'
  t.strictSame((await causesOf(plugin))[0]?.facts['of'], undefined)
  const domain =
    "opensearchpy AuthorizationException(403, 'Forbidden') https://search-birds-0d0bb2a1.eu-west-1.es.amazonaws.com"
  t.not(
    (await causesOf(domain)).some(({ facts }) => facts['of'] === 'collection'),
    true,
  )
})
