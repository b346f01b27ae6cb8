import { ownValue } from '../iam/own-value.ts'
import type { ActionFacts } from '../action-catalogue/action-catalogue.ts'
import { formatArn, parseArn } from '../iam/arn.ts'
import type { Surroundings } from './caller.ts'
import { fillPattern } from './fill-pattern.ts'

/** A resource that a text names: the ARN itself, or a pattern where parts of it are hidden or missing. */
export interface NamedResource {
  readonly resource: string | null
  readonly patterns: readonly string[]
}

const iamKinds: Readonly<Record<string, string>> = {
  role: 'role',
  user: 'user',
  group: 'group',
  policy: 'policy',
  'instance profile': 'instance-profile',
  'server certificate': 'server-certificate',
}

const whole = (resource: string): NamedResource => ({ resource, patterns: [] })
const asFarAsKnown = (text: string): NamedResource =>
  /<\w+>|\?{6}/u.test(text) ? { resource: null, patterns: [text] } : whole(text)

/** Quotes, percent signs and blanks that copying put into an ARN. */
const tidy = (text: string): string => {
  const bare = text.trim().replaceAll(/^["'`\u201c\u201d\u2018\u2019]+|["'`\u201c\u201d\u2018\u2019]+$/gu, '')
  if (!bare.startsWith('arn:') && !bare.startsWith('arn%3A')) return bare
  if (!/%(?:3A|2F)/iu.test(bare)) return bare
  try {
    return decodeURIComponent(bare)
  } catch {
    return bare
  }
}

const digitsOnly = (account: string): boolean => /^\d*$/u.test(account) || account === 'aws' || account.includes('*/')

/** An ARN whose account somebody masked gets the caller's account, or a marked placeholder. */
const unmasked = (text: string, around: Surroundings): NamedResource => {
  const arn = parseArn(text)
  if (arn === null) return whole(text)
  if (digitsOnly(arn.account) || (arn.account === '*' && arn.resource.startsWith('*'))) return whole(text)
  return asFarAsKnown(formatArn({ ...arn, account: around.account ?? '<AccountId>' }))
}

const queueOfUrl = (url: string, around: Surroundings): NamedResource | null => {
  const [, , host = '', account = '', name = ''] = url.split('/')
  const labels = host.split('.')
  if (account === '' || name === '' || !(labels[0] === 'sqs' || labels[1] === 'queue')) return null
  const region = (labels[0] === 'sqs' ? labels[1] : labels[0]) ?? around.region ?? '<Region>'
  return asFarAsKnown(formatArn({ partition: around.partition, service: 'sqs', region, account, resource: name }))
}

const iamShortForm = (text: string, around: Surroundings): NamedResource | null => {
  const kind = Object.keys(iamKinds).find((word) => text.startsWith(`${word} `))
  if (kind === undefined) return null
  const name = text.slice(kind.length + 1).trim()
  if (name.startsWith('arn:')) return unmasked(name, around)
  const resource = `${ownValue(iamKinds, kind) ?? kind}/${name.replace(/^\/+/u, '')}`
  const account = around.account ?? '<AccountId>'
  return asFarAsKnown(formatArn({ partition: around.partition, service: 'iam', region: '', account, resource }))
}

/** ARN without `arn:` or without `arn:aws:` in front. */
const beheaded = (text: string, facts: ActionFacts | null, around: Surroundings): NamedResource | null => {
  if (/^aws[a-z-]*:[a-z0-9-]+:/u.test(text)) return unmasked(`arn:${text}`, around)
  const service = facts?.action.split(':')[0]
  return service !== undefined && text.startsWith(`${service}:`) && text.split(':').length >= 4
    ? unmasked(`arn:${around.partition}:${text}`, around)
    : null
}

/** `table/orders`, `function:greet` or just a name, completed by the action's resource types. */
const byResourceType = (text: string, facts: ActionFacts | null, around: Surroundings): NamedResource | null => {
  const types = facts?.resourceTypes ?? []
  for (const type of types) {
    const tail = type.arnPattern.split(':').slice(5).join(':')
    const kind = tail.slice(0, tail.indexOf('${'))
    if (kind === '' || !text.startsWith(kind) || text.length === kind.length) continue
    const head = type.arnPattern.slice(0, type.arnPattern.length - tail.length)
    return asFarAsKnown(fillPattern({ ...type, arnPattern: head + text }, around, () => null).text)
  }
  const plainName = /^[\w.+=@/-]+$/u.test(text) && !/^\+?\d{6,}$/u.test(text)
  const nameable = types.filter(
    (type) => (type.arnPattern.split(':').slice(5).join(':').match(/\$\{/gu) ?? []).length === 1,
  )
  const type = nameable.find((candidate) => candidate.required) ?? nameable[0]
  if (!plainName || type === undefined) return null
  return asFarAsKnown(fillPattern(type, around, () => text.replace(/^\/+/u, '')).text)
}

/**
 * `arn:aws:dynamodb:eu-west-1:111122223333:tab...`: what it starts with is known, and that no policy may name it so.
 * Where the last part alone is gone, the rest stands.
 */
const cutOff = (stem: string, facts: ActionFacts | null, around: Surroundings): NamedResource => {
  const [, partition = '', service = '', region = '', account = '', ...tail] = stem.split(':')
  const start = tail.join(':')
  const known = {
    partition: partition === '' ? around.partition : partition,
    region: tail.length > 0 && region !== '' ? region : around.region,
    account: tail.length > 0 && account !== '' && digitsOnly(account) ? account : around.account,
  }
  const patterns = (facts?.resourceTypes ?? []).flatMap((type) => {
    const resource = type.arnPattern.split(':').slice(5).join(':')
    const fixed = resource.slice(0, resource.indexOf('${'))
    if (type.arnPattern.split(':')[2] !== service || !(start.startsWith(fixed) || fixed.startsWith(start))) return []
    const last = /\$\{(\w+)\}$/u.exec(resource)?.[1]
    const isAtPart = start.length > fixed.length && /[/:]$/u.test(start) && last !== undefined
    return [isAtPart ? `${stem}<${last}>` : fillPattern(type, known, () => null).text]
  })
  return { resource: null, patterns: patterns.slice(0, 4) }
}

/**
 * The resource that a message or a hint names, as an ARN: IAM's short forms, queue URLs, `s3://` addresses,
 * ARNs that lost their beginning, names that only the action's resource type completes.
 */
export const resourceOfText = (printed: string, facts: ActionFacts | null, around: Surroundings): NamedResource => {
  const text = tidy(printed)
  const stem = /^(arn:.*[^.])(?:\.{3}|\u2026)$/u.exec(text)?.[1]
  if (stem !== undefined) return cutOff(stem, facts, around)
  if (text.startsWith('arn:')) return unmasked(text, around)
  if (text === '*' || text === '') return whole('*')
  if (text.startsWith('s3://')) return whole(`arn:${around.partition}:s3:::${text.slice('s3://'.length)}`)
  if (text.startsWith('https://')) return queueOfUrl(text, around) ?? { resource: null, patterns: [] }
  return (
    iamShortForm(text, around) ?? beheaded(text, facts, around) ?? byResourceType(text, facts, around) ?? whole(text)
  )
}
