import type { FastifyZodOpenApiSchema } from 'fastify-zod-openapi'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { setTimeout as delay } from 'node:timers/promises'
import * as z from 'zod'
import type { Explained, Explainer } from '../explain.ts'
import type { ApiKey } from '../http/api-keys.ts'
import { tooBusy } from '../http/load-limits.ts'
import { audit } from '../http/logging.ts'
import { limitPlaces, type Places } from '../http/places.ts'
import { problemResponses } from '../http/responses.ts'
import { Problem } from '../http/problem.ts'
import type { Locale } from '../reply/schema.ts'
import { toJson } from '../reply/to-json.ts'
import { renderSlack, slackNotice, type SlackMessage } from '../reply/slack-blocks.ts'
import { chatWordsOf } from '../words/chat-words.ts'
import { messageSchema, messageTexts, plainFromSlack } from './pasted-text.ts'
import { postResponse, responseUrl, type SlackResponse } from './response-url.ts'
import { createSignatureCheck } from './signature.ts'

export interface SlackOptions {
  readonly explainer: Explainer
  readonly signingSecret: string
  readonly publicUrl?: string | undefined
  /** Quote policy documents. */
  readonly showPolicies?: boolean
  readonly fetch?: typeof fetch
  /** Milliseconds since 1970. */
  readonly clock?: () => number
  /** Questions that are worked on at once. */
  readonly places?: Places
  /** Told of every question that is turned away. */
  readonly refused?: () => void
  /** How long Slack is kept waiting before the answer follows later; Slack gives up after 3000. */
  readonly answerWithin?: number
}

const bodyLimit = 1024 * 1024
const lateAnswerLimit = 30_000
const mostQuestions = 64
const slackScopes: ApiKey['scopes'] = new Set(['text', 'policies'])

/** For the audit: the member who asked, where Slack names one. */
const slackCaller = (user: string | null | undefined): ApiKey => ({
  name: /^[UW][A-Z0-9]{2,24}$/.test(user ?? '') ? `slack:${user ?? ''}` : 'slack',
  scopes: slackScopes,
})

const interactionSchema = z.looseObject({
  type: z.string(),
  response_url: z.string().optional(),
  message: messageSchema.optional(),
  user: z.looseObject({ id: z.string().optional() }).optional(),
})

/** What is asked: the texts to try in turn, in which language, and who sees the answer. */
interface Question {
  readonly texts: readonly string[]
  readonly locale: Locale
  readonly visibility: SlackResponse['response_type']
}

/**
 * Slash command and message shortcut. Slack's signature takes the place of an API key. What takes longer than Slack
 * waits is answered later through `response_url`. Nothing of a message is logged.
 */
export async function registerSlack(app: FastifyInstance, options: SlackOptions): Promise<void> {
  await app.register((scope, _options, done) => {
    addRoutes(scope, options)
    done()
  })
}

/** For the description: forms of Slack's own, signed by Slack in place of a key. */
const described = (operationId: string, summary: string) => ({
  schema: {
    operationId,
    summary,
    description: 'Available where SLACK_SIGNING_SECRET is set. Signed by Slack (`X-Slack-Signature`); takes no key.',
    tags: ['operations'],
    security: [],
    body: { required: true, content: { 'application/x-www-form-urlencoded': { schema: z.looseObject({}) } } },
    response: {
      200: {
        description: 'A message, or nothing where the answer follows through `response_url`.',
        content: { 'application/json': { schema: z.looseObject({}) } },
      },
      ...problemResponses(400, 401, 403, 404, 408, 413, 415, 422, 500, 503),
    },
  } satisfies FastifyZodOpenApiSchema,
  // Read by the handlers themselves, whatever the app around them is set to.
  validatorCompiler: () => (value: unknown) => ({ value }),
  serializerCompiler: () => toJson,
})

function addRoutes(app: FastifyInstance, options: SlackOptions): void {
  const signatures = createSignatureCheck(options.signingSecret, options.clock ?? Date.now)
  const fetcher = options.fetch ?? fetch
  const late = new Set<Promise<void>>()
  const places = options.places ?? limitPlaces(mostQuestions)
  // Before the body is read and the signature checked.
  app.addHook('onRequest', (_request, reply, done) => {
    const leave = places.enter()
    if (leave === null) {
      options.refused?.()
      done(tooBusy())
      return
    }
    reply.raw.once('close', leave)
    done()
  })
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body)
  })
  app.addHook('preHandler', (request, reply, done) => {
    reply.header('cache-control', 'no-store')
    done(
      isSigned(request)
        ? undefined
        : new Problem('not-authenticated', 'This is not signed by Slack.', { title: 'A signature is needed' }),
    )
  })
  // An answer that was promised is still given when the service closes.
  app.addHook('onClose', async () => {
    await Promise.all(late)
  })

  function isSigned(request: FastifyRequest): boolean {
    const { body, headers } = request
    if (!Buffer.isBuffer(body)) return false
    const signature = textHeader(headers['x-slack-signature'])
    const timestamp = textHeader(headers['x-slack-request-timestamp'])
    if (!signatures.accept({ signature, timestamp, body })) return false
    request.caller = slackCaller(null)
    return true
  }

  function answerLater(request: FastifyRequest, url: URL, answer: Promise<SlackResponse>): void {
    const leave = places.hold()
    const posted = answer
      .then((response) => postResponse(fetcher, url, response))
      .catch((error: unknown) => request.log.error({ err: error }, 'a late answer did not reach Slack'))
      .finally(() => {
        late.delete(posted)
        leave()
      })
    late.add(posted)
  }

  app.post(
    '/integrations/slack/commands',
    { bodyLimit, ...described('slackCommand', 'Slash command of Slack') },
    async (request) => {
      const form = formOf(request)
      request.caller = slackCaller(form.get('user_id'))
      const locale = localeOf(request)
      const words = chatWordsOf(locale)
      if (form.get('ssl_check') === '1') return {}
      const { text, visibility } = readCommand(form.get('text') ?? '')
      if (text === '' || text.toLowerCase() === 'help')
        return ephemeral(slackNotice(words.help(form.get('command') ?? '/why-denied')))
      const answer = answerTo({ texts: [text], locale, visibility }, request, options)
      const url = responseUrl(form.get('response_url'))
      if (url === null) return answer
      const early = await within(answer, options.answerWithin ?? 2000)
      if (early !== null) return early
      answerLater(request, url, answer)
      return ephemeral(slackNotice(words.looking))
    },
  )

  app.post(
    '/integrations/slack/interactions',
    { bodyLimit, ...described('slackInteraction', 'Message shortcut of Slack') },
    (request, reply) => {
      const payload = readInteraction(formOf(request))
      request.caller = slackCaller(payload.user?.id)
      const url = responseUrl(payload.response_url)
      // Everything else, such as a click on a link's button, only wants to hear that it arrived.
      if (payload.type === 'message_action' && payload.message !== undefined && url !== null) {
        const texts = messageTexts(payload.message)
        const question: Question = { texts, locale: localeOf(request), visibility: 'ephemeral' }
        answerLater(request, url, answerTo(question, request, options))
      }
      // Slack shows nothing of this reply; the answer comes through response_url however fast it is.
      return reply.send('')
    },
  )
}

/** Never rejects: whoever asked is told that it did not work. */
async function answerTo(question: Question, request: FastifyRequest, options: SlackOptions): Promise<SlackResponse> {
  const words = chatWordsOf(question.locale)
  if (question.texts.length === 0) return ephemeral(slackNotice(words.emptyMessage))
  try {
    const explained = await firstExplained(question, options)
    if (explained.kind === 'nothing-recognised') return ephemeral(slackNotice(words.nothingRecognised))
    audit(request, explained.diagnoses)
    const message = renderSlack(explained.reply, {
      locale: question.locale,
      ...(options.publicUrl === undefined ? {} : { publicUrl: options.publicUrl }),
    })
    return { response_type: question.visibility, ...message }
  } catch (error) {
    request.log.error({ err: error }, 'a question from Slack could not be answered')
    return ephemeral(slackNotice(words.failed))
  }
}

async function firstExplained({ texts, locale }: Question, options: SlackOptions): Promise<Explained> {
  const signal = AbortSignal.timeout(lateAnswerLimit)
  for (const text of texts) {
    const explained = await options.explainer.explain({
      text,
      locale,
      showPolicies: options.showPolicies ?? true,
      signal,
    })
    if (explained.kind === 'reply') return explained
  }
  return { kind: 'nothing-recognised' }
}

async function within<T>(promise: Promise<T>, milliseconds: number): Promise<T | null> {
  const cancel = new AbortController()
  try {
    return await Promise.race([promise, delay(milliseconds, null, { signal: cancel.signal })])
  } finally {
    cancel.abort()
  }
}

function readCommand(typed: string): Pick<Question, 'visibility'> & { readonly text: string } {
  const text = plainFromSlack(typed).trim()
  const asked = /^--public(?:\s|$)/.test(text)
  return { text: asked ? text.slice('--public'.length).trim() : text, visibility: asked ? 'in_channel' : 'ephemeral' }
}

function readInteraction(form: URLSearchParams): z.infer<typeof interactionSchema> {
  const malformed = new Problem('malformed-request', 'The payload is not one of Slack’s.')
  let payload: unknown
  try {
    payload = JSON.parse(form.get('payload') ?? '')
  } catch {
    throw malformed
  }
  const result = interactionSchema.safeParse(payload)
  if (!result.success) throw malformed
  return result.data
}

const ephemeral = (message: SlackMessage): SlackResponse => ({ response_type: 'ephemeral', ...message })

/** The preHandler has seen that the body is a buffer and signed. */
const formOf = (request: FastifyRequest): URLSearchParams => new URLSearchParams((request.body as Buffer).toString())

/** Slack does not say which language somebody reads, so the app's manifest may: `…/commands?locale=ko`. */
const localeOf = (request: FastifyRequest): Locale =>
  (request.query as Readonly<Record<string, unknown>>)['locale'] === 'ko' ? 'ko' : 'en'

const textHeader = (value: string | string[] | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined
