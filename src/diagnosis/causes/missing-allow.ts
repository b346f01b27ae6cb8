import { isWithoutArn } from '../../requests/resource-text.ts'
import type { Confidence } from '../diagnosis.ts'
import { coveringDomain } from '../../requests/below-domain.ts'
import { finding, type Finding } from '../finding.ts'
import { addToIdentity, allow, editStatement } from '../fixes.ts'
import { placeOf, sparedBy, withResources } from '../places.ts'
import { allowsOf, hiddenResource, type Situation } from '../situation.ts'
import { coversAction, coversResource, type ReadStatement } from '../statements.ts'
import { coveringArn } from './arn-form.ts'
import { blankArn } from './blank-arn.ts'
import { companionResources } from './companion-resources.ts'
import { companionActions, withCompanions } from './companion-actions.ts'
import { allowWithCondition } from './condition.ts'
import { isOfCreation } from './tag-conditions.ts'
import { dependentOption, tagOnCreate } from './dependent-action.ts'
import { besideCopy } from './copies.ts'
import { besideLaunch } from './launch-template.ts'
import { besideRegistration } from './session-target.ts'
import { resourcesFor } from './resources-for.ts'
import { addUnderLimits } from './same-limits.ts'
import { editOrAdd, isShared, nearest, wrongArn } from './wrong-arn.ts'
import { wrongName } from './wrong-name.ts'

/**
 * The identity-based policies do not grant the action on the resource: why not. In this order, because each
 * later row would also describe the earlier ones: nothing names the action, a wrong name does, a condition
 * failed, the action takes no ARN, the ARN has the wrong form, the ARN is another one.
 */
export function noMatchingAllow(
  s: Situation,
  action: string,
  resource: string | null,
  confidence: Confidence,
): Finding {
  const naming = allowsOf(s, 'identity-based', action)
  const misnamed = naming.length === 0 ? wrongName(s, action, resource, confidence) : null
  if (misnamed !== null) return misnamed
  const single = naming.length === 0 ? singleForm(s, action) : null
  if (single !== null) return needsStar(s, action, single, confidence)
  const covering = naming.filter(
    (read) => read.conditions.length > 0 && (resource === null || coversResource(read, resource)),
  )
  const conditioned = isThere(resource)
    ? (covering.find((one) => !one.conditions.some(isOfCreation)) ?? covering[0])
    : covering[0]
  if (conditioned !== undefined) return allowWithCondition(s, conditioned, confidence)
  const near = nearest(naming, resource)
  if (near === null) return leftOut(s, action, resource, naming, confidence) ?? plain(s, action, resource, confidence)
  // A phone number: what is granted on ARNs stays as it is, and no edit could name it.
  if (resource !== null && isWithoutArn(action, resource))
    return finding('action-needs-star', confidence, [addUnderLimits(s, near, [action], ['*'])], {
      ...placeOf(near),
      bare: resource,
    })
  const takesNoArn = s.catalogue.find(action)?.resourceTypes.length === 0 || resource === '*'
  if (takesNoArn) return needsStar(s, action, near, confidence)
  const shown = resource ?? (isOpen(s) ? null : hiddenResource(s))
  if (shown !== null)
    return wrongArn(s, action, shown, near, naming, confidence) ?? plain(s, action, resource, confidence)
  return (
    otherKindOfS3Arn(s, action, near, confidence) ??
    blankArn(s, action, near, naming, confidence) ??
    domainAlone(s, action, near, confidence) ??
    perhapsElsewhere(s, action, near, confidence)
  )
}

/** What is still to be made has no id: its tags are asked for on `volume/*`. */
const isThere = (resource: string | null): boolean => /:ec2:.{0,60}\/[a-z]{1,20}-[0-9a-f]{8,17}$/u.test(resource ?? '')

/** What is hidden of the resource decides, and AWS does not say that nothing allowed it. */
const isOpen = (s: Situation): boolean =>
  s.layer('identity-based')?.result === 'unknown' && s.denial.policyType !== 'identity-based'

/**
 * The action is allowed on ARNs, and nobody told which resource was asked for. AWS may have said that none was allowed;
 * else it may be one of them, and something else refused.
 */
function perhapsElsewhere(s: Situation, action: string, near: ReadStatement, confidence: Confidence): Finding {
  const sure = confidence === 'evaluated' && s.denial.policyType !== 'identity-based' ? 'possible' : confidence
  // A name in place of an ARN.
  if (s.denial.resource !== null) return plain(s, action, null, sure)
  return finding('resource-arn-mismatch', sure, [addUnderLimits(s, near, [action], resourcesFor(s, action, null))], {
    found: near.resources[0],
    ...placeOf(near),
  })
}

/** An Allow with NotResource leaves out just what was asked for. */
function leftOut(
  s: Situation,
  action: string,
  resource: string | null,
  naming: readonly ReadStatement[],
  confidence: Confidence,
): Finding | null {
  const read = naming.find(({ notResources }) => notResources.length > 0)
  if (read === undefined || resource === null) return null
  const wanted = coveringArn(resource, action)
  return finding('resource-arn-mismatch', confidence, [addUnderLimits(s, read, [action], [wanted])], {
    wanted,
    ...sparedBy(read),
    spared: read.notResources.filter((one) => coversResource({ ...read, resources: [one] }, resource)).join(', '),
    ...placeOf(read),
  })
}

/** An Allow with NotAction that leaves out just what was asked for. */
function leavesOutAction(s: Situation, action: string): ReadStatement | undefined {
  const near = s
    .layer('identity-based')
    ?.nearMisses.find(({ because }) => because.length === 1 && because[0]?.element === 'NotAction')
  return s
    .statements('identity-based')
    .find(
      (read) =>
        read.policy === near?.policy &&
        read.statement === near.statement &&
        read.notActions.length > 0 &&
        !coversAction(read, action),
    )
}

/** `BatchGet…` without resource type, where `Get…` is granted on ARNs: it looks granted and never is. */
const singleForm = (s: Situation, action: string): ReadStatement | null => {
  const single = action.replace(':Batch', ':')
  if (single === action || s.catalogue.find(action)?.resourceTypes.length !== 0) return null
  return allowsOf(s, 'identity-based', single).find(({ resources }) => !resources.includes('*')) ?? null
}

/** The bucket is not told, but all that the policy has is the other kind of ARN, which never fits this action. */
function otherKindOfS3Arn(s: Situation, action: string, near: ReadStatement, confidence: Confidence): Finding | null {
  const types = s.catalogue.find(action)?.resourceTypes.map(({ name }) => name) ?? []
  const buckets = near.resources.filter((arn) => /^arn:[a-z-]+:s3:::[^/*]+$/u.test(arn))
  const objects = near.resources.filter((arn) => /^arn:[a-z-]+:s3:::[^/*]+\//u.test(arn))
  const onObject = types.includes('object') && buckets.length === near.resources.length
  const onBucket = types.includes('bucket') && !types.includes('object') && objects.length === near.resources.length
  if (!onObject && !onBucket) return null
  const wanted = onObject ? buckets.map((arn) => `${arn}/*`) : objects.map((arn) => arn.split('/')[0] ?? arn)
  const after = withResources(near, [...near.resources, ...wanted])
  return finding(
    onObject ? 'object-arn-needed' : 'bucket-arn-needed',
    confidence,
    editOrAdd(s, near, allow([action], wanted), after, onObject),
    { found: near.resources[0], wanted: wanted[0], difference: 'resource', ...placeOf(near) },
  )
}

/** The refusals of OpenSearch name no resource, and a domain's own ARN covers none of the requests that it is sent. */
function domainAlone(s: Situation, action: string, near: ReadStatement, confidence: Confidence): Finding | null {
  const wanted = near.resources.map((arn) => coveringDomain(action, arn))
  if (wanted.length === 0 || wanted.some((arn, index) => arn === near.resources[index])) return null
  const after = withResources(near, [...near.resources, ...wanted])
  return finding('resource-arn-mismatch', confidence, editOrAdd(s, near, allow([action], wanted), after, true), {
    found: near.resources[0],
    wanted: wanted[0],
    difference: 'resource',
    ...placeOf(near),
  })
}

/** Nothing names the action: it is missing, or it is the second action of a call whose first one is there. */
function plain(s: Situation, action: string, resource: string | null, confidence: Confidence): Finding {
  const tagging = tagOnCreate(s, action, resource, confidence)
  if (tagging !== null) return tagging
  const several = companionResources(s, action, resource, confidence)
  if (several !== null) return several
  const option = dependentOption(s, action)
  const alternatives = (action === s.action ? s.request?.alternativeActions : undefined) ?? []
  if (alternatives.length > 0) return oneOfSeveral(s, [action, ...alternatives], resource, confidence)
  const resources = resourcesFor(s, action, resource)
  const actions = [action, ...companionActions(s, action)]
  const fixes = [
    addToIdentity(s, actions, withCompanions(actions, resources)),
    ...besideLaunch(s),
    ...besideCopy(s, action),
    ...besideRegistration(s, action),
  ]
  if (option !== null) return finding('dependent-action-needed', confidence, fixes, { option })
  const without = action === s.action ? leavesOutAction(s, action) : undefined
  return finding('missing-allow', confidence, fixes, {
    companions: actions.slice(1).join(', '),
    ...placeOf(without),
    ...sparedBy(without),
  })
}

/** What was sent decides which of them the call asked for: whoever knows it takes the others out. */
const oneOfSeveral = (
  s: Situation,
  actions: readonly string[],
  resource: string | null,
  confidence: Confidence,
): Finding =>
  finding(
    'missing-allow',
    confidence,
    [
      addToIdentity(
        s,
        actions,
        resourcesFor(s, actions[0] ?? '', resource),
        resource === null ? {} : { readiness: 'needs-review' },
      ),
    ],
    { alternatives: actions.join(', ') },
  )

function needsStar(s: Situation, action: string, near: ReadStatement, confidence: Confidence): Finding {
  const alone = near.actions.length === 1 && !(near.actions[0] ?? '').includes('*')
  const statement = allow([action], ['*'])
  const shared = isShared(near)
  const add = addUnderLimits(s, near, [action], ['*'])
  const edit = editStatement(s, near, statement, withResources(near, ['*']), { alternative: shared })
  const fixes = alone && near.policyKind !== 'aws-managed' ? (shared ? [add, edit] : [edit]) : [add]
  return finding('action-needs-star', confidence, fixes, placeOf(near))
}
