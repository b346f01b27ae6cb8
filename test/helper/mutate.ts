/** Seeded mutations of text and of JSON, for fuzzing: the shapes that break parsers, not noise. */

export interface Random {
  /** A whole number from 0 up to, but not including, the limit. */
  below(limit: number): number
  pick<T>(choices: readonly T[]): T
  chance(oneIn: number): boolean
}

/** Mulberry32: small, and the same numbers for the same seed everywhere. */
export function seeded(seed: number): Random {
  let state = seed >>> 0
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % Math.max(1, limit)
  }
  const pick = <T>(choices: readonly T[]): T => {
    const choice = choices[below(choices.length)]
    if (choice === undefined) throw new Error('nothing to pick from')
    return choice
  }
  return { below, pick, chance: (oneIn) => below(oneIn) === 0 }
}

/** Words that parsers look for, whole and broken, and values that trip them. */
const markers = [
  'is not authorized to perform: ',
  'User: arn:aws:sts::111122223333:assumed-role/',
  'An error occurred (AccessDenied) when calling the ',
  ' on resource: ',
  ' because no identity-based policy allows the ',
  ' with an explicit deny in a service control policy: arn:aws:organizations::',
  'Encoded authorization failure message: ',
  'arn:aws:',
  'AccessDenied',
  '<Error><Code>AccessDenied</Code><Message>',
  '{"Records":[',
  '{"eventVersion":"1.08","errorCode":"AccessDenied",',
  '"errorMessage":"',
  'aws s3 cp s3://',
  '```',
  '> ',
  '\\"',
  '\\\\u0022',
  '&quot;',
  '%22',
  '${',
  '\u001b[31m',
  '\u001b]8;;',
  '__proto__',
  'constructor',
  'toString',
  '"__proto__":{"polluted":true},',
  '1e999',
  '-0',
  '9'.repeat(400),
  '\u0000',
  '\uD800',
  '\uDC00',
  '\u202E',
  '\u200B',
  '\uFEFF',
  'e\u0301\u0301\u0301',
  '\r\n',
  '\t',
  '\u2028',
  '<script>alert(1)</script>',
  ']]>',
  '://',
  ': ',
  '/',
  '*',
  '?',
] as const

const escapes: readonly ((text: string) => string)[] = [
  (text) => JSON.stringify(text),
  (text) => JSON.stringify({ message: text, level: 'error' }),
  (text) => encodeURIComponent(text.replace(/[\uD800-\uDFFF]/gu, '')),
  (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;'),
  (text) => Buffer.from(text).toString('base64'),
  (text) => text.replaceAll('\n', '\\n'),
  (text) => text.replace(/(.{1,60})/gu, '$1\n  '),
  (text) => text.replaceAll('\n', '\n> '),
  (text) => Array.from(text, (character) => `${character}\u200B`).join(''),
  (text) => Array.from(text, (character) => `${character}\u0000`).join(''),
]

const opening = ['{', '[', '(', '<a>', '{"a":', '[[{"a":[', '"', "'", '\\', '\\"', '<', '&', '%'] as const
const runs = ['a', '0', ':', '/', ' ', '.', '-', 'Aa1', 'arn:', '\n', '=', '@', 'é', '😀', ', '] as const

type TextMutation = (text: string, other: string, random: Random, size: number) => string

const insert = (text: string, piece: string, random: Random): string => {
  const at = random.below(text.length + 1)
  return text.slice(0, at) + piece + text.slice(at)
}
const cut = (text: string, random: Random): readonly [number, number] => {
  const start = random.below(text.length + 1)
  return [start, start + random.below(text.length - start + 1)]
}
const repeat = (piece: string, size: number): string => piece.repeat(Math.max(1, Math.floor(size / piece.length)))

const textMutations: readonly TextMutation[] = [
  // splice
  (text, other, random) => text.slice(0, random.below(text.length)) + other.slice(random.below(other.length)),
  (text, other, random) => insert(text, other, random),
  // duplicate
  (text, _other, random) => insert(text, text.slice(...cut(text, random)), random),
  // truncate
  (text, _other, random) => text.slice(0, random.below(text.length)),
  (text, _other, random) => text.slice(random.below(text.length)),
  // drop
  (text, _other, random) => {
    const [start, end] = cut(text, random)
    return text.slice(0, start) + text.slice(Math.min(end, start + 20))
  },
  // one character
  (text, _other, random) => {
    const at = random.below(text.length)
    return text.slice(0, at) + String.fromCharCode(random.below(random.chance(2) ? 128 : 65_536)) + text.slice(at + 1)
  },
  // a marker or a value
  (text, _other, random) => insert(text, random.pick(markers), random),
  (text, _other, random) => insert(text, random.pick(markers) + random.pick(markers), random),
  // escaping, several times over
  (text, _other, random) => random.pick(escapes)(text),
  // a marker again and again, deep nesting, a very long token
  (text, _other, random, size) => insert(text, repeat(random.pick(markers), random.below(size)), random),
  (text, _other, random, size) => insert(text, repeat(random.pick(opening), random.below(size)), random),
  (text, _other, random, size) => insert(text, repeat(random.pick(runs), random.below(size)), random),
  (text, _other, random, size) => repeat(`${text}\n`, random.below(size)),
  (text) => text.toLowerCase(),
]

/** A text after one to four mutations; `size` is about how much may be put in. */
export function mutateText(texts: readonly string[], random: Random, size: number): string {
  let text = random.pick(texts)
  for (let left = 1 + random.below(4); left > 0; left -= 1)
    text = random
      .pick(textMutations)(text, random.pick(texts), random, size)
      .slice(0, 8 * size)
  return text
}

const nested = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth))

/** Values that nobody expects where they stand. */
const oddValues: readonly ((random: Random) => unknown)[] = [
  () => null,
  () => [],
  () => ({}),
  () => '',
  () => '*',
  () => true,
  () => -0,
  () => Number.MAX_VALUE,
  () => '9'.repeat(400),
  () => '\uD800',
  () => '\u0000',
  () => '__proto__',
  () => JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{}}}') as unknown,
  (random) => nested(1 + random.below(random.chance(20) ? 2000 : 100)),
  (random) => '*a'.repeat(random.below(500)),
  (random) => '?*'.repeat(random.below(500)),
  (random) => '${aws:username'.repeat(random.below(50)),
  (random) => "${aws:PrincipalTag/x, '*'}".repeat(random.below(50)),
  (random) => 'arn:aws:s3:::'.repeat(random.below(200)),
  (random) => Array.from({ length: random.below(300) }, (_, index) => `s3:Get${String(index)}*`),
  (random) => Object.fromEntries(Array.from({ length: random.below(100) }, (_, index) => [`key${String(index)}`, '*'])),
  (random) => random.pick(markers),
]

/** A JSON value with one to four of its parts replaced, dropped, renamed, wrapped, or doubled. */
export function mutateJson(value: unknown, random: Random): unknown {
  let mutated = value
  for (let left = 1 + random.below(4); left > 0; left -= 1) mutated = mutateOnce(mutated, random)
  return mutated
}

function mutateOnce(value: unknown, random: Random): unknown {
  const goDeeper = typeof value === 'object' && value !== null && !random.chance(5)
  if (Array.isArray(value) && value.length > 0 && goDeeper) {
    const at = random.below(value.length)
    const item: unknown = value[at]
    if (random.chance(8)) return Array.from({ length: random.below(200) }, () => item)
    return value.map((one: unknown, index) => (index === at ? mutateOnce(one, random) : one))
  }
  if (goDeeper && !Array.isArray(value)) {
    const entries: [string, unknown][] = Object.entries(value)
    const [key, member] = entries[random.below(entries.length)] ?? ['Statement', []]
    const rest = entries.filter(([name]) => name !== key)
    const change = random.below(10)
    if (change === 0) return Object.fromEntries(rest)
    if (change === 1)
      return Object.fromEntries([...rest, [random.pick(['__proto__', 'action', `Not${key}`, '']), member]])
    return Object.fromEntries([...rest, [key, mutateOnce(member, random)]])
  }
  return random.chance(6) ? [value, value] : random.pick(oddValues)(random)
}
