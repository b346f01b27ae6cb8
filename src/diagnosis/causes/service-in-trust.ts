import { isAccountId, parseArn } from '../../iam/arn.ts'
import { list } from '../../iam/policy-document.ts'
import type { Fix } from '../../remedy/fix.ts'
import { compileWildcard, matchesWildcard } from '../../verdict/wildcard.ts'
import type { Confidence } from '../diagnosis.ts'
import { act, editStatement } from '../fixes.ts'
import { conditionFacts, placeOf } from '../places.ts'
import type { Situation } from '../situation.ts'
import { coversAction, type ReadCondition, type ReadStatement } from '../statements.ts'
import { toldTrust } from '../told-situation.ts'
import { withValues } from './condition-edits.ts'
import { kindOfKey, sentValue } from './condition-keys.ts'
import { isNoSource, sourceOf } from './trust-sources.ts'

/** What a trust policy says of a service that could not assume the role: no principal was evaluated for it. */
interface InTrust {
  readonly confidence: Confidence
  readonly fixes: readonly Fix[]
  readonly facts: Readonly<Record<string, string | number | null>>
}

interface Asked {
  readonly role: string
  readonly service: string
  /** All that the service asks for; to assume the role alone, where none are given. */
  readonly actions?: readonly string[]
  readonly add: Fix
  readonly attachTo: string
}

/** `null` where no trust policy was read, or where it does not tell. */
export function serviceInTrust(s: Situation, asked: Asked): InTrust | null {
  if (s.denial.principal !== null || asked.service.startsWith('<')) return null
  const read = s.statements('role-trust')
  // A call of another action is what the role was handed over in.
  const isTold = read.length === 0 && s.action?.toLowerCase() !== 'sts:assumerole'
  const statements = isTold ? toldTrust(s.policiesInText ?? []) : read
  // Whom a Deny is for, and whether `*` is for services too, is not worked out here.
  if (statements.length === 0 || statements.some((one) => one.effect === 'Deny' || isForAll(one))) return null
  const found = among(
    s,
    statements.filter((one) => coversAction(one, 'sts:AssumeRole')),
    asked,
  )
  if (found === null) return null
  return isTold ? { ...found, confidence: 'possible', facts: { ...found.facts, told: 'text' } } : found
}

const servicesOf = ({ source }: ReadStatement): readonly string[] =>
  typeof source.Principal === 'object' ? list(source.Principal['Service']) : []

const isForAll = ({ source: { Principal: principal, NotPrincipal: others } }: ReadStatement): boolean =>
  others !== undefined || principal === '*' || (typeof principal === 'object' && list(principal['AWS']).includes('*'))

function among(s: Situation, statements: readonly ReadStatement[], asked: Asked): InTrust | null {
  const { service } = asked
  const own = statements
    .filter((one) => servicesOf(one).some((name) => isOf(s, name, service) === true))
    .map((read) => ({ read, condition: unmet(read, asked) }))
  const open = own.find(({ condition }) => condition === undefined)
  if (open !== undefined) return lackingActions(s, open.read, asked) ?? trusted(open.read, asked)
  const [near] = own
  if (near?.condition !== undefined) return heldBack(s, near.read, near.condition, asked)
  const regional = statements.find((one) => servicesOf(one).some((name) => isOf(s, name, service) !== null))
  if (regional !== undefined) return ofRegion(s, regional, asked)
  const [other, ...more] = statements.filter((one) => servicesOf(one).length > 0)
  if (other === undefined) return null
  const letsIn = [other, ...more].flatMap(servicesOf).slice(0, 3).join(', ')
  return {
    confidence: 'evaluated',
    fixes: [asked.add],
    facts: { ...(more.length > 0 ? {} : placeOf(other)), letsIn },
  }
}

/** What certainly keeps the service out goes before what may. */
const unmet = (read: ReadStatement, asked: Asked): ReadCondition | undefined =>
  read.conditions.find((one) => holds(one, asked) === false) ??
  read.conditions.find((one) => holds(one, asked) !== true)

/** The service may assume the role and asks for more at once: tags of its session. */
function lackingActions(
  s: Situation,
  read: ReadStatement,
  { service, actions = [], add, attachTo }: Asked,
): InTrust | null {
  const lacking = actions.filter((action) => !coversAction(read, action))
  if (lacking.length === 0) return null
  const after = { ...read.source, Action: [...read.actions, ...lacking] }
  const into = { kind: 'trust-policy', step: 'allow-in-trust-policy', attachTo } as const
  return {
    confidence: 'evaluated',
    fixes: [editStatement(s, read, add.statement, after, into)],
    facts: { ...placeOf(read), principal: service, lacking: lacking.join(', ') },
  }
}

/** It lets the service in already, so that there is nothing to add. */
const trusted = (read: ReadStatement, { role, service }: Asked): InTrust => ({
  confidence: 'possible',
  fixes: [act('not-iam', 'check-resource-exists', { what: 'role' })],
  facts: { role, principal: service, trusts: 'yes', ...placeOf(read) },
})

/**
 * Whether a principal is this service: by its name, or by that of it in a Region, which counts there alone. `null`:
 * another service; `undefined`: in a Region of which it is not known whether the call came from there.
 */
function isOf(s: Situation, name: string, service: string): boolean | null | undefined {
  if (name === service) return true
  const [found, own] = [inParts(name), inParts(service)]
  if (found === null || own === null || found.name !== own.name) return null
  if (found.region === own.region || found.region === '') return true
  const region = s.region ?? s.told('region-named', 'region')[0]
  return region === undefined ? undefined : found.region === region
}

function inParts(principal: string): { readonly name: string; readonly region: string } | null {
  const [, name, region = ''] =
    /^([a-z0-9-]+)(?:\.([a-z]{2}(?:-[a-z]+)+-\d+))?\.amazonaws\.com(?:\.cn)?$/u.exec(principal) ?? []
  return name === undefined ? null : { name, region }
}

/** The Region's name of the service in its place: the one without a Region is good for all of them. */
function ofRegion(s: Situation, read: ReadStatement, { service, add, attachTo }: Asked): InTrust {
  const names = servicesOf(read).map((name) => (isOf(s, name, service) === null ? name : service))
  const [only = service, ...more] = [...new Set(names)]
  const named = typeof read.source.Principal === 'object' ? read.source.Principal : {}
  const principal = { ...named, Service: more.length === 0 ? only : [only, ...more] }
  const regional = servicesOf(read).filter((name) => isOf(s, name, service) !== null)
  const isKnown = regional.every((name) => isOf(s, name, service) === false)
  return {
    confidence: isKnown ? 'evaluated' : 'possible',
    fixes: [
      editStatement(
        s,
        read,
        add.statement,
        { ...read.source, Principal: principal },
        {
          kind: 'trust-policy',
          step: 'allow-in-trust-policy',
          attachTo,
          readiness: 'needs-review',
        },
      ),
    ],
    facts: { ...placeOf(read), letsIn: regional.join(', '), likeness: 'region' },
  }
}

const takesPatterns = /^(?:Arn(?:Like|Equals)|StringLike)$/iu

/**
 * What a service sends of the resource that it works for is of the role's own account, for nobody hands a role to a
 * service in another one. `null` where that does not settle it.
 */
function holds({ key, operator, values }: ReadCondition, { role, service }: Asked): boolean | null {
  const account = parseArn(role)?.account
  if (!/^(?:String|Arn)(?:Equals|Like)$/iu.test(operator)) return null
  const isPattern = takesPatterns.test(operator)
  const fits = (value: string, own: string): boolean =>
    value === own || (isPattern && matchesWildcard(compileWildcard(value), own))
  if (key.toLowerCase() === 'aws:sourceaccount') {
    if (!isPattern && values.every((value) => /[*?]/u.test(value))) return false
    return isAccountId(account) ? values.some((value) => fits(value, account)) : null
  }
  if (key.toLowerCase() !== 'aws:sourcearn') return null
  if (!isPattern && values.every((value) => /[*?]/u.test(value))) return false
  if (isPattern && values.includes('*')) return true
  if (values.every((value) => isNoSource(service, value))) return false
  const accounts = values.map((value) => parseArn(value)?.account ?? '')
  const isForeign = isAccountId(account) && accounts.every((one) => isAccountId(one) && one !== account)
  return isForeign ? false : null
}

/** The condition keeps the service out: it is written as it was meant, and not gone past. */
function heldBack(s: Situation, read: ReadStatement, condition: ReadCondition, asked: Asked): InTrust {
  const { add, attachTo } = asked
  const isSure = holds(condition, asked) === false
  const after = afterCondition(s, read, condition, asked)
  const { key, operator, values } = condition
  // What stands under StringEquals counts as it stands, `*` too.
  const isLiteral = /^StringEquals$/iu.test(operator) && values.every((value) => /[*?]/u.test(value))
  const isOther = key.toLowerCase() === 'aws:sourcearn' && values.every((value) => isNoSource(asked.service, value))
  const unmet = isOther ? 'other-source' : 'literal'
  const change =
    isOther || isLiteral
      ? { step: 'correct-condition' as const, values: { key, operator, unmet } }
      : { step: 'widen-condition' as const, values: { key } }
  const into = { kind: 'trust-policy', attachTo, readiness: 'needs-review' } as const
  const past: Fix = { ...add, values: { ...add.values, past: key } }
  return {
    confidence: isSure ? 'evaluated' : 'possible',
    fixes: after === null ? [past] : [editStatement(s, read, withCondition(add, after), after, { ...into, ...change })],
    facts: { ...placeOf(read), ...conditionFacts(condition), sent: sentValue(s, condition) },
  }
}

const withCondition = ({ statement }: Fix, { Condition: condition }: ReadStatement['source']): Fix['statement'] =>
  statement === null || condition === undefined ? statement : { ...statement, Condition: condition }

function afterCondition(
  s: Situation,
  read: ReadStatement,
  condition: ReadCondition,
  { role, service }: Asked,
): ReadStatement['source'] | null {
  const account = parseArn(role)?.account
  const own = isAccountId(account) ? account : '<AccountId>'
  const key = condition.key.toLowerCase()
  const plain = condition.values.filter((value) => !/[*?]/u.test(value))
  if (key === 'aws:sourceaccount') return withValues(read.source, condition, { values: [...plain, own] })
  if (key !== 'aws:sourcearn' || kindOfKey(condition.key) !== 'source') return null
  const region = s.region ?? s.told('region-named', 'region')[0] ?? null
  const sources = [...new Set(condition.values.map((value) => sourceOf(service, role, value, region)))]
  if (condition.values.every((value) => isNoSource(service, value)))
    return withValues(read.source, condition, { values: sources })
  // Patterns under StringEquals were meant as patterns.
  const isLiteral = !takesPatterns.test(condition.operator) && plain.length === 0
  return isLiteral
    ? withValues(read.source, condition, { operator: 'ArnLike', values: condition.values })
    : withValues(read.source, condition, { values: [...condition.values, ...sources.slice(0, 1)] })
}
