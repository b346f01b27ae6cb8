import type { ActionFacts } from '../action-catalogue/action-catalogue.ts'
import { formatArn, parseArn, type Arn } from '../iam/arn.ts'
import { secretSuffix } from '../iam/secret-suffix.ts'

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html */
const onGroupItself = /^logs:(?:TagResource|UntagResource|ListTagsForResource)$/u

const logsForm = (arn: Arn, facts: ActionFacts | null): string => {
  // Streams belong to their group: `log-group:NAME:*` is the form that covers them. Tags are the group's own.
  const group = arn.resource.slice('log-group:'.length).split(':')[0] ?? ''
  if (group !== '' && group !== '*' && onGroupItself.test(facts?.action ?? ''))
    return formatArn({ ...arn, resource: `log-group:${group}` })
  return formatArn({ ...arn, resource: group === '' || group === '*' ? 'log-group:*' : `log-group:${group}:*` })
}

const secretForm = (arn: Arn): string => {
  const name = arn.resource
  const isWhole = name.endsWith('??????') || secretSuffix.test(name)
  return formatArn(isWhole ? arn : { ...arn, resource: `${name}-??????` })
}

const takesObjects = (facts: ActionFacts | null): boolean | null =>
  facts === null ? null : facts.resourceTypes.some(({ name }) => name === 'object')
const takesBuckets = (facts: ActionFacts | null): boolean =>
  facts?.resourceTypes.some(({ name }) => name === 'bucket') === true

/** Bucket actions go on the bucket, object actions on its objects, whatever ARN the text had. */
const s3Form = (arn: Arn, facts: ActionFacts | null): string => {
  if (arn.account !== '') return formatArn(arn)
  const slash = arn.resource.indexOf('/')
  if (takesObjects(facts) === true && slash < 0) return formatArn({ ...arn, resource: `${arn.resource}/<ObjectName>` })
  if (takesObjects(facts) === false && takesBuckets(facts) && slash >= 0)
    return formatArn({ ...arn, resource: arn.resource.slice(0, slash) })
  return formatArn(arn)
}

/** An account that somebody masked or made up before pasting; AWS's own, none and wildcards are left alone. */
const isMasked = (account: string): boolean => !/^(?:\d{12}|aws|\*|\?*|<.*>)?$/u.test(account)

/** `${CLUSTER_NAME}` of a template, which IAM would take for a variable of its own, whose names have a colon. */
const templateVariable = /\$\{[^{}:*?$]{1,60}\}/gu

/** The ARN with marked placeholders where the account was masked, and where the text broke off within its last name. */
export const withoutMask = (text: string): string => {
  const whole = text
    .replace(/[^/:]{0,200}(?:\.{3}|\u2026)$/u, '<ResourceName>')
    .replaceAll(templateVariable, '<ResourceName>')
  const arn = parseArn(whole)
  if (arn === null) return text
  return isMasked(arn.account) ? formatArn({ ...arn, account: '<AccountId>' }) : whole
}

/** The ARN in the form in which a policy has to name it for the action; no policy takes a name that is no ARN. */
export const arnForAction = (resource: string, facts: ActionFacts | null): string => {
  const arn = parseArn(withoutMask(resource))
  if (arn === null) return resource === '*' || resource.includes('<') ? resource : '<ResourceArn>'
  if (arn.service === 'logs' && arn.resource.startsWith('log-group:')) return logsForm(arn, facts)
  if (arn.service === 'secretsmanager' && arn.resource.startsWith('secret:')) return secretForm(arn)
  if (arn.service === 'ssm' && arn.resource.startsWith('parameter/'))
    return formatArn({ ...arn, resource: `parameter/${arn.resource.slice('parameter/'.length).replace(/^\/+/u, '')}` })
  return arn.service === 's3' ? s3Form(arn, facts) : formatArn(arn)
}
