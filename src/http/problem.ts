import * as z from 'zod'
import { maskSecrets } from '../denial/redact.ts'
import type { Locale } from '../words/locale.ts'
import { fieldMessageIn, problemTitles } from '../words/problem-words.ts'
import { pathsOf } from './closed-object.ts'

/**
 * Everything that can go wrong for a caller, as RFC 9457 problem documents. A problem never holds a stack trace,
 * a path of ours, policy text or anything that was pasted.
 */
export const problems = {
  'malformed-request': { status: 400, title: 'The request could not be read' },
  'not-authenticated': { status: 401, title: 'An API key is needed' },
  'not-allowed': { status: 403, title: 'This key may not do that' },
  'host-not-allowed': { status: 403, title: 'This service does not answer under that name' },
  'origin-not-allowed': { status: 403, title: 'Pages of that origin may not call this service' },
  'not-found': { status: 404, title: 'There is nothing here' },
  'method-not-allowed': { status: 405, title: 'That method is not offered here' },
  'not-acceptable': { status: 406, title: 'None of the formats asked for is offered' },
  'request-timeout': { status: 408, title: 'The request took too long to arrive' },
  'too-large': { status: 413, title: 'The request is too large' },
  'unsupported-media-type': { status: 415, title: 'That content type is not understood' },
  'invalid-request': { status: 422, title: 'The request does not fit its schema' },
  'nothing-recognised': { status: 422, title: 'No AWS denial was recognised' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  'headers-too-large': { status: 431, title: 'The URL and headers are too large' },
  internal: { status: 500, title: 'Something went wrong on our side' },
  overloaded: { status: 503, title: 'The service is busy' },
} as const

export type ProblemCode = keyof typeof problems

export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int().min(400).max(599),
    detail: z.string(),
    instance: z.string(),
    code: z.enum(Object.keys(problems) as [ProblemCode, ...ProblemCode[]]),
    errors: z.array(z.object({ pointer: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem document.' })

type ProblemDocument = z.infer<typeof problemSchema>

interface FieldError {
  readonly pointer: string
  readonly message: string
}

/** In English, or in every language there is. */
type Detail = string | Readonly<Record<Locale, string>>

/** A refusal with a code of the table above; thrown in handlers, turned into a document by the error handler. */
export class Problem extends Error {
  readonly code: ProblemCode
  readonly statusCode: number
  readonly errors: readonly FieldError[] | undefined
  readonly retryAfterSeconds: number | undefined
  /** In place of the title that goes with the code. */
  readonly title: string | undefined
  readonly #detail: Detail

  constructor(
    code: ProblemCode,
    detail: Detail,
    extra: {
      readonly errors?: readonly FieldError[]
      readonly retryAfterSeconds?: number
      readonly title?: string
    } = {},
  ) {
    super(typeof detail === 'string' ? detail : detail.en)
    this.#detail = detail
    this.title = extra.title
    this.code = code
    this.statusCode = problems[code].status
    this.errors = extra.errors
    this.retryAfterSeconds = extra.retryAfterSeconds
  }

  detailIn(locale: Locale): string {
    return typeof this.#detail === 'string' ? this.#detail : this.#detail[locale]
  }
}

export function problemDocument(problem: Problem, requestId: string, locale: Locale = 'en'): ProblemDocument {
  const { status, title } = problems[problem.code]
  return {
    type: `about:blank#${problem.code}`,
    title: problem.title ?? (locale === 'en' ? title : (problemTitles[locale][problem.code] ?? title)),
    status,
    detail: problem.detailIn(locale),
    instance: `urn:request:${requestId}`,
    code: problem.code,
    ...(problem.errors === undefined
      ? {}
      : {
          errors: problem.errors.map(({ pointer, message }) => ({ pointer, message: fieldMessageIn(message, locale) })),
        }),
  }
}

export const mostErrors = 20

/** The names of context keys and of unknown fields are the caller's own. */
export const pointerOf = (path: readonly PropertyKey[]): string =>
  maskSecrets(path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''))

/** Zod's issues as JSON pointers (RFC 6901) into the body. */
export function fieldErrors(error: z.ZodError): readonly FieldError[] {
  return error.issues
    .flatMap((issue) => pathsOf(issue).map((path) => ({ pointer: pointerOf(path), message: issue.message })))
    .slice(0, mostErrors)
}
