import * as z from 'zod'
import { maskSecrets } from '../denial/redact.ts'

/** Names that a caller made up are repeated in the answer, cut to this length and number. */
const longestName = 80
const mostNames = 10

/**
 * An object that has these fields and no others. A misspelt one would be dropped in silence, and with it a policy that
 * denies: the answer would then be wrong and look certain.
 */
export const closedObject = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `Not known here: ${named(issue.keys as readonly string[])}. Known are ${Object.keys(shape).join(', ')}.`
        : undefined,
  })

const cut = (name: string): string => name.slice(0, longestName)

const named = (names: readonly string[]): string =>
  maskSecrets(names.slice(0, mostNames).map(cut).join(', ')) + (names.length > mostNames ? ', …' : '')

/** Where an issue lies: an unknown field lies at its own name, not at the object that holds it. */
export const pathsOf = (issue: z.core.$ZodIssue): readonly (readonly PropertyKey[])[] =>
  issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, cut(key)]) : [issue.path]
