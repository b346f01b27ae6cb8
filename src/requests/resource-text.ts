import { ownValue } from '../iam/own-value.ts'
import type { ActionFacts, ResourceType } from '../action-catalogue/action-catalogue.ts'
import { formatArn, parseArn, type Arn } from '../iam/arn.ts'
import { regionForm } from '../iam/region.ts'
import type { Surroundings } from './caller.ts'
import { digitsOnly, isUnset, withoutGaps } from './arn-gaps.ts'
import { endingIn } from './cut-beginning.ts'
import { stemOf } from './cut-end.ts'
import { fillPattern, tailOf } from './fill-pattern.ts'
import { assignedId } from './new-resources.ts'
import { withAllFields } from './shortened-arn.ts'
import { usualTypes } from './usual-types.ts'

/** A resource that a text names: the ARN itself, or a pattern where parts of it are hidden or missing. */
export interface NamedResource {
  readonly resource: string | null
  readonly patterns: readonly string[]
  /** The one pattern, where all of it but its marked parts is as the text has it. */
  readonly hidden?: string
  /** The ARN as it was shown, where something stands in place of what that hides. */
  readonly shown?: string
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
const asFarAsKnown = (text: string): NamedResource => {
  if (/\?{6}/u.test(text)) return { resource: null, patterns: [text] }
  return /<[^<>]{1,60}>/u.test(text) ? { resource: null, patterns: [text], hidden: text } : whole(text)
}

/** `${AWS::AccountId}`: what CloudFormation has in place of an account, which no request has. */
const withoutPseudoParameters = (text: string): string =>
  text.includes('{AWS::')
    ? text.replaceAll(/\$\{AWS::(AccountId|Region)\}/gu, '<$1>').replaceAll('${AWS::Partition}', 'aws')
    : text

/** Quotes, percent signs and blanks that copying put into an ARN. */
const tidy = (text: string): string => {
  const bare = withoutPseudoParameters(text.trim()).replaceAll(
    /^["'`\u201c\u201d\u2018\u2019]+|["'`\u201c\u201d\u2018\u2019]+$/gu,
    '',
  )
  // Encoded from its start on: within an ARN it is a name, such as that of an API Gateway tag.
  if (!/^arn%3A/iu.test(bare)) return bare
  try {
    return decodeURIComponent(bare)
  } catch {
    return bare
  }
}

/**
 * AWS prints a path of parameters with the slash that it was asked with, and evaluates it without: `path/*` does not fit.
 * The ARN of the parameter `/a/b` has one slash before `a`; with two it is that of no parameter.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-access.html
 */
const asEvaluated = (text: string, facts: ActionFacts | null): string => {
  if (facts?.action.startsWith('ssm:') !== true) return text
  const named = text.replace(/(?<=^arn:[^/]{1,100}:parameter\/)\/+(?=[^/])/u, '')
  return facts.action === 'ssm:GetParametersByPath' ? named.replace(/(?<=:parameter\/[^/].*)\/$/u, '') : named
}

/**
 * An access point's alias stands in place of a bucket's name; policies take the access point's own ARN alone, of which
 * the alias tells the name.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-naming.html#access-points-alias
 */
const accessPointOf = ({ partition, service, resource }: Arn, around: Surroundings): string | null => {
  const [, name, key] = /^([a-z0-9][a-z0-9-]{1,48})-[a-z0-9]{34}-s3alias(?:\/(.*))?$/su.exec(resource) ?? []
  if (service !== 's3' || name === undefined) return null
  const region = around.region ?? '<Region>'
  return `arn:${partition}:s3:${region}:<AccountId>:accesspoint/${name}${key === undefined ? '' : `/object/${key}`}`
}

/**
 * `delivery streams/orders` for `deliverystream/orders`: no ARN has a blank in its kind. `null`: the action has no such
 * type; `undefined`: the blank is in the name.
 */
const withKindOfType = (arn: Arn, facts: ActionFacts | null): Arn | null | undefined => {
  const [, kind, name = ''] = /^([a-z]+(?: [a-z]+)+)\/(\S+)$/iu.exec(arn.resource) ?? []
  if (kind === undefined) return undefined
  const compact = kind.replaceAll(' ', '').toLowerCase()
  for (const type of facts?.resourceTypes ?? []) {
    const tail = tailOf(type)
    const start = tail.slice(0, tail.indexOf('${'))
    const own = start.replaceAll(/[^a-z]/giu, '').toLowerCase()
    if (own !== '' && (own === compact || `${own}s` === compact)) return { ...arn, resource: `${start}${name}` }
  }
  return null
}

/** An ARN with gaps gets the caller's account and Region in their place, or marked placeholders. */
const unmasked = (text: string, facts: ActionFacts | null, around: Surroundings): NamedResource => {
  const arn = parseArn(text)
  if (arn === null) return patternsFor(text, facts, around)
  const point = accessPointOf(arn, around)
  if (point !== null) return asFarAsKnown(point)
  if (/\s/u.test(arn.resource)) {
    const written = withKindOfType(arn, facts)
    if (written === null) return patternsFor(text, facts, around)
    if (written !== undefined) return completed(formatArn(written), facts, around)
  }
  const filled = withoutGaps(arn, facts, around)
  return filled === text ? asFarAsKnown(text) : { ...asFarAsKnown(filled), shown: text }
}

/** A pattern with the text's name in it, which may be none. */
const completed = (text: string, facts: ActionFacts | null, around: Surroundings): NamedResource => {
  const arn = parseArn(text)
  return asFarAsKnown(arn === null ? text : withoutGaps(arn, facts, around))
}

const queueOfUrl = (url: string, facts: ActionFacts | null, around: Surroundings): NamedResource | null => {
  const [, , host = '', account = '', name = ''] = url.split('/')
  const labels = host.split('.')
  if (account === '' || name === '' || !(labels[0] === 'sqs' || labels[1] === 'queue')) return null
  const region = (labels[0] === 'sqs' ? labels[1] : labels[0]) ?? around.region ?? '<Region>'
  const arn = formatArn({ partition: around.partition, service: 'sqs', region, account, resource: name })
  return completed(arn, facts, around)
}

const iamShortForm = (text: string, facts: ActionFacts | null, around: Surroundings): NamedResource | null => {
  const kind = Object.keys(iamKinds).find((word) => text.startsWith(`${word} `))
  if (kind === undefined) return null
  const name = text.slice(kind.length + 1).trim()
  if (name.startsWith('arn:')) return unmasked(name, facts, around)
  const path = kind === 'role' ? pathBefore(name) : ''
  const resource = `${ownValue(iamKinds, kind) ?? kind}/${path}${name.replace(/^\/+/u, '')}`
  const account = around.account ?? '<AccountId>'
  const arn = formatArn({ partition: around.partition, service: 'iam', region: '', account, resource })
  // Where a path is only begun, no single role is named.
  return path === '' ? completed(arn, facts, around) : { resource: null, patterns: [arn] }
}

/**
 * IAM prints the name without the path, which the ARN has. AWS's own roles have known ones; that of IAM Identity Center
 * goes on with a Region, except in us-east-1.
 */
const pathBefore = (name: string): string => {
  if (/^AWSReservedSSO_/u.test(name)) return 'aws-reserved/sso.amazonaws.com/*'
  return /^AWSServiceRoleFor/u.test(name) ? 'aws-service-role/*/' : ''
}

/** ARN without `arn:` or without `arn:aws:` in front. */
const beheaded = (text: string, facts: ActionFacts | null, around: Surroundings): NamedResource | null => {
  if (/^aws[a-z-]*:[a-z0-9-]+:/u.test(text)) return unmasked(`arn:${text}`, facts, around)
  const service = facts?.action.split(':')[0]
  return service !== undefined && text.startsWith(`${service}:`) && text.split(':').length >= 4
    ? unmasked(`arn:${around.partition}:${text}`, facts, around)
    : null
}

const placeholdersOf = (type: ResourceType): readonly string[] =>
  [...tailOf(type).matchAll(/\$\{(\w+)\}/gu)].map((match) => match[1] ?? '')

/** What AWS adds to a name: a policy takes a wildcard for it. */
const addedByAws = /(?:Id|Uuid|UUID|CreationTime)$/u

/** The type that a bare name is enough for: one name, and beside it at most what AWS adds. */
const nameableType = (types: readonly ResourceType[]): ResourceType | undefined => {
  const single = types.filter((type) => placeholdersOf(type).length === 1)
  const withAddition = types.filter((type) => {
    const others = placeholdersOf(type).filter((name) => !name.endsWith('Name'))
    return others.length === placeholdersOf(type).length - 1 && others.every((name) => addedByAws.test(name))
  })
  const nameable = [...single, ...withAddition]
  return nameable.find(({ required }) => required) ?? nameable[0]
}

/** `table/orders`, `function:greet` or just a name, completed by the action's resource types. */
const byResourceType = (text: string, facts: ActionFacts | null, around: Surroundings): NamedResource | null => {
  const types = facts?.resourceTypes ?? []
  for (const type of types) {
    const tail = tailOf(type)
    const kind = tail.slice(0, tail.indexOf('${'))
    if (kind === '' || !text.startsWith(kind) || text.length === kind.length) continue
    const head = type.arnPattern.slice(0, type.arnPattern.length - tail.length)
    return completed(fillPattern({ ...type, arnPattern: head + text }, around, () => null).text, facts, around)
  }
  // A telephone number, whole or with its end taken out, is no name.
  const plainName = /^[\w.+=@/-]+$/u.test(text) && !/^\+\d|^\d{6,}$|^\.+$/u.test(text)
  const type = nameableType(types)
  if (!plainName || isUnset(text) || type === undefined) return null
  const isSingle = placeholdersOf(type).length === 1
  const nameOf = (name: string): string => (isSingle || name.endsWith('Name') ? text.replace(/^\/+/u, '') : '*')
  return completed(fillPattern(type, around, nameOf).text, facts, around)
}

/** Phones and Cognito identities have no ARN: actions on them are granted on `*` alone. */
export const isWithoutArn = (action: string, resource: string): boolean =>
  (action === 'sns:Publish' && /^\+?\d/u.test(resource)) ||
  (action.startsWith('iot:') && /^(?:[a-z]{2}|eusc)-[a-z-]{1,30}-\d:[0-9a-f-]{36}$/u.test(resource))

/** What Systems Manager prints where it names no parameter: a policy has to name one, and not all that it keeps. */
const isUnnamedParameter =
  /^ssm:(?:Get|Put|Delete|Label)Parameter\w{0,10} arn:[\w-]{1,20}:ssm:[^:]{0,40}:[^:]{0,40}:\*$/u

/** What is left of a broken ARN, or of a name that tells nothing: the action's own patterns. */
const patternsFor = (text: string, facts: ActionFacts | null, around: Surroundings): NamedResource => {
  if (facts === null || facts.resourceTypes.length === 0 || isWithoutArn(facts.action, text)) return whole(text)
  const [, partition = '', , region = ''] = text.startsWith('arn:') ? text.split(':') : []
  const known = {
    ...around,
    partition: /^aws[a-z-]*$/u.test(partition) ? partition : around.partition,
    region: regionForm.test(region) ? region : around.region,
  }
  const patterns = usualTypes(facts).map((type) => fillPattern(type, known, () => null, assignedId(facts, type)).text)
  return { resource: null, patterns: [...new Set(patterns)] }
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
    region: tail.length > 0 && regionForm.test(region) ? region : around.region,
    account: tail.length > 0 && account !== '' && digitsOnly(account) ? account : around.account,
  }
  const isWhole = region === '' || regionForm.test(region)
  const patterns = (facts?.resourceTypes ?? []).flatMap((type) => {
    const resource = tailOf(type)
    const fixed = resource.slice(0, resource.indexOf('${'))
    if (type.arnPattern.split(':')[2] !== service || !(start.startsWith(fixed) || fixed.startsWith(start))) return []
    const last = /\$\{(\w+)\}$/u.exec(resource)?.[1]
    const isAtPart = isWhole && start.length > fixed.length && /[/:]$/u.test(start) && last !== undefined
    return [isAtPart ? `${stem}<${last}>` : fillPattern(type, known, () => null).text]
  })
  return { resource: null, patterns: patterns.slice(0, 4) }
}

/** `.../token-vault/default`: of an ARN whose front was left out, the resource with its kind, or a name that can be of one type. */
const behindDots = (rest: string, facts: ActionFacts | null, around: Surroundings): NamedResource => {
  const types = facts?.resourceTypes ?? []
  if (/(?:\.{2,}|\u2026)$/u.test(rest)) return patternsFor(rest, facts, around)
  const hasKind = types.some((type) => {
    const tail = tailOf(type)
    return tail.indexOf('${') > 0 && rest.startsWith(tail.slice(0, tail.indexOf('${')))
  })
  const isName = types.length === 1 && /^[\w.-]+$/u.test(rest)
  const named = hasKind || isName ? byResourceType(rest, facts, around) : null
  if (named !== null) return named
  const patterns = endingIn(rest, facts, around)
  return patterns.length > 0 ? { resource: null, patterns } : patternsFor(rest, facts, around)
}

/**
 * The resource that a message or a hint names, as an ARN: IAM's short forms, queue URLs, `s3://` addresses,
 * ARNs that lost their beginning, names that only the action's resource type completes.
 */
export const resourceOfText = (printed: string, facts: ActionFacts | null, around: Surroundings): NamedResource => {
  const text = asEvaluated(withAllFields(tidy(printed), facts), facts)
  const rest = /^(?:\.{2,}|\u2026)[/:]([\w-].*)$/u.exec(text)?.[1]
  if (rest !== undefined) return behindDots(rest, facts, around)
  const stem = stemOf(text, facts)
  if (stem !== null) return cutOff(stem, facts, around)
  if (isUnnamedParameter.test(`${facts?.action ?? ''} ${text}`)) return patternsFor(text, facts, around)
  if (text.startsWith('arn:')) return unmasked(text, facts, around)
  // `policy path /`: IAM lists what lies below a path, and takes no resource for it.
  if (text === '*' || text === '' || /^[a-z][a-z -]{1,30} path \//u.test(text)) return whole('*')
  if (text.startsWith('s3://')) return whole(`arn:${around.partition}:s3:::${text.slice('s3://'.length)}`)
  if (text.startsWith('https://')) return queueOfUrl(text, facts, around) ?? { resource: null, patterns: [] }
  return (
    iamShortForm(text, facts, around) ??
    beheaded(text, facts, around) ??
    byResourceType(text, facts, around) ??
    patternsFor(text, facts, around)
  )
}
