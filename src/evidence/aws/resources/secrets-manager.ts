import { DescribeSecretCommand, GetResourcePolicyCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { combine } from '../../evidence-part.ts'
import { keyBehind } from './kms.ts'
import { factPart, mapOutcome, policyPart, type ReadResource } from './reading.ts'

/** The key that Secrets Manager uses where none was chosen. */
const standardKey = 'alias/aws/secretsmanager'

export const readSecret: ReadResource = async (reading) => {
  const { readers, access, calls, target } = reading
  const SecretId = target.arn
  const client = readers.access.client(
    access,
    target.region,
    'secretsmanager',
    (config) => new SecretsManagerClient(config),
  )
  const [policy, secret] = await Promise.all([
    calls.make('secretsmanager:GetResourcePolicy', (abortSignal) =>
      client.send(new GetResourcePolicyCommand({ SecretId }), { abortSignal }),
    ),
    calls.make('secretsmanager:DescribeSecret', (abortSignal) =>
      client.send(new DescribeSecretCommand({ SecretId }), { abortSignal }),
    ),
  ])
  return combine([
    policyPart(
      reading,
      mapOutcome(policy, ({ ResourcePolicy }) => ResourcePolicy),
    ),
    secret.ok && secret.value.KmsKeyId !== undefined
      ? await keyBehind(reading, 'secret-encryption-key', secret.value.KmsKeyId, target.region)
      : factPart(
          reading,
          'secret-encryption-key',
          mapOutcome(secret, () => ({ arn: standardKey, manager: 'AWS' })),
        ),
  ])
}
