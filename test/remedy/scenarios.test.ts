/**
 * Goal: in accounts with one to four blockers, carrying out all remedies allows the request and opens nothing that is
 * not said. Method: generated accounts, three evaluators, and probes beside the request. Replay with SEED.
 */
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import t from 'tap'
import { loadActionCatalogue } from '../../src/action-catalogue/load.ts'
import type { ActionCatalogue } from '../../src/action-catalogue/action-catalogue.ts'
import type { ConditionBlock, Statement } from '../../src/iam/policy-document.ts'
import type { Policies } from '../../src/iam/policies.ts'
import type { PolicyType } from '../../src/iam/policy-type.ts'
import type { AccessRequest } from '../../src/iam/request.ts'
import { applyRemedies } from '../../src/remedy/apply.ts'
import { buildRemedies } from '../../src/remedy/build.ts'
import type { Fix } from '../../src/remedy/fix.ts'
import type { Remedy } from '../../src/remedy/remedy.ts'
import { allowStatement, type StatementHome } from './allow-statement.ts'
import { compilePolicies } from '../../src/verdict/compile.ts'
import { evaluate } from '../../src/verdict/evaluate.ts'
import type { PolicyTypeVerdict } from '../../src/verdict/verdict.ts'
import { compileWildcard, matchesWildcard } from '../../src/verdict/wildcard.ts'
import { evaluateByDefinition } from '../oracle/definitional.ts'
import { simulationOf, type Simulation } from '../oracle/simulation.ts'
import { runOf } from '../property/generated-case.ts'
import { account, evidenceWith, fixWith, noReason } from './given.ts'
import { attachmentIn, pick, randomFrom, scenarioOf, type Random, type Scenario } from './scenario.ts'

const services = 's3 sqs sns kms lambda secretsmanager dynamodb ec2 iam logs'.split(' ')
const probesEach = 400

const homes: { readonly [T in PolicyType]?: StatementHome } = {
  'resource-based': 'resource',
  'vpc-endpoint': 'endpoint',
}
const kinds: { readonly [T in PolicyType]?: Fix['kind'] } = {
  'permissions-boundary': 'boundary',
  'service-control': 'scp',
  session: 'session',
  'resource-based': 'resource-policy',
  'vpc-endpoint': 'resource-policy',
}

const statementsIn = (policies: Policies, type: PolicyType, name: string): readonly Statement[] => {
  const given = policies[type]
  if (given === undefined || given === null || given === 'unknown') return []
  const all = given.flatMap((entry) =>
    'level' in entry ? (entry.policies === 'unknown' ? [] : entry.policies) : [entry],
  )
  const document = all.find((policy) => policy.name === name)?.document as
    { readonly Statement: readonly Statement[] } | undefined
  return document?.Statement ?? []
}

/** The Deny with the caller exempted, or the action where the Deny lists what it spares. */
const exempted = (deny: Statement, request: AccessRequest): Statement => {
  if (deny.NotAction !== undefined) return { ...deny, NotAction: [deny.NotAction, request.action].flat() }
  const caller = request.principal.roleArn ?? request.principal.arn ?? ''
  const condition: ConditionBlock = { ...deny.Condition, ArnNotEquals: { 'aws:PrincipalArn': caller } }
  return { ...deny, Condition: condition }
}

/** What a careful administrator does about a policy type that blocks: never an Allow against a Deny. */
const fixesOf = (scenario: Scenario, layer: PolicyTypeVerdict, catalogue: ActionCatalogue): readonly Fix[] => {
  const { request, policies } = scenario
  const attachTo = attachmentIn(scenario, layer.type)
  const kind = kinds[layer.type] ?? 'edit-statement'
  if (layer.result === 'explicitDeny') {
    return layer.determining.map((at) => {
      const deny = statementsIn(policies, layer.type, at.policy)[at.statement]
      if (deny === undefined) throw new Error('a determining statement that is not there')
      return fixWith(layer.type, attachTo, null, { kind, edit: { at, after: exempted(deny, request) } })
    })
  }
  const home =
    request.action.startsWith('kms:') && layer.type === 'resource-based' ? 'key' : (homes[layer.type] ?? 'identity')
  const statement = allowStatement(request, catalogue, home)
  return [fixWith(layer.type, attachTo, statement, { kind: kinds[layer.type] ?? 'add-identity-statement' })]
}

/** All fixes at once: a Deny hides what is missing beneath it in the same policy type, so that it takes two looks. */
const settle = (
  scenario: Scenario,
  catalogue: ActionCatalogue,
): { readonly remedies: readonly Remedy[]; readonly fixes: readonly Fix[] } => {
  const context = {
    denial: noReason,
    requests: [scenario.request],
    evidence: evidenceWith(scenario.policies),
    catalogue,
  }
  let fixes: readonly Fix[] = []
  for (let look = 0; look < 4; look += 1) {
    const remedies = buildRemedies(fixes, context)
    const { policies } = applyRemedies(context.evidence, remedies)
    const verdict = evaluate(scenario.request, policies)
    if (verdict.decision === 'allowed') return { remedies, fixes }
    const blocking = verdict.policyTypes.filter((layer) => layer.blocking)
    const seen = new Set(fixes.map((fix) => `${fix.target?.policyType ?? ''} ${String(fix.edit === null)}`))
    const found = blocking
      .flatMap((layer) =>
        fixesOf({ ...scenario, policies: look === 0 ? scenario.policies : policies }, layer, catalogue),
      )
      .filter((fix) => !seen.has(`${fix.target?.policyType ?? ''} ${String(fix.edit === null)}`))
    if (found.length === 0) break
    fixes = [...fixes, ...found]
  }
  return { remedies: buildRemedies(fixes, context), fixes }
}

const neighbours = (random: Random, resource: string): string => {
  // An action that takes no resource is asked on nothing else.
  if (resource === '*') return '*'
  return pick(random, [
    `${resource}x`,
    resource.slice(0, -1),
    `${resource}/deeper`,
    `${resource}:suffix`,
    resource.replace('eu-west-1', 'us-west-2'),
    resource.replace(/\d{12}/u, '999988887777'),
    resource.replace(/[^:/]+$/u, 'other'),
    resource,
    'arn:aws:s3:::public/x',
    `arn:aws:iam::${account}:role/admin`,
  ])
}

/** Requests beside the denied one: other actions, other resources, both. */
const probesOf = ({ request, seed, policies }: Scenario, catalogue: ActionCatalogue): readonly AccessRequest[] => {
  // The policy of a resource speaks of that resource: others have their own. A bucket's speaks of its objects too.
  const isBound = policies['resource-based'] !== undefined
  const isFixed = isBound && !request.action.startsWith('s3:')
  const random = randomFrom(seed ^ 0x5bd1e995)
  const [service = ''] = request.action.split(':')
  const [firstAction = request.action, ...siblings] = catalogue.actionsOf(service)
  const [firstOther = 'iam:CreateUser', ...others] = [...catalogue.actionsOf('iam'), ...catalogue.actionsOf('logs')]
  return Array.from({ length: probesEach }, (_, index) => {
    const turn = index % 4
    const action =
      turn === 0
        ? request.action
        : turn === 3
          ? pick(random, [firstOther, ...others])
          : pick(random, [firstAction, ...siblings])
    const resource = turn === 1 || isFixed ? request.resource : neighbours(random, request.resource ?? '*')
    return { ...request, action, resource }
  }).filter(
    ({ action, resource }) =>
      (action !== request.action || resource !== request.resource) &&
      (!isBound || isFixed || resource?.startsWith('arn:aws:s3:::photos/') === true),
  )
}

const covers = (pattern: { readonly action: string; readonly resource: string }, probe: AccessRequest): boolean =>
  matchesWildcard(compileWildcard(pattern.action.toLowerCase()), probe.action.toLowerCase()) &&
  matchesWildcard(compileWildcard(pattern.resource), probe.resource ?? '*')

/** What the remedies opened without saying so. */
const unsaid = (scenario: Scenario, remedies: readonly Remedy[], after: Policies, catalogue: ActionCatalogue) => {
  const said = remedies.flatMap(({ verification }) => verification?.alsoAllowed ?? [])
  const [compiledBefore, compiledAfter] = [compilePolicies(scenario.policies), compilePolicies(after)]
  const probes = probesOf(scenario, catalogue)
  const flipped = probes.filter(
    (probe) =>
      evaluate(probe, compiledAfter).decision === 'allowed' &&
      evaluate(probe, compiledBefore).decision !== 'allowed' &&
      !said.some((pattern) => covers(pattern, probe)),
  )
  return { probes: probes.length, flipped }
}

/** A sibling of the caller that may do everything by itself: what denied it before must go on denying it. */
const stranger = ({ request, policies }: Scenario, after: Policies, remedies: readonly Remedy[]): boolean => {
  // Guardrails without principals speak of everybody by their nature.
  const shared = remedies.some(
    ({ target }) => target?.policyType === 'vpc-endpoint' || target?.policyType === 'service-control',
  )
  if (shared || remedies.some(({ change }) => change?.edit?.after.NotAction !== undefined)) return false
  const everything = [
    { name: 'all', document: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } } },
  ]
  const other = {
    ...request,
    principal: {
      type: 'assumed-role',
      arn: `arn:aws:sts::${account}:assumed-role/other/s`,
      roleArn: `arn:aws:iam::${account}:role/other`,
    },
  } as const
  const decide = (given: Policies): string =>
    evaluate(other, { ...given, 'permissions-boundary': null, session: null, 'identity-based': everything }).decision
  return decide(after) === 'allowed' && decide(policies) !== 'allowed'
}

/** The outside simulator derives no keys and wants them given. */
const spelledOut = (request: AccessRequest): AccessRequest => {
  const { type, arn, roleArn } = request.principal
  return {
    ...request,
    context: {
      ...request.context,
      'aws:PrincipalArn': roleArn ?? arn ?? null,
      'aws:PrincipalAccount': account,
      'aws:PrincipalType': type === 'user' ? 'User' : 'AssumedRole',
      'aws:ResourceAccount': request.resourceAccount,
    },
  }
}

const simulate = async (simulations: readonly Simulation[]): Promise<readonly string[]> => {
  const child = spawn(process.execPath, [new URL('../oracle/simulate-child.mjs', import.meta.url).pathname], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  child.stdin.end(simulations.map((one) => `${JSON.stringify(one)}\n`).join(''))
  const answers: string[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    const { error, result } = JSON.parse(line) as { readonly error?: string; readonly result?: string }
    answers.push(error === undefined ? (result ?? '') : `error ${error}`)
  }
  return answers
}

t.test('applying the remedies allows the request and opens nothing unsaid', async (t) => {
  const catalogue = await loadActionCatalogue(services)
  const { numRuns, seed } = runOf(60, 1000)
  t.comment(`SEED=${String(seed)}, ${String(numRuns)} scenarios, ${String(probesEach)} probes each`)
  const failures: string[] = []
  const simulations: { readonly name: string; readonly simulation: Simulation }[] = []
  let [done, probed, ready, misplaced] = [0, 0, 0, 0]
  const byBlockers = [0, 0, 0, 0, 0]
  for (let number = seed; done < numRuns; number += 1) {
    const scenario = scenarioOf(number)
    const before = evaluate(scenario.request, scenario.policies)
    if (before.decision === 'allowed') continue
    done += 1
    const name = `SEED=${String(number)} ${scenario.blockers.join('+')} ${scenario.request.action}`
    const blocking = before.policyTypes.filter((layer) => layer.blocking).length
    byBlockers[Math.min(blocking, 4)] = (byBlockers[Math.min(blocking, 4)] ?? 0) + 1
    const { remedies, fixes } = settle(scenario, catalogue)
    const { policies } = applyRemedies(evidenceWith(scenario.policies), remedies)
    ready += remedies.every(({ readiness }) => readiness === 'ready') ? 1 : 0

    const decisions = [
      evaluate(scenario.request, policies).decision,
      evaluateByDefinition(scenario.request, policies).decision,
      ...remedies.map(({ verification }) => verification?.decision ?? 'not verified'),
    ]
    if (decisions.some((decision) => decision !== 'allowed')) failures.push(`${name}: ${decisions.join(' ')}`)
    const simulation = simulationOf({ request: spelledOut(scenario.request), policies })
    if (simulation !== null) simulations.push({ name, simulation })

    const { probes, flipped } = unsaid(scenario, remedies, policies, catalogue)
    probed += probes
    for (const { action, resource } of flipped.slice(0, 2))
      failures.push(`${name}: opened ${action} on ${resource ?? '?'}`)
    if (stranger(scenario, policies, remedies)) failures.push(`${name}: opened for another role`)
    const identity = before.policyTypes.find(({ type }) => type === 'identity-based')
    const allowsAgainstDeny = fixes.filter(
      (fix) => fix.target?.policyType === 'identity-based' && fix.edit === null,
    ).length
    if (allowsAgainstDeny > 0 && identity?.blocking !== true) misplaced += 1
  }
  const answers = await simulate(simulations.map(({ simulation }) => simulation))
  const refused = answers.flatMap((answer, index) =>
    answer === 'Allowed' ? [] : [`${simulations[index]?.name ?? ''}: ${answer}`],
  )
  t.comment(
    `blocking types 1 to 4: ${byBlockers.slice(1).join(', ')}; all ready: ${String(ready)}; probes: ${String(probed)}`,
  )
  t.comment(`the outside simulator was asked ${String(answers.length)} times`)
  t.strictSame(failures.slice(0, 10), [])
  t.strictSame(refused.slice(0, 10), [], 'an engine by other people allows it as well')
  t.equal(misplaced, 0, 'no identity-based Allow against a deny or a ceiling')
  t.ok(probed > done * probesEach * 0.6)
})
