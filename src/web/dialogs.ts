import { announceVisibly } from './announce.ts'
import type { KeyReason } from './api.ts'
import { copyText } from './clipboard.ts'
import { byId } from './dom.ts'
import { encodeFragment } from './fragment.ts'
import type { Words } from './words.ts'

/** Asks for the API key; `null` where the reader has none to give. */
export function askForKey(reason: KeyReason, words: Words): Promise<string | null> {
  const dialog = byId('key-dialog', HTMLDialogElement)
  const field = byId('key', HTMLInputElement)
  const note = byId('key-refused', HTMLElement)
  note.hidden = reason === 'missing'
  note.textContent = reason === 'missing' ? '' : words.failure.key[reason]
  field.value = ''
  dialog.showModal()
  field.focus()
  return new Promise((resolve) => {
    const done = new AbortController()
    const finish = (key: string | null): void => {
      done.abort()
      field.value = ''
      dialog.close()
      resolve(key)
    }
    const { signal } = done
    byId('key-form', HTMLFormElement).addEventListener(
      'submit',
      (event) => {
        event.preventDefault()
        finish(field.value.trim())
      },
      { signal },
    )
    byId('key-cancel', HTMLButtonElement).addEventListener('click', () => finish(null), { signal })
    dialog.addEventListener('cancel', () => finish(null), { signal })
  })
}

/** Warns, then copies a link that holds the text behind its `#`. */
export function openShareDialog(text: string, redacted: string | null, words: Words): void {
  const dialog = byId('share-dialog', HTMLDialogElement)
  const share = async (shared: string): Promise<void> => {
    dialog.close()
    const fragment = await encodeFragment(shared)
    if (fragment === null) announceVisibly(words.share.tooLong)
    else await copyOrShow(`${location.origin}${location.pathname}${fragment}`, words.share.copied, words)
  }
  const redactedButton = byId('share-redacted', HTMLButtonElement)
  redactedButton.hidden = redacted === null
  redactedButton.onclick = () => void share(redacted ?? '')
  byId('share-whole', HTMLButtonElement).onclick = () => void share(text)
  byId('share-cancel', HTMLButtonElement).onclick = () => dialog.close()
  dialog.showModal()
}

/** Copies; where the browser forbids it, shows the text selected, ready to be copied by hand. */
export async function copyOrShow(text: string, done: string, words: Words): Promise<void> {
  if (await copyText(text)) {
    announceVisibly(done)
    return
  }
  const dialog = byId('text-dialog', HTMLDialogElement)
  const field = byId('text-to-copy', HTMLTextAreaElement)
  byId('text-title', HTMLElement).textContent = words.copy.failed
  byId('text-close', HTMLButtonElement).onclick = () => dialog.close()
  field.value = text
  dialog.showModal()
  field.select()
}
