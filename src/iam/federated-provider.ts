import { ownValue } from './own-value.ts'
import { list, type Statement } from './policy-document.ts'

/** The providers that IAM knows without an ARN, which name the application under a key of their own. */
const ownAudienceKeys: Readonly<Record<string, string>> = { 'graph.facebook.com': 'app_id', 'www.amazon.com': 'app_id' }

/** Providers that a trust policy names as they are, beside the identity pools of Cognito. */
export const withoutArn: ReadonlySet<string> = new Set(['accounts.google.com', 'graph.facebook.com', 'www.amazon.com'])

/**
 * The host under which the condition keys of an OIDC provider stand: what follows `oidc-provider/` in its ARN, or the
 * name itself of the few that IAM knows without one (`accounts.google.com`, `cognito-identity.amazonaws.com`).
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
 */
export const hostOfProvider = (provider: string): string => provider.split(':oidc-provider/')[1] ?? provider

/** The condition key of a provider that holds for whom its token was issued. */
export const audienceKey = (host: string): string => `${host}:${ownValue(ownAudienceKeys, host) ?? 'aud'}`

/** The providers that a trust policy's statement names: `Principal: {"Federated": …}`. */
export const providersIn = ({ Principal }: Statement): readonly string[] =>
  typeof Principal === 'object' ? list(Principal['Federated']) : []
