import { parseArn } from '../iam/arn.ts'
import type { DeniedRequest } from '../requests/denied-request.ts'
import type { Fix } from './fix.ts'
import { attachmentOf } from './home.ts'

/** The request about the thing that the policy hangs on, so that its Region and account are known. */
export const requestAbout = (fix: Fix, requests: readonly DeniedRequest[]): DeniedRequest | null => {
  const attachTo = fix.target?.attachTo
  const [first] = requests
  const fitting = requests.find(({ resource }) => resource !== null && attachmentOf(resource) === attachTo)
  if (fitting !== undefined || first === undefined) return fitting ?? first ?? null
  const named = arnToldOf(fix)
  return named === undefined ? first : { ...first, resource: named }
}

/** The ARN of the thing that the policy hangs on, where the fix names it beside. */
export const arnToldOf = ({ target, values }: Fix): string | undefined =>
  Object.values(values).find((value) => parseArn(value) !== null && attachmentOf(value) === target?.attachTo)

const onThings: ReadonlySet<string> = new Set([
  'bucket',
  'accesspoint',
  'key',
  'queue',
  'topic',
  'secret',
  'function',
  'repository',
])

/** A change of another bucket, key or queue than was asked for: the resource policy that was read is not its own. */
export const isElsewhere = ({ target, edit }: Fix, requests: readonly DeniedRequest[]): boolean => {
  if (target?.policyType !== 'resource-based' || !onThings.has(target.attachTo.split('/')[0] ?? '')) return false
  // A statement that was read is edited where it was read.
  if (edit !== null) return false
  const asked = requests.flatMap(({ resource, resourcePatterns }) =>
    resource === null ? resourcePatterns : [resource],
  )
  const on = asked.map(attachmentOf).filter((one) => one !== null && onThings.has(one.split('/')[0] ?? ''))
  return on.length > 0 && !on.includes(target.attachTo) && !target.attachTo.includes('<')
}
