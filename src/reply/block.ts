/** A reply as a sequence of blocks: the order is decided once, the looks once for each rendering. */
export type Block =
  | { readonly kind: 'heading'; readonly level: 2 | 3; readonly text: string }
  | { readonly kind: 'prose'; readonly text: string; readonly lead?: string }
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'fields'; readonly rows: readonly (readonly [label: string, value: string])[] }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'code'; readonly language: 'json' | 'sh' | 'diff' | 'text'; readonly text: string }
  | { readonly kind: 'links'; readonly items: readonly { readonly title: string; readonly url: string }[] }

export const heading = (text: string, level: 2 | 3 = 3): Block => ({ kind: 'heading', level, text })
export const prose = (text: string): Block => ({ kind: 'prose', text })
export const json = (value: unknown): Block => ({
  kind: 'code',
  language: 'json',
  text: JSON.stringify(value, null, 2),
})
export const shell = (text: string): Block => ({ kind: 'code', language: 'sh', text })

/** Blocks under a heading, or nothing where there is nothing to say. */
export const section = (title: string, blocks: readonly Block[]): readonly Block[] =>
  blocks.length === 0 ? [] : [heading(title), ...blocks]

export const listOf = (items: readonly string[]): readonly Block[] =>
  items.length === 0 ? [] : [{ kind: 'list', items }]
