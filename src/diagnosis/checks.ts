import type { CauseCode } from './cause-code.ts'
import type { Finding } from './finding.ts'
import type { Situation } from './situation.ts'

const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`
const whoami = 'aws sts get-caller-identity'

type Check = (s: Situation, finding: Finding) => string

const bucket = (s: Situation, { facts }: Finding): string =>
  quoted(facts['bucket'] ?? /:s3:::([^/]+)/u.exec(s.resource ?? '')?.[1] ?? '<BucketName>')

const listed = (s: Situation): string => {
  const [kind, name = ''] = s.principalLabel.split('/')
  return kind === 'user'
    ? `aws iam list-attached-user-policies --user-name ${quoted(name)}; aws iam list-groups-for-user --user-name ${quoted(name)}`
    : `aws iam list-attached-role-policies --role-name ${quoted(name)}; aws iam list-role-policies --role-name ${quoted(name)}`
}

const simulate: Check = (s, { facts }) =>
  `aws iam simulate-principal-policy --policy-source-arn ${quoted(s.principalArn ?? '<PrincipalArn>')} --action-names ${quoted(s.action ?? facts['action'] ?? '<Action>')} --resource-arns ${quoted(s.resource ?? facts['resource'] ?? '<ResourceArn>')}`

const keyPolicy: Check = (_, { facts }) =>
  `aws kms get-key-policy --policy-name default --key-id ${quoted(facts['key'] ?? '<KeyId>')}`
const guardrails: Check = (s) =>
  `aws organizations list-policies-for-target --filter SERVICE_CONTROL_POLICY --target-id ${quoted(s.callerAccount ?? '<AccountId>')}`
const trust: Check = (_, { facts }) =>
  `aws iam get-role --role-name ${quoted((facts['role'] ?? '<RoleName>').replace('<RoleArn>', '<RoleName>').split('/').at(-1) ?? '')} --query Role.AssumeRolePolicyDocument`

/** The one command that settles a candidate. */
const checks: Partial<Record<CauseCode, Check>> = {
  'missing-allow': simulate,
  'policy-not-attached': listed,
  'kms-behind-service': keyPolicy,
  'kms-key-policy': keyPolicy,
  'stale-principal': (s) =>
    `aws iam get-role --role-name ${quoted(s.denial.roleOrUserName ?? '<RoleName>')} --query Role.CreateDate`,
  'scp-deny': guardrails,
  'rcp-deny': guardrails,
  'explicit-deny-resource': (s, finding) => `aws s3api get-bucket-policy --bucket ${bucket(s, finding)}`,
  'explicit-deny-unnamed': simulate,
  'cross-account-resource-side': (s, finding) => `aws s3api get-bucket-policy --bucket ${bucket(s, finding)}`,
  'trust-policy': trust,
  'oidc-trust': trust,
  'vpce-policy': () =>
    'aws ec2 describe-vpc-endpoints --query "VpcEndpoints[].[VpcEndpointId,ServiceName,PolicyDocument]"',
  'wrong-principal': (_, { facts }) =>
    facts['why'] === 'member-account'
      ? 'aws organizations describe-organization --query Organization.MasterAccountId'
      : whoami,
  'ecs-role-confusion': () =>
    "aws ecs describe-task-definition --task-definition '<TaskDefinition>' --query 'taskDefinition.[executionRoleArn,taskRoleArn]'",
  'propagation-delay': (s) =>
    `aws iam get-role --role-name ${quoted(s.denial.roleOrUserName ?? '<RoleName>')} --query Role.CreateDate`,
  's3-missing-object-403': (s, finding) =>
    `aws s3api list-objects-v2 --bucket ${bucket(s, finding)} --prefix ${quoted(finding.facts['objectKey'] ?? '<ObjectName>')} --max-items 1`,
  'block-public-access': (s, finding) => `aws s3api get-public-access-block --bucket ${bucket(s, finding)}`,
  'object-ownership': (s, finding) => `aws s3api get-bucket-ownership-controls --bucket ${bucket(s, finding)}`,
  'requester-pays': (s, finding) => `aws s3api get-bucket-request-payment --bucket ${bucket(s, finding)}`,
  'resource-not-found-as-denied': (s, finding) => `aws s3api head-bucket --bucket ${bucket(s, finding)}`,
  'bedrock-model-access': (s) =>
    `aws bedrock get-foundation-model-availability --model-id '<ModelId>' --region ${quoted(s.region ?? '<Region>')}`,
  'wrong-region': () => 'aws configure get region',
  'credentials-expired': (s) => (s.has('public-registry') ? 'docker logout public.ecr.aws' : whoami),
  'other-system': (s) =>
    s.has('database-login-refused')
      ? 'aws rds describe-db-instances --query "DBInstances[].[DBInstanceIdentifier,DbiResourceId,IAMDatabaseAuthenticationEnabled]"'
      : whoami,
  'region-not-enabled': () => 'aws account list-regions --region-opt-status-contains ENABLED ENABLED_BY_DEFAULT',
  'session-policy-not-allowed': () => whoami,
  'condition-mismatch': simulate,
  'mfa-required': () => whoami,
  'evaluation-allows': () => whoami,
  undetermined: () => "aws sts decode-authorization-message --encoded-message '<EncodedMessage>'",
  'resource-policy-limit': () => 'aws logs describe-resource-policies',
  'service-principal-policy': (s) =>
    s.has('queue-arn')
      ? "aws sqs get-queue-attributes --queue-url '<QueueUrl>' --attribute-names Policy"
      : `aws s3api get-bucket-policy --bucket '<BucketName>'`,
}

export const checkOf = (s: Situation, finding: Finding): string | null =>
  finding.confidence === 'possible' ? (checks[finding.code]?.(s, finding) ?? simulate(s, finding)) : null
