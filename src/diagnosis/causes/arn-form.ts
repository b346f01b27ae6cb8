import { formatArn, parseArn } from '../../iam/arn.ts'
import { secretSuffix } from '../../iam/secret-suffix.ts'
import type { CauseCode } from '../cause-code.ts'
import { coversAction, coversResource, type ReadStatement } from '../statements.ts'

/** What is wrong with the ARN of an Allow that names the action. */
export interface ArnFault {
  readonly code: CauseCode
  /** What the statement has to name. */
  readonly wanted: readonly string[]
  readonly found: string
  /**
   * What takes the place of an ARN that matches nothing there is, as wide as that was meant; `null` where the ARN is
   * right for other requests of the statement, and stays.
   */
  readonly instead: string | null
}

interface ArnForm {
  readonly code: CauseCode
  /** Whether this pattern is the wrong form for this resource: the ARNs wanted instead. */
  readonly wants: (denied: string, pattern: string) => readonly string[] | null
  /** The pattern put right, where it matches nothing as it stands. */
  readonly repaired?: (pattern: string, denied: string, read: ReadStatement) => string | null
}

const fitsText = (pattern: string, resource: string): boolean =>
  coversResource({ resources: [pattern], notResources: [] }, resource)

const isS3 = (arn: string): boolean => /^arn:[a-z-]+:s3:::/u.test(arn)
const isObject = (arn: string): boolean => isS3(arn) && arn.includes('/')
const bucketOf = (arn: string): string => arn.split('/')[0] ?? arn

/** Forms in the order in which they are tried; the first that fits names the fault. */
const forms: readonly ArnForm[] = [
  {
    code: 'wrong-partition',
    wants: (denied, pattern) => {
      const [wanted, found] = [parseArn(denied)?.partition, parseArn(pattern)?.partition]
      if (wanted === undefined || found === undefined || wanted === found) return null
      return fitsText(pattern.replace(`arn:${found}:`, `arn:${wanted}:`), denied) ? [denied] : null
    },
    repaired: (pattern, denied) =>
      pattern.replace(/^arn:[^:]+:/u, `arn:${parseArn(denied)?.partition ?? '<Partition>'}:`),
  },
  {
    code: 's3-express-createsession',
    wants: (denied, pattern) => (denied.includes('--x-s3') && isS3(pattern) ? [denied] : null),
  },
  {
    code: 'access-point-arn',
    wants: (denied, pattern) => (denied.includes(':accesspoint/') && isS3(pattern) ? [denied] : null),
  },
  {
    code: 'bucket-arn-needed',
    wants: (denied, pattern) =>
      isS3(denied) && !isObject(denied) && isObject(pattern) && fitsText(bucketOf(pattern), denied) ? [denied] : null,
  },
  {
    code: 'object-arn-needed',
    wants: (denied, pattern) =>
      isObject(denied) && isS3(pattern) && !isObject(pattern) && fitsText(pattern, bucketOf(denied))
        ? [`${bucketOf(denied)}/*`]
        : null,
  },
  {
    code: 'index-arn-needed',
    wants: (denied, pattern) => {
      const table = /^(.+?:table\/[^/]+)\/(?:index|stream)\//u.exec(denied)?.[1]
      return table !== undefined && fitsText(pattern, table) ? [denied] : null
    },
  },
  {
    code: 'ssm-parameter-arn',
    wants: (denied, pattern) => {
      if (!denied.includes(':parameter/') || !pattern.includes(':parameter')) return null
      const withoutChildren = withOneSlash(pattern).replace(/\/\*$/u, '')
      return fitsText(withOneSlash(pattern), denied) || withoutChildren === denied ? [denied] : null
    },
    // What lies below a path is asked for by its own name, so `/*` stays.
    repaired: (pattern) => (withOneSlash(pattern) === pattern ? null : withOneSlash(pattern)),
  },
  {
    code: 'log-arn-suffix',
    wants: (denied, pattern) => {
      const group = groupOf(denied)
      return group !== null && !pattern.endsWith(':*') && fitsText(pattern, group) ? [`${group}:*`] : null
    },
    repaired: (pattern, _, read) => (onBareGroup.some((name) => coversAction(read, name)) ? null : `${pattern}:*`),
  },
  {
    code: 'secret-arn-suffix',
    wants: (denied, pattern) => {
      const name = /^(.+:secret:.+)-[A-Za-z0-9]{6}$/u.exec(denied)?.[1]
      if (name === undefined) return null
      const plain = pattern.replace(/\/\*$/u, '')
      return fitsText(plain, name) || fitsText(plain, denied) ? [`${name}-??????`] : null
    },
    // Under `/*` lie other secrets, and a secret that is still to be made has no suffix.
    repaired: (pattern, _, read) =>
      pattern.endsWith('/*') || coversAction(read, 'secretsmanager:CreateSecret') ? null : `${pattern}-??????`,
  },
]

const withOneSlash = (pattern: string): string => pattern.replace(/:parameter\/*(?=[^/])/u, ':parameter/')

/**
 * Tags hang on a log group under its ARN without `:*`.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html
 */
const onBareGroup = ['logs:TagResource', 'logs:UntagResource', 'logs:ListTagsForResource']

/** The log group of a stream's or group's ARN, without what follows the name. */
export const groupOf = (arn: string): string | null =>
  /^(arn:[^:]+:logs:[^:]*:[^:]*:log-group:[^:]+)(?::|$)/u.exec(arn)?.[1] ?? null

/** The faulty form among the ARNs of a statement, if it is one of those that have a rule of their own. */
export function arnFault(denied: string, read: ReadStatement): ArnFault | null {
  for (const { code, wants, repaired } of forms)
    for (const found of read.resources) {
      const asked = withPlaceOf(found, denied)
      const wanted = wants(asked, found)
      if (wanted !== null) return { code, wanted, found, instead: repaired?.(found, asked, read) ?? null }
    }
  return null
}

/** The ARNs of the statement, put right: what is right for other requests stays. */
export function mended(read: ReadStatement, { found, instead, wanted }: ArnFault): readonly string[] {
  const kept = read.resources.map((arn) => (arn === found ? (instead ?? arn) : arn))
  return [...kept, ...wanted.filter((arn) => instead === null || !fitsText(instead, arn))]
}

/** Region and account as the policy has them, where those of the request are hidden: its form is the fault all the same. */
function withPlaceOf(found: string, denied: string): string {
  const [asked, named] = [parseArn(denied), parseArn(found)]
  if (asked === null || named === null) return denied
  const either = (hidden: string, known: string): string =>
    isMarked(hidden) && known !== '' && !/[*?$]/u.test(known) ? known : hidden
  return formatArn({
    ...asked,
    region: either(asked.region, named.region),
    account: either(asked.account, named.account),
  })
}

const parts = ['scheme', 'partition', 'service', 'region', 'account', 'resource'] as const

/** The first part in which two ARNs differ. */
export function firstDifference(wanted: string, found: string): string | null {
  const [a, b] = [wanted, found].map((arn) => [...arn.split(':').slice(0, 5), arn.split(':').slice(5).join(':')])
  const differs = (_: string, index: number): boolean => !fitsText(b?.[index] ?? '', a?.[index] ?? '')
  // What is hidden may be the same, where something else is not.
  const shown = parts.findIndex((part, index) => !isMarked(a?.[index]) && differs(part, index))
  return parts[shown] ?? parts[parts.findIndex(differs)] ?? null
}

const isMarked = (part: string | undefined): boolean => /^<[^<>]{1,60}>$/u.test(part ?? '')

/** The ARN that is nearest to the denied one: it fits but for Region or account, or else has most in common. */
export const nearestArn = (denied: string, read: ReadStatement): string | null =>
  read.resources.toSorted((a, b) => nearness(denied, b) - nearness(denied, a))[0] ?? null

/** How near a pattern is to an ARN: the same thing elsewhere is nearer than any other thing. */
export const nearness = (denied: string, pattern: string): number =>
  (isSameElsewhere(denied, pattern) ? denied.length : 0) + likeness(denied, pattern)

const isSameElsewhere = (denied: string, pattern: string): boolean => {
  const [asked, named] = [denied.split(':'), pattern.split(':')]
  const tail = named.slice(5).join(':')
  return asked[2] === named[2] && !/^\**$/u.test(tail) && fitsText(tail, asked.slice(5).join(':'))
}

const likeness = (denied: string, pattern: string): number => {
  let same = 0
  while (same < denied.length && denied[same] === pattern[same]) same++
  return same
}

/**
 * The pattern that covers the denied resource and what belongs to it: of a log stream its whole group, of a secret's
 * name the ARN that it gets, of an automation definition every version; of an execution or a task, whose id never comes
 * again, all of its state machine or cluster, and of a change of Route 53 every change.
 */
export function coveringArn(resource: string, action: string | null = null): string {
  const group = groupOf(resource)
  if (group !== null)
    return onBareGroup.some((name) => name.toLowerCase() === action?.toLowerCase()) ? group : `${group}:*`
  if (/:secretsmanager:[^:]*:[^:]*:secret:[^*?]*$/u.test(resource) && !secretSuffix.test(resource))
    return `${resource}-??????`
  return resource
    .replace(/(:automation-definition\/[^:]+):[^:]*$/u, '$1:*')
    .replace(/(:states:[^:]*:[^:]*:execution:[^:]+):[^:]+$/u, '$1:*')
    .replace(/(:route53:::change)\/[^/]+$/u, '$1/*')
    .replace(/(:ecs:[^:]*:[^:]*:task\/[^/]+)\/[^/]+$/u, '$1/*')
}
