import { textLimit, type Failure } from './api.ts'
import { byId } from './dom.ts'

type FileRead = { readonly kind: 'text'; readonly text: string } | Failure

/** Reads a file as text; what is no text, or more than the service reads, is said. */
export async function readFile(file: File): Promise<FileRead> {
  if (file.size > textLimit) return { kind: 'too-large', bytes: file.size }
  try {
    const text = await file.text()
    return text.includes('\u0000') ? { kind: 'unreadable-file' } : { kind: 'text', text }
  } catch {
    return { kind: 'unreadable-file' }
  }
}

/** Files may be dropped anywhere on the page; dragged text is left to the field itself. */
export function onFile(take: (file: File) => void): void {
  const box = byId('drop', HTMLElement)
  const holdsFile = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false
  document.addEventListener('dragover', (event) => {
    if (!holdsFile(event)) return
    event.preventDefault()
    box.classList.add('dragging')
  })
  document.addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) box.classList.remove('dragging')
  })
  document.addEventListener('drop', (event) => {
    box.classList.remove('dragging')
    const file = event.dataTransfer?.files[0]
    if (file === undefined) return
    event.preventDefault()
    take(file)
  })
  const input = byId('file', HTMLInputElement)
  input.addEventListener('change', () => {
    const file = input.files?.[0]
    if (file !== undefined) take(file)
    input.value = ''
  })
}
