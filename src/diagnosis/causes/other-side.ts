import { nearOfSide } from './near-side.ts'
import { parseArn } from '../../iam/arn.ts'
import type { Confidence } from '../diagnosis.ts'
import { finding, none, type Finding } from '../finding.ts'
import { addToIdentity, allowInResource, allowTo } from '../fixes.ts'
import { principalOrMarked } from '../marked-principal.ts'
import { allowsOf, identityGrants, type Situation } from '../situation.ts'
import { coversResource } from '../statements.ts'
import { besideAccessPoint } from './access-point.ts'
import { companionActions, companionsOnSide } from './companion-actions.ts'
import { attachmentOf } from './attachments.ts'
import { isLayer, isUnshareable, nameVersion } from './layer.ts'
import { noMatchingAllow } from './missing-allow.ts'
import { resourcesFor } from './resources-for.ts'
import { kindOfKey } from './condition-keys.ts'
import { decisiveConditions } from './decisive-conditions.ts'
import { conditionOfSide, heldByCondition } from './side-condition.ts'

export const callerElement = (s: Situation): { readonly AWS: string } => ({ AWS: principalOrMarked(s) })

/** Versions of layers are shared with whole accounts. */
const accountOf = (s: Situation): { readonly AWS: string } => ({
  AWS: `arn:${s.partition}:iam::${s.callerAccount ?? '<AccountId>'}:root`,
})

/** ECR repository policies and role trust policies take no Resource; policies of secrets take `*`. */
export const resourceElement = (resources: readonly string[]): readonly string[] => {
  const service = parseArn(resources[0] ?? '')?.service
  if (service === 'ecr') return []
  return service === 'secretsmanager' ? ['*'] : resources
}

const isAsked = (s: Situation, action: string, resource: string | null): boolean =>
  action === s.action && resource === s.resource

/** The resource's own policy does not let the caller in. */
export function resourceSide(s: Situation, action: string, resource: string | null, confidence: Confidence): Finding {
  // In one account the caller's own policies do.
  if (isUnshareable(action, resource) && s.resourceAccount !== s.callerAccount) return nameVersion(s, confidence)
  const resources = resourcesFor(s, action, resource)
  const actions = [action, ...companionActions(s, action)]
  const asked = isElsewhere(s) ? [action, ...companionsOnSide(s, action)] : actions
  const statement = allowTo(isLayer(resource) ? accountOf(s) : callerElement(s), asked, resourceElement(resources))
  const attachTo = attachmentOf(s, resource)
  const held = isAsked(s, action, resource) ? heldByCondition(s, 'resource-based') : null
  const past = held === null ? undefined : decisiveConditions(s, held)[0]?.key
  const onResource = allowInResource(attachTo, statement, past === undefined ? {} : { values: { past } })
  const byCondition =
    held === null ? null : conditionOfSide(s, held, confidence, { kind: 'resource-policy', attachTo }, [onResource])
  if (byCondition !== null) return byCondition
  const into = { kind: 'resource-policy', step: 'allow-in-resource-policy', attachTo } as const
  const near = isAsked(s, action, resource) ? nearOfSide(s, 'resource-based', into) : null
  const there = near === null ? [onResource] : near.fixes(onResource)
  // The root user has no policies of its own.
  const isRoot = s.denial.principalType === 'root'
  const told = parseArn(resource ?? (s.denial.resource === null ? null : s.resourcePattern) ?? '')
  // A bucket's ARN has no account, an access point's has.
  if (!isElsewhere(s) && told?.account !== '' && (told?.service !== 's3' || told.resource.startsWith('accesspoint')))
    return finding(
      'resource-policy-not-allowed',
      confidence,
      isRoot || s.layer('identity-based')?.result === 'allowed'
        ? there
        : [...there, addToIdentity(s, actions, resources, { alternative: true })],
      { resourceAccount: s.resourceAccount, ...near?.facts },
    )
  // Both sides have to agree; the caller's own is said too where it was read and is silent.
  const ownMissing = !isRoot && s.wasRead('identity-based') && !identityGrants(s, action, resource)
  return finding(
    'cross-account-resource-side',
    confidence,
    [
      ...there,
      ...besideAccessPoint(s, action, resource),
      ...(ownMissing ? [addToIdentity(s, actions, resources)] : []),
    ],
    { resourceAccount: s.resourceAccount, ...near?.facts },
  )
}

/** Whatever accounts are hidden: in one account AWS does not blame the policy of a resource for its silence. */
const isElsewhere = (s: Situation): boolean =>
  s.isCrossAccount || s.verdict?.assuming.some(({ code }) => code === 'resource-in-another-account') === true

export function identitySide(s: Situation, action: string, resource: string | null, confidence: Confidence): Finding {
  const refined = noMatchingAllow(s, action, resource, confidence)
  return refined.code === 'missing-allow'
    ? {
        ...refined,
        code: 'cross-account-identity-side',
        facts: { ...refined.facts, ...(s.resourceAccount === null ? {} : { resourceAccount: s.resourceAccount }) },
      }
    : refined
}

/** The bucket's owner lets in whoever sends a header, `s3:x-amz-acl` for one: no other statement is wanted there. */
function askingHeader(s: Situation, action: string): Finding | null {
  const held = allowsOf(s, 'resource-based', action).find(
    (one) =>
      (s.resource === null || coversResource(one, s.resource)) &&
      one.conditions.some(({ key }) => kindOfKey(key) === 'sent-header'),
  )
  const into = { kind: 'resource-policy', attachTo: attachmentOf(s) } as const
  return held === undefined ? null : conditionOfSide(s, held, 'possible', into, [])
}

/** The bucket is somebody else's, as the text tells, and the caller's own side is in order or not known. */
export function toldAcrossAccounts(s: Situation): readonly Finding[] {
  if (!s.has('cross-account-told', 'account-named') || s.service !== 's3' || s.action === null) return none
  if (s.denial.policyType !== null || s.denial.effect !== null) return none
  if (s.wasRead('identity-based') && !identityGrants(s, s.action, s.resource)) return none
  const resources = resourcesFor(s, s.action, s.resource)
  const asking = askingHeader(s, s.action)
  if (asking !== null) return [asking]
  return [
    finding('cross-account-resource-side', 'possible', [
      allowInResource(attachmentOf(s), allowTo(callerElement(s), [s.action], resources)),
    ]),
    ...(s.wasRead('identity-based') ? none : [identitySide(s, s.action, s.resource, 'possible')]),
  ]
}
