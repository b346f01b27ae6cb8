import { parseArn } from '../../iam/arn.ts'
import { providersIn } from '../../iam/federated-provider.ts'
import { finding, type Finding } from '../finding.ts'
import { act, allowTo, editStatement } from '../fixes.ts'
import { conditionFacts, placeOf } from '../places.ts'
import type { Situation } from '../situation.ts'
import { coversAction, type ReadStatement } from '../statements.ts'
import { decisiveConditions } from './decisive-conditions.ts'
import { onTrust, roleLabel } from './service-trust.ts'
import { issuerOf, providerOfCall } from './token-issuer.ts'

const withSaml = 'sts:AssumeRoleWithSAML'
const withToken = 'sts:AssumeRoleWithWebIdentity'

/**
 * Whoever comes with an assertion or a token has no policies and no ARN, and may bring tags in it: the trust policy
 * alone allows them.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
 */
export function federatedTags(s: Situation, action: string, role: string): Finding | null {
  const call = callOf(s)
  if (call === null) return null
  const federated = s.statements('role-trust').filter((one) => isFederated(one) && coversAction(one, call))
  const called = providerOfCall(s)
  const own = federated.filter(({ source }) => called === null || providersIn(source).includes(called))
  const lacking = own.find((one) => !coversAction(one, action))
  const [allowing] = own
  if (lacking === undefined && allowing !== undefined) return held(s, allowing, role)
  const add = onTrust(
    role,
    allowTo(
      { Federated: called ?? providerOf(s, call, role) },
      own.length === 0 && s.wasRead('role-trust') ? [call, action] : [action],
      [],
    ),
  )
  const edit = lacking === undefined ? add : editOf(s, lacking, action, role)
  return finding(
    'tag-session',
    s.wasRead('role-trust') ? 'evaluated' : 'stated',
    [edit, act('other', 'skip-session-tagging', {}, { alternative: true })],
    { role, roleAccount: parseArn(role)?.account, call, ...placeOf(lacking) },
  )
}

/** Tags are allowed to whoever meets what is asked of all that assume the role, or of their tags. */
const held = (s: Situation, read: ReadStatement, role: string): Finding => {
  const [condition, ...further] = decisiveConditions(s, read)
  return finding('trust-policy', 'possible', [act('other', 'skip-session-tagging')], {
    role,
    ...(isSaml(read) ? { saml: 'yes', provider: providersIn(read.source)[0] } : {}),
    ...placeOf(read),
    ...conditionFacts(condition ?? null, further),
  })
}

const editOf = (s: Situation, read: ReadStatement, action: string, role: string) => {
  const after = { ...read.source, Action: [...read.actions, action] }
  return editStatement(s, read, after, after, {
    kind: 'trust-policy',
    step: 'allow-in-trust-policy',
    attachTo: roleLabel(role),
    readiness: 'needs-review',
  })
}

const isFederated = ({ effect, source }: ReadStatement): boolean => effect === 'Allow' && providersIn(source).length > 0

const isSaml = ({ source }: ReadStatement): boolean =>
  providersIn(source).some((name) => name.includes(':saml-provider/'))

/** The call that brought the tags; `null` where it was made with credentials, or nobody knows. */
function callOf(s: Situation): typeof withSaml | typeof withToken | null {
  if (s.denial.principal !== null) return null
  if (s.operation === 'AssumeRoleWithSAML') return withSaml
  if (s.operation === 'AssumeRoleWithWebIdentity') return withToken
  const letting = s.statements('role-trust').filter(({ effect }) => effect === 'Allow')
  if (letting.length > 0 && letting.every(isFederated)) return letting.every(isSaml) ? withSaml : withToken
  return letting.length === 0 && s.has('github-token-asked', 'eks-token-file', 'gitlab-at-work') ? withToken : null
}

function providerOf(s: Situation, call: string, role: string): string {
  const account = parseArn(role)?.account ?? s.callerAccount ?? '<AccountId>'
  const name = call === withSaml ? 'saml-provider/<SamlProviderName>' : `oidc-provider/${issuerOf(s)}`
  return `arn:${s.partition}:iam::${account}:${name}`
}
