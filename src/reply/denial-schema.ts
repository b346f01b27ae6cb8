import * as z from 'zod'
import { denialClasses } from '../denial/denial.ts'
import { principalTypes } from '../iam/principal.ts'
import { names, nullable, policyTypeSchema, text } from './schema-parts.ts'

/** What was read. */

const present = z.object({ present: z.literal(true) })
const offset = z.number().int().min(0).max(8_000_000)

export const denialSchema = z
  .object({
    class: z.enum(denialClasses),
    principal: nullable(text),
    principalType: nullable(z.enum(principalTypes)),
    accountId: nullable(text),
    roleOrUserName: nullable(text),
    sessionName: nullable(text),
    action: nullable(text),
    resource: nullable(text),
    policyType: nullable(policyTypeSchema),
    effect: nullable(z.enum(['implicit', 'explicit'])),
    policyArn: nullable(text),
    operation: nullable(text),
    service: nullable(text),
    errorCode: nullable(text),
    requestId: nullable(text),
    encodedMessage: nullable(present).meta({ description: 'Present or not; never echoed.' }),
    authorizationId: nullable(present).meta({ description: 'Present or not; never echoed.' }),
    format: text,
    wrapper: nullable(text),
    occurrences: z.number().int().min(1).max(10_000_000),
    sessions: names,
    span: z.tuple([offset, offset]),
    marks: z
      .object({
        principal: z.tuple([z.number(), z.number()]).optional(),
        action: z.tuple([z.number(), z.number()]).optional(),
        resource: z.tuple([z.number(), z.number()]).optional(),
        reason: z.tuple([z.number(), z.number()]).optional(),
      })
      .meta({ description: 'Where the values stand in the text as sent, in UTF-16 code units.' }),
    region: nullable(text),
  })
  .meta({ id: 'Denial', description: 'What the text says, and nothing else; null where it does not say.' })
