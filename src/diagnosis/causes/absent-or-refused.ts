import { sharingOf } from '../../verdict/sharing.ts'
import { finding, none, type Finding } from '../finding.ts'
import { act, addToIdentity } from '../fixes.ts'
import { identityGrants, type Situation } from '../situation.ts'
import { accountNotAdministrator } from './accounts.ts'
import { resourceSide } from './other-side.ts'

/** Services whose resources an organization has once, where only its management account and administrators see them. */
const ofOrganization: ReadonlySet<string> = new Set(['sso', 'identitystore', 'organizations'])

const notThere = (what: string, why: string | null = null): Finding =>
  finding('resource-not-found-as-denied', 'possible', [act('not-iam', 'check-resource-exists')], { what, why })

/** AWS does not tell which: a resource that is not there looks to it like one whose policy lets nobody in. */
export function absentOrRefused(s: Situation): readonly Finding[] {
  const { action, service } = s
  if (!s.has('absent-or-refused') || action === null || service === null || service === 'kms') return none
  if (s.wasRead('identity-based') && !identityGrants(s, action, s.resource)) return none
  if (ofOrganization.has(service))
    return [
      notThere('resource'),
      ...accountNotAdministrator().map((one) => ({ ...one, confidence: 'possible' as const })),
    ]
  if (sharingOf(service) !== 'resource-policy') return [notThere('resource')]
  return [resourceSide(s, action, s.resource, 'possible'), notThere('resource')]
}

/** The same of a key, beside its policy. */
export const keyPerhapsAbsent = (s: Situation): readonly Finding[] =>
  s.has('absent-or-refused') && s.service === 'kms' && s.known.key === undefined && !s.wasRead('resource-based')
    ? [notThere('key')]
    : none

/**
 * The service's own sentence names both, and tells neither: the name is not that of a resource here, or the caller may
 * not see it. Queues of another account are asked for by their owner too.
 */
export function absentOrNoAccess(s: Situation): readonly Finding[] {
  const { operation, service } = s
  const asked = operation === null || service === null ? [] : s.catalogue.actionsForOperation(service, operation)
  const actions = asked.filter(({ when }) => when === 'always').map(({ action }) => action)
  const pattern = s.resource ?? s.resourcePattern ?? '<ResourceArn>'
  return [
    notThere('resource', service === 'sqs' ? 'queue-or-owner' : 'either'),
    finding(
      'missing-allow',
      'possible',
      [actions.length === 0 ? act('other', 'find-refused-call') : addToIdentity(s, actions, [pattern])],
      {},
    ),
  ]
}
