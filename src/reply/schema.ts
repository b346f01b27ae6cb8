import * as z from 'zod'
import { denialClasses } from '../denial/denial.ts'
import { causeCodes } from '../diagnosis/cause-code.ts'
import { policyTypes } from '../iam/policy-type.ts'
import { principalTypes } from '../iam/principal.ts'
import { remedyKinds } from '../remedy/remedy.ts'

/** The reply of `POST /v1/diagnoses`, once: it types the code, checks what leaves and is written into openapi.yaml. */

const nullable = <T extends z.ZodType>(type: T) => type.nullable()
const text = z.string()
const names = z.array(text)
const values = z.record(z.string(), z.string())
const json = z.unknown()

export const policyTypeSchema = z.enum(policyTypes).meta({ id: 'PolicyType' })
export const decisionSchema = z.enum(['allowed', 'implicitDeny', 'explicitDeny', 'unknown']).meta({ id: 'Decision' })
export const policyTypeResultSchema = z
  .enum(['allowed', 'implicitDeny', 'explicitDeny', 'unknown', 'notApplicable', 'notCollected'])
  .meta({ id: 'PolicyTypeResult' })
export const confidenceSchema = z.enum(['verified', 'evaluated', 'stated', 'possible']).meta({
  id: 'Confidence',
  description:
    'verified: AWS’s own evaluation was read. evaluated: follows from the policies read. stated: AWS’s message says so. possible: a candidate.',
})
export const readinessSchema = z.enum(['ready', 'has-placeholders', 'needs-review', 'none']).meta({
  id: 'Readiness',
  description:
    'ready: paste it as it is. has-placeholders: fill the marked <Placeholders> first. needs-review: somebody else’s policy, a guardrail, or a document that was not read. none: no statement helps.',
})

const oneOrMore = z.union([text, names])
const principalElement = z.union([z.literal('*'), z.record(z.string(), oneOrMore)])
export const statementSchema = z
  .object({
    Sid: text.optional(),
    Effect: z.enum(['Allow', 'Deny']),
    Principal: principalElement.optional(),
    NotPrincipal: principalElement.optional(),
    Action: oneOrMore.optional(),
    NotAction: oneOrMore.optional(),
    Resource: oneOrMore.optional(),
    NotResource: oneOrMore.optional(),
    Condition: z.record(z.string(), z.record(z.string(), json)).optional(),
  })
  .meta({ id: 'Statement', description: 'One statement of an IAM policy.' })

const documentSchema = z.looseObject({}).meta({ id: 'PolicyDocument', description: 'A whole policy document.' })

const present = z.object({ present: z.literal(true) })
const position = z.number().int().min(0).max(100_000)
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

export const requestSchema = z
  .object({
    action: text,
    resource: nullable(text),
    resourceAccount: nullable(text),
    resourcePatterns: names,
    from: z.object({ action: text, resource: text }),
  })
  .meta({ id: 'EvaluatedRequest' })

const statementRef = z.object({ policy: text, statement: position, sid: nullable(text) })

const mismatchSchema = z.object({
  element: text,
  wanted: names,
  found: nullable(names),
  firstDifference: nullable(text),
  operator: nullable(text),
  key: nullable(text),
})

export const unknownSchema = z
  .object({
    kind: z.enum(['context-key', 'resource', 'principal']),
    policyType: policyTypeSchema,
    effect: z.enum(['Allow', 'Deny']),
    key: nullable(text),
    operator: nullable(text),
    values: names,
    policy: text,
    statement: position,
    sid: nullable(text),
    /** The sentence for a person: "denied unless …". */
    sentence: text.optional(),
  })
  .meta({ id: 'UnknownFact' })

export const policyTypeVerdictSchema = z
  .object({
    type: policyTypeSchema,
    result: policyTypeResultSchema,
    blocking: z.boolean(),
    policies: z.array(
      z.object({
        name: text,
        arn: nullable(text),
        kind: nullable(z.enum(['inline', 'managed', 'aws-managed'])),
        group: nullable(text),
        level: nullable(text),
      }),
    ),
    determining: z.array(
      statementRef.extend({ quoted: nullable(documentSchema).meta({ description: 'The statement as it was read.' }) }),
    ),
    nearMisses: nullable(
      z.array(statementRef.extend({ effect: z.enum(['Allow', 'Deny']), because: z.array(mismatchSchema) })),
    ),
    unknowns: z.array(unknownSchema),
    invalid: z.array(
      z.object({ policy: text, statement: nullable(position), problem: text, value: nullable(text).optional() }),
    ),
  })
  .meta({ id: 'PolicyTypeVerdict' })

const assumptionSchema = z.object({
  code: text,
  policyType: nullable(policyTypeSchema),
  values,
  sentence: text,
})

export const verdictSchema = z
  .object({
    decision: decisionSchema,
    policyType: nullable(z.enum([...policyTypes, 'root'])),
    statement: nullable(statementRef),
    policyTypes: z.array(policyTypeVerdictSchema),
    assuming: names.meta({ description: 'What was left out of the decision, in words.' }),
    assumptions: z.array(assumptionSchema).meta({ description: 'The same as data.' }),
  })
  .meta({ id: 'Verdict' })

export const targetSchema = z
  .object({
    policyType: policyTypeSchema,
    attachTo: text,
    policyName: nullable(text),
    policyArn: nullable(text),
    create: z.boolean(),
  })
  .meta({ id: 'RemedyTarget' })

export const commandsSchema = z
  .object({
    awsCli: nullable(text),
    awsCliFile: nullable(text),
    undo: nullable(text),
    terraform: nullable(text),
    cloudformation: nullable(text),
    cdk: nullable(text),
  })
  .meta({ id: 'Commands' })

export const remedySchema = z
  .object({
    kind: z.enum(remedyKinds),
    readiness: readinessSchema,
    owner: text.meta({ description: 'Whoever may change it, in words.' }),
    message: nullable(text).meta({ description: 'Ready text to send to that owner, where it is not the reader.' }),
    instruction: text.meta({ description: 'What to do and where, in one sentence.' }),
    target: nullable(targetSchema),
    statement: nullable(statementSchema),
    editedStatement: nullable(statementSchema),
    policyDocument: nullable(documentSchema),
    diff: nullable(text),
    commands: nullable(commandsSchema),
    verification: nullable(
      z.object({
        decision: decisionSchema,
        alsoAllowed: z.array(z.object({ action: text, resource: text })),
        assuming: names,
      }),
    ),
    placeholders: z.array(z.object({ name: text, meaning: text })),
    doNot: names,
    alternative: z
      .boolean()
      .meta({ description: 'Another way to the same end as the remedy before it: one of the two is enough.' }),
  })
  .meta({ id: 'Remedy' })

export const causeSchema = z
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

export const gapSchema = z
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

export const diagnosisSchema = z
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

export const planStepSchema = z
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
    redactedText: text.optional(),
    notes: names,
    meta: z.object({ version: text, actionCatalogue: text }),
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
