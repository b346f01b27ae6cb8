import { nearOfSide } from './near-side.ts'
import { parseArn } from '../../iam/arn.ts'
import { list, type Statement } from '../../iam/policy-document.ts'
import type { Confidence } from '../diagnosis.ts'
import { finding, none, type Finding } from '../finding.ts'
import { act, addToIdentity, allowTo, editStatement } from '../fixes.ts'
import { conditionFacts, placeOf } from '../places.ts'
import { principalOrMarked } from '../marked-principal.ts'
import { allowsOf, identityGrants, type Situation } from '../situation.ts'
import { coversAction, type ReadCondition, type ReadStatement } from '../statements.ts'
import { toldTrust } from '../told-situation.ts'
import type { Fix } from '../../remedy/fix.ts'
import { mfaSession } from './mfa-session.ts'
import { kindOfKey, sentValue } from './condition-keys.ts'
import { federatedTags } from './federated-tags.ts'
import { decisiveConditions } from './decisive-conditions.ts'
import { heldByCondition, sideFixes } from './side-condition.ts'
import { assumingService } from './assuming-service.ts'
import { namedBeside } from './companion-actions.ts'
import { noMatchingAllow } from './missing-allow.ts'
import { hangsOnPath, mayLetIn } from './open-trust.ts'
import { identitySide } from './other-side.ts'
import { guardedTags } from './session-guard.ts'
import { snowflakeFixes } from './outside-trust.ts'
import { clusterCannotAssume, isDatabaseUser, onTrust, roleLabel, serviceCannotAssume } from './service-trust.ts'

const roleOf = (s: Situation): string =>
  s.resource ?? s.denial.resource ?? s.told('role-arn', 'role')[0] ?? roleOfPattern(s) ?? '<RoleArn>'

/** The name is known, though the account is not. */
const roleOfPattern = ({ resourcePattern }: Situation): string | null =>
  resourcePattern !== null && /:role\/[^<>*]+$/u.test(resourcePattern) ? resourcePattern : null

/** `sts:AssumeRole` on a role: the role's trust policy, the caller's own policy, or both across accounts. */
export function assumeRole(s: Situation): readonly Finding[] {
  if (s.action?.toLowerCase() !== 'sts:assumerole' || s.denial.effect === 'explicit') return none
  // A service that says so itself, in place of a principal.
  const service = s.denial.principal === null ? assumingService(s) : serviceAsking(s)
  if (service !== null) return serviceCannotAssume(s, service)
  if (isDatabaseUser(s.denial.principal)) return [clusterCannotAssume(s)]
  const role = roleOf(s)
  const trust = trustFinding(s, role)
  // What its user may do in its own account is Snowflake's affair.
  if (s.has('snowflake-at-work') && s.isCrossAccount) return [trust('possible')]
  const own = s.isCrossAccount
    ? identitySide(s, s.action, s.resource, 'possible')
    : noMatchingAllow(s, s.action, s.resource, 'possible')
  if (s.denial.policyType === 'role-trust' || s.denial.policyType === 'resource-based') return [trust('stated')]
  if (s.denial.policyType === 'identity-based') return none
  const trustBlocks = s.layer('role-trust')?.blocking === true
  const granted = identityGrants(s, s.action, s.resource)
  // Both sides, as they were read, let the caller in: something else refused.
  const isTrusted = s.layer('role-trust')?.result === 'allowed' && s.denial.policyType === null
  if (isTrusted && granted) return none
  if (isTrusted && s.isCrossAccount && !s.wasRead('identity-based')) return [own]
  if (granted || trustBlocks) return [trust(trustBlocks ? 'evaluated' : 'possible')]
  if (s.wasRead('identity-based')) return mayLetIn(s) ? [...hangsOnPath(s), trust('possible')].slice(0, 1) : none
  if (isDelegated(s)) return s.wasRead('role-trust') ? [own] : [own, trust('possible')]
  // The roles of CDK's bootstrap stack trust their whole account.
  return isOfBootstrap(role) && isInAccountOf(role, s.denial.principal)
    ? [own, trust('possible')]
    : [trust('possible'), own]
}

/**
 * The trust policy leaves it to the caller's account who may assume the role, or names the caller across accounts: what
 * is lacking is on the caller's side.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-accounts
 */
function isDelegated(s: Situation): boolean {
  const account = s.callerAccount
  const read = s.wasRead('role-trust') ? s.statements('role-trust') : toldTrust(s.policiesInText ?? [])
  if (account === null || read.some(({ effect }) => effect === 'Deny')) return false
  const lets = (name: string): boolean =>
    name === account ||
    name === `arn:${s.partition}:iam::${account}:root` ||
    (s.isCrossAccount && s.principalArn !== null && name === s.principalArn)
  return read.some(
    (one) =>
      coversAction(one, 'sts:AssumeRole') &&
      one.conditions.length === 0 &&
      typeof one.source.Principal === 'object' &&
      list(one.source.Principal['AWS']).some(lets),
  )
}

/** https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html */
const isOfBootstrap = (role: string): boolean =>
  /\/cdk-[a-z0-9]{1,10}-(?:deploy|file-publishing|image-publishing|lookup)-role-/u.test(role)

/** As printed: accounts that were taken out are the same where the same stands in their place. */
const isInAccountOf = (role: string, caller: string | null): boolean =>
  caller !== null && caller.split(':')[4] === role.split(':')[4] && !isOfBootstrap(caller)

/** The service that asked under its own name: it has no policies of its own, and is named as a service. */
const serviceAsking = ({ denial }: Situation): string | null =>
  denial.principalType === 'service' ? denial.principal : null

function trustFinding(s: Situation, role: string): (confidence: Confidence) => Finding {
  const held = heldByCondition(s, 'role-trust')
  const near = held ?? allowsOf(s, 'role-trust', 'sts:AssumeRole').find(({ conditions }) => conditions.length > 0)
  // What is asked of others is no fault of the caller, where the policy that was read does not name it at all.
  const isOther = held === null && s.layer('role-trust')?.result === 'implicitDeny'
  const [condition = null, ...further] = near === undefined || isOther ? [] : decisiveConditions(s, near)
  const actions = ['sts:AssumeRole', ...namedBeside(s, 'sts:AssumeRole')]
  // Whoever is let in beside the others has to bring what they have to bring.
  const demanded = near?.source.Condition ?? null
  const statement = allowTo({ AWS: principalOrMarked(s) }, actions, [], held === null ? demanded : null)
  const asked = trustFixes(s, role, statement, condition, held)
  const into = { kind: 'trust-policy', step: 'allow-in-trust-policy', attachTo: roleLabel(role) } as const
  const somebody = held === null && condition === null ? nearOfSide(s, 'role-trust', into) : null
  const fixes =
    somebody === null ? asked : asked.flatMap((one) => (one.statement === null ? [one] : somebody.fixes(one)))
  return (confidence) =>
    finding('trust-policy', confidence, fixes, {
      role,
      roleAccount: parseArn(role)?.account,
      ...placeOf(isOther ? null : near),
      ...conditionFacts(condition, further),
      sent: condition === null ? null : sentValue(s, condition),
      ...somebody?.facts,
    })
}

/** The statement that already lets the caller in under a condition is enough, once the condition is met. */
function trustFixes(
  s: Situation,
  role: string,
  statement: Statement,
  condition: ReadCondition | null,
  held: ReadStatement | null,
): readonly Fix[] {
  if (s.has('snowflake-at-work')) return snowflakeFixes(s, role)
  if (condition?.key.toLowerCase() === 'sts:externalid' || (condition === null && s.has('external-id-told'))) {
    const added = { ...onTrust(role, statement), alternative: true }
    return [act('other', 'send-external-id', {}), ...(held === null ? [added] : [])]
  }
  if (held !== null && condition !== null)
    return sideFixes(s, held, condition, { kind: 'trust-policy', attachTo: roleLabel(role) }, [
      onTrust(role, statement),
    ])
  return condition !== null && kindOfKey(condition.key) === 'mfa' ? [mfaSession(s)] : [onTrust(role, statement)]
}

/** Without tags only the right to assume is asked for. */
const untagged: readonly Finding[] = [
  finding('tag-session', 'possible', [act('other', 'skip-session-tagging', {}, { alternative: true })]),
]

/** The session is tagged, and the trust policy allows only to assume. */
export function tagSession(s: Situation): readonly Finding[] {
  if (!/^sts:(?:TagSession|SetSourceIdentity)$/iu.test(s.action ?? '')) return none
  const action = s.action ?? 'sts:TagSession'
  const role = roleOf(s)
  const guarded = guardedTags(s, action, role)
  const service = serviceAsking(s)
  const crosses = service === null && (s.isCrossAccount || s.callerAccount === null)
  const own = crosses && !identityGrants(s, action, role) ? [addToIdentity(s, [action], [role])] : []
  // What the caller lacks for certain goes before a guard that may not hold.
  if (guarded !== null && (own.length === 0 || guarded.confidence === 'evaluated'))
    return [{ ...guarded, fixes: [...guarded.fixes, ...own] }]
  const federated = federatedTags(s, action, role)
  if (federated !== null) return [federated]
  const letting = allowsOf(s, 'role-trust', 'sts:AssumeRole').filter((one) => isFor(s, one, service))
  const trusted = letting.find((one) => !coversAction(one, action))
  const isLetIn = trusted === undefined && letting.some(({ conditions }) => conditions.length === 0)
  const base = allowTo(
    service === null ? { AWS: principalOrMarked(s) } : { Service: service },
    s.wasRead('role-trust') && letting.length === 0 ? ['sts:AssumeRole', action] : [action],
    [],
  )
  const trust = trusted === undefined ? onTrust(role, base) : withTag(s, trusted, role, base, action)
  // Both sides allow it: something else refused.
  if (isLetIn && own.length === 0) return none
  // Tags are allowed, to whoever meets what is asked of all that assume the role.
  const isHeld = trusted === undefined && !isLetIn && heldByCondition(s, 'role-trust') !== null
  if (isHeld && own.length === 0)
    return [trustFinding(s, role)(s.layer('role-trust')?.blocking === true ? 'evaluated' : 'possible'), ...untagged]
  return [
    finding(
      'tag-session',
      s.wasRead('role-trust') ? 'evaluated' : 'stated',
      [
        ...((isLetIn || isHeld) && own.length > 0 ? [] : [trust]),
        ...own,
        act('other', 'skip-session-tagging', {}, { alternative: true }),
      ],
      {
        role,
        roleAccount: parseArn(role)?.account,
      },
    ),
  ]
}

/** The statement names the caller, its account or everybody; of a caller that is not known any may be the one. */
function isFor(s: Situation, { source }: ReadStatement, service: string | null): boolean {
  const { Principal: named } = source
  if (typeof named !== 'object') return named === '*'
  if (service !== null) return list(named['Service']).includes(service)
  const [account, arn] = [s.callerAccount, s.principalArn]
  if (account === null || arn === null) return true
  const own = new Set([account, `arn:${s.partition}:iam::${account}:root`, arn, s.denial.principal ?? arn, '*'])
  // What AWS prints of a session hides the path of its role.
  return list(named['AWS']).some((one) => own.has(one) || own.has(one.replace(/:role\/.{0,512}\//u, ':role/')))
}

const withTag = (s: Situation, trusted: ReadStatement, role: string, statement: Statement, action: string): Fix =>
  editStatement(
    s,
    trusted,
    statement,
    { ...trusted.source, Action: [...new Set([...trusted.actions, action])] },
    { kind: 'trust-policy', step: 'allow-in-trust-policy', attachTo: roleLabel(role), readiness: 'needs-review' },
  )
