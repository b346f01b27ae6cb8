import { list, type Statement } from '../../iam/policy-document.ts'
import { parseArn } from '../../iam/arn.ts'
import type { Fix } from '../../remedy/fix.ts'
import type { Confidence } from '../diagnosis.ts'
import { finding, type Finding } from '../finding.ts'
import { allow, editStatement } from '../fixes.ts'
import { conditionFacts, placeOf, withResources } from '../places.ts'
import type { Situation } from '../situation.ts'
import type { ReadStatement } from '../statements.ts'
import { arnFault, coveringArn, firstDifference, mended, nearestArn, nearness, type ArnFault } from './arn-form.ts'
import { fixesOfVariable, variableIn } from './arn-variable.ts'
import { companionResources, isOtherType, isRecipient } from './companion-resources.ts'
import { kindOfKey, sentValue } from './condition-keys.ts'
import { outOfReach, withAccount } from './keys-of-types.ts'
import { missedConditions } from './decisive-conditions.ts'
import { hiddenFacts, mayCover } from './hidden-arn.ts'
import { tagOnCreate } from './dependent-action.ts'
import { carriesNoMfa, mfaSession } from './mfa-session.ts'
import { addUnderLimits, notOfCircumstances } from './same-limits.ts'

/** The statement whose ARN agrees longest with the resource. */
export const nearest = (naming: readonly ReadStatement[], resource: string | null): ReadStatement | null => {
  const limited = naming.filter(({ resources }) => resources.length > 0)
  if (resource === null) return limited[0] ?? null
  const of = (read: ReadStatement): number => nearness(resource, nearestArn(resource, read) ?? '')
  return limited.toSorted((a, b) => of(b) - of(a))[0] ?? null
}

const commonLength = (resource: string, read: ReadStatement): number => {
  const arn = nearestArn(resource, read) ?? ''
  let same = 0
  while (same < resource.length && resource[same] === arn[same]) same++
  return same
}

/** The action is allowed on another ARN; `null` where none of the statements is nearer than the others. */
export function wrongArn(
  s: Situation,
  action: string,
  resource: string,
  near: ReadStatement,
  naming: readonly ReadStatement[],
  confidence: Confidence,
): Finding | null {
  const tagging = tagOnCreate(s, action, resource, confidence)
  if (tagging !== null) return tagging
  for (const read of naming) {
    const hidden = read.resources.find((arn) => mayCover(arn, resource))
    if (hidden !== undefined) return onHidden(s, action, resource, read, hidden, confidence)
    const fault = arnFault(resource, read)
    if (fault !== null) return ofForm(s, action, resource, read, fault, confidence)
  }
  const several = companionResources(s, action, resource, confidence)
  if (several !== null) return several
  const found = nearestArn(resource, near) ?? ''
  const wanted = coveringArn(resource, action)
  const variable = variableIn(s, found)
  if (variable !== null)
    return finding('resource-arn-mismatch', confidence, fixesOfVariable(s, variable, found, [action], [wanted]), {
      found,
      wanted,
      ...placeOf(near),
      ...variable,
    })
  const statement = allow([action], [wanted])
  // IAM takes nothing but ARNs, so what is none would keep the whole document from being stored.
  const kept = near.resources.filter((one) => one === '*' || one.startsWith('arn:'))
  const after = withResources(near, [...kept, wanted])
  const together =
    isRecipient(resource, near.resources) ||
    isOtherType(
      s,
      action,
      resource,
      naming.flatMap(({ resources }) => resources),
    )
  if (!together && isArbitrary(resource, near, naming)) return null
  const code = together ? 'companion-resource-needed' : 'resource-arn-mismatch'
  const unfit = together ? notOfCircumstances(near) : []
  const split = together ? null : splitByKeys(s, action, near, wanted)
  const fixes =
    split !== null
      ? split
      : unfit.length === 0
        ? editUnlessHeld(s, near, statement, after, true)
        : [addUnderLimits(s, near, [action], [wanted], { unfit })]
  return finding(code, confidence, fixes, {
    found,
    wanted,
    resources: together ? wanted : null,
    difference: firstDifference(resource, found),
    ...placeOf(near),
    ...(together ? {} : alsoMissed(s, near)),
  })
}

/** What is hidden of the policy may be what was asked for, whatever AWS says of the policies as it had them. */
function onHidden(
  s: Situation,
  action: string,
  resource: string,
  read: ReadStatement,
  arn: string,
  asked: Confidence,
): Finding {
  const wanted = coveringArn(resource, action)
  return finding(
    'resource-arn-mismatch',
    asked === 'verified' ? asked : 'possible',
    [addUnderLimits(s, read, [action], [wanted])],
    {
      ...hiddenFacts(arn),
      wanted,
      ...placeOf(read),
      ...alsoMissed(s, read),
    },
  )
}

/** What the statement demands beside, where the request misses that too. */
const alsoMissed = (s: Situation, read: ReadStatement) => {
  const [unmet = null, ...further] = missedConditions(s, read)
  return { ...conditionFacts(unmet, further), sent: sentValue(s, unmet) }
}

/**
 * A statement whose condition fails too grants nothing with another ARN in it. Without MFA nobody is let past what asks
 * for it; past any other condition its owner decides.
 */
function editUnlessHeld(
  s: Situation,
  read: ReadStatement,
  statement: Statement,
  after: Statement,
  preferEdit: boolean,
): readonly Fix[] {
  const missed = missedConditions(s, read)
  const [unmet] = missed
  if (unmet === undefined) return editOrAdd(s, read, statement, after, preferEdit)
  if (missed.some(({ key }) => kindOfKey(key) === 'mfa'))
    return [carriesNoMfa(s) ? null : mfaSession(s), ...editOrAdd(s, read, statement, after, preferEdit)].filter(
      (one) => one !== null,
    )
  return [addUnderLimits(s, read, list(statement.Action), list(statement.Resource), { missed })]
}

/**
 * The statement stays for the resources that have the keys of its conditions, and those that never do get one without;
 * another ARN in it alone would leave the call refused on the next of them. `null` where it is for other actions too.
 */
function splitByKeys(s: Situation, action: string, near: ReadStatement, wanted: string): readonly Fix[] | null {
  const { resources, unfit } = outOfReach(s, near, action)
  const isForOne = near.actions.length === 1 && near.actions[0]?.toLowerCase() === action.toLowerCase()
  if (resources.length === 0 || !isForOne || isShared(near) || near.policyKind === 'aws-managed') return null
  if (missedConditions(s, near).length > 0) return null
  const named = (arn: string): string => withAccount(s, action, arn)
  const kept = near.resources.filter((arn) => !resources.includes(arn)).map(named)
  const after = withResources(near, [...new Set([...kept, wanted])])
  return [
    editStatement(s, near, allow([action], [wanted], near.source.Condition ?? null), after),
    addUnderLimits(s, near, [action], resources.map(named), { unfit, offType: unfit.map(({ key }) => key) }),
  ]
}

/** Of several statements none is nearer than the others: each names another thing, and none of them was meant. */
function isArbitrary(resource: string, near: ReadStatement, naming: readonly ReadStatement[]): boolean {
  const head = resource.split(':').slice(0, 5).join(':').length + 1
  return (
    naming.length > 1 &&
    // The same thing in another Region or account was meant.
    nearness(resource, nearestArn(resource, near) ?? '') < resource.length &&
    commonLength(resource, near) <= head &&
    naming.every((read) => read === near || commonLength(resource, read) === head)
  )
}

function ofForm(
  s: Situation,
  action: string,
  resource: string,
  read: ReadStatement,
  fault: ArnFault,
  confidence: Confidence,
): Finding {
  const isWhole = parseArn(resource)?.service === 's3' && fault.code === 'object-arn-needed'
  const statement = allow([action], isWhole ? [resource] : fault.wanted)
  const after = withResources(read, mended(read, fault))
  const fixes = editUnlessHeld(s, read, statement, after, fault.code !== 'bucket-arn-needed')
  return finding(fault.code, confidence, fixes, {
    found: fault.found,
    wanted: fault.wanted[0] ?? resource,
    kept: fault.instead === null ? 'yes' : null,
    difference: firstDifference(resource, fault.found),
    ...placeOf(read),
    ...alsoMissed(s, read),
  })
}

/** Whom else a customer managed policy is attached to is not known. */
export const isShared = ({ policyKind, policyArn }: ReadStatement): boolean =>
  policyKind === 'managed' || (policyKind === null && policyArn !== null)

/**
 * A policy that is known to be the caller's own is edited. An AWS managed one cannot be, and editing one that may be
 * shared touches others: there the separate statement is the other way.
 */
export function editOrAdd(
  s: Situation,
  read: ReadStatement,
  statement: Statement,
  after: Statement,
  preferEdit: boolean,
): readonly Fix[] {
  const add = (alternative: boolean): Fix =>
    addUnderLimits(s, read, list(statement.Action), list(statement.Resource), { alternative })
  if (read.policyKind === 'aws-managed') return [add(false)]
  const editFirst = preferEdit && !isShared(read)
  const edit = editStatement(s, read, statement, after, { alternative: !editFirst })
  // A statement with a wildcard for its actions would grant them all on the added resource.
  if (!editFirst) return read.actions.some((name) => name.includes('*')) ? [add(false)] : [add(false), edit]
  return read.policyKind === 'inline' ? [edit] : [edit, add(true)]
}
