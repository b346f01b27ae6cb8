import type { ActionCatalogue } from '../action-catalogue/action-catalogue.ts'
import { hasOperation } from '../action-catalogue/operations.ts'
import { principalIn, receiversOfCall, servicesTakingRole, takesRole } from '../action-catalogue/passed-to-service.ts'
import type { Denial } from '../denial/denial.ts'
import { parseArn, partitionOfRegion } from '../iam/arn.ts'

/**
 * The services to which the role may have been handed, as the call that passed it tells: one as a rule, several where
 * the call takes several roles, none where the text does not tell which call of which service it was.
 */
export function receiversOf(denial: Denial, catalogue: ActionCatalogue): readonly string[] {
  const partition = partitionOf(denial)
  const written = receiversTold(denial, catalogue).map((principal) => principalIn(partition, principal))
  const known = written.filter((principal) => principal !== null)
  return known.length < written.length ? [] : [...new Set(known)]
}

const partitionOf = ({ resource, principal, region }: Denial): string =>
  parseArn(resource ?? '')?.partition ??
  parseArn(principal ?? '')?.partition ??
  (region === null ? 'aws' : partitionOfRegion(region))

function receiversTold(denial: Denial, catalogue: ActionCatalogue): readonly string[] {
  const services = servicesTold(denial, catalogue)
  const { operation } = denial
  if (operation !== null) {
    const own = services.find((prefix) => hasOperation(prefix, operation) || takesRole(prefix, operation))
    if (own !== undefined) return receiversOfCall(own, operation)
    const called = denial.calls.find((call) => plainName(call.operation) === plainName(operation))
    const prefix = called === undefined ? null : catalogue.prefixFor(called.service)
    if (prefix !== null) return receiversOfCall(prefix, operation)
    const found = ofOneService(operation)
    if (found !== null) return found
  }
  // Of two names, of the service that answered and of a tool around it, the one that takes roles at all.
  const [answering] = services.filter((prefix) => prefix !== 'iam' && receiversOfCall(prefix, null).length > 0)
  if (answering !== undefined) return receiversOfCall(answering, null)
  const ofCalls = denial.calls.flatMap(({ service, operation: name }) => {
    const prefix = catalogue.prefixFor(service) ?? service
    return takesRole(prefix, plainName(name)) ? [{ prefix, operation: plainName(name) }] : []
  })
  return onlyOne([...ofCalls, ...callsNamed(denial, catalogue)])
}

const plainName = (operation: string): string => operation.replaceAll(/[-_]/gu, '').toLowerCase()

/** IAM prefixes of the services that the text names as the one that was called, the surest first. */
function servicesTold(denial: Denial, catalogue: ActionCatalogue): readonly string[] {
  const named = (wanted: string): readonly string[] =>
    denial.clues.flatMap(({ kind, values }) => (kind === wanted ? (values['service'] ?? []) : []))
  // In a decoded message of AWS: the service that asked IAM whether it may have the role.
  const asking = Object.entries(denial.context).find(([key]) => key.toLowerCase() === 'aws:service')?.[1]
  // The SDK that printed the error called this service: `(Service: AmazonECS; Status Code: 400; …)`.
  const all = [
    ...named('called-service'),
    ...named('service-field'),
    ...(typeof asking === 'string' ? [asking] : []),
    // The service of the denied action is IAM itself.
    ...(denial.service === null || (denial.service === 'iam' && !takesRole('iam', denial.operation ?? ''))
      ? []
      : [denial.service]),
  ]
  return [...new Set(all.flatMap((name) => catalogue.prefixFor(name) ?? []))]
}

/** `null` where no service takes a role in an operation of this name; nobody where several do, each another's. */
function ofOneService(operation: string): readonly string[] | null {
  const prefixes = servicesTakingRole(operation)
  if (prefixes.length === 0) return null
  const receivers = prefixes.map((prefix) => receiversOfCall(prefix, operation))
  const [first = []] = receivers
  return receivers.every((one) => one.length === first.length && one.every((name) => first.includes(name))) ? first : []
}

interface Call {
  readonly prefix: string
  readonly operation: string
}

/** Of all calls that the text names those count that take a role. */
const callsNamed = (denial: Denial, catalogue: ActionCatalogue): readonly Call[] =>
  denial.clues.flatMap(({ kind, values }) => {
    const { service, operation } = values
    if (kind !== 'passing-call' || service === undefined || operation === undefined) return []
    const prefix = catalogue.prefixFor(service) ?? service
    return takesRole(prefix, operation) ? [{ prefix, operation }] : []
  })

/** Only where they give it to one service. */
function onlyOne(calls: readonly Call[]): readonly string[] {
  const receivers = calls.map(({ prefix, operation }) => receiversOfCall(prefix, operation))
  const [first = []] = receivers
  return receivers.every((one) => one.join(' ') === first.join(' ')) ? first : []
}
