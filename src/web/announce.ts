import { byId } from './dom.ts'

/** Says something to a screen reader without moving the focus. */
export function announce(message: string): void {
  const region = byId('announcer', HTMLElement)
  // The same words twice in a row are a new message only if the region was empty in between.
  region.textContent = ''
  requestAnimationFrame(() => {
    region.textContent = message
  })
}
