/** Building DOM by hand: text is always text, so that markup in a paste is shown and never run. */

export type Child = Node | string | null

type Listener = (event: Event) => void
type Attributes = Readonly<Record<string, string | number | boolean | Listener | null>>

/** An element with attributes (`null` and `false` are left out) and children. Functions become listeners. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name, value)
    else if (value === true) element.setAttribute(name, '')
    else if (value !== null && value !== false) element.setAttribute(name, String(value))
  }
  element.append(...present(children))
  return element
}

const present = (children: readonly Child[]): readonly (Node | string)[] => children.filter((child) => child !== null)

/** A link that opens beside the page; anything but https or a path of our own is shown as text. */
export function link(url: string, text: string, attributes: Attributes = {}): HTMLElement {
  if (url.startsWith('/') && !url.startsWith('//')) return h('a', { ...attributes, href: url }, text)
  if (!url.startsWith('https://')) return h('span', attributes, text)
  return h('a', { ...attributes, href: url, target: '_blank', rel: 'noreferrer' }, text)
}

/** An element of the page's own HTML; it is a mistake of ours when it is not there. */
export function byId<Type extends HTMLElement>(id: string, type: abstract new () => Type): Type {
  const element = document.getElementById(id)
  if (!(element instanceof type)) throw new Error(`index.html has no ${type.name} #${id}`)
  return element
}

/** Replaces what stands in a place of the page and keeps the focus on the element with the same id. */
export function fill(place: HTMLElement, ...children: readonly Child[]): void {
  const focused = document.activeElement
  const id = focused !== null && place.contains(focused) ? focused.id : ''
  place.replaceChildren(...present(children))
  if (id !== '') document.getElementById(id)?.focus({ preventScroll: true })
}
