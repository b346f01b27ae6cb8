import type { NamedPolicy, PolicyLevel } from '../../src/iam/policies.ts'
import type { GeneratedCase } from '../property/generated-case.ts'

/** What the simulator takes; only the fields that we fill. */
export interface Simulation {
  readonly request: {
    readonly principal: string | { readonly type: 'Anonymous' }
    readonly action: string
    readonly resource: { readonly resource: string; readonly accountId: string }
    readonly contextVariables: Readonly<Record<string, string | readonly string[]>>
  }
  readonly identityPolicies: readonly { readonly name: string; readonly policy: unknown }[]
  readonly serviceControlPolicies: readonly OrgPolicies[]
  readonly resourceControlPolicies: readonly OrgPolicies[]
  readonly sessionPolicy?: unknown
  readonly resourcePolicy?: unknown
  readonly permissionBoundaryPolicies?: readonly { readonly name: string; readonly policy: unknown }[]
  readonly vpcEndpointPolicies?: readonly { readonly name: string; readonly policy: unknown }[]
}

interface OrgPolicies {
  readonly orgIdentifier: string
  readonly policies: readonly { readonly name: string; readonly policy: unknown }[]
}

const named = (policies: readonly NamedPolicy[]): readonly { name: string; policy: unknown }[] =>
  policies.map(({ name, document }) => ({ name, policy: document }))

const levels = (given: readonly PolicyLevel[]): readonly OrgPolicies[] =>
  given.map(({ level, policies }, i) => ({
    orgIdentifier: `${level}-${i}`,
    policies: policies === 'unknown' ? [] : named(policies),
  }))

/** The case as a simulation; `null` where the simulator has no words for it. */
export const simulationOf = (given: GeneratedCase): Simulation | null => {
  const { request, policies } = given
  const { principal, resource, resourceAccount } = request
  if (resource === null || resourceAccount === null) return null
  const who = principal.type === 'anonymous' ? { type: 'Anonymous' as const } : (principal.arn ?? principal.service)
  if (who === undefined) return null
  const list = (type: keyof typeof policies): readonly NamedPolicy[] => (policies[type] ?? []) as readonly NamedPolicy[]
  const one = (type: keyof typeof policies): unknown => list(type)[0]?.document
  const isTrust = request.action.startsWith('sts:')
  const resourcePolicy = one(isTrust ? 'role-trust' : 'resource-based')
  const session = one('session')
  const optional = {
    ...(resourcePolicy === undefined ? {} : { resourcePolicy }),
    ...(session === undefined ? {} : { sessionPolicy: session }),
    ...(policies['permissions-boundary'] === undefined
      ? {}
      : { permissionBoundaryPolicies: named(list('permissions-boundary')) }),
    ...(policies['vpc-endpoint'] === undefined ? {} : { vpcEndpointPolicies: named(list('vpc-endpoint')) }),
  }
  const context = Object.entries(request.context).filter(
    (entry): entry is [string, string | readonly string[]] => entry[1] !== null,
  )
  return {
    request: {
      principal: who,
      action: request.action,
      resource: { resource, accountId: resourceAccount },
      contextVariables: Object.fromEntries(context),
    },
    identityPolicies: named(list('identity-based')),
    serviceControlPolicies: levels((policies['service-control'] ?? []) as readonly PolicyLevel[]),
    resourceControlPolicies: levels((policies['resource-control'] ?? []) as readonly PolicyLevel[]),
    ...optional,
  }
}
