import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js'
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js'
import * as z from 'zod'
import type { Explained, Explainer, ExplainInput } from '../explain.ts'
import { closedObject } from '../http/closed-object.ts'
import { checkEvidence } from '../http/body.ts'
import { diagnosesRequestSchema, textLimit } from '../http/diagnoses-schema.ts'
import { evaluateBody, evaluationReplySchema, evaluationRequestSchema } from '../http/evaluations-route.ts'
import { definedOnly } from '../http/optional.ts'
import { Problem } from '../http/problem.ts'
import { version } from '../http/root.ts'
import { bounded, boundedMarkdown } from './bounded.ts'
import { chatWordsOf } from '../words/chat-words.ts'
import { problemWords } from '../words/problem-words.ts'
import { replySchema } from '../reply/schema.ts'

/** This file is loaded with the first request: the SDK costs more to load than the rest of the service. */

export interface Call {
  readonly explainer: Explainer
  /** Quote policy documents. */
  readonly showPolicies: boolean
  readonly signal: AbortSignal
  readonly explained: (explained: Extract<Explained, { kind: 'reply' }>) => void
}

/** Neither tool changes anything; the first may ask AWS. */
const readOnly = { readOnlyHint: true, destructiveHint: false, idempotentHint: true }

/** Answers one message of the Model Context Protocol. Nothing is kept between messages, so any replica answers. */
export async function answerMessage(request: Request, body: unknown, call: Call): Promise<Response> {
  const server = createServer(call)
  const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true })
  try {
    await server.connect(transport)
    return await transport.handleRequest(request, { parsedBody: body })
  } finally {
    await server.close()
  }
}

/** A tool's schema must be an object by itself; one with a name of its own would be written as a reference. */
const unnamed = <Shape extends z.ZodRawShape>(schema: z.ZodObject<Shape>): z.ZodObject<Shape> => z.object(schema.shape)

function createServer(call: Call): McpServer {
  const server = new McpServer({ name: 'access-denied-explainer', version })
  server.registerTool(
    'diagnose_access_denied',
    {
      title: 'Explain an AWS access denial',
      description:
        'Explains why AWS denied a request, from the error as it was printed (any AWS tool, SDK, CloudTrail record or log), and gives the exact policy statement to add, where to add it, and the proof that it works. Pass the whole error text. Facts beside it go into hints, policies and context keys into evidence. Check "confidence" and "readiness" before applying anything.',
      inputSchema: closedObject(diagnosesRequestSchema.shape),
      outputSchema: unnamed(replySchema),
      annotations: { ...readOnly, openWorldHint: true },
    },
    (input) => diagnose(input, call),
  )
  server.registerTool(
    'evaluate_request',
    {
      title: 'Evaluate an IAM request',
      description:
        'Decides whether IAM policies allow a request: principal, action, resource, context keys and policies by policy type in; decision, deciding policy type and statement out. Reads nothing from AWS. A policy type that is absent does not apply; "unknown" means that it was not read.',
      inputSchema: closedObject(evaluationRequestSchema.shape),
      outputSchema: unnamed(evaluationReplySchema),
      annotations: { ...readOnly, openWorldHint: false },
    },
    (input) => evaluate(input),
  )
  return server
}

async function diagnose(input: z.infer<typeof diagnosesRequestSchema>, call: Call): Promise<CallToolResult> {
  if (Buffer.byteLength(input.text ?? '') > textLimit) return refusal(problemWords.textTooLong[input.locale ?? 'en'])
  try {
    checkEvidence(input)
  } catch (error) {
    if (error instanceof Problem) return refusal(error.message)
    throw error
  }
  const question: ExplainInput = {
    ...definedOnly({ text: input.text, locale: input.locale }),
    hints: definedOnly(input.hints ?? {}),
    ...(input.evidence === undefined ? {} : { evidence: definedOnly(input.evidence) }),
    showPolicies: call.showPolicies,
    signal: call.signal,
  }
  const explained = await call.explainer.explain(question)
  if (explained.kind === 'nothing-recognised') return refusal(chatWordsOf(input.locale ?? 'en').nothingRecognised)
  call.explained(explained)
  const { reply } = explained
  const locale = input.locale ?? 'en'
  return {
    // Markdown rather than the JSON once more: it is what a model reads best, and shorter.
    content: [{ type: 'text', text: boundedMarkdown(reply, locale) }],
    structuredContent: replySchema.parse(bounded(reply, locale)),
  }
}

function evaluate(input: unknown): CallToolResult {
  try {
    // Parsed for its fields alone: a tool's output may have no others.
    const reply = evaluationReplySchema.parse(evaluateBody(input))
    return { content: [{ type: 'text', text: JSON.stringify(reply) }], structuredContent: reply }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const fields = (error.errors ?? []).map(({ pointer, message }) => `${pointer} ${message}`)
    return refusal([error.message, ...fields].join('\n'))
  }
}

const refusal = (text: string): CallToolResult => ({ isError: true, content: [{ type: 'text', text }] })
