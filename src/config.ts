import ipaddr from 'ipaddr.js'
import * as z from 'zod'

/**
 * The settings, once: they check the environment, type the code and fill the README's table.
 * The AWS SDK's own variables (`AWS_*`) are left to it.
 */

const flag = z.enum(['true', 'false', '1', '0', '']).transform((value) => value === 'true' || value === '1')
const splitList = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
const csv = z.string().transform(splitList)
const whole = (least: number, most: number) => {
  const message = `must be a whole number from ${least} to ${most}`
  // Digits alone: JavaScript takes blanks for 0, which is no limit in places.
  return z
    .string()
    .trim()
    .regex(/^\d{1,9}$/, message)
    .transform(Number)
    .pipe(z.number().min(least, message).max(most, message))
}
const accountId = /^\d{12}$/
const hostNamePattern = /^(?:[a-z0-9._-]{1,253}|\[[0-9a-f:.]{2,45}\])$/i

/** Neither `*` nor `null`, which every sandboxed frame has. */
const isOrigin = (text: string): boolean => /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text

const areProxies = (text: string): boolean =>
  text === 'true' || text === 'false' || splitList(text).every((part) => isAddress(part))

const proxyRanges = new Set(['loopback', 'linklocal', 'uniquelocal'])
const isAddress = (text: string): boolean =>
  proxyRanges.has(text) ||
  ipaddr.isValidCIDR(text) ||
  ipaddr.IPv6.isValid(text) ||
  ipaddr.IPv4.isValidFourPartDecimal(text)

const settings = {
  HOST: z
    .string()
    .min(1)
    .default('127.0.0.1')
    .describe('address to listen on; any but loopback needs `API_KEYS_FILE` or `ALLOW_ANONYMOUS=true`'),
  PORT: whole(0, 65_535).default(8080).describe('port to listen on'),
  EVIDENCE: z
    .enum(['auto', 'aws', 'snapshot', 'sample', 'none'])
    .default('auto')
    .describe(
      'where policies are read from; `auto`: `SNAPSHOT_FILE` if given, else AWS if credentials resolve at start, else the sample account',
    ),
  SNAPSHOT_FILE: z
    .string()
    .optional()
    .describe('output of `aws iam get-account-authorization-details`, a file or a folder'),
  ALLOWED_ACCOUNTS: csv
    .pipe(z.array(z.string().regex(accountId, 'must be 12-digit account ids, separated by commas')))
    .prefault('')
    .describe('further accounts that may be read through `ASSUME_ROLE_NAME`'),
  ASSUME_ROLE_NAME: z.string().optional().describe('role to assume in those accounts'),
  ASSUME_ROLE_EXTERNAL_ID: z.string().optional().describe('ExternalId for it'),
  EVIDENCE_TIMEOUT_MS: whole(50, 60_000)
    .default(4000)
    .describe('deadline for gathering evidence; what is late becomes a gap'),
  API_KEYS_FILE: z
    .string()
    .optional()
    .describe('hashed API keys with names and scopes, read again when the file changes'),
  ALLOW_ANONYMOUS: flag.prefault('false').describe('answer without a key on an address other than loopback'),
  SHOW_POLICIES: flag.prefault('true').describe('quote policy documents in replies'),
  RATE_LIMIT: whole(0, 1_000_000).optional().describe('requests a minute per caller, 0 for none'),
  MAX_REQUESTS: whole(1, 100_000)
    .default(256)
    .describe('requests that are answered at once, those that wait for AWS among them; more are refused with 503'),
  MAX_STREAMS: whole(1, 10_000).default(8).describe('streams that are answered at once; more are refused with 503'),
  STREAM_WORKERS: whole(0, 64).optional().describe('threads that explain the lines of streams beside the requests'),
  MAX_QUEUE_MS: whole(1, 60_000)
    .default(500)
    .describe('requests that would wait longer than this for the processor are refused with 503, beyond the first 32'),
  REQUEST_TIMEOUT_MS: whole(500, 600_000).default(30_000).describe('how long a request may take to arrive'),
  ALLOWED_HOSTS: csv
    .pipe(z.array(z.string().regex(hostNamePattern, 'must be names without scheme, port or *, separated by commas')))
    .prefault('')
    .describe('`Host` names to answer to beside the loopback ones'),
  CORS_ORIGINS: csv
    .transform((origins) => origins.map((origin) => origin.toLowerCase()))
    .pipe(z.array(z.string().refine(isOrigin, 'must be origins such as https://tools.example, separated by commas')))
    .prefault('')
    .describe('origins whose pages may call the API'),
  TRUST_PROXY: z
    .string()
    .refine(areProxies, 'must be true, false, or addresses and CIDR ranges separated by commas')
    .default('false')
    .describe('`true`, `false`, or addresses and CIDR ranges of proxies whose `X-Forwarded-*` is believed'),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('address under which people reach the page, for links'),
  REDIS_URL: z
    .url({ protocol: /^rediss?$/ })
    .optional()
    .describe('shared cache and rate limits for several replicas'),
  SLACK_SIGNING_SECRET: z.string().min(8).optional().describe('turns the Slack routes on'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('level of the logs'),
  SHUTDOWN_GRACE_MS: whole(0, 600_000).default(10_000).describe('how long requests in flight may take after SIGTERM'),
  SHUTDOWN_DELAY_MS: whole(0, 60_000)
    .default(500)
    .describe('how long to go on answering after SIGTERM while `/readyz` says no, so that load balancers notice'),
  AWS_ENDPOINT_URL_IAM_TOOLBOX: z.url().optional().describe('endpoint of the authorization-details preview API'),
} as const

const settingsSchema = z.object(settings)

type Settings = z.infer<typeof settingsSchema>

export interface Config extends Readonly<Settings> {
  readonly loopback: boolean
  readonly rateLimit: number
  readonly trustProxy: boolean | readonly string[]
}

export class ConfigError extends Error {}

const loopbackHosts = new Set(['127.0.0.1', '::1', 'localhost'])

/** Checks the environment; throws a ConfigError of one clear line where a setting is wrong. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.keys(settings)
      .map((name) => [name, environment[name]] as const)
      .filter(([, value]) => value !== undefined && value !== ''),
  )
  const result = settingsSchema.safeParse(given)
  if (!result.success) throw new ConfigError(describeIssue(result.error.issues[0]))
  const values = result.data
  const loopback = loopbackHosts.has(values.HOST)
  if (!loopback && values.API_KEYS_FILE === undefined && !values.ALLOW_ANONYMOUS)
    throw new ConfigError(
      `HOST is ${values.HOST}, which others can reach: set API_KEYS_FILE, or ALLOW_ANONYMOUS=true to answer everybody`,
    )
  if (values.EVIDENCE === 'snapshot' && values.SNAPSHOT_FILE === undefined)
    throw new ConfigError('EVIDENCE=snapshot needs SNAPSHOT_FILE')
  if (values.ALLOWED_ACCOUNTS.length > 0 && values.ASSUME_ROLE_NAME === undefined)
    throw new ConfigError('ALLOWED_ACCOUNTS needs ASSUME_ROLE_NAME, the role to assume there')
  return Object.freeze({
    ...values,
    loopback,
    rateLimit: values.RATE_LIMIT ?? (loopback ? 0 : 120),
    trustProxy: readTrustProxy(values.TRUST_PROXY),
  })
}

function describeIssue(issue: z.core.$ZodIssue | undefined): string {
  if (issue === undefined) return 'the settings could not be read'
  return `${issue.path.map(String).join('.')}: ${issue.message}`
}

function readTrustProxy(value: string): boolean | readonly string[] {
  if (value === 'true') return true
  if (value === 'false') return false
  return splitList(value)
}

/** Defaults that depend on where the service runs. */
const standards: Readonly<Record<string, string>> = {
  RATE_LIMIT: '`0` on loopback, `120` elsewhere',
  STREAM_WORKERS: '`1`; `0` where there is one processor',
}

/** One row a setting for the README: name, meaning and default. */
export function settingsTable(): string {
  const rows = Object.entries(settings).map(([name, schema]) => {
    const fallback = settingsSchema.shape[name as keyof typeof settings].safeParse(undefined)
    const standard = standards[name] ?? (fallback.success ? formatDefault(fallback.data) : '')
    return `| \`${name}\` | ${schema.description ?? ''} | ${standard} |`
  })
  return ['| name | meaning | default |', '|---|---|---|', ...rows].join('\n')
}

function formatDefault(value: Settings[keyof Settings]): string {
  if (value === undefined || value === '' || Array.isArray(value)) return 'none'
  return `\`${value}\``
}
