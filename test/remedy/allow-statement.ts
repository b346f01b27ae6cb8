import type { ActionCatalogue } from '../../src/action-catalogue/action-catalogue.ts'
import type { ConditionBlock, OneOrMore, PrincipalElement, Statement } from '../../src/iam/policy-document.ts'
import type { DeniedRequest } from '../../src/requests/denied-request.ts'
import { parseArn, roleArnOfSession } from '../../src/iam/arn.ts'
import type { Principal } from '../../src/iam/principal.ts'
import { arnForAction } from '../../src/remedy/resource-form.ts'
import { sidFor } from '../../src/remedy/sid.ts'
import { isWithoutArn } from '../../src/requests/resource-text.ts'

/*
 * The statement that a careful administrator writes for a denied request, for tests of what is made of statements.
 */

const arnOf = (principal: Principal): string => {
  if (principal.roleArn !== undefined) return principal.roleArn
  if (principal.arn === undefined) return '<PrincipalArn>'
  return roleArnOfSession(principal.arn) ?? principal.arn
}

/** An ARN in which an account was masked cannot stand in a policy. */
const usable = (arn: string): string => {
  const parts = parseArn(arn)
  return parts !== null && /^\d{12}$/u.test(parts.account) ? arn : '<PrincipalArn>'
}

/**
 * The caller as a resource-based policy names it: the role behind a session, never the session, so that the next
 * session is meant too.
 */
const principalElementOf = (principal: Principal): PrincipalElement => {
  if (principal.type === 'service') return { Service: principal.service ?? '<ServicePrincipal>' }
  if (principal.type === 'web-identity' || principal.type === 'saml')
    return { Federated: principal.provider ?? '<IdentityProviderArn>' }
  return { AWS: usable(arnOf(principal)) }
}

/** The resources that an Allow for this request has to name; `*` only where the action takes nothing narrower. */
const policyResources = (
  request: Pick<DeniedRequest, 'action' | 'resource' | 'resourcePatterns'>,
  catalogue: ActionCatalogue,
): readonly string[] => {
  const facts = catalogue.find(request.action)
  if (facts?.resourceTypes.length === 0) return ['*']
  const named = request.resource === null ? request.resourcePatterns : [request.resource]
  if (named.length === 0) return ['<ResourceArn>']
  if (request.resource !== null && isWithoutArn(request.action, request.resource)) return ['*']
  return [...new Set(named.map((resource) => arnForAction(resource, facts)))]
}

/** Kinds of policy that want a statement in different forms. */
export const statementHomes = ['identity', 'resource', 'key', 'trust', 'repository', 'secret', 'endpoint'] as const
export type StatementHome = (typeof statementHomes)[number]

export interface StatementOptions {
  /** Actions that the same operation needs for certain and that go on the same resource. */
  readonly companions?: readonly string[]
  readonly condition?: ConditionBlock
  /** Where another than the caller of the request is to be named: a service, a second account. */
  readonly principal?: PrincipalElement
  readonly resources?: readonly string[]
}

const oneOrMore = <T>(values: readonly T[]): OneOrMore<T> => {
  const [first] = values
  return values.length === 1 && first !== undefined ? first : values
}

/** Session tags and source identities ride on the same trust as the role itself. */
const principalFor = (
  home: StatementHome,
  request: DeniedRequest,
  given: PrincipalElement | undefined,
): PrincipalElement | undefined => {
  if (home === 'identity') return undefined
  // Endpoint policies are narrowed by conditions: role ARNs in their Principal do not match reliably.
  if (home === 'endpoint') return given ?? '*'
  return given ?? principalElementOf(request.principal)
}

const resourcesFor = (
  home: StatementHome,
  request: DeniedRequest,
  catalogue: ActionCatalogue,
  options: StatementOptions,
): readonly string[] | null => {
  if (home === 'trust' || home === 'repository') return null
  if (home === 'key' || home === 'secret') return ['*']
  return options.resources ?? policyResources(request, catalogue)
}

/** PassRole is narrowed to the service that receives the role, where the text tells which. */
const conditionFor = (request: DeniedRequest): ConditionBlock | undefined => {
  const service = request.context['iam:PassedToService']
  return request.action === 'iam:PassRole' && typeof service === 'string'
    ? { StringEquals: { 'iam:PassedToService': service } }
    : undefined
}

/**
 * The smallest Allow for a denied request in the form of the policy that it goes into: exact action, exact resource,
 * `*` only where the action takes no resource. Names of companions that AWS does not list are left out.
 */
export const allowStatement = (
  request: DeniedRequest,
  catalogue: ActionCatalogue,
  home: StatementHome = 'identity',
  options: StatementOptions = {},
): Statement => {
  const companions = (options.companions ?? []).filter((action) => catalogue.find(action) !== null)
  const actions = [...new Set([request.action, ...companions])]
  const principal = principalFor(home, request, options.principal)
  const resources = resourcesFor(home, request, catalogue, options)
  const condition = options.condition ?? (home === 'identity' ? conditionFor(request) : undefined)
  return {
    Sid: sidFor({ Effect: 'Allow', Action: actions }),
    Effect: 'Allow',
    ...(principal === undefined ? {} : { Principal: principal }),
    Action: oneOrMore(actions),
    ...(resources === null ? {} : { Resource: oneOrMore(resources) }),
    ...(condition === undefined ? {} : { Condition: condition }),
  }
}
