import type { EvidenceGatherer, EvidencePorts, EvidenceSettings } from '../question.ts'

export function openAws(
  _settings: EvidenceSettings,
  _ports: EvidencePorts,
  _options: { readonly needCredentials: boolean },
): Promise<EvidenceGatherer | null> {
  return Promise.resolve(null)
}
