import type { Fix } from '../../remedy/fix.ts'
import { act, editStatement } from '../fixes.ts'
import { listed } from '../places.ts'
import type { Situation } from '../situation.ts'
import type { ReadCondition, ReadStatement } from '../statements.ts'
import { variableIn } from './arn-variable.ts'
import { meetBoundary } from './boundary.ts'
import { callingService, correctionOf, isSetByService } from './condition-edits.ts'
import { isImpossible, isMadeByService, isOfNoRegion, kindOfKey } from './condition-keys.ts'
import { withoutImpossible } from './impossible-key.ts'
import { correctedForIdentity, isOfServicesAlone } from './keys-of-services.ts'
import { carriesNoMfa, mfaSession } from './mfa-session.ts'
import {
  inOtherRegion,
  pastCondition,
  throughEndpoint,
  throughOther,
  throughServices,
  toOtherService,
} from './narrow-statements.ts'
import { routedTo } from './routed-inference.ts'
import { isPresence, sentTagFixes } from './sent-tags.ts'
import {
  callersTag,
  isMark,
  isOfCaller,
  isOfCreation,
  onNewResource,
  onWhatIsThere,
  tagResource,
  tagsOfCaller,
  tagsOfResource,
} from './tag-conditions.ts'
import { tagPrincipal } from './tag-principal.ts'
import { corrected, widened } from './unmet-condition.ts'
import { tagOfRequest } from './untagged.ts'

/** What there is to do about a condition of an identity-based Allow that did not hold: by the caller first. */
export function conditionFixes(s: Situation, read: ReadStatement, condition: ReadCondition): readonly Fix[] {
  const action = s.action ?? '<Action>'
  const resource = s.resource ?? s.resourcePattern ?? '<ResourceArn>'
  const possible = condition.values.filter((value) => variableIn(s, value)?.variables !== 'no-value')
  const unmet = { read, condition, action, resource }
  const told = { key: condition.key, values: listed(possible) }
  const values = isPresence(condition) ? { ...told, operator: condition.operator } : told
  if (isImpossible(s, condition.key)) return withoutImpossible(s, unmet)
  if (isOfServicesAlone(s, read, condition)) return [correctedForIdentity(s, read, condition)]
  const ofNew = tagOfRequest(s, read, condition)
  if (ofNew !== null) return onNewResource(s, read, condition, ofNew, action, resource)
  const correction = correctionOf(s, read.source, condition)
  if (correction !== null)
    return [
      editStatement(s, read, null, correction.after, {
        step: 'correct-condition',
        values: { key: condition.key, operator: condition.operator, unmet: correction.unmet },
        readiness: 'needs-review',
      }),
    ]
  if (isOfCreation(condition)) return onWhatIsThere(s, unmet)
  // No request of this caller fits what hangs on a variable without a value.
  if (condition.values.length > 0 && possible.length === 0 && !isOfCaller(condition))
    return [corrected(read, condition, false, 'variable')]
  switch (kindOfKey(condition.key)) {
    case 'sent-tag':
      return sentTagFixes(s, unmet)
    case 'resource-tag':
      if (isOfCaller(condition) && possible.length === 0) return tagsOfCaller(s, read, condition)
      return [
        ...tagsOfResource(s, read, condition).map(tagResource),
        ...(isOfCaller(condition) ? [tagPrincipal(s, callersTag(condition), true)] : []),
        isMark(condition) ? pastCondition(s, unmet) : corrected(read, condition, true),
      ]
    case 'caller-tag':
      return [tagPrincipal(s, condition), corrected(read, condition, true)]
    case 'called-via':
      return callingService(s, condition) === null
        ? [act('other', 'call-through-service', values), corrected(read, condition, true)]
        : throughOther(s, unmet)
    case 'resource-owner':
      return [act('not-iam', 'check-resource-exists', { resource }), corrected(read, condition, true)]
    case 'mfa':
      return [carriesNoMfa(s) ? corrected(read, condition, false) : mfaSession(s)]
    case 'boundary':
      return [meetBoundary(s, condition.values[0] ?? '<BoundaryArn>', { values })]
    case 'time':
    case 'source':
    case 'caller':
    case 'organization':
    case 'no-such-key':
      return [corrected(read, condition, false)]
    case 'network':
      return isOfAddress(s, condition)
        ? [throughServices(s, unmet), act('other', 'meet-condition', values, { alternative: true })]
        : throughEndpoint(s, unmet)
    case 'other':
      if (/^iam:passedtoservice$/iu.test(condition.key)) return toOtherService(s, read, condition, resource)
      if (isSetByService(condition.key)) return [{ ...widened(s, read, condition), alternative: false }]
      if (/^aws:tokenissuetime$/iu.test(condition.key) && /^DateGreaterThan/iu.test(condition.operator))
        return [act('session', 'open-new-session', { before: condition.values[0] ?? '' })]
      if (isOfNoRegion(s, condition))
        return [act('other', 'use-geographic-profile', values), widened(s, read, condition)]
      if (routedTo(s, condition) !== null)
        return [
          act('other', 'use-geographic-profile', { ...values, routed: routedTo(s, condition) ?? '' }),
          widened(s, read, condition),
        ]
      if (/^aws:requestedregion$/iu.test(condition.key)) return inOtherRegion(s, unmet)
      return [act('other', 'meet-condition', values), widened(s, read, condition)]
    case 'sent-header':
      return [act('other', 'meet-condition', values), widened(s, read, condition)]
  }
}

/** Where a service calls for the caller, its address stands in the key, and no network of the caller's ever fits. */
export const isOfAddress = (s: Situation, { key }: ReadCondition): boolean =>
  kindOfKey(key) === 'network' && key.toLowerCase() !== 'aws:viaawsservice' && isMadeByService(s)
