import { list, type Statement } from '../iam/policy-document.ts'

const frameOf = ({ Effect, Principal, Condition, NotAction, NotResource }: Statement): string =>
  JSON.stringify([Effect, Principal, Condition, NotAction, NotResource])

/**
 * Whether something of a statement went into one of these, which were merged and split: the same frame, and one of its
 * actions on one of its resources.
 */
export const partOf = (statements: readonly Statement[]): ((add: Statement) => boolean) => {
  const held = new Map<string, { readonly actions: Set<string>; readonly resources: Set<string> }[]>()
  for (const one of statements) {
    const frame = frameOf(one)
    const lists = held.get(frame) ?? []
    lists.push({ actions: new Set(list(one.Action)), resources: new Set(list(one.Resource)) })
    held.set(frame, lists)
  }
  const meets = (set: ReadonlySet<string>, values: readonly string[]): boolean =>
    (values.length === 0 && set.size === 0) || values.some((value) => set.has(value))
  return (add) =>
    (held.get(frameOf(add)) ?? []).some(
      ({ actions, resources }) => meets(actions, list(add.Action)) && meets(resources, list(add.Resource)),
    )
}
