import { DescribeVpcEndpointsCommand, EC2Client } from '@aws-sdk/client-ec2'
import { mapOutcome, policyPart, type ReadResource } from './reading.ts'

/** The policy of the VPC endpoint that the request took, where its id is known. */
export const readVpcEndpoint: ReadResource = async (reading) => {
  const { readers, access, calls, target } = reading
  const client = readers.access.client(access, target.region, 'ec2', (config) => new EC2Client(config))
  const outcome = await calls.make('ec2:DescribeVpcEndpoints', (abortSignal) =>
    client.send(new DescribeVpcEndpointsCommand({ VpcEndpointIds: [target.name] }), { abortSignal }),
  )
  const policy = mapOutcome(outcome, ({ VpcEndpoints }) => VpcEndpoints?.[0]?.PolicyDocument)
  // Whose endpoint it is says nothing about whose resource was asked for.
  return { ...policyPart(reading, policy, 'vpc-endpoint'), resourceAccount: null }
}
