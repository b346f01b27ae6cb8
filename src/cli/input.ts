import { createReadStream } from 'node:fs'
import { failure } from './exit-codes.ts'

/** Longest input that is read, and the longest text that is explained, as on the service. */
const byteLimit = 16 * 1024 * 1024
export const textLimit = 1024 * 1024

export interface Input {
  readonly text: string
  /** The beginning was left out. */
  readonly cut: boolean
}

/** What a file holds; of what is no file and reads like an error in quotes, the text itself. */
export async function readFileInput(path: string): Promise<Input> {
  try {
    return await readInput(createReadStream(path))
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null
    if (typeof code !== 'string') throw error
    if (noFile.has(code) && isSentence.test(path)) return lastPart(path)
    throw failure(`${path} cannot be read: ${fileReasons[code] ?? code}`)
  }
}

const noFile: ReadonlySet<string> = new Set(['ENOENT', 'ENAMETOOLONG'])
/** Five words: files are rarely called so. */
const isSentence = /^\s*(?:\S+\s+){4}\S/

export const fileReasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'permission denied',
  EISDIR: 'it is a folder',
}

export async function readInput(stream: AsyncIterable<Buffer | string>): Promise<Input> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size > byteLimit) throw failure('The input is larger than 16 MiB. Cut it to the lines around the error.')
    chunks.push(bytes)
  }
  return lastPart(decode(Buffer.concat(chunks)))
}

/** Errors stand at the end of logs: of a long text the end is kept. */
export function lastPart(text: string): Input {
  const bytes = Buffer.from(text)
  if (bytes.length <= textLimit) return { text, cut: false }
  return {
    text: bytes
      .subarray(-textLimit)
      .toString()
      .replace(/^\uFFFD+/, ''),
    cut: true,
  }
}

/** UTF-8, or UTF-16 with a byte order mark, which is what `>` writes in Windows PowerShell. */
export function decode(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  return new TextDecoder('utf-8').decode(bytes)
}
