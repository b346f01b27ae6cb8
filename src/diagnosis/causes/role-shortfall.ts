import type { Fix } from '../../remedy/fix.ts'
import { finding, type Finding } from '../finding.ts'
import { addToIdentity, allow } from '../fixes.ts'
import { placeOf } from '../places.ts'
import { allowsOf, identityGrants, type Situation } from '../situation.ts'
import { explicitDeny } from './deny.ts'
import { statementsFor, takesNoArn, type RoleNeed } from './role-needs.ts'
import { nearest, wrongArn } from './wrong-arn.ts'

/** The one ARN of the service that the text prints; of several nobody knows which was tried. */
function printedResource(s: Situation, service: string): string | null {
  const named = [
    ...s.told('stream-arn', 'stream'),
    ...s.told('queue-arn', 'queue'),
    ...s.told('topic-arn', 'topic'),
  ].filter((arn) => arn.split(':')[2] === service)
  const [one, ...others] = new Set(named)
  return one === undefined || others.length > 0 ? null : one
}

/** The ARN that the service prints beside its complaint is what it tried. */
export function onPrinted(s: Situation, need: RoleNeed): RoleNeed {
  const printed = isMarked(need.resource) ? printedResource(s, need.actions[0]?.split(':')[0] ?? '') : null
  return printed === null ? need : { ...need, resource: printed }
}

/** An Allow of an action that takes no ARN counts wherever it stands; else on the ARN, where that is known. */
const grants = (s: Situation, { resource }: RoleNeed, action: string): boolean =>
  takesNoArn(action)
    ? identityGrants(s, action, '*')
    : identityGrants(
        s,
        action,
        s.catalogue.find(action)?.resourceTypes.length === 0 || isMarked(resource) ? null : resource,
      )

/** All that the role lacks, each action where it counts. */
export const addNeeded = (s: Situation, need: RoleNeed, attachTo: string): readonly Fix[] =>
  statementsFor(need).map(({ actions, resource }) => addToIdentity(s, actions, [resource], { attachTo }))

/** A placeholder of ours stands in it. */
const isMarked = (resource: string): boolean => resource.includes('<')

/** The role's policies grant all that the service tried, as far as the text tells on what. */
export const hasNeeded = (s: Situation, need: RoleNeed): boolean =>
  s.wasRead('identity-based') && need.actions.every((action) => grants(s, need, action))

/** They grant all of it, wherever: nothing of it is to be added. */
export const isGrantedAll = (s: Situation, actions: readonly string[], resource: string | null = null): boolean =>
  s.wasRead('identity-based') && actions.every((action) => identityGrants(s, action, resource))

/** They grant it on ARNs alone, and the text does not tell which one the service tried. */
export const limitedTo = (s: Situation, { actions, resource }: RoleNeed): string | null => {
  if (!isMarked(resource)) return null
  const naming = actions
    .filter((action) => !takesNoArn(action))
    .flatMap((action) => allowsOf(s, 'identity-based', action))
  const resources = naming.flatMap((read) => (read.resources.length === 0 ? ['*'] : read.resources))
  return resources.includes('*') ? null : (resources[0] ?? null)
}

/**
 * The actions are allowed on another ARN than the one that the service printed: what is wrong with it, for all of them.
 * `null` where nothing names them, or the resource is not told.
 */
export function onOtherArn(s: Situation, need: RoleNeed, attachTo: string): Finding | null {
  if (isMarked(need.resource) || need.resource === '*') return null
  const missing = need.actions.filter((action) => !grants(s, need, action))
  const lacking = missing.filter((action) => !takesNoArn(action))
  const onAll = missing.filter(takesNoArn)
  const [first] = lacking
  const naming = first === undefined ? [] : allowsOf(s, 'identity-based', first)
  const near = nearest(naming, need.resource)
  if (first === undefined || near === null || near.resources.includes('*')) return null
  const found = wrongArn(s, first, need.resource, near, naming, 'evaluated')
  const ofAll = (fix: Fix): Fix => ({
    ...fix,
    target: fix.target === null ? null : { ...fix.target, attachTo },
    statement:
      fix.statement === null ? null : { ...allow(lacking, [need.resource]), Resource: fix.statement.Resource ?? '*' },
  })
  const beside = onAll.length === 0 ? [] : [addToIdentity(s, onAll, ['*'], { attachTo })]
  return found === null ? null : { ...found, fixes: [...found.fixes.map(ofAll), ...beside] }
}

/** Nobody told what was tried, and it may be none of what the role is allowed. */
export const perhapsOnAnother = (s: Situation, need: RoleNeed, found: string, attachTo: string): Finding =>
  finding('resource-arn-mismatch', 'possible', addNeeded(s, need, attachTo), {
    found,
    ...placeOf(allowsOf(s, 'identity-based', need.actions[0] ?? '')[0]),
  })

/** The role has it: then the organization may say no, to what the role asked. */
export function guardrailOn(s: Situation, { actions, resource }: RoleNeed): Finding {
  const found = explicitDeny(s, 'service-control', 'possible')
  const asked = { action: actions[0] ?? '', ...(isMarked(resource) || resource === '*' ? {} : { resource }) }
  return { ...found, facts: { ...found.facts, ...asked } }
}
