import { connect } from 'node:net'

export interface RawAnswer {
  readonly status: number
  /** Status line, headers and body as they came. */
  readonly text: string
  readonly header: (name: string) => string | undefined
}

/** Sends bytes as they are, for requests that no client would write, and reads until the server closes. */
export async function rawRequest(port: number, bytes: string | Buffer): Promise<RawAnswer> {
  const text = await new Promise<string>((resolve, reject) => {
    const chunks: Buffer[] = []
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('close', () => resolve(Buffer.concat(chunks).toString('utf8')))
    socket.on('error', reject)
    socket.setTimeout(5000, () => socket.destroy(new Error('no answer')))
  })
  const head = text.split('\r\n\r\n', 1)[0] ?? ''
  return {
    status: Number(head.split(' ', 2)[1]),
    text,
    header: (name) => new RegExp(`^${name}: *(.*)$`, 'im').exec(head)?.[1]?.trim(),
  }
}

/** A request of these lines, which asks for the connection to be closed. */
export const rawText = (line: string, headers: readonly string[], body = ''): string =>
  [line, ...headers, 'Connection: close', '', body].join('\r\n')
