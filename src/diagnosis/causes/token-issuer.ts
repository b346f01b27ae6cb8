import { hostOfProvider, withoutArn } from '../../iam/federated-provider.ts'
import { partitionOfRegion } from '../../iam/arn.ts'
import type { Situation } from '../situation.ts'
import { knownValue } from './condition-keys.ts'

const github = 'token.actions.githubusercontent.com'
const eks = 'oidc.eks.<Region>.amazonaws.com/id/<ClusterId>'
const gitlab = 'gitlab.com'
const terraform = 'app.terraform.io'
const unknown = '<OidcProviderHost>'

const bySubject: readonly (readonly [start: string, host: string])[] = [
  ['repo:', github],
  ['system:serviceaccount:', eks],
  ['project_path:', gitlab],
  ['organization:', terraform],
]

/** The provider as the record of the call names it: an ARN, or the name of one that IAM knows without. */
export function providerOfCall(s: Situation): string | null {
  const provider = knownValue(s, 'aws:FederatedProvider')
  return typeof provider === 'string' ? provider : null
}

/** Who signed the token, where the token or whoever runs the job says it; of two nobody knows which one. */
export function issuerTold(s: Situation): string | null {
  const [host, ...others] = new Set(s.told('oidc-claim', 'issuer').map((issuer) => issuer.replace(/\/$/u, '')))
  return others.length === 0 ? (host ?? null) : null
}

/** The role that was asked for, as far as the text or the call tells. */
export const roleOfToken = (s: Situation): string =>
  s.told('role-arn', 'role')[0] ?? (s.resource?.includes(':role/') === true ? s.resource : '<RoleArn>')

/**
 * The host of the provider that issued the token, which the refusal hides: as the text names it, else by the token's
 * subject, else by the tool that asked. Where signs of several providers stand side by side none of them counts.
 */
export function issuerOf(s: Situation): string {
  const called = providerOfCall(s)
  if (called !== null) return hostOfProvider(called)
  const told = issuerTold(s)
  if (told !== null) return told
  const named = new Set(s.told('token-issuer-named', 'host'))
  if (named.size === 1) return [...named][0] ?? unknown
  const subject = s.told('oidc-subject', 'subject')[0] ?? ''
  const likeliest = bySubject.find(([start]) => subject.startsWith(start))
  if (likeliest !== undefined) return likeliest[1]
  const certain = [
    ...(s.has('github-token-asked') ? [github] : []),
    ...(s.has('eks-token-file') ? [eksOf(s)] : []),
    ...(s.has('gitlab-at-work') ? [gitlab] : []),
  ]
  if (certain.length > 0) return certain.length === 1 ? (certain[0] ?? unknown) : unknown
  const likely = [...(s.has('github-mentioned') ? [github] : []), ...(s.has('kubernetes-at-work') ? [eksOf(s)] : [])]
  return likely.length === 1 ? (likely[0] ?? unknown) : unknown
}

/** Whether the text tells of any provider, be it of several. */
export const isIssuerTold = (s: Situation): boolean =>
  providerOfCall(s) !== null ||
  issuerTold(s) !== null ||
  s.has('token-issuer-named', 'oidc-subject', 'github-token-asked', 'eks-token-file', 'gitlab-at-work') ||
  s.has('github-mentioned', 'kubernetes-at-work')

function eksOf(s: Situation): string {
  const region = regionOf(s)
  if (region === null) return eks
  const host = eks.replace('<Region>', region)
  return partitionOfRegion(region) === 'aws-cn' ? host.replace('.amazonaws.com', '.amazonaws.com.cn') : host
}

/** Where the provider is, as far as the text tells. */
export const regionOf = (s: Situation): string | null => s.region ?? s.told('region-named', 'region')[0] ?? null

/** GitLab, its own server too. */
const isGitlab = (host: string): boolean => /(?:^|[.-])gitlab[.-]/u.test(host)

/** What the guides of those choose who may ask for any audience. */
function chosenAudience(host: string): string | null {
  // https://docs.gitlab.com/ci/cloud_services/aws/
  if (isGitlab(host)) return `https://${host}`
  // https://developer.hashicorp.com/terraform/cloud-docs/workspaces/dynamic-provider-credentials/aws-configuration
  return host === terraform ? 'aws.workload.identity' : null
}

/** The audience that a trust policy of ours asks for. */
export const audienceOf = (host: string): string =>
  chosenAudience(host) ?? (withoutArn.has(host) ? '<ApplicationId>' : 'sts.amazonaws.com')

/** GitHub, its own server too, and EKS: their tools ask for the audience of STS by themselves. */
const asksForSts = (host: string): boolean =>
  host === github || host.endsWith('/_services/token') || host.startsWith('oidc.eks.')

/** Whoever asks for the token says for which audience; of all others it is what they make it. */
export const isAudienceAsked = (host: string): boolean => asksForSts(host) || chosenAudience(host) !== null

/** Where nothing tells the audience of the token it may be the one that is demanded. */
export const isAudienceOpen = (host: string): boolean => !asksForSts(host)

/** The service account that is spoken of, but for the one that the trust policy has. */
function serviceAccountOf(s: Situation): Readonly<Record<string, string>> | undefined {
  const trusted = s.told('oidc-subject-trusted', 'subject')
  return s.denial.clues.find(
    ({ kind, values }) =>
      kind === 'service-account-named' && !trusted.some((subject) => subject.endsWith(`:${values['name'] ?? ''}`)),
  )?.values
}

const projectOf = (s: Situation): string | undefined => s.told('oidc-claim', 'project')[0]
const branchOfJob = (s: Situation): string => s.told('oidc-claim', 'ref')[0] ?? '<Branch>'

/** How the provider writes the subject of its tokens, with what the text tells of it. */
export function subjectOf(
  s: Situation,
  host: string,
  repository: string | undefined,
  trusted: readonly string[],
): string {
  if (host.startsWith('oidc.eks')) {
    const named = serviceAccountOf(s)
    const ofAddOn = s.told('add-on-at-work', 'name')[0]
    const space =
      named?.['namespace'] ??
      s.told('namespace-told', 'namespace')[0] ??
      (named === undefined || named['name'] === ofAddOn ? s.told('add-on-at-work', 'namespace')[0] : undefined)
    return `system:serviceaccount:${space ?? '<Namespace>'}:${named?.['name'] ?? ofAddOn ?? '<ServiceAccount>'}`
  }
  if (isGitlab(host)) return `project_path:${projectOf(s) ?? '<Group>/<Project>'}:ref_type:branch:ref:${branchOfJob(s)}`
  if (host === terraform)
    return 'organization:<Organization>:project:<Project>:workspace:<Workspace>:run_phase:<RunPhase>'
  // https://support.atlassian.com/bitbucket-cloud/docs/deploy-on-aws-using-bitbucket-pipelines-openid-connect/
  if (host.startsWith('api.bitbucket.org/')) return '{<RepositoryUuid>}:*'
  if (host !== github && repository === undefined) return '<Subject>'
  // A job that names an environment has it in place of the branch, whatever the repository.
  // https://docs.github.com/en/actions/reference/security/oidc
  const environment = host === github ? environmentOfJob(s) : undefined
  const of = environment === undefined ? ofTrigger(s, trusted) : `environment:${environment}`
  return `repo:${repository ?? '<Organization>/<Repository>'}:${of}`
}

/** As a workflow has it, which goes before what people say of environments. */
export const environmentOfJob = (s: Situation): string | undefined =>
  s.denial.clues.find(({ kind, values }) => kind === 'oidc-environment' && values['of'] === 'job')?.values[
    'environment'
  ]

/**
 * What follows from the event that the text tells. A workflow that a branch may start too has the subject that is not
 * trusted yet; where nothing is known of that, the branch is the usual one.
 */
function ofTrigger(s: Situation, trusted: readonly string[]): string {
  const events = s.told('workflow-trigger', 'event')
  const isTrusted = (part: string): boolean => trusted.some((subject) => subject.includes(part))
  const isOpen = !events.includes('push') || isTrusted(':ref:refs/heads/')
  if (isOpen && events.includes('pull_request') && !isTrusted(':pull_request')) return 'pull_request'
  return isOpen && events.includes('tags') && !isTrusted(':ref:refs/tags/')
    ? 'ref:refs/tags/<Tag>'
    : `ref:refs/heads/${branchOf(s) ?? '<Branch>'}`
}

/** The branch that is spoken of, where it is one alone. */
function branchOf(s: Situation): string | null {
  const [named, ...more] = new Set([...s.told('oidc-branch', 'branch'), ...s.told('oidc-branch', 'plain')])
  return more.length === 0 ? (named ?? null) : null
}
