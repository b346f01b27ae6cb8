import type { ActionFacts, ResourceType } from '../action-catalogue/action-catalogue.ts'
import type { Surroundings } from './caller.ts'
import { fillPattern, tailOf } from './fill-pattern.ts'

/**
 * What `.../index/by-date` is the end of: `table/<TableName>/index/by-date`. A type of which only names are left is told
 * by its kind, except that of S3's objects: `.../reports/a.csv`.
 */
export const endingIn = (rest: string, facts: ActionFacts | null, around: Surroundings): readonly string[] =>
  (facts?.resourceTypes ?? []).flatMap((type) => {
    const names = namesAtEnd(type, rest)
    return names === null ? [] : [fillPattern(type, around, (name) => names.get(name) ?? null).text]
  })

const separator = /[/:]/u

function namesAtEnd(type: ResourceType, rest: string): ReadonlyMap<string, string> | null {
  const tail = tailOf(type)
  if (tail === '${BucketName}/${ObjectName}') return new Map([['ObjectName', rest]])
  const given = rest.split(separator)
  const parts = tail.split(separator)
  const end = parts.slice(-given.length)
  if (given.length >= parts.length || end.every((part) => part.startsWith('${'))) return null
  const names = new Map<string, string>()
  for (const [index, part] of end.entries()) {
    const [, name] = /^\$\{(\w+)\}$/u.exec(part) ?? []
    if (name !== undefined) names.set(name, given[index] ?? '')
    else if (part !== given[index]) return null
  }
  return names
}
