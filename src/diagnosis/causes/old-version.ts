import { isObject } from '../../iam/json.ts'
import type { NamedPolicy } from '../../iam/policies.ts'
import type { FlatPolicyType } from '../../iam/policy-type.ts'
import type { Fix } from '../../remedy/fix.ts'
import type { RemedyKind } from '../../remedy/remedy.ts'
import { evaluateDenial } from '../../verdict/diagnosis-mode.ts'
import type { PolicyTypeVerdict } from '../../verdict/verdict.ts'
import { finding, none, type Finding } from '../finding.ts'
import { editStatement } from '../fixes.ts'
import { conditionFacts, placeOf } from '../places.ts'
import type { Situation } from '../situation.ts'
import type { ReadStatement } from '../statements.ts'
import { nearestArn, coveringArn } from './arn-form.ts'
import { homeOf } from './attachments.ts'
import { sentValue } from './condition-keys.ts'
import { missedConditions } from './decisive-conditions.ts'
import { explicitDeny } from './deny.ts'

const kinds: Readonly<Partial<Record<FlatPolicyType, RemedyKind>>> = {
  'identity-based': 'edit-statement',
  'permissions-boundary': 'boundary',
  'resource-based': 'resource-policy',
  'role-trust': 'trust-policy',
  'vpc-endpoint': 'resource-policy',
}

const variablesSince = '2012-10-17'

/**
 * A document of an older Version takes `${…}` as it stands. Where the engine lets the request through with the Version
 * raised and all else as it is, that is what was meant, and no statement is missing.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html
 */
export function oldVersion(s: Situation): readonly Finding[] {
  for (const [type, kind] of Object.entries(kinds) as readonly (readonly [FlatPolicyType, RemedyKind])[]) {
    const layer = s.layer(type)
    if (layer?.blocking !== true) continue
    for (const policy of policiesOf(s, type)) {
      const raised = isOld(policy) ? withRaised(s, type, policy) : null
      if (raised === null || raised.blocking) continue
      const read = meant(s, layer, raised)
      if (read?.policy === policy.name && read.policyKind !== 'aws-managed') return [mistaken(s, read, kind)]
    }
  }
  return none
}

const policiesOf = (s: Situation, type: FlatPolicyType): readonly NamedPolicy[] => {
  const read = s.evidence.policies[type]
  return read === undefined || read === null || read === 'unknown' ? [] : read
}

const isOld = ({ document }: NamedPolicy): boolean =>
  isObject(document) && document['Version'] !== variablesSince && JSON.stringify(document).includes('${')

function withRaised(s: Situation, type: FlatPolicyType, policy: NamedPolicy): PolicyTypeVerdict | null {
  const { document } = policy
  if (s.request === null || !isObject(document)) return null
  const changed = policiesOf(s, type).map((one) =>
    one === policy ? { ...policy, document: { ...document, Version: variablesSince } } : one,
  )
  const evidence = { ...s.evidence, policies: { ...s.evidence.policies, [type]: changed } }
  return evaluateDenial(s.denial, s.request, evidence).policyTypes.find((one) => one.type === type) ?? null
}

/** The Deny that then lets the request pass, or the Allow that then covers it, or may: what it is compared with nobody told. */
function meant(s: Situation, before: PolicyTypeVerdict, after: PolicyTypeVerdict): ReadStatement | undefined {
  const open = after.unknowns.find(({ effect }) => effect === 'Allow')
  const at = before.result === 'explicitDeny' ? before.determining[0] : (after.determining[0] ?? open)
  return s.statements(before.type).find((read) => read.policy === at?.policy && read.statement === at.statement)
}

function mistaken(s: Situation, read: ReadStatement, kind: RemedyKind): Finding {
  const type = read.policyType
  const edit = editStatement(s, read, null, read.source, {
    kind,
    step: 'raise-version',
    attachTo: homeOf(s, type),
    readiness: 'needs-review',
  })
  const raise: Fix = { ...edit, edit: edit.edit === null ? null : { ...edit.edit, version: variablesSince } }
  const variables = 'old-version'
  if (read.effect === 'Deny') {
    const denied = explicitDeny(s, type, 'evaluated')
    const others = denied.fixes.filter(({ edit: other }) => other !== null)
    return {
      ...denied,
      facts: { ...denied.facts, variables },
      fixes: [raise, ...others.map((one) => ({ ...one, alternative: true }))],
    }
  }
  const [condition = null, ...further] = missedConditions(s, read)
  if (condition === null && s.resource !== null)
    return finding('resource-arn-mismatch', 'evaluated', [raise], {
      found: nearestArn(s.resource, read),
      wanted: coveringArn(s.resource, s.action),
      ...placeOf(read),
      variables,
    })
  return finding('condition-mismatch', 'evaluated', [raise], {
    policyType: type,
    effect: 'Allow',
    ...placeOf(read),
    ...conditionFacts(condition, further),
    sent: sentValue(s, condition),
    variables,
  })
}
