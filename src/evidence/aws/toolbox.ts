import { setTimeout as sleep } from 'node:timers/promises'
import { Sha256 } from '@aws-crypto/sha256-js'
import { HttpRequest } from '@smithy/protocol-http'
import { SignatureV4 } from '@smithy/signature-v4'
import { isObject } from '../../iam/json.ts'
import { textField } from '../fields.ts'
import type { ClientConfig } from './access.ts'
import { dnsSuffix } from '../../iam/dns-suffix.ts'

/**
 * GetRequestAuthorizationDetails of the IAM Toolbox, a preview that the SDK in use has no client for.
 * https://docs.aws.amazon.com/iam-toolbox/latest/APIReference/API_GetRequestAuthorizationDetails.html
 */

const idForm = /^[0-9a-z]{1,512}$/
const mostPages = 20
/** The details are written a little after the denial: not found is asked again, while there is time. */
const waits = [150, 300, 600, 1000, 1500]
/** Errors of the service that pass by themselves. */
const passing = new Set([429, 500, 502, 503, 504])

class ToolboxError extends Error {
  readonly $metadata: { readonly httpStatusCode: number }

  constructor(code: string, status: number) {
    super(code)
    this.name = code
    this.$metadata = { httpStatusCode: status }
  }
}

/** Every page of the details of one denial. */
export async function fetchAuthorizationDetails(
  config: ClientConfig,
  partition: string,
  endpoint: string | undefined,
  id: string,
  signal: AbortSignal,
): Promise<readonly unknown[]> {
  if (!idForm.test(id)) throw new ToolboxError('ValidationException', 400)
  const base = new URL(endpoint ?? process.env['AWS_ENDPOINT_URL'] ?? standardEndpoint(config.region, partition))
  const pages: unknown[] = []
  let token: string | null = null
  do {
    const page: unknown = await fetchPage(config, base, id, token, signal)
    pages.push(page)
    token = isObject(page) ? textField(page, 'nextToken') : null
  } while (token !== null && pages.length < mostPages)
  return pages
}

const standardEndpoint = (region: string, partition: string): string =>
  `https://iam-toolbox.${region}.${dnsSuffix(partition)}`

async function fetchPage(
  config: ClientConfig,
  base: URL,
  id: string,
  token: string | null,
  signal: AbortSignal,
): Promise<unknown> {
  for (let attempt = 0; ; attempt += 1) {
    const response = await send(config, base, id, token, signal)
    if (response.ok) return response.json()
    const body: unknown = await response.json().catch(() => null)
    const wait = waits[attempt]
    const again = response.status === 404 || passing.has(response.status)
    if (!again || wait === undefined || !(await waited(wait, signal))) throw errorOf(response, body)
  }
}

/** False: time is up. */
const waited = (milliseconds: number, signal: AbortSignal): Promise<boolean> =>
  sleep(milliseconds, true, { signal }).catch(() => false)

async function send(
  { region, credentials }: ClientConfig,
  base: URL,
  id: string,
  token: string | null,
  signal: AbortSignal,
): Promise<Response> {
  const signer = new SignatureV4({ service: 'iam', region, credentials, sha256: Sha256 })
  const request = new HttpRequest({
    method: 'GET',
    protocol: base.protocol,
    hostname: base.hostname,
    ...(base.port === '' ? {} : { port: Number(base.port) }),
    path: `${base.pathname.replace(/\/$/, '')}/authorization-details/${id}`,
    ...(token === null ? {} : { query: { nextToken: token } }),
    headers: { host: base.host, accept: 'application/json' },
  })
  const { headers } = await signer.sign(request)
  const url = new URL(request.path, base)
  if (token !== null) url.searchParams.set('nextToken', token)
  return fetch(url, { headers, signal, redirect: 'error' })
}

function errorOf(response: Response, body: unknown): ToolboxError {
  const header = response.headers.get('x-amzn-errortype')
  const named = header ?? (isObject(body) ? (textField(body, '__type') ?? textField(body, 'code')) : null)
  const code = named?.split(':')[0]?.split('#').at(-1)
  return new ToolboxError(code ?? (response.status === 404 ? 'ResourceNotFoundException' : 'Unknown'), response.status)
}
