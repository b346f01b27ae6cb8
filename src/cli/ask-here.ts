import { ConfigError, readConfig } from '../config.ts'
import { createGatherer } from '../evidence/gatherer.ts'
import { createExplainer } from '../explain.ts'
import { version } from '../http/root.ts'
import type { EvidenceEvent } from '../evidence/question.ts'
import type { Asker } from './ask.ts'
import { fileReasons } from './input.ts'
import { CliError, exitCodes, failure } from './exit-codes.ts'
import type { Environment, Options, Source } from './options.ts'

/** The settings about evidence. Those of a server (address, keys, limits) mean nothing here. */
const names = [
  'EVIDENCE',
  'SNAPSHOT_FILE',
  'ALLOWED_ACCOUNTS',
  'ASSUME_ROLE_NAME',
  'ASSUME_ROLE_EXTERNAL_ID',
  'EVIDENCE_TIMEOUT_MS',
  'AWS_ENDPOINT_URL_IAM_TOOLBOX',
] as const

/** The same engine as the service's, in this process. */
export async function askHere(
  source: Extract<Source, { kind: 'local' }>,
  options: Options,
  environment: Environment,
  warn: (message: string) => void,
): Promise<Asker> {
  const config = settings(source, environment)
  const log = ({ code, values }: EvidenceEvent): void => {
    if (code === 'profile-without-credentials')
      warn(`The profile ${String(values['profile'])} gave no credentials: ${String(values['reason'])}`)
  }
  const gatherer = await createGatherer(config, { log }).catch((error: unknown) => {
    throw failure(reasonOf(error, config.SNAPSHOT_FILE))
  })
  const offline = await createGatherer({ ...config, EVIDENCE: 'none' })
  // Nobody at a shell without credentials asks about the sample account, unless they say so.
  const unasked = config.EVIDENCE === 'auto' && gatherer.source === 'sample'
  const explainer = createExplainer({ gatherer: unasked ? offline : gatherer, offline, version })
  return {
    ask: (text) => {
      const { hints, locale, fresh } = options
      return explainer.explain({ text, hints, locale, fresh })
    },
    async close() {
      await Promise.all([gatherer.close(), offline.close()])
    },
  }
}

function reasonOf(error: unknown, snapshot: string | undefined): string {
  if (!(error instanceof Error)) return 'The policies cannot be read.'
  const code = 'code' in error ? String(error.code) : ''
  return snapshot !== undefined && code in fileReasons
    ? `${snapshot} cannot be read: ${fileReasons[code] ?? code}`
    : error.message
}

function settings(source: Extract<Source, { kind: 'local' }>, environment: Environment) {
  const own = Object.fromEntries(names.map((name) => [name, environment[name]]))
  const asked = {
    ...(source.evidence ? {} : { EVIDENCE: 'none' }),
    ...(source.snapshot === null ? {} : { EVIDENCE: 'snapshot', SNAPSHOT_FILE: source.snapshot }),
  }
  try {
    return readConfig({ ...own, ...asked })
  } catch (error) {
    if (error instanceof ConfigError) throw new CliError(exitCodes.usage, error.message)
    throw error
  }
}
