import type { ActionsBlock, ContextBlock, DividerBlock, HeaderBlock, SectionBlock } from '@slack/types'

export type SlackBlock = ActionsBlock | ContextBlock | DividerBlock | HeaderBlock | SectionBlock

/** Blocks that stand and fall together; those with a lower rank are given room first. */
export interface Part {
  readonly rank: 0 | 1 | 2
  readonly blocks: readonly SlackBlock[]
}

/**
 * Slack takes 50 blocks a message (https://docs.slack.dev/reference/block-kit/blocks). It names no limit for their
 * text together, but refuses messages that are too long: this many characters are well below what it refuses.
 */
const blockLimit = 50
const characterLimit = 24_000

const sizeOf = (blocks: readonly SlackBlock[]): number => JSON.stringify(blocks).length

/** The parts that fit, in their own order: whole ones only, by rank and then by place; `closing` if some do not. */
export function fitParts(parts: readonly Part[], closing: SlackBlock): readonly SlackBlock[] {
  let blocks = blockLimit - 1
  let characters = characterLimit - sizeOf([closing])
  const kept = new Set<Part>()
  for (const part of parts.toSorted((one, other) => one.rank - other.rank)) {
    const size = sizeOf(part.blocks)
    if (part.blocks.length > blocks || size > characters) continue
    blocks -= part.blocks.length
    characters -= size
    kept.add(part)
  }
  const shown = parts.filter((part) => kept.has(part)).flatMap((part) => part.blocks)
  return kept.size === parts.length ? shown : [...shown, closing]
}
