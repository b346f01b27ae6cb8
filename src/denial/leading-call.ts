import { prefixFor } from '../action-catalogue/service-names.ts'
import { hasOperation } from '../action-catalogue/operations.ts'
import type { Fields } from './signal.ts'

/** Longer than names of services and operations get. */
const longest = 140
const call =
  /(?:^|[\s"'([])([A-Z][A-Za-z0-9]{1,30}(?: [A-Z][A-Za-z0-9]{1,30}){0,3}): ?([A-Z][a-z]+[A-Z][A-Za-z0-9]{1,60}) ?(?:-|:|=>) ?["']?$/

/** `Organizations: ListAccounts - You don't have permissions …`: service and operation in front of a sentence. */
export function leadingCall(text: string, end: number): Pick<Fields, 'service' | 'operation'> {
  const [, service, operation] = call.exec(text.slice(Math.max(0, end - longest), end)) ?? []
  const prefix = service === undefined ? null : prefixFor(service)
  return operation === undefined || prefix === null || !hasOperation(prefix, operation)
    ? {}
    : { service: prefix, operation }
}
