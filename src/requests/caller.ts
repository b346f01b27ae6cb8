import { isAccountId, parseArn, partitionOfRegion } from '../iam/arn.ts'
import type { Principal, PrincipalType } from '../iam/principal.ts'
import type { Denial } from '../denial/denial.ts'
import { withoutBlottedNames } from './arn-gaps.ts'
import type { Hints } from './hints.ts'
import type { OwnersNamed } from './owners-named.ts'
import { partitionTold } from './partition.ts'

const typeByArnKind: Readonly<Record<string, PrincipalType>> = {
  'assumed-role': 'assumed-role',
  'federated-user': 'federated-user',
  user: 'user',
  role: 'role',
  root: 'root',
}

const typeOfText = (text: string): PrincipalType => {
  const arn = parseArn(text)
  if (arn !== null) return typeByArnKind[arn.resource.split('/')[0] ?? ''] ?? 'unknown'
  if (/^[a-z0-9.-]+\.amazonaws\.com(?:\.cn)?$/u.test(text)) return 'service'
  return /^(?:anonymous|\*)$/iu.test(text) ? 'anonymous' : 'unknown'
}

const typeByAction = (action: string | null): PrincipalType | null => {
  const name = action?.toLowerCase()
  if (name === 'sts:assumerolewithwebidentity') return 'web-identity'
  return name === 'sts:assumerolewithsaml' ? 'saml' : null
}

const isServiceLinked = (roleArn: string | undefined, role: string | null): boolean =>
  roleArn?.includes(':role/aws-service-role/') === true || role?.startsWith('AWSServiceRoleFor') === true

/** Who made the request, in the evaluation engine's terms. What only a hint says is used where the text is silent. */
export const callerOf = (denial: Denial, hints: Hints): Principal => {
  const text = denial.principal ?? hints.principal ?? denial.roleArn
  const type =
    (denial.principal === null ? null : denial.principalType) ??
    (text === null ? (denial.principalType ?? typeByAction(denial.action ?? denial.operation)) : typeOfText(text)) ??
    'unknown'
  if (type === 'service') return { type, ...(text === null ? {} : { service: text }) }
  if (type === 'anonymous' || text === null || parseArn(text) === null) return { type }
  const roleArn = denial.roleArn ?? (type === 'role' ? text : undefined)
  return {
    type,
    arn: withoutBlottedNames(text),
    ...(roleArn === undefined ? {} : { roleArn: withoutBlottedNames(roleArn) }),
    ...(isServiceLinked(roleArn, denial.roleOrUserName) ? { serviceLinked: true } : {}),
  }
}

/** Partition, Region and account that the caller and the text let us fill into an ARN. */
export interface Surroundings {
  readonly partition: string
  readonly region: string | null
  readonly account: string | null
  readonly owners?: OwnersNamed
}

export const surroundingsOf = (denial: Denial, hints: Hints): Surroundings => {
  const caller = parseArn(denial.principal ?? hints.principal ?? denial.roleArn ?? '')
  const region = denial.region ?? hints.region ?? null
  const account = denial.accountId ?? caller?.account ?? ''
  return {
    partition:
      caller?.partition ??
      (region === null ? (partitionTold(denial) ?? hints.partition ?? 'aws') : partitionOfRegion(region)),
    region,
    account: isAccountId(account) ? account : null,
    ...(hints.owners === undefined ? {} : { owners: hints.owners }),
  }
}
