import type { CallSeen, Denial } from './denial.ts'
import type { NeighbourName } from './neighbours/neighbour-names.ts'

/*
 * `aws s3 ls --endpoint-url https://minio.example.com`: the AWS CLI speaks to storage of others too, and prints their
 * refusals in the same words. Whose it was stands in the command.
 */

const host = /^https?:\/\/(?:[^\s/@]{1,200}@)?([a-z0-9.-]{1,253})(?::(\d{1,5}))?(?:\/|$)/iu
const ofAws = /(?:^|\.)(?:amazonaws\.(?:com|com\.cn|eu)|api\.aws|api\.amazonwebservices\.com\.cn|ic\.gov|sgov\.gov)$/iu
/** LocalStack takes the place of AWS, with policies of IAM. */
const localStackPort = '4566'

const others: readonly (readonly [host: RegExp, name: NeighbourName])[] = [
  [/digitaloceanspaces\.com$/iu, 'digitalocean'],
  [/googleapis\.com$/iu, 'google-cloud'],
  [/aliyuncs\.com$/iu, 'alibaba-cloud'],
]

/** Whose storage an endpoint is; `null` for AWS's own, and where that is not told. */
function ownerOf(endpoint: string): NeighbourName | null {
  const [, name, port] = host.exec(endpoint) ?? []
  if (name === undefined || ofAws.test(name) || /localstack/iu.test(name) || port === localStackPort) return null
  return others.find(([pattern]) => pattern.test(name))?.[1] ?? 'object-storage'
}

/** Calls that commands for whole objects make for each other: uploads in parts, a look at what is fetched. */
const kindOf = (operation: string | null): string =>
  /^(?:Head|Get)Object$/u.test(operation ?? '')
    ? 'read'
    : /^(?:PutObject|CopyObject|UploadPart|UploadPartCopy|\w{3,10}MultipartUpload)$/u.test(operation ?? '')
      ? 'write'
      : (operation ?? '')

/** The command that got the error: the last one before it, else the first, that makes such a call. */
function commandOf({ span, operation }: Denial, commands: readonly CallSeen[]): CallSeen | undefined {
  const same = commands.filter((command) => kindOf(command.operation) === kindOf(operation))
  return same.findLast((command) => command.span[0] < span[0]) ?? same[0]
}

/** A refusal of S3's own kind that S3 never uttered. Sentences with a caller in them are AWS's alone. */
export function withOwnEndpoint(denial: Denial, commands: readonly CallSeen[]): Denial {
  if (denial.operation === null || denial.principal !== null || denial.action !== null) return denial
  if (denial.service !== 's3') return denial
  const command = commandOf(denial, commands)
  const endpoint = command?.service === 's3' ? command.parameters['endpointUrl'] : undefined
  const owner = endpoint === undefined ? null : ownerOf(endpoint)
  if (owner === null) return denial
  return {
    ...denial,
    class: 'not-aws',
    format: `neighbour:${owner}`,
    resource: null,
    policyType: null,
    effect: null,
    policyArn: null,
    operation: null,
    service: null,
    errorCode: null,
    requestId: null,
    encodedMessage: null,
    authorizationId: null,
    region: null,
    calls: [],
  }
}
