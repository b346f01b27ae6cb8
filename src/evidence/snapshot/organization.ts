import type { PolicyLevel } from '../../iam/policies.ts'
import { isObject } from '../../iam/json.ts'
import { parseDocument } from '../document.ts'
import type { EvidencePart } from '../evidence-part.ts'
import type { Evidence } from '../evidence.ts'
import { listField, objectField, textField, textsField } from '../fields.ts'
import type { SnapshotIndex } from './snapshot-index.ts'

const lists = { 'service-control': 'ServiceControlPolicies', 'resource-control': 'ResourceControlPolicies' } as const

/**
 * SCPs and RCPs of an account, from the optional `Organization`, `Accounts` and `Targets` of a snapshot.
 * `null`: the snapshot says nothing about organizations.
 */
export function organizationInSnapshot(
  index: SnapshotIndex,
  account: string,
  source: Evidence['source'],
): EvidencePart | null {
  const known = parts.get(index) ?? new Map<string, EvidencePart>()
  parts.set(index, known)
  const part = known.get(account) ?? readOrganization(index, account, source)
  if (part !== null) known.set(account, part)
  return part
}

/** By account, of those that the snapshot knows: the same lists of policies again, so that they are compiled once. */
const parts = new WeakMap<SnapshotIndex, Map<string, EvidencePart>>()

function readOrganization(index: SnapshotIndex, account: string, source: Evidence['source']): EvidencePart | null {
  const { organization } = index
  if (organization === null) return null
  const id = textField(organization, 'Id')
  const management = textField(organization, 'ManagementAccountId') ?? textField(organization, 'MasterAccountId')
  const member = objectField(index.organizationAccounts, account)
  const stamp = { source, readAt: index.readAt }
  const facts = { organization: { id, managementAccount: management } }
  if (account === management) {
    return {
      source,
      facts: { ...facts, 'caller-in-management-account': true },
      policies: { 'service-control': null, 'resource-control': null },
      sources: { 'service-control': stamp, 'resource-control': stamp },
      context: id === null ? {} : { 'aws:PrincipalOrgID': id },
    }
  }
  if (member === null) return null
  const path = textsField(member, 'Path')
  return {
    source,
    facts,
    policies: {
      'service-control': levels(index, [...path, account], 'service-control'),
      'resource-control': levels(index, [...path, account], 'resource-control'),
    },
    sources: { 'service-control': stamp, 'resource-control': stamp },
    context: id === null ? {} : { 'aws:PrincipalOrgID': id, 'aws:PrincipalOrgPaths': [`${[id, ...path].join('/')}/`] },
  }
}

const levels = (index: SnapshotIndex, path: readonly string[], type: keyof typeof lists): readonly PolicyLevel[] =>
  path.map((level) => ({ level, policies: policiesAt(index.targets[level], lists[type]) }))

function policiesAt(target: unknown, list: string): PolicyLevel['policies'] {
  if (!isObject(target) || !Array.isArray(target[list])) return 'unknown'
  return listField(target, list).map((policy) => {
    const arn = textField(policy, 'Arn')
    return {
      name: textField(policy, 'Name') ?? arn ?? '',
      document: parseDocument(policy['Document'] ?? policy['Content']),
      ...(arn === null ? {} : { arn }),
    }
  })
}
