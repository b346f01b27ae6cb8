import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs'
import { combine } from '../../evidence-part.ts'
import { dnsSuffix } from '../../../iam/dns-suffix.ts'
import { keyBehind } from './kms.ts'
import { mapOutcome, policyPart, type ReadResource } from './reading.ts'

export const readQueue: ReadResource = async (reading) => {
  const { readers, access, calls, target } = reading
  // The URL only names the queue: a custom endpoint, or the Region's, is where the request goes.
  const client = readers.access.client(
    access,
    target.region,
    'sqs',
    (config) => new SQSClient({ ...config, useQueueUrlAsEndpoint: false }),
  )
  const QueueUrl = `https://sqs.${target.region ?? ''}.${dnsSuffix(target.partition)}/${access.account}/${target.name}`
  const outcome = await calls.make('sqs:GetQueueAttributes', (abortSignal) =>
    client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }), { abortSignal }),
  )
  const policy = policyPart(
    reading,
    mapOutcome(outcome, ({ Attributes }) => Attributes?.['Policy']),
  )
  const key = outcome.ok ? outcome.value.Attributes?.['KmsMasterKeyId'] : undefined
  return outcome.ok ? combine([policy, await keyBehind(reading, 'sqs-encryption-key', key, target.region)]) : policy
}
