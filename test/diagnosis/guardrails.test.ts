import t from 'tap'
import type { Cause } from '../../src/diagnosis/diagnosis.ts'
import type { Policies } from '../../src/iam/policies.ts'
import type { Statement } from '../../src/iam/policy-document.ts'
import { allow, denied, deny, identity, noIdentity, scp } from './case-row.ts'
import { diagnosesOf } from './explain-text.ts'

const causesOf = async (text: string, policies: Policies): Promise<readonly Cause[]> =>
  (await diagnosesOf(text, policies))[0]?.causes ?? []
const codesOf = async (text: string, policies: Policies): Promise<readonly string[]> =>
  (await causesOf(text, policies)).map(({ code }) => code)

const volume = 'arn:aws:ec2:eu-west-1:111122223333:volume/*'
const creating = (reason: string): string => denied('ec2:CreateVolume', volume, reason)
const explicit = 'with an explicit deny in a service control policy'
const unlessEncrypted = deny('ec2:CreateVolume', '*', { Bool: { 'ec2:Encrypted': 'false' } })
const unlessSmall = deny('ec2:CreateVolume', '*', { NumericGreaterThan: { 'ec2:VolumeSize': '500' } })

t.test('SCPs that only deny tell nothing of what their level allows, where AWS speaks of a Deny', async (t) => {
  t.strictSame(await codesOf(creating(explicit), scp(unlessEncrypted)), ['scp-deny'])
  t.strictSame(await codesOf(creating(explicit), scp(unlessEncrypted, unlessSmall)), ['scp-deny'])
  const listed = [...(await codesOf(creating(explicit), scp(allow('s3:*'), unlessEncrypted)))].sort()
  t.strictSame(listed, ['scp-deny', 'scp-not-allowed'], 'a list of what is allowed leaves it out')
  const silent = 'because no service control policy allows the ec2:CreateVolume action'
  t.equal((await codesOf(creating(silent), scp(unlessEncrypted)))[0], 'scp-not-allowed', 'AWS says so')
  const [cause] = await causesOf(creating(explicit), scp(unlessEncrypted))
  t.equal(cause?.remedies.find(({ editedStatement }) => editedStatement !== null)?.verification?.decision, 'allowed')
})

t.test('a request through a global inference profile is of no Region', async (t) => {
  const model = 'arn:aws:bedrock:::foundation-model/amazon.nova-2-lite-v1:0'
  const regions = { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1', 'eu-central-1'] } }
  const [cause] = await causesOf(
    denied('bedrock:InvokeModel', model, explicit),
    scp(allow('*'), deny('bedrock:*', '*', regions)),
  )
  t.equal(cause?.code, 'scp-deny')
  t.equal(cause?.facts['sent'], 'unspecified')
  t.strictSame(
    cause?.remedies.map(({ step }) => step),
    ['use-geographic-profile', 'widen-condition'],
  )
  t.strictSame(cause?.remedies[1]?.editedStatement?.Condition, {
    StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1', 'eu-central-1', 'unspecified'] },
  })
  t.equal(cause?.remedies[1]?.verification?.decision, 'allowed')
  const only = identity(allow('bedrock:*', '*', { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } }))
  const [allowed] = await causesOf(denied('bedrock:InvokeModel', model, noIdentity('bedrock:InvokeModel')), only)
  t.equal(allowed?.remedies[0]?.step, 'use-geographic-profile')
  const inRegion = model.replace(':::', ':us-east-1::')
  const [other] = await causesOf(
    denied('bedrock:InvokeModel', inRegion, explicit),
    scp(allow('*'), deny('bedrock:*', '*', regions)),
  )
  t.equal(other?.remedies[0]?.step, 'stay-within-rule')
})

t.test('what can carry no tag gets a statement without the condition on it', async (t) => {
  const tagged = { StringEquals: { 'aws:ResourceTag/team': 'blue' } }
  const lacking = (action: string, resource: string): string => denied(action, resource, noIdentity(action))
  const document = 'arn:aws:ssm:eu-west-1::document/AWS-RunShellScript'
  const [owned] = await causesOf(
    lacking('ssm:SendCommand', document),
    identity(allow('ssm:SendCommand', '*', { ...tagged, Bool: { 'aws:SecureTransport': 'true' } })),
  )
  t.equal(owned?.code, 'companion-resource-needed')
  t.strictSame(
    owned?.remedies.map(({ step }) => step),
    ['add-statement'],
    'nothing is tagged',
  )
  t.match(owned?.remedies[0]?.statement, {
    Resource: document,
    Condition: { Bool: { 'aws:SecureTransport': 'true' } },
  })
  const own = document.replace('::', ':111122223333:').replace('AWS-', 'our-')
  const [ours] = await causesOf(lacking('ssm:SendCommand', own), identity(allow('ssm:SendCommand', '*', tagged)))
  t.equal(ours?.code, 'condition-mismatch', 'a document of the account takes tags')
  t.equal(ours?.remedies[0]?.step, 'tag-resource')
})

t.test('an SCP that is handed over without FullAWSAccess: its Deny is what is meant, where it may hold', async (t) => {
  const volumes = deny('ec2:RunInstances', 'arn:aws:ec2:*:*:volume/*', { Bool: { 'ec2:Encrypted': 'false' } })
  const codes = async (text: string, ...statements: readonly Statement[]) =>
    ((await diagnosesOf(text, scp(...statements)))[0]?.causes ?? []).map(
      ({ code, confidence }) => `${code}, ${confidence}`,
    )
  const refused = "Controller isn't authorized to call ec2:RunInstances"
  t.strictSame((await codes(refused, volumes)).slice(0, 2), ['scp-deny, possible', 'scp-not-allowed, evaluated'])
  t.strictSame(
    await codes(refused, deny('s3:DeleteBucket')),
    ['scp-not-allowed, evaluated'],
    'a Deny of something else',
  )
  const other = allow('s3:*')
  t.strictSame(await codes(refused, volumes, other), ['scp-not-allowed, evaluated'], 'a list of what is allowed')
})
