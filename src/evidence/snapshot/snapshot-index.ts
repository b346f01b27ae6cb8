import { isObject } from '../../iam/json.ts'
import { listField, textField } from '../fields.ts'
import { parseDocument } from '../document.ts'
import { NotASnapshot, scanSnapshot, type SnapshotList } from './scan.ts'

type Json = Readonly<Record<string, unknown>>

/** Where an entry stands in its file; it is parsed when it is asked for. */
interface Place {
  readonly bytes: Buffer
  readonly start: number
  readonly end: number
}

/** What a snapshot holds, by account and name. */
export interface SnapshotIndex {
  readonly accounts: ReadonlySet<string>
  readonly entries: number
  readonly bytes: number
  /** When the newest of its files was written. */
  readonly readAt: string
  principal(kind: 'role' | 'user', account: string, name: string): Json | null
  /** Accounts that have a principal of this name. */
  accountsWith(kind: 'role' | 'user', name: string): readonly string[]
  group(account: string, name: string): Json | null
  groups(account: string): readonly string[]
  managedPolicy(arn: string): Json | null
  /** ARNs of the account's own managed policies that mention an action of the service. */
  policiesMentioning(account: string, service: string): readonly string[]
  readonly organization: Json | null
  readonly organizationAccounts: Json
  readonly targets: Json
  /** `undefined`: the snapshot does not tell. */
  resourcePolicy(arn: string): unknown
}

export interface SnapshotFile {
  readonly bytes: Buffer
  readonly writtenAt: Date
}

const kinds: Readonly<Record<SnapshotList, string>> = {
  UserDetailList: 'user',
  RoleDetailList: 'role',
  GroupDetailList: 'group',
  Policies: 'policy',
}
const nameFields: Readonly<Record<SnapshotList, string>> = {
  UserDetailList: 'UserName',
  RoleDetailList: 'RoleName',
  GroupDetailList: 'GroupName',
  Policies: 'PolicyName',
}

/** Indexes the files; throws where one of them is no snapshot. */
export async function indexSnapshot(
  files: readonly SnapshotFile[],
  progress: (bytes: number, total: number) => void = () => undefined,
): Promise<SnapshotIndex> {
  const total = files.reduce((sum, { bytes }) => sum + bytes.length, 0)
  const draft = new Draft()
  let before = 0
  for (const { bytes } of files) {
    let seen = 0
    await scanSnapshot(bytes, {
      entry: (list, start, end) => draft.add(list, { bytes, start, end }),
      part: (name, start, end) => {
        seen += 1
        Object.assign(draft.parts[name], parsePlace({ bytes, start, end }))
        if (name === 'Organization') draft.hasOrganization = true
      },
      list: () => (seen += 1),
      progress: (at) => progress(before + at, total),
    })
    if (seen === 0) throw new NotASnapshot('no list of get-account-authorization-details in it')
    before += bytes.length
  }
  const newest = Math.max(0, ...files.map(({ writtenAt }) => writtenAt.getTime()))
  return draft.finish(total, new Date(newest).toISOString())
}

function parsePlace({ bytes, start, end }: Place): Json {
  const value: unknown = JSON.parse(bytes.toString('utf8', start, end))
  if (!isObject(value)) throw new NotASnapshot('an entry is no object')
  return value
}

/** IAM's names are unique in an account without regard to case and path. */
const keyOf = (kind: string, account: string, name: string): string => `${account}/${kind}/${name.toLowerCase()}`

class Draft {
  readonly places = new Map<string, Place>()
  readonly policies = new Map<string, Place>()
  readonly accounts = new Set<string>()
  readonly holders = new Map<string, string[]>()
  readonly groupNames = new Map<string, string[]>()
  readonly mentions = new Map<string, string[]>()
  readonly parts = {
    Organization: {} as Json,
    Accounts: {} as Json,
    Targets: {} as Json,
    ResourcePolicies: {} as Json,
  }
  hasOrganization = false

  add(list: SnapshotList, place: Place): void {
    const entry = parsePlace(place)
    const arn = textField(entry, 'Arn')
    const name = textField(entry, nameFields[list])
    if (arn === null || name === null) throw new NotASnapshot('an entry has no Arn or no name')
    const account = arn.split(':')[4] ?? ''
    if (account !== 'aws') this.accounts.add(account)
    if (list === 'Policies') this.addPolicy(arn, account, entry, place)
    else this.addEntity(kinds[list], account, name, place)
  }

  private addEntity(kind: string, account: string, name: string, place: Place): void {
    this.places.set(keyOf(kind, account, name), place)
    if (kind === 'group') append(this.groupNames, account, name)
    else append(this.holders, `${kind}/${name.toLowerCase()}`, account)
  }

  private addPolicy(arn: string, account: string, entry: Json, place: Place): void {
    this.policies.set(arn, place)
    if (account === 'aws') return
    for (const service of servicesIn(entry)) append(this.mentions, `${account}/${service}`, arn)
  }

  finish(bytes: number, readAt: string): SnapshotIndex {
    const parsed = new ParsedEntries()
    const find = (places: ReadonlyMap<string, Place>, key: string): Json | null => {
      const place = places.get(key)
      return place === undefined ? null : parsed.get(place)
    }
    return {
      accounts: this.accounts,
      entries: this.places.size + this.policies.size,
      bytes,
      readAt,
      principal: (kind, account, name) => find(this.places, keyOf(kind, account, name)),
      accountsWith: (kind, name) => this.holders.get(`${kind}/${name.toLowerCase()}`) ?? [],
      group: (account, name) => find(this.places, keyOf('group', account, name)),
      groups: (account) => this.groupNames.get(account) ?? [],
      managedPolicy: (arn) => find(this.policies, arn),
      policiesMentioning: (account, service) => [
        ...(this.mentions.get(`${account}/${service.toLowerCase()}`) ?? []),
        ...(this.mentions.get(`${account}/*`) ?? []),
      ],
      organization: this.hasOrganization ? this.parts.Organization : null,
      organizationAccounts: this.parts.Accounts,
      targets: this.parts.Targets,
      resourcePolicy: (arn) => this.parts.ResourcePolicies[arn],
    }
  }
}

/** Bytes of JSON whose objects are kept. */
const parsedLimit = 4 * 1024 * 1024

/**
 * The entries that were asked for last, each parsed once: policies are compiled once for each document object, so the
 * same objects save more than their parsing.
 */
class ParsedEntries {
  readonly entries = new Map<Place, Json>()
  bytes = 0

  get(place: Place): Json {
    const known = this.entries.get(place)
    if (known !== undefined) this.entries.delete(place)
    else this.bytes += place.end - place.start
    const entry = known ?? parsePlace(place)
    this.entries.set(place, entry)
    for (const oldest of this.entries.keys()) {
      if (this.bytes <= parsedLimit) break
      this.entries.delete(oldest)
      this.bytes -= oldest.end - oldest.start
    }
    return entry
  }
}

function append(map: Map<string, string[]>, key: string, value: string): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else if (!list.includes(value)) list.push(value)
}

/** Service prefixes of the actions that any version of a managed policy allows; `*` for all. */
function servicesIn(policy: Json): ReadonlySet<string> {
  const found = new Set<string>()
  for (const version of listField(policy, 'PolicyVersionList')) {
    const document = parseDocument(version['Document'])
    if (!isObject(document)) continue
    const statements = [document['Statement']].flat().filter(isObject)
    for (const statement of statements) {
      if (statement['Effect'] !== 'Allow') continue
      for (const action of [statement['Action']].flat())
        if (typeof action === 'string') found.add(action.split(':')[0]?.toLowerCase() ?? '')
      if (statement['NotAction'] !== undefined) found.add('*')
    }
  }
  return found
}
