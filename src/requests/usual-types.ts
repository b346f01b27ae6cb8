import type { ActionFacts, ResourceType } from '../action-catalogue/action-catalogue.ts'
import { creates } from './new-resources.ts'

/** Types that an ordinary call does not mean: it names the plain bucket, function or table. */
const unusualType =
  /^(?:accesspoint|multiregion|objectlambda|.*accesspoint)|^(?:alias|function alias|function version|index|stream|backup|export|global-table|import|policy|storagelens.*)$/iu

/** Of many alternatives those that a call nearly always means; what a call needs beside its required types. */
const named: Readonly<Record<string, readonly string[]>> = {
  'bedrock:InvokeModel': ['foundation-model', 'inference-profile'],
  'bedrock:InvokeModelWithResponseStream': ['foundation-model', 'inference-profile'],
  'ec2:RunInstances': ['image', 'instance', 'network-interface', 'security-group', 'subnet', 'volume'],
}

/** More types than these are alternatives: no call is about all of them. */
const mostAtOnce = 6

const mostCommon = (texts: readonly string[]): string => {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? ''
}

/** One pattern for many alternatives: what most have in common, type and id left open. */
const inCommon = (types: readonly [ResourceType, ...ResourceType[]]): ResourceType => {
  const parts = types.map(({ arnPattern }) => arnPattern.split(':'))
  const head = mostCommon(parts.map((part) => part.slice(0, 5).join(':')))
  const separator = mostCommon(parts.map((part) => (part.length > 6 ? ':' : '/')))
  return { ...types[0], name: 'resource', arnPattern: `${head}:\${ResourceType}${separator}\${ResourceId}` }
}

/** The types of resource that an ordinary call of the action is about. */
export const usualTypes = (facts: ActionFacts): readonly ResourceType[] => {
  const { action, resourceTypes } = facts
  const names = named[action]
  if (names !== undefined) return resourceTypes.filter(({ name }) => names.includes(name))
  const required = resourceTypes.filter((type) => type.required || creates(facts, type))
  const ordinary = resourceTypes.filter((type) => !unusualType.test(type.name))
  const usual = required.length > 0 ? required : ordinary.length > 0 ? ordinary : resourceTypes
  const [first, ...others] = usual
  return first !== undefined && usual.length > mostAtOnce ? [inCommon([first, ...others])] : usual
}
