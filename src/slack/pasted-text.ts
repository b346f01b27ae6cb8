import * as z from 'zod'

/** What people typed or a bot posted, as it was before Slack made markup of it. */

const characters: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' }

/**
 * Undoes Slack's escapes and the links that it makes by itself: `…/Admin/<mailto:a@example.com|a@example.com>`
 * was a session name.
 */
export function plainFromSlack(text: string): string {
  return text
    .replace(/<((?:https?:|mailto:|tel:|[@#!])[^<>|]*)(?:\|([^<>]*))?>/g, (_whole, link: string, label?: string) =>
      label === undefined || label === '' ? link.replace(/^(?:mailto|tel):/, '') : label,
    )
    .replace(/&(?:amp|lt|gt);/g, (entity) => characters[entity] ?? entity)
}

const attachmentSchema = z.looseObject({
  pretext: z.string().optional(),
  text: z.string().optional(),
  fallback: z.string().optional(),
  fields: z.array(z.looseObject({ value: z.string().optional() })).optional(),
  blocks: z.array(z.unknown()).optional(),
})

export const messageSchema = z.looseObject({
  text: z.string().nullish(),
  attachments: z.array(attachmentSchema).nullish(),
  blocks: z.array(z.unknown()).nullish(),
})

type Message = z.infer<typeof messageSchema>

/**
 * The texts of a message, the likeliest first: what was typed, then a bot's attachments, then its blocks. They
 * often repeat each other, so each is tried by itself.
 */
export function messageTexts({ text, attachments, blocks }: Message): readonly string[] {
  const attached = (attachments ?? []).flatMap((attachment) => [
    attachment.pretext,
    attachment.text ?? attachment.fallback,
    ...(attachment.fields ?? []).map(({ value }) => value),
    blockText(attachment.blocks ?? []),
  ])
  return [text ?? '', attached.filter((part) => part !== undefined && part !== '').join('\n'), blockText(blocks ?? [])]
    .map(plainFromSlack)
    .filter((part) => part.trim() !== '')
}

/** Deepest nesting of Block Kit: block, list, section, element, text object. */
const deepest = 8

function blockText(value: unknown, depth = 0): string {
  if (depth > deepest || typeof value !== 'object' || value === null) return ''
  if (Array.isArray(value)) {
    // Pieces of one line are joined as they stand, blocks and list entries by line breaks.
    const inline = value.some((item) => isPiece(item))
    return value
      .map((item) => blockText(item, depth + 1))
      .filter((part) => part !== '')
      .join(inline ? '' : '\n')
  }
  const block = value as Readonly<Record<string, unknown>>
  if (typeof block['text'] === 'string') return block['text']
  if (typeof block['url'] === 'string' && block['type'] === 'link') return block['url'].replace(/^mailto:/, '')
  return [block['text'], block['fields'], block['elements'], block['rows']]
    .map((part) => blockText(part, depth + 1))
    .filter((part) => part !== '')
    .join('\n')
}

const isPiece = (item: unknown): boolean =>
  typeof item === 'object' &&
  item !== null &&
  'type' in item &&
  (item.type === 'text' || item.type === 'link' || item.type === 'emoji')
