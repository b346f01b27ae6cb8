import { conditionFacts, placeOf } from '../places.ts'
import { sentValue } from './condition-keys.ts'
import { decisiveConditions } from './decisive-conditions.ts'
import { nearOfSide } from './near-side.ts'
import { serviceInTrust } from './service-in-trust.ts'
import { heldByCondition, sideFixes } from './side-condition.ts'
import { shellLine } from '../../remedy/commands/shell.ts'
import type { Statement } from '../../iam/policy-document.ts'
import type { Fix } from '../../remedy/fix.ts'
import type { Confidence } from '../diagnosis.ts'
import { finding, none, type Finding, unchecked } from '../finding.ts'
import { act, addToIdentity, allowInResource, allowTo } from '../fixes.ts'
import type { Situation } from '../situation.ts'
import { assumerOf, assumingService } from './assuming-service.ts'
import { tooEarly } from './too-early.ts'

export const roleLabel = (arn: string): string =>
  `role/${arn.split('/').at(-1) ?? '<RoleName>'}`.replace('role/<RoleArn>', 'role/<RoleName>')

/** A statement for the trust policy of a role. */
export const onTrust = (role: string, statement: Statement): Fix =>
  allowInResource(roleLabel(role), statement, {
    kind: 'trust-policy',
    step: 'allow-in-trust-policy',
    policyType: 'role-trust',
  })

/** The role that the text names, or whoever asks. */
const roleNamed = (s: Situation): string =>
  [s.denial.resource, s.resource].find((one) => one?.includes(':role/') === true) ??
  s.told('role-arn', 'role')[0] ??
  '<RoleArn>'

/** Surer than a guess where AWS blames the trust policy, or it was read and does not let the service in. */
const confidenceOf = (s: Situation): Confidence =>
  s.denial.policyType === 'role-trust'
    ? 'stated'
    : s.denial.principalType === 'service' && s.layer('role-trust')?.blocking === true
      ? 'evaluated'
      : 'possible'

function trusting(s: Situation, role: string, service: string | readonly string[]): Finding {
  const into = { kind: 'trust-policy', step: 'allow-in-trust-policy', attachTo: roleLabel(role) } as const
  const add = onTrust(role, allowTo({ Service: service }, ['sts:AssumeRole'], []))
  if (typeof service === 'string') {
    const inTrust = serviceInTrust(s, { role, service, add, attachTo: into.attachTo })
    if (inTrust !== null)
      return finding('trust-policy', inTrust.confidence, inTrust.fixes, { role, ...inTrust.facts, principal: service })
  }
  const held = heldByCondition(s, 'role-trust')
  const [condition = null] = held === null ? [] : decisiveConditions(s, held)
  const near = held === null ? nearOfSide(s, 'role-trust', into) : null
  const fixes = held === null || condition === null ? null : sideFixes(s, held, condition, into, [add])
  return finding('trust-policy', confidenceOf(s), fixes ?? near?.fixes(add) ?? [add], {
    role,
    ...(condition === null
      ? near?.facts
      : { ...placeOf(held), ...conditionFacts(condition), sent: sentValue(s, condition) }),
    // Where a message names nobody it is the service that could not assume.
    ...(s.denial.principal === null && typeof service === 'string' && !service.startsWith('<')
      ? { principal: service }
      : {}),
  })
}

/** Only roles can be assumed: a user has no trust policy. A service that has one of its own may take that. */
export const userGivenAsRole = (user: string, service: string | null): Finding =>
  finding(
    'trust-policy',
    'stated',
    [
      act('other', 'pass-role-not-user', service === null ? {} : { principal: service }),
      ...(service !== null && withLinkedRole.has(service)
        ? [act('other', 'use-service-linked-role', { serviceName: service }, { alternative: true })]
        : []),
    ],
    { user },
  )

/** Services that take a role of their own in place of one that is given to them. */
const withLinkedRole: ReadonlySet<string> = new Set(['config.amazonaws.com'])

/** A service cannot assume the role that it was given: it is not trusted, or the role is too young. */
export function serviceCannotAssume(s: Situation, otherwise: string | null): readonly Finding[] {
  const [user] = s.told('user-as-role', 'user')
  if (user !== undefined && s.denial.principalType !== 'service')
    return [userGivenAsRole(user, assumingService(s) ?? assumerOf(s) ?? otherwise)]
  const asking = s.denial.principalType === 'service' ? s.denial.principal : null
  const service = asking ?? assumingService(s) ?? assumerOf(s) ?? otherwise
  const role = roleNamed(s)
  const alone = trusting(s, role, service ?? '<Service>.amazonaws.com')
  // Redshift takes only the roles that are attached to the cluster, whoever they trust.
  const isOfCluster = service === 'redshift.amazonaws.com' && asking === null
  const trust = isOfCluster ? { ...alone, fixes: [...alone.fixes, attachToCluster('<ClusterName>', role)] } : alone
  const early = tooEarly()
  if (trust.confidence === 'evaluated' && s.denial.principal === null) return [trust]
  // What lets the service in is not in force everywhere yet, or is not the policy of the role that it was given.
  if (trust.facts['trusts'] !== undefined) {
    const where = Object.entries(trust.facts).filter(([name]) => name !== 'role' && name !== 'trusts')
    return [{ ...early, facts: { ...early.facts, ...Object.fromEntries(where) } }, trust]
  }
  return s.has('just-created', 'later-works') && trust.confidence === 'possible' ? [early, trust] : [trust, early]
}

/** The metadata of an instance holds credentials only of a role that EC2 may assume. */
export const instanceCannotAssume = (s: Situation): readonly Finding[] =>
  s.wasRead('role-trust')
    ? [trusting(s, roleNamed(s), 'ec2.amazonaws.com')].filter(
        ({ confidence, facts }) => confidence === 'evaluated' && facts['trusts'] === undefined,
      )
    : none

/** DMS comes as a role of an account of its own, and it is DMS that the role for its endpoints has to trust. */
export const trustInDms = (s: Situation): readonly Finding[] =>
  s.action === 'sts:AssumeRole' && s.denial.effect === null && /^dms-engine-role/u.test(s.denial.roleOrUserName ?? '')
    ? // The evaluation knows the role that was printed, and not whose it is.
      serviceCannotAssume(s, 'dms.amazonaws.com').map((one) => unchecked(s, one))
    : none

/**
 * ECS registers tasks with a load balancer under a role of its own, not under the role of the task.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using-service-linked-roles.html
 */
export function serviceRoleOfEcs(s: Situation): readonly Finding[] {
  const role = roleNamed(s)
  const trust = trusting(s, role, 'ecs.amazonaws.com')
  const linked = act(
    'other',
    'use-service-linked-role',
    { serviceName: 'ecs.amazonaws.com' },
    {
      alternative: true,
      command: shellLine(['aws', 'iam', 'create-service-linked-role', '--aws-service-name', 'ecs.amazonaws.com']),
    },
  )
  const actions = [
    'elasticloadbalancing:RegisterTargets',
    'elasticloadbalancing:DeregisterTargets',
    'elasticloadbalancing:DescribeTargetGroups',
    'elasticloadbalancing:DescribeTargetHealth',
  ]
  const lacking = addToIdentity(s, actions, ['*'], {
    attachTo: role.startsWith('<') ? 'role/<EcsServiceRoleName>' : roleLabel(role),
  })
  return [
    { ...trust, fixes: [...trust.fixes, linked] },
    finding('service-role-missing-allow', 'possible', [lacking], {
      role: role.startsWith('<') ? null : role,
      actions: actions.join(', '),
    }),
  ]
}

/**
 * DMS looks for a role of this very name, that trusts it and has its policy.
 * https://docs.aws.amazon.com/dms/latest/userguide/security-iam.html#CHAP_Security.APIRole
 */
export function roleOfDms(s: Situation): readonly Finding[] {
  const [first, ...rest] = serviceCannotAssume(s, 'dms.amazonaws.com')
  if (first === undefined || first.code !== 'trust-policy') return [...(first === undefined ? [] : [first]), ...rest]
  const policy = first.facts['role']?.endsWith('/dms-vpc-role') === true ? 'AmazonDMSVPCManagementRole' : undefined
  const attach = act('other', 'attach-existing-policy', policy === undefined ? {} : { policy }, { owner: 'role-owner' })
  return [{ ...first, fixes: [...first.fixes, attach] }, ...rest]
}

/**
 * Lambda@Edge runs a function in every edge location under a principal of its own.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-edge-permissions.html
 */
export const edgeCannotAssume = (s: Situation): readonly Finding[] => {
  const found = trusting(s, roleNamed(s), ['lambda.amazonaws.com', 'edgelambda.amazonaws.com'])
  return [{ ...found, confidence: 'stated', facts: { ...found.facts, principal: 'edgelambda.amazonaws.com' } }]
}

const databaseUser = /^arn:aws[a-z-]*:redshift:[^:]*:[^:]*:dbuser:([^/]*)/u

export const isDatabaseUser = (principal: string | null): boolean => databaseUser.test(principal ?? '')

/** Redshift assumes the roles that are attached to the cluster; its database users are no principals of IAM. */
export function clusterCannotAssume(s: Situation): Finding {
  const name = s.told('cluster-role-named', 'role')[0]
  const isNamed = s.denial.resource === null && name !== undefined
  const role = isNamed ? `arn:${s.partition}:iam::${s.callerAccount ?? '<AccountId>'}:role/${name}` : roleNamed(s)
  const cluster = databaseUser.exec(s.denial.principal ?? '')?.[1] ?? '<ClusterName>'
  const byArn = isNamed ? [act('other', 'name-role-by-arn', { role })] : []
  // Of Redshift Serverless it is the namespace that holds roles, and the message names the workgroup.
  // https://docs.aws.amazon.com/cli/latest/reference/redshift-serverless/update-namespace.html
  if (cluster.startsWith('serverless-')) {
    const namespace = act(
      'other',
      'attach-role-to-namespace',
      { role },
      {
        // The call replaces the list: the roles that are there already belong in it.
        command: shellLine([
          ...['aws', 'redshift-serverless', 'update-namespace', '--namespace-name', '<Namespace>'],
          ...['--iam-roles', role, '<RolesAlreadyAttached>'],
        ]),
      },
    )
    const found = trusting(s, role, ['redshift.amazonaws.com', 'redshift-serverless.amazonaws.com'])
    return { ...found, fixes: [...byArn, ...found.fixes, namespace] }
  }
  const found = trusting(s, role, 'redshift.amazonaws.com')
  return { ...found, fixes: [...byArn, ...found.fixes, attachToCluster(cluster, role)] }
}

const attachToCluster = (cluster: string, role: string): Fix =>
  act(
    'other',
    'attach-role-to-cluster',
    { cluster, role },
    {
      command: shellLine([
        ...['aws', 'redshift', 'modify-cluster-iam-roles'],
        ...['--cluster-identifier', cluster, '--add-iam-roles', role],
      ]),
    },
  )
