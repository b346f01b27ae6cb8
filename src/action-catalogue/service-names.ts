import { ownValue } from '../iam/own-value.ts'
import { readDataFile } from './data-file.ts'
import { spellingsOf } from './normalise-service.ts'

const handMade = readDataFile('service-name-exceptions.json') as Readonly<Record<string, string>>
const generated = readDataFile('service-names.json') as Readonly<Record<string, string>>

const listed = (name: string): string | undefined => ownValue(handMade, name) ?? ownValue(generated, name)

const spellings = new Map<string, readonly string[]>()

/** `spellingsOf`, once for each name of the table; names from a paste are not kept. */
export const knownSpellings = (service: string): readonly string[] => {
  if (listed(service) === undefined) return spellingsOf(service)
  const known = spellings.get(service) ?? spellingsOf(service)
  spellings.set(service, known)
  return known
}

/** IAM prefix for an SDK service id, signing name, endpoint name, service principal or message wording. */
export const prefixFor = (service: string): string | null => {
  // Names in the table are compact already.
  const direct = listed(service)
  if (direct !== undefined) return direct
  for (const name of spellingsOf(service)) {
    const prefix = listed(name)
    if (prefix !== undefined) return prefix
  }
  // `sqs.us-east-1.amazonaws.com`, `bedrock-runtime.eu-west-1`: the endpoint's first label names the service.
  const label = service.split('.')[0] ?? ''
  return label === service || label === '' ? null : prefixFor(label)
}
