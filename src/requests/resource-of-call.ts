import type { ActionFacts, ResourceType } from '../action-catalogue/action-catalogue.ts'
import type { CallSeen } from '../denial/denial.ts'
import { parseArn } from '../iam/arn.ts'
import type { Surroundings } from './caller.ts'
import { fillPattern, fitsPattern, tailOf, type FilledPattern } from './fill-pattern.ts'
import { assignedId } from './new-resources.ts'
import { parameterOf, valueForPlaceholder } from './parameters.ts'
import type { NamedResource } from './resource-text.ts'
import { usualTypes } from './usual-types.ts'

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
    return facts.resourceTypes.some((type) => fitsPattern(tailOf(type), tail))
  }
  return arns.find((arn) => parseArn(arn)?.service === service && fits(arn)) ?? null
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
    fillPattern(type, around, (placeholder) => valueForPlaceholder(source, placeholder), assignedId(facts, type))
  const usual = usualTypes(facts).map(fill)
  const all = source === null ? [] : facts.resourceTypes.map(fill)
  const isNew = facts.resourceTypes.some((type) => assignedId(facts, type) !== null)
  const named = isNew ? [] : mostFilled(source === null ? [] : [...usual, ...all])
  // What a call creates is asked about beside what it names.
  const beside = isNew ? all.filter(({ filled }) => filled.length > 0) : []
  const patterns = new Map((named.length > 0 ? named : [...usual, ...beside]).map((one) => [one.text, one]))
  const [only] = patterns.values()
  const isCertain = (named.length > 0 || isNew) && patterns.size === 1
  const complete = isCertain && only !== undefined && only.missing.length === 0 && !only.text.includes('??????')
  return complete
    ? { resource: only.text, patterns: [], named: named.length > 0 }
    : { resource: null, patterns: [...patterns.keys()], named: named.length > 0 }
}
