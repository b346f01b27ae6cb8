import type { Draft } from './draft.ts'
import { sameDenial } from './group-signals.ts'

/**
 * People paste an encoded message and below it what `aws sts decode-authorization-message` made of it: one denial.
 * Each decoded message belongs to the blob that stands nearest above it; the only one of a paste also to one below.
 */
export function pairDecoded(drafts: readonly Draft[]): readonly Draft[] {
  if (!drafts.some(isDecoded) || !drafts.some(isEncoded)) return drafts
  const inOrder = [...drafts].sort((a, b) => a.span[0] - b.span[0])
  const pairs = new Map<Draft, Draft>()
  let above: Draft | null = null
  for (const draft of inOrder) {
    if (isEncoded(draft)) above = draft
    else if (isDecoded(draft) && above !== null && fits(above, draft)) {
      pairs.set(above, draft)
      above = null
    }
  }
  const [decoded, second] = inOrder.filter(isDecoded)
  const below = inOrder.find(isEncoded)
  if (pairs.size === 0 && second === undefined && decoded !== undefined && below !== undefined && fits(below, decoded))
    pairs.set(below, decoded)
  const taken = new Set(pairs.values())
  return drafts.flatMap((draft) => {
    const pair = pairs.get(draft)
    if (pair !== undefined) return [pairOf(draft, pair)]
    return taken.has(draft) ? [] : [draft]
  })
}

const isDecoded = ({ decodedMessage }: Draft): boolean => decodedMessage !== undefined
const isEncoded = (draft: Draft): boolean => draft.class === 'encoded' && !isDecoded(draft)

/** A call may be refused for what it makes in turn (`iam:PassRole` of RunInstances), a read only for itself. */
function fits({ fields }: Draft, decoded: Draft): boolean {
  const { operation } = fields
  const asked = decoded.fields.action?.split(':')[1]
  const isRead = operation !== undefined && /^(?:Describe|Get|List)/.test(operation)
  if (isRead && asked !== undefined && asked.toLowerCase() !== operation.toLowerCase()) return false
  return sameDenial(fields, decoded.fields)
}

const pairOf = (encoded: Draft, decoded: Draft): Draft => ({
  ...encoded,
  ...decoded,
  class: 'encoded',
  fields: { ...encoded.fields, ...decoded.fields },
  wrapper: encoded.wrapper ?? decoded.wrapper,
  span: encoded.span,
  marks: { ...decoded.marks, ...encoded.marks },
  occurrences: encoded.occurrences,
})
