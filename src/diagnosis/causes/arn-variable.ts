import type { Fix } from '../../remedy/fix.ts'
import { factsOf } from '../../verdict/request-facts.ts'
import { requestInLight } from '../../verdict/request-in-light.ts'
import { addToIdentity } from '../fixes.ts'
import type { Situation } from '../situation.ts'
import { tagPrincipal } from './tag-principal.ts'

/** What a policy variable in an ARN comes to in this request. */
interface ArnVariable {
  readonly variables: 'no-value' | 'other-value' | 'not-known'
  readonly variable: string
  readonly here: string | null
}

const variable = /\$\{([^},]{1,200})\}/gu
const isCallersTag = /^aws:principaltag\//iu

/** The variable for which the ARN does not fit; `null` where there is none. */
export function variableIn(s: Situation, arn: string): ArnVariable | null {
  if (s.request === null) return null
  const { key } = factsOf(requestInLight(s.request, s.evidence).request, undefined)
  const found = [...arn.matchAll(variable)].map(([, name = '']) => {
    const values = key(name.trim().toLowerCase())
    const [value, ...more] = values ?? []
    const variables =
      values === undefined ? 'not-known' : value === undefined || more.length > 0 ? 'no-value' : 'other-value'
    return { variables, variable: name.trim(), here: variables === 'other-value' ? (value ?? null) : null } as const
  })
  return (
    (['no-value', 'not-known', 'other-value'] as const)
      .map((kind) => found.find(({ variables }) => variables === kind))
      .find((one) => one !== undefined) ?? null
  )
}

/** One more ARN in such a statement would undo what the variable is for; so would its other actions on that ARN. */
export function fixesOfVariable(
  s: Situation,
  { variables, variable: key }: ArnVariable,
  actions: readonly string[],
  resources: readonly string[],
): readonly Fix[] {
  const tag =
    isCallersTag.test(key) && variables !== 'other-value' ? tagPrincipal(s, { operator: '', key, values: [] }) : null
  const add = addToIdentity(s, actions, resources, { readiness: 'needs-review', alternative: tag !== null })
  return tag === null ? [add] : [tag, add]
}
