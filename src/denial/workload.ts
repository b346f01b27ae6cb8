import type { ClueKind } from './clues/clue-shapes.ts'
import type { Denial } from './denial.ts'

/** Stable codes: the words room has a phrase for each. */
export type Workload =
  | 'appsync'
  | 'aws-cli'
  | 'cdk'
  | 'ci'
  | 'cloudformation'
  | 'codebuild'
  | 'codepipeline'
  | 'cognito-identity'
  | 'ec2-instance'
  | 'ecs-service'
  | 'ecs-task'
  | 'eks-pod-identity'
  | 'github-actions'
  | 'identity-center-user'
  | 'kubernetes-service-account'
  | 'lambda-function'
  | 'saml-user'
  | 'service'
  | 'service-linked-role'
  | 'teaching-lab'
  | 'terraform'
  | 'web-identity'

interface SessionRule {
  readonly workload: Workload
  /** On the session's name; absent: any. */
  readonly session?: RegExp
  /** On the role's name; absent: any. */
  readonly role?: RegExp
  /** The text has to speak for it too, by a clue of one of these kinds: others give their sessions the same names. */
  readonly told?: readonly ClueKind[]
}

/** SDKs name the session so whether the role is assumed with a token or with another identity's credentials. */
const tokenTold: readonly ClueKind[] = [
  'eks-token-file',
  'kubernetes-at-work',
  'oidc-subject',
  'pod-identity-set-up',
  'service-account-named',
  'token-issuer-named',
  'web-identity-refused',
]

/**
 * What runs under a session, by the names that AWS services and SDKs give to sessions. Convention, not proof: who
 * assumes a role may choose the name. The first rule that fits counts.
 */
const rules: readonly SessionRule[] = [
  { workload: 'identity-center-user', role: /^AWSReservedSSO_/ },
  { workload: 'service-linked-role', role: /^AWSServiceRoleFor/ },
  { workload: 'teaching-lab', role: /^voclabs$/ },
  {
    workload: 'cdk',
    role: /^cdk-(?:hnb659fds|[a-z0-9]+-(?:deploy|cfn-exec|file-publishing|image-publishing|lookup))-/,
  },
  { workload: 'cloudformation', session: /^AWSCloudFormation$/ },
  { workload: 'cdk', session: /^aws-cdk-/ },
  { workload: 'ec2-instance', session: /^i-[0-9a-f]{4,17}$/ },
  { workload: 'ec2-instance', session: /^i-[0-9a-z]+$/, role: /instance|node|ec2/i },
  { workload: 'eks-pod-identity', session: /^eks-.+-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/ },
  { workload: 'ecs-task', session: /^[0-9a-f]{32}$/ },
  { workload: 'ecs-service', session: /^(?:ecs-|ECS-)/ },
  { workload: 'codebuild', session: /^AWSCodeBuild(?:-|$)/ },
  { workload: 'codepipeline', session: /^\d{13}$/ },
  { workload: 'kubernetes-service-account', session: /^\d{19}$/, told: tokenTold },
  {
    workload: 'web-identity',
    session: /^(?:botocore-session|aws-sdk-java|aws-java-sdk|aws-sdk-js|aws-go-sdk)-/,
    told: tokenTold,
  },
  { workload: 'github-actions', session: /^GitHub_?Actions/i },
  { workload: 'ci', session: /^(?:gitlab|atlantis|BitbucketPipelines|circleci|jenkins|terraform-run)/i },
  { workload: 'terraform', session: /^terraform-/ },
  { workload: 'cognito-identity', session: /^CognitoIdentityCredentials$/ },
  { workload: 'appsync', session: /^APPSYNC_ASSUME_ROLE$/ },
  { workload: 'service', session: /^(?:AutoScaling|AWSConfig-|ElasticLoadBalancing|SchedulerExecution)/ },
  { workload: 'aws-cli', session: /^(?:aws-cli|AWSCLI-Session)/ },
  { workload: 'lambda-function', session: /^awslambda_/ },
  { workload: 'saml-user', session: /^[^@\s]+@[^@\s]+\.[^@\s]+$/ },
  {
    workload: 'lambda-function',
    // Step Functions names the roles that it makes alike.
    role: /(?:^(?!.{0,60}(?:sfn|StepFunctions)).{1,60}-role-[a-z0-9]{8}|ServiceRole[A-Z0-9]\w*(?:-\w+)?|lambdaRole|lambda-role|LambdaRole|LambdaExecutionRole)$/,
  },
]

/** What kind of workload the caller is, as far as its names and the text tell; `null` where they do not. */
export function workloadOf(
  denial: Pick<Denial, 'principalType' | 'roleOrUserName' | 'sessionName' | 'clues'>,
): Workload | null {
  if (denial.principalType !== 'assumed-role') return null
  const { roleOrUserName: role, sessionName: session } = denial
  const kinds: ReadonlySet<string> = new Set(denial.clues.map(({ kind }) => kind))
  const rule = rules.find(
    (candidate) =>
      (candidate.session === undefined || (session !== null && candidate.session.test(session))) &&
      (candidate.role === undefined || (role !== null && candidate.role.test(role))) &&
      (candidate.told === undefined || candidate.told.some((kind) => kinds.has(kind))),
  )
  return rule?.workload ?? null
}
