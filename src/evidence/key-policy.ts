import type { Denial } from '../denial/denial.ts'
import { isAccountId, parseArn } from '../iam/arn.ts'
import { isObject, type Json } from '../iam/json.ts'
import type { NamedPolicy, Policies } from '../iam/policies.ts'
import { list } from '../iam/policy-document.ts'
import type { DeniedRequest } from '../requests/denied-request.ts'
import type { EvidencePart } from './evidence-part.ts'

/*
 * Behind a bucket, queue, topic or secret stands a key, whose policy people hand over as that of the resource: it
 * speaks of key actions alone, and AWS stores such a policy with nothing else.
 */

/** The fact that tells of the key, by the service of what it encrypts. */
const keyFacts: ReadonlyMap<string, string> = new Map([
  ['s3', 's3-encryption-key'],
  ['sqs', 'sqs-encryption-key'],
  ['sns', 'sns-encryption-key'],
  ['secretsmanager', 'secret-encryption-key'],
])

export const hasKeyBehind = (service: string): boolean => keyFacts.has(service)

const statementsOf = (document: unknown): readonly Readonly<Record<string, unknown>>[] =>
  isObject(document) ? [document['Statement']].flat().filter(isObject) : []

export function isKeyPolicy({ document }: NamedPolicy): boolean {
  const statements = statementsOf(document)
  return (
    statements.length > 0 &&
    statements.every((one) => {
      const actions = list(one['Action'])
      return actions.length > 0 && actions.every((name) => typeof name === 'string' && /^kms:/iu.test(name))
    })
  )
}

/** The policies of a request with those of the key behind the resource taken out, as a fact of their own. */
export function withKeyApart(
  part: EvidencePart,
  denial: Pick<Denial, 'region' | 'clues'>,
  requests: readonly DeniedRequest[],
): EvidencePart {
  const fact = keyFacts.get(requests[0]?.action.split(':')[0] ?? '')
  const policies = asList(part.policies?.['resource-based'])
  const key = policies.find(isKeyPolicy)
  if (fact === undefined || key === undefined) return part
  const rest = without(part.policies, 'resource-based')
  const source = part.sources?.['resource-based']
  const sources = without(part.sources, 'resource-based')
  const own = policies.filter((policy) => !isKeyPolicy(policy))
  const hasOwn = own.length > 0
  return {
    ...part,
    policies: hasOwn ? { ...rest, 'resource-based': own } : rest,
    sources: hasOwn && source !== undefined ? { ...sources, 'resource-based': source } : sources,
    facts: { [fact]: { arn: arnOf(key, denial), manager: 'CUSTOMER', policy: key.document as Json } },
  }
}

const asList = (read: Policies['resource-based']): readonly NamedPolicy[] =>
  read === undefined || read === 'unknown' || read === null ? [] : read

const without = <T extends object>(record: T | undefined, key: keyof T): Partial<T> =>
  Object.fromEntries(Object.entries(record ?? {}).filter(([name]) => name !== key)) as Partial<T>

/** As the text or the policy names the key, else its pattern. */
function arnOf({ document }: NamedPolicy, { region, clues }: Pick<Denial, 'region' | 'clues'>): string {
  const statements = statementsOf(document)
  const told = clues.flatMap(({ kind, values }) => (kind === 'kms-key' ? [values['key'] ?? ''] : []))
  const named = [...told, ...statements.flatMap((one) => list(one['Resource']))]
  const arn = named.find((one) => typeof one === 'string' && one.includes(':key/') && !one.includes('*'))
  if (typeof arn === 'string') return arn
  const accounts = new Set(
    statements
      .flatMap(({ Principal: principal }) => (isObject(principal) ? list(principal['AWS']) : []))
      .map((one) => (typeof one === 'string' ? (parseArn(one)?.account ?? one) : ''))
      .filter(isAccountId),
  )
  const [account] = accounts
  const owner = accounts.size === 1 && account !== undefined ? account : '<AccountId>'
  return `arn:aws:kms:${region ?? '<Region>'}:${owner}:key/<KeyId>`
}
