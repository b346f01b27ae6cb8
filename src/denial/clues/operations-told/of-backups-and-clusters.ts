import type { ClueShape } from '../clue-shape.ts'

/** Operations by what backup tools and the controllers of clusters say that they were doing. */
export const operationsOfBackupsAndClusters = [
  {
    kind: 'operation-told',
    phrases: ['error creating snapshot" ', 'error taking snapshot of volume'],
    values: { service: 'ec2', operation: 'CreateSnapshot' },
    standsAlone: false,
    seen: 'Velero, on snapshots of EBS volumes',
    example: 'error taking snapshot of volume: rpc error: code = Unknown desc = UnauthorizedOperation',
  },
  {
    kind: 'operation-told',
    phrases: ['unable to determine if bucket '],
    capture: /unable to determine if bucket \\{0,3}["'](?<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])/u,
    values: { service: 's3', operation: 'HeadBucket' },
    standsAlone: false,
    seen: 'Kopia, with which Velero backs volumes up',
    example: 'unable to determine if bucket "backups" exists: Access Denied.',
  },
  {
    kind: 'operation-told',
    phrases: ['error listing backups in backup store'],
    values: { service: 's3', operation: 'ListObjectsV2' },
    standsAlone: false,
    seen: 'Velero, on the location of its backups',
    example: 'Error listing backups in backup store: AccessDenied: Access Denied',
  },
  {
    kind: 'operation-told',
    phrases: ['error getting volume info: '],
    values: { service: 'ec2', operation: 'DescribeVolumes' },
    standsAlone: false,
    seen: 'Velero, on snapshots of EBS volumes',
    example: 'error getting volume info: rpc error: code = Unknown desc = UnauthorizedOperation',
  },
  {
    kind: 'operation-told',
    phrases: ['error fetching credentials: '],
    capture:
      /^error fetching credentials: (?:rpc error: [^\n]{0,60}desc = )?AccessDenied\b[^]{0,250}?\/meta-data\/iam\/security-credentials\/(?<role>[\w+=,.@-]{1,63}[\w+=@-])/iu,
    values: { service: 'sts', operation: 'AssumeRole' },
    standsAlone: false,
    seen: 'kiam, which assumes a role for each pod that asks the metadata service',
    example:
      'error fetching credentials: AccessDenied: Access denied, path: /latest/meta-data/iam/security-credentials/web',
  },
  {
    kind: 'operation-told',
    phrases: ['does not have permissions to manage vpc endpoints'],
    values: { service: 'ec2', operation: 'CreateVpcEndpoint' },
    standsAlone: false,
    seen: 'MWAA, of whoever makes an environment',
    example: 'AccessDeniedException: User does not have permissions to manage VPC endpoints.',
  },
  {
    kind: 'operation-told',
    phrases: ['failed to query the managed nodegroup', 'from eks describenodegroup api'],
    values: { service: 'eks', operation: 'DescribeNodegroup' },
    standsAlone: false,
    seen: 'Cluster Autoscaler, which looks for labels and taints',
    example: 'Failed to query the managed nodegroup workers for the cluster shop: AccessDeniedException',
  },
  {
    kind: 'operation-told',
    phrases: ['unable to build proper template node'],
    values: { service: 'ec2', operation: 'DescribeLaunchTemplateVersions' },
    standsAlone: false,
    seen: 'Cluster Autoscaler, for groups that have a launch template',
    example: 'Unable to build proper template node for workers: UnauthorizedOperation',
  },
  {
    kind: 'operation-told',
    phrases: ['failed to generate aws ec2 instance types'],
    values: { service: 'ec2', operation: 'DescribeInstanceTypes' },
    standsAlone: false,
    seen: 'Cluster Autoscaler',
    example: 'Failed to generate AWS EC2 Instance Types: UnauthorizedOperation',
  },
] as const satisfies readonly ClueShape[]
