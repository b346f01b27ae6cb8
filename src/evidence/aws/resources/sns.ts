import { GetTopicAttributesCommand, SNSClient } from '@aws-sdk/client-sns'
import { combine } from '../../evidence-part.ts'
import { keyBehind } from './kms.ts'
import { mapOutcome, policyPart, type ReadResource } from './reading.ts'

export const readTopic: ReadResource = async (reading) => {
  const { readers, access, calls, target } = reading
  const client = readers.access.client(access, target.region, 'sns', (config) => new SNSClient(config))
  const outcome = await calls.make('sns:GetTopicAttributes', (abortSignal) =>
    client.send(new GetTopicAttributesCommand({ TopicArn: target.arn }), { abortSignal }),
  )
  const policy = policyPart(
    reading,
    mapOutcome(outcome, ({ Attributes }) => Attributes?.['Policy']),
  )
  const key = outcome.ok ? outcome.value.Attributes?.['KmsMasterKeyId'] : undefined
  return outcome.ok ? combine([policy, await keyBehind(reading, 'sns-encryption-key', key, target.region)]) : policy
}
