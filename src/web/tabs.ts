import { h, type Child } from './dom.ts'
import { nextIndex } from './tab-keys.ts'

interface Tab {
  readonly name: string
  readonly label: string
  readonly panel: () => readonly Child[]
}

interface TabsOptions {
  readonly id: string
  readonly label: string
  readonly tabs: readonly Tab[]
  readonly selected: string | null
  readonly onSelect: (name: string) => void
}

/** Tabs as the ARIA practices describe them: one tab stop, arrow keys, Home and End; the panel follows at once. */
export function tabs({ id, label, tabs: items, selected, onSelect }: TabsOptions): HTMLElement {
  const panel = h('div', { class: 'tab-panel', role: 'tabpanel', id: `${id}-panel` })
  const buttons = items.map(({ name, label: text }) =>
    h('button', { type: 'button', role: 'tab', id: `${id}-${name}`, 'aria-controls': panel.id }, text),
  )
  const list = h('div', { class: 'tab-list', role: 'tablist', 'aria-label': label }, ...buttons)

  const show = (index: number): void => {
    const item = items[index]
    if (item === undefined) return
    for (const [position, button] of buttons.entries()) {
      button.setAttribute('aria-selected', String(position === index))
      button.tabIndex = position === index ? 0 : -1
    }
    panel.setAttribute('aria-labelledby', `${id}-${item.name}`)
    panel.replaceChildren(...item.panel().filter((child) => child !== null))
  }
  const choose = (index: number): void => {
    show(index)
    const button = buttons[index]
    button?.focus()
    // Without this the tab may stay outside the strip on a narrow screen.
    button?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    onSelect(items[index]?.name ?? '')
  }

  for (const [index, button] of buttons.entries()) button.addEventListener('click', () => choose(index))
  list.addEventListener('keydown', (event) => {
    const next = nextIndex(
      event.key,
      buttons.findIndex((button) => button.tabIndex === 0),
      items.length,
    )
    if (next === null) return
    event.preventDefault()
    choose(next)
  })
  show(
    Math.max(
      0,
      items.findIndex(({ name }) => name === selected),
    ),
  )
  return h('div', { class: 'tabs' }, list, panel)
}
