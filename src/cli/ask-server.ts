import * as z from 'zod'
import { replySchema } from '../reply/schema.ts'
import type { Answer, Asker } from './ask.ts'
import { failure } from './exit-codes.ts'
import type { Options, Source } from './options.ts'

const timeout = 30_000

const problemSchema = z.object({
  title: z.string(),
  detail: z.string(),
  code: z.string(),
  errors: z.array(z.object({ pointer: z.string(), message: z.string() })).optional(),
})

/** A running service answers; this process only renders. */
export function askServer(source: Extract<Source, { kind: 'server' }>, options: Options): Asker {
  return {
    ask: (text) => ask(text, source, options),
    close: () => Promise.resolve(),
  }
}

async function ask(text: string, source: Extract<Source, { kind: 'server' }>, options: Options): Promise<Answer> {
  const response = await send(text, source, options)
  const body: unknown = await response.json().catch(() => null)
  if (!response.ok) return refused(response.status, body)
  const reply = replySchema.safeParse(body)
  if (!reply.success) throw failure(`${source.url.host} did not answer as this version of the command line expects.`)
  return { kind: 'reply', reply: reply.data }
}

async function send(
  text: string,
  { url, apiKey }: Extract<Source, { kind: 'server' }>,
  { hints, locale, fresh }: Options,
): Promise<Response> {
  try {
    return await fetch(new URL('v1/diagnoses', url.href.endsWith('/') ? url : `${url.href}/`), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        ...(apiKey === null ? {} : { authorization: `Bearer ${apiKey}` }),
        ...(fresh ? { 'cache-control': 'no-cache' } : {}),
      },
      body: JSON.stringify({ text, hints, locale }),
      // The key and the text go to the address that was given and nowhere else.
      redirect: 'error',
      signal: AbortSignal.timeout(timeout),
    })
  } catch {
    throw failure(`There is no answer from ${url.host}.`)
  }
}

function refused(status: number, body: unknown): Answer {
  const problem = problemSchema.safeParse(body)
  if (!problem.success) throw failure(`The service answered with status ${status}.`)
  const { code, title, detail, errors = [] } = problem.data
  if (code === 'nothing-recognised') return { kind: 'nothing-recognised' }
  const fields = errors.map(({ pointer, message }) => `\n  ${pointer} ${message}`).join('')
  throw failure(`The service answered with status ${status}: ${title}. ${detail}${fields}`)
}
