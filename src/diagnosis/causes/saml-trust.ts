import { isAccountId, parseArn } from '../../iam/arn.ts'
import { providersIn } from '../../iam/federated-provider.ts'
import type { ConditionBlock, Statement } from '../../iam/policy-document.ts'
import { finding, type Finding } from '../finding.ts'
import { act, allowTo, editStatement } from '../fixes.ts'
import { conditionFacts, placeOf } from '../places.ts'
import type { Situation } from '../situation.ts'
import { coversAction, type ReadCondition, type ReadStatement } from '../statements.ts'
import { withValues } from './condition-edits.ts'
import { sentValue } from './condition-keys.ts'
import { missedConditions } from './decisive-conditions.ts'
import { onTrust, roleLabel } from './service-trust.ts'
import { providerOfCall, roleOfToken } from './token-issuer.ts'

const action = 'sts:AssumeRoleWithSAML'

/**
 * AssumeRoleWithSAML carries no credentials: the trust policy and the provider alone decide.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_saml.html
 */
export function samlTrust(s: Situation): readonly Finding[] {
  const role = s.denial.resource ?? roleOfToken(s)
  const called = providerOfCall(s)
  // A role trusts the providers of its own account.
  const account = s.callerAccount ?? parseArn(role)?.account ?? '<AccountId>'
  const provider = called ?? `arn:${s.partition}:iam::${account}:saml-provider/<SamlProviderName>`
  const trusts = s.statements('role-trust').filter(({ effect, source }) => effect === 'Allow' && isForSaml(source))
  const trust = trusts.find(({ source }) => called === null || providersIn(source).includes(called))
  if (trust !== undefined) return [asRead(s, trust, role)]
  const statement = allowTo({ Federated: provider }, [action], [], audienceIn(s))
  const refuses = s.layer('role-trust')?.result === 'implicitDeny'
  return [
    finding('trust-policy', refuses ? 'evaluated' : 'possible', [onTrust(role, statement)], {
      role,
      saml: 'yes',
      provider: called,
    }),
  ]
}

const isForSaml = (source: Statement): boolean => providersIn(source).some((name) => name.includes(':saml-provider/'))

const audienceIn = ({ partition }: Situation): ConditionBlock => ({
  StringEquals: {
    'SAML:aud': `https://${partition === 'aws-cn' ? 'signin.amazonaws.cn' : 'signin.aws.amazon.com'}/saml`,
  },
})

/** What of the statement for the provider keeps the response out. */
function asRead(s: Situation, trust: ReadStatement, role: string): Finding {
  const facts = { role, saml: 'yes', provider: providersIn(trust.source)[0], ...placeOf(trust) }
  const edit = (after: Statement) =>
    editStatement(s, trust, after, after, {
      kind: 'trust-policy',
      attachTo: roleLabel(role),
      readiness: 'needs-review',
    })
  if (!coversAction(trust, action))
    return finding('trust-policy', 'evaluated', [edit(withAction(s, trust))], { ...facts, fault: 'saml-action' })
  const moved = inAccountOf(role, trust.source)
  if (moved !== null) return finding('trust-policy', 'evaluated', [edit(moved)], { ...facts, fault: 'saml-provider' })
  const [missed] = missedConditions(s, trust)
  const wrong = trust.conditions.find(isNoSignIn)
  const after = wrong === undefined ? null : withValues(trust.source, wrong, { values: signInOf(s) })
  if (missed === undefined && after !== null)
    return finding('trust-policy', 'possible', [edit(after)], { ...facts, ...conditionFacts(wrong) })
  return finding(
    'trust-policy',
    missed === undefined ? 'possible' : 'evaluated',
    [act('other', 'check-saml-response')],
    {
      ...facts,
      ...conditionFacts(missed ?? trust.conditions[0], missed === undefined ? trust.conditions.slice(1) : []),
      sent: sentValue(s, missed ?? null),
    },
  )
}

/** The action of a response in place of those of keys and tokens; tags that a session may have stay. */
function withAction(s: Situation, { source, actions }: ReadStatement): Statement {
  const kept = actions.filter((one) => !/^sts:AssumeRole/iu.test(one))
  return {
    ...source,
    Action: kept.length === 0 ? action : [action, ...kept],
    Condition: source.Condition ?? audienceIn(s),
  }
}

/** A provider of another account under the account of the role; `null` where there is none, or nobody knows. */
function inAccountOf(role: string, source: Statement): Statement | null {
  const own = parseArn(role)?.account
  const providers = providersIn(source)
  const foreign = providers.map((name) => parseArn(name)?.account)
  if (!isAccountId(own) || !foreign.every((account) => isAccountId(account) && account !== own)) return null
  const [only = '', ...more] = providers.map((name) => name.replace(/(?<=:iam::)\d{12}(?=:)/u, own))
  return { ...source, Principal: { Federated: more.length === 0 ? only : [only, ...more] } }
}

/**
 * `SAML:aud` is the recipient of the response, which is the sign-in page of AWS, of a Region or of all.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-saml
 */
const isNoSignIn = ({ key, operator, values }: ReadCondition): boolean =>
  key.toLowerCase() === 'saml:aud' &&
  /^StringEquals$/iu.test(operator) &&
  values.every((value) => !/^https:\/\/[a-z0-9.-]{0,60}signin\.[a-z0-9.-]{1,60}\/[\w/-]{0,60}$/u.test(value))

const signInOf = (s: Situation): readonly string[] =>
  Object.values(audienceIn(s)).flatMap((keys) => Object.values(keys).map(String))
