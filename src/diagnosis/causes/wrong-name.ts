import { hasOperation, isOperation } from '../../action-catalogue/operations.ts'
import type { Statement } from '../../iam/policy-document.ts'
import type { Fix } from '../../remedy/fix.ts'
import type { Confidence } from '../diagnosis.ts'
import { finding, none, type Finding } from '../finding.ts'
import { act, allow, editStatement } from '../fixes.ts'
import { isMisspelt } from '../misspelt.ts'
import { placeOf } from '../places.ts'
import { allowsOf, type Situation } from '../situation.ts'
import { coversResource, type ReadStatement } from '../statements.ts'
import { resourcesFor } from './resources-for.ts'
import { addUnderLimits } from './same-limits.ts'
import { editOrAdd } from './wrong-arn.ts'

/** The policy grants a name that is no action, where it means this one: IAM takes it without complaint. */
export function wrongName(
  s: Situation,
  action: string,
  resource: string | null,
  confidence: Confidence,
): Finding | null {
  for (const read of s.statements('identity-based')) {
    if (read.effect !== 'Allow') continue
    const name = read.actions.find((listed) => standsFor(s, listed, action))
    if (name === undefined) continue
    return finding('action-name-mismatch', confidence, fixesOf(s, read, action, resourcesFor(s, action, resource)), {
      wrongName: name,
      rightName: action,
      ...placeOf(read),
    })
  }
  return null
}

/** The checks of a policy say themselves which name is none, and mostly which was meant. */
export function toldWrongName(s: Situation): readonly Finding[] {
  const [name] = s.told('action-not-listed', 'wrong')
  if (name === undefined || s.denial.principal !== null) return none
  const meant = s.told('action-not-listed', 'right')[0] ?? '<Action>'
  const read = s.statements('identity-based').find(({ actions }) => actions.includes(name))
  const facts = { wrongName: name, rightName: meant }
  if (read === undefined)
    return [finding('action-name-mismatch', 'stated', [act('not-iam', 'correct-policy-document')], facts)]
  const names = [...new Set(read.actions.map((one) => (one === name ? meant : one)))]
  const after = { ...read.source, Action: names.length === 1 ? meant : names }
  const edit = editStatement(s, read, allow([meant], read.resources), after, { readiness: 'needs-review' })
  return [finding('action-name-mismatch', 'evaluated', [edit], { ...facts, ...placeOf(read) })]
}

/** The text has no call; a policy that was read has a name of that service which is no action, and looks like one. */
export function perhapsWrongName(s: Situation): readonly Finding[] {
  const { service } = s
  if (s.action !== null || service === null || s.denial.effect === 'explicit') return none
  const meant = s.catalogue.actionsOf(service)
  for (const read of s.statements('identity-based').filter(({ effect }) => effect === 'Allow'))
    for (const name of read.actions.filter((one) => one.toLowerCase().startsWith(`${service}:`))) {
      const action = meant.find((one) => standsFor(s, name, one))
      if (action === undefined || allowsOf(s, 'identity-based', action).length > 0) continue
      const add = allow([action], read.resources, read.source.Condition ?? null)
      return [
        finding('action-name-mismatch', 'possible', editOrAdd(s, read, add, corrected(s, read, action), true), {
          wrongName: name,
          rightName: action,
          ...placeOf(read),
        }),
      ]
    }
  return none
}

/**
 * The same for what a service does with a role whose policies were read: the first of the actions that a wrong name
 * stands for, while no statement has the right one.
 */
export function wrongNameOfRole(
  s: Situation,
  actions: readonly string[],
  resource: string | null,
  attachTo: string,
): Finding | null {
  for (const action of actions) {
    const found = allowsOf(s, 'identity-based', action).length > 0 ? null : wrongName(s, action, resource, 'evaluated')
    if (found !== null) return { ...found, fixes: found.fixes.map((fix) => onRole(fix, attachTo)) }
  }
  return null
}

const onRole = (fix: Fix, attachTo: string): Fix =>
  fix.target === null ? fix : { ...fix, target: { ...fix.target, attachTo } }

/** The name is put right where it stands, if that makes the statement fit; else the action comes beside it. */
function fixesOf(s: Situation, read: ReadStatement, action: string, resources: readonly string[]): readonly Fix[] {
  const fits = read.resources.length > 0 && resources.every((one) => coversResource(read, one))
  if (!fits) return [addUnderLimits(s, read, [action], resources)]
  const condition = read.source.Condition ?? null
  return editOrAdd(s, read, allow([action], resources, condition), corrected(s, read, action), true)
}

const corrected = (s: Situation, read: ReadStatement, action: string): Statement => {
  const names = [...new Set(read.actions.map((name) => (standsFor(s, name, action) ? action : name)))]
  return { ...read.source, Action: names.length === 1 ? action : names }
}

/** SDK clients whose operations share an IAM prefix: data planes have clients of their own. */
const clientsOf = (prefix: string): readonly string[] => [
  prefix,
  `${prefix}runtime`,
  `${prefix}-runtime`,
  `${prefix}v2`,
]

/** Actions that one operation asks for in turn, by what is sent: mail with an attachment is raw mail. */
const siblings: Readonly<Record<string, string>> = { 'ses:sendrawemail': 'ses:sendemail' }

const standsFor = (s: Situation, listed: string, action: string): boolean => {
  const wanted = action.toLowerCase()
  // Nearly every name in a policy is an action's or a pattern.
  if (/[*?]/u.test(listed) || s.catalogue.find(listed) !== null) return siblings[wanted] === listed.toLowerCase()
  const [prefix = '', name = ''] = wanted.split(':')
  const [service = '', operation = ''] = listed.split(':')
  if (service.toLowerCase() !== prefix)
    return operation.toLowerCase() === name && isUnderOther(s, service.toLowerCase(), operation, prefix)
  if (isMisspelt(listed.toLowerCase(), wanted)) return s.catalogue.serviceExists(prefix) || !isOperation(operation)
  return clientsOf(prefix)
    .flatMap((client) => s.catalogue.actionsForOperation(client, operation))
    .some((entry) => entry.action.toLowerCase() === wanted)
}

/**
 * The action's own name under the service's by another, `eventbridge:PutEvents`; or what a service asks of a key under
 * that service's prefix, `sqs:Decrypt`.
 */
const isUnderOther = (s: Situation, service: string, operation: string, prefix: string): boolean =>
  s.catalogue.prefixFor(service) === prefix ||
  (prefix === 'kms' && s.catalogue.prefixFor(service) !== null && !hasOperation(service, operation))
