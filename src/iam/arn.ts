/** The six parts of an ARN; `resource` keeps its own colons and slashes. */
export interface Arn {
  readonly partition: string
  readonly service: string
  readonly region: string
  readonly account: string
  readonly resource: string
}

/** Splits an ARN; `null` for anything else. Account and region are taken as they stand, masked or malformed too. */
export const parseArn = (text: string): Arn | null => {
  const [scheme, partition, service, region, account, ...rest] = text.split(':')
  if (scheme !== 'arn' || partition === undefined || service === undefined || rest.length === 0) return null
  return { partition, service, region: region ?? '', account: account ?? '', resource: rest.join(':') }
}

export const formatArn = ({ partition, service, region, account, resource }: Arn): string =>
  ['arn', partition, service, region, account, resource].join(':')

export const isAccountId = (text: string | null | undefined): text is string => /^\d{12}$/u.test(text ?? '')

/** Partition that a Region belongs to, by its name. */
export const partitionOfRegion = (region: string): string => {
  if (region.startsWith('cn-')) return 'aws-cn'
  if (region.startsWith('us-gov-')) return 'aws-us-gov'
  if (region.startsWith('us-iso-')) return 'aws-iso'
  if (region.startsWith('us-isob-')) return 'aws-iso-b'
  return region.startsWith('eusc-') ? 'aws-eusc' : 'aws'
}

/**
 * The role behind a role session, without its path: `arn:aws:sts::A:assumed-role/R/session` → `arn:aws:iam::A:role/R`.
 * The session's ARN does not show the path, so the result is exact only for roles that have none.
 */
export const roleArnOfSession = (sessionArn: string): string | null => {
  const arn = parseArn(sessionArn)
  const [kind, role] = arn?.resource.split('/') ?? []
  if (arn?.service !== 'sts' || kind !== 'assumed-role' || role === undefined || role === '') return null
  return formatArn({ ...arn, service: 'iam', region: '', resource: `role/${role}` })
}
