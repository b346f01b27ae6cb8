import { IAMClient } from '@aws-sdk/client-iam'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { fromIni, fromNodeProviderChain, fromTemporaryCredentials } from '@aws-sdk/credential-providers'
import { AdaptiveRetryStrategy, DefaultRateLimiter } from '@smithy/core/retry'
import type { EvidenceSettings } from '../question.ts'
import { keepClients } from './clients.ts'
import { globalRegion, isRegion } from './regions.ts'
import { refusalOf, type Outcome, type Refusal } from './outcome.ts'

type Credentials = Awaited<ReturnType<ReturnType<typeof fromNodeProviderChain>>>
type CredentialProvider = () => Promise<Credentials>

/** Who we are. */
interface Home {
  readonly account: string
  readonly partition: string
  readonly arn: string
}

/** What every client of the SDK is made with. */
export interface ClientConfig {
  readonly region: string
  readonly credentials: CredentialProvider
  readonly retryStrategy: AdaptiveRetryStrategy
  readonly requestHandler: { readonly connectionTimeout: number; readonly requestTimeout: number }
}

/** The right to read in one account. */
export interface Access {
  readonly account: string
  readonly partition: string
  readonly iam: IAMClient
  /** For clients of services with Regions. */
  config(region: string | null): ClientConfig
}

export interface AwsAccess {
  home(): Promise<Outcome<Home>>
  /** Only for our own account and the allowed ones; `not-configured` for all others, without any call. */
  to(account: string | null, partition: string): Promise<Outcome<Access>>
  /** The client of one account and Region, kept for the next time. */
  client<C extends { destroy(): void }>(
    access: Access,
    region: string | null,
    name: string,
    make: (config: ClientConfig) => C,
  ): C
  close(): void
}

const sessionName = 'access-denied-explainer'
const renewBefore = 5 * 60_000
/** However long they say that they live: a clock may have been wrong when they came. */
const renewAfter = 60 * 60_000
const fallbackRegion = 'us-east-1'

export function createAccess(settings: EvidenceSettings): AwsAccess {
  const own = memoized(fromNodeProviderChain({ timeout: 2000, maxRetries: 1 }))
  // Learnt before the first call, not at start: where none is set the instance is asked, which may take a second.
  let homeRegion = fallbackRegion
  let sts: STSClient | undefined
  const configFor = (credentials: CredentialProvider, region: string): ClientConfig => ({
    region,
    credentials,
    retryStrategy: politeRetries(),
    requestHandler: { connectionTimeout: 1000, requestTimeout: settings.EVIDENCE_TIMEOUT_MS },
  })
  const clients = keepClients()
  const accesses = new Map<string, Access>()
  let home: Promise<Outcome<Home>> | undefined

  function open(account: string, partition: string, credentials: CredentialProvider): Access {
    const known = accesses.get(account)
    if (known !== undefined) return known
    const region = globalRegion(partition) ?? homeRegion
    const access: Access = {
      account,
      partition,
      iam: new IAMClient(configFor(credentials, region)),
      config: (wanted) => configFor(credentials, isRegion(wanted) ? wanted : homeRegion),
    }
    accesses.set(account, access)
    return access
  }

  async function openSts(): Promise<STSClient> {
    homeRegion = await configuredRegion()
    return new STSClient(configFor(own, homeRegion))
  }

  async function whoWeAre(): Promise<Outcome<Home>> {
    try {
      sts ??= await openSts()
      const { Account: account = '', Arn: arn = '' } = await sts.send(new GetCallerIdentityCommand({}))
      return { ok: true, value: { account, arn, partition: arn.split(':')[1] ?? 'aws' } }
    } catch (error) {
      home = undefined
      return refusalOf(error, 'sts:GetCallerIdentity')
    }
  }

  async function to(account: string | null, partition: string): Promise<Outcome<Access>> {
    home ??= whoWeAre()
    const us = await home
    if (!us.ok) return us
    if (account === null || account === us.value.account)
      return partition === us.value.partition || account === null
        ? { ok: true, value: open(us.value.account, us.value.partition, own) }
        : notConfigured
    if (!settings.ALLOWED_ACCOUNTS.includes(account) || settings.ASSUME_ROLE_NAME === undefined) return notConfigured
    const roleArn = `arn:${us.value.partition}:iam::${account}:role/${settings.ASSUME_ROLE_NAME}`
    const known = accesses.get(account)
    if (known !== undefined) return { ok: true, value: known }
    const credentials = memoized(
      fromTemporaryCredentials({
        masterCredentials: own,
        params: {
          RoleArn: roleArn,
          RoleSessionName: sessionName,
          ...(settings.ASSUME_ROLE_EXTERNAL_ID === undefined ? {} : { ExternalId: settings.ASSUME_ROLE_EXTERNAL_ID }),
        },
        clientConfig: configFor(own, homeRegion),
      }),
    )
    try {
      await credentials()
    } catch (error) {
      return { ...refusalOf(error, 'sts:AssumeRole'), account: us.value.account }
    }
    return { ok: true, value: open(account, us.value.partition, credentials) }
  }

  return {
    home: () => (home ??= whoWeAre()),
    to,
    client: (access, region, name, make) =>
      clients.get(`${access.account}/${region ?? ''}/${name}`, () => make(access.config(region))),
    close: () => {
      clients.close()
      for (const { iam } of accesses.values()) iam.destroy()
      sts?.destroy()
    },
  }
}

const notConfigured: Refusal = { ok: false, reason: 'not-configured', action: '', code: 'NotConfigured' }

/**
 * Adaptive: after a throttle the client slows down by itself. The SDK would slow down to one request in two seconds,
 * with which no diagnosis ends in time; this floor is what IAM bears easily.
 */
const politeRetries = (): AdaptiveRetryStrategy =>
  new AdaptiveRetryStrategy(3, { rateLimiter: new DefaultRateLimiter({ minFillRate: 10, minCapacity: 4 }) })

/** The Region of the environment or the profile; IAM and STS work without any. */
async function configuredRegion(): Promise<string> {
  const client = new STSClient({})
  try {
    return await client.config.region()
  } catch {
    return fallbackRegion
  } finally {
    client.destroy()
  }
}

/** One resolution for all clients of an account, renewed in time by a clock that nobody sets. */
function memoized(provider: CredentialProvider): CredentialProvider {
  let current: Promise<Credentials> | undefined
  let until = Infinity
  return () => {
    if (current !== undefined && performance.now() < until) return current
    until = Infinity
    const resolving = provider()
    current = resolving
    resolving.then(
      ({ expiration }) => {
        const left = expiration === undefined ? Infinity : expiration.getTime() - Date.now() - renewBefore
        until = performance.now() + Math.min(left, renewAfter)
      },
      () => (current = undefined),
    )
    return resolving
  }
}

/** Do credentials resolve within this time? Instance metadata that does not answer must not hold up the start. */
export async function credentialsResolve(milliseconds: number): Promise<boolean> {
  const provider = fromNodeProviderChain({ timeout: milliseconds, maxRetries: 0 })
  const found = provider().then(
    () => true,
    () => false,
  )
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), milliseconds)
  })
  const answer = await Promise.race([found, late])
  clearTimeout(timer)
  return answer
}

const longestReason = 300

/** Why the profile that somebody asked for gives no credentials, in the SDK's words; `null`: it does, or none was. */
export async function profileWithoutCredentials(
  profile = process.env['AWS_PROFILE'],
): Promise<{ readonly profile: string; readonly reason: string } | null> {
  if (profile === undefined || profile === '') return null
  try {
    await fromIni({ profile, ignoreCache: true })()
    return null
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { profile, reason: reason.replaceAll(/\s+/g, ' ').slice(0, longestReason) }
  }
}
