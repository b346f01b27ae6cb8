import ipaddr from 'ipaddr.js'
import { publicSecretMasks, secretMasks, type Mask, type SecretMask } from './secret-masks.ts'

/*
 * Two copies of a text: one without secrets, for everything that is stored or shown again, and one that is safe to
 * post in a public forum. Both work on the text as it is: line breaks and escapes stay where they are.
 */

const frame = String.raw`(?:[\s\u2500-\u257f|>\\]|\\n|\u001b\[[0-9;]{0,12}m)`
/** The sentence before a blob, over the line breaks of terminals; the names of the field and of the option. */
const encodedSentence = new RegExp(
  String.raw`encoded(?:${frame}{1,40}(?:authorization${frame}{1,40}(?:failure${frame}{1,40})?)?message:?|[_-]?(?:authorization[_-]?)?message(?:\\{0,7}["'])?\s{0,4}[=:\s]\s{0,4}(?:\\{0,7}["'])?(?=[A-Za-z0-9_+/=-]{16}))`,
  'gi',
)
const encodedSign = String.raw`encoded(?:[\s\u2500-\u257f|>\\\u001b]|[_-]?(?:authorization[_-]?)?message\\{0,7}[\"']?\s{0,4}[=:\s]\s{0,4}\\{0,7}[\"']?[a-z0-9_+/=-]{16})`
const signsOf = (masks: readonly SecretMask[]): readonly string[] => [...new Set(masks.map(({ sign }) => sign))]
// By themselves, those of which the case of letters is known are looked for five times as fast.
const exactSign = new RegExp(signsOf(secretMasks.filter(({ pattern }) => !pattern.ignoreCase)).join('|'))
const looseSign = new RegExp(
  [...signsOf(secretMasks.filter(({ pattern }) => pattern.ignoreCase)), encodedSign].join('|'),
  'i',
)

/** An access key id; everything else that is masked is longer. */
export const shortestSecret = 16

/** False: the text certainly has nothing that `maskSecrets` would change. Far cheaper than to try every pattern. */
export const mayHoldSecrets = (text: string): boolean =>
  text.length >= shortestSecret && (exactSign.test(text) || looseSign.test(text))

/** The same text without access key ids, secret keys, tokens, signatures, encoded messages and authorization ids. */
export function maskSecrets(text: string): string {
  return mayHoldSecrets(text) ? maskBlobs(apply(text, secretMasks)) : text
}

/**
 * A copy that may be posted in public: secrets, account and organization ids, access keys, e-mail and IP addresses
 * are replaced, the same value always by the same replacement, so that the text still tells its story.
 */
export function redactPaste(text: string): string {
  const accounts = numbered((index) => String(111122223332 + index))
  const organizations = numbered((index) => `o-example${index}`)
  const mails = numbered((index) => `user${index}@example.com`)
  const addresses = numbered((index) => `192.0.2.${((index - 1) % 254) + 1}`)
  return apply(maskSecrets(text), [
    ...publicSecretMasks,
    { pattern: /\bo-[a-z0-9]{10,32}\b/g, replace: organizations },
    {
      pattern: /\b(?:r-[a-z0-9]{4,32}|ou-[a-z0-9]{4,32}-[a-z0-9]{8,32})\b/g,
      replace: (id) => `${id.slice(0, id.indexOf('-'))}-example`,
    },
    { pattern: /[\w.+-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,24}\b/gi, replace: mails },
    { pattern: /(?<![\w.-])(?:\d{1,3}\.){3}\d{1,3}(?![\w.])/g, replace: addresses },
    { pattern: /(?<![\w:.])[0-9a-f:]{2,39}(?![\w:])/gi, replace: (text) => (isIpv6(text) ? '2001:db8::1' : text) },
    { pattern: /(?:(?<![\w.-])|(?<=%(?:25){0,3}3a))\d{12}(?!\d)/gi, replace: accounts },
    { pattern: /(?<=\barn:[a-z-]{3,12}:[\w-]{1,40}:[\w-]{0,30}:)(?:\d{4,11}|\d{13,16})(?=:)/g, replace: accounts },
    { pattern: /\b(?:AIDA|AROA|AGPA|ANPA|AIPA)[A-Z0-9]{12,124}\b/g, replace: (id) => `${id.slice(0, 4)}EXAMPLEID` },
  ])
}

/** Not a time of day or a number of a line; the loopback address tells nothing. */
const isIpv6 = (text: string): boolean => text.length > 5 && ipaddr.IPv6.isValid(text)

function apply(text: string, masks: readonly Mask[]): string {
  let masked = text
  for (const { pattern, replace } of masks)
    masked = masked.replace(pattern, (whole: string, ...groups: unknown[]) => {
      const [inner] = groups
      if (typeof inner !== 'string') return replace(whole)
      const at = whole.lastIndexOf(inner)
      return whole.slice(0, at) + replace(inner) + whole.slice(at + inner.length)
    })
  return masked
}

/** Blobs are masked over the line breaks that terminals put into them. */
function maskBlobs(text: string): string {
  const parts: string[] = []
  let done = 0
  for (const sentence of text.matchAll(encodedSentence)) {
    const start = sentence.index + sentence[0].length
    if (start < done) continue
    const end = blobEnd(text, start)
    if (end === start) continue
    parts.push(text.slice(done, start), ' ****ENCODED-MESSAGE****')
    done = end
  }
  return parts.length === 0 ? text : parts.join('') + text.slice(done)
}

const gap = new RegExp(`${frame}{1,40}`, 'y')
const piece = /[A-Za-z0-9_+/=-]{3,20000}/y

function blobEnd(text: string, start: number): number {
  let position = start
  for (let pieces = 0; pieces < 400; pieces++) {
    gap.lastIndex = position
    const next = gap.test(text) ? gap.lastIndex : position
    piece.lastIndex = next
    const found = piece.exec(text)?.[0]
    if (found === undefined || (pieces > 0 && found.length < 24)) break
    position = piece.lastIndex
  }
  return position
}

/** Gives the n-th distinct value its n-th name. */
function numbered(name: (index: number) => string): (found: string) => string {
  const names = new Map<string, string>()
  return (found) => {
    const known = names.get(found)
    if (known !== undefined) return known
    const fresh = name(names.size + 1)
    names.set(found, fresh)
    return fresh
  }
}
