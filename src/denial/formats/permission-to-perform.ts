import { hasOperation } from '../../action-catalogue/operations.ts'
import { prefixFor } from '../../action-catalogue/service-names.ts'
import { isNamedLikeAction } from '../loose-action.ts'
import type { Signal } from '../signal.ts'
import { hasGapBefore, sliceOf, type SqueezedText } from '../squeezed-text.ts'

/** `You do not have permission to perform the 's3:CreateBucket' action`: Elastic Beanstalk, of what it does for you. */
export const permissionAnchors = [
  'donothavepermissiontoperform',
  'donthavepermissiontoperform',
  'don\u2019thavepermissiontoperform',
]

const named = /permissiontoperform(?:the)?(?:action:?)?([a-z0-9-]{2,30}:[a-z0-9]{3,80})/y
/** What a manual or an answer says of whoever may lack it refuses nobody. */
const supposed = /(?:if|when|unless|whether|incase)(?:you|they|users|we)?$/

export function readPermissionToPerform(squeezed: SqueezedText, at: number): Signal | null {
  if (supposed.test(squeezed.text.slice(Math.max(0, at - 16), at))) return null
  named.lastIndex = squeezed.text.indexOf('permissionto', at)
  const run = named.exec(squeezed.text)?.[1]
  if (run === undefined) return null
  const start = named.lastIndex - run.length
  let end = start + run.indexOf(':') + 2
  while (end < named.lastIndex && !hasGapBefore(squeezed, end)) end++
  const action = sliceOf(squeezed, start, end)
  const colon = action.indexOf(':')
  const service = prefixFor(action.slice(0, colon))
  const name = action.slice(colon + 1)
  // `orders:delete`: other systems name their permissions like AWS's.
  if (service === null || !(isNamedLikeAction(name) || hasOperation(service, name))) return null
  return {
    kind: 'core',
    name: 'lacks-permission-to-call',
    class: 'authorization',
    start: at,
    end,
    fields: { action },
    encoded: false,
    marks: { action: { start, end } },
  }
}
