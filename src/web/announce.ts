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

let hiding: ReturnType<typeof setTimeout> | undefined

/** For eyes and for screen readers. */
export function announceVisibly(message: string): void {
  const toast = byId('toast', HTMLElement)
  toast.textContent = message
  toast.hidden = false
  clearTimeout(hiding)
  hiding = setTimeout(() => {
    toast.hidden = true
  }, 4000)
  announce(message)
}
