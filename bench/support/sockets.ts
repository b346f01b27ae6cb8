import { connect, type Socket } from 'node:net'

export interface Answer {
  readonly status: number
  /** When it was due, and how long it took from then. */
  readonly since: number
  readonly milliseconds: number
}

/** One kept connection that is asked one thing at a time; as little work as it takes to read an answer. */
export interface Connection {
  /** `since`: when the request was due, so that what it waited here counts. */
  ask(request: string, since: number): void
  close(): void
}

const endOfHead = Buffer.from('\r\n\r\n')

export function openConnection(
  port: number,
  answered: (answer: Answer, connection: Connection) => void,
  lost: (wasBusy: boolean, connection: Connection) => void,
): Connection {
  let due: number | null = null
  let status = 0
  let left = -1
  let head: Buffer | null = null
  const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true })
  const connection: Connection = {
    ask(request, since) {
      due = since
      left = -1
      socket.write(request)
    },
    close: () => socket.destroy(),
  }
  const take = (bytes: number): void => {
    left -= bytes
    if (left > 0 || due === null) return
    const since = due
    due = null
    answered({ status, since, milliseconds: performance.now() - since }, connection)
  }
  socket.on('data', (chunk: Buffer) => {
    if (left > 0) {
      take(chunk.length)
      return
    }
    const bytes = head === null ? chunk : Buffer.concat([head, chunk])
    const end = bytes.indexOf(endOfHead)
    if (end === -1) {
      head = bytes
      return
    }
    head = null
    const text = bytes.toString('latin1', 0, end)
    status = Number(text.slice(9, 12))
    left = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0)
    take(bytes.length - end - endOfHead.length)
  })
  socket.on('error', () => undefined)
  socket.on('close', () => lost(due !== null, connection))
  return connection
}
