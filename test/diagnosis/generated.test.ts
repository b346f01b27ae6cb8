import t from 'tap'
import { loadActionCatalogue } from '../../src/action-catalogue/load.ts'
import { parsePaste } from '../../src/denial/parse.ts'
import { diagnose } from '../../src/diagnosis/diagnose.ts'
import type { NamedPolicy, Policies, PolicyLevel } from '../../src/iam/policies.ts'
import type { PolicyType } from '../../src/iam/policy-type.ts'
import { applyRemedies } from '../../src/remedy/apply.ts'
import { deriveRequests } from '../../src/requests/derive.ts'
import { evaluateDenial } from '../../src/verdict/diagnosis-mode.ts'
import { evaluate } from '../../src/verdict/evaluate.ts'
import type { Assumption } from '../../src/verdict/verdict.ts'
import { evaluateByDefinition } from '../oracle/definitional.ts'
import { runOf } from '../property/generated-case.ts'
import { evidenceWith } from '../remedy/given.ts'
import { scenarioOf, type Scenario } from '../remedy/scenario.ts'

/**
 * Goal: what a diagnosis says of its own remedies is true. Method: generated accounts with one to four blockers, the
 * denial written as AWS would, the whole line from text to remedies, and the remedies tried on an evaluator that does
 * not know how they were found. Replay with SEED.
 */

const services = 's3 sqs sns kms lambda secretsmanager dynamodb ec2 iam logs sts'.split(' ')

const clauses: Readonly<Record<PolicyType, string>> = {
  'identity-based': 'identity-based policy',
  'permissions-boundary': 'permissions boundary',
  session: 'session policy',
  'resource-based': 'resource-based policy',
  'role-trust': 'role trust policy',
  'service-control': 'service control policy',
  'resource-control': 'resource control policy',
  'vpc-endpoint': 'VPC endpoint policy',
}

/** What AWS would print: it names one policy type, however many deny. */
function messageFor({ request, policies }: Scenario): string | null {
  const { decision, policyType } = evaluate(request, policies)
  if (decision === 'allowed') return null
  const clause = policyType === null || policyType === 'root' ? null : clauses[policyType]
  const reason =
    clause === null || decision === 'unknown'
      ? ''
      : decision === 'explicitDeny'
        ? ` with an explicit deny in a ${clause}`
        : ` because no ${clause} allows the ${request.action} action`
  const on = request.resource === null || request.resource === '*' ? '' : ` on resource: ${request.resource}`
  return `User: ${request.principal.arn ?? ''} is not authorized to perform: ${request.action}${on}${reason}`
}

/** An assumption that comes with the claim: SCPs that allow stand beside those that were read. */
const isOfScps = ({ code, policyType }: Assumption): boolean =>
  code === 'unread-allows' && policyType === 'service-control'

const fullAccess: NamedPolicy = {
  name: 'FullAWSAccess',
  document: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } },
}

function withFullAccess(policies: Policies): Policies {
  const levels = policies['service-control']
  if (levels === undefined || levels === null || levels === 'unknown') return policies
  const isSilent = ({ policies: own }: PolicyLevel): boolean => !JSON.stringify(own).includes('"Effect":"Allow"')
  const added = levels.map((level) =>
    isSilent(level) && level.policies !== 'unknown' ? { ...level, policies: [...level.policies, fullAccess] } : level,
  )
  return { ...policies, 'service-control': added }
}

t.test('what a diagnosis says of its remedies is true', async (t) => {
  const catalogue = await loadActionCatalogue(services)
  const { numRuns, seed } = runOf(80, 1000)
  t.comment(`SEED=${String(seed)}, ${String(numRuns)} accounts`)
  const wrong: string[] = []
  let [done, ready, claimed] = [0, 0, 0]
  for (let number = seed; done < numRuns; number += 1) {
    const scenario = scenarioOf(number)
    const text = messageFor(scenario)
    if (text === null) continue
    done += 1
    const { request, policies } = scenario
    const [denial] = parsePaste(text).denials
    if (denial === undefined) {
      wrong.push(`SEED=${String(number)}: not read: ${text}`)
      continue
    }
    const hints = request.resourceAccount === null ? {} : { resourceAccount: request.resourceAccount }
    const requests = deriveRequests(denial, catalogue, hints).map((one) => ({
      ...one,
      principal: request.principal,
      context: { ...one.context, ...request.context },
      contextComplete: request.contextComplete,
    }))
    const { context, contextComplete, resourceAccount } = request
    const evidence = evidenceWith(policies, { context, contextComplete, resourceAccount })
    const [asked] = requests
    const verdict = asked === undefined ? null : evaluateDenial(denial, asked, evidence)
    const { causes } = diagnose({ denial, requests, evidence, verdict, catalogue })

    const certain = causes.filter(({ confidence }) => confidence !== 'possible').flatMap(({ remedies }) => remedies)
    const proposed = certain.filter(({ alternative }) => !alternative)
    const assumed = proposed.some(({ verification }) => verification?.assuming.some(isOfScps) === true)
    const changed = applyRemedies(evidence, proposed).policies
    const after = assumed ? withFullAccess(changed) : changed
    const allowed = [evaluate(request, after), evaluateByDefinition(request, after)].every(
      ({ decision }) => decision === 'allowed',
    )
    const isReady = proposed.length > 0 && proposed.every(({ readiness }) => readiness === 'ready')
    const claims = proposed.some(({ verification }) => verification?.decision === 'allowed')
    ready += isReady ? 1 : 0
    claimed += claims ? 1 : 0
    if ((isReady || claims) && !allowed) wrong.push(`SEED=${String(number)}: said to be allowed, and is not: ${text}`)

    const identityBlocks = evaluate(request, policies).policyTypes.some(
      ({ type, blocking }) => type === 'identity-based' && blocking,
    )
    const misplaced = certain.some(
      ({ target, statement, editedStatement }) =>
        target?.policyType === 'identity-based' && statement?.Effect === 'Allow' && editedStatement === null,
    )
    if (misplaced && !identityBlocks) wrong.push(`SEED=${String(number)}: an identity Allow that cannot help: ${text}`)
  }
  t.comment(`all remedies ready: ${String(ready)}; said to be allowed: ${String(claimed)}`)
  t.strictSame(wrong.slice(0, 10), [])
  t.ok(claimed > done / 10, 'enough of them claim something to be tested')
})
