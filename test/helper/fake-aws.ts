import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Test } from 'tap'

/**
 * A small AWS of the tests' own: it answers IAM, STS, Organizations, S3, KMS, SQS and the authorization details over
 * the wire, and does on demand what the real one does at bad times.
 */

export interface FakePrincipal {
  readonly path?: string
  readonly inline?: Readonly<Record<string, object>>
  readonly managed?: readonly string[]
  readonly boundary?: string
  readonly tags?: Readonly<Record<string, string>>
  readonly groups?: readonly string[]
  readonly trust?: object
}

export interface FakeAccount {
  readonly roles?: Readonly<Record<string, FakePrincipal>>
  readonly users?: Readonly<Record<string, FakePrincipal>>
  readonly groups?: Readonly<Record<string, FakePrincipal>>
  readonly policies?: Readonly<Record<string, object>>
  readonly buckets?: Readonly<Record<string, FakeBucket>>
}

export interface FakeBucket {
  readonly region: string
  readonly policy?: object
  readonly key?: string
  readonly ownership?: string
  readonly block?: boolean
}

export interface FakeOrganization {
  readonly id: string
  readonly management: string
  /** Child → parent. */
  readonly parents: Readonly<Record<string, string>>
  /** Target → names of its SCPs. */
  readonly attached: Readonly<Record<string, readonly string[]>>
  readonly documents: Readonly<Record<string, object>>
}

export interface FakeWorld {
  readonly home: string
  readonly accounts: Readonly<Record<string, FakeAccount>>
  readonly organization?: FakeOrganization
  readonly decoded?: Readonly<Record<string, object>>
  readonly authorizations?: Readonly<Record<string, readonly object[]>>
  readonly trustedExternalId?: string
}

export type Trouble = 'throttle' | 'error' | 'hang' | 'drop'

export interface FakeCall {
  /** As IAM names the permission: `iam:GetRole`. */
  readonly action: string
  readonly account: string
  readonly subject: string
  readonly host: string
  readonly start: number
  end: number
}

export interface FakeAws {
  readonly endpoint: string
  readonly calls: FakeCall[]
  /** What is refused to us. */
  readonly denied: Set<string>
  latency: number
  pageSize: number
  /** Trouble for a call; `attempt` counts from 1 for each action. */
  trouble: (action: string, attempt: number) => Trouble | null
  /** How often the authorization details are not found yet. */
  lateAuthorization: number
  count(action?: string): number
  /** Longest chain of calls of which each began after the one before had ended. */
  rounds(): number
  reset(): void
}

type Json = Readonly<Record<string, unknown>>

export class Fault extends Error {
  readonly status: number

  constructor(code: string, status: number) {
    super(code)
    this.status = status
  }
}

/** Listens, on a free port unless told where, and points the SDK at it, for the length of the test. */
export async function startFakeAws(t: Test, world: FakeWorld, port = 0): Promise<FakeAws> {
  const attempts = new Map<string, number>()
  const fake: FakeAws = {
    endpoint: '',
    calls: [],
    denied: new Set(),
    latency: 0,
    pageSize: 100,
    trouble: () => null,
    lateAuthorization: 0,
    count: (action) => fake.calls.filter((call) => action === undefined || call.action === action).length,
    rounds: () => longestChain(fake.calls),
    reset: () => {
      fake.calls.length = 0
      fake.denied.clear()
      attempts.clear()
      fake.trouble = () => null
      fake.latency = 0
      fake.pageSize = 100
      fake.lateAuthorization = 0
    },
  }
  const server = createServer((request, response) => {
    void read(request).then((body) => handle(fake, world, attempts, request, body, response))
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  useEndpoint(t, endpoint)
  return Object.assign(fake, { endpoint })
}

/** The SDK's own variables, put back afterwards. */
export function useEndpoint(t: Test, endpoint: string): void {
  const variables = {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'example',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  }
  const absent = ['AWS_REGION', 'AWS_DEFAULT_REGION', 'AWS_PROFILE', 'AWS_SESSION_TOKEN']
  const before = [...Object.keys(variables), ...absent].map((name) => [name, process.env[name]] as const)
  Object.assign(process.env, variables)
  for (const name of absent) Reflect.deleteProperty(process.env, name)
  t.teardown(() => {
    for (const [name, value] of before)
      if (value === undefined) Reflect.deleteProperty(process.env, name)
      else process.env[name] = value
  })
}

function longestChain(calls: readonly FakeCall[]): number {
  const sorted = [...calls].sort((a, b) => a.start - b.start)
  const rounds: number[] = []
  sorted.forEach((call, at) => {
    const earlier = rounds.slice(0, at).filter((_, before) => (sorted[before]?.end ?? Infinity) <= call.start)
    rounds.push(1 + Math.max(0, ...earlier))
  })
  return Math.max(0, ...rounds)
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

async function handle(
  fake: FakeAws,
  world: FakeWorld,
  attempts: Map<string, number>,
  request: IncomingMessage,
  body: string,
  response: ServerResponse,
): Promise<void> {
  const asked = understand(world, request, body)
  const call: FakeCall = {
    action: asked.action,
    account: asked.account,
    subject: asked.subject,
    host: request.headers.host ?? '',
    start: performance.now(),
    end: Infinity,
  }
  fake.calls.push(call)
  const attempt = (attempts.get(asked.action) ?? 0) + 1
  attempts.set(asked.action, attempt)
  const trouble = fake.trouble(asked.action, attempt)
  if (trouble === 'hang') return
  if (fake.latency > 0) await new Promise((resolve) => setTimeout(resolve, fake.latency))
  call.end = performance.now()
  if (trouble === 'drop') {
    request.socket.destroy()
    return
  }
  try {
    if (trouble === 'throttle') throw new Fault(asked.format === 'xml' ? 'Throttling' : 'ThrottlingException', 400)
    if (trouble === 'error') throw new Fault('ServiceFailure', 500)
    if (fake.denied.has(asked.action))
      throw new Fault(asked.format === 'json' ? 'AccessDeniedException' : 'AccessDenied', 403)
    const answer = asked.answer(fake)
    response.setHeader('content-type', asked.format === 'json' ? 'application/json' : 'text/xml')
    response.end(asked.format === 'json' ? JSON.stringify(answer) : (answer as string))
  } catch (error) {
    const fault = error instanceof Fault ? error : new Fault('InternalFailure', 500)
    response.statusCode = fault.status
    response.end(faultBody(asked.format, fault))
  }
}

const faultBody = (format: Asked['format'], { message }: Fault): string => {
  if (format === 'json') return JSON.stringify({ __type: message, message })
  const error = `<Error><Type>Sender</Type><Code>${message}</Code><Message>${message}</Message></Error>`
  return format === 's3' ? error : `<ErrorResponse>${error}<RequestId>r</RequestId></ErrorResponse>`
}

interface Asked {
  readonly action: string
  readonly account: string
  readonly subject: string
  readonly format: 'xml' | 'json' | 's3'
  readonly answer: (fake: FakeAws) => unknown
}

/** Credentials of an assumed role carry the account in their key id. */
function accountOf(world: FakeWorld, request: IncomingMessage): string {
  const key = /Credential=([^/]+)\//.exec(request.headers.authorization ?? '')?.[1] ?? ''
  return /^ASIA(\d{12})$/.exec(key)?.[1] ?? world.home
}

const signingName = (request: IncomingMessage): string =>
  /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(request.headers.authorization ?? '')?.[1] ?? ''

const targets: Readonly<Record<string, string>> = {
  AWSOrganizationsV20161128: 'organizations',
  TrentService: 'kms',
  AmazonSQS: 'sqs',
}

function understand(world: FakeWorld, request: IncomingMessage, body: string): Asked {
  const account = accountOf(world, request)
  const url = new URL(request.url ?? '/', 'http://fake')
  const target = request.headers['x-amz-target']
  if (url.pathname.startsWith('/authorization-details/')) return toolbox(world, account, url)
  if (typeof target === 'string') {
    const [name = '', operation = ''] = target.split('.')
    const input = JSON.parse(body) as Json
    const service = targets[name] ?? name
    return {
      action: `${service}:${operation}`,
      account,
      subject: Object.values(input).find((value): value is string => typeof value === 'string') ?? '',
      format: 'json',
      answer: () => jsonAnswer(world, account, operation, input),
    }
  }
  if (body.includes('Action=')) {
    const form = new URLSearchParams(body)
    const operation = form.get('Action') ?? ''
    return {
      action: `${signingName(request)}:${operation}`,
      account,
      subject: form.get('RoleName') ?? form.get('UserName') ?? form.get('PolicyArn') ?? form.get('RoleArn') ?? '',
      format: 'xml',
      answer: (fake) =>
        `<${operation}Response><${operation}Result>${xml(queryAnswer(world, account, operation, form, fake))}</${operation}Result></${operation}Response>`,
    }
  }
  return s3(world, account, url)
}

function xml(value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => `<member>${xml(item)}</member>`).join('')
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => `<${key}>${xml(item)}</${key}>`)
      .join('')
  return String(value).replace(/&/g, '&amp;').replace(/</g, '&lt;')
}

const encoded = (document: object): string => encodeURIComponent(JSON.stringify(document))

function queryAnswer(world: FakeWorld, account: string, operation: string, form: URLSearchParams, fake: FakeAws): Json {
  const here = world.accounts[account] ?? {}
  const name = form.get('RoleName') ?? form.get('UserName') ?? form.get('GroupName') ?? ''
  const kind = form.has('RoleName') ? 'role' : form.has('UserName') ? 'user' : 'group'
  const find = (): FakePrincipal => {
    const list = kind === 'role' ? here.roles : kind === 'user' ? here.users : here.groups
    const found = Object.entries(list ?? {}).find(([key]) => key.toLowerCase() === name.toLowerCase())
    if (found === undefined) throw new Fault('NoSuchEntity', 404)
    return found[1]
  }
  const paged = (items: readonly unknown[], key: string): Json => {
    const from = Number(form.get('Marker') ?? 0)
    const to = from + fake.pageSize
    const more = to < items.length
    return { [key]: items.slice(from, to), IsTruncated: more, ...(more ? { Marker: String(to) } : {}) }
  }
  switch (operation) {
    case 'GetCallerIdentity':
      return {
        Account: account,
        Arn: `arn:aws:sts::${account}:assumed-role/explainer/one`,
        UserId: 'AROAEXPLAINER:one',
      }
    case 'AssumeRole': {
      if (world.trustedExternalId !== undefined && form.get('ExternalId') !== world.trustedExternalId)
        throw new Fault('AccessDenied', 403)
      const into = form.get('RoleArn')?.split(':')[4] ?? ''
      return {
        Credentials: {
          AccessKeyId: `ASIA${into}`,
          SecretAccessKey: 'example',
          SessionToken: 'example',
          Expiration: new Date(Date.now() + 3_600_000).toISOString(),
        },
        AssumedRoleUser: { Arn: form.get('RoleArn'), AssumedRoleId: 'AROA:one' },
      }
    }
    case 'DecodeAuthorizationMessage': {
      const decoded = world.decoded?.[form.get('EncodedMessage') ?? '']
      if (decoded === undefined) throw new Fault('InvalidAuthorizationMessageException', 400)
      return { DecodedMessage: JSON.stringify(decoded) }
    }
    case 'GetRole':
    case 'GetUser': {
      const principal = find()
      const path = principal.path ?? '/'
      const entity = {
        Path: path,
        Arn: `arn:aws:iam::${account}:${kind}${path}${name}`,
        [kind === 'role' ? 'RoleName' : 'UserName']: name,
        [kind === 'role' ? 'RoleId' : 'UserId']: `${kind === 'role' ? 'AROA' : 'AIDA'}EXAMPLE${name.toUpperCase()}`,
        CreateDate: '2025-01-01T00:00:00Z',
        AssumeRolePolicyDocument: kind === 'role' ? encoded(principal.trust ?? {}) : undefined,
        PermissionsBoundary:
          principal.boundary === undefined
            ? undefined
            : { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: principal.boundary },
        Tags: Object.entries(principal.tags ?? {}).map(([Key, Value]) => ({ Key, Value })),
      }
      return { [kind === 'role' ? 'Role' : 'User']: entity }
    }
    case 'ListRolePolicies':
    case 'ListUserPolicies':
    case 'ListGroupPolicies':
      return paged(Object.keys(find().inline ?? {}), 'PolicyNames')
    case 'GetRolePolicy':
    case 'GetUserPolicy':
    case 'GetGroupPolicy': {
      const PolicyName = form.get('PolicyName') ?? ''
      const document = find().inline?.[PolicyName]
      if (document === undefined) throw new Fault('NoSuchEntity', 404)
      return { RoleName: name, PolicyName, PolicyDocument: encoded(document) }
    }
    case 'ListAttachedRolePolicies':
    case 'ListAttachedUserPolicies':
    case 'ListAttachedGroupPolicies':
      return paged(
        (find().managed ?? []).map((PolicyArn) => ({ PolicyArn, PolicyName: PolicyArn.split('/').at(-1) })),
        'AttachedPolicies',
      )
    case 'ListGroupsForUser':
      return paged(
        (find().groups ?? []).map((GroupName) => ({
          GroupName,
          GroupId: 'AGPA',
          Path: '/',
          Arn: '',
          CreateDate: '2025-01-01T00:00:00Z',
        })),
        'Groups',
      )
    case 'GetPolicy':
    case 'GetPolicyVersion': {
      const arn = form.get('PolicyArn') ?? ''
      const document = here.policies?.[arn]
      if (document === undefined) throw new Fault('NoSuchEntity', 404)
      return operation === 'GetPolicy'
        ? { Policy: { PolicyName: arn.split('/').at(-1), Arn: arn, DefaultVersionId: 'v2' } }
        : { PolicyVersion: { Document: encoded(document), VersionId: 'v2', IsDefaultVersion: true } }
    }
    default:
      throw new Fault('InvalidAction', 400)
  }
}

function jsonAnswer(world: FakeWorld, account: string, operation: string, input: Json): Json {
  const { organization } = world
  if (organization === undefined && operation === 'DescribeOrganization')
    throw new Fault('AWSOrganizationsNotInUseException', 400)
  const text = (name: string): string => String(input[name])
  switch (operation) {
    case 'DescribeOrganization':
      return { Organization: { Id: organization?.id, MasterAccountId: organization?.management } }
    case 'ListParents': {
      const parent = organization?.parents[text('ChildId')]
      return {
        Parents:
          parent === undefined ? [] : [{ Id: parent, Type: parent.startsWith('r-') ? 'ROOT' : 'ORGANIZATIONAL_UNIT' }],
      }
    }
    case 'ListPoliciesForTarget': {
      const names = text('Filter') === 'SERVICE_CONTROL_POLICY' ? (organization?.attached[text('TargetId')] ?? []) : []
      return {
        Policies: names.map((name) => ({
          Id: name,
          Name: name,
          Arn: `arn:aws:organizations::${account}:policy/${name}`,
        })),
      }
    }
    case 'DescribePolicy':
      return { Policy: { Content: JSON.stringify(organization?.documents[text('PolicyId')]) } }
    case 'DescribeKey':
      return { KeyMetadata: { KeyId: text('KeyId'), Arn: text('KeyId'), KeyManager: 'CUSTOMER', KeyState: 'Enabled' } }
    case 'GetKeyPolicy':
      return { Policy: JSON.stringify({ Version: '2012-10-17', Statement: [] }) }
    case 'ListGrants':
      return {
        Grants: [{ GranteePrincipal: 'arn:aws:iam::111122223333:role/app', Operations: ['Decrypt'] }],
        Truncated: false,
      }
    case 'GetQueueAttributes':
      return { Attributes: { Policy: JSON.stringify({ Version: '2012-10-17', Statement: [] }) } }
    default:
      throw new Fault('UnknownOperationException', 400)
  }
}

function toolbox(world: FakeWorld, account: string, url: URL): Asked {
  const id = url.pathname.split('/')[2] ?? ''
  return {
    action: 'iam:GetRequestAuthorizationDetails',
    account,
    subject: id,
    format: 'json',
    answer: (fake) => {
      const pages = world.authorizations?.[id]
      if (fake.lateAuthorization > 0 || pages === undefined) {
        fake.lateAuthorization -= 1
        throw new Fault('ResourceNotFoundException', 404)
      }
      const at = Number(url.searchParams.get('nextToken') ?? 0)
      return { ...pages[at], ...(at + 1 < pages.length ? { nextToken: String(at + 1) } : {}) }
    },
  }
}

function s3(world: FakeWorld, account: string, url: URL): Asked {
  const name = url.pathname.split('/')[1] ?? ''
  const buckets = world.accounts[account]?.buckets ?? {}
  const bucket = (): FakeBucket => {
    const found = buckets[name]
    if (found === undefined) throw new Fault('NoSuchBucket', 404)
    return found
  }
  const base = { account, subject: name, format: 's3' as const }
  const has = (query: string): boolean => url.searchParams.has(query)
  if (name === '')
    return {
      ...base,
      action: 's3:ListAllMyBuckets',
      answer: () => {
        const list = Object.entries(buckets).map(
          ([Name, { region }]) => `<Bucket>${xml({ Name, BucketRegion: region })}</Bucket>`,
        )
        return `<ListAllMyBucketsResult><Buckets>${list.join('')}</Buckets></ListAllMyBucketsResult>`
      },
    }
  if (has('policy'))
    return {
      ...base,
      action: 's3:GetBucketPolicy',
      answer: () => {
        const { policy } = bucket()
        if (policy === undefined) throw new Fault('NoSuchBucketPolicy', 404)
        return JSON.stringify(policy)
      },
    }
  if (has('publicAccessBlock'))
    return {
      ...base,
      action: 's3:GetBucketPublicAccessBlock',
      answer: () => {
        if (bucket().block === undefined) throw new Fault('NoSuchPublicAccessBlockConfiguration', 404)
        return `<PublicAccessBlockConfiguration><BlockPublicPolicy>true</BlockPublicPolicy></PublicAccessBlockConfiguration>`
      },
    }
  if (has('ownershipControls'))
    return {
      ...base,
      action: 's3:GetBucketOwnershipControls',
      answer: () => {
        const { ownership } = bucket()
        if (ownership === undefined) throw new Fault('OwnershipControlsNotFoundError', 404)
        return `<OwnershipControls><Rule><ObjectOwnership>${ownership}</ObjectOwnership></Rule></OwnershipControls>`
      },
    }
  return {
    ...base,
    action: 's3:GetEncryptionConfiguration',
    answer: () => {
      const { key } = bucket()
      const rule = key === undefined ? { SSEAlgorithm: 'AES256' } : { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: key }
      return `<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault>${xml(rule)}</ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>`
    },
  }
}
