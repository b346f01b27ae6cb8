import t from 'tap'
import { allow, denied, identity, noIdentity } from './case-row.ts'
import { families } from './case-families.ts'
import { diagnosesOf } from './explain-text.ts'

/* The first change that is asked for is evaluated anew, and lets the request through as far as that is known. */

for (const [family, rows] of Object.entries(families))
  t.test(family, async (t) => {
    for (const { text, policies } of rows)
      for (const { causes } of await diagnosesOf(text, policies)) {
        const [remedy] = causes[0]?.remedies ?? []
        if (remedy?.statement == null || causes.filter(({ confidence }) => confidence !== 'possible').length > 1)
          continue
        t.not(remedy.verification?.decision, 'implicitDeny', `${causes[0]?.code ?? ''}: ${text.slice(0, 120)}`)
      }
  })

t.test('tags of a log group are allowed on its ARN without what follows the name', async (t) => {
  const group = 'arn:aws:logs:eu-west-1:111122223333:log-group:/app/web'
  const text = `An error occurred (AccessDeniedException) when calling the TagResource operation: ${denied('logs:TagResource', group, noIdentity('logs:TagResource'))}`
  const [lacking] = await diagnosesOf(text)
  t.equal(lacking?.causes[0]?.remedies[0]?.statement?.Resource, group)
  const [near] = await diagnosesOf(text, identity(allow('logs:TagResource', `${group}:*`)))
  t.match(near?.causes[0], { code: 'resource-arn-mismatch', facts: { found: `${group}:*`, wanted: group } })
  t.equal(near?.causes[0]?.remedies[0]?.verification?.decision, 'allowed')
})
