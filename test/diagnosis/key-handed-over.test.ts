import t from 'tap'
import { diagnosesOf } from './explain-text.ts'
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

const use = { ...manage, Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey*', 'kms:DescribeKey'] }
const keyOfOthers = 'arn:aws:kms:eu-west-1:444455556666:key/0d0bb2a1-1111-4222-8333-444455556666'
const copying = `An error occurred (KMSKeyNotAccessibleFault) when calling the CopyDBSnapshot operation: The source snapshot KMS key [${keyOfOthers}] does not exist, is not enabled or you do not have permissions to access it.`

t.test('what the service needs of a key is looked up in its policy, though the text names no action', async (t) => {
  const found = await diagnosisOf(copying, { 'resource-based': [policyOf(use)] })
  t.match(found?.causes[0], { code: 'kms-key-policy', confidence: 'evaluated' })
  t.match(found?.causes[0]?.remedies[0]?.statement, {
    Action: 'kms:CreateGrant',
    Principal: use.Principal,
    Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
  })
  t.equal(found?.causes[1]?.code, 'kms-behind-service', 'across accounts the caller needs it too')
  const whole = await diagnosisOf(copying, { 'resource-based': [policyOf({ ...use, Action: 'kms:*' })] })
  t.not(whole?.causes[0]?.confidence, 'evaluated', 'its policy leaves nothing out')

  const refers =
    'The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.'
  const reader = await diagnosisOf(refers, { 'resource-based': [policyOf({ ...use, Action: 'kms:Encrypt' })] })
  t.match(reader?.causes[0], { code: 'kms-key-policy', confidence: 'evaluated', facts: { kmsActions: 'kms:Decrypt' } })
})

t.test('an Allow adds nothing to one that is in the text', async (t) => {
  const refers =
    'The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.'
  const role = 'Role policy: {"Effect":"Allow","Action":"kms:*","Resource":"*"}'
  const first = async (text: string) => (await diagnosisOf(text, {}))?.causes[0]
  t.match(await first(`${refers}\n${role}`), { code: 'kms-key-policy' })
  t.match(await first(refers), { code: 'kms-behind-service' })
  t.match(await first(`${refers}\n${role.replace('kms:*', 'kms:Encrypt')}`), { code: 'kms-behind-service' })
  const works = await first(`${refers}\n${role}\nencrypted with our own key; with aws/ssm it works`)
  t.match(works?.remedies[0], { kind: 'key-policy', step: 'allow-in-key-policy' }, 'AWS’s own is the one that works')
  const fails = await first(`${refers}\n${role}\nencrypted with aws/ssm`)
  t.match(fails?.remedies[0], { step: 'use-customer-managed-key' })
})

t.test('a topic that delivers to an encrypted queue asks as a service, and has no role', async (t) => {
  const topic = 'arn:aws:sns:eu-west-1:111122223333:orders'
  const log = `{"notification":{"topicArn":"${topic}"},"delivery":{"destination":"arn:aws:sqs:eu-west-1:111122223333:orders-in","statusCode":400,"providerResponse":"{\\"ErrorCode\\":\\"KMS.AccessDeniedException\\",\\"ErrorMessage\\":\\"null (Service: AWSKMS; Status Code: 400; Error Code: AccessDeniedException)\\"}"},"status":"FAILURE"}`
  const prose =
    'The SNS topic orders does not deliver to the SQS queue orders-in since that is encrypted: KMS.AccessDeniedException'
  const toRoot = { ...manage, Action: 'kms:*' }
  for (const [text, source] of [
    [log, topic],
    [prose, 'arn:aws:sns:<Region>:<AccountId>:<TopicName>'],
  ] as const) {
    const unread = await diagnosisOf(text, {})
    const read = await diagnosisOf(text, { 'resource-based': [policyOf(toRoot)] })
    t.match(unread?.causes[0], { code: 'kms-key-policy', confidence: 'possible' })
    t.match(read?.causes[0], { code: 'kms-key-policy', confidence: 'evaluated' })
    for (const found of [unread, read]) {
      t.notOk(found?.causes.some(({ code }) => code === 'kms-behind-service'))
      t.match(found?.causes[0]?.remedies[0]?.statement, {
        Principal: { Service: 'sns.amazonaws.com' },
        Action: ['kms:GenerateDataKey', 'kms:Decrypt'],
        Condition: { ArnLike: { 'aws:SourceArn': source } },
      })
    }
  }
  const toService = { ...use, Principal: { Service: 'sns.amazonaws.com' } }
  const open = await diagnosisOf(log, { 'resource-based': [policyOf(toRoot, toService)] })
  t.not(open?.causes[0]?.confidence, 'evaluated', 'its policy lets the service in')
})

t.test('who launches one instance has nothing to do with Auto Scaling', async (t) => {
  const failed = 'Reason: Client.InternalError: Client error on launch'
  const single = `Instance i-0a1b2c3d4e5f60718 failed to stabilize. Current state: shutting-down. ${failed}`
  const one = await diagnosisOf(`${single}\n(our own key; launch role CatalogLaunch)`, {})
  t.match(one?.causes[0], { code: 'kms-behind-service' })
  t.match(one?.causes[0]?.remedies[0]?.target, { attachTo: 'role/CatalogLaunch' })
  t.notMatch(JSON.stringify(one?.causes), 'AWSServiceRoleForAutoScaling')
  const group = await diagnosisOf(failed, {})
  t.match(JSON.stringify(group?.causes[0]), 'AWSServiceRoleForAutoScaling')
})

t.test('across accounts a service-linked role gets a grant by somebody of its own account', async (t) => {
  const key = 'arn:aws:kms:eu-west-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab'
  const action = 'kms:GenerateDataKeyWithoutPlaintext'
  const asked = (account: string): string =>
    `User: arn:aws:sts::${account}:assumed-role/AWSServiceRoleForAutoScaling/AutoScaling is not authorized to perform: ${action} on resource: ${key} because no resource-based policy allows the ${action} action`
  const remediesFor = async (account: string) => (await diagnosesOf(asked(account)))[0]?.causes[0]?.remedies ?? []
  const across = await remediesFor('111122223333')
  t.strictSame(
    across.map(({ statement }) => statement?.Principal ?? null),
    [{ AWS: 'arn:aws:iam::111122223333:root' }, { AWS: 'arn:aws:iam::111122223333:root' }, null],
  )
  t.match(across[2]?.command, /^aws kms create-grant --key-id arn:aws:kms:eu-west-1:444455556666:key/)
  t.match(across[2]?.command, 'role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling')
  const own = await remediesFor('444455556666')
  t.notOk(
    own.some(({ step }) => step === 'create-grant'),
    'in one account the key policy names the role itself',
  )
})
