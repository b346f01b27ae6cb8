import * as z from 'zod'
import { policyTypes } from '../iam/policy-type.ts'
import {
  decisionSchema,
  documentSchema,
  names,
  nullable,
  policyTypeResultSchema,
  policyTypeSchema,
  text,
  values,
} from './schema-parts.ts'

/** What was evaluated, and what came of it. */

const position = z.number().int().min(0).max(100_000)

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

export const assumptionSchema = z.object({
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
