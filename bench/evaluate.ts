/**
 * The engine beside another one, on the same question, in one run; then its growth with the number of statements, and
 * patterns that are made to hurt.
 *
 *   npm run build && node bench/evaluate.ts          (Node 24 runs it as it is)
 */
import { runSimulation, type Simulation } from '@cloud-copilot/iam-simulate'
import type { NamedPolicy, Policies } from '../src/iam/policies.ts'
import type { AccessRequest } from '../src/iam/request.ts'
import { compilePolicies } from '../src/verdict/compile.ts'
import { evaluate } from '../src/verdict/evaluate.ts'
import { compileWildcard, matchesWildcard } from '../src/verdict/wildcard.ts'

const account = '111122223333'
const request: AccessRequest = {
  principal: {
    type: 'assumed-role',
    arn: `arn:aws:sts::${account}:assumed-role/shop/w1`,
    roleArn: `arn:aws:iam::${account}:role/shop`,
  },
  action: 's3:GetObject',
  resource: 'arn:aws:s3:::ledger/2026/may.csv',
  resourceAccount: account,
  context: { 'aws:SourceIp': '192.0.2.7', 'aws:PrincipalTag/team': 'red' },
  contextComplete: true,
}

const services = ['s3', 'sqs', 'sns', 'dynamodb', 'lambda', 'ec2', 'kms', 'logs', 'events', 'ecr']

/** A statement such as roles have: two actions of one service, an ARN, now and then a condition. */
const statement = (i: number, service: string): unknown => ({
  Effect: i % 20 === 19 ? 'Deny' : 'Allow',
  Action: [`${service}:Get*`, `${service}:List${i}`],
  Resource: i === 95 ? 'arn:aws:s3:::ledger/*' : `arn:aws:${service}:::thing-${i}/*`,
  ...(i % 3 === 0 ? { Condition: { StringEquals: { 'aws:PrincipalTag/team': ['blue', 'green'] } } } : {}),
})

const policiesOf = (count: number, size: number, serviceOf: (i: number) => string): readonly NamedPolicy[] =>
  Array.from({ length: count }, (_, p) => ({
    name: `P${p}`,
    document: {
      Version: '2012-10-17',
      Statement: Array.from({ length: size }, (_, s) => statement(p * size + s, serviceOf(p * size + s))),
    },
  }))

const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0

/** Seconds of processor time: the clock on the wall also counts what else the machine is doing. */
const spent = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

/** Seconds for one call, from runs of about `budget` seconds. */
const secondsOf = async (call: () => unknown, budget = 0.15): Promise<number> => {
  const start = spent()
  let calls = 0
  while (spent() - start < budget) {
    await call()
    calls++
  }
  return (spent() - start) / calls
}

const secondsOfSync = (call: () => unknown, budget = 0.15): number => {
  const start = spent()
  let calls = 0
  while (spent() - start < budget) {
    for (let i = 0; i < 20; i++) call()
    calls += 20
  }
  return (spent() - start) / calls
}

const perSecond = (seconds: number): string =>
  Math.round(1 / seconds)
    .toLocaleString('en')
    .padStart(12)
const micro = (seconds: number): string => `${(seconds * 1e6).toFixed(1).padStart(10)} µs`

const sideBySide = async (title: string, serviceOf: (i: number) => string): Promise<void> => {
  const identity = policiesOf(10, 10, serviceOf)
  const policies: Policies = { 'identity-based': identity }
  const compiled = compilePolicies(policies)
  const simulation: Simulation = {
    request: {
      principal: request.principal.arn ?? '',
      action: request.action,
      resource: { resource: request.resource ?? '', accountId: account },
      contextVariables: { 'aws:SourceIp': '192.0.2.7', 'aws:PrincipalTag/team': 'red' },
    },
    identityPolicies: identity.map(({ name, document }) => ({ name, policy: document })),
    serviceControlPolicies: [],
    resourceControlPolicies: [],
  }
  const theirs = await runSimulation(simulation, {})
  const ours = evaluate(request, compiled)
  const [ourRuns, theirRuns]: [number[], number[]] = [[], []]
  for (let round = 0; round < 7; round++) {
    ourRuns.push(secondsOfSync(() => evaluate(request, compiled)))
    theirRuns.push(await secondsOf(() => runSimulation(simulation, {})))
  }
  const [a, b] = [median(ourRuns), median(theirRuns)]
  console.log(`\n${title}`)
  console.log(
    `  decisions: ours ${ours.decision}, theirs ${'overallResult' in theirs ? theirs.overallResult : 'error'}`,
  )
  console.log(`  ours   ${perSecond(a)} evaluations/s  ${micro(a)}`)
  console.log(`  theirs ${perSecond(b)} evaluations/s  ${micro(b)}`)
  console.log(`  ratio  ${(b / a).toFixed(0)}`)
}

const growth = (): void => {
  console.log('\nGrowth with the number of statements: all of the service asked for, and none of it')
  console.log('  statements       same service     other services   compiling')
  for (const count of [10, 100, 1000, 10_000]) {
    const build = (service: string): Policies => ({ 'identity-based': policiesOf(count / 10, 10, () => service) })
    const started = spent()
    const same = compilePolicies(build('s3'))
    const compiling = spent() - started
    const other = compilePolicies(build('sqs'))
    const budget = count > 1000 ? 0.6 : 0.2
    const [a, b] = [
      secondsOfSync(() => evaluate(request, same), budget),
      secondsOfSync(() => evaluate(request, other), budget),
    ]
    console.log(`  ${String(count).padStart(10)} ${micro(a)}      ${micro(b)}  ${micro(compiling)}`)
  }
}

const hostile = (): void => {
  console.log('\nPatterns made to hurt: one match, against a text that nearly fits')
  for (const size of [1000, 10_000, 100_000]) {
    const stars = compileWildcard('*a'.repeat(50) + '*b*')
    const holes = compileWildcard(`*${'?a'.repeat(20)}b`.repeat(10) + '*')
    const text = 'a'.repeat(size)
    const [a, b] = [
      secondsOfSync(() => matchesWildcard(stars, text), 0.05),
      secondsOfSync(() => matchesWildcard(holes, text), 0.05),
    ]
    console.log(`  ${String(size).padStart(7)} characters  *a*a*a…*b*${micro(a)}   *?a?a…b*?a?a…b* ${micro(b)}`)
  }
}

console.log(`Node ${process.version}`)
await sideBySide('Ten policies of ten statements, ten services', (i) => services[i % services.length] ?? 's3')
await sideBySide('Ten policies of ten statements, all of the service asked for', () => 's3')
growth()
hostile()
