import type { OperationAction } from './action-catalogue.ts'
import { readDataFile, readNameTable } from './data-file.ts'
import { knownSpellings, prefixFor } from './service-names.ts'

type Generated = Readonly<Record<string, Readonly<Record<string, string>>>>
type HandMade = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>>

const table = new Map<string, readonly OperationAction[]>()
const keyOf = (service: string, operation: string): string => `${service}:${operation.toLowerCase()}`

for (const [service, operations] of Object.entries(readDataFile('operations.json') as Generated)) {
  for (const [operation, action] of Object.entries(operations)) {
    table.set(keyOf(service, operation), [{ action, when: 'always' }])
  }
}
// What people checked by hand is read last, so that it wins.
for (const [service, operations] of Object.entries(readDataFile('operation-exceptions.json') as HandMade)) {
  for (const [operation, actions] of Object.entries(operations)) {
    table.set(
      keyOf(service, operation),
      Object.entries(actions).map(([action, when]) => ({ action, when })),
    )
  }
}

/** The listed IAM actions of an operation that the trivial rule does not give; `null` where the trivial rule applies. */
export const exceptionalActions = (service: string, operation: string): readonly OperationAction[] | null => {
  const prefix = prefixFor(service)
  const names = [...knownSpellings(service), ...(prefix === null ? [] : [prefix.replaceAll('-', '')])]
  for (const name of names) {
    const found = table.get(keyOf(name, operation))
    if (found !== undefined) return found
  }
  return null
}

const ownersOf = readNameTable('operation-services.txt')
const isCommon: ReadonlySet<string> = new Set(readDataFile('common-services.json') as readonly string[])

/** The IAM prefix of a service that people use every day: its name may stand for itself where no table confirms it. */
export const isCommonService = (prefix: string): boolean => isCommon.has(prefix)

/** Whether any service has an operation, or an action, of this name. */
export const isOperation = (name: string): boolean => ownersOf(name.toLowerCase()) !== null

/** Whether the service with this IAM prefix has an operation, or an action, of this name. */
export const hasOperation = (service: string, operation: string): boolean =>
  service !== '-' && ownersOf(operation.toLowerCase())?.split(' ').includes(service) === true

/** IAM prefixes of the services that have an operation of this name, the most common first. */
export const servicesOfOperation = (operation: string): readonly string[] =>
  ownersOf(operation.toLowerCase())
    ?.split(' ')
    .filter((service) => service !== '-') ?? []

/**
 * Of these several services are as common as each other: `CreateCluster` is ECS's, EKS's, Redshift's and MSK's,
 * `ListInstances` EMR's, Connect's and IAM Identity Center's.
 */
const evenlyShared = new RegExp(
  `^(?:${[
    '(?:create|delete)cluster|listclusters|(?:describe|list)clusteroperations?',
    '(?:create|delete)(?:app|domain|endpoint|job|model)|describeendpoint|getjob|(?:cancel|stop)job|listjobs',
    '(?:create|get|update|delete)(?:application|datasource)|list(?:applications|datasources)',
    '(?:create|describe|update|delete)configuration|listconfigurations',
    'deleteconnector|describeuser|startdeployment|startmigration',
    'list(?:artifacts|connectors|devices|instances|operations|recommendations|versions)',
  ].join('|')})$`,
  'u',
)

/**
 * The IAM prefix of the service that has an operation of this name; of several the one that is hinted at, else the
 * most common. `null` for a name that no service has, or that says nothing because nearly all have it.
 */
export function serviceOfOperation(operation: string, hint: string | null = null): string | null {
  const owners = ownersOf(operation.toLowerCase())?.split(' ')
  if (owners === undefined) return null
  if (hint !== null && owners.includes(hint)) return hint
  const [first] = owners
  if (evenlyShared.test(operation.toLowerCase())) return null
  return first === undefined || first === '-' ? null : first
}
