import { managedKind, type NamedPolicy } from '../../iam/policies.ts'
import { parseDocument } from '../document.ts'
import type { DeniedRequest } from '../../requests/denied-request.ts'
import type { Evidence, Gap } from '../evidence.ts'
import { grantsOutright, opensWidely } from '../grants.ts'
import { listField, objectField, tagsField, textField, textsField } from '../fields.ts'
import type { PrincipalReading, PrincipalRecord } from '../principal-record.ts'
import type { SnapshotIndex } from './snapshot-index.ts'

type Json = Readonly<Record<string, unknown>>
type Unattached = Evidence['unattached'][number]

const mostLookedAt = 200
const mostUnattached = 5

interface SnapshotReading extends PrincipalReading {
  readonly record: PrincipalRecord
}

const readings = new WeakMap<Json, SnapshotReading>()

/** The principal with its policies, as a snapshot tells it; `null` where it has none of that name. */
export function principalInSnapshot(
  index: SnapshotIndex,
  kind: 'role' | 'user',
  account: string,
  name: string,
): SnapshotReading | null {
  const detail = index.principal(kind, account, name)
  if (detail === null) return null
  const reading = readings.get(detail) ?? readPrincipal(index, detail, kind, account, name)
  readings.set(detail, reading)
  return reading
}

function readPrincipal(
  index: SnapshotIndex,
  detail: Json,
  kind: 'role' | 'user',
  account: string,
  name: string,
): SnapshotReading {
  const groups = textsField(detail, 'GroupList')
  const own = policiesOf(index, detail, kind === 'role' ? 'RolePolicyList' : 'UserPolicyList')
  const ofGroups = groups.flatMap((group): readonly Read[] => {
    const found = index.group(account, group)
    if (found === null) return [{ name: group, missing: true }]
    return policiesOf(index, found, 'GroupPolicyList').map((policy) => ({ ...policy, group }))
  })
  const all = [...own, ...ofGroups]
  const read = all.filter((policy): policy is NamedPolicy => !('missing' in policy))
  const complete = read.length === all.length
  const boundary = boundaryOf(index, detail)
  return {
    record: {
      kind,
      arn: textField(detail, 'Arn') ?? '',
      name: textField(detail, kind === 'role' ? 'RoleName' : 'UserName') ?? name,
      path: textField(detail, 'Path') ?? '/',
      uniqueId: textField(detail, kind === 'role' ? 'RoleId' : 'UserId'),
      createDate: isoDate(textField(detail, 'CreateDate')),
      tags: tagsField(detail, 'Tags'),
      groups,
      identity: complete ? read : 'unknown',
      partial: complete ? [] : read,
      boundary,
      trust: kind === 'role' ? trustOf(detail, name) : null,
      unattached: [],
    },
    exists: true,
    readAt: index.readAt,
    gaps: [
      ...(complete ? [] : [snapshotGap('identity-based', account)]),
      ...(boundary === 'unknown' ? [snapshotGap('permissions-boundary', account)] : []),
    ],
  }
}

/** The snapshot names a policy or group that it does not hold: it was taken with a filter, or pages are missing. */
const snapshotGap = (about: 'identity-based' | 'permissions-boundary', account: string): Gap => ({
  about,
  policyType: about,
  reason: 'not-found',
  statement: null,
  account,
})

type Read = NamedPolicy | { readonly name: string; readonly missing: true; readonly group?: string }

function policiesOf(index: SnapshotIndex, detail: Json, inlineList: string): readonly Read[] {
  const inline = listField(detail, inlineList).map((policy) => ({
    name: textField(policy, 'PolicyName') ?? '',
    document: parseDocument(policy['PolicyDocument']),
    kind: 'inline' as const,
  }))
  const attached = listField(detail, 'AttachedManagedPolicies').map((policy) => {
    const arn = textField(policy, 'PolicyArn') ?? ''
    return managedPolicy(index, arn) ?? { name: textField(policy, 'PolicyName') ?? arn, missing: true as const }
  })
  return [...inline, ...attached]
}

/** Default version of a managed policy. */
function managedPolicy(index: SnapshotIndex, arn: string): NamedPolicy | null {
  const policy = index.managedPolicy(arn)
  const version = policy === null ? undefined : listField(policy, 'PolicyVersionList').find(isDefault)
  if (policy === null || version === undefined) return null
  return {
    name: textField(policy, 'PolicyName') ?? arn,
    arn,
    kind: managedKind(arn),
    ...versionOf(version),
    document: parseDocument(version['Document']),
  }
}

const versionOf = (version: Json): Pick<NamedPolicy, 'version'> => {
  const id = textField(version, 'VersionId')
  return id === null ? {} : { version: id }
}

const isDefault = (version: Json): boolean => version['IsDefaultVersion'] === true

function boundaryOf(index: SnapshotIndex, detail: Json): NamedPolicy | null | 'unknown' {
  const boundary = objectField(detail, 'PermissionsBoundary')
  const arn = boundary === null ? null : textField(boundary, 'PermissionsBoundaryArn')
  return arn === null ? null : (managedPolicy(index, arn) ?? 'unknown')
}

const trustOf = (detail: Json, name: string): NamedPolicy | null =>
  detail['AssumeRolePolicyDocument'] === undefined
    ? null
    : { name, document: parseDocument(detail['AssumeRolePolicyDocument']), kind: 'inline' }

function isoDate(text: string | null): string | null {
  const time = text === null ? Number.NaN : Date.parse(text)
  return Number.isNaN(time) ? null : new Date(time).toISOString()
}

/** Policies of the account that would allow one of the requests and do not apply to the principal, and why not. */
export function unattachedInSnapshot(
  index: SnapshotIndex,
  record: PrincipalRecord,
  account: string,
  requests: readonly DeniedRequest[],
): Evidence['unattached'] {
  const known = notApplied.get(record) ?? { ofPolicy: new Map<string, Evidence['unattached']>(), ofGroups: null }
  notApplied.set(record, known)
  const services = new Set(requests.map(({ action }) => action.split(':')[0] ?? ''))
  const mentioning = new Set([...services].flatMap((service) => index.policiesMentioning(account, service)))
  const managed = [...mentioning].slice(0, mostLookedAt).flatMap((arn) => {
    const versions = known.ofPolicy.get(arn) ?? versionsNotApplied(index, record, arn)
    known.ofPolicy.set(arn, versions)
    return versions
  })
  known.ofGroups ??= record.kind === 'user' ? groupsWithout(index, record, account) : []
  return [...managed, ...known.ofGroups]
    .filter(({ document }) => grantsOutright(document, requests))
    .slice(0, mostUnattached)
}

/** What a principal does not have, looked up once for each principal that was read. */
interface NotApplied {
  readonly ofPolicy: Map<string, Evidence['unattached']>
  ofGroups: Evidence['unattached'] | null
}
const notApplied = new WeakMap<PrincipalRecord, NotApplied>()

function versionsNotApplied(index: SnapshotIndex, record: PrincipalRecord, arn: string): Evidence['unattached'] {
  const policy = index.managedPolicy(arn)
  if (policy === null) return []
  const identity = record.identity === 'unknown' ? record.partial : record.identity
  const boundary = record.boundary === null || record.boundary === 'unknown' ? [] : [record.boundary]
  const isAttached = [...identity, ...boundary].some((one) => one.arn === arn)
  const why = isAttached ? ('not-default-version' as const) : ('not-attached' as const)
  if (!isAttached && isBoundary(policy)) return []
  return listField(policy, 'PolicyVersionList')
    .filter((version) => isDefault(version) !== isAttached)
    .map((version) => unattachedVersion(policy, arn, version, why))
    .filter(({ document }) => isAttached || !opensWidely(document))
}

/** Policies that serve as permissions boundaries are never suggested for attachment: they allow far more than is needed. */
const isBoundary = (policy: Json): boolean => Number(policy['PermissionsBoundaryUsageCount'] ?? 0) > 0

const unattachedVersion = (policy: Json, arn: string, version: Json, why: Unattached['why']): Unattached => ({
  name: textField(policy, 'PolicyName') ?? arn,
  arn,
  document: parseDocument(version['Document']),
  why,
  version: textField(version, 'VersionId'),
})

/** Inline policies of groups that the user is not in; the ARN is the group's. */
function groupsWithout(index: SnapshotIndex, record: PrincipalRecord, account: string): Evidence['unattached'] {
  return index
    .groups(account)
    .filter((group) => !record.groups.includes(group))
    .slice(0, mostLookedAt)
    .flatMap((group) => {
      const detail = index.group(account, group)
      if (detail === null) return []
      return listField(detail, 'GroupPolicyList').map((policy) => ({
        name: textField(policy, 'PolicyName') ?? group,
        arn: textField(detail, 'Arn') ?? group,
        document: parseDocument(policy['PolicyDocument']),
        why: 'group-without-user' as const,
        version: null,
      }))
    })
}
