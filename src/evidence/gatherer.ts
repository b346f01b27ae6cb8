import { fileURLToPath } from 'node:url'
import type { EvidenceGatherer, EvidencePorts, EvidenceSettings } from './question.ts'
import { emptyGatherer, snapshotGatherer } from './snapshot/snapshot-gatherer.ts'
import { openSnapshot } from './snapshot/snapshot-store.ts'

const sampleFile = fileURLToPath(new URL('../../data/sample-account.json', import.meta.url))
const snapshotPollMilliseconds = 2000

type Source = EvidenceGatherer['source']

/**
 * Where evidence comes from is decided here, once, at start; a request never falls back to another source.
 * The AWS SDK is loaded only where it is used.
 */
export async function createGatherer(settings: EvidenceSettings, ports: EvidencePorts = {}): Promise<EvidenceGatherer> {
  const gatherer = await open(settings, ports)
  ports.log?.({
    level: 'info',
    code: 'evidence-source',
    values: { source: gatherer.source, setting: settings.EVIDENCE },
  })
  return gatherer
}

async function open(settings: EvidenceSettings, ports: EvidencePorts): Promise<EvidenceGatherer> {
  const wanted = settings.EVIDENCE === 'auto' && settings.SNAPSHOT_FILE !== undefined ? 'snapshot' : settings.EVIDENCE
  if (wanted === 'auto' || wanted === 'aws') {
    const { openAws } = await import('./aws/aws-gatherer.ts')
    const aws = await openAws(settings, ports, { needCredentials: wanted === 'auto' })
    if (aws !== null) return aws
  }
  return openOffline(wanted === 'auto' || wanted === 'aws' ? 'sample' : wanted, settings, ports)
}

async function openOffline(
  source: Exclude<Source, 'aws' | 'request'>,
  settings: EvidenceSettings,
  ports: EvidencePorts,
): Promise<EvidenceGatherer> {
  const now = ports.now ?? Date.now
  if (source === 'none') return emptyGatherer(now)
  const path = source === 'sample' ? sampleFile : settings.SNAPSHOT_FILE
  if (path === undefined) throw new Error('EVIDENCE=snapshot needs SNAPSHOT_FILE')
  const store = await openSnapshot({
    path,
    log: source === 'sample' ? () => undefined : (ports.log ?? (() => undefined)),
    pollMilliseconds: source === 'sample' ? 0 : snapshotPollMilliseconds,
  })
  return snapshotGatherer(store, source, now)
}
