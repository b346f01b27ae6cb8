import * as z from 'zod'
import { accountForm, regionForm } from '../iam/region.ts'
import { fieldWords } from '../words/problem-words.ts'
import { locales } from '../reply/schema.ts'
import { closedObject } from './closed-object.ts'
import { contextSchema, policiesSchema } from './policies-schema.ts'

/** Longest text that is read, in bytes of UTF-8. */
export const textLimit = 1024 * 1024
/** Policies in a request, in characters of JSON: several times what AWS lets one principal and resource have. */
export const policiesLimit = 1024 * 1024
export const bodyLimit = 4 * 1024 * 1024
export const depthLimit = 64

const hint = z.string().min(1).max(2048)

const hintsSchema = closedObject({
  principal: hint.optional(),
  action: hint.optional(),
  resource: hint.optional(),
  resourceAccount: z.string().regex(accountForm, fieldWords.account.en).optional(),
  region: z.string().regex(regionForm, fieldWords.region.en).optional(),
}).meta({
  id: 'Hints',
  description: 'Facts in addition to the text. They fill in what the text does not say, and never override it.',
})

export const localeSchema = z.enum(locales).meta({ id: 'Locale' })

export const diagnosesRequestSchema = closedObject({
  text: z
    .string()
    .optional()
    .meta({ description: 'The error as it was seen, with whatever stands around it. At most 1 MiB.' }),
  hints: hintsSchema.optional(),
  evidence: closedObject({
    policies: policiesSchema.optional().meta({ description: 'A policy type that is absent was not collected.' }),
    context: contextSchema.optional(),
    contextComplete: z.boolean().optional(),
  }).optional(),
  locale: localeSchema.optional(),
}).meta({ id: 'DiagnosesRequest' })

export const cloudTrailSchema = z.looseObject({}).meta({
  id: 'CloudTrail',
  description: 'A CloudTrail record, {"Records": […]} or an EventBridge envelope around one.',
})

const formats = ['json', 'markdown', 'text', 'slack'] as const
export type Format = (typeof formats)[number]

const yes = z.enum(['1', 'true', '0', 'false']).transform((value) => value === '1' || value === 'true')

export const diagnosesQuerySchema = closedObject({
  format: z.enum(formats).optional().meta({ description: 'Instead of an Accept header.' }),
  locale: localeSchema.optional(),
  redacted: yes.optional().meta({ description: 'Add the paste made safe for a public forum.' }),
  principal: hintsSchema.shape.principal,
  action: hintsSchema.shape.action,
  resource: hintsSchema.shape.resource,
  resourceAccount: hintsSchema.shape.resourceAccount,
  region: hintsSchema.shape.region,
})

export type DiagnosesQuery = z.infer<typeof diagnosesQuerySchema>
export type DiagnosesRequest = z.infer<typeof diagnosesRequestSchema>
