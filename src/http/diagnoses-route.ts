import type { FastifyInstance } from 'fastify'
import type { FastifyZodOpenApiSchema } from 'fastify-zod-openapi'
import * as z from 'zod'
import type { Config } from '../config.ts'
import type { Explainer } from '../explain.ts'
import { renderMarkdown } from '../reply/markdown.ts'
import { replySchema, type Locale, type Reply } from '../reply/schema.ts'
import { renderSlack } from '../reply/slack-blocks.ts'
import { renderText } from '../reply/text.ts'
import type { Hints } from '../requests/hints.ts'
import { actionForm } from '../iam/region.ts'
import { fieldWords, problemWords } from '../words/problem-words.ts'
import { toJson } from '../reply/to-json.ts'
import type { Protect } from './access.ts'
import { audit } from './logging.ts'
import { readDiagnosesBody } from './body.ts'
import {
  bodyLimit,
  cloudTrailSchema,
  diagnosesQuerySchema,
  diagnosesRequestSchema,
  type DiagnosesQuery,
  type DiagnosesRequest,
  type Format,
} from './diagnoses-schema.ts'
import { chooseFormat, contentTypes } from './negotiate.ts'
import { definedOnly } from './optional.ts'
import { Problem } from './problem.ts'
import { problemResponses } from './responses.ts'
import { whenGone } from './when-gone.ts'

interface DiagnosesRouteOptions {
  readonly config: Config
  readonly explainer: Explainer
  readonly protect: Protect
  /** Evidence may take seconds: gathering ends when the client goes away. */
  readonly slowEvidence: boolean
}

const rendering = { schema: z.string() }

const schema = {
  operationId: 'diagnose',
  summary: 'Explain a denial',
  description:
    'Text in, diagnoses out: why each denial happened, and the change that ends it. `Cache-Control: no-cache` reads the policies again, whatever is cached.',
  tags: ['diagnoses'],
  querystring: diagnosesQuerySchema,
  body: {
    required: true,
    content: {
      'application/json': {
        schema: z.union([diagnosesRequestSchema, cloudTrailSchema]),
      },
      'text/plain': {
        schema: z.string().meta({ description: 'The error as it was seen.' }),
      },
    },
  },
  response: {
    200: {
      description: 'One diagnosis per distinct denial, in order of first appearance.',
      content: {
        'application/json': { schema: replySchema },
        'text/markdown': rendering,
        'text/plain': rendering,
        'application/vnd.slack.blocks+json': {
          schema: z.looseObject({ blocks: z.array(z.looseObject({ type: z.string() })) }).meta({ id: 'SlackMessage' }),
        },
      },
    },
    ...problemResponses(400, 401, 403, 406, 408, 413, 415, 422, 429, 500, 503),
  },
} satisfies FastifyZodOpenApiSchema

export function registerDiagnosesRoute(app: FastifyInstance, options: DiagnosesRouteOptions): void {
  const { config, explainer, protect, slowEvidence } = options
  app.route<{ Querystring: DiagnosesQuery; Body: unknown }>({
    method: 'POST',
    url: '/v1/diagnoses',
    schema,
    bodyLimit,
    onRequest: protect('text'),
    handler: async (request, reply) => {
      const { query } = request
      const format = chooseFormat(request, query.format)
      const body = readDiagnosesBody(request.body)
      const locale = body.locale ?? query.locale ?? 'en'
      const hints = hintsOf(query, body)
      const explained = await explainer.explain({
        ...(body.text === undefined ? {} : { text: body.text }),
        hints,
        ...(body.evidence === undefined ? {} : { evidence: definedOnly(body.evidence) }),
        locale,
        fresh: /\bno-cache\b/i.test(request.headers['cache-control'] ?? ''),
        showPolicies: config.SHOW_POLICIES && request.caller.scopes.has('policies'),
        redacted: query.redacted ?? false,
        ...(slowEvidence ? { signal: whenGone(reply) } : {}),
      })
      if (explained.kind === 'nothing-recognised') throw nothingRecognised(body, hints)
      audit(request, explained.diagnoses)
      return reply.type(contentTypes[format]).send(render(explained.reply, format, locale, config.PUBLIC_URL))
    },
  })
}

function render(reply: Reply, format: Format, locale: Locale, publicUrl: string | undefined): string {
  switch (format) {
    case 'json':
      return toJson(reply)
    case 'markdown':
      return renderMarkdown(reply, locale)
    case 'text':
      return renderText(reply, locale)
    case 'slack':
      return toJson(renderSlack(reply, { locale, ...(publicUrl === undefined ? {} : { publicUrl }) }))
  }
}

/** What the body says counts before what the query says. */
function hintsOf(
  { principal, action, resource, resourceAccount, region }: DiagnosesQuery,
  body: DiagnosesRequest,
): Hints {
  return definedOnly({ principal, action, resource, resourceAccount, region, ...definedOnly(body.hints ?? {}) })
}

function nothingRecognised({ text = '' }: DiagnosesRequest, { action }: Hints): Problem {
  if (text.trim() !== '') return new Problem('nothing-recognised', problemWords.lookedFor)
  if (action === undefined || actionForm.test(action)) return new Problem('nothing-recognised', problemWords.noText)
  return new Problem('nothing-recognised', problemWords.noAction, {
    errors: [{ pointer: '/hints/action', message: fieldWords.action.en }],
  })
}
