import type { ConditionBlock } from '../../iam/policy-document.ts'
import type { Fix } from '../../remedy/fix.ts'
import { addToIdentity } from '../fixes.ts'
import { withoutKey } from '../places.ts'
import type { Situation } from '../situation.ts'
import type { ReadCondition, ReadStatement } from '../statements.ts'
import { isImpossibleFor, kindOfKey, type KeyKind } from './condition-keys.ts'

const circumstances: readonly KeyKind[] = ['mfa', 'network', 'organization', 'caller-tag', 'time', 'caller']

const isOfCircumstances = (key: string): boolean =>
  circumstances.includes(kindOfKey(key)) && !/^aws:(?:resource|source)org/iu.test(key)

/**
 * Conditions on anything but who calls, when and from where, which is the same for every resource of a call:
 * `ec2:InstanceType` is there for the instance, and for no image.
 */
export const notOfCircumstances = ({ conditions }: ReadStatement): readonly ReadCondition[] =>
  conditions.filter(({ key }) => !isOfCircumstances(key))

interface Limits {
  readonly condition: ConditionBlock | null
  readonly values: Readonly<Record<string, string>>
  /** Whether something that the statement asks for is left out, so that its owner decides. */
  readonly goesPast: boolean
}

/**
 * What an Allow asks for beside action and resource holds for a statement beside it as well: each Allow grants by
 * itself, so that one without the condition ends what the condition protects. Left out is only what cannot hold.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
function limitsOf(
  s: Situation,
  { source, conditions }: ReadStatement,
  action: string,
  missed: readonly ReadCondition[],
): Limits {
  const out = new Set([
    ...missed.map(({ key }) => key),
    ...conditions.flatMap(({ key }) => (isImpossibleFor(s, action, key) ? [key] : [])),
  ])
  const left = [...out].reduce(withoutKey, source).Condition ?? null
  const kept = [...new Set(conditions.map(({ key }) => key))].filter((key) => !out.has(key))
  return {
    condition: left,
    values: {
      ...(out.size === 0 ? {} : { past: [...out].join(', ') }),
      ...(kept.length === 0 ? {} : { limits: kept.join(', ') }),
    },
    goesPast: out.size > 0,
  }
}

/**
 * A statement beside an Allow that misses: for what was asked, under the conditions of that one but for those that are
 * `unfit` for this resource.
 */
export function addUnderLimits(
  s: Situation,
  read: ReadStatement,
  actions: readonly string[],
  resources: readonly string[],
  more: {
    readonly alternative?: boolean
    readonly missed?: readonly ReadCondition[]
    readonly unfit?: readonly ReadCondition[]
    /** Keys among the unfit that AWS never has for this type of resource. */
    readonly offType?: readonly string[]
  } = {},
): Fix {
  const unfit = more.unfit?.map(({ key }) => key) ?? []
  const source = unfit.reduce(withoutKey, read.source)
  const conditions = read.conditions.filter(({ key }) => !unfit.includes(key))
  const { condition, values, goesPast } = limitsOf(
    s,
    { ...read, source, conditions },
    actions[0] ?? '',
    more.missed ?? [],
  )
  return addToIdentity(s, actions, resources, {
    condition,
    values: { ...values, ...(more.offType === undefined ? {} : { offType: more.offType.join(', ') }) },
    alternative: more.alternative ?? false,
    ...(goesPast ? { readiness: 'needs-review' } : {}),
  })
}
