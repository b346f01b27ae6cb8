import t from 'tap'
import { createGatherer } from '../../src/evidence/gatherer.ts'
import { readConfig } from '../../src/config.ts'
import { createExplainer, type ExplainInput } from '../../src/explain.ts'
import type { Diagnosis } from '../../src/diagnosis/diagnosis.ts'
import type { NamedPolicy } from '../../src/iam/policies.ts'
import { allow, bare, identity } from './case-row.ts'

const offline = await createGatherer(readConfig({ EVIDENCE: 'none' }))
const explainer = createExplainer({ gatherer: offline, offline, version: 'test' })

async function diagnosisOf(text: string, policies: NonNullable<ExplainInput['evidence']>['policies']) {
  const explained = await explainer.explain({ text, evidence: { policies } })
  t.equal(explained.kind, 'reply')
  const [first] = explained.kind === 'reply' ? explained.diagnoses : ([] as readonly Diagnosis[])
  return first
}

const policyOf = (...statements: readonly unknown[]): NamedPolicy => ({
  name: 'as-read',
  document: { Version: '2012-10-17', Statement: statements },
})
const manage = {
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::111122223333:root' },
  Action: ['kms:Describe*', 'kms:Put*', 'kms:Get*'],
  Resource: '*',
}
const toEverything = identity(allow('*'))
const upload = `${bare('PutObject')}\naws s3 cp report.csv s3://ledger/report.csv`

t.test('a key’s policy that is handed over beside a denied upload is the key’s', async (t) => {
  const found = await diagnosisOf(upload, { ...toEverything, 'resource-based': [policyOf(manage)] })
  const [cause] = found?.causes ?? []
  t.match(cause, { code: 'kms-key-policy', confidence: 'evaluated' })
  t.match(cause?.remedies[0], { kind: 'key-policy', statement: { Action: 'kms:GenerateDataKey' } })

  const bucket = policyOf({ ...manage, Action: 's3:PutObject', Resource: 'arn:aws:s3:::ledger/*' })
  const named = `User: arn:aws:iam::111122223333:user/ann is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::ledger/report.csv"`
  const both = await diagnosisOf(named, { ...toEverything, 'resource-based': [bucket, policyOf(manage)] })
  t.equal(both?.causes[0]?.code, 'kms-key-policy', 'beside the policy of the bucket, and the bucket named')
  t.strictSame(both?.evidence.policies['resource-based'], [bucket])

  const toAccount = policyOf({ ...manage, Action: 'kms:*' })
  const open = await diagnosisOf(upload, { ...toEverything, 'resource-based': [toAccount] })
  t.notOk(
    open?.causes.some(({ code }) => code.startsWith('kms-')),
    'it leaves the key to IAM',
  )
})

t.test('a key that the text tells of is a candidate where all that was read allows', async (t) => {
  for (const told of ['the bucket is encrypted with KMS', 'Bucket(encryption=BucketEncryption.KMS)']) {
    const found = await diagnosisOf(`${upload}\n${told}`, toEverything)
    t.match(found?.causes[0], { code: 'kms-key-policy', confidence: 'possible' }, told)
  }
  const plain = await diagnosisOf(upload, toEverything)
  t.notOk(plain?.causes.some(({ code }) => code === 'kms-key-policy'))
  const ofAws = await diagnosisOf(`${upload}\nencrypted with the key alias/aws/s3`, toEverything)
  t.notOk(
    ofAws?.causes.some(({ code }) => code === 'kms-key-policy'),
    'AWS’s own key lets the account in',
  )
})
