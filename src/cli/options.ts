import { parseArgs } from 'node:util'
import type { Locale } from '../reply/schema.ts'
import { accountForm, actionForm, regionForm } from '../iam/region.ts'
import { fieldWords } from '../words/problem-words.ts'
import { locales } from '../words/locale.ts'
import type { Hints } from '../requests/hints.ts'
import { usageError } from './exit-codes.ts'

type Format = 'text' | 'json' | 'markdown'

/** Whom to ask: a service, or the engine in this process. */
export type Source =
  | { readonly kind: 'server'; readonly url: URL; readonly apiKey: string | null }
  | { readonly kind: 'local'; readonly snapshot: string | null; readonly evidence: boolean }

export interface Options {
  readonly source: Source
  readonly format: Format
  readonly locale: Locale
  readonly hints: Hints
  readonly fresh: boolean
}

export type Invocation =
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'explain'; readonly options: Options; readonly file: string | null }
  | { readonly kind: 'wrap'; readonly options: Options; readonly command: readonly [string, ...string[]] }

export type Environment = Readonly<Record<string, string | undefined>>

const text = { type: 'string' } as const
const flag = { type: 'boolean', default: false } as const
const definitions = {
  server: text,
  'api-key': text,
  snapshot: text,
  'no-evidence': flag,
  fresh: flag,
  principal: text,
  action: text,
  resource: text,
  'resource-account': text,
  region: text,
  json: flag,
  markdown: flag,
  locale: text,
  help: { ...flag, short: 'h' },
  version: { ...flag, short: 'v' },
} as const

/** Reads the command line; throws a usage error of one clear line. */
export function readInvocation(argv: readonly string[], environment: Environment): Invocation {
  const separator = argv.indexOf('--')
  const own = separator < 0 ? argv : argv.slice(0, separator)
  const { values, positionals } = parse(own)
  if (values.help) return { kind: 'help' }
  if (values.version) return { kind: 'version' }
  const options = readOptions(values, environment)
  if (separator >= 0) return wrapping(options, argv.slice(separator + 1), positionals)
  const [file, ...others] = positionals
  if (others.length > 0)
    throw usageError('One file at a time. To run a command, put -- before it: access-denied-explainer -- aws s3 ls')
  return { kind: 'explain', options, file: file === undefined || file === '-' ? null : file }
}

function wrapping(options: Options, command: readonly string[], files: readonly string[]): Invocation {
  const [program, ...rest] = command
  if (program === undefined) throw usageError('There is no command after --.')
  if (files.length > 0) throw usageError('Either a file or a command, not both.')
  return { kind: 'wrap', options, command: [program, ...rest] }
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: definitions, allowPositionals: true, strict: true })
  } catch (error) {
    throw usageError(error instanceof Error ? error.message : 'The options could not be read.')
  }
}

type Values = ReturnType<typeof parse>['values']

/** Said here, so that no hint is dropped in silence; the service would refuse them too. */
const hintForms: readonly (readonly [option: 'action' | 'resource-account' | 'region', form: RegExp, says: string])[] =
  [
    ['action', actionForm, fieldWords.action.en],
    ['resource-account', accountForm, fieldWords.account.en],
    ['region', regionForm, fieldWords.region.en],
  ]

function readOptions(values: Values, environment: Environment): Options {
  if (values.json && values.markdown) throw usageError('Either --json or --markdown.')
  for (const [option, form, says] of hintForms) {
    const value = values[option]
    if (value !== undefined && !form.test(value)) throw usageError(`--${option}: ${says}.`)
  }
  return {
    source: readSource(values, environment),
    format: values.json ? 'json' : values.markdown ? 'markdown' : 'text',
    locale: readLocale(values.locale),
    hints: {
      ...(values.principal === undefined ? {} : { principal: values.principal }),
      ...(values.action === undefined ? {} : { action: values.action }),
      ...(values.resource === undefined ? {} : { resource: values.resource }),
      ...(values['resource-account'] === undefined ? {} : { resourceAccount: values['resource-account'] }),
      ...(values.region === undefined ? {} : { region: values.region }),
    },
    fresh: values.fresh,
  }
}

function readSource(values: Values, environment: Environment): Source {
  const evidence = !values['no-evidence']
  const snapshot = values.snapshot ?? null
  if (snapshot !== null && !evidence) throw usageError('Either --snapshot or --no-evidence.')
  const asked = snapshot !== null || !evidence
  const server = values.server ?? (asked ? undefined : nonEmpty(environment['ACCESS_DENIED_EXPLAINER_SERVER']))
  if (server === undefined) return { kind: 'local', snapshot, evidence }
  if (asked) throw usageError('--snapshot and --no-evidence are about this process; leave them out with --server.')
  const url = URL.canParse(server) ? new URL(server) : null
  if (url === null || !/^https?:$/.test(url.protocol))
    throw usageError('--server needs an address such as https://host.')
  const apiKey = values['api-key'] ?? nonEmpty(environment['ACCESS_DENIED_EXPLAINER_API_KEY']) ?? null
  if (apiKey !== null && !keyForm.test(apiKey))
    throw usageError('The API key contains an invalid character or is shorter than 8 characters.')
  return { kind: 'server', url, apiKey }
}

function readLocale(value: string | undefined): Locale {
  const locale = locales.find((name) => name === (value ?? 'en'))
  if (locale === undefined) throw usageError(`--locale is one of ${locales.join(', ')}.`)
  return locale
}

/** What the service takes for a key. */
const keyForm = /^[\w.~+/=-]{8,512}$/

const nonEmpty = (value: string | undefined): string | undefined => (value === '' ? undefined : value)
