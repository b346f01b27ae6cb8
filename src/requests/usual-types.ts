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

/** An execution is of a standard workflow or of an express one: AWS lists both as needed, and a call is about one. */
const isOtherKind = ({ name }: ResourceType, among: readonly ResourceType[]): boolean =>
  name === 'express' && among.some((one) => one.name === 'execution')

/** More types than these are alternatives: no call is about all of them. */
const mostAtOnce = 6

/** What more than half of the texts are. */
const majority = (texts: readonly string[]): string | null => {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  return [...counts].find(([, count]) => count * 2 > texts.length)?.[0] ?? null
}

const separatorOf = (tail: string): string => (/^\/?[^:/]*:/u.test(tail) ? ':' : '/')

/** One pattern for many alternatives: what they have in common, the rest left open. */
const inCommon = (types: readonly [ResourceType, ...ResourceType[]]): ResourceType => {
  const parts = types.map(({ arnPattern }) => (arnPattern.split(', ')[0] ?? '').split(':'))
  const head = majority(parts.map((part) => part.slice(0, 5).join(':')))
  if (head === null) return { ...types[0], name: 'resource', arnPattern: '${ResourceArn}' }
  const tails = parts.map((part) => part.slice(5).join(':'))
  const slash = tails.every((tail) => tail.startsWith('/')) ? '/' : ''
  const separators = new Set(tails.map((tail) => separatorOf(tail)))
  // A separator that only most of the types have would keep the pattern from matching the others.
  const tail = slash === '/' ? '${ResourcePath}' : `\${ResourceType}${[...separators].join('')}\${ResourceId}`
  return {
    ...types[0],
    name: 'resource',
    arnPattern: `${head}:${slash}${separators.size > 1 ? '${Resource}' : tail}`,
  }
}

/**
 * API Gateway's actions are HTTP methods: it is the operation that tells the type (CreateRestApi posts to
 * `/restapis`).
 */
export const typesOfOperation = (facts: ActionFacts, operation: string | null): ActionFacts => {
  const [, verb, noun] = /^(Create|Get|Update|Delete)([A-Z]\w{1,60})$/u.exec(operation ?? '') ?? []
  if (noun === undefined || !facts.action.startsWith('apigateway:')) return facts
  const named = `${noun}${verb === 'Create' ? 's' : ''}`
  const types = facts.resourceTypes.filter(({ name }) => name === named)
  return types.length === 0 ? facts : { ...facts, resourceTypes: types }
}

/** The types of resource that an ordinary call of the action is about. */
export const usualTypes = (facts: ActionFacts): readonly ResourceType[] => {
  const { action, resourceTypes } = facts
  const names = named[action]
  if (names !== undefined) return resourceTypes.filter(({ name }) => names.includes(name))
  const required = resourceTypes.filter(
    (type) => (type.required || creates(facts, type)) && !isOtherKind(type, resourceTypes),
  )
  const ordinary = resourceTypes.filter((type) => !unusualType.test(type.name))
  const usual = required.length > 0 ? required : ordinary.length > 0 ? ordinary : resourceTypes
  const [first, ...others] = usual
  return first !== undefined && usual.length > mostAtOnce ? [inCommon([first, ...others])] : usual
}
