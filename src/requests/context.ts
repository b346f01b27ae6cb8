import { formatArn, isAccountId, parseArn } from '../iam/arn.ts'
import { ownValue } from '../iam/own-value.ts'
import type { ActionCatalogue } from '../action-catalogue/action-catalogue.ts'
import type { Denial } from '../denial/denial.ts'
import type { RequestContext } from '../iam/request.ts'
import { claimsTold } from './claims-told.ts'
import type { AskedAction } from './which-action.ts'
import { parameterOf } from './parameters.ts'
import { receiversOf } from './passed-to.ts'

/** Signed for one Region whatever the client says, so that aws:RequestedRegion is that one. */
const globalServices: Readonly<Record<string, string>> = {
  iam: 'us-east-1',
  organizations: 'us-east-1',
  route53: 'us-east-1',
  cloudfront: 'us-east-1',
  support: 'us-east-1',
}

/** The caller does not choose the Region in which such a service is asked. */
export const isGlobalService = (prefix: string): boolean => ownValue(globalServices, prefix) !== undefined

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html#access-points-condition-keys */
const throughAccessPoint = (resource: string | null): RequestContext => {
  const arn = parseArn(resource ?? '')
  const name = arn?.service === 's3' ? /^accesspoint\/[^/:]+/u.exec(arn.resource)?.[0] : undefined
  if (arn === null || name === undefined || !isAccountId(arn.account)) return {}
  return {
    's3:DataAccessPointArn': formatArn({ ...arn, resource: name }),
    's3:DataAccessPointAccount': arn.account,
  }
}

/**
 * A model behind a global inference profile has no Region in its ARN, and neither has the request for it.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/global-cross-region-inference.html
 */
const isOfGlobalProfile = (resource: string | null): boolean =>
  /^arn:[a-z-]+:bedrock:::foundation-model\//u.test(resource ?? '')

/** What stands in the text of the encryption context; of two values of one key nobody knows which was sent. */
const encryptionContextOf = (denial: Denial): RequestContext => {
  const told = denial.clues.flatMap(({ kind, values }) => {
    const { name, value } = values
    return kind !== 'encryption-context-told' || name === undefined || value === undefined
      ? []
      : [[name, value] as const]
  })
  const single = told.filter(([name, value]) => told.every(([other, sent]) => other !== name || sent === value))
  return Object.fromEntries(single.map(([name, value]) => [`kms:EncryptionContext:${name}`, value]))
}

/** Addresses of a network of somebody's own are none that AWS sees, unless by way of an endpoint. */
const notPublic = /^(?:0|10|127|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])|169\.254|172\.(?:1[6-9]|2\d|3[01])|192\.168)\./u

/** The address that whoever made the call tells as his own; of two nobody knows which it was. */
const addressTold = (denial: Denial): RequestContext => {
  const told = denial.clues.flatMap(({ kind, values }) => (kind === 'caller-address' ? (values['address'] ?? []) : []))
  const [address, ...others] = [...new Set(told)]
  return address === undefined || others.length > 0 || notPublic.test(address) ? {} : { 'aws:SourceIp': address }
}

/** `null` where the call is shown whole, with what it always has, and sends none; absent where it is not shown. */
function externalIdOf({ clues }: Denial, { call }: AskedAction): string | null | undefined {
  const sent = parameterOf(call, 'externalId')
  if (sent !== null) return sent
  const isWhole = parameterOf(call, 'roleArn') !== null && parameterOf(call, 'roleSessionName') !== null
  return isWhole || clues.some(({ kind }) => kind === 'no-external-id-sent') ? null : undefined
}

/** Context keys that follow from the text; what the paste proves outright goes before what is derived here. */
export const contextOf = (
  denial: Denial,
  asked: AskedAction,
  region: string | null,
  catalogue: ActionCatalogue,
  resource: string | null,
): RequestContext => {
  const prefix = asked.action.split(':')[0] ?? ''
  const requestedRegion = ownValue(globalServices, prefix) ?? region
  const [receiver, ...others] = asked.action === 'iam:PassRole' ? receiversOf(denial, catalogue) : []
  const listedPrefix = asked.action === 's3:ListBucket' ? parameterOf(asked.call, 'prefix') : null
  const acl = prefix === 's3' ? parameterOf(asked.call, 'acl') : null
  const externalId = asked.action === 'sts:AssumeRole' ? externalIdOf(denial, asked) : undefined
  // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/supported-iam-actions-tagging.html
  const createAction = catalogue.find(asked.action)?.conditionKeys.find((key) => key === `${prefix}:CreateAction`)
  const creator = denial.operation === null ? null : catalogue.find(`${prefix}:${denial.operation}`)
  const creating = creator === null || creator.action === asked.action ? null : denial.operation
  // The path of a service-linked role is its service.
  const linked =
    asked.action === 'iam:CreateServiceLinkedRole'
      ? /:role\/aws-service-role\/([^/*]{1,128})\//u.exec(denial.resource ?? '')?.[1]
      : undefined
  // https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-caller-account
  const callerAccount = prefix === 'kms' && isAccountId(denial.accountId) ? denial.accountId : null
  const uniqueId = /^(?:AROA[A-Z0-9]{12,32}:.+|AIDA[A-Z0-9]{12,32})$/su.exec(denial.principal ?? '')?.[0]
  return {
    ...(uniqueId === undefined ? {} : { 'aws:userid': uniqueId }),
    ...throughAccessPoint(resource),
    ...(callerAccount === null ? {} : { 'kms:CallerAccount': callerAccount }),
    ...(prefix === 'kms' ? encryptionContextOf(denial) : {}),
    ...(requestedRegion === null ? {} : { 'aws:RequestedRegion': requestedRegion }),
    ...(receiver === undefined || others.length > 0 ? {} : { 'iam:PassedToService': receiver }),
    ...(listedPrefix === null ? {} : { 's3:prefix': listedPrefix }),
    ...(acl === null ? {} : { 's3:x-amz-acl': acl }),
    ...(createAction === undefined || creating === null ? {} : { [createAction]: creating }),
    ...(linked === undefined ? {} : { 'iam:AWSServiceName': linked }),
    ...(externalId === undefined ? {} : { 'sts:ExternalId': externalId }),
    ...addressTold(denial),
    ...(asked.action === 'sts:AssumeRoleWithWebIdentity' ? claimsTold(denial) : {}),
    ...denial.context,
    ...(isOfGlobalProfile(resource) ? { 'aws:RequestedRegion': 'unspecified' } : {}),
  }
}
