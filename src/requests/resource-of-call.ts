import type { ActionFacts, ResourceType } from '../action-catalogue/action-catalogue.ts'
import type { CallSeen } from '../denial/denial.ts'
import { parseArn } from '../iam/arn.ts'
import type { Surroundings } from './caller.ts'
import { fillPattern, fitsPattern, type FilledPattern } from './fill-pattern.ts'
import { parameterOf, valueForPlaceholder } from './parameters.ts'
import type { NamedResource } from './resource-text.ts'

/** Types that an ordinary call does not mean: it names the plain bucket, function or table. */
const unusualType =
  /^(?:accesspoint|multiregion|objectlambda|.*accesspoint)|^(?:alias|function alias|function version|index|stream|backup|export|global-table|import|policy|storagelens.*)$/iu

const maximumPatterns = 4

/** `bucket/key` of a copy's source. */
const copySourceOf = (call: CallSeen | null): CallSeen | null => {
  const source = parameterOf(call, 'copySource')?.replace(/^s3:\/\/|^\//u, '')
  if (call === null || source === undefined) return call
  const slash = source.indexOf('/')
  if (slash < 0) return call
  return { ...call, parameters: { bucket: source.slice(0, slash), key: source.slice(slash + 1) } }
}

/** An ARN among the parameters that is of a type which the action takes. */
const arnAmongParameters = (facts: ActionFacts, call: CallSeen): string | null => {
  const service = facts.action.split(':')[0]
  const arns = Object.values(call.parameters).filter((value) => value.startsWith('arn:'))
  const fits = (arn: string): boolean => {
    const tail = parseArn(arn)?.resource ?? ''
    return facts.resourceTypes.some(({ arnPattern }) => fitsPattern(arnPattern.split(':').slice(5).join(':'), tail))
  }
  return arns.find((arn) => parseArn(arn)?.service === service && fits(arn)) ?? null
}

const usualTypes = (facts: ActionFacts): readonly ResourceType[] => {
  const required = facts.resourceTypes.filter((type) => type.required)
  if (required.length > 0) return required
  const usual = facts.resourceTypes.filter((type) => !unusualType.test(type.name))
  return usual.length > 0 ? usual : facts.resourceTypes
}

const mostFilled = (patterns: readonly FilledPattern[]): readonly FilledPattern[] => {
  const score = ({ filled, missing }: FilledPattern): number => filled.length * 10 - missing.length
  const named = patterns.filter(({ filled }) => filled.length > 0)
  const best = Math.max(...named.map(score))
  return named.filter((pattern) => score(pattern) === best).slice(0, 1)
}

/** The resource of an action as far as a command line or a stack trace in the paste names it. */
export const resourceOfCall = (
  facts: ActionFacts,
  call: CallSeen | null,
  when: string,
  around: Surroundings,
): NamedResource & { readonly named: boolean } => {
  const source = when === 'copy-source' || when === 'copied-tags' ? copySourceOf(call) : call
  const arn = source === null ? null : arnAmongParameters(facts, source)
  if (arn !== null) return { resource: arn, patterns: [], named: true }

  const fill = (type: ResourceType): FilledPattern =>
    fillPattern(type, around, (placeholder) => valueForPlaceholder(source, placeholder))
  const usual = usualTypes(facts).map(fill)
  const named = mostFilled(source === null ? [] : [...usual, ...facts.resourceTypes.map(fill)])
  const patterns = (named.length > 0 ? named : usual).slice(0, maximumPatterns)
  const [only] = patterns
  const complete = named.length > 0 && only !== undefined && only.missing.length === 0 && !only.text.includes('??????')
  return complete
    ? { resource: only.text, patterns: [], named: true }
    : { resource: null, patterns: [...new Set(patterns.map(({ text }) => text))], named: named.length > 0 }
}
