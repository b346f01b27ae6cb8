import type { Locale, Reply } from '../reply/schema.ts'
import { evidenceOf, type Given } from './given.ts'

/** No key was sent; it is none that a header can carry; the service does not know it; it may not read texts. */
export type KeyReason = 'missing' | 'malformed' | 'unknown' | 'lacks-scope'

interface Question {
  readonly text: string
  readonly given: Given
  readonly locale: Locale
  /** Read the evidence again: "I applied it". */
  readonly fresh: boolean
}

/** Why there is no answer. Nothing of it is thrown: each is shown to the reader in its own words. */
export type Failure =
  | {
      readonly kind: 'problem'
      readonly status: number
      readonly code: string
      readonly title: string
      readonly detail: string
      readonly errors: readonly FieldError[]
      readonly retryAfterSeconds: number | null
    }
  | { readonly kind: 'key-needed'; readonly reason: KeyReason }
  | { readonly kind: 'offline' }
  | { readonly kind: 'not-the-service' }
  | { readonly kind: 'too-large'; readonly bytes: number }
  | { readonly kind: 'empty' }
  | { readonly kind: 'unreadable-file' }
  | { readonly kind: 'unreadable-link' }

interface FieldError {
  readonly pointer: string
  readonly message: string
}

export type Answered = { readonly kind: 'reply'; readonly reply: Reply } | Failure

/** The service reads no more than this, in bytes of UTF-8. */
export const textLimit = 1024 * 1024

/** What the service takes for a key; others, such as one with a typographic quote, do not even fit into a header. */
const isKey = /^[\w.~+/=-]{8,512}$/

/** Asks for diagnoses. Rejects only when `signal` aborts. */
export async function askDiagnoses(question: Question, key: string | null, signal: AbortSignal): Promise<Answered> {
  const bytes = new TextEncoder().encode(question.text).length
  if (bytes > textLimit) return { kind: 'too-large', bytes }
  if (question.text.trim() === '' && question.given.hints.action === undefined) return { kind: 'empty' }
  if (key !== null && !isKey.test(key)) return { kind: 'key-needed', reason: 'malformed' }
  try {
    const response = await fetch('/v1/diagnoses?redacted=1', {
      method: 'POST',
      headers: headers(question, key),
      body: JSON.stringify(requestBody(question)),
      signal,
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
    })
    return await readAnswer(response, key)
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof SyntaxError) return { kind: 'not-the-service' }
    if (error instanceof TypeError) return { kind: 'offline' }
    throw error
  }
}

function headers({ fresh }: Question, key: string | null): Record<string, string> {
  return {
    'content-type': 'application/json',
    accept: 'application/json',
    ...(fresh ? { 'cache-control': 'no-cache' } : {}),
    ...(key === null ? {} : { authorization: `Bearer ${key}` }),
  }
}

function requestBody({ text, given, locale }: Question): object {
  const evidence = evidenceOf(given)
  return {
    ...(text.trim() === '' ? {} : { text }),
    ...(Object.keys(given.hints).length === 0 ? {} : { hints: given.hints }),
    ...(evidence === undefined ? {} : { evidence }),
    locale,
  }
}

async function readAnswer(response: Response, key: string | null): Promise<Answered> {
  // A proxy may answer in place of the service, with a page to sign in.
  if (response.ok && !isType(response, 'application/json')) return { kind: 'not-the-service' }
  // Checked against the very same schema before it left the service.
  if (response.ok) return { kind: 'reply', reply: (await response.json()) as Reply }
  if (response.status === 401) return { kind: 'key-needed', reason: key === null ? 'missing' : 'unknown' }
  const problem = await readProblem(response)
  if (problem.code === 'not-allowed') return { kind: 'key-needed', reason: 'lacks-scope' }
  const wait = Number(response.headers.get('retry-after'))
  return {
    kind: 'problem',
    status: response.status,
    code: problem.code ?? '',
    title: problem.title ?? '',
    detail: problem.detail ?? '',
    errors: problem.errors ?? [],
    retryAfterSeconds: Number.isFinite(wait) && wait > 0 ? wait : null,
  }
}

interface ProblemDocument {
  readonly code?: string
  readonly title?: string
  readonly detail?: string
  readonly errors?: readonly FieldError[]
}

const isType = ({ headers }: Response, type: string): boolean =>
  (headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() === type

/** A proxy in between may answer with a page of its own. */
async function readProblem(response: Response): Promise<ProblemDocument> {
  return isType(response, 'application/problem+json') ? ((await response.json()) as ProblemDocument) : {}
}

/** One of the errors that the service offers for trying it out; its title stands in the page's words. */
export interface Sample {
  readonly id: string
  readonly text: string
}

/** The samples; none where they cannot be had, for the page works without them. */
export async function loadSamples(): Promise<readonly Sample[]> {
  try {
    const response = await fetch('/assets/samples.json', { credentials: 'omit' })
    return response.ok ? ((await response.json()) as readonly Sample[]) : []
  } catch {
    return []
  }
}
