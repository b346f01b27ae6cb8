import { workloadOf } from '../denial/workload.ts'
import { identityVariable } from '../iam/identity-variable.ts'
import { list } from '../iam/policy-document.ts'
import { stemOf } from '../requests/cut-end.ts'
import type { Cause, Diagnosis } from './diagnosis.ts'
import { disagreement } from './causes/aws-evaluation.ts'
import { documentHints } from './document-hints.ts'
import { farReaching, farReachingPast, isGuardTaken } from './far-reaching.ts'
import { facts } from './finding.ts'
import { isTooYoung, secondsOld } from './age.ts'
import type { HintCode } from './hint-codes.ts'
import { openKeys } from './open-conditions.ts'
import type { Situation } from './situation.ts'
import { isUnlisted, meantBy } from './unlisted.ts'

type Hint = Diagnosis['hints'][number]
type HintRule = (s: Situation, first: Cause) => Hint | null

const hint = (code: HintCode, values: Readonly<Record<string, string | null>> = {}): Hint => ({
  code,
  values: facts(values),
})

const allowedBy = (first: Cause): readonly string[] =>
  first.remedies.flatMap(({ statement }) => (statement?.Effect === 'Allow' ? list(statement.Action) : []))

/** AWS's own policies that hold what a workload usually needs, by what is asked for. */
const managedPolicies: readonly {
  readonly policy: string
  readonly workload: string | null
  readonly actions: RegExp
}[] = [
  {
    policy: 'AWSLambdaVPCAccessExecutionRole',
    workload: null,
    actions: /^ec2:(?:Create|Describe|Delete)NetworkInterfaces?$/u,
  },
  {
    policy: 'AWSLambdaBasicExecutionRole',
    workload: 'lambda-function',
    actions: /^logs:(?:CreateLogGroup|CreateLogStream|PutLogEvents)$/u,
  },
  {
    policy: 'CloudWatchAgentServerPolicy',
    workload: 'ec2-instance',
    actions: /^(?:logs:(?:CreateLogGroup|CreateLogStream|PutLogEvents|DescribeLogStreams)|cloudwatch:PutMetricData)$/u,
  },
  {
    policy: 'AmazonSSMManagedInstanceCore',
    workload: 'ec2-instance',
    actions: /^(?:ssmmessages:|ec2messages:|ssm:UpdateInstanceInformation$)/u,
  },
  {
    policy: 'AmazonECSTaskExecutionRolePolicy',
    workload: null,
    actions: /^ecr:GetAuthorizationToken$/u,
  },
]

/** Reasons for having no credentials that no attached role would help against. */
const notOfRole: ReadonlySet<string> = new Set(['not-signed', 'job-without-token', 'only-on-host'])

/** In the order in which they are shown; each at most once. */
const rules: readonly HintRule[] = [
  (s) => (s.denial.principalType === 'root' ? hint('root-user') : null),
  (_, first) =>
    first.code === 'credentials-missing' && !notOfRole.has(first.facts['why'] ?? '')
      ? hint('role-attached', { workload: first.facts['workload'] ?? null })
      : null,
  (s) =>
    s.denial.principalType === 'user' && s.has('on-server')
      ? hint('user-keys-on-server', { user: s.denial.roleOrUserName })
      : null,
  (s) =>
    s.denial.encodedMessage !== null && s.evidence.awsEvaluation === null && s.denial.decodedMessage === null
      ? hint('decode-message')
      : null,
  (s) => {
    const begins = s.resource === null ? stemOf(s.denial.resource ?? '', s.actionFacts) : null
    return begins === null ? null : hint('arn-cut-off', { begins })
  },
  (s) => {
    const differs = disagreement(s)
    return differs === null ? null : hint('own-evaluation-differs', differs)
  },
  farFrom,
  unlistedAction,
  grantWithContext,
  withoutScps,
  byUniqueId,
  changedJustNow,
  (s, first) => {
    const actions = allowedBy(first)
    const workload = workloadOf(s.denial)
    const fitting = managedPolicies.find(
      (row) =>
        (row.workload === null || row.workload === workload) && actions.some((action) => row.actions.test(action)),
    )
    const onExecutionRole = fitting?.policy !== 'AmazonECSTaskExecutionRolePolicy' || s.has('ecs-image-pull')
    return fitting !== undefined && onExecutionRole ? hint('managed-policy-fits', { policy: fitting.policy }) : null
  },
  (_, first) =>
    first.code.startsWith('session-policy') || (first.code === 'tag-session' && first.facts['lacking'] === undefined)
      ? hint('new-session-needed')
      : null,
  (_, first) => {
    const object = first.remedies
      .flatMap(({ statement }) => list(statement?.Resource))
      .find((arn) => /^arn:[a-z-]+:s3:::[^/*<]+\/[^*<]+$/u.test(arn))
    return object === undefined ? null : hint('exact-object', { resource: object })
  },
  (_, first) =>
    first.remedies.some(({ statement }) => list(statement?.Resource).some((arn) => arn.includes(identityVariable)))
      ? hint('own-identity')
      : null,
  (s) =>
    s.denial.principalType === 'assumed-role' && /role|user|@/iu.test(s.denial.sessionName ?? '')
      ? hint('session-name-is-a-label', { session: s.denial.sessionName })
      : null,
]

/** Only the account itself can tell whose it is; of a principal that was deleted nobody can. */
function byUniqueId({ denial }: Situation): Hint | null {
  const [, id = '', prefix] = /^((AROA|AIDA)[A-Z0-9]{12,32})(?::|$)/u.exec(denial.principal ?? '') ?? []
  return prefix === undefined ? null : hint('caller-by-unique-id', { id, kind: prefix === 'AIDA' ? 'user' : 'role' })
}

/** https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html#not-restricted-by-scp */
function withoutScps(s: Situation): Hint | null {
  if (!s.known.inManagementAccount) return null
  const isBlamed = s.denial.policyType === 'service-control'
  if (!isBlamed && !s.has('organization-told') && s.statements('service-control').length === 0) return null
  return hint('no-scps-apply', { account: s.callerAccount, said: isBlamed ? 'message' : null })
}

/** Whether the call was meant is to be asked before it is allowed. */
function farFrom(s: Situation, first: Cause): Hint | null {
  for (const remedy of first.remedies) {
    const far = farReaching(s, remedy) ?? farReachingPast(s, remedy.editedStatement)
    if (far?.reach === 'guard') return hint('takes-guard', { action: far.action })
    if (far === null) continue
    const { action, reach, limits } = far
    const own = reach === 'own-rights' ? { principal: s.principalLabel } : {}
    return hint('gives-rights', { action, limits: limits.length === 0 ? null : limits.join(', '), ...own })
  }
  return isGuardTaken(s.action) ? hint('takes-guard', { action: s.action }) : null
}

/** What is to be allowed is no action that AWS lists. */
function unlistedAction(s: Situation, first: Cause): Hint | null {
  const action = allowedBy(first).find((one) => isUnlisted(s, one))
  if (action === undefined) return null
  return hint('unlisted-action', { action, meant: meantBy(action), version: s.catalogue.version })
}

/** The role is younger than IAM needs to be the same everywhere. */
function changedJustNow(s: Situation): Hint | null {
  const seconds = secondsOld(s)
  return seconds !== null && isTooYoung(s) ? hint('changed-just-now', { seconds: String(seconds) }) : null
}

/** A grant that would do, were it not for the encryption context that it asks for. */
function grantWithContext(s: Situation): Hint | null {
  const operation = s.service === 'kms' ? s.action?.split(':')[1] : undefined
  const grant = s.known.grants.find(
    ({ grantee, operations, isConstrained }) =>
      isConstrained && grantee === s.principalArn && operation !== undefined && operations.includes(operation),
  )
  return grant === undefined ? null : hint('grant-with-context', { grant: grant.name })
}

/** Remarks that never change the cause. */
export const hintsOf = (s: Situation, causes: readonly Cause[]): Diagnosis['hints'] => {
  const [first] = causes
  if (first === undefined) return []
  const keys = openKeys(s, causes)
  const open = keys.length === 0 ? [] : [hint('further-conditions', { keys: keys.join(', ') })]
  return [...documentHints(s), ...open, ...rules.flatMap((rule) => rule(s, first) ?? [])]
}
