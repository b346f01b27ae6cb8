import { parseArn } from '../../iam/arn.ts'
import { ownValue } from '../../iam/own-value.ts'
import type { Home } from '../home.ts'
import type { PolicyApi } from './aws-api.ts'
import type { Argv } from './shell.ts'

/** One call of a service for each of reading, writing and removing, which all name the holder in the same way. */
interface ServiceCalls {
  readonly service: string
  readonly get: string
  /** JMESPath of the document in the answer. */
  readonly query: string
  readonly put: string
  readonly parameter: string
  /** Absent: once there is a policy, another one can only replace it. */
  readonly remove?: string
  /** What removing takes beside the name. */
  readonly removeAll?: string
  readonly absent?: string
}

const byArn = (service: string, get: string, put: string, remove: string, absent: string): ServiceCalls => ({
  service,
  get,
  query: 'Policy',
  put,
  parameter: '--policy',
  remove,
  absent,
})

interface Holder {
  readonly calls: ServiceCalls
  readonly named: Argv
  /** Where reading calls the name something else. */
  readonly namedToRead?: Argv
}

const ofResource = (service: string, absent: string): ServiceCalls =>
  byArn(service, 'get-resource-policy', 'put-resource-policy', 'delete-resource-policy', absent)

const ofRepository: ServiceCalls = {
  service: 'codeartifact',
  get: 'get-repository-permissions-policy',
  query: 'policy.document',
  put: 'put-repository-permissions-policy',
  parameter: '--policy-document',
  remove: 'delete-repository-permissions-policy',
  absent: 'ResourceNotFoundException',
}
const ofCodeArtifactDomain: ServiceCalls = {
  ...ofRepository,
  get: 'get-domain-permissions-policy',
  put: 'put-domain-permissions-policy',
  remove: 'delete-domain-permissions-policy',
}
const ofVault = byArn(
  'backup',
  'get-backup-vault-access-policy',
  'put-backup-vault-access-policy',
  'delete-backup-vault-access-policy',
  'ResourceNotFoundException',
)
// Without a policy everybody who reaches a file system may mount it, and with one of a single statement nobody else:
// that there is none ends the command.
const ofFileSystem: ServiceCalls = {
  service: 'efs',
  get: 'describe-file-system-policy',
  query: 'Policy',
  put: 'put-file-system-policy',
  parameter: '--policy',
  remove: 'delete-file-system-policy',
}
const ofSearchDomain: ServiceCalls = {
  service: 'opensearch',
  get: 'describe-domain-config',
  query: "DomainConfig.AccessPolicies.Options || 'None'",
  put: 'update-domain-config',
  parameter: '--access-policies',
}
const ofCluster = byArn(
  'kafka',
  'get-cluster-policy',
  'put-cluster-policy',
  'delete-cluster-policy',
  'NotFoundException',
)
const ofBus: ServiceCalls = {
  service: 'events',
  get: 'describe-event-bus',
  query: 'Policy',
  put: 'put-permission',
  parameter: '--policy',
  remove: 'remove-permission',
  removeAll: '--remove-all-permissions',
}
const ofCatalog: ServiceCalls = {
  ...ofResource('glue', 'EntityNotFoundException'),
  query: 'PolicyInJson',
  parameter: '--policy-in-json',
}
const ofLattice: ServiceCalls = {
  ...byArn('vpc-lattice', 'get-auth-policy', 'put-auth-policy', 'delete-auth-policy', 'ResourceNotFoundException'),
  query: 'policy',
}
const ofTableBucket: ServiceCalls = {
  service: 's3tables',
  get: 'get-table-bucket-policy',
  query: 'resourcePolicy',
  put: 'put-table-bucket-policy',
  parameter: '--resource-policy',
  remove: 'delete-table-bucket-policy',
  absent: 'NotFoundException',
}
const ofAuthority = byArn('acm-pca', 'get-policy', 'put-policy', 'delete-policy', 'ResourceNotFoundException')

type Finder = (parts: readonly string[], home: Home) => Holder | null

/** By the service of the ARN; `parts` are those of its last field. */
const finders: Readonly<Record<string, Finder>> = {
  dynamodb: ([kind, , next], { arn }) =>
    kind === 'table' && (next === undefined || next === 'stream')
      ? { calls: ofResource('dynamodb', 'PolicyNotFoundException'), named: ['--resource-arn', arn] }
      : null,
  kinesis: ([kind], { arn }) =>
    kind === 'stream'
      ? { calls: ofResource('kinesis', 'ResourceNotFoundException'), named: ['--resource-arn', arn] }
      : null,
  codeartifact: ([kind, domain = '', repository], { account }) => {
    const owner = account === null ? [] : ['--domain-owner', account]
    if (kind === 'domain') return { calls: ofCodeArtifactDomain, named: ['--domain', domain, ...owner] }
    return kind === 'repository' && repository !== undefined
      ? { calls: ofRepository, named: ['--domain', domain, ...owner, '--repository', repository] }
      : null
  },
  backup: ([kind, vault = '']) =>
    kind === 'backup-vault' ? { calls: ofVault, named: ['--backup-vault-name', vault] } : null,
  elasticfilesystem: ([kind, id = '']) =>
    kind === 'file-system' ? { calls: ofFileSystem, named: ['--file-system-id', id] } : null,
  es: ([kind, domain = '']) => (kind === 'domain' ? { calls: ofSearchDomain, named: ['--domain-name', domain] } : null),
  kafka: ([kind], { arn }) => (kind === 'cluster' ? { calls: ofCluster, named: ['--cluster-arn', arn] } : null),
  'acm-pca': ([kind], { arn }) =>
    kind === 'certificate-authority' ? { calls: ofAuthority, named: ['--resource-arn', arn] } : null,
  events: ([kind, bus = '']) =>
    kind === 'event-bus' ? { calls: ofBus, named: ['--event-bus-name', bus], namedToRead: ['--name', bus] } : null,
  // One policy for all of an account's catalog in a Region.
  glue: ([kind]) => (kind === 'catalog' ? { calls: ofCatalog, named: [] } : null),
  'vpc-lattice': ([kind, id = '']) =>
    kind === 'service' || kind === 'servicenetwork' ? { calls: ofLattice, named: ['--resource-identifier', id] } : null,
  s3tables: ([kind, , next], { arn }) =>
    kind === 'bucket' && next === undefined ? { calls: ofTableBucket, named: ['--table-bucket-arn', arn] } : null,
}

/** The calls for the policy of a resource that is told by its ARN; `null` where the service has none like these. */
export const policyApiOfService = (home: Home): PolicyApi | null => {
  const arn = parseArn(home.arn)
  const holder = ownValue(finders, arn?.service ?? '')?.(arn?.resource.split(/[/:]/u) ?? [], home) ?? null
  if (holder === null) return null
  const { calls, named, namedToRead = named } = holder
  const { service, get, query, put, parameter, remove, removeAll, absent } = calls
  const region = home.region === null ? [] : ['--region', home.region]
  const where = [...named, ...region]
  const all = removeAll === undefined ? [] : [removeAll]
  return {
    read: ['aws', service, get, ...namedToRead, ...region, '--query', query, '--output', 'text'],
    write: (value) => [['aws', service, put, ...where, parameter, value]],
    remove: remove === undefined ? null : [['aws', service, remove, ...where, ...all]],
    ...(absent === undefined ? {} : { absent }),
  }
}
