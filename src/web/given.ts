import type { DocumentHolder } from '../iam/document-holders.ts'
import type { PolicyType } from '../iam/policy-type.ts'

/** What the reader adds by hand: hints for what the text does not say, policies and context keys. */
export interface Given {
  readonly hints: Readonly<Partial<Record<HintName, string>>>
  readonly policies: readonly GivenPolicy[]
  /** `null`: known to be absent from the request. */
  readonly context: Readonly<Record<string, string | readonly string[] | null>>
}

export const hintNames = ['principal', 'action', 'resource', 'resourceAccount', 'region'] as const
export type HintName = (typeof hintNames)[number]

/** A policy pasted by hand; a document of `null` says that there is no policy of that type. */
interface GivenPolicy {
  readonly id: number
  readonly policyType: PolicyType
  readonly name: string
  readonly document: object | null
}

export const nothingGiven: Given = { hints: {}, policies: [], context: {} }

export function countGiven({ hints, policies, context }: Given): number {
  return Object.keys(hints).length + policies.length + Object.keys(context).length
}

export function setHint(given: Given, name: HintName, value: string): Given {
  const others = Object.entries(given.hints).filter(([key]) => key !== name)
  const entry = value.trim() === '' ? [] : [[name, value.trim()] as const]
  return { ...given, hints: Object.fromEntries([...others, ...entry]) }
}

export function setContextKey(given: Given, key: string, value: string | readonly string[] | null): Given {
  return { ...removeContextKey(given, key), context: { ...removeContextKey(given, key).context, [key]: value } }
}

/** Names of context keys have no case. */
export function removeContextKey(given: Given, key: string): Given {
  const others = Object.entries(given.context).filter(([name]) => name.toLowerCase() !== key.toLowerCase())
  return { ...given, context: Object.fromEntries(others) }
}

/** Adds a policy. "There is none" and a policy of the same type exclude each other. */
export function addPolicy(given: Given, policy: Omit<GivenPolicy, 'id'>): Given {
  const id = Math.max(0, ...given.policies.map((other) => other.id)) + 1
  const compatible = given.policies.filter(
    (other) => other.policyType !== policy.policyType || (other.document !== null && policy.document !== null),
  )
  return { ...given, policies: [...compatible, { ...policy, id }] }
}

export function removePolicy(given: Given, id: number): Given {
  return { ...given, policies: given.policies.filter((policy) => policy.id !== id) }
}

/** The `evidence` of a request, in the shape of the API; SCPs and RCPs become one level. */
export function evidenceOf({ policies, context }: Given): object | undefined {
  if (policies.length === 0 && Object.keys(context).length === 0) return undefined
  const types = [...new Set(policies.map(({ policyType }) => policyType))]
  return {
    ...(types.length === 0
      ? {}
      : { policies: Object.fromEntries(types.map((type) => [type, policiesOf(type, policies)])) }),
    ...(Object.keys(context).length === 0 ? {} : { context }),
  }
}

function policiesOf(type: PolicyType, all: readonly GivenPolicy[]): unknown {
  const ofType = all.filter(({ policyType }) => policyType === type)
  if (ofType.some(({ document }) => document === null)) return null
  const named = ofType.map(({ name, document }) => ({ name, document }))
  const isLevelled = type === 'service-control' || type === 'resource-control'
  return isLevelled ? [{ level: 'given', policies: named }] : named
}

type PastedPolicy =
  | { readonly kind: 'policy'; readonly name: string | null; readonly document: object }
  | { readonly kind: 'not-json' }
  | { readonly kind: 'no-statement' }

/**
 * The policy document in what somebody pastes: the document itself, or the answer of an `aws … get-…-policy`
 * command around it, in which it may be a string and URL-encoded.
 */
export function readPastedPolicy(text: string): PastedPolicy {
  const value = parseJson(text)
  if (!isObject(value)) return { kind: 'not-json' }
  const document = findDocument(value, 4)
  if (document === null) return { kind: 'no-statement' }
  const name = value['PolicyName']
  return { kind: 'policy', name: typeof name === 'string' ? name : null, document }
}

/** Where AWS's own answers keep a policy document; all that the API knows, since the page shares its types alone. */
const holders = Object.keys({
  PolicyDocument: true,
  Document: true,
  PolicyVersion: true,
  Policy: true,
  AssumeRolePolicyDocument: true,
  Role: true,
  Content: true,
  Attributes: true,
  ResourcePolicy: true,
  policyText: true,
} satisfies Record<DocumentHolder, true>)

function findDocument(value: unknown, depth: number): object | null {
  if (typeof value === 'string') return findDocument(parseJson(decodeUrl(value)), depth)
  if (!isObject(value) || depth === 0) return null
  if ('Statement' in value) return value
  const found = holders.map((holder) => findDocument(value[holder], depth - 1))
  return found.find((document) => document !== null) ?? null
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

function decodeUrl(text: string): string {
  if (!text.startsWith('%7B')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
