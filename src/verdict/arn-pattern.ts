import { isHiddenArn, openedArn } from '../iam/hidden-text.ts'
import { mayFit, type HiddenPart } from './hidden-arn.ts'
import { sixParts, type RequestFacts } from './request-facts.ts'
import { matchTemplate, parseTemplate, type Template, type TemplateMatch } from './template.ts'
import { and, maybe, no, not, or, yes, type Truth } from './truth.ts'
import { compileWildcard, matchesWildcard, type Wildcard } from './wildcard.ts'

export const arnPartNames = ['scheme', 'partition', 'service', 'region', 'account', 'resource'] as const

/** A value of Resource or NotResource. */
export type ResourcePattern =
  | { readonly kind: 'everything'; readonly source: string }
  /** Fewer than six parts: what AWS makes of it depends on the policy type and is not documented. */
  | { readonly kind: 'short'; readonly source: string }
  | {
      readonly kind: 'arn'
      readonly source: string
      /** What is matched. */
      readonly text: string
      readonly head: readonly Wildcard[]
      /** Wildcards are not allowed in the service part, so it is compared as text. */
      readonly service: string
      readonly tail: Template
      /** With a wildcard in place of what somebody hid of it; `null` where nothing is hidden. */
      readonly opened: ArnPattern | null
    }

type ArnPattern = ResourcePattern & { readonly kind: 'arn' }
type NamedPattern = Exclude<ResourcePattern, { readonly kind: 'everything' }>

/** The same few partitions, Regions and accounts stand in nearly all ARNs: compiled once, they stay close at hand. */
const headParts = new Map<string, Wildcard>()
const mostHeadParts = 1000
const longestHeadPart = 24

const compileHeadPart = (part: string): Wildcard => {
  const known = headParts.get(part)
  if (known !== undefined) return known
  const compiled = compileWildcard(part)
  if (part.length > longestHeadPart) return compiled
  // Begun anew: whoever sends policies of a thousand invented accounts must not fill it for good.
  if (headParts.size >= mostHeadParts) headParts.clear()
  headParts.set(part, compiled)
  return compiled
}

/**
 * The policy of an API may begin with the stage: API Gateway puts the rest before it.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html
 */
const ofThisApi = (source: string): string =>
  source.startsWith('execute-api:/') ? source.replace('execute-api:/', 'arn:*:execute-api:*:*:*/') : source

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html */
export const compileResourcePattern = (source: string, variables: boolean): ResourcePattern => {
  if (source === '*') return { kind: 'everything', source }
  const text = ofThisApi(source)
  const pattern = compileArn(source, text, variables)
  if (pattern === null) return { kind: 'short', source }
  return isHiddenArn(text) ? { ...pattern, opened: compileArn(source, openedArn(text), variables) } : pattern
}

const compileArn = (source: string, text: string, variables: boolean): ArnPattern | null => {
  const parts = sixParts(text)
  if (parts === null) return null
  return {
    kind: 'arn',
    source,
    text,
    head: parts.slice(0, 5).map(compileHeadPart),
    service: parts[2] ?? '',
    tail: parseTemplate(parts[5] ?? '', { wildcards: true, variables }),
    opened: null,
  }
}

/** The resource is taken literally: a `*` in it stands for itself and meets only a wildcard. */
export const matchResource = (pattern: ResourcePattern, facts: RequestFacts): TemplateMatch => {
  if (pattern.kind === 'everything') return yes
  // Whoever hid a part of the ARN in the text and in the policy put the same in its place.
  const asShown =
    pattern.kind === 'arn' && facts.shownParts !== null ? matchParts(pattern, facts.shownParts, facts) : no
  if (asShown === yes) return yes
  const opened = facts.inDiagnosis && pattern.kind === 'arn' ? pattern.opened : null
  return opened === null ? matchKnown(pattern, facts) : matchOpened(pattern, opened, facts)
}

/** What is hidden of a policy's ARN may be what was asked for, and stars in its place are no wildcard that anybody meant. */
const matchOpened = (pattern: NamedPattern, opened: ArnPattern, facts: RequestFacts): TemplateMatch => {
  const asWritten = pattern.source.includes('***') ? no : matchKnown(pattern, facts)
  if (asWritten === yes) return yes
  const match = matchKnown(opened, facts)
  return match === yes ? maybe : match
}

const matchKnown = (pattern: NamedPattern, facts: RequestFacts): TemplateMatch => {
  if (facts.resource === null) return matchHidden(pattern, facts)
  const listed = matchAllBuckets(pattern, facts)
  if (listed !== null) return listed
  if (facts.resource === '*') return no
  return pattern.kind === 'short' ? maybe : matchParts(pattern, facts.resourceParts, facts)
}

const matchParts = (pattern: ArnPattern, parts: readonly string[] | null, facts: RequestFacts): TemplateMatch => {
  if (parts === null || parts[2] !== pattern.service) return no
  for (let i = 0; i < 5; i++) {
    const wildcard = pattern.head[i]
    if (i !== 2 && wildcard !== undefined && !matchesWildcard(wildcard, parts[i] ?? '')) return no
  }
  return matchTemplate(pattern.tail, parts[5] ?? '', facts)
}

/** Certain where all that the hidden parts leave open gives the same answer. */
const matchHidden = (pattern: NamedPattern, facts: RequestFacts): TemplateMatch => {
  if (facts.hidden === null || pattern.kind !== 'arn') return maybe
  if (facts.hidden[2]?.shown !== pattern.service) return no
  const head = sixParts(pattern.text) ?? []
  let all: Truth = yes
  for (const [at, part] of facts.hidden.entries()) {
    const wildcard = pattern.head[at]
    if (at === 2) continue
    const one =
      wildcard === undefined
        ? matchHiddenPart(part, pattern.tail.source, (text) => matchTemplate(pattern.tail, text, facts))
        : matchHiddenPart(part, head[at] ?? '', (text) => (matchesWildcard(wildcard, text) ? yes : no))
    if (one === no || one === 'no-value') return one
    all = and(all, one)
  }
  return all
}

const matchHiddenPart = (
  { isHidden, filled, shown }: HiddenPart,
  pattern: string,
  match: (text: string) => TemplateMatch,
): TemplateMatch => {
  // Whoever hid the name in both put the same in its place.
  const asShown = match(shown)
  if (!isHidden || asShown === yes) return asShown
  const [short, long] = filled.map(match)
  if (short === undefined || short !== long) return maybe
  return short === no && mayFit(pattern, shown) ? maybe : short
}

/**
 * s3:ListAllMyBuckets has no resource types, yet AWS's own examples grant it on `arn:aws:s3:::*`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_s3_rw-bucket-console.html
 */
const matchAllBuckets = (pattern: NamedPattern, facts: RequestFacts): TemplateMatch | null => {
  if (facts.action !== 's3:listallmybuckets') return null
  const { resource } = facts
  if (resource !== '*' && resource?.endsWith(':s3:::*') !== true) return null
  if (pattern.kind === 'short') return maybe
  const partition = facts.resourceParts?.[1] ?? sixParts(facts.principal.arn ?? '')?.[1] ?? 'aws'
  return matchParts(pattern, ['arn', partition, 's3', '', '', '*'], facts)
}

export interface ResourceMatcher {
  readonly patterns: readonly ResourcePattern[]
  readonly negated: boolean
}

/**
 * A variable without a value matches nothing in Resource. What NotResource then does is contested: the documentation
 * says the statement applies, others see it dropped; so it is open.
 */
export const matchResources = ({ patterns, negated }: ResourceMatcher, facts: RequestFacts): Truth => {
  let any: Truth = no
  for (const pattern of patterns) {
    const match = matchResource(pattern, facts)
    any = or(any, match === 'no-value' ? (negated ? maybe : no) : match)
    if (any === yes) break
  }
  return negated ? not(any) : any
}
