import { parseArn } from '../../iam/arn.ts'
import type { Confidence } from '../diagnosis.ts'
import { finding, type Finding } from '../finding.ts'
import { addToIdentity } from '../fixes.ts'
import { allowsOf, type Situation } from '../situation.ts'
import { coversResource } from '../statements.ts'
import { addUnderLimits, notOfCircumstances } from './same-limits.ts'

/**
 * Calls that are authorised on several resources at once: the ARNs beside the denied one, as far as known.
 * Glue: https://docs.aws.amazon.com/glue/latest/dg/glue-specifying-resource-arns.html
 */
function neededTogether(s: Situation, action: string, resource: string): readonly string[] {
  const arn = parseArn(resource)
  if (arn === null) return []
  const at = (tail: string): string => `arn:${arn.partition}:${arn.service}:${arn.region}:${arn.account}:${tail}`
  if (arn.service === 'glue' && arn.resource.startsWith('registry/')) return registry(s, action, arn.resource).map(at)
  if (arn.service === 'glue') return glue(action, arn.resource).map(at)
  if (arn.service === 'bedrock' && arn.resource.startsWith('inference-profile/')) {
    const model = arn.resource
      .slice('inference-profile/'.length)
      .replace(/^(?:us|eu|apac|ap|us-gov|global|jp|au|ca)\./u, '')
    return [resource, `arn:${arn.partition}:bedrock:*::foundation-model/${model}`]
  }
  if (arn.service === 'bedrock' && arn.resource.startsWith('foundation-model/')) {
    const model = arn.resource.slice('foundation-model/'.length)
    const profile = allowsOf(s, 'identity-based', action)
      .flatMap(({ resources }) => resources)
      .find((own) => own.includes(':inference-profile/') && own.endsWith(`.${model}`))
    return profile === undefined ? [] : [profile, `arn:${arn.partition}:bedrock:*::foundation-model/${model}`]
  }
  if (action.toLowerCase() === 'ssm:startsession' && arn.resource.startsWith('instance/'))
    return [resource, `arn:${arn.partition}:ssm:${s.region ?? '<Region>'}::document/SSM-SessionManagerRunShell`]
  return []
}

/** What the singular and plural operations on a part of the catalog are checked on. */
function glue(action: string, resource: string): readonly string[] {
  const name = action.split(':')[1] ?? ''
  const onTables = /(?:Table|Partition|ColumnStatistics)/u.test(name)
  const onDatabases = /Database|UserDefinedFunction/u.test(name)
  if (!onTables && !onDatabases) return []
  const [kind, database = '<DatabaseName>', table] = resource.split('/')
  if (!['catalog', 'database', 'table'].includes(kind ?? '')) return []
  const databaseName = kind === 'catalog' ? '<DatabaseName>' : database
  const base = ['catalog', `database/${databaseName}`]
  return onTables ? [...base, `table/${databaseName}/${table ?? '*'}`] : base
}

/** What is asked of a schema is asked of its registry first. */
function registry(s: Situation, action: string, resource: string): readonly string[] {
  const types = s.catalogue.find(action)?.resourceTypes.map(({ name }) => name) ?? []
  const name = resource.split('/')[1] ?? ''
  return types.includes('schema') && types.includes('registry') ? [resource, `schema/${name}/<Schema>`] : []
}

/** Two resources that a call is always checked on: one database and its catalog, a schema and its registry, a profile and its model. */
const isPair = /^glue:(?:Create|Delete|Get|Update)Database |:glue:[^ ]{0,60}:registry\/|inference-profile\//iu

/** One call checked on several resources, of which the policies cover a part, or nobody knows. */
export function companionResources(
  s: Situation,
  action: string,
  printed: string | null,
  confidence: Confidence,
): Finding | null {
  // An account that was taken out leaves the kind of resource and its name.
  const resource = printed ?? (s.denial.resource?.startsWith('arn:') === true ? s.resourcePattern : null)
  if (resource === null) return null
  const together = neededTogether(s, action, resource)
  if (together.length < 2) return null
  const naming = allowsOf(s, 'identity-based', action)
  const covered = together.filter((arn) => naming.some((read) => coversResource(read, arn)))
  // With the policies at hand and none of the resources granted, the action itself is what is missing.
  if (s.wasRead('identity-based') && covered.length === 0) return null
  if (!s.wasRead('identity-based') && together.length < 3 && !isPair.test(`${action} ${resource}`)) return null
  // What a statement with a condition grants it still grants under it alone.
  const conditioned = naming.find((read) => read.conditions.length > 0)
  const open = together.filter((arn) => !covered.includes(arn))
  const fix =
    conditioned === undefined || open.length === 0
      ? addToIdentity(s, [action], together)
      : addUnderLimits(s, conditioned, [action], open, { unfit: notOfCircumstances(conditioned) })
  return finding('companion-resource-needed', confidence, [fix], {
    resources: together.join(', '),
    types: together.map((arn) => (parseArn(arn)?.resource ?? '').split('/')[0]).join(', '),
  })
}

/** What kind of thing an ARN names: its service and the word before the name. WAF writes the scope first. */
const typeOf = (arn: string): string | null => {
  const parsed = parseArn(arn)
  const words = parsed?.resource.split(/[/:]/u) ?? []
  const word = parsed?.service === 'wafv2' ? words[1] : words[0]
  return parsed === null ? null : `${parsed.service}:${word ?? ''}`
}

/**
 * The action takes several types of resource, and the policy names only others than the denied one: the same call
 * is checked on each. S3's buckets and objects are told apart elsewhere.
 */
export function isOtherType(s: Situation, action: string, resource: string, granted: readonly string[]): boolean {
  const types = new Set(s.catalogue.find(action)?.resourceTypes.map(({ arnPattern }) => typeOf(arnPattern)) ?? [])
  const denied = typeOf(resource)
  if (denied === null || denied.startsWith('s3:') || !types.has(denied)) return false
  const known = granted.map(typeOf)
  return known.length > 0 && known.every((type) => type !== null && type !== denied && types.has(type))
}

/**
 * SES checks the recipient too where that is an identity of the account, as in the sandbox: an identity of a domain
 * that the policy does not speak of.
 */
export function isRecipient(resource: string, granted: readonly string[]): boolean {
  const domainOf = (arn: string): string | undefined => /:ses:[^:]*:[^:]*:identity\/(?:.*@)?([^@*]+)$/u.exec(arn)?.[1]
  const denied = domainOf(resource)
  const known = granted.map(domainOf).filter((domain) => domain !== undefined)
  return denied !== undefined && resource.includes('@') && known.length > 0 && !known.includes(denied)
}
