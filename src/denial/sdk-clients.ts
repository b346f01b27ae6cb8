import { prefixFor } from '../action-catalogue/service-names.ts'

/*
 * Clients of SDKs in code, by the variables that hold them: `sm = boto3.client('secretsmanager')`,
 * `const db = new AWS.DynamoDB.DocumentClient()`.
 */

const made = [
  /(?<![\w.$])(?<variable>[A-Za-z_$][\w$]{0,40})\s{0,3}=\s{0,3}(?:\w{1,30}\.){0,3}(?:client|resource)\(\s{0,40}['"](?<name>[a-z0-9-]{2,40})['"]/g,
  /(?<![\w.$])(?<variable>[A-Za-z_$][\w$]{0,40})\s{0,3}=\s{0,3}new (?:AWS\.)?(?<name>[A-Z][A-Za-z0-9]{1,40}?)(?:\.DocumentClient|Client)?\(/g,
]
/** What all have in common, found faster in texts without code. */
const anyClient = /\bclient\(|\bresource\(|\bnew [A-Z]/

/** The services of clients, by the names of their variables; of a name used twice nothing is known. */
export function clientsOf(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  if (!anyClient.test(text)) return found
  const ambiguous = new Set<string>()
  for (const shape of made)
    for (const { groups } of text.matchAll(shape)) {
      const { variable = '', name = '' } = groups ?? {}
      const service = prefixFor(name)
      if (service === null) continue
      if ((found.get(variable) ?? service) !== service) ambiguous.add(variable)
      found.set(variable, service)
    }
  for (const variable of ambiguous) found.delete(variable)
  return found
}
