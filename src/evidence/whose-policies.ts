import type { Denial } from '../denial/denial.ts'
import { isAccountId, parseArn, type Arn } from '../iam/arn.ts'
import { isObject } from '../iam/json.ts'
import type { NamedPolicy, Policies, PolicyLevel } from '../iam/policies.ts'
import { list } from '../iam/policy-document.ts'
import { readPolicies } from './document.ts'
import { hasKeyBehind, isKeyPolicy } from './key-policy.ts'
import type { RequestEvidence } from './question.ts'
import { isTrustAction } from '../iam/trust-actions.ts'

/*
 * The policies of a request are those of one principal and of one thing. Where a text names several, a document must
 * not stand for, and be written over, that of another one.
 */

const principalTypes = ['identity-based', 'permissions-boundary', 'session'] as const
const thingTypes = ['resource-based', 'role-trust'] as const

/** Who asked, and the thing whose own policy counts; `null` where the text does not say. */
interface Subject {
  readonly principal: string | null
  /** 12 digits of the caller's account, and of the one that the thing is in. */
  readonly account: string | null
  readonly owner: string | null
  readonly thing: Arn | null
  readonly isTrust: boolean
}

const subjectOf = ({ accountId, principalType, roleOrUserName, action, resource }: Denial): Subject => ({
  principal: roleOrUserName === null ? null : `${accountId ?? ''} ${principalType ?? ''} ${roleOrUserName}`,
  account: accountId !== null && isAccountId(accountId) ? accountId : null,
  owner: [parseArn(resource ?? '')?.account].find(isAccountId) ?? null,
  thing: holderOf(resource),
  isTrust: action !== null && isTrustAction(action),
})

/** The bucket of an object, the table of an index: what holds the policy. */
function holderOf(resource: string | null): Arn | null {
  const arn = parseArn(resource ?? '')
  return arn === null || arn.resource === '' || arn.resource === '*' ? null : { ...arn, resource: ownPart(arn) }
}

function ownPart({ service, account, resource }: Arn): string {
  const upTo = (count: number): string => resource.split('/').slice(0, count).join('/')
  switch (service) {
    case 's3':
      return upTo(account === '' ? 1 : 2)
    case 'dynamodb':
    case 'es':
    case 'kinesis':
      return upTo(2)
    case 'execute-api':
      return upTo(1)
    case 'sns':
      return resource.split(':')[0] ?? resource
    // One policy for a whole catalog; and those of CloudWatch Logs hang on no log group.
    case 'glue':
    case 'logs':
      return service
    default:
      return resource
  }
}

const sameThing = (a: Arn, b: Arn): boolean =>
  a.service === b.service && a.resource === b.resource && a.region === b.region && a.account === b.account

const textOf = ({ service, region, account, resource }: Arn): string => [service, region, account, resource].join(':')

type Parts = Readonly<Record<string, unknown>>

const statementsOf = ({ document }: NamedPolicy): readonly Parts[] =>
  isObject(document) ? [document['Statement']].flat().filter(isObject) : []

const texts = (statements: readonly Parts[], ...names: readonly string[]): readonly string[] =>
  statements.flatMap((one) => names.flatMap((name) => list(one[name]))).filter(isText)

const isText = (value: unknown): value is string => typeof value === 'string'

/** Resources that a policy names one by one. */
const namedThings = (statements: readonly Parts[]): readonly Arn[] =>
  texts(statements, 'Resource', 'NotResource')
    .map(holderOf)
    .filter((arn): arn is Arn => arn !== null && !/[*?$]/u.test(arn.resource))

/** A policy about actions of other services, or about other buckets alone: AWS would not store it with this thing. */
function cannotBeOf(statements: readonly Parts[], thing: Arn): boolean {
  const services = texts(statements, 'Action', 'NotAction').map((action) => action.split(':')[0]?.toLowerCase() ?? '')
  // `kafka-cluster:Connect` stands in the policy of a cluster, `vpc-lattice-svcs:Invoke` in that of a service.
  const fits = (service: string): boolean =>
    /[*?]/u.test(service) || thing.service.startsWith(service) || service.startsWith(`${thing.service}-`)
  if (services.length > 0 && !services.some(fits)) return true
  const all = texts(statements, 'Resource', 'NotResource')
  const named = namedThings(statements)
  const isOfS3 = (thing.service === 's3' && thing.account === '') || isAccessPoint(thing)
  const isOther = (arn: Arn): boolean => !sameThing(arn, thing) && !isAliasOf(thing, arn)
  return isOfS3 && all.length > 0 && named.length === all.length && named.every(isOther)
}

const isAccessPoint = ({ service, account, resource }: Arn): boolean =>
  service === 's3' && account !== '' && resource.startsWith('accesspoint/')

/** The alias of an access point begins with its name, and stands in place of a bucket's. */
const isAliasOf = (thing: Arn, { resource }: Arn): boolean =>
  thing.resource.endsWith('-s3alias') && thing.resource.startsWith(`${resource.replace(/^accesspoint\//u, '')}-`)

/** `true`: this thing's, as its name, ARN or resources tell; `false`: another one's; `null`: nothing tells. */
function tells(policy: NamedPolicy, statements: readonly Parts[], thing: Arn, others: readonly Arn[]): boolean | null {
  const names = [policy.name, ...(policy.arn === undefined ? [] : [policy.arn])]
  const isNamed = ({ resource }: Arn): boolean =>
    names.some((name) => name === resource || name.endsWith(`/${lastOf(resource)}`) || name === lastOf(resource))
  const named = namedThings(statements)
  const isMeant = (arn: Arn): boolean => isNamed(arn) || named.some((one) => sameThing(one, arn))
  if (isMeant(thing)) return true
  return others.some(isMeant) ? false : null
}

const lastOf = (resource: string): string => resource.split(/[:/]/u).at(-1) ?? resource

const isOfThing = (policy: NamedPolicy, thing: Arn, others: readonly Arn[], isTrust: boolean): boolean => {
  const statements = statementsOf(policy)
  // The key behind it has a policy of its own, which is told apart later.
  if (!isTrust && hasKeyBehind(thing.service) && isKeyPolicy(policy)) return true
  if (!isTrust && cannotBeOf(statements, thing)) return false
  return others.length === 0 || tells(policy, statements, thing, others) === true
}

/** What of the request's policies may be taken for those of this denial. */
interface Whose {
  (denial: Denial): RequestEvidence | null
}

/** Tells of each denial of a text which of the request's policies concern it. */
export function whosePolicies(given: RequestEvidence | null, denials: readonly Denial[]): Whose {
  const policies = given?.policies
  if (given === null || policies === undefined) return () => given
  const subjects = denials.map(subjectOf)
  const principals = new Set(subjects.map(({ principal }) => principal).filter(isText))
  const callers = new Set(subjects.map(({ account }) => account).filter(isText))
  const owners = new Set(subjects.map(({ owner, account }) => owner ?? account).filter(isText))
  const things = [...new Map(subjects.flatMap((one) => keyed(one))).values()]
  const kept = new Map<string, RequestEvidence>()
  return (denial) => {
    const subject = subjectOf(denial)
    const key = `${subject.account ?? ''} ${subject.owner ?? ''} ${String(subject.isTrust)} ${subject.thing === null ? '' : textOf(subject.thing)}`
    const before = kept.get(key)
    if (before !== undefined) return before
    const left = concerning(readPolicies(policies), subject, principals.size > 1, things, {
      'service-control': isPathOfAnother(policies['service-control'], subject.account, callers),
      'resource-control': isPathOfAnother(policies['resource-control'], subject.owner ?? subject.account, owners),
    })
    const evidence = left === null ? given : { ...given, policies: left }
    kept.set(key, evidence)
    return evidence
  }
}

/**
 * SCPs are those of the caller's account, RCPs those of the resource's: where a text has several accounts, the levels
 * have to name the one, for their path to be its path.
 */
const isPathOfAnother = (
  levels: Policies['service-control'],
  account: string | null,
  accounts: ReadonlySet<string>,
): boolean =>
  accounts.size > 1 &&
  Array.isArray(levels) &&
  (account === null || !levels.some(({ level }: PolicyLevel) => level.includes(account)))

type Keyed = readonly [string, Pick<Subject, 'isTrust'> & { readonly thing: Arn }]

const keyed = ({ thing, isTrust }: Subject): readonly Keyed[] =>
  thing === null ? [] : [[`${String(isTrust)} ${textOf(thing)}`, { thing, isTrust }]]

/** `null`: all of them. */
function concerning(
  policies: Policies,
  { thing, isTrust }: Subject,
  severalPrincipals: boolean,
  things: readonly Keyed[1][],
  ofOthers: Readonly<Record<'service-control' | 'resource-control', boolean>>,
): Policies | null {
  const left = thingTypes.filter((type) => {
    const read = policies[type]
    if (thing === null || !Array.isArray(read)) return false
    if ((type === 'role-trust') !== isTrust) return false
    const others = things.filter(
      (one) => one.isTrust === isTrust && one.thing.service === thing.service && !sameThing(one.thing, thing),
    )
    const isOwn = (policy: NamedPolicy): boolean =>
      isOfThing(
        policy,
        thing,
        others.map((one) => one.thing),
        isTrust,
      )
    // The bucket's policy stands beside that of the access point: both count, and neither for the other.
    return !(isAccessPoint(thing) ? read.some(isOwn) : read.every(isOwn))
  })
  const levelled = (['service-control', 'resource-control'] as const).filter((type) => ofOthers[type])
  const out = new Set<string>([...left, ...levelled, ...(severalPrincipals ? principalTypes : [])])
  const entries = Object.entries(policies)
  const remaining = entries.filter(([type, read]) => !(out.has(type) && Array.isArray(read)))
  return remaining.length === entries.length ? null : Object.fromEntries(remaining)
}
