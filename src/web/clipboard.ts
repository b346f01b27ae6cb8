import { announce, announceVisibly } from './announce.ts'
import { h } from './dom.ts'
import { icon } from './icons.ts'
import type { Words } from './words.ts'

/** A button that copies a text, says so, and helps by selecting it where the browser forbids copying. */
export function copyButton(
  text: string,
  label: string,
  words: Words,
  shown: HTMLElement | null = null,
): HTMLButtonElement {
  const face = h('span', {}, words.copy.short)
  const button = h(
    'button',
    { type: 'button', class: 'copy', 'aria-label': words.copy.code(label) },
    icon('copy'),
    face,
  )
  button.addEventListener('click', () => {
    void copyText(text).then((copied) => {
      if (!copied && shown !== null) getSelection()?.selectAllChildren(shown)
      if (copied) {
        announce(words.copy.done)
        flash(button, face, words)
      } else announceVisibly(words.copy.failed)
    })
  })
  return button
}

function flash(button: HTMLElement, face: HTMLElement, words: Words): void {
  button.classList.add('copied')
  face.textContent = words.copy.done
  setTimeout(() => {
    button.classList.remove('copied')
    face.textContent = words.copy.short
  }, 2000)
}

/** Whether the text is on the clipboard now. The clipboard needs HTTPS, loopback, and the reader's leave. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
