import type { ActionCatalogue, ActionFacts } from '../action-catalogue/action-catalogue.ts'
import type { ClueKind } from '../denial/clues/clue-shapes.ts'
import type { Denial, ToldDocument, ToldGuardrail } from '../denial/denial.ts'
import type { Evidence } from '../evidence/evidence.ts'
import { isHiddenName, shownName } from '../iam/hidden-name.ts'
import { formatArn, isAccountId, parseArn, partitionOfRegion, roleArnOfSession } from '../iam/arn.ts'
import type { NamedPolicy, Policies, PolicyLevel } from '../iam/policies.ts'
import type { PolicyType } from '../iam/policy-type.ts'
import type { DeniedRequest } from '../requests/denied-request.ts'
import { isNoAction } from '../requests/which-action.ts'
import { isUsable } from '../verdict/compile.ts'
import type { PolicyTypeVerdict, Verdict } from '../verdict/verdict.ts'
import { readFacts, type KnownFacts } from './known-facts.ts'
import { cluesOfCall } from './sentences-of-others.ts'
import { coversAction, coversResource, statementsOf, type ReadStatement } from './statements.ts'

export interface DiagnosisInput {
  readonly denial: Denial
  /** The request that counts first. */
  readonly requests: readonly DeniedRequest[]
  readonly evidence: Evidence
  /** Of the first request; `null` where nothing could be evaluated. */
  readonly verdict: Verdict | null
  readonly catalogue: ActionCatalogue
  /** Policies that stand beside the error; see `told.ts`. */
  readonly policiesInText?: readonly ToldDocument[]
  /** Those whose policy type is told, and is the one that the message names. */
  readonly guardrailsInText?: readonly ToldGuardrail[]
}

/** Everything that the rules ask about, read once. */
export interface Situation extends DiagnosisInput {
  readonly request: DeniedRequest | null
  readonly action: string | null
  /** IAM prefix of the action, or of the service that spoke. */
  readonly service: string | null
  readonly operation: string | null
  readonly resource: string | null
  /** The resource, or its pattern with marked placeholders. */
  readonly resourcePattern: string | null
  readonly actionFacts: ActionFacts | null
  readonly callerAccount: string | null
  readonly resourceAccount: string | null
  readonly isCrossAccount: boolean
  readonly partition: string
  readonly region: string | null
  /** `role/Name`, `user/Name`, or a marked placeholder. */
  readonly principalLabel: string
  /** ARN of the role or user whose policies count, as a Principal element takes it. */
  readonly principalArn: string | null
  /** What was read beside policies. */
  readonly known: KnownFacts
  has(...kinds: readonly ClueKind[]): boolean
  /** Values of one name that clues of this kind captured, in order. */
  told(kind: ClueKind, name: string): readonly string[]
  statements(type: PolicyType): readonly ReadStatement[]
  /** The policy type was read, even where it holds nothing. */
  wasRead(type: PolicyType): boolean
  layer(type: PolicyType): PolicyTypeVerdict | null
}

export function readSituation(input: DiagnosisInput): Situation {
  const { denial, requests, evidence, verdict, catalogue } = input
  const request = requests[0] ?? null
  const action = request?.action ?? actionPrinted(denial, catalogue)
  const resource = request?.resource ?? null
  const caller = parseArn(denial.principal ?? denial.roleArn ?? '')
  // CloudTrail hides the name of a caller from another account, and prints the account.
  const callerAccount = firstAccount(denial.accountId, caller?.account, accountOfRecord(denial))
  const known = readFacts(evidence.facts)
  const resourceAccount = firstAccount(
    evidence.resourceAccount,
    request?.resourceAccount,
    parseArn(resource ?? '')?.account,
    request?.action.startsWith('s3:') === true
      ? (known.bucketAccount ?? otherAccountTold(denial, callerAccount))
      : null,
  )
  const region = denial.region ?? regionIn(resource)
  const clues = cluesOfCall(denial)
  const kinds: ReadonlySet<string> = new Set(clues.map(({ kind }) => kind))
  return {
    ...input,
    request,
    action,
    service:
      action?.split(':')[0]?.toLowerCase() ?? (denial.service === null ? null : catalogue.prefixFor(denial.service)),
    operation: denial.operation ?? denial.calls[0]?.operation ?? null,
    resource,
    resourcePattern: resource ?? request?.resourcePatterns[0] ?? null,
    actionFacts: action === null ? null : catalogue.find(action),
    callerAccount,
    resourceAccount,
    isCrossAccount:
      resourceAccount === null
        ? request?.isAccountAnothers === true
        : callerAccount !== null && callerAccount !== resourceAccount,
    partition:
      caller?.partition ??
      (region === null ? partitionOf(resource ?? request?.resourcePatterns[0]) : partitionOfRegion(region)),
    region,
    principalLabel: labelOf(denial, evidence),
    principalArn: principalArnOf(denial, evidence),
    known,
    has: (...wanted) => wanted.some((kind) => kinds.has(kind)),
    told: (kind, name) =>
      !kinds.has(kind)
        ? []
        : clues.flatMap((clue) =>
            clue.kind === kind && clue.values[name] !== undefined ? [withMarkedAccount(clue.values[name])] : [],
          ),
    statements: (type) => statementsOf(evidence.policies, type),
    wasRead: (type) => wasRead(evidence.policies[type], type),
    layer: (type) => verdict?.policyTypes.find((one) => one.type === type) ?? null,
  }
}

/** A method that no service has is nothing to allow. */
const actionPrinted = ({ action }: Denial, catalogue: ActionCatalogue): string | null =>
  action === null || isNoAction(action, catalogue) ? null : action

/** A document that AWS would not store is not the one that is in force, so nobody has read that. */
const wasRead = (given: Policies[PolicyType], type: PolicyType): boolean => {
  if (given === undefined || given === 'unknown') return false
  const entries: readonly (NamedPolicy | PolicyLevel)[] = given ?? []
  const policies = entries.flatMap((entry) =>
    'level' in entry ? (entry.policies === 'unknown' ? [] : entry.policies) : [entry],
  )
  return policies.every(({ document }) => isUsable(document, type))
}

/** A bucket's ARN has no account: where the text names one beside the caller's, the bucket is there. */
const otherAccountTold = ({ clues }: Denial, callerAccount: string | null): string | null => {
  if (callerAccount === null) return null
  const named = clues.flatMap(({ kind, values }) => (kind === 'account-named' ? [values['account'] ?? ''] : []))
  return named.find((account) => account !== callerAccount) ?? null
}

const partitionOf = (arn: string | undefined): string => {
  const partition = parseArn(arn ?? '')?.partition ?? ''
  return /^aws[a-z-]*$/u.test(partition) ? partition : 'aws'
}

const accountOfRecord = ({ context }: Denial): string | null => {
  const account = context['aws:PrincipalAccount']
  return typeof account === 'string' ? account : null
}

const firstAccount = (...candidates: readonly (string | null | undefined)[]): string | null =>
  candidates.find(isAccountId) ?? null

/** A role's ARN whose account was taken out, however that was done, is one with a place to fill. */
const withMarkedAccount = (value: string): string =>
  value.replace(/^(arn:[\w-]{1,20}:iam::)(?![\d*]{1,16}:)[^\n]{1,70}?(?=:role\/)/u, '$1<AccountId>')

const regionIn = (resource: string | null): string | null => parseArn(resource ?? '')?.region || null

function labelOf({ principalType, roleOrUserName, context }: Denial, { caller }: Evidence): string {
  // The name of a federated user is a label: the policies are those of the user who called GetFederationToken.
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_getfederationtoken.html
  if (principalType === 'federated-user') return 'user/<UserName>'
  // A record that names the user without an ARN; signing in, people type passwords there, and CloudTrail hides the text.
  const username = context['aws:username']
  if (principalType === null && typeof username === 'string' && /^[\w+=,.@-]{1,64}$/u.test(username))
    return `user/${username.startsWith('HIDDEN_') ? '<UserName>' : username}`
  const kind = principalType === 'user' ? 'user' : 'role'
  const placeholder = kind === 'user' ? 'UserName' : 'RoleName'
  if (roleOrUserName === null || !isHiddenName(roleOrUserName)) return `${kind}/${roleOrUserName ?? `<${placeholder}>`}`
  // Its policies were read: then its name is known.
  return `${kind}/${shownName(caller?.roleOrUserArn?.split('/').at(-1), placeholder)}`
}

function principalArnOf({ principal, principalType, roleArn }: Denial, evidence: Evidence): string | null {
  if (evidence.caller?.roleOrUserArn != null) return evidence.caller.roleOrUserArn
  if (roleArn !== null) return withoutMask(roleArn)
  if (principal === null || parseArn(principal) === null) return null
  const own = principalType === 'assumed-role' ? roleArnOfSession(principal) : principal
  return own === null ? null : withoutMask(own)
}

/** In a policy stars would let in whoever has that name in any account, and a name that was taken out lets in nobody. */
const withoutMask = (principal: string): string => {
  const arn = parseArn(principal)
  if (arn === null) return principal
  const [kind = '', ...path] = arn.resource.split('/')
  const name = path.at(-1)
  const isHidden = (kind === 'role' || kind === 'user') && name !== undefined && isHiddenName(name)
  const shown = shownName(name, kind === 'user' ? 'UserName' : 'RoleName')
  return formatArn({
    ...arn,
    account: arn.account.includes('*') ? '<AccountId>' : arn.account,
    resource: isHidden ? [kind, ...path.slice(0, -1), shown].join('/') : arn.resource,
  })
}

/** What was asked for as far as it is shown; `null` where nothing of it is hidden. */
export const hiddenResource = (s: Situation): string | null =>
  s.resource === null ? (s.request?.hiddenResource ?? null) : null

/** Allow statements of a policy type that cover the action, whatever their resource and condition. */
export const allowsOf = (s: Situation, type: PolicyType, action: string): readonly ReadStatement[] =>
  s.statements(type).filter((one) => one.effect === 'Allow' && coversAction(one, action))

export const deniesOf = (
  s: Situation,
  type: PolicyType,
  action: string,
  resource: string | null,
): readonly ReadStatement[] =>
  s
    .statements(type)
    .filter(
      (one) =>
        one.effect === 'Deny' && coversAction(one, action) && (resource === null || coversResource(one, resource)),
    )

/** Whether the identity policies that were read grant the action on the resource (on anything, where none is given). */
export const identityGrants = (s: Situation, action: string, resource: string | null): boolean =>
  identityGrant(s, action, resource) !== undefined

/** The statement that grants it, whatever the circumstances. */
export const identityGrant = (s: Situation, action: string, resource: string | null): ReadStatement | undefined =>
  allowsOf(s, 'identity-based', action).find(
    (one) => one.conditions.length === 0 && (resource === null || coversResource(one, resource)),
  )

/** The policies of that type that were read refuse the request as AWS says, or may by what is not known of it. */
export function refuses(s: Situation, type: PolicyType, effect: Denial['effect']): boolean {
  const layer = s.layer(type)
  if (!s.wasRead(type)) return false
  if (layer === null) return true
  if (effect !== 'explicit') return layer.silent || layer.result === 'implicitDeny' || layer.unknowns.length > 0
  return layer.result === 'explicitDeny' || layer.unknowns.some(({ effect }) => effect === 'Deny')
}

/** AWS's own words name the caller. Told by a clue or a hint, he says nothing of how the service answers. */
export const namesCaller = ({ denial }: Situation): boolean =>
  denial.principal !== null && denial.marks.principal !== undefined
