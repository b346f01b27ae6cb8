import type { FastifyInstance } from 'fastify'
import type { FastifyZodOpenApiSchema } from 'fastify-zod-openapi'
import * as z from 'zod'
import { readPolicies } from '../evidence/document.ts'
import { principalTypes } from '../iam/principal.ts'
import { policyTypes } from '../iam/policy-type.ts'
import { accountForm } from '../iam/region.ts'
import { fieldWords, problemWords } from '../words/problem-words.ts'
import { maskDeep } from '../reply/mask.ts'
import { decisionSchema } from '../reply/schema-parts.ts'
import { policyTypeVerdictSchema, unknownSchema } from '../reply/verdict-schema.ts'
import { evaluate } from '../verdict/evaluate.ts'
import type { PolicyTypeVerdict, Verdict } from '../verdict/verdict.ts'
import type { Protect } from './access.ts'
import { closedObject } from './closed-object.ts'
import { bodyLimit, depthLimit } from './diagnoses-schema.ts'
import { contextSchema, policiesSchema } from './policies-schema.ts'
import { checkHandedOver } from './handed-over.ts'
import { tooDeep } from './nesting.ts'
import { presentOnly } from './optional.ts'
import { Problem, fieldErrors } from './problem.ts'
import { problemResponses } from './responses.ts'

const arn = z.string().min(1).max(2048)
const account = z.string().regex(accountForm, fieldWords.account.en)

/** What a test vector has beside its request: it can be sent as it stands. */
const note = z.unknown().optional().meta({ description: 'Of a test vector; not looked at.' })
const ofVector = { id: note, title: note, reason: note, expected: note }

export const evaluationRequestSchema = closedObject({
  principal: closedObject({
    type: z.enum(principalTypes),
    arn: arn.nullish(),
    roleArn: arn.nullish(),
    service: z.string().max(256).nullish(),
    serviceLinked: z.boolean().nullish(),
    managementAccount: z.boolean().nullish(),
    provider: arn.nullish(),
  }),
  action: z
    .string()
    .regex(/^[\w-]+:[^\s]+$/, 'must be prefix:Name')
    .max(256),
  resource: z.string().max(2048).nullish().meta({ description: 'Taken literally; null: not known.' }),
  resourceAccount: account.nullish(),
  resourceAccountIsManagement: z.boolean().nullish(),
  context: contextSchema.optional(),
  contextComplete: z.boolean().optional(),
  policies: policiesSchema.optional().meta({ description: 'A policy type that is absent does not apply.' }),
  ...ofVector,
}).meta({ id: 'EvaluationRequest' })

export const evaluationReplySchema = z
  .object({
    decision: decisionSchema,
    policyType: z.enum([...policyTypes, 'root']).nullable(),
    statement: z.object({ policy: z.string(), statement: z.number(), sid: z.string().nullable() }).nullable(),
    policyTypes: z.array(policyTypeVerdictSchema),
    unknowns: z.array(unknownSchema),
  })
  .meta({ id: 'EvaluationReply' })

export interface EvaluationReply extends Pick<Verdict, 'decision' | 'policyType' | 'statement' | 'unknowns'> {
  readonly policyTypes: readonly (Omit<PolicyTypeVerdict, 'silent' | 'nearMisses'> & {
    readonly nearMisses: readonly Omit<PolicyTypeVerdict['nearMisses'][number], 'policyType'>[]
  })[]
}

/** The caller has the policies at hand, so statements are named and not quoted. */
const unquoted = (of: PolicyTypeVerdict) => ({
  type: of.type,
  result: of.result,
  blocking: of.blocking,
  policies: of.policies,
  determining: of.determining.map((ref) => ({ ...ref, quoted: null })),
  nearMisses: of.nearMisses.map(({ policy, statement, sid, effect, because }) => ({
    policy,
    statement,
    sid,
    effect,
    because,
  })),
  unknowns: of.unknowns,
  invalid: of.invalid,
})

const schema = {
  operationId: 'evaluate',
  summary: 'Evaluate a request',
  description: 'A request and policies in, the decision out: the evaluation engine by itself.',
  tags: ['evaluations'],
  body: {
    required: true,
    content: { 'application/json': { schema: evaluationRequestSchema } },
  },
  response: {
    200: { description: 'The decision.', content: { 'application/json': { schema: evaluationReplySchema } } },
    ...problemResponses(400, 401, 403, 408, 413, 415, 422, 429, 500, 503),
  },
} satisfies FastifyZodOpenApiSchema

/** Checks a body and decides it; shared with the MCP tool. Throws a Problem where the body does not fit. */
export function evaluateBody(body: unknown): EvaluationReply {
  if (tooDeep(body)) throw new Problem('invalid-request', `The JSON is nested deeper than ${depthLimit} levels.`)
  if (typeof body === 'string') throw new Problem('unsupported-media-type', 'Send application/json.')
  const result = evaluationRequestSchema.safeParse(body)
  if (!result.success) throw new Problem('invalid-request', problemWords.schema, { errors: fieldErrors(result.error) })
  const { principal, policies = {}, ...request } = result.data
  checkHandedOver(policies, request.context)
  const verdict = evaluate(
    {
      principal: presentOnly(principal),
      action: request.action,
      resource: request.resource ?? null,
      resourceAccount: request.resourceAccount ?? null,
      resourceAccountIsManagement: request.resourceAccountIsManagement ?? false,
      context: request.context ?? {},
      contextComplete: request.contextComplete ?? false,
    },
    readPolicies(policies),
  )
  const { decision, policyType, statement, policyTypes: byType, unknowns } = verdict
  return maskDeep({ decision, policyType, statement, policyTypes: byType.map(unquoted), unknowns })
}

export function registerEvaluationsRoute(app: FastifyInstance, protect: Protect): void {
  app.route({
    method: 'POST',
    url: '/v1/evaluations',
    schema,
    bodyLimit,
    onRequest: protect('text'),
    handler: (request) => evaluateBody(request.body),
  })
}
