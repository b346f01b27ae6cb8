import type { NamedPolicy, PolicyLevel } from '../../src/iam/policies.ts'
import type { RequestContext } from '../../src/iam/request.ts'
import type { Principal } from '../../src/iam/principal.ts'
import type { GeneratedCase } from '../property/generated-case.ts'

const account = '111122223333'

/** Callers that the simulator knows. It derives a role from its session's ARN, so the path is unknown to both. */
const callers: readonly Principal[] = [
  { type: 'user', arn: `arn:aws:iam::${account}:user/ana` },
  { type: 'assumed-role', arn: `arn:aws:sts::${account}:assumed-role/app/s1` },
]

const principalArn = ({ type, arn }: Principal): string | undefined =>
  type === 'assumed-role' ? `arn:aws:iam::${account}:role/app` : arn

/** The keys that our engine derives; the simulator wants them spelled out, so both are given them. */
const derivedContext = (principal: Principal, resourceAccount: string): RequestContext => {
  const types: Readonly<Record<string, string>> = {
    user: 'User',
    'assumed-role': 'AssumedRole',
    'federated-user': 'FederatedUser',
    anonymous: 'Anonymous',
  }
  return {
    'aws:ResourceAccount': resourceAccount,
    'aws:PrincipalAccount': principal.arn === undefined ? null : account,
    'aws:PrincipalArn': principalArn(principal) ?? null,
    'aws:PrincipalType': types[principal.type] ?? null,
    'aws:username': principal.type === 'user' ? 'ana' : null,
    'aws:userid': null,
    'aws:PrincipalIsAWSService': String(principal.type === 'service'),
  }
}

/** The simulator knows which keys have several values and refuses any other form. */
const shaped = (context: RequestContext): RequestContext =>
  Object.fromEntries(
    Object.entries(context).map(([key, value]): [string, string | readonly string[] | null] => {
      if (value === null || value.length === 0) return [key, null]
      if (key === 'aws:TagKeys') return [key, [value].flat()]
      return [key, [value].flat()[0] ?? null]
    }),
  )

const fullAccess: NamedPolicy = {
  name: 'FullAWSAccess',
  document: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } },
}

interface Statement {
  readonly Action?: string | readonly string[]
  readonly NotAction?: unknown
}

/** RCPs may only deny, name their services, and speak of everybody; the simulator refuses anything else. */
const asRcp = ({ name, document }: NamedPolicy): readonly NamedPolicy[] => {
  const { Statement: given } = document as { Statement: Statement | readonly Statement[] }
  const statements = (Array.isArray(given) ? given : [given]) as readonly Statement[]
  const kept = statements.flatMap(({ Action: action, ...rest }) => {
    const actions = [action ?? []].flat().filter((pattern) => pattern.includes(':') && !pattern.startsWith('*'))
    const others = Object.fromEntries(Object.entries(rest).filter(([element]) => element !== 'NotAction'))
    return actions.length === 0 ? [] : [{ ...others, Effect: 'Deny', Principal: '*', Action: actions }]
  })
  return kept.length === 0 ? [] : [{ name, document: { Version: '2012-10-17', Statement: kept } }]
}

const readable = (levels: readonly PolicyLevel[], isRcp: boolean): readonly PolicyLevel[] =>
  levels.map(({ level, policies }) => {
    const read = policies === 'unknown' ? [fullAccess] : policies
    return { level, policies: isRcp ? read.flatMap(asRcp) : read }
  })

/** A wildcard in the request makes the simulator ask about every resource that a policy names. */
const isAskable = (resource: string | null, action: string): boolean =>
  resource !== null && (!resource.includes('*') || action === 's3:ListAllMyBuckets')

/**
 * The nearest case that both engines can be asked about: everything read, every key known, a caller and a resource
 * that are known. Resource, trust and session policies are single documents.
 */
export const comparable = (given: GeneratedCase): GeneratedCase => {
  const { request, policies } = given
  const keep = ['service', 'anonymous', 'federated-user'].includes(request.principal.type)
  const principal = keep
    ? request.principal
    : (callers[JSON.stringify(policies).length % callers.length] ?? request.principal)
  const hasIdentity = principal.type !== 'service' && principal.type !== 'anonymous'
  const resourceAccount = request.resourceAccount ?? account
  const read: Record<string, unknown> = {}
  for (const [type, value] of Object.entries(policies)) {
    if (!Array.isArray(value)) continue
    if (!hasIdentity && ['identity-based', 'permissions-boundary', 'session', 'service-control'].includes(type))
      continue
    // The simulator knows session policies of sessions only.
    if (type === 'session' && principal.type === 'user') continue
    const single = ['resource-based', 'role-trust', 'session'].includes(type)
    if (type === 'service-control' || type === 'resource-control')
      read[type] = readable(value as PolicyLevel[], type === 'resource-control')
    else read[type] = single ? value.slice(0, 1) : value
  }
  return {
    request: {
      ...request,
      principal,
      ...(isAskable(request.resource, request.action)
        ? {}
        : { action: 'sqs:SendMessage', resource: `arn:aws:sqs:eu-west-1:${account}:orders` }),
      resourceAccount,
      context: shaped({ ...derivedContext(principal, resourceAccount), ...request.context }),
      resourceAccountIsManagement: false,
      contextComplete: true,
    },
    policies: read,
  }
}
