import {
  DescribeOrganizationCommand,
  DescribePolicyCommand,
  OrganizationsClient,
  paginateListPoliciesForTarget,
  paginateListParents,
  type PolicySummary,
} from '@aws-sdk/client-organizations'
import type { NamedPolicy, PolicyLevel } from '../../iam/policies.ts'
import { parseDocument } from '../document.ts'
import type { EvidencePart } from '../evidence-part.ts'
import { gapAbout } from '../own-permissions.ts'
import type { Access } from './access.ts'
import type { Calls } from './calls.ts'
import type { Outcome, Refusal } from './outcome.ts'
import { callsInTime, lifeOf, type AwsReaders } from './readers.ts'
import { globalRegion } from './regions.ts'

/** The walk is slow, because DescribePolicy is allowed twice a second; so it is made once and kept for long. */
const life = { ttl: 3600, stale: 24 * 3600 }
const walkMilliseconds = 60_000
/** A root and five levels of organizational units above the account. */
const mostLevels = 7

const types = [
  { type: 'service-control', filter: 'SERVICE_CONTROL_POLICY' },
  { type: 'resource-control', filter: 'RESOURCE_CONTROL_POLICY' },
] as const

/** Policies of AWS that never change and hang on nearly every level. */
const wellKnown: Readonly<Record<string, unknown>> = {
  'p-FullAWSAccess': {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
  },
  'p-RCPFullAWSAccess': {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
  },
}

/** SCPs and RCPs on the way from the root to the account, and what the organization tells of the caller. */
export function readOrganization(readers: AwsReaders, account: Access, fresh: boolean): Promise<EvidencePart> {
  return readers.cache.get(
    `organization~${account.account}`,
    // Who applied a change sees it where the walk is quick; no SCPs at all would be worse than those of a while ago.
    { life: (part: EvidencePart) => lifeOf(part, life), fresh, keptAfter: readers.settings.EVIDENCE_TIMEOUT_MS / 2 },
    () => walk(readers, account, callsInTime(readers, walkMilliseconds)),
  )
}

interface Walk {
  readonly client: OrganizationsClient
  readonly calls: Calls
}

async function walk(readers: AwsReaders, access: Access, calls: Calls): Promise<EvidencePart> {
  const described = await calls.make('organizations:DescribeOrganization', (abortSignal) =>
    clientOf(readers, access).send(new DescribeOrganizationCommand({}), { abortSignal }),
  )
  if (!described.ok)
    return described.code === 'AWSOrganizationsNotInUseException' ? alone(readers) : gapsFor(access, described)
  const { Id: id = '', MasterAccountId: management = '' } = described.value.Organization ?? {}
  const facts = { organization: { id, managementAccount: management } }
  const context = { 'aws:PrincipalOrgID': id }
  if (access.account === management)
    return { ...nothingApplies(readers), facts: { ...facts, 'caller-in-management-account': true }, context }
  const reader = await whoMayRead(readers, access, management)
  const steps: Walk = { client: clientOf(readers, reader), calls }
  const path = await pathTo(steps, access.account)
  if (!path.ok) return { ...gapsFor({ ...access, account: management }, path), facts, context, source: 'aws' }
  const levels = await levelsOf(steps, [...path.value, access.account])
  const stamp = { source: 'aws' as const, readAt: new Date(readers.now()).toISOString() }
  return {
    source: 'aws',
    facts,
    context: { ...context, 'aws:PrincipalOrgPaths': [`${[id, ...path.value].join('/')}/`] },
    policies: { 'service-control': levels['service-control'], 'resource-control': levels['resource-control'] },
    sources: { 'service-control': stamp, 'resource-control': stamp },
    gaps: levels.refusals.map(({ type, refusal }) =>
      gapAbout(type, refusal.reason, [refusal.action], { partition: access.partition, account: management }),
    ),
  }
}

function clientOf(readers: AwsReaders, access: Access): OrganizationsClient {
  return readers.access.client(
    access,
    globalRegion(access.partition),
    'organizations',
    (config) => new OrganizationsClient(config),
  )
}

/** An account without an organization, and the management account, have neither SCPs nor RCPs: that is known. */
function nothingApplies(readers: AwsReaders): EvidencePart {
  const stamp = { source: 'aws' as const, readAt: new Date(readers.now()).toISOString() }
  return {
    source: 'aws',
    policies: { 'service-control': null, 'resource-control': null },
    sources: { 'service-control': stamp, 'resource-control': stamp },
  }
}

const alone = (readers: AwsReaders): EvidencePart => ({
  ...nothingApplies(readers),
  facts: { organization: null },
  context: { 'aws:PrincipalOrgID': null, 'aws:PrincipalOrgPaths': null },
})

const gapsFor = (place: Pick<Access, 'account' | 'partition'>, { reason, action }: Refusal): EvidencePart => ({
  gaps: types.map(({ type }) => gapAbout(type, reason, [action], place)),
})

/** The management account if we may read there, else our own: it may be a delegated administrator. */
async function whoMayRead(readers: AwsReaders, access: Access, management: string): Promise<Access> {
  const there = await readers.access.to(management, access.partition)
  if (there.ok) return there.value
  const home = await readers.access.to(null, access.partition)
  return home.ok ? home.value : access
}

/** Ids from the root down to the account's parent. */
async function pathTo({ client, calls }: Walk, account: string): Promise<Outcome<readonly string[]>> {
  const path: string[] = []
  let child = account
  while (path.length < mostLevels) {
    const ChildId = child
    const parents = await calls.pages(
      'organizations:ListParents',
      (abortSignal) => paginateListParents({ client }, { ChildId }, { abortSignal }),
      ({ Parents }) => Parents,
    )
    if (!parents.ok) return parents
    const [parent] = parents.value
    if (parent?.Id === undefined) break
    path.unshift(parent.Id)
    if (parent.Type === 'ROOT') break
    child = parent.Id
  }
  return { ok: true, value: path }
}

interface Levels {
  readonly 'service-control': readonly PolicyLevel[] | null
  readonly 'resource-control': readonly PolicyLevel[] | null
  readonly refusals: readonly { readonly type: string; readonly refusal: Refusal }[]
}

async function levelsOf(steps: Walk, path: readonly string[]): Promise<Levels> {
  const documents = new Map<string, Promise<Outcome<unknown>>>()
  const refusals: { type: string; refusal: Refusal }[] = []
  const read = async (type: (typeof types)[number]): Promise<readonly PolicyLevel[] | null> => {
    const levels = await Promise.all(path.map((level) => levelOf(steps, level, type, documents)))
    for (const { refusal } of levels) if (refusal !== null) refusals.push({ type: type.type, refusal })
    // A policy type that the organization has switched on has a policy at every level; off, it takes no part.
    const off = levels.every(({ level }) => level.policies !== 'unknown' && level.policies.length === 0)
    return off ? null : levels.map(({ level }) => level)
  }
  const [service, resource] = await Promise.all(types.map(read))
  return { 'service-control': service ?? null, 'resource-control': resource ?? null, refusals }
}

interface LevelRead {
  readonly level: PolicyLevel
  readonly refusal: Refusal | null
}

async function levelOf(
  steps: Walk,
  level: string,
  { filter }: (typeof types)[number],
  documents: Map<string, Promise<Outcome<unknown>>>,
): Promise<LevelRead> {
  const { client, calls } = steps
  const summaries = await calls.pages(
    'organizations:ListPoliciesForTarget',
    (abortSignal) => paginateListPoliciesForTarget({ client }, { TargetId: level, Filter: filter }, { abortSignal }),
    ({ Policies }) => Policies,
  )
  const unread = { level, policies: 'unknown' as const }
  if (!summaries.ok) return { level: unread, refusal: summaries }
  const policies = await Promise.all(summaries.value.map((summary) => policyOf(steps, summary, documents)))
  const refusal = policies.find((policy): policy is Refusal => !policy.ok)
  if (refusal !== undefined) return { level: unread, refusal }
  const read = policies.flatMap((policy) => (policy.ok ? [policy.value] : []))
  return { level: { level, policies: read }, refusal: null }
}

async function policyOf(
  { client, calls }: Walk,
  { Id: id = '', Name: name = '', Arn: arn = '' }: PolicySummary,
  documents: Map<string, Promise<Outcome<unknown>>>,
): Promise<Outcome<NamedPolicy>> {
  const known = wellKnown[id]
  const reading =
    documents.get(id) ??
    (known === undefined
      ? calls.make('organizations:DescribePolicy', async (abortSignal) => {
          const answer = await client.send(new DescribePolicyCommand({ PolicyId: id }), { abortSignal })
          return parseDocument(answer.Policy?.Content)
        })
      : Promise.resolve({ ok: true as const, value: known }))
  documents.set(id, reading)
  const document = await reading
  return document.ok ? { ok: true, value: { name, arn, document: document.value } } : document
}
