import t from 'tap'
import { allow, identity } from './case-row.ts'
import { families } from './case-families.ts'
import { diagnosesOf } from './explain-text.ts'

/*
 * Whatever was denied: where the identity's policies were read and allow everything, none of them lacks a statement. AWS's
 * own word for it stays, and so does what is possible.
 */

const administrator = identity(allow('*'))

for (const [family, rows] of Object.entries(families))
  t.test(family, async (t) => {
    for (const { text } of rows)
      for (const { denial, causes } of await diagnosesOf(text, administrator)) {
        if (denial.policyType !== null && denial.policyType !== 'identity-based') continue
        const asked = causes.filter(
          ({ confidence, remedies }) =>
            confidence === 'evaluated' && remedies.some(({ kind }) => kind === 'add-identity-statement'),
        )
        t.strictSame(
          asked.map(({ code }) => code),
          [],
          text.slice(0, 120),
        )
      }
  })
