import type { ClueShape } from '../clue-shape.ts'

/** What the panels of EC2's console call what they list, in lower case, and the operation behind each. */
const panels: readonly (readonly [name: string, operation: string, service?: string])[] = [
  ['running instances', 'DescribeInstances'],
  ['instances', 'DescribeInstances'],
  ['dedicated hosts', 'DescribeHosts'],
  ['volumes', 'DescribeVolumes'],
  ['snapshots', 'DescribeSnapshots'],
  ['key pairs', 'DescribeKeyPairs'],
  ['placement groups', 'DescribePlacementGroups'],
  ['security groups', 'DescribeSecurityGroups'],
  ['elastic ip', 'DescribeAddresses'],
  ['images', 'DescribeImages'],
  ['network interfaces', 'DescribeNetworkInterfaces'],
  ['launch templates', 'DescribeLaunchTemplates'],
  ['availability zones', 'DescribeAvailabilityZones'],
  ['capacity reservations', 'DescribeCapacityReservations'],
  ['spot requests', 'DescribeSpotInstanceRequests'],
  ['reserved instances', 'DescribeReservedInstances'],
  ['load balancers', 'DescribeLoadBalancers', 'elasticloadbalancing'],
  ['auto scaling groups', 'DescribeAutoScalingGroups', 'autoscaling'],
]

/** Panels of the console that could not be filled, each with the name of what it lists. */
export const operationsOfEc2Console = panels.map(([name, operation, service = 'ec2']): ClueShape => ({
  kind: 'operation-told',
  phrases: [`you are not authorized to describe ${name}`],
  values: { service, operation },
  standsAlone: false,
  seen: 'the console of EC2, on its dashboard',
  example: `You are not authorized to describe ${name}`,
}))
