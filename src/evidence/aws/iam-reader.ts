import {
  GetGroupPolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  GetUserCommand,
  GetUserPolicyCommand,
  paginateListAttachedGroupPolicies,
  paginateListAttachedRolePolicies,
  paginateListAttachedUserPolicies,
  paginateListGroupPolicies,
  paginateListGroupsForUser,
  paginateListRolePolicies,
  paginateListUserPolicies,
  type AttachedPolicy,
  type IAMClient,
} from '@aws-sdk/client-iam'
import type { NamedPolicy } from '../../iam/policies.ts'
import { parseDocument } from '../document.ts'
import type { Gap } from '../evidence.ts'
import { gapAbout } from '../own-permissions.ts'
import type { PrincipalReading, PrincipalRecord } from '../principal-record.ts'
import type { Access } from './access.ts'
import type { Calls } from './calls.ts'
import type { ReadManagedPolicy } from './managed-policy.ts'
import type { Outcome, Refusal } from './outcome.ts'

export interface PrincipalKey {
  readonly kind: 'role' | 'user'
  readonly account: string
  readonly name: string
}

interface Reader {
  readonly iam: IAMClient
  readonly calls: Calls
  readonly managed: ReadManagedPolicy
}

/** IAM gives up to 1000 names a page. */
const page = { MaxItems: 1000 }

interface Entity {
  readonly arn: string
  readonly path: string
  readonly id: string | null
  readonly created: string | null
  readonly tags: Readonly<Record<string, string>>
  readonly boundary: string | null
  readonly trust: string | undefined
}

type Pieces = readonly Outcome<NamedPolicy>[]

/**
 * A role or user with all that applies to it. Everything that does not depend on an earlier answer goes out at once:
 * three rounds for a role (list, policy, version), four for a user with groups.
 */
export async function readPrincipal(
  access: Access,
  calls: Calls,
  managed: ReadManagedPolicy,
  { kind, name }: PrincipalKey,
  now: number,
): Promise<PrincipalReading> {
  const reader: Reader = { iam: access.iam, calls, managed }
  const entity = kind === 'role' ? readRole(reader, name) : readUser(reader, name)
  const [found, own, groups, boundary] = await Promise.all([
    entity,
    kind === 'role' ? rolePolicies(reader, name) : userPolicies(reader, name),
    kind === 'role' ? noGroups : userGroups(reader, name),
    entity.then((outcome) => boundaryOf(reader, outcome)),
  ])
  const readAt = new Date(now).toISOString()
  if (!found.ok && found.reason === 'not-found')
    return {
      record: null,
      exists: false,
      readAt,
      gaps: gapsOf(access, [found], ['identity-based', 'permissions-boundary']),
    }
  const pieces = [...own, ...groups.policies]
  const refused = pieces.filter((piece): piece is Refusal => !piece.ok)
  const read = pieces.flatMap((piece) => (piece.ok ? [piece.value] : []))
  const complete = refused.length === 0
  return {
    record: recordOf(kind, name, found, {
      groups: groups.names,
      identity: complete ? read : 'unknown',
      partial: complete ? [] : read,
      boundary: boundary === null ? null : boundary.ok ? boundary.value : 'unknown',
    }),
    exists: found.ok || pieces.some((piece) => piece.ok) ? true : null,
    gaps: [
      ...gapsOf(access, refused, ['identity-based']),
      ...(boundary === null || boundary.ok ? [] : gapsOf(access, [boundary], ['permissions-boundary'])),
      ...(found.ok ? [] : gapsOf(access, [found], ['caller'])),
    ],
    readAt,
  }
}

const noGroups = { names: [], policies: [] }

function recordOf(
  kind: 'role' | 'user',
  name: string,
  found: Outcome<Entity>,
  rest: Pick<PrincipalRecord, 'groups' | 'identity' | 'partial' | 'boundary'>,
): PrincipalRecord {
  const entity = found.ok ? found.value : null
  return {
    kind,
    name,
    arn: entity?.arn ?? null,
    path: entity?.path ?? null,
    uniqueId: entity?.id ?? null,
    createDate: entity?.created ?? null,
    tags: entity?.tags ?? {},
    trust: entity?.trust === undefined ? null : { name, document: parseDocument(entity.trust), kind: 'inline' },
    unattached: [],
    ...rest,
  }
}

/** One gap for each thing and reason: its statement opens all that was refused of it. */
export function gapsOf(
  place: Pick<Access, 'partition' | 'account'>,
  refusals: readonly Refusal[],
  about: readonly string[],
): readonly Gap[] {
  const reasons = [...new Set(refusals.map(({ reason }) => reason))]
  return about.flatMap((thing) =>
    reasons.map((reason) => {
      const actions = refusals.filter((refusal) => refusal.reason === reason).map(({ action }) => action)
      return gapAbout(thing, reason, [...new Set(actions)], place)
    }),
  )
}

async function readRole({ iam, calls }: Reader, name: string): Promise<Outcome<Entity>> {
  const outcome = await calls.make('iam:GetRole', (abortSignal) =>
    iam.send(new GetRoleCommand({ RoleName: name }), { abortSignal }),
  )
  if (!outcome.ok) return outcome
  const role = outcome.value.Role
  return { ok: true, value: { ...entityOf(role, role?.RoleId), trust: role?.AssumeRolePolicyDocument } }
}

async function readUser({ iam, calls }: Reader, name: string): Promise<Outcome<Entity>> {
  const outcome = await calls.make('iam:GetUser', (abortSignal) =>
    iam.send(new GetUserCommand({ UserName: name }), { abortSignal }),
  )
  if (!outcome.ok) return outcome
  const user = outcome.value.User
  return { ok: true, value: { ...entityOf(user, user?.UserId), trust: undefined } }
}

interface Described {
  readonly Arn?: string | undefined
  readonly Path?: string | undefined
  readonly CreateDate?: Date | undefined
  readonly Tags?: { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined
  readonly PermissionsBoundary?: { readonly PermissionsBoundaryArn?: string | undefined } | undefined
}

const entityOf = (entity: Described | undefined, id: string | undefined): Omit<Entity, 'trust'> => ({
  arn: entity?.Arn ?? '',
  path: entity?.Path ?? '/',
  id: id ?? null,
  created: entity?.CreateDate?.toISOString() ?? null,
  tags: Object.fromEntries((entity?.Tags ?? []).map(({ Key, Value }) => [Key ?? '', Value ?? ''])),
  boundary: entity?.PermissionsBoundary?.PermissionsBoundaryArn ?? null,
})

/** `null`: there is none. A boundary counts only if its document was read. */
async function boundaryOf({ managed }: Reader, entity: Outcome<Entity>): Promise<Outcome<NamedPolicy> | null> {
  if (!entity.ok) return entity
  return entity.value.boundary === null ? null : managed(entity.value.boundary)
}

async function rolePolicies(reader: Reader, RoleName: string): Promise<Pieces> {
  const { iam: client, calls } = reader
  const [inline, attached] = await Promise.all([
    calls
      .pages(
        'iam:ListRolePolicies',
        (abortSignal) => paginateListRolePolicies({ client }, { RoleName, ...page }, { abortSignal }),
        ({ PolicyNames }) => PolicyNames,
      )
      .then((names) =>
        inlinePolicies(names, (PolicyName) =>
          readInline(reader, PolicyName, null, 'iam:GetRolePolicy', (abortSignal) =>
            client.send(new GetRolePolicyCommand({ RoleName, PolicyName }), { abortSignal }),
          ),
        ),
      ),
    calls
      .pages(
        'iam:ListAttachedRolePolicies',
        (abortSignal) => paginateListAttachedRolePolicies({ client }, { RoleName, ...page }, { abortSignal }),
        ({ AttachedPolicies }) => AttachedPolicies,
      )
      .then((policies) => attachedPolicies(reader, policies, null)),
  ])
  return [...inline, ...attached]
}

async function userPolicies(reader: Reader, UserName: string): Promise<Pieces> {
  const { iam: client, calls } = reader
  const [inline, attached] = await Promise.all([
    calls
      .pages(
        'iam:ListUserPolicies',
        (abortSignal) => paginateListUserPolicies({ client }, { UserName, ...page }, { abortSignal }),
        ({ PolicyNames }) => PolicyNames,
      )
      .then((names) =>
        inlinePolicies(names, (PolicyName) =>
          readInline(reader, PolicyName, null, 'iam:GetUserPolicy', (abortSignal) =>
            client.send(new GetUserPolicyCommand({ UserName, PolicyName }), { abortSignal }),
          ),
        ),
      ),
    calls
      .pages(
        'iam:ListAttachedUserPolicies',
        (abortSignal) => paginateListAttachedUserPolicies({ client }, { UserName, ...page }, { abortSignal }),
        ({ AttachedPolicies }) => AttachedPolicies,
      )
      .then((policies) => attachedPolicies(reader, policies, null)),
  ])
  return [...inline, ...attached]
}

async function userGroups(
  reader: Reader,
  UserName: string,
): Promise<{ readonly names: readonly string[]; readonly policies: Pieces }> {
  const { iam: client, calls } = reader
  const groups = await calls.pages(
    'iam:ListGroupsForUser',
    (abortSignal) => paginateListGroupsForUser({ client }, { UserName, ...page }, { abortSignal }),
    ({ Groups }) => Groups,
  )
  if (!groups.ok) return { names: [], policies: [groups] }
  const names = groups.value.map(({ GroupName }) => GroupName ?? '')
  const policies = await Promise.all(names.map((name) => groupPolicies(reader, name)))
  return { names, policies: policies.flat() }
}

async function groupPolicies(reader: Reader, GroupName: string): Promise<Pieces> {
  const { iam: client, calls } = reader
  const [inline, attached] = await Promise.all([
    calls
      .pages(
        'iam:ListGroupPolicies',
        (abortSignal) => paginateListGroupPolicies({ client }, { GroupName, ...page }, { abortSignal }),
        ({ PolicyNames }) => PolicyNames,
      )
      .then((names) =>
        inlinePolicies(names, (PolicyName) =>
          readInline(reader, PolicyName, GroupName, 'iam:GetGroupPolicy', (abortSignal) =>
            client.send(new GetGroupPolicyCommand({ GroupName, PolicyName }), { abortSignal }),
          ),
        ),
      ),
    calls
      .pages(
        'iam:ListAttachedGroupPolicies',
        (abortSignal) => paginateListAttachedGroupPolicies({ client }, { GroupName, ...page }, { abortSignal }),
        ({ AttachedPolicies }) => AttachedPolicies,
      )
      .then((policies) => attachedPolicies(reader, policies, GroupName)),
  ])
  return [...inline, ...attached]
}

const inlinePolicies = (
  names: Outcome<readonly string[]>,
  read: (name: string) => Promise<Outcome<NamedPolicy>>,
): Promise<Pieces> => (names.ok ? Promise.all(names.value.map(read)) : Promise.resolve([names]))

async function readInline(
  { calls }: Reader,
  name: string,
  group: string | null,
  action: string,
  send: (signal: AbortSignal) => Promise<{ readonly PolicyDocument: string | undefined }>,
): Promise<Outcome<NamedPolicy>> {
  const outcome = await calls.make(action, send)
  if (!outcome.ok) return outcome
  const document = parseDocument(outcome.value.PolicyDocument)
  return { ok: true, value: { name, document, kind: 'inline', ...(group === null ? {} : { group }) } }
}

async function attachedPolicies(
  { managed }: Reader,
  policies: Outcome<readonly AttachedPolicy[]>,
  group: string | null,
): Promise<Pieces> {
  if (!policies.ok) return [policies]
  const read = await Promise.all(policies.value.map(({ PolicyArn }) => managed(PolicyArn ?? '')))
  return read.map((policy) => (policy.ok && group !== null ? { ok: true, value: { ...policy.value, group } } : policy))
}
