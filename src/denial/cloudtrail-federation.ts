import { audienceKey, hostOfProvider } from '../iam/federated-provider.ts'
import type { Members } from './cloudtrail-resource.ts'

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

/** What CloudTrail prints in place of a name that may be a password typed into the wrong field. */
const hidden = 'HIDDEN_DUE_TO_SECURITY_REASONS'

/**
 * Who comes with a token or an assertion has no ARN yet: the provider, the audience and the subject are all that a
 * record of AssumeRoleWithWebIdentity tells of it. `principalId` is `<provider>:<audience>:<subject>`.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html#STS-API-SAML-WIF
 */
export function federatedKeys(identity: Members, parameters: Members): Readonly<Record<string, string | null>> {
  if (identity['type'] === 'SAMLUser') {
    const provider = text(parameters['principalArn'])
    return { 'aws:FederatedProvider': provider?.includes(':saml-provider/') === true ? provider : null }
  }
  const provider = identity['type'] === 'WebIdentityUser' ? text(identity['identityProvider']) : null
  if (provider === null) return {}
  const host = hostOfProvider(provider)
  const name = text(identity['userName'])
  const subject = name === hidden ? null : name
  const id = text(identity['principalId'])
  const isWhole = subject !== null && id?.startsWith(`${provider}:`) === true && id.endsWith(`:${subject}`)
  const audience = isWhole ? id.slice(provider.length + 1, -subject.length - 1) : ''
  return {
    'aws:FederatedProvider': provider,
    [`${host}:sub`]: subject,
    [audienceKey(host)]: audience === '' ? null : audience,
  }
}
