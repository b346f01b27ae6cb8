import type { ActionFacts } from '../action-catalogue/action-catalogue.ts'
import { fitsPattern } from '../requests/fill-pattern.ts'
import { usualTypes } from '../requests/usual-types.ts'

/** More types than these are alternatives: no call is about all of them. */
const mostAtOnce = 6

const isOfTags = /:(?:Tag|Untag|ListTags|AddTags|RemoveTags)/u

/**
 * The patterns of the other resources that a call is about: AWS checks it on each, and names only the first that is
 * refused. What an action takes one of, as those of tags do, is left out.
 */
export function askedTogether(facts: ActionFacts | null, resource: string | null): readonly string[] {
  if (facts === null || resource === null || isOfTags.test(facts.action)) return []
  const types = usualTypes(facts).filter(({ required }) => required)
  if (types.length < 2 || types.length > mostAtOnce) return []
  const others = types.filter(({ arnPattern }) => !fitsPattern(withoutPlace(arnPattern), withoutPlace(resource)))
  return others.length === types.length - 1 ? others.map(({ arnPattern }) => arnPattern) : []
}

/** What tells the type: partition, Region and account of the resource may be hidden. */
const withoutPlace = (arn: string): string => [arn.split(':')[2] ?? '', ...arn.split(':').slice(5)].join(':')
