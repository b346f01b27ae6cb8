import t from 'tap'
import { parsePaste } from '../../src/denial/parse.ts'
import { summaryOf } from '../diagnosis/explain-text.ts'

const refused =
  "fatal: unable to access 'https://git-codecommit.us-east-1.amazonaws.com/v1/repos/app/': The requested URL returned error: 403"

t.test('the action that a service prints goes before the one that the call is guessed to ask for', (t) => {
  for (const said of [
    'remote: CodeCommit: permission denied for action codecommit:GitPush',
    'remote: You do not have the required permissions to perform this action (codecommit:GitPush).',
    'remote: access denied (codecommit:GitPush)',
  ])
    t.match(
      parsePaste(`${said}\n${refused}`).denials,
      [{ class: 'authorization', action: 'codecommit:GitPush', service: 'codecommit' }],
      said,
    )
  t.match(parsePaste(refused).denials, [{ class: 'bare', action: null }])
  t.end()
})

const asked = 'User: anonymous is not authorized to perform: execute-api:Invoke on resource'

t.test('a deny behind a resource that is not readable', (t) => {
  for (const path of ['orders', 'clients/one/orders/two', `${'a/'.repeat(60)}b`])
    t.match(
      parsePaste(`${asked} (...)/v1/POST/${path}/(...) **with explicit deny**`).denials,
      [{ effect: 'explicit', action: 'execute-api:Invoke' }],
      path,
    )
  const apart = `${asked} (...)/v1/POST/orders/of/a/customer. Other roles are refused with explicit deny`
  t.match(parsePaste(apart).denials, [{ effect: null }], 'another sentence')
  t.end()
})

t.test('AccessDeniedException for what no permission changes', async (t) => {
  t.match(parsePaste('{"Message":"Invalid SigV4 credentials."}').denials, [{ class: 'credential' }])
  const text =
    'An error occurred (AccessDeniedException) when calling the ListDataAutomationLibraries operation: library feature is not supported in this region'
  t.match(parsePaste(text).denials, [{ class: 'other-aws', format: 'neighbour:not-in-region' }])
  t.match(await summaryOf(text), /does not have this, and no permission changes that/)
  t.same(parsePaste('Graviton is not supported in this region.').denials, [], 'without a refusal')
})
