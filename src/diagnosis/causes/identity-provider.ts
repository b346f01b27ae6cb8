import { shellLine } from '../../remedy/commands/shell.ts'
import { finding } from '../finding.ts'
import { act } from '../fixes.ts'
import { simple, type Answer } from './answer.ts'
import { trustOfOtherIssuer } from './web-identity.ts'

const providerFault: Answer = simple('oidc-trust', 'trust-policy', 'correct-trust-condition', () => ({
  fault: 'provider',
}))

/** A provider is made once in each account, and the account is that of the role's ARN. */
const providerMissing: Answer = (s) => {
  const url = s.told('oidc-provider-missing', 'url')[0] ?? '<ProviderUrl>'
  const command = shellLine([
    ...['aws', 'iam', 'create-open-id-connect-provider', '--url', url],
    ...['--client-id-list', 'sts.amazonaws.com'],
  ])
  const create = act('trust-policy', 'create-oidc-provider', {}, { command })
  // A provider that is made for this issuer alone helps no role that trusts another.
  const trust = url.startsWith('https://') ? trustOfOtherIssuer(s, hostOf(url)) : null
  return trust === null
    ? [finding('oidc-trust', 'stated', [create], { fault: 'provider' })]
    : [{ ...trust, fixes: [create, ...trust.fixes] }]
}

const hostOf = (url: string): string => url.slice('https://'.length).replace(/\/+$/u, '')

/** STS could not use the token of a provider, or knows no such provider in this account. */
export const identityProvider: Answer = (s) => (s.has('oidc-provider-missing') ? providerMissing(s) : providerFault(s))
