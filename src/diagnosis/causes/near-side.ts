import { parseArn } from '../../iam/arn.ts'
import { list, type Statement } from '../../iam/policy-document.ts'
import type { PolicyType } from '../../iam/policy-type.ts'
import type { Fix, FixStep } from '../../remedy/fix.ts'
import type { RemedyKind } from '../../remedy/remedy.ts'
import type { Mismatch, NearMiss } from '../../verdict/verdict.ts'
import { allowTo, editStatement } from '../fixes.ts'
import { placeOf, withResources } from '../places.ts'
import type { Situation } from '../situation.ts'
import type { ReadStatement } from '../statements.ts'
import { arnFault, nearestArn } from './arn-form.ts'
import { likenessOf, type Likeness } from './likeness.ts'

type Values = Readonly<Record<string, string | number | null>>

/** What a policy of the resource's side lets in instead, and how it would let the caller in. */
interface NearOfSide {
  readonly facts: Values
  /** In place of a statement beside it, where the caller was meant. */
  readonly fixes: (add: Fix) => readonly Fix[]
}

interface Into {
  readonly kind: RemedyKind
  readonly step: FixStep
  readonly attachTo: string
}

/**
 * The Allow of the resource's side that misses on one thing: it is for somebody else, or for another resource. Whom it
 * names is told in any case; it is edited only where the caller is meant by it, and then nobody is taken out.
 */
export function nearOfSide(s: Situation, type: PolicyType, into: Into): NearOfSide | null {
  const layer = s.layer(type)
  if (layer?.result !== 'implicitDeny') return null
  const near = layer.nearMisses.flatMap((miss) => {
    const [only, ...more] = miss.because
    const read = more.length > 0 || miss.effect !== 'Allow' ? undefined : readOf(s, type, miss)
    return only === undefined || read === undefined ? [] : [{ read, only }]
  })
  const byPrincipal = near
    .flatMap(({ read, only }) => (only.element === 'Principal' ? [ofPrincipal(s, read, only)] : []))
    .toSorted((a, b) => Number(b.likeness !== null) - Number(a.likeness !== null))
  const byResource = near.find(({ only }) => only.element === 'Resource')
  const [somebody] = byPrincipal
  // A statement for the caller itself tells more than one for somebody of whom nothing is known.
  if (byResource !== undefined && somebody?.likeness == null) return onOther(s, byResource.read, into)
  return somebody === undefined ? null : forOther(s, somebody, into)
}

const readOf = (s: Situation, type: PolicyType, { policy, statement }: NearMiss): ReadStatement | undefined =>
  s.statements(type).find((read) => read.policy === policy && read.statement === statement)

interface Somebody {
  readonly read: ReadStatement
  readonly named: readonly string[]
  readonly likeness: Likeness | null
}

const callerOf = (s: Situation): string | null =>
  s.denial.principalType === 'service' ? s.denial.principal : s.principalArn

function ofPrincipal(s: Situation, read: ReadStatement, { wanted }: Mismatch): Somebody {
  const caller = callerOf(s)
  const alike = caller === null ? [] : wanted.map((text) => [text, likenessOf(text, caller)] as const)
  const [text, likeness] = alike.find(([, one]) => one !== null) ?? []
  return { read, named: text === undefined ? wanted : [text], likeness: likeness ?? null }
}

const mostNamed = 3

function forOther(s: Situation, { read, named, likeness }: Somebody, into: Into): NearOfSide {
  const facts = { ...placeOf(read), letsIn: named.slice(0, mostNamed).join(', '), likeness }
  const caller = callerOf(s)
  const [stranger] = named
  if (caller !== null && stranger !== undefined && likeness === 'digits' && isNoPartner(s, stranger)) {
    const corrected = inPlaceOf(read.source, stranger, caller)
    if (corrected !== null)
      return {
        facts,
        fixes: (add) => [
          editStatement(s, read, add.statement, corrected, {
            ...into,
            values: { stranger },
            readiness: 'needs-review',
          }),
        ],
      }
  }
  const after =
    caller === null || stranger === undefined || likeness === null || likeness === 'digits'
      ? null
      : likeness === 'reserved-path'
        ? withPath(read.source, stranger, caller)
        : withCaller(s, read.source, caller)
  return { facts, fixes: (add) => (after === null ? [add] : edited(s, read, add, after, into)) }
}

/** An account that is nobody's here, and so a slip of whoever wrote it: not the one that the resource itself is in. */
const isNoPartner = (s: Situation, named: string): boolean =>
  (parseArn(named)?.account ?? named) !== (s.resourceAccount ?? parseArn(s.resource ?? '')?.account)

/** Whoever has the mistyped account had the access that was meant for the caller, and keeps it where that stays. */
function inPlaceOf(source: Statement, stranger: string, caller: string): Statement | null {
  if (typeof source.Principal !== 'object' || /:role\/AWSReservedSSO_/u.test(caller)) return null
  const others = list(source.Principal['AWS']).filter((one) => one !== stranger)
  return { ...source, Principal: { ...source.Principal, AWS: others.length === 0 ? caller : [...others, caller] } }
}

/** Whoever is in stays in. A role of IAM Identity Center is no principal without the path that its session hides. */
function withCaller(s: Situation, source: Statement, caller: string): Statement | null {
  const kind = s.denial.principalType === 'service' ? 'Service' : 'AWS'
  if (typeof source.Principal !== 'object' || /:role\/AWSReservedSSO_/u.test(caller)) return null
  return { ...source, Principal: { ...source.Principal, [kind]: [...list(source.Principal[kind]), caller] } }
}

/** The one whom the statement was for, as IAM knows the role; others in it would be held to the condition too. */
function withPath(source: Statement, pathless: string, caller: string): Statement | null {
  const named = typeof source.Principal === 'object' ? source.Principal : {}
  const [only, ...others] = Object.values(named).flatMap((values) => list(values))
  const { Principal: principal, Condition: condition } = allowTo({ AWS: caller }, [], [], source.Condition ?? null)
  const isKnown = list(typeof principal === 'object' ? principal['AWS'] : undefined).every((one) => one !== pathless)
  const isTested = Object.values(source.Condition ?? {}).some((keys) =>
    Object.keys(keys).some((key) => key.toLowerCase() === 'aws:principalarn'),
  )
  if (only !== pathless || others.length > 0 || !isKnown || isTested || principal === undefined) return null
  return { ...source, Principal: principal, ...(condition === undefined ? {} : { Condition: condition }) }
}

function onOther(s: Situation, read: ReadStatement, into: Into): NearOfSide | null {
  const { resource, action } = s
  if (resource === null || action === null) return null
  const found = nearestArn(resource, read)
  if (found === null || found === '*') return null
  const wanted = arnFault(resource, read)?.wanted ?? [resource]
  const facts = { ...placeOf(read), onlyOn: found, wanted: wanted.join(', ') }
  // A function's statements are added one by one, each for one version or alias; and what is for many is not widened.
  const isOwn = list(typeof read.source.Principal === 'object' ? read.source.Principal['AWS'] : undefined)
  const canEdit = s.service !== 'lambda' && isOwn.length === 1 && isOwn[0] === s.principalArn
  const after = withResources(read, [...read.resources, ...wanted])
  return { facts, fixes: (add) => (canEdit ? edited(s, read, add, after, into) : [add]) }
}

/** The one statement that would let the caller in names its role without the path that AWS gave it. */
export const isNamedWithoutPath = (s: Situation, type: PolicyType): boolean =>
  s.layer(type)?.result === 'implicitDeny' &&
  s.layer(type)?.nearMisses.some(({ effect, because: [only, ...more] }) => {
    const caller = callerOf(s)
    const isPrincipal = effect === 'Allow' && more.length === 0 && only?.element === 'Principal'
    return isPrincipal && caller !== null && only.wanted.some((one) => likenessOf(one, caller) === 'reserved-path')
  }) === true

/** A statement for more than was asked is widened only if its owner prefers that to one beside it. */
function edited(s: Situation, read: ReadStatement, add: Fix, after: Statement, into: Into): readonly Fix[] {
  const isWide = read.actions.some((name) => name.includes('*'))
  const edit = editStatement(s, read, add.statement, after, { ...into, readiness: 'needs-review', alternative: isWide })
  return isWide ? [add, edit] : [edit, { ...add, alternative: true }]
}
