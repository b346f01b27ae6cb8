import { isAccountId, parseArn } from '../iam/arn.ts'
import type { Policies } from '../iam/policies.ts'
import type { FlatPolicyType } from '../iam/policy-type.ts'
import type { DeniedRequest } from '../requests/denied-request.ts'
import { evaluateDenial } from '../verdict/diagnosis-mode.ts'
import type { KnownKey, KnownRole } from './known-facts.ts'
import { readSituation, type Situation } from './situation.ts'

const without = (policies: Policies, ...types: readonly FlatPolicyType[]): Policies =>
  Object.fromEntries(Object.entries(policies).filter(([type]) => !types.some((one) => one === type)))

/** Another question of the same call, under the policies that count for it; AWS's message says nothing about it. */
function asking(s: Situation, request: DeniedRequest, policies: Policies): Situation {
  const denial = {
    ...s.denial,
    policyType: null,
    effect: null,
    policyArn: null,
    throughPolicyType: null,
    resource: null,
  }
  const evidence = { ...s.evidence, policies, resourceAccount: request.resourceAccount, awsEvaluation: null }
  const verdict = evaluateDenial(denial, request, evidence)
  return readSituation({ ...s, denial, requests: [request], evidence, verdict })
}

/** What the service asks of the key behind the resource, on behalf of the caller. */
export function aboutKey(s: Situation, key: KnownKey & { readonly arn: string }, action: string): Situation | null {
  if (s.request === null) return null
  const arn = parseArn(key.arn)
  const request: DeniedRequest = {
    ...s.request,
    action,
    resource: key.arn,
    resourceAccount: isAccountId(arn?.account) ? arn.account : null,
    context: {
      ...s.request.context,
      ...(s.callerAccount === null ? {} : { 'kms:CallerAccount': s.callerAccount }),
      ...(s.service === null || s.service === 'kms' || arn?.region.includes('<') === true
        ? {}
        : {
            'kms:ViaService': `${s.service}.${arn?.region ?? ''}.${s.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com'}`,
          }),
    },
    from: { action: 'clue', resource: 'clue' },
    resourcePatterns: [],
  }
  const rest = without(s.evidence.policies, 'resource-based', 'role-trust', 'vpc-endpoint')
  const policies =
    key.policy === null ? rest : { ...rest, 'resource-based': [{ name: 'default', document: key.policy }] }
  return asking(s, request, policies)
}

/** What the role behind a resource asks with its own policies, which is where a change goes. */
export function aboutRole(s: Situation, role: KnownRole, actions: readonly string[]): Situation {
  const policies = {
    ...without(s.evidence.policies, 'identity-based', 'permissions-boundary', 'session'),
    ...(role.policies === null ? {} : { 'identity-based': role.policies }),
  }
  const name = role.arn.slice(role.arn.lastIndexOf('/') + 1)
  const denial = {
    ...s.denial,
    principal: role.arn,
    principalType: 'role' as const,
    roleArn: role.arn,
    roleOrUserName: name,
    sessionName: null,
  }
  const asked = s.requests.filter(({ action }) => actions.includes(action))
  const requests = asked.map((request) => ({
    ...request,
    principal: { type: 'role' as const, arn: role.arn, roleArn: role.arn },
  }))
  const evidence = { ...s.evidence, policies, caller: null }
  const [first] = requests
  const verdict = first === undefined ? null : evaluateDenial(denial, first, evidence)
  return readSituation({ ...s, denial, requests, evidence, verdict })
}

/** The same call on the resource that stands beside the message, where the message itself names none. */
export function aboutResource(s: Situation, actions: readonly string[], resource: string): Situation | null {
  const requests = s.requests
    .filter(({ action, resource: printed }) => printed === null && actions.includes(action))
    .map((request) => ({
      ...request,
      resource,
      resourceAccount: parseArn(resource)?.account ?? null,
      resourcePatterns: [],
      from: { ...request.from, resource: 'clue' as const },
    }))
  const [first] = requests
  if (first === undefined) return null
  const verdict = evaluateDenial(s.denial, first, s.evidence)
  return readSituation({ ...s, requests, verdict })
}

/** What the caller would have to be allowed on the bucket beside the call on its object. */
export function aboutBucket(s: Situation, action: string, bucket: string): Situation | null {
  if (s.request === null) return null
  const request: DeniedRequest = {
    ...s.request,
    action,
    resource: bucket,
    from: { action: 'clue', resource: 'clue' },
    resourcePatterns: [],
  }
  return asking(s, request, s.evidence.policies)
}
