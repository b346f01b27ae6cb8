import { openConnection, type Answer, type Connection } from './sockets.ts'

export interface Load {
  readonly answers: readonly Answer[]
  readonly began: number
  /** Connections that ended with a request under way. */
  readonly broken: number
  /** Requests that were due and never found a free connection. */
  readonly unsent: number
  readonly seconds: number
}

interface Asked {
  readonly port: number
  readonly seconds: number
  readonly request: () => string
}

/** Each connection asks again when it was answered: what the server can do, and no more. */
export async function askInTurn(asked: Asked & { readonly connections: number }): Promise<Load> {
  const answers: Answer[] = []
  let broken = 0
  const began = performance.now()
  const until = began + asked.seconds * 1000
  const open = Array.from({ length: asked.connections }, () =>
    openConnection(
      asked.port,
      (answer, connection) => {
        answers.push(answer)
        if (performance.now() < until) connection.ask(asked.request(), performance.now())
      },
      (wasBusy) => {
        if (wasBusy) broken += 1
      },
    ),
  )
  for (const connection of open) connection.ask(asked.request(), performance.now())
  await sleep(asked.seconds * 1000 + 200)
  for (const connection of open) connection.close()
  return { answers, began, broken, unsent: 0, seconds: asked.seconds }
}

/**
 * Requests at even times, whatever becomes of those before: as from very many clients that know nothing of each other.
 * A request's time counts from when it was due, also where it had to wait for a free connection, so nothing is left out.
 */
export async function askAtRate(
  asked: Asked & { readonly perSecond: number; readonly connections: number },
): Promise<Load> {
  const { port, perSecond, seconds, request } = asked
  const answers: Answer[] = []
  const idle: Connection[] = []
  const due: number[] = []
  let open = 0
  let broken = 0
  let closing = false
  let counting = false
  const answered = (answer: Answer, connection: Connection): void => {
    if (counting) answers.push(answer)
    const next = due.shift()
    if (next === undefined) idle.push(connection)
    else connection.ask(request(), next)
  }
  const lost = (wasBusy: boolean, connection: Connection): void => {
    if (closing) return
    if (wasBusy) broken += 1
    open -= 1
    const at = idle.indexOf(connection)
    if (at !== -1) idle.splice(at, 1)
  }
  // A few at a time, so that the crowd at the door is not what is measured.
  const all: Connection[] = []
  while (open < asked.connections) {
    for (let few = 0; few < 50 && open < asked.connections; few += 1) {
      const connection = openConnection(port, answered, lost)
      connection.ask('GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n', performance.now())
      all.push(connection)
      open += 1
    }
    await sleep(20)
  }
  await allIdle()
  counting = true
  const began = performance.now()
  const total = Math.round(perSecond * seconds)
  const dueAt = (index: number): number => began + (index * 1000) / perSecond
  for (let sent = 0; sent < total;) {
    for (const now = performance.now(); sent < total && dueAt(sent) <= now; sent += 1) {
      const free = idle.pop()
      if (free === undefined) due.push(dueAt(sent))
      else free.ask(request(), dueAt(sent))
    }
    await sleep(1)
  }
  await allIdle()
  closing = true
  for (const connection of all) connection.close()
  return { answers, began, broken, unsent: due.length, seconds }

  async function allIdle(): Promise<void> {
    for (let waited = 0; waited < 15_000 && idle.length < open; waited += 50) await sleep(50)
  }
}

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))
