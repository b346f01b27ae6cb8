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

/** Everything in the table, for the test that checks each action against AWS's list. */
export const listedOperations = (): ReadonlyMap<string, readonly OperationAction[]> => table

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

const prefixes = readNameTable('operation-prefixes.txt')

/** The IAM prefix of the one service, or of the one common service, that has an operation of this name. */
export const prefixOfOperation = (operation: string): string | null => prefixes(operation.toLowerCase())
