/**
 * Evaluation of a request of which we know that it was denied, and of what AWS said about it. Policies that nobody
 * read would make every such verdict `unknown`; the denial itself tells enough to go on. Each step taken is recorded
 * in `assuming`, and nothing here makes the policies agree with the message where they do not.
 */
import type { Evidence } from '../evidence/evidence.ts'
import { isAccountId, parseArn, roleArnOfSession } from '../iam/arn.ts'
import type { Policies } from '../iam/policies.ts'
import type { PolicyType } from '../iam/policy-type.ts'
import type { PrincipalType } from '../iam/principal.ts'
import type { AccessRequest } from '../iam/request.ts'
import { lacksReservedPath } from '../iam/reserved-path.ts'
import { delegates, isTrustRequest } from './applicability.ts'
import { clauseOf, type Clause, type DenialReason } from './clause.ts'
import { compileOnce, type CompiledPolicies } from './compile.ts'
import { consider, type Consideration } from './consider.ts'
import { decide } from './decide.ts'
import { withMessagesDeny, withoutOpenDenies, withUnreadAllows } from './message-as-evidence.ts'
import { reportVerdict } from './report.ts'
import { factsOf } from './request-facts.ts'
import { requestInLight, type RequestEvidence } from './request-in-light.ts'
import type { Unusable } from './policy-type-outcome.ts'
import { maybe, no, yes } from './truth.ts'
import { leaveOutUnread, letUnreadAllow } from './unread-policies.ts'
import type { Assumption, Verdict } from './verdict.ts'

export type DenialEvidence = Pick<Evidence, 'policies'> & RequestEvidence

/**
 * Evaluates a denied request against what was collected: a policy type that is absent was not collected, `null` is
 * known not to exist, `[]` is an empty set.
 */
export const evaluateDenial = (denial: DenialReason, request: AccessRequest, evidence: DenialEvidence): Verdict => {
  const { considered, clause, assuming } = considerDenial(denial, request, evidence, evidence.policies, asOpen)
  const unread = leaveOutUnread(considered, evidence.policies, clause)
  const silent = withUnreadAllows({ ...considered, outcomes: unread.outcomes }, clause, maybe)
  const { outcomes, assuming: fromMessage } = withMessagesDeny({ ...considered, outcomes: silent.outcomes }, clause)
  const informed = { ...considered, outcomes }
  const unmet = clause.policyTypes.find((type) => clause.effect === 'explicit' && outcomes[type].deny.value === no)
  return reportVerdict(informed, decide(informed), [...assuming, ...unread.assuming, ...fromMessage], unmet)
}

/**
 * Evaluates the same requests after a remedy: `evidence` holds the changed policies. Whatever was not read is taken to
 * let a request pass, and that is recorded.
 */
export const evaluateRemedied = (
  denial: DenialReason,
  requests: readonly AccessRequest[],
  evidence: DenialEvidence,
): readonly Remedied[] => {
  const policies = compileOnce(evidence.policies)
  const remedied = (request: AccessRequest, openBefore: ReadonlySet<PolicyType | null> = new Set()): Remedied => {
    const { considered, clause, assuming } = considerDenial(denial, request, evidence, policies, asAllowing)
    const unread = letUnreadAllow(considered, evidence.policies)
    const silent = withUnreadAllows({ ...considered, outcomes: unread.outcomes }, clause, yes)
    const { outcomes, assuming: fromMessage } = withoutOpenDenies(silent.outcomes, clause, openBefore)
    const { decision } = decide({ ...considered, outcomes })
    const unusable = unusableAllows(considered)
    return { decision, assuming: [...assuming, ...unread.assuming, ...silent.assuming, ...unusable, ...fromMessage] }
  }
  return requests.map((request) => {
    const result = remedied(request)
    const known = result.decision === 'unknown' ? withoutPath(request, evidence) : null
    const decided = known === null ? result : remedied(known.request, ruledOutIn(result))
    // What does not hang on the path stays unknown, and nothing is assumed for it.
    if (known === null || decided.decision === 'unknown') return result
    return { ...decided, assuming: [...decided.assuming, known.assumption] }
  })
}

const ruledOutIn = ({ assuming }: Remedied): ReadonlySet<PolicyType | null> =>
  new Set(assuming.filter(({ code }) => code === 'message-rules-out-deny').map(({ policyType }) => policyType))

type Remedied = Pick<Verdict, 'decision' | 'assuming'>

/** The role as a remedy names it: what AWS prints of a session hides the path, and most roles have none. */
const withoutPath = (
  request: AccessRequest,
  evidence: RequestEvidence,
): { readonly request: AccessRequest; readonly assumption: Assumption } | null => {
  const { principal } = requestInLight(request, evidence).request
  const role =
    principal.type === 'assumed-role' && principal.roleArn === undefined ? roleArnOfSession(principal.arn ?? '') : null
  if (role === null || !isAccountId(parseArn(role)?.account) || lacksReservedPath(role)) return null
  return {
    request: { ...request, principal: { ...request.principal, roleArn: role } },
    assumption: { code: 'role-without-path', policyType: null, values: {} },
  }
}

/** What stands in place of a document that AWS would not store may do either, but for what the message rules out. */
const asOpen = ({ effect }: Clause): Unusable => ({ deny: effect === 'implicit' ? no : maybe, allow: maybe })

const asAllowing = (): Unusable => ({ deny: no, allow: yes })

const unusableAllows = ({ outcomes }: Consideration): readonly Assumption[] =>
  Object.values(outcomes)
    .filter(({ compiled }) => compiled?.levels.some((level) => level !== 'unread' && level.hasUnusable) === true)
    .map(({ type }) => ({ code: 'unread-allows', policyType: type, values: {} }))

/** Callers for whom it makes no difference in which account the resource is. */
const withoutAccount: ReadonlySet<PrincipalType> = new Set(['service', 'anonymous', 'web-identity', 'saml'])

interface ConsideredDenial {
  readonly considered: Consideration
  readonly clause: Clause
  readonly assuming: readonly Assumption[]
}

const considerDenial = (
  denial: DenialReason,
  asked: AccessRequest,
  evidence: RequestEvidence,
  policies: Policies | CompiledPolicies,
  stance: (clause: Clause) => Unusable,
): ConsideredDenial => {
  const lit = requestInLight(asked, evidence)
  const facts = factsOf(lit.request, false)
  const clause = clauseOf(denial, isTrustRequest(facts))
  const unusable = stance(clause)
  const { resourceAccount } = lit.request
  const { callerAccount } = facts
  if (withoutAccount.has(lit.request.principal.type) || (resourceAccount !== null && callerAccount !== null))
    return {
      considered: consider(lit.request, policies, unusable),
      clause,
      assuming: asked.isAccountAssumed === true ? [...lit.assuming, inCallersAccount(resourceAccount)] : lit.assuming,
    }
  // In one account the resource's policy is blamed for its silence only where it is a key's or a role's.
  const elsewhere =
    resourceAccount === null &&
    ((clause.effect === 'implicit' && clause.policyTypes[0] === 'resource-based' && !delegates(facts, true)) ||
      asked.isAccountAnothers === true)
  const account = resourceAccount ?? callerAccount
  const request = elsewhere ? lit.request : { ...lit.request, resourceAccount: account }
  const considered = {
    ...consider(request, policies, unusable),
    relation: elsewhere ? ('cross-account' as const) : ('same-account' as const),
  }
  const assumption: Assumption = elsewhere
    ? { code: 'resource-in-another-account', policyType: null, values: {} }
    : inCallersAccount(account)
  return { considered, clause, assuming: [...lit.assuming, assumption] }
}

const inCallersAccount = (account: string | null): Assumption => ({
  code: 'resource-in-callers-account',
  policyType: null,
  values: isAccountId(account) ? { account } : {},
})
