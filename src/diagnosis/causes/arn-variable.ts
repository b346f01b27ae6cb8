import type { Fix } from '../../remedy/fix.ts'
import { factsOf } from '../../verdict/request-facts.ts'
import { requestInLight } from '../../verdict/request-in-light.ts'
import { addToIdentity } from '../fixes.ts'
import type { Situation } from '../situation.ts'
import { tagPrincipal } from './tag-principal.ts'

/** What a policy variable in an ARN comes to in this request: `default` where the policy says what to take in its place. */
interface ArnVariable {
  readonly variables: 'no-value' | 'default' | 'other-value' | 'not-known'
  readonly variable: string
  readonly here: string | null
}

/** `${aws:PrincipalTag/team}`, or with what stands in for a value that is absent: `${aws:PrincipalTag/team, 'none'}`. */
const variable = /\$\{([^},]{1,200})(?:,\s{0,9}'([^'}]{0,200})')?\}/gu
const isCallersTag = /^aws:principaltag\//iu

/** The variable for which the ARN does not fit; `null` where there is none. */
export function variableIn(s: Situation, arn: string): ArnVariable | null {
  if (s.request === null) return null
  const { key } = factsOf(requestInLight(s.request, s.evidence).request, undefined)
  const found = [...arn.matchAll(variable)].map(([, name = '', otherwise]) =>
    comesTo(name.trim(), key(name.trim().toLowerCase()), otherwise),
  )
  return (
    (['no-value', 'default', 'not-known', 'other-value'] as const)
      .map((kind) => found.find(({ variables }) => variables === kind))
      .find((one) => one !== undefined) ?? null
  )
}

function comesTo(
  name: string,
  values: readonly string[] | null | undefined,
  otherwise: string | undefined,
): ArnVariable {
  const [value, ...more] = values ?? []
  if (values === undefined) return { variables: 'not-known', variable: name, here: null }
  if (value !== undefined && more.length === 0) return { variables: 'other-value', variable: name, here: value }
  return otherwise === undefined
    ? { variables: 'no-value', variable: name, here: null }
    : { variables: 'default', variable: name, here: otherwise }
}

/** What stands in the resource where the ARN has the variable; `null` where that cannot be told. */
function wantedValue(arn: string, key: string, resource: string | undefined): string | null {
  const at = [...arn.matchAll(variable)].find(([, name = '']) => name.trim() === key)
  if (at === undefined || resource === undefined) return null
  const before = arn.slice(0, at.index)
  const [delimiter = ''] = arn.slice(at.index + at[0].length)
  if (/[*?$]/u.test(before + delimiter) || !resource.startsWith(before)) return null
  const rest = resource.slice(before.length)
  const value = delimiter === '' ? rest : rest.slice(0, Math.max(0, rest.indexOf(delimiter)))
  return /^[\w+=.@-]{1,256}$/u.test(value) ? value : null
}

/** One more ARN in such a statement would undo what the variable is for; so would its other actions on that ARN. */
export function fixesOfVariable(
  s: Situation,
  { variables, variable: key }: ArnVariable,
  arn: string,
  actions: readonly string[],
  resources: readonly string[],
): readonly Fix[] {
  const value = wantedValue(arn, key, resources[0])
  const tag =
    isCallersTag.test(key) && variables !== 'other-value'
      ? tagPrincipal(s, { operator: '', key, values: value === null ? [] : [value] })
      : null
  const add = addToIdentity(s, actions, resources, { readiness: 'needs-review', alternative: tag !== null })
  return tag === null ? [add] : [tag, add]
}
