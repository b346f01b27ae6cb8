import { shellLine } from '../../remedy/commands/shell.ts'
import { finding, none, type Finding } from '../finding.ts'
import { act, addToIdentity } from '../fixes.ts'
import type { Situation } from '../situation.ts'
import { repositoryOf } from './delivery.ts'
import { isGrantedAll } from './role-shortfall.ts'

/*
 * The registries of AWS take tokens, which last for 12 hours at most, and not signatures.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry_auth.html
 * https://docs.aws.amazon.com/codeartifact/latest/ug/tokens-authentication.html
 */

/** Docker keeps a login for each registry, and ECR's are one for each account and Region. */
export function registryLogin(s: Situation): readonly Finding[] {
  const image = s.denial.clues.find(({ kind }) => kind === 'image-uri')?.values
  const region = image?.['region'] ?? s.region ?? '<Region>'
  const registry = `${image?.['account'] ?? s.callerAccount ?? '<AccountId>'}.dkr.ecr.${region}.amazonaws.com`
  const command = `${shellLine(['aws', 'ecr', 'get-login-password', '--region', region])} | ${shellLine(['docker', 'login', '--username', 'AWS', '--password-stdin', registry])}`
  // Of a registry of others the kubelet says the same.
  const byNode = image !== undefined && s.has('image-pulled-by-node')
  const login = finding(
    'credentials-missing',
    byNode ? 'possible' : 'stated',
    [act('not-iam', 'log-in-to-registry', {}, { command })],
    { why: 'registry' },
  )
  return byNode ? [nodesMayNotPull(s), login] : [login]
}

const toPull = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer']

const mayNotPull = (s: Situation, attachTo: string, whose: string | null): Finding =>
  finding(
    'service-role-missing-allow',
    'possible',
    [
      addToIdentity(s, ['ecr:GetAuthorizationToken'], ['*'], { attachTo }),
      addToIdentity(s, toPull, [repositoryOf(s)], { attachTo }),
    ],
    { actions: ['ecr:GetAuthorizationToken', ...toPull].join(', '), whose },
  )

/** The kubelet logs in by itself, with the role of the node: it came without a login where that role may get none. */
const nodesMayNotPull = (s: Situation): Finding => mayNotPull(s, 'role/<NodeRoleName>', 'nodes')

/** A tag of docker's own: services pull from a registry, and it is the address that names one. */
const imageNotPushed = (s: Situation, image: string): Finding =>
  finding(
    'resource-not-found-as-denied',
    'possible',
    [
      act('not-iam', 'push-image', {
        image,
        uri: `${s.callerAccount ?? '<AccountId>'}.dkr.ecr.${s.region ?? '<Region>'}.amazonaws.com/${image}`,
      }),
    ],
    { what: 'image' },
  )

/** SageMaker says the same of an image that is not there and of one that the role of the model may not pull. */
export function modelImageUnread(s: Situation): readonly Finding[] {
  if (!s.has('model-image-unread')) return none
  const role = s.told('role-arn', 'role')[0]?.split('/').at(-1)
  const lacking = mayNotPull(s, `role/${role ?? '<ExecutionRoleName>'}`, null)
  const [image] = s.has('image-uri') ? [] : s.told('local-image-told', 'image')
  if (image !== undefined) return [imageNotPushed(s, image), lacking]
  return [
    ...(isGrantedAll(s, ['ecr:GetAuthorizationToken', ...toPull]) ? none : [lacking]),
    finding('resource-not-found', 'possible', [act('not-iam', 'check-resource-exists', { what: 'image' })], {
      what: 'image',
    }),
  ]
}

/** What `aws codeartifact login` sets up, by the format in the address. */
const tools: Readonly<Record<string, string>> = { npm: 'npm', pypi: 'pip', nuget: 'nuget', swift: 'swift' }

/** Package managers send the token that was made for them at a login, however long ago. */
export function artifactLogin(s: Situation): readonly Finding[] {
  const at = s.denial.clues.find(({ kind }) => kind === 'artifact-repository')?.values
  const place = [
    ...['--domain', at?.['domain'] ?? '<DomainName>', '--domain-owner', at?.['owner'] ?? '<AccountId>'],
    ...['--region', at?.['region'] ?? s.region ?? '<Region>'],
  ]
  const tool = Object.hasOwn(tools, at?.['format'] ?? '') ? tools[at?.['format'] ?? ''] : undefined
  const words =
    tool === undefined
      ? ['get-authorization-token', ...place, '--query', 'authorizationToken', '--output', 'text']
      : ['login', '--tool', tool, ...place, '--repository', at?.['repository'] ?? '<RepositoryName>']
  return [
    finding(
      'credentials-expired',
      'stated',
      [act('session', 'log-in-to-codeartifact', {}, { command: shellLine(['aws', 'codeartifact', ...words]) })],
      { why: 'artifact-token' },
    ),
  ]
}
