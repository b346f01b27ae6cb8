import * as z from 'zod'
import { causeCodes } from '../diagnosis/cause-code.ts'
import { denialSchema } from './denial-schema.ts'
import { commandsSchema, remedySchema, targetSchema } from './remedy-schema.ts'
import { documentSchema, names, nullable, policyTypeSchema, statementSchema, text } from './schema-parts.ts'
import { requestSchema, verdictSchema, type assumptionSchema } from './verdict-schema.ts'

/** The reply of `POST /v1/diagnoses`, once: it types the code, checks what leaves and is written into openapi.yaml. */

const confidenceSchema = z.enum(['verified', 'evaluated', 'stated', 'possible']).meta({
  id: 'Confidence',
  description:
    'verified: AWS’s own evaluation was read. evaluated: follows from the policies read. stated: AWS’s message says so. possible: a candidate.',
})

const causeSchema = z
  .object({
    code: z.enum(causeCodes),
    confidence: confidenceSchema,
    title: text,
    explanation: text.meta({ description: 'Plain sentences; names, ARNs and keys stand between backticks.' }),
    rule: text.meta({ description: 'The second half of the explanation by itself: the rule behind the decision.' }),
    check: nullable(text).meta({ description: 'For a candidate: the one command that settles it.' }),
    remedies: z.array(remedySchema),
  })
  .meta({ id: 'Cause' })

const gapSchema = z
  .object({
    policyType: nullable(policyTypeSchema),
    about: text,
    reason: z.enum(['access-denied', 'throttled', 'timeout', 'not-found', 'unsupported', 'not-configured', 'failed']),
    statement: nullable(statementSchema).meta({ description: 'The statement that this service needs to read it.' }),
    account: nullable(text),
    sentence: text,
  })
  .meta({ id: 'Gap' })

const evidenceSourceSchema = z.enum(['aws', 'snapshot', 'sample', 'request', 'none'])

const diagnosisSchema = z
  .object({
    id: text,
    denial: denialSchema,
    summary: text.meta({ description: 'The answer in two sentences.' }),
    requests: z.array(requestSchema),
    caller: nullable(
      z.object({
        workload: nullable(text),
        roleArn: nullable(text),
        editable: nullable(z.boolean()),
        managedBy: nullable(z.object({ kind: text, name: nullable(text), sentence: text })),
      }),
    ),
    verdict: nullable(verdictSchema),
    causes: z.array(causeSchema),
    next: z.array(z.object({ action: text, resource: nullable(text), because: text })),
    hints: z.array(z.object({ code: text, sentence: text })),
    evidence: z.object({
      source: evidenceSourceSchema,
      sources: z.partialRecord(policyTypeSchema, z.object({ source: evidenceSourceSchema, readAt: text })),
      gaps: z.array(gapSchema),
      notes: names,
    }),
    references: z.array(z.object({ title: text, url: text })),
  })
  .meta({ id: 'Diagnosis' })

const planStepSchema = z
  .object({
    target: targetSchema,
    policyDocument: nullable(documentSchema),
    diff: nullable(text),
    commands: nullable(commandsSchema),
    covers: names,
  })
  .meta({ id: 'PlanStep' })

export const replySchema = z
  .object({
    diagnoses: z.array(diagnosisSchema),
    plan: z.array(planStepSchema),
    notInPlan: z.array(z.object({ ids: names, because: text })).meta({
      description:
        'Diagnoses that the plan does not settle, or not by itself, and who can: a policy that is somebody else’s or was not read, or no policy at all.',
    }),
    redactedText: text.optional(),
    notes: names,
    meta: z.object({
      version: text,
      actionCatalogue: text,
      denialsFound: z
        .number()
        .meta({ description: 'Distinct denials in the text; those beyond the limit are not answered.' }),
    }),
  })
  .meta({ id: 'Reply' })

/** Replies are data: whatever is alike in many of them is made once and shared. */
type Immutable<T> = unknown extends T ? T : { readonly [Key in keyof T]: Immutable<T[Key]> }

export type Reply = Immutable<z.infer<typeof replySchema>>
export type ReplyDiagnosis = Immutable<z.infer<typeof diagnosisSchema>>
export type ReplyCause = Immutable<z.infer<typeof causeSchema>>
export type ReplyRemedy = Immutable<z.infer<typeof remedySchema>>
export type ReplyVerdict = Immutable<z.infer<typeof verdictSchema>>
export type ReplyAssumption = Immutable<z.infer<typeof assumptionSchema>>
export type ReplyGap = Immutable<z.infer<typeof gapSchema>>
export type ReplyPlanStep = Immutable<z.infer<typeof planStepSchema>>

export { locales, type Locale } from '../words/locale.ts'
