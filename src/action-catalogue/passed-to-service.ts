import { ownValue } from '../iam/own-value.ts'
import { readDataFile, readNameTable } from './data-file.ts'

/** One service principal; several where the call takes several roles; none where it takes none, or nobody knows. */
type Receivers = string | readonly string[]

/**
 * Which service principals receive the roles that a call hands over, by IAM prefix and operation: `*` for a service's
 * other operations, `itself` for who assumes its roles where that is another. Checked against AWS's managed policies
 * with `iam:PassedToService`, and the trust policies in the services' guides. The operations that are listed take a
 * role also where AWS's models show no parameter for it.
 */
const table = readDataFile('passed-to-service.json') as Readonly<
  Record<string, Receivers | Readonly<Record<string, Receivers>>>
>

/** Services whose operation of this name takes a role, by AWS's models and its Service Authorization Reference. */
const takersOf = readNameTable('role-operations.txt')

const listOf = (receivers: Receivers | undefined): readonly string[] =>
  receivers === undefined ? [] : typeof receivers === 'string' ? [receivers] : receivers

const isPlain = (entry: Receivers | Readonly<Record<string, Receivers>>): entry is Receivers =>
  typeof entry === 'string' || Array.isArray(entry)

const listedFor = (prefix: string, operation: string): Receivers | undefined => {
  const entry = ownValue(table, prefix)
  if (entry === undefined || isPlain(entry)) return undefined
  const name = Object.keys(entry).find((key) => key.toLowerCase() === operation.toLowerCase())
  return name === undefined ? undefined : entry[name]
}

/** The service principals that may receive the role of this call; those of most calls, where it is not named. */
export function receiversOfCall(prefix: string, operation: string | null): readonly string[] {
  const entry = ownValue(table, prefix)
  if (entry === undefined || isPlain(entry)) return listOf(entry)
  return listOf((operation === null ? undefined : listedFor(prefix, operation)) ?? entry['*'])
}

/** Whether the operation of that service takes a role. */
export const takesRole = (prefix: string, operation: string): boolean =>
  listedFor(prefix, operation) !== undefined || takersNamed(operation).includes(prefix)

const takersNamed = (operation: string): readonly string[] => takersOf(operation.toLowerCase())?.split(' ') ?? []

/** IAM prefixes of the services that take a role in an operation of this name. */
export const servicesTakingRole = (operation: string): readonly string[] => {
  const listed = Object.keys(table).filter((prefix) => listedFor(prefix, operation) !== undefined)
  return [...new Set([...takersNamed(operation), ...listed])].filter((prefix) => {
    const entry = ownValue(table, prefix)
    // Its parameter is only called like a role.
    return !Array.isArray(entry) || entry.length > 0
  })
}

/** Who assumes the roles of a service, where that is one principal. */
export function principalOfService(prefix: string): string | null {
  const entry = ownValue(table, prefix)
  if (entry === undefined) return null
  const [principal] = isPlain(entry) ? listOf(entry) : listOf(entry['itself'] ?? entry['*'])
  return principal ?? null
}

/**
 * Service principals that have the partition's own ending in China; all others are written alike everywhere.
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonECS_FullAccess.html
 */
const ownEnding: ReadonlySet<string> = new Set(['ec2', 'elasticmapreduce', 'application-autoscaling'])
/** These have the Region in it as well, so that the text alone does not tell. */
const byRegion: ReadonlySet<string> = new Set(['codedeploy', 'logs'])

/** The service principal as it is written in a partition; `null` where that is not known. */
export function principalIn(partition: string, principal: string): string | null {
  if (partition !== 'aws-cn') return principal
  const name = principal.replace(/\.amazonaws\.com$/u, '')
  if (byRegion.has(name)) return null
  return ownEnding.has(name) ? `${name}.amazonaws.com.cn` : principal
}
