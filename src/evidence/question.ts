import type { Denial } from '../denial/denial.ts'
import type { Policies } from '../iam/policies.ts'
import type { RequestContext } from '../iam/request.ts'
import type { DeniedRequest } from '../requests/denied-request.ts'
import type { Evidence, EvidenceSource, GapReason } from './evidence.ts'
import type { RedisConnection } from './redis-connection.ts'

/** What the caller of the API hands over himself; it replaces what would be read, per policy type. */
export interface RequestEvidence {
  readonly policies?: Policies | undefined
  readonly context?: RequestContext | undefined
  readonly contextComplete?: boolean | undefined
}

export interface EvidenceQuestion {
  readonly denial: Denial
  readonly requests: readonly DeniedRequest[]
  readonly requested: RequestEvidence | null
  /** `Cache-Control: no-cache`: read again, whatever is cached. */
  readonly fresh: boolean
  readonly signal?: AbortSignal | undefined
}

/** Where evidence comes from. `collect` never throws: what could not be read is a gap. */
export interface EvidenceGatherer {
  readonly source: EvidenceSource
  collect(question: EvidenceQuestion): Promise<Evidence>
  /** Begins what the first question would otherwise wait for; called when the service listens. */
  prepare?(): void
  close(): Promise<void>
}

/** Counters. What is handed over names services and operations only, never anything pasted. */
export interface EvidenceObserver {
  awsCall(service: string, operation: string, outcome: 'ok' | GapReason, milliseconds: number): void
  cache(result: 'hit' | 'miss' | 'stale'): void
  gap(reason: GapReason): void
}

/** Something worth a log line, in a stable code with values. */
export interface EvidenceEvent {
  readonly level: 'info' | 'warn'
  readonly code:
    | 'evidence-source'
    | 'aws-identity-unknown'
    | 'profile-without-credentials'
    | 'snapshot-loading'
    | 'snapshot-loaded'
    | 'snapshot-kept'
    | 'redis-away'
    | 'redis-back'
  readonly values: Readonly<Record<string, string | number>>
}

/** What the gatherers need from outside; everything has a default. */
export interface EvidencePorts {
  readonly observe?: EvidenceObserver | undefined
  readonly log?: ((event: EvidenceEvent) => void) | undefined
  readonly now?: (() => number) | undefined
  /** A connection that others use too; without it one is made where `REDIS_URL` is set. */
  readonly redis?: RedisConnection | null | undefined
}

/** The settings that concern evidence, under their names in the environment. */
export interface EvidenceSettings {
  readonly EVIDENCE: 'auto' | 'aws' | 'snapshot' | 'sample' | 'none'
  readonly SNAPSHOT_FILE?: string | undefined
  readonly ALLOWED_ACCOUNTS: readonly string[]
  readonly ASSUME_ROLE_NAME?: string | undefined
  readonly ASSUME_ROLE_EXTERNAL_ID?: string | undefined
  readonly EVIDENCE_TIMEOUT_MS: number
  readonly REDIS_URL?: string | undefined
  readonly AWS_ENDPOINT_URL_IAM_TOOLBOX?: string | undefined
}
