import { hasOperation } from '../../action-catalogue/operations.ts'
import { prefixFor } from '../../action-catalogue/service-names.ts'
import { withoutGluedWord } from '../glued-action.ts'
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
  return ofAction(squeezed, at, named.exec(squeezed.text)?.[1], named.lastIndex)
}

export const deniedAnchors = ['accessdenied', 'deniedaccess']
const deniedFor =
  /(?:accessdenied|deniedaccess)(?:-|:|for|on|to)?(?:the)?(?:action:?)?([a-z0-9-]{2,30}:[a-z0-9]{3,80})/y

/** `Access Denied - "s3:GetBucketVersioning" Action`, as people sum up what they were refused. */
export function readDeniedPermission(squeezed: SqueezedText, at: number): Signal | null {
  deniedFor.lastIndex = at
  const run = deniedFor.exec(squeezed.text)?.[1]
  const found = ofAction(squeezed, at, run, deniedFor.lastIndex)
  // The word that tells an action from the beginning of another message: `AccessDenied: s3:GetObject on …`.
  return found !== null && /^(?:action|permission)\b/iu.test(behind(squeezed, found.end)) ? found : null
}

const behind = ({ view, at }: SqueezedText, end: number): string =>
  view.text.slice(at[end] ?? view.text.length).slice(0, 20)

/** The action at the start of a run of letters that ends at a place, whose next word may be part of it. */
function ofAction(squeezed: SqueezedText, at: number, run: string | undefined, runEnd: number): Signal | null {
  if (run === undefined) return null
  const start = runEnd - run.length
  let end = start + run.indexOf(':') + 2
  while (end < runEnd && !hasGapBefore(squeezed, end)) end++
  const printed = sliceOf(squeezed, start, end)
  const action = withoutGluedWord(printed)
  end -= printed.length - action.length
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
