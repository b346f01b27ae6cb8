import type { ActionCatalogue } from '../action-catalogue/action-catalogue.ts'
import { serviceOfOperation } from '../action-catalogue/operations.ts'
import { passedToService } from '../action-catalogue/passed-to-service.ts'
import type { Denial } from '../denial/denial.ts'
import { ownValue } from '../iam/own-value.ts'

/** Calls that pass their role on to another service than the others of their service do. */
const others: Readonly<Record<string, string>> = {
  'ec2:createflowlogs': 'vpc-flow-logs.amazonaws.com',
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-ec2_instance-profiles.html
  'iam:addroletoinstanceprofile': 'ec2.amazonaws.com',
  's3:createjob': 'batchoperations.s3.amazonaws.com',
}

/** Calls with a role among their parameters, which AWS's reference does not list under `iam:PassRole`. */
const alsoTakeRole: ReadonlySet<string> = new Set([
  'batch:createcomputeenvironment',
  'batch:registerjobdefinition',
  'cloudformation:createchangeset',
  'cloudformation:createstack',
  'cloudformation:updatestack',
  'codebuild:createproject',
  'codebuild:updateproject',
  'codepipeline:createpipeline',
  'codepipeline:updatepipeline',
  'ecs:registertaskdefinition',
  'events:puttargets',
  'firehose:createdeliverystream',
  'glue:createcrawler',
  'glue:createjob',
  'glue:startjobrun',
  'glue:updatejob',
])

/** The service that a role is passed to, as the call that passed it tells. */
export const receiverOf = (denial: Denial, catalogue: ActionCatalogue): string | null => {
  // The SDK that printed the error called this service: `(Service: AmazonECS; Status Code: 400; …)`.
  const answering = denial.clues.flatMap(({ kind, values }) =>
    kind === 'service-field' ? (values['service'] ?? []) : [],
  )
  // In a decoded message of AWS: the service that asked IAM whether it may have the role.
  const asking = Object.entries(denial.context).find(([key]) => key.toLowerCase() === 'aws:service')?.[1]
  const own = ownOf(denial.service === null ? null : catalogue.prefixFor(denial.service), denial.operation)
  if (own !== null) return own
  const prefixes = [
    denial.service === null ? null : catalogue.prefixFor(denial.service),
    denial.operation === null ? null : serviceOfOperation(denial.operation),
    ...[...denial.calls.map(({ service }) => service), ...answering].map((name) => catalogue.prefixFor(name)),
    ...(typeof asking === 'string' ? [catalogue.prefixFor(asking)] : []),
  ]
  const receiver = prefixes.find(
    (prefix) => prefix !== null && prefix !== 'iam' && passedToService[prefix] !== undefined,
  )
  return receiver === undefined || receiver === null
    ? receiverNamed(denial, catalogue)
    : (ownValue(passedToService, receiver) ?? null)
}

const ownOf = (prefix: string | null, operation: string | null): string | null =>
  prefix === null || operation === null ? null : (ownValue(others, `${prefix}:${operation.toLowerCase()}`) ?? null)

/** Of all calls that the text names those count that take a role, and only where they give it to one service. */
function receiverNamed(denial: Denial, catalogue: ActionCatalogue): string | null {
  const receivers = denial.clues.flatMap(({ kind, values }) => {
    const { service, operation } = values
    if (kind !== 'passing-call' || service === undefined || operation === undefined) return []
    const prefix = catalogue.prefixFor(service) ?? service
    const call = `${prefix}:${operation}`
    const listed = catalogue.find(call)?.dependentActions.some((action) => action.toLowerCase() === 'iam:passrole')
    const takesRole = listed === true || alsoTakeRole.has(call.toLowerCase())
    const receiver = takesRole ? (ownOf(prefix, operation) ?? ownValue(passedToService, prefix)) : undefined
    return receiver === undefined ? [] : [receiver]
  })
  const [receiver, ...more] = [...new Set(receivers)]
  return receiver === undefined || more.length > 0 ? null : receiver
}
