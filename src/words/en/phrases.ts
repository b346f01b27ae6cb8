import { isHiddenText } from '../../iam/hidden-text.ts'
import { ownValue } from '../../iam/own-value.ts'
import type { TermFact } from '../terms.ts'
import { known, orElse, quote, rivalsOf, several, where, type Values } from '../values.ts'
import { terms } from './terms.ts'

/** First letter in upper case, where it is a letter; a quoted value keeps its spelling. */
export const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`

const nouns: Readonly<Record<string, string>> = {
  role: 'the role',
  user: 'the user',
  group: 'the group',
  policy: 'the managed policy',
  accesspoint: 'the access point',
  bucket: 'the bucket',
  key: 'the KMS key',
  queue: 'the queue',
  topic: 'the topic',
  secret: 'the secret',
  function: 'the function',
  layer: 'the layer version',
  repository: 'the repository',
  endpoint: 'the VPC endpoint',
  'vpc-endpoint': 'the VPC endpoint',
  'permission-set': 'the permission set',
  'federated-user': 'the federated user',
  'assumed-role': 'the role',
  account: 'the account',
  organization: 'the organization',
  session: 'the session',
  resource: 'the resource',
  parameter: 'the parameter',
  table: 'the table',
  domain: 'the domain',
}

/** `role/Deploy` → "the role `Deploy`". */
export const named = (value: string): string => {
  const slash = value.indexOf('/')
  const noun = slash > 0 ? nouns[value.slice(0, slash)] : undefined
  return noun === undefined ? (ownValue(nouns, value) ?? quote(value)) : `${noun} ${quote(value.slice(slash + 1))}`
}

export const who = (v: Values): string => {
  const principal = known(v, 'principal')
  return principal === null ? 'the caller' : named(principal)
}
/** A role that a fact names by label, ARN or name. */
export const roleOf = (v: Values, otherwise: string): string => {
  const role = known(v, 'role')
  if (role === null) return otherwise
  return role.startsWith('role/') ? named(role) : `the role ${quote(role)}`
}
/** The action, or what is said where it is not known. */
export const action = (v: Values): string => {
  if (known(v, 'action') !== null) return orElse(v, 'action', '')
  const operation = known(v, 'operation')
  return operation === null ? 'this action' : `the ${quote(operation)} call`
}
export const resource = (v: Values): string => {
  const value = known(v, 'resource')
  return value === null || value === '*' ? 'the resource' : quote(value)
}
export const on = (v: Values): string => {
  const value = known(v, 'resource')
  return value === null || value === '*' ? '' : ` on ${quote(value)}`
}

/** Which statement of which policy: " (statement 2, `Sid`, of `Policy`)". */
export const place = (v: Values): string => {
  const statement = known(v, 'statement')
  const sid = known(v, 'sid')
  const told = known(v, 'told') === null ? null : 'the policy in the text'
  const policy = told ?? orElse(v, 'policy', orElse(v, 'policyArn', ''))
  const number =
    statement === null
      ? ''
      : `statement ${/^\d{1,6}$/u.test(statement) ? statement : quote(statement)}${sid === null ? '' : ` (${quote(sid)})`}`
  if (number === '') return policy
  return policy === '' ? number : `${number} of ${policy}`
}
export const inPlace = (v: Values): string => (place(v) === '' ? '' : ` in ${place(v)}`)

/** Which of several Denies it was hangs on facts that nobody told. */
export const rivals = (v: Values): string | null => {
  const others = rivalsOf(v).map(
    ({ number, sid, key }) =>
      `statement ${number}${sid === null ? '' : ` (${quote(sid)})`}${key === null ? '' : `, on ${quote(key)}`}`,
  )
  return others.length === 0
    ? null
    : `It may as well be ${others.join('; or ')}: which of them matched, what was read does not tell.`
}

const operators: Readonly<Record<string, string>> = {
  stringequals: 'is',
  stringnotequals: 'is not',
  stringequalsignorecase: 'is, in any case of letters,',
  stringnotequalsignorecase: 'is not, in any case of letters,',
  stringlike: 'is like',
  stringnotlike: 'is not like',
  numericequals: 'equals',
  numericnotequals: 'does not equal',
  numericlessthan: 'is less than',
  numericlessthanequals: 'is at most',
  numericgreaterthan: 'is greater than',
  numericgreaterthanequals: 'is at least',
  dateequals: 'is at',
  datenotequals: 'is not at',
  datelessthan: 'is before',
  datelessthanequals: 'is at or before',
  dategreaterthan: 'is after',
  dategreaterthanequals: 'is at or after',
  bool: 'is',
  binaryequals: 'is',
  ipaddress: 'is in the range',
  notipaddress: 'is outside the range',
  arnequals: 'is like',
  arnlike: 'is like',
  arnnotequals: 'is not like',
  arnnotlike: 'is not like',
}

/** Each value once; those that somebody hid are one. */
const told = (values: readonly string[]): readonly string[] => {
  const shown = values.filter((value) => !isHiddenText(value)).map(quote)
  return shown.length === values.length ? shown : [...shown, 'what is hidden here']
}

export const orList = (values: readonly string[]): string => {
  const quoted = told(values)
  return quoted.length < 2 ? (quoted[0] ?? '') : `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1) ?? ''}`
}
export const andList = (values: readonly string[]): string => {
  const quoted = told(values)
  return quoted.length < 2 ? (quoted[0] ?? '') : `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1) ?? ''}`
}

const plainOperator = (operator: string): string =>
  operator
    .toLowerCase()
    .replace(/^for(?:all|any)values?:/u, '')
    .replace(/ifexists$/u, '')

const neither = (quoted: readonly string[]): string => `${quoted.slice(0, -1).join(', ')} nor ${quoted.at(-1) ?? ''}`

/** What has to be true of a value: "is like `a*` or `b*`", "is neither `a` nor `b`". */
const comparison = (plain: string, values: readonly string[]): string => {
  // Without a wildcard there is nothing to be like.
  const isLiteral =
    /^(?:string(?:not)?like|arn)/u.test(plain) && !values.some((value) => /[*?]/u.test(value) && !isHiddenText(value))
  const exact = plain.includes('not') ? 'is not' : 'is'
  const verb = isLiteral ? exact : (ownValue(operators, plain) ?? 'is')
  const quoted = told(values)
  if (quoted.length > 1 && verb.startsWith('is not'))
    return `is${verb.slice('is not'.length)} neither ${neither(quoted)}`
  return `${verb} ${plain === 'notipaddress' && values.length > 1 ? andList(values) : orList(values)}`
}

/** A condition in words: "`aws:SourceIp` is in the range `10.0.0.0/8`". */
export const conditionWords = (conditionKey: string, operator: string | null, values: readonly string[]): string => {
  const plain = plainOperator(operator ?? 'StringEquals')
  if (plain === 'null')
    return `${quote(conditionKey)} is ${values[0] === 'false' ? 'present' : 'absent'} in the request`
  if (values.length === 0) return `${quote(conditionKey)} meets ${quote(operator ?? 'the condition')}`
  const optional = /ifexists$/iu.test(operator ?? '') ? ' (or is absent)' : ''
  const set = /^for(all|any)values?:/iu.exec(operator ?? '')?.[1]?.toLowerCase()
  if (set === 'all' && plain.includes('not'))
    return `no value of ${quote(conditionKey)} ${comparison(plain.replace('not', ''), values)}`
  if (set === 'all') return `every value of ${quote(conditionKey)} ${comparison(plain, values)}`
  const any = set === 'any' ? 'at least one value of ' : ''
  return `${any}${quote(conditionKey)} ${comparison(plain, values)}${optional}`
}

/** The conditions that a cause carries, in words, all of which have to hold; empty where it carries none. */
export const condition = (v: Values): string =>
  ['', '2', '3']
    .flatMap((number) => {
      const conditionKey = known(v, `key${number}`)
      if (conditionKey === null) return []
      const here = number === '' ? where(v, 'here', (value) => ` (here ${value})`) : ''
      return [`${conditionWords(conditionKey, known(v, `operator${number}`), several(v, `values${number}`))}${here}`]
    })
    .join(' and ')

/** A second condition stands beside the first. */
export const hasFurther = (v: Values): boolean => known(v, 'key') !== null && known(v, 'key2') !== null
export const sent = (v: Values): string => {
  const value = known(v, 'sent')
  if (value === null) return ''
  const which = hasFurther(v) ? orElse(v, 'key', '') : ''
  if (value === 'absent') return which === '' ? 'the request carried none' : `the request carried no ${which}`
  return `the request had ${quote(value)}${which === '' ? '' : ` for ${which}`}`
}

/** What a statement asks for beside its fault, where the request misses that too. */
export const alsoDemands = (v: Values): string => {
  const [rule, had] = [condition(v), sent(v)]
  return rule === '' ? '' : `; it also demands that ${rule}${had === '' ? '' : `, and ${had}`}`
}

const isUserName = (v: Values): boolean => known(v, 'variable')?.toLowerCase() === 'aws:username'

/** Why a policy variable is no help. */
export const aboutVariable = (v: Values): string => {
  const name = where(v, 'variable', (quoted) => quoted) || 'the variable'
  switch (known(v, 'variables')) {
    case 'old-version':
      return `; ${quote('${…}')} is taken as it stands there, since policy variables count only in documents of Version ${quote('2012-10-17')}`
    case 'no-value':
      return `; ${name} has no value for this caller${isUserName(v) ? ', since only IAM users have one' : ''}`
    case 'default':
      return `; ${name} has no value for this caller${isUserName(v) ? ', since only IAM users have one' : ''}, and the policy takes ${orElse(v, 'here', 'nothing')} in its place`
    case 'other-value':
      return `; ${name} stands for ${orElse(v, 'here', 'another value')} here`
    case 'not-known':
      return `; what ${name} stands for here is not known`
    default:
      return ''
  }
}

/** "; its NotAction spares only `ec2:*` and `iam:*`". */
export const spares = (v: Values): string => {
  const names = several(v, 'spared')
  if (names.length === 0) return ''
  const element = where(v, 'sparedBy', (name) => name) || 'list'
  return known(v, 'partly') === null
    ? `; its ${element} spares only ${andList(names)}`
    : `; its ${element} names ${andList(names)}, and spares the session of a role only where account, role and session are all named`
}

/** ": statement 1 of `orders` allows it to `…:role/ap` (a name that differs in a letter or two)". */
export const letsInInstead = (v: Values): string => {
  const others = several(v, 'letsIn')
  const statement = place(v) === '' ? 'a statement' : place(v)
  const rule = known(v, 'operator') === null ? '' : condition(v)
  if (rule !== '') return `: ${statement} allows it only when ${rule}`
  if (others.length > 0)
    return `: ${statement} allows it to ${andList(others)}${known(v, 'likeness') === null ? '' : ` (${term(v, 'likeness', '')})`}`
  return where(
    v,
    'onlyOn',
    (arn) => `: ${statement} allows it on ${arn}${where(v, 'wanted', (own) => ` and not on ${own}`)}`,
  )
}

/** A fact that is a code of ours, in words; any other value quoted. */
export const term = (v: Values, fact: TermFact, otherwise: string): string => {
  const value = known(v, fact)
  return value === null ? otherwise : termOf(fact, value)
}

const termOf = (fact: TermFact, value: string): string => {
  const table: Readonly<Record<string, string>> = terms[fact]
  return ownValue(table, value) ?? quote(value)
}

/** What of an ARN somebody took out of the text, or of the policy. */
export const hiddenPart = (v: Values, whose = 'its'): string => {
  const part = known(v, 'hidden')
  return `${whose} ${part === 'account' ? 'account' : part === 'region' ? 'Region' : 'name'}`
}

/** "an ARN whose account is hidden there, or was never filled in". */
export const ofHiddenPart = (v: Values): string =>
  `${where(v, 'found', (arn) => `${arn}, `) || 'an ARN '}of which ${hiddenPart(v, 'the')} is hidden, or was never filled in`

/** The role that is meant, where the values tell one. */
export const roleMeant = (v: Values, otherwise: string): string => {
  const name = known(v, 'role') ?? known(v, 'expected')
  return name === null ? otherwise : named(name.includes('/') ? name : `role/${name}`)
}
