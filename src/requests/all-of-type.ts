import type { ActionFacts, ResourceType } from '../action-catalogue/action-catalogue.ts'
import type { CallSeen } from '../denial/denial.ts'
import type { Surroundings } from './caller.ts'
import { fillPattern, tailOf } from './fill-pattern.ts'

/** Calls that do not work without the names of what they describe, or take a default one. */
const namesNeeded: ReadonlySet<string> = new Set([
  'cloud9:DescribeEnvironments',
  'datapipeline:DescribePipelines',
  'ecs:DescribeClusters',
  'es:DescribeDomains',
  'es:DescribeElasticsearchDomains',
])

const pluralOf = (noun: string): string => {
  if (/[^aeiou]y$/u.test(noun)) return `${noun.slice(0, -1)}ies`
  return /(?:s|x|ch)$/u.test(noun) ? `${noun}es` : `${noun}s`
}

/** `DescribeCacheClusters` of ElastiCache is about clusters, too. */
const isAbout = (noun: string, { name, arnPattern }: ResourceType): boolean => {
  const plural = pluralOf(name.toLowerCase().replaceAll(/[^a-z\d]/gu, ''))
  const ofService = arnPattern.split(':')[2] ?? ''
  return noun === plural || (noun.endsWith(plural) && ofService.endsWith(noun.slice(0, -plural.length)))
}

/** `--repository-names`, `CacheClusterId`: the call says which. */
const namesOne = (call: CallSeen | null): boolean =>
  Object.keys(call?.parameters ?? {}).some((key) => /(?:name|id|identifier|arn|prefix)s?$/iu.test(key))

/**
 * A call that describes or lists all things of a type and names none is checked on all of them, `cluster:*`, as AWS
 * prints it: a statement with one name never covers it. What lies below another thing asks for that one's name.
 */
export const allOfType = (facts: ActionFacts, call: CallSeen | null, around: Surroundings): string | null => {
  const noun = /:(?:Describe|List)([A-Z]\w{1,60})$/u.exec(facts.action)?.[1]?.toLowerCase()
  if (noun === undefined || namesNeeded.has(facts.action) || namesOne(call)) return null
  const type = facts.resourceTypes.find(
    (one) => isAbout(noun, one) && /^[^$]{1,60}[/:]\$\{\w{1,60}\}$/u.test(tailOf(one)),
  )
  return type === undefined ? null : fillPattern(type, around, () => '*').text
}
