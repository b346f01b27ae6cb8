import * as z from 'zod'
import { remedyKinds } from '../remedy/remedy.ts'
import {
  decisionSchema,
  documentSchema,
  names,
  nullable,
  policyTypeSchema,
  statementSchema,
  text,
} from './schema-parts.ts'

/** What to change. */

const readinessSchema = z.enum(['ready', 'has-placeholders', 'needs-review', 'none']).meta({
  id: 'Readiness',
  description:
    'ready: paste it as it is. has-placeholders: fill the marked <Placeholders> first. needs-review: somebody else’s policy, a guardrail, or a document that was not read. none: no statement helps.',
})

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
    keptStatements: z
      .array(statementSchema)
      .optional()
      .meta({ description: 'Further parts of a Deny that is split; they deny what the whole denied before.' }),
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
