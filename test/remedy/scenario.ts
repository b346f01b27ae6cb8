/**
 * Accounts made so that one to four policy types stand in the way of one request: by a missing Allow, by the wrong
 * resource, by NotAction, NotResource or a condition, by Denies of every form.
 */
import type { NamedPolicy, Policies } from '../../src/iam/policies.ts'
import type { ConditionBlock, Statement } from '../../src/iam/policy-document.ts'
import type { PolicyType } from '../../src/iam/policy-type.ts'
import type { DeniedRequest } from '../../src/requests/denied-request.ts'
import { account, requestFor } from './given.ts'

export const otherAccount = '444455556666'
export const callerRole = `arn:aws:iam::${account}:role/reporter`

/** Small, fast and the same everywhere: a scenario is its number. */
export const randomFrom = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export type Random = () => number
export const pick = <T>(random: Random, values: readonly [T, ...T[]]): T =>
  values[Math.floor(random() * values.length)] ?? values[0]

interface Asked {
  readonly action: string
  readonly resource: (owner: string) => string
  readonly attachTo: string | null
  /** The whole resource and its neighbours, as a policy might name them. */
  readonly neighbour: (owner: string) => string
}

const asked: readonly [Asked, ...Asked[]] = [
  {
    action: 's3:GetObject',
    resource: () => 'arn:aws:s3:::photos/2026/a.jpg',
    attachTo: 'bucket/photos',
    neighbour: () => 'arn:aws:s3:::photos-old/*',
  },
  {
    action: 'sqs:SendMessage',
    resource: (owner) => `arn:aws:sqs:eu-west-1:${owner}:jobs`,
    attachTo: 'queue/jobs',
    neighbour: (owner) => `arn:aws:sqs:eu-west-1:${owner}:jobs-*`,
  },
  {
    action: 'sns:Publish',
    resource: (owner) => `arn:aws:sns:eu-west-1:${owner}:news`,
    attachTo: 'topic/news',
    neighbour: (owner) => `arn:aws:sns:eu-central-1:${owner}:news`,
  },
  {
    action: 'kms:Decrypt',
    resource: (owner) => `arn:aws:kms:eu-west-1:${owner}:key/k-1`,
    attachTo: 'key/k-1',
    neighbour: (owner) => `arn:aws:kms:eu-west-1:${owner}:alias/k`,
  },
  {
    action: 'lambda:InvokeFunction',
    resource: (owner) => `arn:aws:lambda:eu-west-1:${owner}:function:greet`,
    attachTo: 'function/greet',
    neighbour: (owner) => `arn:aws:lambda:eu-west-1:${owner}:function:greet:*`,
  },
  {
    action: 'secretsmanager:GetSecretValue',
    resource: (owner) => `arn:aws:secretsmanager:eu-west-1:${owner}:secret:db-AbC123`,
    attachTo: 'secret/db-AbC123',
    neighbour: (owner) => `arn:aws:secretsmanager:eu-west-1:${owner}:secret:db/*`,
  },
  {
    action: 'dynamodb:Query',
    resource: (owner) => `arn:aws:dynamodb:eu-west-1:${owner}:table/orders/index/by-day`,
    attachTo: null,
    neighbour: (owner) => `arn:aws:dynamodb:eu-west-1:${owner}:table/orders`,
  },
  {
    action: 'ec2:DescribeInstances',
    resource: () => '*',
    attachTo: null,
    neighbour: () => 'arn:aws:ec2:*:*:instance/*',
  },
  { action: 's3:ListAllMyBuckets', resource: () => '*', attachTo: null, neighbour: () => 'arn:aws:s3:::photos' },
]

export const blockers = [
  'identity-missing',
  'identity-deny',
  'boundary-missing',
  'boundary-deny',
  'scp-missing',
  'scp-deny',
  'session-missing',
  'endpoint-missing',
  'resource-missing',
  'resource-deny',
] as const
export type Blocker = (typeof blockers)[number]

export interface Scenario {
  readonly seed: number
  readonly blockers: readonly Blocker[]
  readonly request: DeniedRequest
  readonly attachTo: string | null
  readonly policies: Policies
}

const everything: Statement = { Effect: 'Allow', Action: '*', Resource: '*' }
const policy = (name: string, ...statements: readonly Statement[]): NamedPolicy => ({
  name,
  document: { Version: '2012-10-17', Statement: statements },
})

const elsewhere: ConditionBlock = { StringEquals: { 'aws:RequestedRegion': 'us-west-2' } }

/** Policies that speak of the service and still do not allow this. */
const nearMisses = (random: Random, one: Asked, owner: string): readonly Statement[] => {
  const { action } = one
  const service = action.split(':')[0] ?? ''
  const shapes: readonly [readonly Statement[], ...(readonly Statement[])[]] = [
    [],
    [{ Effect: 'Allow', Action: action, Resource: one.neighbour(owner) }],
    [{ Effect: 'Allow', NotAction: [action, 'iam:*'], Resource: '*' }],
    [{ Effect: 'Allow', NotAction: [`${service}:*`, 'iam:*'], Resource: '*' }],
    [{ Effect: 'Allow', Action: `${service}:*`, Resource: '*', Condition: elsewhere }],
    [{ Effect: 'Allow', Action: `${service}:Tag*`, Resource: '*' }],
  ]
  const resource = one.resource(owner)
  const chosen = pick(random, shapes)
  return resource !== '*' && random() < 0.25
    ? [...chosen, { Effect: 'Allow', Action: `${service}:*`, NotResource: resource }]
    : chosen
}

const denies = (random: Random, one: Asked, owner: string, principal: boolean): Statement => {
  const { action } = one
  const service = action.split(':')[0] ?? ''
  const resource = one.resource(owner)
  const shapes: readonly [Statement, ...Statement[]] = [
    { Effect: 'Deny', Action: action, Resource: '*' },
    { Effect: 'Deny', Action: `${service}:*`, Resource: resource },
    { Effect: 'Deny', NotAction: ['iam:*', 'sts:*'], Resource: '*' },
    {
      Effect: 'Deny',
      Action: '*',
      Resource: '*',
      Condition: { StringNotEquals: { 'aws:RequestedRegion': 'us-west-2' } },
    },
    { Effect: 'Deny', Action: [action, `${service}:Create*`], NotResource: 'arn:aws:s3:::public/*' },
  ]
  const chosen = pick(random, shapes)
  const usable = resource === '*' && chosen.NotResource !== undefined ? shapes[0] : chosen
  return { Sid: 'Guard', ...usable, ...(principal ? { Principal: '*' } : {}) }
}

const chooseBlockers = (random: Random, possible: readonly Blocker[]): ReadonlySet<Blocker> => {
  const count = 1 + Math.floor(random() * 4)
  const chosen = new Set<Blocker>()
  for (let turn = 0; chosen.size < count && turn < 20; turn += 1) {
    const [first = 'identity-missing', ...rest] = possible
    chosen.add(pick(random, [first, ...rest]))
  }
  return chosen
}

export const scenarioOf = (seed: number): Scenario => {
  const random = randomFrom(seed)
  const one = pick(random, asked)
  const isCross = one.attachTo !== null && random() < 0.3
  const owner = isCross ? otherAccount : account
  const isKey = one.action.startsWith('kms:')
  const isUser = random() < 0.25
  const possible = blockers.filter((blocker) => {
    if (blocker === 'resource-missing') return isCross || isKey
    if (blocker === 'resource-deny') return one.attachTo !== null
    if (blocker === 'session-missing') return !isUser
    return blocker !== 'endpoint-missing' || one.attachTo !== null
  })
  const chosen = chooseBlockers(random, possible)
  const has = (blocker: Blocker): boolean => chosen.has(blocker)
  const resource = one.resource(owner)
  const allowed: Statement = { Effect: 'Allow', Action: one.action, Resource: resource }
  const missing = (): readonly Statement[] => nearMisses(random, one, owner)
  const deny = (principal = false): Statement => denies(random, one, owner, principal)

  const identity = [
    policy('granted', ...(has('identity-missing') ? missing() : [allowed]), {
      Effect: 'Allow',
      Action: 'logs:*',
      Resource: '*',
    }),
    ...(has('identity-deny') ? [policy('guard', deny())] : []),
  ]
  const hasBoundary = has('boundary-missing') || has('boundary-deny') || random() < 0.2
  const boundary = policy(
    'cap',
    ...(has('boundary-missing') ? missing() : [everything]),
    ...(has('boundary-deny') ? [deny()] : []),
  )
  const scp = [
    {
      level: 'root',
      policies: [policy('FullAWSAccess', everything), ...(has('scp-deny') ? [policy('fence', deny())] : [])],
    },
    {
      level: 'account',
      policies: [has('scp-missing') ? policy('allowed-services', ...missing()) : policy('FullAWSAccess', everything)],
    },
  ]
  const hasOrganization = has('scp-missing') || has('scp-deny') || random() < 0.2
  const withPrincipal = (statements: readonly Statement[]): readonly Statement[] =>
    statements.map((statement) => ({ Principal: '*', ...statement }))
  const delegation: Statement = {
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${owner}:root` },
    Action: isKey ? 'kms:*' : '*',
    Resource: '*',
  }
  const caller = isUser ? `arn:aws:iam::${account}:user/kim` : callerRole
  const granted: Statement = {
    Effect: 'Allow',
    Principal: { AWS: caller },
    Action: one.action,
    Resource: isKey ? '*' : resource,
  }
  const own = [
    ...(isKey && !(has('resource-missing') && !isCross) ? [delegation] : []),
    ...(isCross && !has('resource-missing') ? [granted] : []),
    ...(has('resource-deny') ? [deny(true)] : []),
  ]
  const hasResourcePolicy = one.attachTo !== null && (own.length > 0 || isKey || isCross)
  const policies: Policies = {
    'identity-based': identity,
    ...(hasBoundary ? { 'permissions-boundary': [{ ...boundary, arn: `arn:aws:iam::${account}:policy/cap` }] } : {}),
    ...(hasOrganization ? { 'service-control': scp } : {}),
    ...(has('session-missing') ? { session: [policy('session', ...missing())] } : {}),
    ...(has('endpoint-missing') ? { 'vpc-endpoint': [policy('endpoint', ...withPrincipal(missing()))] } : {}),
    ...(hasResourcePolicy ? { 'resource-based': [policy('own', ...own)] } : {}),
  }
  const request = requestFor(one.action, resource, {
    principal: isUser
      ? { type: 'user', arn: caller }
      : { type: 'assumed-role', arn: `arn:aws:sts::${account}:assumed-role/reporter/s1`, roleArn: callerRole },
    resourceAccount: owner,
    context: { 'aws:RequestedRegion': 'eu-west-1' },
    contextComplete: true,
  })
  return { seed, blockers: [...chosen], request, attachTo: one.attachTo, policies }
}

/** Where a policy type's policy hangs in these accounts. */
export const attachmentIn = ({ attachTo, request }: Scenario, type: PolicyType): string => {
  if (type === 'resource-based') return attachTo ?? ''
  if (type === 'vpc-endpoint') return 'vpc-endpoint/vpce-0a1b2c3d'
  if (type === 'service-control') return 'organization/account'
  if (type === 'permissions-boundary') return 'policy/cap'
  return request.principal.type === 'user' ? 'user/kim' : 'role/reporter'
}
