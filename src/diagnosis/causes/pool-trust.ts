import type { Statement } from '../../iam/policy-document.ts'
import { compileWildcard, matchesWildcard } from '../../verdict/wildcard.ts'
import { finding, type Finding } from '../finding.ts'
import { act, allowTo, editStatement } from '../fixes.ts'
import { conditionFacts, placeOf } from '../places.ts'
import type { Situation } from '../situation.ts'
import { coversAction, type ReadCondition, type ReadStatement } from '../statements.ts'
import { withValues } from './condition-edits.ts'
import { knownValue } from './condition-keys.ts'
import { onTrust, roleLabel } from './service-trust.ts'
import { roleOfToken } from './token-issuer.ts'

export const identityPools = 'cognito-identity.amazonaws.com'
const action = 'sts:AssumeRoleWithWebIdentity'

/** The pools that are spoken of, or the one that the record of the call names as the audience. */
function poolsTold(s: Situation): readonly string[] {
  const called = knownValue(s, `${identityPools}:aud`)
  return typeof called === 'string' ? [called] : [...new Set(s.told('identity-pool-named', 'pool'))]
}

/** Whether somebody signed in or is a guest, by the words and by the name of the role. */
function kindOfUser(s: Situation, role: string): 'authenticated' | 'unauthenticated' | null {
  const [told, ...others] = new Set(s.told('pool-user-told', 'kind'))
  if (others.length === 0 && (told === 'authenticated' || told === 'unauthenticated')) return told
  if (/unauth|guest/iu.test(role)) return 'unauthenticated'
  return /auth/iu.test(role) ? 'authenticated' : null
}

const trustOfPool = (s: Situation, role: string): Statement =>
  allowTo({ Federated: identityPools }, [action], [], {
    StringEquals: { [`${identityPools}:aud`]: poolsTold(s)[0] ?? '<IdentityPoolId>' },
    'ForAnyValue:StringLike': { [`${identityPools}:amr`]: kindOfUser(s, role) ?? '<AuthenticatedOrUnauthenticated>' },
  })

/**
 * A role of an identity pool that does not trust this pool, or this kind of user.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/role-trust-and-permissions.html
 */
export function poolCannotAssume(s: Situation): Finding {
  const role = roleOfToken(s)
  const trust = s.statements('role-trust').find(({ effect, source }) => effect === 'Allow' && isOfPools(source))
  if (trust !== undefined) return asRead(s, trust, role)
  return finding('oidc-trust', 'stated', [onTrust(role, trustOfPool(s, role)), poolRole(s, true)], {
    provider: identityPools,
    fault: 'unknown',
  })
}

export const isOfPools = ({ Principal }: Statement): boolean =>
  JSON.stringify(Principal ?? null).includes(`"${identityPools}"`)

const poolRole = (s: Situation, alternative: boolean) =>
  act(
    'other',
    'set-pool-role',
    {},
    {
      alternative,
      command: `aws cognito-identity get-identity-pool-roles --identity-pool-id '${poolsTold(s)[0] ?? '<IdentityPoolId>'}'`,
    },
  )

/** What the trust policy that was read asks of the pool's token, set against what the text tells of it. */
function asRead(s: Situation, trust: ReadStatement, role: string): Finding {
  const [pool, ...otherPools] = poolsTold(s)
  const kind = kindOfUser(s, role)
  const audience = conditionOn(trust, 'aud')
  const methods = conditionOn(trust, 'amr')
  const poolDiffers = audience !== undefined && pool !== undefined && otherPools.length === 0 && !takes(audience, pool)
  const kindDiffers = methods !== undefined && kind !== null && !takes(methods, kind)
  const named = coversAction(trust, action) ? trust.source : { ...trust.source, Action: action }
  const forPool = poolDiffers ? withValues(named, audience, { values: [pool] }) : named
  const after = kindDiffers && forPool !== null ? withValues(forPool, methods, { values: [kind] }) : forPool
  const at = { provider: identityPools, ...placeOf(trust) }
  if (after !== null && after !== trust.source) {
    const fault = named !== trust.source ? 'action' : poolDiffers ? 'pool' : 'kind-of-user'
    const edit = editStatement(s, trust, after, after, {
      kind: 'trust-policy',
      step: 'correct-trust-condition',
      attachTo: roleLabel(role),
      readiness: 'needs-review',
    })
    return finding('oidc-trust', 'evaluated', [edit, poolRole(s, true)], {
      ...at,
      fault,
      ...conditionFacts(fault === 'pool' ? audience : fault === 'kind-of-user' ? methods : null),
      sent: fault === 'pool' ? pool : fault === 'kind-of-user' ? kind : null,
    })
  }
  const isWhole = pool !== undefined && kind !== null
  return finding('oidc-trust', 'stated', [poolRole(s, false)], {
    ...at,
    fault: isWhole ? 'fits' : 'unknown',
    ...(isWhole
      ? {}
      : conditionFacts(audience ?? methods, audience === undefined || methods === undefined ? [] : [methods])),
  })
}

const conditionOn = ({ conditions }: ReadStatement, claim: 'aud' | 'amr'): ReadCondition | undefined =>
  conditions.find(
    ({ key, operator }) => key.toLowerCase() === `${identityPools}:${claim}` && !/Not|^Null$/u.test(operator),
  )

/** The methods of somebody who signed in are `authenticated` and the names of the provider. */
const takes = ({ values }: ReadCondition, value: string): boolean =>
  values.some(
    (one) =>
      matchesWildcard(compileWildcard(one), value) ||
      (value === 'authenticated' && one !== 'unauthenticated' && one !== 'authenticated'),
  )
