import { endpointIn, unnamedVault } from './causes/attachments.ts'
import type { CauseCode } from './cause-code.ts'
import type { Finding } from './finding.ts'
import { shownName } from '../iam/hidden-name.ts'
import { ownPolicyCommand } from './causes/hidden-part.ts'
import { mfaSession } from './causes/mfa-session.ts'
import { bucketOf } from './causes/not-iam.ts'
import { list } from '../iam/policy-document.ts'
import {
  askedIn,
  aws,
  decodeCommand,
  inRegion,
  listedOf,
  policyCommand,
  presenceCommand,
  recordCommand,
  regionOf,
  simulateCommand,
  type SimulatedCall,
} from './look-ups.ts'
import type { Situation } from './situation.ts'

const whoami = aws('sts get-caller-identity')

/** `null` where no command would tell more than is known. */
type Check = (s: Situation, finding: Finding) => string | null

const configured: Check = () => aws('configure list')

const bucket = (s: Situation, { facts }: Finding): string => facts['bucket'] ?? bucketOf(s) ?? '<BucketName>'

const listed = (s: Situation): string => listedOf(s.principalLabel)

/** IAM knows no certificates: what AWS IoT has attached to one, or to an identity, is there to be read. */
function iotTargetOf({ fixes }: Finding): string | null {
  const whose = fixes[0]?.values['whose']
  if (whose === 'cognito-identity') return '<IdentityId>'
  return whose === 'certificate' || fixes[0]?.target?.attachTo.startsWith('certificate/') === true
    ? '<CertificateArn>'
    : null
}

const ofIot =
  (otherwise: Check): Check =>
  (s, finding) => {
    const target = iotTargetOf(finding)
    return target === null ? otherwise(s, finding) : aws('iot list-attached-policies --target', target)
  }

const simulate: Check = (s, finding) => {
  const { action, resource } = finding.facts
  const other = statementOf(finding)
  // What the role needs nobody says: what it has is there to be read.
  if (action === undefined && other?.actions.some((name) => name.includes('<')) === true)
    return listedOf(`role/${other.role ?? '<RoleName>'}`)
  return simulateCommand(s, action === undefined ? other : { actions: action.split(', '), resource })
}

/** What another role than the caller's lacks is asked of that role. */
function statementOf({ code, fixes }: Finding): SimulatedCall | undefined {
  const [fix] = code === 'service-role-missing-allow' ? fixes : []
  const role =
    fix?.target?.policyType === 'identity-based' ? /^role\/(.{1,80})$/u.exec(fix.target.attachTo)?.[1] : undefined
  if (fix?.statement == null || role === undefined) return undefined
  return { actions: list(fix.statement.Action), resource: list(fix.statement.Resource)[0], role }
}

const keyPolicy: Check = (_, { facts }) =>
  aws('kms get-key-policy --policy-name default --key-id', facts['key'] ?? '<KeyId>', ...inRegion(facts['key'] ?? null))
const guardrails: Check = (s) =>
  aws(
    'organizations list-policies-for-target --filter SERVICE_CONTROL_POLICY --target-id',
    s.callerAccount ?? '<AccountId>',
  )
const resourceGuardrails: Check = (s) =>
  aws(
    'organizations list-policies-for-target --filter RESOURCE_CONTROL_POLICY --target-id',
    s.resourceAccount ?? '<AccountId>',
  )
/** A trust policy that was read already settles nothing: what the call sent does, where a condition hangs on that. */
const trust: Check = (s, { facts }) => {
  if (s.wasRead('role-trust')) return isOfCall(s, facts['key']) ? recordCommand(s) : null
  return aws(
    'iam get-role --query Role.AssumeRolePolicyDocument --role-name',
    (facts['role'] ?? '<RoleName>').replace('<RoleArn>', '<RoleName>').split('/').at(-1) ?? '',
  )
}

/** The record of a call tells nothing of what a service sends when it assumes a role later on. */
const isOfCall = (s: Situation, key: string | undefined): boolean =>
  key !== undefined && s.denial.principal !== null && s.denial.principalType !== 'service'

/** The caller; where it has no name, the role that the text names. */
const created: Check = (s, { facts }) => {
  const { principalType, resource, roleOrUserName } = s.denial
  if (principalType === 'user' || principalType === 'federated-user')
    return aws('iam get-user --query User.CreateDate --user-name', s.principalLabel.slice('user/'.length))
  const named =
    facts['role'] ?? [resource, ...s.told('role-arn', 'role')].find((arn) => arn?.includes(':role/') === true)
  const role = roleOrUserName ?? named?.split('/').at(-1)
  return aws(
    'iam get-role --query Role.CreateDate --role-name',
    role === '' || role?.startsWith('<') === true ? '<RoleName>' : shownName(role, 'RoleName'),
  )
}

/** What the finding speaks of: the resource of the statement that it proposes, or else what was denied. */
const resourceIn = (s: Situation, { fixes }: Finding): string | null => {
  const proposed = fixes.flatMap(({ statement }) => statement?.Resource ?? []).find((arn) => arn.startsWith('arn:'))
  return proposed ?? s.resource ?? s.resourcePattern
}
const policyOnResource: Check = (s, finding) => {
  const { vault } = finding.facts
  if (vault !== undefined)
    return aws(
      'backup get-backup-vault-access-policy --backup-vault-name',
      vault === unnamedVault ? '<BackupVaultName>' : vault,
    )
  // The call was about the function, and the policy is its image's.
  const resource =
    finding.facts['source'] === 'lambda-image'
      ? `arn:${s.partition}:ecr:::${finding.fixes[0]?.target?.attachTo ?? 'repository/<RepositoryName>'}`
      : resourceIn(s, finding)
  return policyCommand(s, resource) ?? recordCommand(s)
}

/** What a call creates is not there yet, which says nothing. */
const isCreated = ({ action, operation }: Situation): boolean =>
  /^(?:Create|Run)[A-Z]/u.test(action?.split(':')[1] ?? operation ?? '')

/** A denial that names no service is of S3 where a bucket stands in it. */
const presence: Check = (s, finding) =>
  finding.facts['what'] === 'bucket'
    ? aws('s3api head-bucket --bucket', bucket(s, finding))
    : finding.facts['what'] === 'object'
      ? aws(
          's3api head-object --bucket',
          ...[bucket(s, finding), '--key', finding.facts['objectKey'] ?? '<ObjectName>'],
        )
      : ((isCreated(s) ? null : presenceCommand(s, resourceIn(s, finding))) ?? recordCommand(s))

/** Whether the agent at the other end has registered; of other roles, what the caller's own policies say. */
const targetOfSession: Check = (s, finding) => {
  const { whose, instance } = finding.facts
  if (whose === 'task' && finding.about === undefined)
    return aws('ecs describe-tasks --query', ...[agents, '--cluster', '<ClusterName>', '--tasks', '<TaskId>'])
  if (whose === 'nodes') return aws('iam list-attached-role-policies --role-name', '<NodeRoleName>')
  if (whose !== 'instance') return simulate(s, finding)
  // What Session Manager logs to stands in its preferences.
  if (s.has('session-log-unencrypted')) return aws('ssm get-document --name SSM-SessionManagerRunShell')
  const known = instance === undefined || instance.includes('*') ? '<InstanceId>' : instance
  return aws('ssm describe-instance-information --filters', `Key=InstanceIds,Values=${known}`)
}
const connections = aws(
  'codeconnections list-connections --query',
  'Connections[].[ConnectionName,ConnectionStatus,ConnectionArn]',
)
/** Where the own settings tell which system it was: whether MSK asks IAM at all, what a connection waits for. */
const settledBy: Readonly<Record<string, string>> = {
  'git-hosting': connections,
  kafka: aws(
    'kafka list-clusters-v2 --query',
    'ClusterInfoList[].[ClusterName,ClusterType,Provisioned.ClientAuthentication]',
  ),
}
const agents = 'tasks[].[enableExecuteCommand,containers[].managedAgents]'

const ofBucket =
  (words: string): Check =>
  (s, finding) =>
    aws(`${words} --bucket`, bucket(s, finding))

/** The one command that settles a candidate. */
const checks: Partial<Record<CauseCode, Check>> = {
  'missing-allow': ofIot(simulate),
  'service-role-missing-allow': targetOfSession,
  'policy-not-attached': ofIot(listed),
  'kms-behind-service': keyPolicy,
  'kms-key-policy': keyPolicy,
  'stale-principal': created,
  'service-linked-role': created,
  'scp-deny': guardrails,
  'rcp-deny': resourceGuardrails,
  'explicit-deny-resource': policyOnResource,
  'explicit-deny-unnamed': simulate,
  'cross-account-resource-side': policyOnResource,
  'trust-policy': trust,
  'oidc-trust': trust,
  'vpce-policy': (s) => {
    const endpoint = endpointIn(s)
    const query = ['--query', 'VpcEndpoints[].[VpcEndpointId,ServiceName,PolicyDocument]']
    return aws(
      'ec2 describe-vpc-endpoints',
      ...(endpoint === undefined ? [] : ['--vpc-endpoint-ids', endpoint]),
      ...query,
    )
  },
  'wrong-principal': (_, { facts }) =>
    facts['why'] === 'member-account'
      ? aws('organizations describe-organization --query Organization.MasterAccountId')
      : whoami,
  'ecs-role-confusion': () =>
    aws(
      'ecs describe-task-definition --query',
      ...['taskDefinition.[executionRoleArn,taskRoleArn]', '--task-definition', '<TaskDefinition>'],
    ),
  'propagation-delay': created,
  's3-missing-object-403': (s, finding) =>
    aws(
      's3api list-objects-v2 --max-items 1 --bucket',
      ...[bucket(s, finding), '--prefix', finding.facts['objectKey'] ?? '<ObjectName>'],
    ),
  'block-public-access': ofBucket('s3api get-public-access-block'),
  'object-ownership': ofBucket('s3api get-bucket-ownership-controls'),
  'requester-pays': ofBucket('s3api get-bucket-request-payment'),
  'resource-not-found-as-denied': presence,
  'bedrock-model-access': (s) =>
    aws('bedrock get-foundation-model-availability --model-id', ...['<ModelId>', '--region', s.region ?? '<Region>']),
  'wrong-region': (s, finding) =>
    finding.facts['bucket'] === undefined
      ? aws('configure get region')
      : aws('s3api get-bucket-location --bucket', bucket(s, finding)),
  'credentials-expired': (s, { facts }) =>
    facts['why'] === 'login-token'
      ? aws(
          'rds generate-db-auth-token --hostname',
          ...['<DatabaseHostName>', '--port', '<Port>', '--username'],
          s.told('database-login-refused', 'user')[0] ?? '<DatabaseUserName>',
        )
      : s.has('public-registry')
        ? 'docker logout public.ecr.aws'
        : whoami,
  'credentials-invalid': configured,
  'credentials-missing': configured,
  'signature-mismatch': configured,
  'sso-role-assignment': () => whoami,
  'lake-formation': (s, { facts }) =>
    // Whether the place is registered at all.
    facts['why'] === 'own-role'
      ? aws('lakeformation list-resources')
      : aws(
          'lakeformation list-permissions --principal',
          `DataLakePrincipalIdentifier=${s.principalArn ?? '<PrincipalArn>'}`,
        ),
  'opensearch-fgac': () => aws('opensearchserverless list-access-policies --type data'),
  throttled: recordCommand,
  'quota-exceeded': (s) => aws('service-quotas list-service-quotas --service-code', s.service ?? '<ServiceCode>'),
  // No call tells whether billing is open to users and roles: it is not to whoever is no root user.
  'not-subscribed': (_, { facts }) =>
    facts['why'] === 'product' ? aws('securityhub list-enabled-products-for-import') : whoami,
  // The policy that AWS attached to the user.
  'key-quarantined': listed,
  'other-system': (s, { facts }) =>
    facts['system'] === 'session-manager'
      ? facts['behind'] === 'bucket'
        ? aws('s3api get-bucket-encryption --bucket', '<BucketName>')
        : aws('logs describe-log-groups --query', 'logGroups[].[logGroupName,kmsKeyId]')
      : s.has('database-login-refused')
        ? aws(
            'rds describe-db-instances --query',
            'DBInstances[].[DBInstanceIdentifier,DbiResourceId,IAMDatabaseAuthenticationEnabled]',
          )
        : (settledBy[facts['system'] ?? ''] ?? whoami),
  'region-not-enabled': () => aws('account list-regions --region-opt-status-contains ENABLED ENABLED_BY_DEFAULT'),
  'session-policy-not-allowed': () => whoami,
  'condition-mismatch': simulate,
  'resource-arn-mismatch': (s, found) =>
    found.facts['hiddenIn'] === undefined ? simulate(s, found) : ownPolicyCommand(s, found.facts['policy'] ?? ''),
  // Who calls is known; whether MFA was shown, only another session tells.
  'mfa-required': (s) => mfaSession(s).command ?? whoami,
  'evaluation-allows': () => whoami,
  undetermined: () => decodeCommand,
  'resource-policy-limit': () => aws('logs describe-resource-policies'),
  'service-principal-policy': policyOnResource,
  'api-gateway-auth': policyOnResource,
}

export function checkOf(s: Situation, finding: Finding): string | null {
  if (finding.confidence !== 'possible') return null
  const command = (checks[finding.code] ?? simulate)(s, finding)
  return command === null ? null : askedIn(command, regionOf(s, command))
}
