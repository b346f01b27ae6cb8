import type { Denial } from '../denial/denial.ts'
import { audienceKey } from '../iam/federated-provider.ts'
import type { RequestContext } from '../iam/request.ts'

/** The hosts of the issuers whose subjects begin like no others. */
const issuers: readonly (readonly [start: string, host: string])[] = [
  ['repo:', 'token.actions.githubusercontent.com'],
  ['organization:', 'app.terraform.io'],
]

/** What the token was asked for is what it has. */
const kinds: ReadonlySet<string> = new Set(['oidc-claim', 'oidc-audience'])

/** The one value that the text has of a claim; of two nobody knows which the token had. */
function single(denial: Denial, name: string): string | null {
  const told = denial.clues.flatMap(({ kind, values }) => (kinds.has(kind) ? (values[name] ?? []) : []))
  const [value, ...others] = new Set(told)
  return others.length === 0 ? (value ?? null) : null
}

/**
 * The claims of the web identity token that stand in the text as a token has them, under the keys of whoever issued it.
 * Without an issuer the claims are those of nobody's keys.
 */
export function claimsTold(denial: Denial): RequestContext {
  const subject = single(denial, 'subject')
  const audience = single(denial, 'audience')
  const host = single(denial, 'issuer') ?? issuers.find(([start]) => subject?.startsWith(start))?.[1]
  if (host === undefined) return {}
  return {
    ...(subject === null ? {} : { [`${host}:sub`]: subject }),
    ...(audience === null ? {} : { [audienceKey(host)]: audience }),
  }
}
