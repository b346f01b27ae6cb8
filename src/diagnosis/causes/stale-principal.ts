import type { NamedPolicy } from '../../iam/policies.ts'
import { isObject } from '../../iam/json.ts'
import { list, type PrincipalElement, type Statement } from '../../iam/policy-document.ts'
import { evaluateDenial } from '../../verdict/diagnosis-mode.ts'
import { finding, none, type Finding } from '../finding.ts'
import { allowTo, editStatement } from '../fixes.ts'
import { placeOf } from '../places.ts'
import { allowsOf, type Situation } from '../situation.ts'
import { coversResource, type ReadStatement } from '../statements.ts'
import { homeOf } from './attachments.ts'

/**
 * What AWS leaves in a policy where a role or user was deleted that it named by its ARN.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
 */
const uniqueId = /^A(?:ROA|IDA)[A-Z0-9]{12,30}$/u

type Type = 'resource-based' | 'role-trust'

/**
 * The resource's or role's policy would let the caller in, had it not been created anew: with its ARN in the place of
 * the id of one who is gone, the engine allows.
 */
export function stalePrincipalRead(s: Situation): readonly Finding[] {
  const { action, principalArn, request } = s
  if (action === null || principalArn === null || request === null || s.denial.effect === 'explicit') return none
  for (const type of ['resource-based', 'role-trust'] as const)
    for (const read of allowsOf(s, type, action)) {
      const gone = principalIds(read.source.Principal).find((id) => id !== s.known.principalId)
      if (gone === undefined || (s.resource !== null && !coversResource(read, s.resource))) continue
      const after = withPrincipal(read.source, gone, principalArn)
      if (!letsIn(s, type, read, after)) continue
      return [stale(s, type, read, after, gone, action)]
    }
  return none
}

const principalIds = (principal: PrincipalElement | undefined): readonly string[] =>
  principal === undefined || principal === '*' ? [] : list(principal['AWS']).filter((value) => uniqueId.test(value))

function withPrincipal(source: Statement, gone: string, arn: string): Statement {
  if (source.Principal === undefined || source.Principal === '*') return source
  const values = list(source.Principal['AWS']).map((value) => (value === gone ? arn : value))
  return { ...source, Principal: { ...source.Principal, AWS: values.length === 1 ? arn : [...new Set(values)] } }
}

function letsIn(s: Situation, type: Type, read: ReadStatement, after: Statement): boolean {
  const policies = s.evidence.policies[type]
  if (s.request === null || policies == null || policies === 'unknown' || s.layer(type)?.result === 'allowed')
    return false
  const changed = policies.map((policy) =>
    policy.name === read.policy ? replaced(policy, read.statement, after) : policy,
  )
  const neutral = { policyType: null, effect: null, policyArn: null, throughPolicyType: null }
  const evidence = { ...s.evidence, policies: { ...s.evidence.policies, [type]: changed } }
  const verdict = evaluateDenial(neutral, s.request, evidence)
  return verdict.policyTypes.find((layer) => layer.type === type)?.result === 'allowed'
}

const replaced = (policy: NamedPolicy, statement: number, after: Statement): NamedPolicy =>
  isObject(policy.document)
    ? {
        ...policy,
        document: {
          ...policy.document,
          Statement: [policy.document['Statement']].flat().map((one, index) => (index === statement ? after : one)),
        },
      }
    : policy

function stale(s: Situation, type: Type, read: ReadStatement, after: Statement, gone: string, action: string): Finding {
  const isKey = s.service === 'kms'
  const attachTo = homeOf(s, type)
  const holder =
    type === 'role-trust' ? 'trust-policy' : isKey ? 'key' : attachTo.startsWith('bucket/') ? 'bucket' : 'policy'
  return finding(
    'stale-principal',
    // Whose id it was nobody can look up any more; that it is not the caller's shows only beside the caller's own.
    s.known.principalId === undefined ? 'possible' : 'evaluated',
    [
      editStatement(s, read, allowTo({ AWS: s.principalArn ?? '<PrincipalArn>' }, [action], read.resources), after, {
        kind: type === 'role-trust' ? 'trust-policy' : isKey ? 'key-policy' : 'resource-policy',
        step: 'write-principal-anew',
        attachTo,
        readiness: 'needs-review',
      }),
    ],
    { holder, uniqueId: gone, ...placeOf(read) },
  )
}
