import { GetRoleCommand, GetUserCommand, paginateListGroupsForUser } from '@aws-sdk/client-iam'
import type { NamedPolicy } from '../../iam/policies.ts'
import { parseDocument } from '../document.ts'
import type { Gap } from '../evidence.ts'
import { gapAbout } from '../own-permissions.ts'
import type { PrincipalReading, PrincipalRecord } from '../principal-record.ts'
import type { Access } from './access.ts'
import type { Calls } from './calls.ts'
import type { ReadManagedPolicy } from './managed-policy.ts'
import type { Outcome, Refusal } from './outcome.ts'
import { page, policiesOf, type Pieces, type PolicyReader } from './policy-holders.ts'

export interface PrincipalKey {
  readonly kind: 'role' | 'user'
  readonly account: string
  readonly name: string
}

interface Entity {
  readonly arn: string
  readonly path: string
  readonly id: string | null
  readonly created: string | null
  readonly tags: Readonly<Record<string, string>>
  readonly boundary: string | null
  readonly trust: string | undefined
}

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
  const reader: PolicyReader = { iam: access.iam, calls, managed }
  const entity = kind === 'role' ? readRole(reader, name) : readUser(reader, name)
  const [found, own, groups, boundary] = await Promise.all([
    entity,
    policiesOf(reader, kind, name),
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

async function readRole({ iam, calls }: PolicyReader, name: string): Promise<Outcome<Entity>> {
  const outcome = await calls.make('iam:GetRole', (abortSignal) =>
    iam.send(new GetRoleCommand({ RoleName: name }), { abortSignal }),
  )
  if (!outcome.ok) return outcome
  const role = outcome.value.Role
  return { ok: true, value: { ...entityOf(role, role?.RoleId), trust: role?.AssumeRolePolicyDocument } }
}

async function readUser({ iam, calls }: PolicyReader, name: string): Promise<Outcome<Entity>> {
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
async function boundaryOf({ managed }: PolicyReader, entity: Outcome<Entity>): Promise<Outcome<NamedPolicy> | null> {
  if (!entity.ok) return entity
  return entity.value.boundary === null ? null : managed(entity.value.boundary)
}

async function userGroups(
  reader: PolicyReader,
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
  const policies = await Promise.all(names.map((name) => policiesOf(reader, 'group', name)))
  return { names, policies: policies.flat() }
}
