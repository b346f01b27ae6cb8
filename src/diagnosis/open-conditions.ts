import type { Cause } from './diagnosis.ts'
import { knownValue } from './causes/condition-keys.ts'
import { holdsAbsent } from './causes/keys-of-types.ts'
import { deniesOf, type Situation } from './situation.ts'

/**
 * Context keys on which the answer still hangs once it was followed, which nobody told and no cause speaks of: of other
 * policies and statements that count, and of the statement that the answer speaks of.
 */
export function openKeys(s: Situation, causes: readonly Cause[]): readonly string[] {
  const [first] = causes
  if (first === undefined || first.confidence === 'possible') return []
  const isOpen = first.remedies.some(({ verification }) => verification?.decision === 'unknown')
  if (!isOpen && first.facts['key'] === undefined) return []
  const spoken = causes.flatMap(({ facts, remedies }) => [
    ...['key', 'key2', 'key3', 'rivals'].map((name) => facts[name] ?? ''),
    ...remedies.map(({ values }) => values['key'] ?? ''),
  ])
  // Where what the policy compares with is hidden, what the request had is known.
  const isKnown = (key: string): boolean => knownValue(s, key) !== undefined
  const isSpokenOf = (key: string): boolean => spoken.some((text) => text.toLowerCase().includes(key.toLowerCase()))
  const keys = [...ofOtherLayers(s), ...ofOtherDenies(s), ...ofStatement(s, first)].filter(
    (key) => !isSpokenOf(key) && !isKnown(key),
  )
  return [...new Map(keys.map((key) => [key.toLowerCase(), key])).values()].slice(0, mostKeys)
}

const mostKeys = 5

/** A Deny that may match always counts; an Allow only where no other one lets the request through. */
const ofOtherLayers = ({ verdict }: Situation): readonly string[] =>
  (verdict?.policyTypes ?? []).flatMap(({ result, unknowns }) =>
    unknowns.flatMap(({ key, effect }) => (key !== null && (effect === 'Deny' || result === 'unknown') ? [key] : [])),
  )

/** Where one Deny decided, another of the same policies that nobody could tell to match stands behind it. */
function ofOtherDenies(s: Situation): readonly string[] {
  const { action, resource } = s
  if (action === null) return []
  return (s.verdict?.policyTypes ?? []).flatMap(({ type, result, determining }) => {
    if (result !== 'explicitDeny') return []
    const behind = deniesOf(s, type, action, resource).filter(
      (deny) => !determining.some(({ policy, statement }) => policy === deny.policy && statement === deny.statement),
    )
    const open = behind.filter(({ conditions }) => conditions.every(({ key }) => knownValue(s, key) === undefined))
    return open.flatMap(({ conditions }) => conditions.map(({ key }) => key))
  })
}

/** What the same Allow asks for beside. */
function ofStatement(s: Situation, { facts }: Cause): readonly string[] {
  const type = s.verdict?.policyTypes.find(({ type: one }) => one === facts['policyType'])?.type
  if (type === undefined || facts['effect'] !== 'Allow') return []
  const read = s
    .statements(type)
    .find(({ policy, statement }) => policy === facts['policy'] && String(statement + 1) === facts['statement'])
  return (read?.conditions ?? []).flatMap(({ key, operator }) =>
    knownValue(s, key) === undefined && !holdsAbsent({ operator }) ? [key] : [],
  )
}
