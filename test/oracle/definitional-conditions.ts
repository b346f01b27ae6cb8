import { type Case, fill, like, type V, AND, NOT, OR } from './definitional-values.ts'

// ---- 1: derived keys, and the three states of a key

/** The key's values, null where the request is known not to have it, undefined where nobody knows. */
export const keyValue = (key: string, { request }: Case): string[] | null | undefined => {
  const name = key.toLowerCase()
  const given = Object.entries(request.context).find(([known]) => known.toLowerCase() === name)
  if (given !== undefined) {
    const [, value] = given
    if (value === null) return null
    if (typeof value === 'string') return [value]
    return value.length === 0 ? null : [...value]
  }
  const { principal } = request
  const { type, arn } = principal
  const session = type === 'assumed-role' || type === 'role'
  const elsewhere = request.contextComplete ? null : undefined
  if (name === 'aws:resourceaccount') return request.resourceAccount === null ? undefined : [request.resourceAccount]
  if (type === 'unknown' && (name.startsWith('aws:principal') || name === 'aws:username' || name === 'aws:userid'))
    return undefined
  switch (name) {
    case 'aws:principalaccount':
      return type === 'anonymous' ? null : arn === undefined ? elsewhere : [arn.split(':')[4]!]
    case 'aws:principalarn':
      if (type === 'anonymous') return null
      if (type === 'role') return [arn!]
      if (session) return principal.roleArn === undefined ? undefined : [principal.roleArn]
      return arn === undefined ? elsewhere : [arn]
    case 'aws:principaltype': {
      if (session) return ['AssumedRole']
      const names: Record<string, string> = {
        user: 'User',
        'federated-user': 'FederatedUser',
        root: 'Account',
        anonymous: 'Anonymous',
      }
      return names[type] === undefined ? elsewhere : [names[type]]
    }
    case 'aws:username':
      return type === 'user' ? [arn!.split('/').at(-1)!] : null
    case 'aws:principalisawsservice':
      return [String(type === 'service')]
    case 'aws:userid':
      if (type === 'root') return [arn!.split(':')[4]!]
      return session ? undefined : elsewhere
    default:
      return elsewhere
  }
}

// ---- 7.2: one request value against one policy value

const number = (text: string): number | null => (/^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(text) ? parseFloat(text) : null)

const instant = (text: string): number | null => {
  if (/^\d{5,}$/.test(text)) return Number(text) * 1000
  if (!/^\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?)?)?$/.test(text)) return null
  const zoned = text.includes('T') && !/(Z|[+-]\d\d:\d\d)$/.test(text) ? `${text}Z` : text
  const time = Date.parse(zoned)
  return Number.isNaN(time) ? null : time
}

/** Sixteen bits a group for IPv6, eight for IPv4; as a string of bits. Plain forms only, which is all that we generate. */
const bits = (address: string): string | null => {
  if (/^\d+\.\d+\.\d+\.\d+$/.test(address))
    return `4${address
      .split('.')
      .map((part) => Number(part).toString(2).padStart(8, '0'))
      .join('')}`
  if (!address.includes(':')) return null
  const [left = '', right] = address.split('::')
  const head = left === '' ? [] : left.split(':')
  const tail = right === undefined || right === '' ? [] : right.split(':')
  const middle = right === undefined ? [] : new Array<string>(8 - head.length - tail.length).fill('0')
  const groups = [...head, ...middle, ...tail]
  return `6${groups.map((group) => parseInt(group, 16).toString(2).padStart(16, '0')).join('')}`
}

const inBlock = (found: string, block: string): boolean => {
  const [address = '', length] = block.split('/')
  const [host = '', hostLength] = found.split('/')
  const [a, b] = [bits(host), bits(address)]
  if (a === null || b === null || a[0] !== b[0]) return false
  const wanted = length === undefined ? b.length - 1 : Number(length)
  const own = hostLength === undefined ? a.length - 1 : Number(hostLength)
  return own >= wanted && a.slice(0, wanted + 1) === b.slice(0, wanted + 1)
}

type Test = (found: string, wanted: string, version2012: boolean, c: Case) => V

const certain = (value: boolean): V => (value ? 'T' : 'F')

/** Compares text, with variables where the version has them. */
const text =
  (wildcards: boolean, ignoreCase: boolean): Test =>
  (found, wanted, version2012, c) => {
    const fold = (value: string): string => (ignoreCase ? value.toLowerCase() : value)
    if (!version2012) return certain(wildcards ? like(wanted, found) : fold(wanted) === fold(found))
    const filled = fill(wanted, (key) => keyValue(key, c))
    if (filled === 'none') return 'F'
    const signs = filled.signs(wildcards).map((s) => (typeof s === 'object' ? { exactly: fold(s.exactly) } : s))
    if (!filled.matchSigns(signs, fold(found))) return 'F'
    return filled.unknown ? 'U' : 'T'
  }

const arn: Test = (found, wanted, version2012, c) => {
  const filled = version2012 ? fill(wanted, (key) => keyValue(key, c)) : null
  if (filled === 'none') return 'F'
  type Sign = ReturnType<Exclude<typeof filled, null>['signs']>[number]
  const plain = Array.from(wanted, (char): Sign => (char === '*' ? 'run' : char === '?' ? 'one' : { exactly: char }))
  const signs = filled === null ? plain : filled.signs(true)
  const wantedParts: Sign[][] = [[]]
  for (const sign of signs)
    if (typeof sign === 'object' && sign.exactly === ':' && wantedParts.length < 6) wantedParts.push([])
    else wantedParts.at(-1)!.push(sign)
  const foundParts = found.split(':')
  if (foundParts.length < 6) return 'F'
  const six = [...foundParts.slice(0, 5), foundParts.slice(5).join(':')]
  const match = (pattern: Sign[], value: string): boolean => {
    const [head, ...rest] = pattern
    if (head === undefined) return value === ''
    if (head === 'run') return match(rest, value) || (value !== '' && match(pattern, value.slice(1)))
    return value !== '' && (head === 'one' || head.exactly === value[0]) && match(rest, value.slice(1))
  }
  // A variable that is a whole ARN and unknown could be any.
  if (wantedParts.length < 6) return filled?.unknown === true && match(signs, found) ? 'U' : 'F'
  if (!wantedParts.every((part, i) => match(part, six[i]!))) return 'F'
  return filled?.unknown === true ? 'U' : 'T'
}

const compare =
  (read: (text: string) => number | null, holds: (a: number, b: number) => boolean): Test =>
  (found, wanted) => {
    const [a, b] = [read(found), read(wanted)]
    return certain(a !== null && b !== null && holds(a, b))
  }

const bool: Test = (found, wanted, version2012, c) => {
  if (!['true', 'false'].includes(found.toLowerCase())) return 'F'
  return text(false, true)(found, wanted, version2012, c)
}

const orderings: Record<string, (a: number, b: number) => boolean> = {
  equals: (a, b) => a === b,
  lessthan: (a, b) => a < b,
  lessthanequals: (a, b) => a <= b,
  greaterthan: (a, b) => a > b,
  greaterthanequals: (a, b) => a >= b,
}

/** The test behind an operator's positive form. */
const testOf = (operator: string): Test => {
  const number_ = /^numeric(.*)$/.exec(operator)?.[1]
  if (number_ !== undefined) return compare(number, orderings[number_]!)
  const date = /^date(.*)$/.exec(operator)?.[1]
  if (date !== undefined) return compare(instant, orderings[date]!)
  switch (operator) {
    case 'stringequals':
      return text(false, false)
    case 'stringequalsignorecase':
      return text(false, true)
    case 'stringlike':
      return text(true, false)
    case 'arnequals':
    case 'arnlike':
      return arn
    case 'bool':
      return bool
    case 'binaryequals':
      return (found, wanted) => certain(Buffer.from(found, 'base64').equals(Buffer.from(wanted, 'base64')))
    case 'ipaddress':
      return (found, wanted) => certain(inBlock(found, wanted))
    default:
      throw new Error(`no such operator: ${operator}`)
  }
}

// ---- 7.1 and 7.3

const oneKey = (operator: string, key: string, wanted: string[], version2012: boolean, c: Case): V => {
  const lower = operator.toLowerCase()
  const set = /^(forallvalues|foranyvalue):/.exec(lower)?.[1]
  const ifExists = lower.endsWith('ifexists')
  const bare = lower.replace(/^for\w+:/, '').replace(/ifexists$/, '')
  const found = keyValue(key, c)
  const absent = (): V => {
    if (ifExists) return 'T'
    if (set !== undefined) return set === 'forallvalues' ? 'T' : 'F'
    return bare.includes('not') ? 'T' : 'F'
  }
  if (bare === 'null') {
    const missing = wanted.includes('true') ? 'T' : 'F'
    const present = wanted.includes('false') ? 'T' : 'F'
    if (found === undefined) return missing === present ? missing : 'U'
    return found === null ? missing : present
  }
  const negated = bare.includes('not')
  if (found === undefined) {
    // 2: known all the same where every state of the key gives the same.
    const takesAll = (bare === 'stringlike' || bare === 'stringnotlike') && wanted.some((w) => /^\*+$/.test(w))
    const present: V = takesAll ? (negated ? 'F' : 'T') : 'U'
    return present === absent() ? present : 'U'
  }
  if (found === null) return absent()
  const test = testOf(bare.replace('not', ''))
  const one = (value: string): V => {
    const any = wanted.map((w) => test(value, w, version2012, c)).reduce(OR, 'F')
    return negated ? NOT(any) : any
  }
  if (set === undefined) return found.length > 1 ? 'F' : one(found[0]!)
  return set === 'forallvalues' ? found.map(one).reduce(AND, 'T') : found.map(one).reduce(OR, 'F')
}

export const conditionValue = (
  block: Record<string, Record<string, unknown>> | undefined,
  version2012: boolean,
  c: Case,
): V => {
  let all: V = 'T'
  for (const [operator, keys] of Object.entries(block ?? {}))
    for (const [key, value] of Object.entries(keys)) {
      const wanted = (Array.isArray(value) ? value : [value]).map(String)
      all = AND(all, oneKey(operator, key, wanted, version2012, c))
    }
  return all
}
