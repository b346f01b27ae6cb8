import { GetFunctionConfigurationCommand, GetPolicyCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { combine } from '../../evidence-part.ts'
import { absentAsNull, factPart, mapOutcome, policyPart, type ReadResource } from './reading.ts'
import { roleFact } from './role.ts'

/** A function's own policy, and the role that it runs with. */
export const readFunction: ReadResource = async (reading) => {
  const { readers, access, calls, target } = reading
  const client = readers.access.client(access, target.region, 'lambda', (config) => new LambdaClient(config))
  const input = {
    FunctionName: target.name,
    ...(target.qualifier === null ? {} : { Qualifier: target.qualifier }),
  }
  const [policy, configuration] = await Promise.all([
    calls.make('lambda:GetPolicy', (abortSignal) => client.send(new GetPolicyCommand(input), { abortSignal })),
    calls.make('lambda:GetFunctionConfiguration', (abortSignal) =>
      client.send(new GetFunctionConfigurationCommand(input), { abortSignal }),
    ),
  ])
  return combine([
    policyPart(
      reading,
      // The same error tells of a missing policy and of a missing function: what the function says decides.
      mapOutcome(
        configuration.ok ? absentAsNull(policy, /^ResourceNotFoundException$/) : policy,
        (found) => found?.Policy,
      ),
    ),
    configuration.ok
      ? await roleFact(reading, 'lambda-role', configuration.value.Role)
      : factPart(reading, 'lambda-role', configuration),
    { facts: configuration.ok ? { 'lambda-encryption-key': configuration.value.KMSKeyArn ?? null } : {} },
  ])
}
