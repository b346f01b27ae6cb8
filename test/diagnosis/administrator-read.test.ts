import t from 'tap'
import type { Policies } from '../../src/iam/policies.ts'
import { allow, identity, policies, resource, scp, trust } from './case-row.ts'
import { families } from './case-families.ts'
import { diagnosesOf } from './explain-text.ts'

/*
 * Whatever was denied: where the identity's policies were read and allow everything, none of them lacks a statement. AWS's
 * own word for it stays, and so does what is possible.
 */

const administrator = identity(allow('*'))

const everybody = { ...allow('*'), Principal: '*' as const }
const assumed = ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity', 'sts:AssumeRoleWithWebIdentity']
const allOpen: Policies = {
  ...administrator,
  ...policies('permissions-boundary', allow('*')),
  ...policies('session', allow('*')),
  ...policies('vpc-endpoint', everybody),
  ...resource(everybody),
  ...scp(allow('*')),
  ...trust({ ...everybody, Action: [...assumed, 'sts:AssumeRoleWithSAML'] }),
}

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

t.test('where every policy lets everybody in, no statement is said for certain to be missing', async (t) => {
  for (const { text } of Object.values(families).flat())
    for (const { causes } of await diagnosesOf(text, allOpen)) {
      const asked = causes.filter(
        ({ confidence, remedies }) =>
          confidence === 'evaluated' && remedies.some(({ statement }) => statement !== null),
      )
      t.strictSame(
        asked.map(({ code }) => code),
        [],
        text.slice(0, 120),
      )
    }
})

t.test(
  'a grant of the very action on the very resource, as the text has them, is not said to be another',
  async (t) => {
    for (const { text } of Object.values(families).flat()) {
      const [told, ...further] = await diagnosesOf(text)
      const { action = null, resource: printed = null, policyType = null } = told?.denial ?? {}
      if (further.length > 0 || action === null || printed?.startsWith('arn:') !== true || printed.includes('*'))
        continue
      if (policyType !== null && policyType !== 'identity-based') continue
      // Some ARNs AWS prints in another form than the one that it checks.
      const [asked] = told?.requests ?? []
      if (asked?.resource !== printed && asked?.shownResource === undefined) continue
      const [found] = await diagnosesOf(text, identity(allow(action, printed)))
      const wrong = found?.causes.filter(
        ({ code, confidence }) =>
          confidence !== 'possible' && (code === 'resource-arn-mismatch' || code === 'missing-allow'),
      )
      t.strictSame(
        wrong?.map(({ code }) => code),
        [],
        text.slice(0, 120),
      )
    }
  },
)
