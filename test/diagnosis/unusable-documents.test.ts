import t from 'tap'
import { withRequested } from '../../src/evidence/requested.ts'
import { noEvidence } from '../../src/evidence/evidence.ts'
import type { Policies } from '../../src/iam/policies.ts'
import { denied, noIdentity } from './case-row.ts'
import { diagnosesOf } from './explain-text.ts'

const object = 'arn:aws:s3:::ledger/2026/may.csv'
const text = denied('s3:GetObject', object, noIdentity('s3:GetObject'))
const allow = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::ledger/2025/*' }
const document = (...statements: readonly unknown[]) => ({ Version: '2012-10-17', Statement: statements })
const json = JSON.stringify(document(allow))

const diagnosisOf = async (policies: Policies, message = text) => {
  const read = withRequested(noEvidence, { policies }, 0)
  const [diagnosis] = await diagnosesOf(message, read.policies, read)
  if (diagnosis === undefined) throw new Error('nothing recognised')
  return diagnosis
}
const resultOf = ({ verdict }: Awaited<ReturnType<typeof diagnosisOf>>, type: string) =>
  verdict?.policyTypes.find((one) => one.type === type)?.result

t.test('documents in the forms in which AWS hands them over are read', async (t) => {
  const rows: readonly (readonly [name: string, document: unknown])[] = [
    ['an object', document(allow)],
    ['its text', json],
    ['behind a byte-order mark', `\uFEFF${json}`],
    ['percent-encoded, as the API prints it', encodeURIComponent(json)],
    ['percent-encoded in part, within an escape', json.replace('"Action"', String.raw`"\%750041ction"`)],
    ['get-role-policy', { RoleName: 'orders', PolicyName: 'app', PolicyDocument: document(allow) }],
    [
      'get-user-policy, as text',
      JSON.stringify({ UserName: 'ann', PolicyName: 'app', PolicyDocument: document(allow) }),
    ],
    ['get-policy-version', { PolicyVersion: { Document: document(allow), VersionId: 'v3', IsDefaultVersion: true } }],
    ['get-policy-version of the API', { PolicyVersion: { Document: encodeURIComponent(json), VersionId: 'v3' } }],
    ['a document as text within JSON', { Policy: json }],
    ['describe-policy of Organizations', { Policy: { PolicySummary: { Name: 'app' }, Content: json } }],
  ]
  for (const [name, given] of rows) {
    const diagnosis = await diagnosisOf({ 'identity-based': [{ name: 'app', document: given, kind: 'inline' }] })
    t.equal(resultOf(diagnosis, 'identity-based'), 'implicitDeny', name)
    t.equal(diagnosis.causes[0]?.code, 'resource-arn-mismatch', name)
    t.equal(diagnosis.causes[0]?.remedies[0]?.kind, 'edit-statement', name)
    t.notOk(
      diagnosis.hints.some(({ code }) => code.startsWith('policy-')),
      name,
    )
  }
})

t.test('a document that AWS would not store leaves its policy type open, and is named', async (t) => {
  const rows: readonly (readonly [name: string, document: unknown, problem: string, value?: string])[] = [
    ['a comment', json.replace('{', '{ // app\n'), 'bad-json'],
    ['a comma too many', json.replace('}]', '},]'), 'bad-json'],
    ['nothing', null, 'not-an-object'],
    ['no answer of AWS', { Comment: document(allow) }, 'no-statement'],
    ['two documents in one answer', { Document: document(allow), PolicyDocument: document(allow) }, 'no-statement'],
    ['a Version that there is not', { ...document(allow), Version: '2012-10-18' }, 'unknown-version', '2012-10-18'],
    ['an Effect in lower case', document({ ...allow, Effect: 'allow' }), 'bad-effect', 'allow'],
    ['a Principal', document({ ...allow, Principal: '*' }), 'principal-not-allowed', 'Principal'],
    ['Actions', document({ Effect: 'Allow', Actions: 's3:GetObject', Resource: '*' }), 'unknown-element', 'Actions'],
    ['Action and NotAction', document({ ...allow, NotAction: 'iam:*', Resource: '*' }), 'action-twice'],
    [
      'an operator that there is not',
      document({ ...allow, Resource: '*', Condition: { StringMatches: { 'aws:SourceVpc': 'vpc-*' } } }),
      'unknown-operator',
      'StringMatches',
    ],
    ['a bad statement beside a good one', document(allow, { ...allow, Resource: 7 }), 'bad-resource'],
  ]
  for (const [name, given, problem, value] of rows) {
    const diagnosis = await diagnosisOf({ 'identity-based': [{ name: 'app', document: given, kind: 'inline' }] })
    const [cause] = diagnosis.causes
    t.equal(diagnosis.verdict?.decision, 'unknown', name)
    t.equal(resultOf(diagnosis, 'identity-based'), 'unknown', name)
    t.strictSame(
      diagnosis.verdict?.policyTypes.flatMap(({ nearMisses }) => nearMisses),
      [],
      name,
    )
    t.match(cause, { code: 'missing-allow', confidence: 'stated' }, name)
    t.match(diagnosis.hints[0], { code: 'policy-not-usable', values: { policy: 'app', problem } }, name)
    if (value !== undefined) t.equal(diagnosis.hints[0]?.values['value'], value, name)
    const remedies = diagnosis.causes.flatMap((one) => one.remedies)
    t.notOk(
      remedies.some(({ editedStatement, target }) => editedStatement !== null || target?.policyName === 'app'),
      `${name}: nothing of it is edited`,
    )
    t.match(cause?.remedies[0]?.verification, { decision: 'allowed' }, `${name}: the new statement does it`)
  }
})

t.test('what else was read counts as before', async (t) => {
  const bad = { name: 'bad', document: 'no JSON', kind: 'inline' } as const
  const good = (...statements: readonly unknown[]) =>
    ({ name: 'good', document: document(...statements), kind: 'inline' }) as const
  const allowed = await diagnosisOf({ 'identity-based': [bad, good({ ...allow, Resource: '*' })] })
  t.equal(resultOf(allowed, 'identity-based'), 'allowed', 'an Allow elsewhere is certain')
  const refused = await diagnosisOf(
    { 'identity-based': [bad, good({ ...allow, Effect: 'Deny', Resource: '*' })] },
    denied('s3:GetObject', object),
  )
  t.equal(refused.verdict?.decision, 'explicitDeny', 'a Deny elsewhere is certain')
  t.match(refused.causes[0], { code: 'explicit-deny', confidence: 'evaluated' })
  const guarded = await diagnosisOf(
    {
      'identity-based': [good({ ...allow, Resource: '*' })],
      'service-control': [
        { level: 'root', policies: [good({ Effect: 'Allow', Action: '*', Resource: '*' })] },
        { level: 'account', policies: [{ name: 'fence', document: document({ ...allow, Effect: 'deny' }) }] },
      ],
    },
    `${denied('s3:GetObject', object)} with an explicit deny in a service control policy`,
  )
  t.equal(resultOf(guarded, 'service-control'), 'unknown')
  t.match(guarded.causes[0], { code: 'scp-deny', confidence: 'stated' })
})

t.test(
  'a key that stands twice and a stray element beside the statements are told, and the rest is evaluated',
  async (t) => {
    for (const given of [
      json.replace('"Effect"', '"Sid":"A","Sid":"B","Effect"'),
      { ...document(allow), Comment: 'x' },
    ]) {
      const diagnosis = await diagnosisOf({ 'identity-based': [{ name: 'app', document: given }] })
      t.equal(resultOf(diagnosis, 'identity-based'), 'implicitDeny')
      t.match(diagnosis.hints[0], { code: 'policy-odd', values: { policy: 'app' } })
    }
  },
)

t.test(
  'the document of a resource is not written over by what was concluded from one that is not in force',
  async (t) => {
    const diagnosis = await diagnosisOf(
      { 'resource-based': [{ name: 'bucket', document: document({ ...allow, Principal: { AWSs: '*' } }) }] },
      denied('s3:GetObject', object, 'because no resource-based policy allows the s3:GetObject action'),
    )
    const remedy = diagnosis.causes[0]?.remedies.find(({ target }) => target?.policyType === 'resource-based')
    t.match(remedy, { policyDocument: null, readiness: 'needs-review', diff: null })
  },
)
