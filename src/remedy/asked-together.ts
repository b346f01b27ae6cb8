import type { ActionFacts } from '../action-catalogue/action-catalogue.ts'
import type { Surroundings } from '../requests/caller.ts'
import { fillPattern, fitsPattern } from '../requests/fill-pattern.ts'
import { assignedId, creates } from '../requests/new-resources.ts'
import { usualTypes } from '../requests/usual-types.ts'

const isOfTags = /:(?:Tag|Untag|ListTags|AddTags|RemoveTags)/u

/**
 * The other resources that a call is about, marked where they are not known: AWS checks it on each, and names only the
 * first that is refused. What an action takes one of, as those of tags do, is left out.
 */
export function askedTogether(
  facts: ActionFacts | null,
  resource: string | null,
  around: Surroundings,
): readonly string[] {
  if (facts === null || resource === null || isOfTags.test(facts.action)) return []
  const types = usualTypes(facts).filter((type) => type.required || creates(facts, type))
  const others = types.filter(({ arnPattern }) => !fitsPattern(withoutPlace(arnPattern), withoutPlace(resource)))
  return others.length === types.length - 1
    ? others.map((type) => fillPattern(type, around, () => null, assignedId(facts, type)).text)
    : []
}

/** What tells the type: partition, Region and account of the resource may be hidden. */
const withoutPlace = (arn: string): string => [arn.split(':')[2] ?? '', ...arn.split(':').slice(5)].join(':')
