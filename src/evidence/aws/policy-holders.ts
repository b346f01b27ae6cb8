import {
  GetGroupPolicyCommand,
  GetRolePolicyCommand,
  GetUserPolicyCommand,
  paginateListAttachedGroupPolicies,
  paginateListAttachedRolePolicies,
  paginateListAttachedUserPolicies,
  paginateListGroupPolicies,
  paginateListRolePolicies,
  paginateListUserPolicies,
  type AttachedPolicy,
  type IAMClient,
} from '@aws-sdk/client-iam'
import type { NamedPolicy } from '../../iam/policies.ts'
import { parseDocument } from '../document.ts'
import type { Calls } from './calls.ts'
import type { ReadManagedPolicy } from './managed-policy.ts'
import type { Outcome } from './outcome.ts'

/** What reading policies takes. */
export interface PolicyReader {
  readonly iam: IAMClient
  readonly calls: Calls
  readonly managed: ReadManagedPolicy
}

/** Each policy by itself: one that could not be read stands beside those that could. */
export type Pieces = readonly Outcome<NamedPolicy>[]

/** IAM gives up to 1000 names a page. */
export const page = { MaxItems: 1000 }

/** The same three reads, which IAM offers under other names for each kind of holder. */
interface Holder {
  readonly kind: 'Role' | 'User' | 'Group'
  inline(client: IAMClient, name: string, signal: AbortSignal): AsyncIterable<{ PolicyNames: string[] | undefined }>
  attached(
    client: IAMClient,
    name: string,
    signal: AbortSignal,
  ): AsyncIterable<{ AttachedPolicies?: AttachedPolicy[] | undefined }>
  document(
    client: IAMClient,
    name: string,
    policy: string,
    signal: AbortSignal,
  ): Promise<{ PolicyDocument: string | undefined }>
}

const role: Holder = {
  kind: 'Role',
  inline: (client, RoleName, abortSignal) =>
    paginateListRolePolicies({ client }, { RoleName, ...page }, { abortSignal }),
  attached: (client, RoleName, abortSignal) =>
    paginateListAttachedRolePolicies({ client }, { RoleName, ...page }, { abortSignal }),
  document: (client, RoleName, PolicyName, abortSignal) =>
    client.send(new GetRolePolicyCommand({ RoleName, PolicyName }), { abortSignal }),
}

const user: Holder = {
  kind: 'User',
  inline: (client, UserName, abortSignal) =>
    paginateListUserPolicies({ client }, { UserName, ...page }, { abortSignal }),
  attached: (client, UserName, abortSignal) =>
    paginateListAttachedUserPolicies({ client }, { UserName, ...page }, { abortSignal }),
  document: (client, UserName, PolicyName, abortSignal) =>
    client.send(new GetUserPolicyCommand({ UserName, PolicyName }), { abortSignal }),
}

const group: Holder = {
  kind: 'Group',
  inline: (client, GroupName, abortSignal) =>
    paginateListGroupPolicies({ client }, { GroupName, ...page }, { abortSignal }),
  attached: (client, GroupName, abortSignal) =>
    paginateListAttachedGroupPolicies({ client }, { GroupName, ...page }, { abortSignal }),
  document: (client, GroupName, PolicyName, abortSignal) =>
    client.send(new GetGroupPolicyCommand({ GroupName, PolicyName }), { abortSignal }),
}

const holders = { role, user, group }

/** Inline and attached policies of a role, user or group. */
export async function policiesOf(reader: PolicyReader, kind: keyof typeof holders, name: string): Promise<Pieces> {
  const holder = holders[kind]
  const [inline, attached] = await Promise.all([
    inlinePolicies(reader, holder, name),
    attachedPolicies(reader, holder, name),
  ])
  const pieces = [...inline, ...attached]
  if (kind !== 'group') return pieces
  return pieces.map((piece) => (piece.ok ? { ok: true, value: { ...piece.value, group: name } } : piece))
}

async function inlinePolicies({ iam, calls }: PolicyReader, holder: Holder, name: string): Promise<Pieces> {
  const names = await calls.pages(
    `iam:List${holder.kind}Policies`,
    (signal) => holder.inline(iam, name, signal),
    ({ PolicyNames }) => PolicyNames,
  )
  if (!names.ok) return [names]
  return Promise.all(
    names.value.map((policy) =>
      calls.make(`iam:Get${holder.kind}Policy`, async (signal): Promise<NamedPolicy> => {
        const { PolicyDocument } = await holder.document(iam, name, policy, signal)
        return { name: policy, document: parseDocument(PolicyDocument), kind: 'inline' }
      }),
    ),
  )
}

async function attachedPolicies({ iam, calls, managed }: PolicyReader, holder: Holder, name: string): Promise<Pieces> {
  const policies = await calls.pages(
    `iam:ListAttached${holder.kind}Policies`,
    (signal) => holder.attached(iam, name, signal),
    ({ AttachedPolicies }) => AttachedPolicies,
  )
  if (!policies.ok) return [policies]
  return Promise.all(policies.value.map(({ PolicyArn }) => managed(PolicyArn ?? '')))
}
