import type { FastifySchemaCompiler, FastifySchemaValidationError } from 'fastify'
import type { z } from 'zod'
import { pathsOf } from './closed-object.ts'
import { pointerOf, problemSchema } from './problem.ts'

const meanings: Readonly<Record<number, string>> = {
  400: 'The request could not be read.',
  401: 'An API key is needed.',
  403: 'The key, host or origin is not allowed.',
  404: 'There is nothing here.',
  406: 'None of the formats asked for is offered.',
  408: 'The request took too long to arrive.',
  413: 'The request is too large.',
  415: 'The content type is not understood.',
  422: 'The request does not fit its schema, or no denial was recognised.',
  429: 'Too many requests; see Retry-After.',
  431: 'The URL and headers are too large.',
  500: 'Something went wrong on our side.',
  503: 'The service is busy; see Retry-After.',
}

/** Problem documents for a route's OpenAPI description, one by one: ranges such as 4XX lose their schema. */
export function problemResponses(...statuses: readonly number[]) {
  return Object.fromEntries(
    [...statuses, 431].map((status) => [
      status,
      { description: meanings[status] ?? '', content: { 'application/problem+json': { schema: problemSchema } } },
    ]),
  )
}

/**
 * Queries and parameters are validated by their schemas; bodies in the handlers, because one route takes text,
 * requests of our own and CloudTrail records, and tells them apart itself.
 */
export const validateAllButBodies: FastifySchemaCompiler<z.ZodType> = ({ httpPart, schema }) =>
  httpPart === 'body'
    ? (value: unknown) => ({ value })
    : (value: unknown) => {
        const { success, data, error } = schema.safeParse(value)
        return success ? { value: data } : { error: error.issues.flatMap(validationErrors) }
      }

const validationErrors = (issue: z.core.$ZodIssue): readonly FastifySchemaValidationError[] =>
  pathsOf(issue).map((path) => {
    const instancePath = pointerOf(path)
    const { code, message } = issue
    return { keyword: code, instancePath, schemaPath: `#${instancePath}/${code}`, params: {}, message }
  })
