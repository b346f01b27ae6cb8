import t from 'tap'
import type { Cause } from '../../src/diagnosis/diagnosis.ts'
import type { Policies } from '../../src/iam/policies.ts'
import { allow, denied, deny, scp } from './case-row.ts'
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
