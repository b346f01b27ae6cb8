import { isObject } from '../iam/json.ts'
import type { PolicyType } from '../iam/policy-type.ts'
import type { RequestContext } from '../iam/request.ts'
import type { AwsEvaluation } from './evidence.ts'
import { listField, objectField, textField } from './fields.ts'

type Json = Readonly<Record<string, unknown>>

/** https://docs.aws.amazon.com/iam-toolbox/latest/APIReference/API_PolicyInfo.html */
const policyTypeNames: Readonly<Record<string, PolicyType>> = {
  IDENTITY_BASED_POLICY: 'identity-based',
  RESOURCE_BASED_POLICY: 'resource-based',
  PERMISSIONS_BOUNDARY: 'permissions-boundary',
  SESSION_POLICY: 'session',
  SERVICE_CONTROL_POLICY: 'service-control',
  RESOURCE_CONTROL_POLICY: 'resource-control',
  VPC_ENDPOINT_POLICY: 'vpc-endpoint',
}

/**
 * AWS's own evaluation of a denied request, out of the pages of GetRequestAuthorizationDetails: the evaluation that was
 * denied, or the one of the action asked about where several were.
 */
export function readAuthorizationDetails(pages: readonly unknown[], action: string | null): AwsEvaluation | null {
  const read = pages.filter(isObject)
  const evaluations = read.flatMap((page) => listField(page, 'evaluations'))
  const denied = evaluations.filter((evaluation) => textField(evaluation, 'evaluatedEffect') !== 'ALLOW')
  const evaluation = denied.find((one) => sameAction(one, action)) ?? denied[0] ?? evaluations[0]
  if (evaluation === undefined) return null
  const policies = new Map(
    read.flatMap((page) => listField(page, 'policies')).map((policy) => [textField(policy, 'uri'), policy]),
  )
  const contexts = [...read.map((page) => objectField(page, 'requestContext')), objectField(evaluation, 'context')]
  const effect = textField(evaluation, 'evaluatedEffect')
  return {
    from: 'authorization-id',
    action: textField(evaluation, 'action'),
    resource: textField(evaluation, 'resource'),
    explicitDeny: effect === null ? null : effect === 'EXPLICIT_DENY',
    context: Object.assign({}, ...contexts.map((context) => contextOf(context ?? {}))) as RequestContext,
    // AWS gives the values that it used, and does not say that all others were absent.
    contextComplete: false,
    matched: listField(evaluation, 'matchedPolicies').flatMap((policy) => matchesOf(policy, policies, effect)),
  }
}

const sameAction = (evaluation: Json, action: string | null): boolean =>
  action !== null && textField(evaluation, 'action')?.toLowerCase() === action.toLowerCase()

function matchesOf(
  policy: Json,
  policies: ReadonlyMap<string | null, Json>,
  effect: string | null,
): AwsEvaluation['matched'] {
  const uri = textField(policy, 'uri')
  const info = policies.get(uri)
  const type = info === undefined ? null : textField(info, 'type')
  const about = {
    policyType: type === null ? null : (policyTypeNames[type] ?? null),
    policyArn: uri?.startsWith('arn:') === true ? uri : null,
  }
  const statements = listField(policy, 'matchedStatements')
  if (statements.length === 0) return [{ ...about, sid: null, effect: effect === 'EXPLICIT_DENY' ? 'Deny' : 'Allow' }]
  return statements.map((statement) => ({
    ...about,
    sid: textField(statement, 'sid'),
    effect: /DENY/.test(textField(statement, 'evaluatedEffect') ?? effect ?? '')
      ? ('Deny' as const)
      : ('Allow' as const),
  }))
}

/** Values arrive as JSON of any kind; context keys are text, or lists of it. */
function contextOf(values: Json): RequestContext {
  const entries = Object.entries(values).flatMap(([key, value]): [string, string | readonly string[]][] => {
    if (Array.isArray(value)) return [[key, value.map(String)]]
    return ['string', 'number', 'boolean'].includes(typeof value) ? [[key, String(value)]] : []
  })
  return Object.fromEntries(entries)
}
