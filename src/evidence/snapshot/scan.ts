/**
 * Finds the entries of a snapshot without building its objects: a dump of a large organization has hundreds of
 * megabytes, of which one answer needs a few kilobytes. Yields to the event loop, so that a service stays responsive
 * while it reloads.
 */

/** The lists of `get-account-authorization-details`, and the parts of our own additional files. */
const snapshotLists = ['UserDetailList', 'RoleDetailList', 'GroupDetailList', 'Policies'] as const
const snapshotParts = ['Organization', 'Accounts', 'Targets', 'ResourcePolicies'] as const
export type SnapshotList = (typeof snapshotLists)[number]
type SnapshotPart = (typeof snapshotParts)[number]

interface SnapshotVisitor {
  entry(list: SnapshotList, start: number, end: number): void
  part(name: SnapshotPart, start: number, end: number): void
  /** A list was seen, be it empty. */
  list(name: SnapshotList): void
  progress(bytes: number): void
}

export class NotASnapshot extends Error {}

const [quote, backslash, comma, colon] = [0x22, 0x5c, 0x2c, 0x3a]
const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d]
const longestName = 20
const sliceMilliseconds = 10

const isList = (name: string): name is SnapshotList => (snapshotLists as readonly string[]).includes(name)
const isPart = (name: string): name is SnapshotPart => (snapshotParts as readonly string[]).includes(name)

/** Walks over the JSON text, several documents one after the other included; throws where it is cut or unbalanced. */
export async function scanSnapshot(bytes: Buffer, visitor: SnapshotVisitor): Promise<void> {
  const pause = pauser()
  let at = 0
  let open = 0
  let name = ''
  let text: readonly [number, number] = [0, 0]
  while (at < bytes.length) {
    const byte = bytes[at]
    if (byte === quote) {
      const end = stringEnd(bytes, at)
      text = [at + 1, end]
      at = end + 1
      continue
    }
    if (byte === colon) name = text[1] - text[0] > longestName ? '' : bytes.toString('latin1', text[0], text[1])
    else if (byte === comma) name = ''
    else if (byte === openBracket && isList(name)) {
      visitor.list(name)
      for (const [start, end] of elements(bytes, at)) {
        if (bytes[start] === openBrace) visitor.entry(name, start, end)
        at = end
        if (await pause()) visitor.progress(at)
      }
      at = bytes.indexOf(closeBracket, at)
      if (at < 0) throw new NotASnapshot('cut')
      name = ''
    } else if (byte === openBrace && isPart(name)) {
      const end = valueEnd(bytes, at)
      visitor.part(name, at, end)
      at = end - 1
      name = ''
    } else if (byte === openBrace || byte === openBracket) {
      open += 1
      name = ''
    } else if (byte === closeBrace || byte === closeBracket) open -= 1
    if (open < 0) throw new NotASnapshot('unbalanced')
    at += 1
  }
  if (open !== 0) throw new NotASnapshot('cut')
  visitor.progress(bytes.length)
}

/** Start and end of each element of the array that opens at `at`. */
function* elements(bytes: Buffer, at: number): Generator<readonly [number, number]> {
  let start = next(bytes, at + 1)
  while (bytes[start] !== closeBracket) {
    const end = valueEnd(bytes, start)
    // Nothing would ever move on from a bracket or comma in a value's place.
    if (end === start) throw new NotASnapshot('unbalanced')
    yield [start, end]
    start = next(bytes, end)
    if (bytes[start] === comma) start = next(bytes, start + 1)
  }
}

/** The next byte that is no white space. */
function next(bytes: Buffer, from: number): number {
  let at = from
  while (at < bytes.length && (bytes[at] ?? 0) <= 0x20) at += 1
  if (at >= bytes.length) throw new NotASnapshot('cut')
  return at
}

/** Index behind the value that starts at `from`. */
function valueEnd(bytes: Buffer, from: number): number {
  let open = 0
  for (let at = from; at < bytes.length; at += 1) {
    const byte = bytes[at]
    if (byte === quote) at = stringEnd(bytes, at)
    else if (byte === openBrace || byte === openBracket) open += 1
    else if (byte === closeBrace || byte === closeBracket) open -= 1
    if (open === 0 && (byte === quote || byte === closeBrace || byte === closeBracket)) return at + 1
    if (open < 0 || (open === 0 && byte === comma)) return at
  }
  throw new NotASnapshot('cut')
}

/** Index of the quote that ends the string which begins at `from`. */
function stringEnd(bytes: Buffer, from: number): number {
  for (let at = from + 1; at < bytes.length; at += 1) {
    const byte = bytes[at]
    if (byte === backslash) at += 1
    else if (byte === quote) return at
  }
  throw new NotASnapshot('cut')
}

/** Lets others run when a slice of time is used up; says whether it did. */
function pauser(): () => Promise<boolean> | false {
  let since = performance.now()
  return () => {
    if (performance.now() - since < sliceMilliseconds) return false
    return new Promise((resolve) => {
      setImmediate(() => {
        since = performance.now()
        resolve(true)
      })
    })
  }
}
