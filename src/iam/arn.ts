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
  if (!text.startsWith('arn:')) return null
  // Asked several times a request, so the colons are looked up in place of splitting the text.
  // The colons of CloudFormation's `${AWS::AccountId}` part nothing.
  const split = text.includes('${AWS::') ? text.replaceAll('${AWS::', '${AWS__') : text
  const service = split.indexOf(':', 4) + 1
  const region = service === 0 ? 0 : split.indexOf(':', service) + 1
  const account = region === 0 ? 0 : split.indexOf(':', region) + 1
  const resource = account === 0 ? 0 : split.indexOf(':', account) + 1
  if (resource === 0) return null
  return {
    partition: text.slice(4, service - 1),
    service: text.slice(service, region - 1),
    region: text.slice(region, account - 1),
    account: text.slice(account, resource - 1),
    resource: text.slice(resource),
  }
}

export const formatArn = ({ partition, service, region, account, resource }: Arn): string =>
  `arn:${partition}:${service}:${region}:${account}:${resource}`

/** `eu-west-1` of a resource that lies there; `null` where its ARN names no Region, or hides it. */
export const regionOfArn = (text: string | null | undefined): string | null => arnRegion.exec(text ?? '')?.[1] ?? null
const arnRegion = /^arn:[\w-]+:[\w-]+:((?:[a-z]{2}|eusc)(?:-[a-z]{2,12}){1,3}-\d{1,2}):/u

export const isAccountId = (text: string | null | undefined): text is string => /^\d{12}$/u.test(text ?? '')

/** Partition that a Region belongs to, by its name. */
export const partitionOfRegion = (region: string): string => {
  if (region.startsWith('cn-')) return 'aws-cn'
  if (region.startsWith('us-gov-')) return 'aws-us-gov'
  if (region.startsWith('us-iso-')) return 'aws-iso'
  if (region.startsWith('us-isob-')) return 'aws-iso-b'
  if (region.startsWith('eu-isoe-')) return 'aws-iso-e'
  if (region.startsWith('us-isof-')) return 'aws-iso-f'
  return region.startsWith('eusc-') ? 'aws-eusc' : 'aws'
}

/**
 * The role behind a role session, without its path: `arn:aws:sts::A:assumed-role/R/session` → `arn:aws:iam::A:role/R`.
 * The session's ARN does not show the path, so the result is exact only for roles that have none.
 * People who mask one by hand write `iam` for `sts`.
 */
export const roleArnOfSession = (sessionArn: string): string | null => {
  const arn = parseArn(sessionArn)
  const [kind, role] = arn?.resource.split('/') ?? []
  if (
    (arn?.service !== 'sts' && arn?.service !== 'iam') ||
    kind !== 'assumed-role' ||
    role === undefined ||
    role === ''
  )
    return null
  return formatArn({ ...arn, service: 'iam', region: '', resource: `role/${role}` })
}
