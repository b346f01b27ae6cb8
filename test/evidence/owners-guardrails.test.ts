import t from 'tap'
import { createExplainer } from '../../src/explain.ts'
import { rcpsAlone, withoutRcps } from '../../src/evidence/owners-guardrails.ts'
import { snapshotGatherer } from '../../src/evidence/snapshot/snapshot-gatherer.ts'
import { indexSnapshot } from '../../src/evidence/snapshot/snapshot-index.ts'

/* SCPs are those of the caller's account, RCPs those of the account that owns the resource. */

const [callers, owners, management] = ['111122223333', '444455556666', '777788889999'] as const

const document = (...Statement: readonly object[]) => ({ Version: '2012-10-17', Statement })
const all = { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }
const everything = { Name: 'RCPFullAWSAccess', Document: document(all) }
const fence = { Name: 'fence', Document: document({ ...all, Sid: 'Fence', Effect: 'Deny', Action: 'sqs:*' }) }
const scps = [{ Name: 'FullAWSAccess', Document: document({ Effect: 'Allow', Action: '*', Resource: '*' }) }]

const role = (account: string) => ({
  ...{ Path: '/', RoleName: 'pier', RoleId: 'AROAEXAMPLEPIER12', Arn: `arn:aws:iam::${account}:role/pier` },
  ...{
    CreateDate: '2026-01-01T00:00:00Z',
    AssumeRolePolicyDocument: document(),
    AttachedManagedPolicies: [],
    Tags: [],
  },
  RolePolicyList: [
    { PolicyName: 'queues', PolicyDocument: document({ Effect: 'Allow', Action: 'sqs:*', Resource: '*' }) },
  ],
})

const rcpFor = async (fenced: string, caller: string, owner: string) => {
  const at = (account: string) => ({
    ServiceControlPolicies: scps,
    ResourceControlPolicies: account === fenced ? [everything, fence] : [everything],
  })
  const queue = `arn:aws:sqs:eu-west-1:${owner}:crates`
  const held = {
    ...{ RoleDetailList: [role(callers), role(management)], UserDetailList: [], GroupDetailList: [], Policies: [] },
    Organization: { Id: 'o-a1b2c3d4e5', ManagementAccountId: management },
    Accounts: { [callers]: { Path: ['r-ab12'] }, [owners]: { Path: ['r-ab12'] } },
    Targets: {
      'r-ab12': { ServiceControlPolicies: scps, ResourceControlPolicies: [everything] },
      [callers]: at(callers),
      [owners]: at(owners),
    },
    ResourcePolicies: {
      [queue]: document({ Effect: 'Allow', Principal: { AWS: caller }, Action: 'sqs:*', Resource: '*' }),
    },
  }
  const index = await indexSnapshot([{ bytes: Buffer.from(JSON.stringify(held)), writtenAt: new Date(0) }])
  const store = { index: () => index, outdated: () => false, close: () => undefined }
  const gatherer = snapshotGatherer(store, 'snapshot', () => 0)
  const text = `User: arn:aws:sts::${caller}:assumed-role/pier/s is not authorized to perform: sqs:SendMessage on resource: ${queue}`
  const explained = await createExplainer({ gatherer, offline: gatherer, version: '0' }).explain({ text })
  const [diagnosis] = explained.kind === 'reply' ? explained.reply.diagnoses : []
  return {
    rcp: diagnosis?.verdict?.policyTypes.find(({ type }) => type === 'resource-control')?.result,
    codes: diagnosis?.causes.map(({ code }) => code) ?? [],
    gaps: diagnosis?.evidence.gaps.map(({ policyType }) => policyType) ?? [],
  }
}

t.test('an RCP of the caller’s account says nothing of resources elsewhere', async (t) => {
  const elsewhere = await rcpFor(callers, callers, owners)
  t.equal(elsewhere.rcp, 'allowed')
  t.notOk(elsewhere.codes.includes('rcp-deny'))
  t.equal((await rcpFor(callers, callers, callers)).rcp, 'explicitDeny')
})

t.test('an RCP of the owner’s account holds for callers of other accounts', async (t) => {
  for (const caller of [callers, management]) {
    const { rcp, codes } = await rcpFor(owners, caller, owners)
    t.equal(rcp, 'explicitDeny', caller)
    t.equal(codes[0], 'rcp-deny', caller)
  }
})

t.test('what is taken from either account', (t) => {
  const gap = (policyType: 'service-control' | 'resource-control') => ({
    ...({ about: policyType, policyType, reason: 'timeout', statement: null, account: null } as const),
  })
  const gaps = [gap('service-control'), gap('resource-control')]
  const part = { source: 'aws', policies: { 'service-control': [], 'resource-control': null }, gaps } as const
  t.strictSame(withoutRcps(part), {
    ...{ source: 'aws', policies: { 'service-control': [] }, sources: {} },
    gaps: [gap('service-control')],
  })
  t.strictSame(rcpsAlone(part), {
    source: 'aws',
    policies: { 'resource-control': null },
    gaps: [gap('resource-control')],
  })
  t.end()
})
