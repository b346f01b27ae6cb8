import { maskSecrets, mayHoldSecrets, shortestSecret } from '../denial/redact.ts'
import { isObject } from '../iam/json.ts'
import type { Reply } from './schema.ts'

/**
 * Every string of a value with access keys, tokens and signatures masked: a paste may hold them anywhere. Nearly all
 * values have none, and are given back as they are: all their strings are looked at as one text, which costs less than
 * to look at each.
 */
export function maskDeep<Value>(value: Value): Value {
  const texts: string[] = []
  collect(value, texts)
  return holdSecrets(texts) ? (mask(value) as Value) : value
}

/** The same for a reply, whose plan repeats the commands of its remedies. */
export function maskReply(reply: Reply): Reply {
  const { plan, ...rest } = reply
  const texts: string[] = []
  collect(rest, texts)
  const remedies = reply.diagnoses.flatMap(({ causes }) => causes.flatMap((cause) => cause.remedies))
  const seen = new Set(remedies.map(({ commands }) => commands))
  for (const { commands, ...step } of plan) {
    collect(step, texts)
    if (!seen.has(commands)) collect(commands, texts)
  }
  return holdSecrets(texts) ? (mask(reply) as Reply) : reply
}

const holdSecrets = (texts: readonly string[]): boolean => mayHoldSecrets(texts.join('\n'))

const withoutSecrets = new WeakSet()

/** A part that many replies share: it is looked through once, and not again with each of them. */
export function shared<Part extends object>(part: Part): Part {
  const texts: string[] = []
  collect(part, texts)
  if (!holdSecrets(texts)) withoutSecrets.add(part)
  return part
}

/** All strings and names of fields that are long enough for a secret. */
function collect(value: unknown, texts: string[]): void {
  if (typeof value === 'string') {
    if (value.length >= shortestSecret) texts.push(value)
  } else if (Array.isArray(value)) {
    if (value.length > 0 && !withoutSecrets.has(value)) for (const item of value) collect(item, texts)
  } else if (isObject(value)) {
    for (const key in value) {
      if (key.length >= shortestSecret) texts.push(key)
      collect(value[key], texts)
    }
  }
}

function mask(value: unknown): unknown {
  if (typeof value === 'string') return maskSecrets(value)
  if (Array.isArray(value)) return value.map(mask)
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [maskSecrets(key), mask(member)]))
}
