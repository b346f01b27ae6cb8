import { shellLine } from '../../remedy/commands/shell.ts'
import { ownValue } from '../../iam/own-value.ts'
import { parseArn } from '../../iam/arn.ts'
import { finding, none, type Finding, unchecked } from '../finding.ts'
import type { Fix } from '../../remedy/fix.ts'
import { act, addToIdentity } from '../fixes.ts'
import { identityGrants, type Situation } from '../situation.ts'
import { linkedServices } from './kms.ts'

/** Whose role it is, by the name behind `AWSServiceRoleFor`: `EMRCleanup` is EMR's. */
function linkedServiceOf(s: Situation, role: string): string | null {
  const known = ownValue(linkedServices, role)
  if (known !== undefined) return known
  const name = role.slice('AWSServiceRoleFor'.length)
  // With a suffix behind `_` several services share a name.
  if (name.includes('_')) return null
  const prefix = s.catalogue.prefixFor(name) ?? s.catalogue.prefixFor(name.replace(/[A-Z][a-z]+$/u, ''))
  return prefix === null ? null : `${ownValue(linkedPrincipals, prefix) ?? prefix}.amazonaws.com`
}

/** What stands behind `AWSServiceRoleFor`, by prefix. Elsewhere the condition on `iam:AWSServiceName` has to do. */
const linkedNames: Readonly<Record<string, string>> = {
  autoscaling: 'AutoScaling',
  backup: 'Backup',
  cloudtrail: 'CloudTrail',
  config: 'Config',
  ecs: 'ECS',
  eks: 'AmazonEKS',
  elasticache: 'ElastiCache',
  elasticloadbalancing: 'ElasticLoadBalancing',
  elasticmapreduce: 'EMRCleanup',
  'emr-serverless': 'AmazonEMRServerless',
  es: 'AmazonOpenSearchService',
  guardduty: 'AmazonGuardDuty',
  kafka: 'Kafka',
  organizations: 'Organizations',
  rds: 'RDS',
  redshift: 'Redshift',
  ssm: 'AmazonSSM',
}

/** Principals of service-linked roles that are not called like the prefix. */
const linkedPrincipals: Readonly<Record<string, string>> = {
  'emr-serverless': 'ops.emr-serverless',
  es: 'opensearchservice',
}

/** `the ECS service linked role`: the service's principal, and its role. */
const linkedRoleTold = (s: Situation): readonly [service: string | null, role: string | null] => {
  const printed = s.told('service-linked-role-named', 'role')[0]
  if (printed !== undefined) return [linkedServiceOf(s, printed), printed]
  const named = s.told('service-linked-role-named', 'service')[0]
  const caller = s.denial.service === null ? null : s.catalogue.prefixFor(s.denial.service)
  // Of OpenSearch Service the sentence tells whether the role is still that of Elasticsearch.
  const known = caller !== null && caller !== 'es' && ownValue(linkedNames, caller) !== undefined ? caller : null
  // Of a call that names no service, what is created tells it, where that is one thing.
  const [service, ...others] = new Set(
    named === undefined && known === null ? s.told('linked-service-told', 'service') : [],
  )
  if (service !== undefined && others.length === 0) return [service, s.told('linked-service-told', 'role')[0] ?? null]
  const prefix = named === undefined ? known : s.catalogue.prefixFor(named)
  return prefix === null
    ? [null, null]
    : [
        `${ownValue(linkedPrincipals, prefix) ?? prefix}.amazonaws.com`,
        `AWSServiceRoleFor${ownValue(linkedNames, prefix) ?? '*'}`,
      ]
}

/**
 * Functions at the edge need two, each of a service of its own.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-edge-permissions.html
 */
const rolesOfEdge: readonly (readonly [service: string, role: string])[] = [
  ['replicator.lambda.amazonaws.com', 'AWSServiceRoleForLambdaReplicator'],
  ['logger.cloudfront.amazonaws.com', 'AWSServiceRoleForCloudFrontLogger'],
]

const edgeRoles = (s: Situation): Finding => {
  const account = s.callerAccount ?? '<AccountId>'
  const arns = rolesOfEdge.map(
    ([service, role]) => `arn:${s.partition}:iam::${account}:role/aws-service-role/${service}/${role}`,
  )
  const services = rolesOfEdge.map(([service]) => service)
  return toCreate(s, arns, services, {})
}

/** The caller is let to create the roles, or an administrator creates them once. */
const toCreate = (
  s: Situation,
  arns: readonly string[],
  services: readonly string[],
  facts: Parameters<typeof finding>[3],
): Finding => {
  const [only, ...others] = services
  const condition = {
    StringEquals: { 'iam:AWSServiceName': only !== undefined && others.length === 0 ? only : services },
  }
  const isRead = s.wasRead('identity-based')
  // The caller may create them already.
  if (isRead && arns.every((arn) => identityGrants(s, 'iam:CreateServiceLinkedRole', arn)))
    return finding(
      'service-linked-role',
      'possible',
      services.map((serviceName) => create(serviceName, false)),
      facts,
    )
  return finding(
    'service-linked-role',
    isRead ? 'evaluated' : 'stated',
    [
      addToIdentity(s, ['iam:CreateServiceLinkedRole'], arns, { condition }),
      ...services.map((serviceName) => create(serviceName, true)),
    ],
    facts,
  )
}

const create = (serviceName: string, alternative: boolean): Fix =>
  act(
    'other',
    'create-service-linked-role',
    { serviceName },
    {
      alternative,
      command: shellLine(['aws', 'iam', 'create-service-linked-role', '--aws-service-name', serviceName]),
    },
  )

/**
 * A policy that is written names a service-linked role as its principal, and AWS knows no such principal: the role is
 * made at the first use of its service, which may not have been yet.
 */
export function linkedRoleAbsent(s: Situation): Finding | null {
  const arn = s.told('role-arn', 'role').find((one) => one.includes(':role/aws-service-role/'))
  const [service, role] = arn?.split(':role/aws-service-role/')[1]?.split('/') ?? []
  if (service === undefined || role === undefined) return null
  return finding('service-linked-role', 'possible', [create(service, false)], {
    role,
    serviceName: service,
    why: 'principal',
  })
}

const wholeLinkedRole =
  /^(?:[a-z0-9.-]+\.amazonaws\.com(?:\.cn)?|[^/*<]*[*<][^/]*)\/(?:AWSServiceRoleFor[\w+=,.@-]|[^/*<]*[*<])/u

/** Tables and logs cut long ARNs: of the service's name the first part is whole once a dot has come. */
function startOfLinkedRole(told: string): readonly [service: string | null, role: string | null] {
  const [service = '', ...role] = told.split('/')
  if (role.length > 0 && service.endsWith('.amazonaws.com')) return [service, null]
  const [name = '', ...rest] = service.split('.')
  return [rest.length === 0 || name === '' || name.includes('*') ? null : `${name}.amazonaws.com`, null]
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html */
const ownedByService =
  /^iam:(?:DeleteRole|(?:Attach|Detach|Put|Delete)RolePolicy|UpdateAssumeRolePolicy|(?:Put|Delete)RolePermissionsBoundary)$/iu

/** IAM refuses it for every service-linked role, so that an Allow of it helps nobody. */
export function changeOfLinkedRole(s: Situation): readonly Finding[] {
  const { action, resource, denial } = s
  if (action === null || !ownedByService.test(action) || denial.effect === 'explicit') return none
  if (denial.policyType !== null && denial.policyType !== 'identity-based') return none
  if (s.verdict?.policyTypes.some(({ result }) => result === 'explicitDeny') === true) return none
  const [service, role] = resource?.split(':role/aws-service-role/')[1]?.split('/') ?? []
  if (service === undefined || role === undefined) return none
  const facts = { role, serviceName: service, why: 'kept' }
  if (action.toLowerCase() !== 'iam:deleterole')
    return [finding('service-linked-role', 'stated', [act('not-iam', 'leave-linked-role', { role })], facts)]
  const command = shellLine(['aws', 'iam', 'delete-service-linked-role', '--role-name', role])
  const deleting = 'iam:DeleteServiceLinkedRole'
  const isGranted = identityGrants(s, deleting, resource)
  return [
    unchecked(
      s,
      finding(
        'service-linked-role',
        'stated',
        [
          act('other', 'delete-linked-role', { role }, { command }),
          ...(isGranted ? [] : [addToIdentity(s, [deleting], [resource ?? '*'])]),
        ],
        facts,
      ),
    ),
  ]
}

/** A service needs its own role in the account, once. */
export function serviceLinkedRole(s: Situation): readonly Finding[] {
  const isAction = s.action?.toLowerCase() === 'iam:createservicelinkedrole'
  const isMissing = s.denial.format === 'neighbour:service-linked-role-missing'
  // What a service says of its role counts more than the operation, which was not refused as such.
  const isOfService = s.denial.action === null && s.denial.class === 'other-aws'
  const isTold = isMissing || ((s.action === null || isOfService) && s.has('service-linked-role-refused'))
  if (s.denial.effect === 'explicit' || !(isAction || isTold)) return none
  if (s.denial.policyType !== null && s.denial.policyType !== 'identity-based') return none
  if (s.verdict?.policyTypes.some(({ result }) => result === 'explicitDeny') === true) return none
  // Something else refused.
  if (isAction && s.denial.principal !== null && s.layer('identity-based')?.result === 'allowed') return none
  const named = [s.resource, s.denial.resource, ...s.told('role-arn', 'role')].find(
    (arn) => arn?.includes(':role/aws-service-role/') === true,
  )
  if (named === undefined && s.action === null && s.service === 'cloudfront') return [edgeRoles(s)]
  const told = named?.split(':role/aws-service-role/')[1]
  const isCut = told !== undefined && !wholeLinkedRole.test(told)
  const [service, role] = isCut ? startOfLinkedRole(told) : (told?.split('/') ?? linkedRoleTold(s))
  const account = parseArn(named ?? '')?.account ?? s.callerAccount ?? '<AccountId>'
  const arn =
    (isCut ? undefined : named) ??
    `arn:${s.partition}:iam::${account}:role/aws-service-role/${service ?? '<Service>.amazonaws.com'}/${role ?? 'AWSServiceRoleFor*'}`
  const found = toCreate(s, [arn], [service ?? '<Service>.amazonaws.com'], { role, serviceName: service })
  // The statement is for the whole ARN, and no request for that was read.
  return [isCut ? unchecked(s, found) : found]
}
