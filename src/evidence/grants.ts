import { isObject } from '../iam/json.ts'

interface Asked {
  readonly action: string
  readonly resource: string | null
}

/**
 * Does a document allow one of the requests outright? Enough to point at a policy that is not attached; statements with
 * conditions, exceptions or variables are for the evaluation and count as none here.
 */
export function grantsOutright(document: unknown, requests: readonly Asked[]): boolean {
  if (!isObject(document)) return false
  const statements = [document['Statement']].flat().filter(isObject)
  return statements.some(
    (statement) =>
      statement['Effect'] === 'Allow' &&
      statement['Condition'] === undefined &&
      requests.some(
        ({ action, resource }) =>
          textsOf(statement['Action']).some((pattern) => fits(pattern.toLowerCase(), action.toLowerCase())) &&
          textsOf(statement['Resource']).some((pattern) => fits(pattern, resource ?? '*')),
      ),
  )
}

/**
 * Does a document open far more than anything that was asked: wildcards for actions on every resource, or all but what
 * it names? Nobody attaches that for one request.
 */
export function opensWidely(document: unknown): boolean {
  if (!isObject(document)) return false
  const statements = [document['Statement']].flat().filter(isObject)
  return statements.some(
    (statement) =>
      statement['Effect'] === 'Allow' &&
      (statement['NotAction'] !== undefined ||
        statement['NotResource'] !== undefined ||
        (textsOf(statement['Resource']).includes('*') &&
          textsOf(statement['Action']).some((pattern) => pattern.includes('*')))),
  )
}

const textsOf = (value: unknown): readonly string[] =>
  [value].flat().filter((item): item is string => typeof item === 'string')

/** `*` as a wildcard, searched piece by piece from the left; patterns with `?` or a variable are not decided here. */
function fits(pattern: string, text: string): boolean {
  if (pattern.includes('?') || pattern.includes('${')) return false
  const [first = '', ...pieces] = pattern.split('*')
  const last = pieces.pop()
  if (last === undefined) return pattern === text
  if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last)) return false
  const end = text.length - last.length
  let at = first.length
  for (const piece of pieces) {
    const found = text.indexOf(piece, at)
    if (found < 0 || found + piece.length > end) return false
    at = found + piece.length
  }
  return true
}
