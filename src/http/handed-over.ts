import { readPolicies } from '../evidence/document.ts'
import { isObject } from '../iam/json.ts'
import type { NamedPolicy, Policies } from '../iam/policies.ts'
import type { RequestContext } from '../iam/request.ts'
import { depthLimit, policiesLimit } from './diagnoses-schema.ts'
import { tooDeep } from './nesting.ts'
import { Problem } from './problem.ts'

/*
 * What callers hand over is evaluated again for every remedy. Its size bounds what that takes, by limits that no policy
 * in force comes near.
 */

/** Characters of one document; the longest that AWS stores are key policies, of 32 KiB. https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html */
const documentLimit = 64 * 1024
/** Characters of all values of context keys. */
const contextLimit = 64 * 1024
/** Characters of the conditions' values times those of the request's. */
const comparedLimit = 50_000_000

/** Throws a Problem where policies or context are larger than anything that AWS would evaluate. */
export function checkHandedOver(policies: Policies | undefined, context: RequestContext | undefined): void {
  const values = new Map(Object.entries(context ?? {}).map(([key, value]) => [key.toLowerCase(), sizeOf(value)]))
  if (sum([...values.values()]) > contextLimit)
    throw new Problem('too-large', 'The values of the context keys are longer than 64 KiB together.')
  let total = 0
  let compared = 0
  for (const { name, document } of allOf(readPolicies(policies ?? {}))) {
    if (tooDeep(document))
      throw new Problem(
        'invalid-request',
        `The policy ${JSON.stringify(name.slice(0, 64))} is nested deeper than ${depthLimit} levels.`,
      )
    const size = JSON.stringify(document ?? null).length
    if (size > documentLimit)
      throw new Problem(
        'too-large',
        `The policy ${JSON.stringify(name.slice(0, 64))} is longer than 64 KiB; AWS stores none of that length.`,
      )
    total += size
    compared += comparedIn(document, values)
  }
  if (total > policiesLimit)
    throw new Problem(
      'too-large',
      'The policies are larger than 1 MiB. Send those of the denied principal and resource.',
    )
  if (compared > comparedLimit)
    throw new Problem(
      'too-large',
      'The conditions of the policies have too many values to test against so many in the context.',
    )
}

const sum = (sizes: readonly number[]): number => sizes.reduce((all, size) => all + size, 0)

/** Characters of a value or of several, and what each costs besides. */
const sizeOf = (value: unknown): number =>
  Array.isArray(value) ? sum(value.map(sizeOf)) : typeof value === 'string' ? value.length + 8 : 8

const allOf = (policies: Policies): readonly NamedPolicy[] =>
  Object.values(policies).flatMap((entries) => {
    if (entries == null || entries === 'unknown') return []
    return entries.flatMap((entry) => {
      if (!('level' in entry)) return [entry]
      return entry.policies === 'unknown' ? [] : entry.policies
    })
  })

function comparedIn(document: unknown, values: ReadonlyMap<string, number>): number {
  if (!isObject(document) || values.size === 0) return 0
  const statements = [document['Statement']].flat()
  return sum(
    statements.flatMap((statement) => {
      const block = isObject(statement) ? statement['Condition'] : null
      return isObject(block)
        ? Object.values(block).flatMap((keys) =>
            isObject(keys)
              ? Object.entries(keys).map(([key, wanted]) => sizeOf(wanted) * (values.get(key.toLowerCase()) ?? 0))
              : [],
          )
        : []
    }),
  )
}
