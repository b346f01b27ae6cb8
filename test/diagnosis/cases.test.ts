import t, { type Test } from 'tap'
import { causeCodes } from '../../src/diagnosis/cause-code.ts'
import { causeFacts, commonFacts } from '../../src/diagnosis/cause-facts.ts'
import type { Cause, Diagnosis } from '../../src/diagnosis/diagnosis.ts'
import { list } from '../../src/iam/policy-document.ts'
import type { CaseRow } from './case-row.ts'
import { families } from './case-families.ts'
import { diagnosesOf } from './explain-text.ts'

const isIdentityAllow = ({ statement, target }: Cause['remedies'][number]): boolean =>
  statement?.Effect === 'Allow' && (target?.policyType ?? 'identity-based') === 'identity-based'

const fits = (row: CaseRow, { statement }: Cause['remedies'][number]): boolean =>
  statement !== null &&
  (row.actions ?? []).every((action) => list(statement.Action).includes(action)) &&
  (row.exactly === undefined || JSON.stringify(list(statement.Action)) === JSON.stringify(row.exactly)) &&
  (row.resources === undefined || JSON.stringify(list(statement.Resource)) === JSON.stringify(row.resources))

/** What holds for every diagnosis, whatever was denied. */
function checkShape(test: Test, { causes, id }: Diagnosis): void {
  test.match(id, /^[0-9a-f]{16}$/)
  test.ok(
    causes.length > 0 && causes.filter(({ confidence }) => confidence === 'possible').length <= 5,
    'one to five candidates',
  )
  test.equal(new Set(causes.map(({ code }) => code)).size, causes.length, 'each code once')
  for (const cause of causes) {
    const known = new Set<string>([
      ...commonFacts,
      ...causeFacts[cause.code].always,
      ...causeFacts[cause.code].sometimes,
    ])
    const strangers = Object.keys(cause.facts).filter((key) => !known.has(key))
    test.strictSame(strangers, [], `${cause.code}: facts that the words know`)
    const lacking = causeFacts[cause.code].always.filter((key) => cause.facts[key] === undefined)
    test.strictSame(lacking, [], `${cause.code}: facts that the words count on`)
    test.equal(cause.check === null, cause.confidence !== 'possible', `${cause.code}: a check where it is a candidate`)
    for (const { statement } of cause.remedies)
      for (const action of list(statement?.Effect === 'Allow' ? statement.Action : []))
        test.notMatch(action, /^(?:\*|[\w-]+:\*)$/, 'never a whole service')
  }
}

for (const [family, rows] of Object.entries(families))
  t.test(family, (test) => {
    for (const row of rows)
      test.test(row.name, async (one) => {
        const [diagnosis, ...more] = await diagnosesOf(row.text, row.policies)
        one.equal(more.length, 0, 'one denial')
        if (diagnosis === undefined) {
          one.fail('nothing recognised')
          return
        }
        checkShape(one, diagnosis)
        const [first] = diagnosis.causes
        const codes = diagnosis.causes.map(({ code }) => code)
        if (row.open) one.ok(codes.includes(row.code), `${row.code} among ${codes.join(', ')}`)
        else one.equal(first?.code, row.code, `among ${codes.join(', ')}`)
        if (row.confidence !== undefined) one.equal(first?.confidence, row.confidence)
        for (const code of row.among ?? []) one.ok(codes.includes(code), `${code} among ${codes.join(', ')}`)
        const remedies = diagnosis.causes.find(({ code }) => code === row.code)?.remedies ?? []
        if (row.kind !== undefined) one.ok(remedies.map(({ kind }) => kind).includes(row.kind), row.kind)
        if (row.actions !== undefined || row.exactly !== undefined || row.resources !== undefined)
          one.ok(
            remedies.some((remedy) => fits(row, remedy)),
            JSON.stringify(remedies.map(({ statement }) => statement)),
          )
        if (row.noIdentityAllow) one.notOk(first?.remedies.some(isIdentityAllow), 'no Allow for the identity')
      })
    test.end()
  })

t.test('every code has a case', (test) => {
  const covered = new Set(Object.values(families).flatMap((rows) => rows.map(({ code }) => code)))
  test.strictSame(
    causeCodes.filter((code) => !covered.has(code)),
    [],
  )
  test.end()
})
