import type { PolicyType } from '../../iam/policy-type.ts'
import type { Fields } from '../signal.ts'
import { sliceOf, withoutBreaks, type SqueezedText } from '../squeezed-text.ts'
import type { Range } from '../template.ts'
import { tokenEnd, trimmedEnd } from '../token.ts'
import { endOf } from './resource.ts'

// Clauses as AWS documents them on the page "Troubleshoot access denied error messages" of the IAM User Guide.
const layers: readonly (readonly [words: string, type: PolicyType])[] = [
  ['identity-?based', 'identity-based'],
  ['resource-?based', 'resource-based'],
  ['permissions?-?boundar(?:y|ies)', 'permissions-boundary'],
  ['sessions?', 'session'],
  ['servicecontrol', 'service-control'],
  ['resourcecontrol', 'resource-control'],
  ['vpc-?endpoint', 'vpc-endpoint'],
  ['roletrust', 'role-trust'],
  ['trust', 'role-trust'],
]
const layer = `(${layers.map(([words]) => words).join('|')})`
const policy = '(?:polic(?:y|ies))?'
const of = '(?:an|a|the)?'

const explicitDeny = new RegExp(
  `(?:(?:with|byan|dueto|becauseof|from)?(?:an)?explicitdeny(?!\\\\{0,3}:(?:false|null))(?:in${of}${layer}${policy}(?:\\(scp\\)|\\(rcp\\))?)?)`,
  'y',
)
const explicitlyDenies = new RegExp(`(?:because)?${of}${layer}${policy}explicitlyden(?:ies|y)(?:theaction)?`, 'y')
const through = new RegExp(`transitivelythrough${of}${layer}${policy}`, 'y')
const implicitDeny = new RegExp(`(?:because)?no${layer}${policy}allows?(?:the)?`, 'y')
const cutImplicitDeny = new RegExp(`becauseno${layer}${policy}`, 'y')
const allowedAction = /((?:[\w-]{2,40}:[a-z0-9*]{2,80}?)?)action/y
const blockPublicAccess =
  /because(?:\.\.\.)?public(?:acls|policies|access)(?:are|is)preventedbythe\w{5,40}settingins3blockpublicaccess/y
// KMS, where the ciphertext does not tell which key it belongs to.
const unknownKey =
  /becausetheresourcedoesnotexistinthisregion,noresource-basedpoliciesallowaccess,oraresource-basedpolicyexplicitlydeniesaccess/y

export interface Reason extends Range {
  readonly fields: Fields
  /** The action that the clause repeats. */
  readonly action: Range | null
}

const types = layers.map(([words, type]) => ({ words: new RegExp(`^${words}$`), type }))

const typeOf = (printed: string | undefined): PolicyType | undefined =>
  printed === undefined ? undefined : types.find(({ words }) => words.test(printed))?.type

/** The clause that says which policy type denied, at this very place. */
export function readReason(squeezed: SqueezedText, start: number): Reason | null {
  return (
    readExplicit(squeezed, start) ??
    readImplicit(squeezed, start) ??
    readPlain(squeezed, start, blockPublicAccess, {}) ??
    readPlain(squeezed, start, unknownKey, { policyType: 'resource-based' })
  )
}

const longestLayer = 50

/** The clause of the console of which `explicitly denies the action` stands here; no other sentence begins so. */
export function readReasonAround(squeezed: SqueezedText, at: number): Reason | null {
  if (!squeezed.text.startsWith('explicitlydeniestheaction', at)) return null
  for (let start = Math.max(0, at - longestLayer); start < at; start++) {
    const found = readReason(squeezed, start)
    if (found !== null && found.start < at && found.end > at) return found
  }
  return null
}

function match(pattern: RegExp, squeezed: SqueezedText, start: number): RegExpExecArray | null {
  pattern.lastIndex = start
  return pattern.exec(squeezed.text)
}

function readPlain(squeezed: SqueezedText, start: number, pattern: RegExp, fields: Fields): Reason | null {
  const found = match(pattern, squeezed, start)
  return found && { start, end: start + found[0].length, fields, action: null }
}

function readExplicit(squeezed: SqueezedText, start: number): Reason | null {
  const found = match(explicitDeny, squeezed, start) ?? match(explicitlyDenies, squeezed, start)
  if (found === null) return null
  const policyType = typeOf(found[1])
  let end = start + found[0].length
  // `<layer> transitively through a <layer>`: the second one is where the deny stands.
  const second = match(through, squeezed, end)
  if (second !== null) {
    end += second[0].length
    const named = typeOf(second[1])
    return {
      start,
      end,
      action: null,
      fields: {
        effect: 'explicit',
        ...(named && { policyType: named }),
        ...(policyType && { throughPolicyType: policyType }),
      },
    }
  }
  const arn = policyType === undefined ? null : readPolicyArn(squeezed, end)
  return {
    start,
    end: arn?.end ?? end,
    action: null,
    fields: {
      effect: 'explicit',
      ...(policyType && { policyType }),
      ...(arn !== null && !arn.isCut && { policyArn: arn.text }),
    },
  }
}

function readImplicit(squeezed: SqueezedText, start: number): Reason | null {
  const found = match(implicitDeny, squeezed, start)
  if (found === null) {
    const cut = match(cutImplicitDeny, squeezed, start)
    const policyType = typeOf(cut?.[1])
    if (cut === null || policyType === undefined) return null
    if (cut[1] === 'trust' && /\n\s*\n/.test(sliceOf(squeezed, start, start + cut[0].length))) return null
    return { start, end: start + cut[0].length, action: null, fields: { effect: 'implicit', policyType } }
  }
  // `… because no`, cut off, and a heading in the next paragraph.
  if (found[1] === 'trust' && /\n\s*\n/.test(sliceOf(squeezed, start, start + found[0].length))) return null
  const policyType = typeOf(found[1])
  const after = start + found[0].length
  const allowed = match(allowedAction, squeezed, after)
  const end = allowed === null ? after : after + allowed[0].length
  const named = allowed?.[1] ?? ''
  return {
    start,
    end,
    fields: { effect: 'implicit', ...(policyType && { policyType }) },
    action: named === '' ? null : { start: after, end: after + named.length },
  }
}

interface PolicyArn extends Range {
  readonly text: string
  readonly isCut: boolean
}

/** A caller or a resource, which may stand in the next column of a table. */
const ofOthers =
  /^arn:[\w-]{0,20}:(?:(?!iam:|organizations:)[a-z0-9-]{2,40}:|iam:[^:\s]{0,40}:(?:<[^<>]{1,40}>|[^:\s]{0,60}):(?:user|role|group|root)(?![\w-]))/

/** The ARN that since 2026 follows the policy type; a full stop may stand right behind it. */
function readPolicyArn(squeezed: SqueezedText, start: number): PolicyArn | null {
  const found = policyArnAt(squeezed, start)
  return found === null || ofOthers.test(found.text) ? null : found
}

function policyArnAt(squeezed: SqueezedText, start: number): PolicyArn | null {
  const colon = squeezed.text[start] === ':' ? start + 1 : start
  if (!squeezed.text.startsWith('arn:', colon)) return null
  const first = arnTo(squeezed, colon, colon)
  if (first.end <= colon || !first.isCut || endOf(squeezed, first) === 'ellipsis')
    return first.end > colon ? first : null
  // A terminal may have broken it over lines; otherwise the text ends inside.
  for (let lines = 0, end = first.end; lines < 3; lines++) {
    const next = arnTo(squeezed, colon, end)
    if (next.end === end) break
    if (organizationPolicy.test(next.text)) return { ...next, isCut: false }
    end = next.end
  }
  return first
}

function arnTo(squeezed: SqueezedText, start: number, from: number): PolicyArn {
  const end = trimmedEnd(squeezed, start, tokenEnd(squeezed, from, start + 400))
  const text = withoutBreaks(sliceOf(squeezed, start, end))
  const ends = end > start ? endOf(squeezed, { start, end }) : 'closed'
  return { start, end, text, isCut: ends === 'ellipsis' || (ends === 'line' && !isWholePolicyArn(text)) }
}

/** With its id, or with what somebody put in the place of one: `<SCP_ID>`. */
const organizationPolicy =
  /:policy\/(?:[^/]+\/)?\w+_control_policy\/(?:p-(?:[0-9a-z]{8,}$|[^/]*[^0-9a-z/])|<[^<>/]{1,60}>$|\{[^{}/]{1,60}\}$|\[[^[\]/]{1,60}\]$)/

/** Where the text ends, the ARN may end too early: half of one names no policy that anybody could look up. */
const isWholePolicyArn = (text: string): boolean =>
  text.includes(':organizations:')
    ? organizationPolicy.test(text)
    : /^(?:[^:\s]*:){5}[^/\s]+\/\S*[^/\s]$/.test(text.replace(/<[^<>]{1,60}>/g, 'x'))
