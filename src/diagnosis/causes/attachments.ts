import { parseArn } from '../../iam/arn.ts'
import { ownValue } from '../../iam/own-value.ts'
import type { PolicyType } from '../../iam/policy-type.ts'
import type { Situation } from '../situation.ts'

/** What the policies of this type hang on, as far as it is known. */
export function homeOf(s: Situation, type: PolicyType): string {
  switch (type) {
    case 'resource-based':
      return attachmentOf(s)
    case 'role-trust':
      return `role/${s.resource?.split('/').at(-1) ?? '<RoleName>'}`
    case 'vpc-endpoint':
      return `vpc-endpoint/${endpointIn(s) ?? '<EndpointId>'}`
    case 'service-control':
    case 'resource-control':
      return 'organization/<TargetId>'
    case 'permissions-boundary':
      return `policy/${s.layer(type)?.policies[0]?.name ?? s.denial.policyArn?.split('/').at(-1) ?? '<BoundaryName>'}`
    case 'identity-based':
    case 'session':
      return s.principalLabel
  }
}

/** Whoever hands an endpoint's policy over names it by the endpoint; else a record may tell which one was passed. */
export const endpointIn = (s: Situation): string | undefined =>
  [...(s.layer('vpc-endpoint')?.policies.map(({ name }) => name) ?? []), s.denial.context['aws:SourceVpce']]
    .filter((name) => typeof name === 'string')
    .find((name) => /^vpce-[0-9a-f]{8,17}$/u.test(name))

/** `accesspoint/Name` of the ARN of an access point, or of an object that is asked for through it. */
export const accessPointIn = (arn: string): string | null =>
  /^arn:[a-z-]+:s3:[^:]*:[^:]+:(accesspoint\/[^/:]+)/u.exec(arn)?.[1] ?? null

/**
 * The vault that holds what is asked of AWS Backup: a recovery point is a snapshot or an image of another service, or has
 * an ARN of its own, and takes no policy; that of the vault counts. `null` for all else.
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault-access-policy.html
 */
function vaultOf(s: Situation): string | null {
  if (s.action?.startsWith('backup:') !== true) return null
  const { service, resource } = parseArn(s.resource ?? s.denial.resource ?? '') ?? {}
  if (resource === undefined || (service === 'backup' && !resource.startsWith('recovery-point:'))) return null
  const named = s.denial.calls.map(({ parameters }) => parameters['backupVaultName']).find((name) => name !== undefined)
  return named ?? '<BackupVaultName>'
}

/** The same as a fact: that there is one, where nobody told its name. */
export const vaultFact = (s: Situation): string | null => {
  const vault = vaultOf(s)
  return vault?.startsWith('<') === true ? unnamedVault : vault
}
export const unnamedVault = 'unnamed'

/** `bucket/Name`, `queue/Name` … of the resource that was asked for. */
export function attachmentOf(s: Situation, arn: string | null = s.resource ?? s.denial.resource): string {
  const vault = arn === (s.resource ?? s.denial.resource) ? vaultOf(s) : null
  if (vault !== null) return `backup/backup-vault:${vault}`
  const text = arn ?? s.resourcePattern ?? ''
  const [, , service = '', , , ...rest] = text.split(':')
  const tail = rest.join(':')
  const names: Readonly<Record<string, string>> = {
    s3: accessPointIn(text) ?? `bucket/${tail.split('/')[0] ?? ''}`,
    sqs: `queue/${tail}`,
    sns: `topic/${tail}`,
    kms: tail,
    lambda: tail.startsWith('layer:') ? `layer/${tail.slice('layer:'.length)}` : `function/${tail.split(':')[1] ?? ''}`,
    secretsmanager: `secret/${tail.split(':')[1] ?? ''}`,
    ecr: tail,
    // Its policies are of the account; which streams one is for stands in the statement.
    logs: `logs/${tail.replace(/:\*$/u, '')}`,
    // An index is governed by the policy of its table; a stream has one of its own.
    dynamodb: tail.replace(/^(table\/[^/]+)\/index\/.*$/u, '$1'),
    'execute-api': `api/${tail.split('/')[0] ?? ''}`,
    s3express: tail,
    // A catalog has one policy, for all of its databases and tables.
    // https://docs.aws.amazon.com/glue/latest/webapi/API_PutResourcePolicy.html
    glue: /^(?:catalog|database|table|userDefinedFunction)\b/u.test(tail) ? 'glue/catalog' : `glue/${tail}`,
    // The policy is the domain's, whatever index or API below it was asked for.
    es: `es/${tail.split('/').slice(0, 2).join('/')}`,
    // A package has no policy: that of its repository decides.
    codeartifact: `codeartifact/${tail.replace(/^package\/([^/]+\/[^/]+)\/.*$/su, 'repository/$1')}`,
  }
  return ownValue(names, service) ?? (tail === '' ? 'resource/<ResourceName>' : `${service}/${tail}`)
}
