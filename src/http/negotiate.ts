import type { FastifyRequest } from 'fastify'
import Negotiator from 'negotiator'
import type { Format } from './diagnoses-schema.ts'
import { locales, type Locale } from '../words/locale.ts'
import { Problem } from './problem.ts'

const mediaTypes: Readonly<Record<Format, string>> = {
  json: 'application/json',
  markdown: 'text/markdown',
  text: 'text/plain',
  slack: 'application/vnd.slack.blocks+json',
}

export const contentTypes: Readonly<Record<Format, string>> = {
  json: 'application/json; charset=utf-8',
  markdown: 'text/markdown; charset=utf-8',
  text: 'text/plain; charset=utf-8',
  slack: 'application/vnd.slack.blocks+json; charset=utf-8',
}

/** The format asked for by `?format=`, else by the Accept header; JSON where anything will do. */
export function chooseFormat(request: FastifyRequest, asked: Format | undefined): Format {
  if (asked !== undefined) return asked
  const { accept } = request.headers
  if (accept === undefined || accept === '*/*') return 'json'
  const accepted = preferred(request, Object.values(mediaTypes))
  const format = (Object.keys(mediaTypes) as Format[]).find((name) => mediaTypes[name] === accepted)
  if (format === undefined) throw new Problem('not-acceptable', `Offered are ${Object.values(mediaTypes).join(', ')}.`)
  return format
}

/** The caller's choice among what is offered, the first where any will do; `undefined`: none. */
export const preferred = (request: FastifyRequest, offered: readonly string[]): string | undefined =>
  (request.headers.accept ?? '') === '' ? offered[0] : new Negotiator(request.raw).mediaType([...offered])

/** The language that a browser asks for, of those there are; English where it asks for none of them. */
export const preferredLocale = (request: FastifyRequest): Locale =>
  (request.headers['accept-language'] ?? '') === ''
    ? 'en'
    : (locales.find((locale) => locale === new Negotiator(request.raw).language([...locales])) ?? 'en')
