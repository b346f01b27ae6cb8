import { withoutUnseen } from '../iam/unseen-characters.ts'
import type { WriteStream } from 'node:tty'
import type { TextStyle } from '../reply/text.ts'

/** Where something is written; a terminal has colours unless NO_COLOR or the like says otherwise. */
export type Output = NodeJS.WritableStream & Partial<Pick<WriteStream, 'isTTY' | 'hasColors'>>

const bold = '\u001B[1m'
const cyan = '\u001B[36m'
const yellow = '\u001B[33m'
const reset = '\u001B[0m'

const paint: TextStyle = (text, kind) => {
  if (kind === 'heading') return `${bold}${text}${reset}`
  if (kind === 'code') return `${cyan}${text}${reset}`
  return kind === 'note' ? `${yellow}${text}${reset}` : text
}

export const styleFor = (output: Output): TextStyle | undefined =>
  output.isTTY === true && output.hasColors?.() === true ? paint : undefined

/** Text of others must not move a terminal's cursor or change its colours. */
export const printable = (text: string): string => withoutUnseen(text, ' ')

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']
const frameMilliseconds = 100

/** Turns on a terminal until it is stopped; does nothing elsewhere. What is quick is not worth a flicker. */
export function startSpinner(output: Output, label: string): () => void {
  if (output.isTTY !== true) return () => undefined
  let turn = 0
  const timer = setInterval(() => {
    turn += 1
    output.write(`\r${frames[turn % frames.length] ?? ''} ${label}`)
  }, frameMilliseconds)
  return () => {
    clearInterval(timer)
    if (turn > 0) output.write('\r\u001B[K')
  }
}
