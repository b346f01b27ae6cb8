import type { NeighbourRow } from './neighbour-row.ts'
import { isCommonService } from '../../action-catalogue/operations.ts'
import { servicePrefix } from '../service-names.ts'

const sdkCall = /\b(?:calling the \w{2,90} operation|operation error [\w ]{2,60}: \w{2,90}),?[^\n]{0,300}$/u
const sdkService = /^[^\n]{0,5}\(Service: ([\w ]{2,60})[;,]/u

/** The SDK of a service that API Gateway does not stand in front of prints its operation or its name. */
const saidBySdk = (before: string, after: string): boolean =>
  sdkCall.test(before.slice(-400)) || isCommonService(servicePrefix(sdkService.exec(after)?.[1] ?? ''))

const address = /https?:\/\/([^\s"'/?\\]{1,253})/giu
/** S3 has other words for a request without a signature, and load balancers and instances are anybody's. */
const ofService =
  /^(?!.*(?:\.execute-api\.|\.elb\.|\bcompute(?:-1)?\.|(?:^|\.)s3[.-])).*\.amazonaws\.com(?:\.cn)?(?::\d{1,5})?$/iu
/** `upstream api.example.com says`: the answer is that of whom the words name last. */
const bareHost = /[\s"'(=](?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}(?![\w.])/iu

/** API Gateway's words, but the last address before them, or on their line, is that of another service. */
function isAskedOfService(before: string, after: string): boolean {
  const line = after.split('\n', 1)[0] ?? ''
  const last = [...before.matchAll(address)].at(-1)
  if (last !== undefined && bareHost.test(before.slice(last.index + last[0].length))) return false
  const asked = last ?? [...line.matchAll(address)][0]
  return ofService.test(asked?.[1] ?? '')
}

/** Nothing was signed, for want of credentials or of asking for them. */
export const missingCredentialRows: readonly NeighbourRow[] = [
  {
    name: 'credentials-missing',
    kind: 'sentence',
    class: 'credential',
    words: [
      'a non-empty access key (akid) must be provided in the credential',
      'unable to locate credentials',
      'could not load credentials from any providers',
      'could not load credentials from temporarycredentials',
      'could not load credentials from chainabletemporarycredentials',
      'could not load credentials from tokenfilewebidentitycredentials',
      'credentials could not be loaded',
      'unable to load aws credentials from any provider',
      'unable to load credentials from any of the providers',
      'no valid providers in chain',
      // Rust's SDK, and whoever retells it.
      'no providers in chain provided credentials',
      'no credentials in chain',
      'no valid credential sources',
      'no valid credential found',
      'no ec2 imds role found',
      'partial credentials found',
      'missing credentials in config',
      'the config profile (',
      'cannot retrieve credentials from the instance profile metadata',
      'error retrieving credentials from the instance profile metadata',
      'unable to get iam security credentials from ec2 instance metadata service',
      'no credentials specified',
      'need to be authenticated via iam role',
      'could not find credentials',
      'no signing credentials available',
      'unable to find credentials',
      'failed to get security credentials',
      'system aws credentials are required for',
      'is not a valid container metadata service hostname',
      'an iam role must be associated with service account',
      'operation error ec2imds: get{any}http response error statuscode: 40',
      'failed to make ec2metadata request',
    ],
    example: 'Unable to locate credentials. You can configure credentials by running "aws configure".',
    seen: 'AWS CLI and SDKs',
  },
  {
    name: 'credentials-missing',
    kind: 'sentence',
    class: 'credential',
    words: [
      'unable to read file at /var/run/secrets/eks.amazonaws.com/serviceaccount/token',
      'open /var/run/secrets/eks.amazonaws.com/serviceaccount/token:',
      'failed to read token file /var/run/secrets/eks.amazonaws.com/serviceaccount/token',
    ],
    sets: { service: 'sts' },
    example: 'WebIdentityErr: unable to read file at /var/run/secrets/eks.amazonaws.com/serviceaccount/token',
    seen: 'AWS SDKs for Go in pods with a role of their own',
  },
  {
    name: 'credentials-missing',
    kind: 'sentence',
    class: 'credential',
    outer: true,
    words: [
      'failed to refresh cached credentials',
      'failed to retrieve credentials',
      'failed to retrieve jwt from provided source',
    ],
    example: 'get credentials: failed to refresh cached credentials, no EC2 IMDS role found',
    seen: 'AWS SDKs for Go; the cause follows',
  },
  {
    name: 'credentials-missing',
    kind: 'sentence',
    class: 'credential',
    words: ['no awsaccesskey was presented', 'no aws access key was presented'],
    sets: { service: 's3' },
    example: 'AccessDenied: No AWSAccessKey was presented.',
    seen: 'S3 and stores with its protocol, asked without a signature',
  },
  {
    name: 'credentials-missing',
    kind: 'sentence',
    class: 'credential',
    words: ['request is missing authentication token'],
    example: 'MissingAuthenticationTokenException: Request is missing Authentication Token',
    seen: 'services with a JSON protocol, and EC2; API Gateway leaves out the first words',
  },
  {
    name: 'credentials-missing',
    kind: 'sentence',
    class: 'credential',
    words: ['missing authentication token'],
    when: saidBySdk,
    example:
      'An error occurred (MissingAuthenticationTokenException) when calling the ListTables operation: Missing Authentication Token',
    seen: 'SDKs that were told to send no signature',
  },
  {
    name: 'credentials-missing',
    kind: 'sentence',
    class: 'credential',
    words: ['missing authentication token'],
    when: isAskedOfService,
    example:
      'POST https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/ws-1/api/v1/remote_write 403 {"message":"Missing Authentication Token"}',
    seen: 'Amazon Managed Service for Prometheus and others, asked without a signature',
  },
  {
    name: 'foreign-endpoint',
    kind: 'sentence',
    class: 'credential',
    words: [
      'webidentityerr: failed to retrieve credentials caused by: serializationerror: failed to {any}status code:',
    ],
    sets: { service: 'sts' },
    example:
      'WebIdentityErr: failed to retrieve credentials\ncaused by: SerializationError: failed to unmarshal error message\n\tstatus code: 405, request id:',
    seen: 'AWS SDK for Go v1, told the endpoint of one service for all of them',
  },
]
