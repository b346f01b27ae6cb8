import { ECRClient, GetRepositoryPolicyCommand } from '@aws-sdk/client-ecr'
import { absentAsNull, mapOutcome, policyPart, type ReadResource } from './reading.ts'

export const readRepository: ReadResource = async (reading) => {
  const { readers, access, calls, target } = reading
  const client = readers.access.client(access, target.region, 'ecr', (config) => new ECRClient(config))
  const outcome = await calls.make('ecr:GetRepositoryPolicy', (abortSignal) =>
    client.send(new GetRepositoryPolicyCommand({ repositoryName: target.name, registryId: access.account }), {
      abortSignal,
    }),
  )
  return policyPart(
    reading,
    mapOutcome(absentAsNull(outcome, /^RepositoryPolicyNotFoundException$/), (found) => found?.policyText),
  )
}
