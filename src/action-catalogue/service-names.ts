import { ownValue } from '../iam/own-value.ts'
import { readDataFile } from './data-file.ts'
import { spellingsOf } from './normalise-service.ts'

const handMade = readDataFile('service-name-exceptions.json') as Readonly<Record<string, string>>
const generated = readDataFile('service-names.json') as Readonly<Record<string, string>>

/** IAM prefix for an SDK service id, signing name, endpoint name, service principal or message wording. */
export const prefixFor = (service: string): string | null => {
  for (const name of spellingsOf(service)) {
    const prefix = ownValue(handMade, name) ?? ownValue(generated, name)
    if (prefix !== undefined) return prefix
  }
  // `sqs.us-east-1.amazonaws.com`, `bedrock-runtime.eu-west-1`: the endpoint's first label names the service.
  const label = service.split('.')[0] ?? ''
  return label === service || label === '' ? null : prefixFor(label)
}
