import { isUnexpanded } from '../facts.ts'
import { known, orElse, where } from '../values.ts'
import type { Words } from '../words.ts'
import { hiddenPart, term } from './phrases.ts'

/** What to do where no policy is the matter: names, settings, credentials, other systems. */
export const settingsSteps = {
  'reassign-lambda-role': () =>
    'Set another role on the function, save, and set the right one back, so that Lambda renews its grant on the key.',
  'create-grant': (v) =>
    `Then have a user or role of account ${orElse(v, 'account', 'the caller')} that may call kms:CreateGrant on this key give ${orElse(v, 'role', 'the role')} a grant, as shown: across accounts the key policy alone does not reach a service-linked role, and its own policies cannot be changed.`,
  'wait-until': (v) =>
    `If it can wait, run it again after ${orElse(v, 'until', 'the end of that time')}: then the Deny does not apply any more.`,
  'wait-and-retry': () => 'Wait some seconds and run it again; in automation add a dependency or a retry.',
  'check-key-exists': (v) =>
    known(v, 'objectKey') === 'route'
      ? 'A route of a single-page application is no object in the bucket: have CloudFront answer 403 and 404 with `/index.html` and status 200 (custom error responses). Where its origin access may list the bucket, S3 answers 404 for what is missing.'
      : `Check that the object exists${where(v, 'bucket', (bucket) => ` in the bucket ${bucket}`)} under exactly this key.`,
  'check-resource-exists': (v) =>
    `Check name, account and Region of ${known(v, 'resource') === null ? term(v, 'what', 'the resource') : orElse(v, 'resource', '')}.`,
  'pass-the-name': (v) =>
    isUnexpanded(v)
      ? `Have ${orElse(v, 'unset', 'the variable')} replaced by its value before the call: single quotes keep a shell from doing so, and many tools and settings know no variables. Then see whether it is still denied.`
      : `Give the program the name that it left out${where(v, 'unset', (name) => ` when it asked for ${name}`)}: a variable, setting or parameter that should hold it is empty. Then see whether it is still denied.`,
  'pass-name-not-arn': (v) =>
    known(v, 'of') === 'bucket'
      ? `Give the call the plain name of the bucket${where(v, 'name', (name) => `, ${name}`)}, not its ARN (in CDK \`bucketName\`, in Terraform \`bucket\` or \`id\`).`
      : `Give the call the plain name${where(v, 'name', (name) => ` ${name}`)}, not the ARN: AWS puts the name into an ARN of the caller's own account and Region. For a resource of another account, call with credentials of that account.`,
  'push-image': (v) =>
    `Push ${orElse(v, 'image', 'the image')} to a repository of ECR in the account and Region of the service, and give the call its whole address, ${orElse(v, 'uri', '`<AccountId>.dkr.ecr.<Region>.amazonaws.com/…`')}: a tag on your own machine names no registry.`,
  'name-prefix-as-source': () =>
    'The address ends in `/`, and given as a plain string it stands for one object of that very name. Name the archive (`…/model.tar.gz`); or give an uncompressed model as `S3DataSource` with `S3DataType: S3Prefix` and `CompressionType: None` (`ModelDataSource` of CreateModel, a dictionary as `model_data` in the Python SDK).',
  'name-whole-arn': (v) =>
    `Ask for it by the whole ARN that it has in account ${orElse(v, 'account', 'its account')}${where(v, 'region', (region) => `, ${region}`)} (with the hyphen and six characters behind the name): a bare name is looked up in the caller's own account and Region, where there is none of that name. No statement on the name changes that.`,
  'name-own-partition': (v) =>
    `Have the program ask for ${orElse(v, 'wanted', 'the ARN of its own partition')} in place of that: what writes the partition as a fixed word has to take it from the Region or the caller's own ARN. No policy needs a change for it.`,
  'pass-role-not-session': (v) =>
    `Give the call the ARN of a role, ${orElse(v, 'role', '<RoleArn>')} (its path between \`role/\` and the name, if it has one), not that of a session. A program that has this role already need not assume it again.`,
  'pass-role-not-user': (v) =>
    `Give the call the ARN of a role${where(v, 'principal', (service) => ` that ${service} may assume`)} in place of the user's: nobody can assume a user. The user's permissions, where they were meant, belong on that role.`,
  'keep-block-public-access': () =>
    'Keep Block Public Access on and serve the content through CloudFront with origin access control, or leave the public part out of the policy.',
  'grant-lake-formation': (v) =>
    `Grant ${orElse(v, 'permission', 'the permission')}${where(v, 'on', (name) => ` on ${name}`)} in Lake Formation.`,
  'read-by-lake-formation': () =>
    "Have it read with credentials that Lake Formation vends, in place of its own role's: for a crawler turn on `UseLakeFormationCredentials`; for a job of Glue read the table from the catalog with fine-grained access on (`--enable-lakeformation-fine-grained-access true`). The role needs lakeformation:GetDataAccess and the grant on the table, a crawler also that on the data location. The bucket policy stays as it is.",
  'map-opensearch-user': (v) =>
    `Map ${orElse(v, 'user', 'the user')}, or a backend role of that user, to a role of the domain's security plugin that has the index permission: a user of the domain's own, or of its identity provider, is no IAM role.`,
  'map-opensearch-role': () =>
    "Map the IAM role to a role of the domain's security plugin that has the index permission.",
  'grant-data-access': (v) =>
    `Have a data access policy of the collection name ${orElse(v, 'principal', 'the role or user that calls')} as a principal, with what it does (\`aoss:ReadDocument\`, \`aoss:WriteDocument\`, \`aoss:DescribeIndex\`, \`aoss:CreateIndex\` …) on \`index/<CollectionName>/*\`; \`aws opensearchserverless list-access-policies --type data\` lists those that there are. A change counts after about a minute.`,
  'enable-model-access': (v) =>
    `Have somebody with \`aws-marketplace:Subscribe\`, \`aws-marketplace:Unsubscribe\` and \`aws-marketplace:ViewSubscriptions\` call the model${where(v, 'model', (model) => ` ${model}`)} once in this account, best in the playground of the Bedrock console, which also asks for the use case details that Anthropic wants; then wait some minutes.`,
  'admit-to-api': () =>
    "Look at the API's resource policy: it has to allow `execute-api:Invoke` on this stage, method and path for where the callers come from (`aws:SourceIp`, `aws:SourceVpce`) or, with AWS_IAM, for who they are. Then deploy the stage again; until then the old policy counts.",
  'sign-request': () => 'Sign the request with SigV4 and credentials that may invoke the API.',
  'find-api-method': () =>
    'Compare stage, path and HTTP method of the call with what is deployed, and deploy the API again after a change. If the method uses AWS_IAM, sign the request with SigV4.',
  'find-api-check': () =>
    'Look at what stands before the method: a required API key (`x-api-key`) and its usage plan, a web ACL of AWS WAF, the mapping of a custom domain, mutual TLS, the resource policy of the API.',
  'sign-call': (v) =>
    known(v, 'option') === '--no-sign-request'
      ? 'Leave `--no-sign-request` out, so that the call is signed with the credentials of a role or user. Or have the owner of the bucket let everybody in, by its policy and its Block Public Access settings.'
      : `Sign the request with SigV4 and the credentials of a role or user: an SDK does so once it finds some.${known(v, 'service') === 's3' ? ' Or call a presigned URL, which somebody with access makes for one object.' : ''}${known(v, 'service') === 'es' ? " Or let the domain's access policy allow the IP address that the call comes from." : ''}`,
  'correct-authorizer': () => 'Correct the authorizer or the policy that it returns, and deploy the stage again.',
  'set-region': (v) =>
    `Set the client's Region${where(v, 'region', (region) => ` to ${region}`) || ' to that of the resource'}.`,
  'set-region-offering': () => "Set the client's Region to one where the service has it, or do without.",
  'enable-region': (v) =>
    `Enable the Region${where(v, 'region', (region) => ` ${region}`)} in the account and use its regional STS endpoint.`,
  'provide-credentials': () =>
    'Give the program credentials: attach a role to the instance, task or function; on a laptop choose a profile or sign in.',
  'raise-hop-limit': () =>
    'Let the token of the instance metadata service reach the container: `aws ec2 modify-instance-metadata-options --instance-id <InstanceId> --http-tokens required --http-put-response-hop-limit 2`, and the same in the launch template. A pod or task is better off with a role of its own (IAM roles for service accounts, EKS Pod Identity, task role). Outside a container, upgrade an SDK that is older than IMDSv2.',
  'permit-id-token': () =>
    'Write `permissions:` with `id-token: write` and `contents: read` into the workflow or the job, so that it gets a token to take the role of `role-to-assume` with. A step that takes access keys from secrets needs them set for this repository and environment. A pull request from a fork gets neither.',
  'let-pod-read-token': () =>
    "Let the pod's user read the projected token: set `securityContext.fsGroup`, and see that the service account has its role annotation and that the pod was made after it.",
  'set-api-log-role': () =>
    "Set a role in API Gateway's account settings, once for all APIs of the account in this Region: it trusts apigateway.amazonaws.com and has the managed policy AmazonAPIGatewayPushToCloudWatchLogs. Then deploy again.",
  'give-instance-role': () =>
    'Attach an instance profile to the instance whose role has the managed policy AmazonSSMManagedInstanceCore, then restart the agent.',
  'turn-on-host-management': () =>
    'Turn on Default Host Management for the account in this Region, after creating its role; then every instance with IMDSv2 is managed without a profile.',
  'sign-in-to-identity-pool': () =>
    "Sign the user in and send the identity provider's token as `Logins`, or turn on guest access in the identity pool if guests are meant to have it.",
  'send-login-of-identity': () =>
    'Correct `Logins`: a provider that the pool knows, under its own name, with a token of it that still holds. An identity id belongs to the login that it was made with; drop a cached one.',
  'grant-rds-iam': (v) =>
    `See that the database user may log in by IAM: \`GRANT rds_iam\` to ${orElse(v, 'user', 'the user')}, and IAM authentication enabled on the instance or cluster.`,
  'identify-with-plugin': (v) =>
    `See that the database user${where(v, 'user', (name) => ` ${name}`)} logs in by IAM (\`IDENTIFIED WITH AWSAuthenticationPlugin AS 'RDS'\`), and that IAM authentication is enabled on the instance or cluster.`,
  'replace-credentials': () =>
    'See which credentials are in use (`aws configure list`) and replace them; temporary ones need key, secret and session token.',
  'send-session-token': () =>
    'Set the session token beside the temporary key: access key ID (`ASIA…`), secret access key and session token belong together, and AWS knows none of them alone.',
  'present-trusted-certificate': () =>
    'Check that the certificate leads to the CA of this very trust anchor (`openssl verify -CAfile <TrustAnchorCa> -untrusted <Intermediates> <Certificate>`): send intermediate certificates along (`--intermediates`), use one that is neither expired nor revoked and may be used for signing (X.509 version 3, `CA:FALSE`, key usage Digital Signature), and see that trust anchor and profile are enabled (`aws rolesanywhere list-trust-anchors`, `aws rolesanywhere list-profiles`).',
  'accept-session-name': () =>
    'Leave the name of the session out of the call (`--role-session-name`), or have the profile of IAM Roles Anywhere accept one, as the command does.',
  'set-clock': () =>
    'Set the clock of the machine, container or virtual machine that signs, and keep it in step (NTP, `chronyc tracking`): a request counts for some minutes only.',
  'correct-signature': () =>
    'Check the secret key for stray blanks, the clock, the signing Region and any proxy in between.',
  'sign-with-version': (v) =>
    known(v, 'version') === '4A'
      ? 'Let the client sign with Signature Version 4A, which counts in several Regions (a Multi-Region Access Point asks for it): take an SDK or CLI that can, with the AWS CRT library where it needs that (`botocore[crt]`).'
      : 'Let the client sign with Signature Version 4: set it (`signature_version` `s3v4`, `AWS4-HMAC-SHA256`) or upgrade the SDK, and name the Region of the bucket. URLs that were signed before have to be made anew.',
  'see-object-lock': () =>
    'See what protects this version of the object (the command shows it). A legal hold is taken off by somebody with s3:PutObjectLegalHold. Retention in governance mode is passed by whoever has s3:BypassGovernanceRetention and sends `--bypass-governance-retention`; in compliance mode nobody gets past it, not even the root user, before the date has come.',
  'delete-linked-role': (v) =>
    `Delete it by DeleteServiceLinkedRole, or where its service is set up: DeleteRole does not delete a service-linked role, whatever is allowed. First delete what the service still needs${where(v, 'role', (role) => ` ${role}`)} for.`,
  'leave-linked-role': (v) =>
    `Leave${where(v, 'role', (role) => ` ${role}`) || ' the role'} as it is: only its service changes it, and nobody can be allowed to. Where the service lacks something, the policy of the resource or a setting of the service gives it.`,
  'correct-key-characters': () =>
    'Look at the access key ID and the secret key that the program got: an empty value, quotes, blanks or a line break at the end (files and CI secrets often end in one). A client that signs by itself has to send Credential, SignedHeaders and Signature, with a comma and a blank between them; a bearer token in that header is none.',
  'back-off': () => 'Slow down and retry with backoff; nothing has to be granted.',
  'raise-quota': () => 'Free some of the quota, or ask for more where it can be raised.',
  subscribe: () => 'Subscribe once and accept the terms, then try again.',
  'enable-service': () =>
    'Turn the service on in this account and Region (the administrator of the organization may do so for all accounts), or make the call where it is on.',
  'enable-product': () =>
    'Turn the integration with the product on in Security Hub, in this account and Region; only then does it take findings of the product.',
  'enable-cost-explorer': () =>
    'Turn on Cost Explorer once, in the management (payer) account: open it in the Billing and Cost Management console; the data is there about 24 hours later. In a member account the payer has to let linked accounts use it.',
  'call-from-organization': () =>
    "Make the call with credentials of the organization's management account, or create an organization (or join one) first; without one, leave this call out.",
  'activate-billing-access': () =>
    'Sign in as the root user, choose Account, and under "IAM user and role access to Billing information" activate IAM access; after that the policies of users and roles count.',
  'ask-other-system': (v) =>
    `Ask whoever runs ${term(v, 'system', 'that system').replace(/^([^`,]{1,200}),.*$/u, '$1')}: it decides by its own rules.`,
  'change-permission-set': (v) =>
    `Change ${where(v, 'permissionSet', (name) => `the permission set ${name}`) || 'the permission set'} in IAM Identity Center, and provision it again: it writes this role in every account that it is assigned in.`,
  'leave-role-to-service': () =>
    "Leave the role as it is: AWS made it for a service, or for itself, and nobody in the account changes its policies. Use the service's own settings, or give it a role of your own where it takes one; a service-linked role is deleted through its service, with iam:DeleteServiceLinkedRole.",
  'correct-endpoint': () =>
    'Find out which endpoint the client calls (`AWS_ENDPOINT_URL`, a setting such as `endpoint`, proxies on the way): one that is set for a single service, such as an S3 endpoint, must not be used for STS and others.',
  'check-layer-version': () =>
    'Name a version that its owner shares in this very Region, by its full ARN with the number: a version that does not exist is refused in the same words, and the list of versions cannot be shared at all.',
  'turn-on-block-public-access': () =>
    'Turn all four settings of Block Public Access on for the bucket, then make the call again: the service takes only a bucket that cannot become public.',
  'create-oidc-provider': () =>
    "Create the identity provider in the account of the role, or correct the account in the role's ARN if another was meant.",
  'ask-aws-support': () =>
    'Open a case with AWS Support (account and billing) and ask for this operation or the account to be enabled; nothing inside the account does it.',
  'read-service-error': () =>
    "Read the error's own words: they name what is wrong with the request or with the state of the resource, and no permission changes that.",
  'restore-key': () =>
    'Look at the state of the key: enable one that is disabled, cancel the deletion of one that waits for it and then enable it, import the key material again, or reconnect its key store. Or use another key. No permission has to change.',
  'attach-origin-access-control': () =>
    'See that the origin of the distribution has an origin access control that signs requests ("Sign requests"), and open the object through the distribution: without a signature the statement lets nobody in.',
  'set-execution-role': (v) =>
    `Name that role as \`executionRoleArn\` in a new revision of the task definition: ECS makes this call with the role that stands there, which now is ${orElse(v, 'role', 'another one')}. If ${orElse(v, 'role', 'that one')} is meant to be the execution role, give it the permission instead.`,
  'ask-for-an-hour': () =>
    'Ask for 3600 seconds at most (`DurationSeconds`, `duration_seconds`, `role-duration-seconds`), and take the role again before they are over.',
  'take-role-directly': () =>
    "Take the role directly, with a user's long-term keys or from the identity provider (`AssumeRoleWithWebIdentity`, `AssumeRoleWithSAML`) in place of another role's session: then it lasts as long as is set for the role.",
  'ask-for-shorter-session': () => 'Ask for no longer a session than is set for the role (`DurationSeconds`).',
  'raise-session-limit': () => 'Have the longest session of the role raised (12 hours at most).',
  'rotate-leaked-key': () =>
    "Treat the key as leaked: replace it, or better use a role; delete it, look through CloudTrail for its use, and answer AWS's support case.",
  'create-service-linked-role': (v) =>
    `Have an administrator create the service-linked role once${where(v, 'serviceName', (name) => ` (${name})`)}; then nobody needs this permission.`,
  'use-service-linked-role': (v) =>
    `Name no role at all: the service then uses its service-linked role${where(v, 'serviceName', (name) => ` (${name})`)}, which has to exist.`,
  'find-refused-call': () =>
    "Find out which call was refused: CloudTrail's event history has it under the name of the caller, and so has the program's debug log (`--debug` of the AWS CLI, `TF_LOG=debug`). Reads and writes of S3 objects are only in data events and access logs. Then allow just that action on just that resource, or ask again with both.",
  'fetch-details': (v) =>
    known(v, 'hiddenIn') !== null
      ? `Look up ${orElse(v, 'policy', 'the policy')} as AWS has it, and compare ${hiddenPart(v, 'the')} in statement ${known(v, 'statement') ?? '1'} with that of ${orElse(v, 'wanted', 'the resource')}. If it stands there as it was shown, it matches nothing: write what belongs there.`
      : known(v, 'hidden') !== null
        ? `Find ${hiddenPart(v)} in the message as AWS printed it, and ask again with it.`
        : known(v, 'key') === null
          ? 'Run the command shown: it tells which statement denied.'
          : `Find out the value of ${orElse(v, 'key', '')} for this request, and ask again with it.`,
  'send-valid-token': () =>
    'Send a token that the API takes, with the issuer, the client and the expiry that it expects; or call it in the authorization mode that you have credentials for.',
  'correct-appsync-rules': () =>
    "Look at the API's authorization modes and at the rules of the type (`@auth`, `@aws_iam`, `@aws_cognito_user_pools`): one of them has to let this caller in.",
  'verify-email-identity': () =>
    'Verify the address or its domain in SES, in the Region of the call. In the sandbox that goes for recipients too, until AWS lets the account out of it. An identity that another account verified, and lets you send from, is named in the call by its ARN (`FromEmailAddressIdentityArn`, `SourceArn`).',
  'bootstrap-environment': () =>
    'Set up CDK once in this account and Region; nothing has to be granted for it to be found.',
  'log-in-to-registry': () =>
    'Log docker in to this very registry: account and Region are part of its name. Where the login itself is refused, the caller lacks ecr:GetAuthorizationToken.',
  'upgrade-sdk': () =>
    'Upgrade the SDK, or the action or tool that has it inside, to a version that knows EKS Pod Identity. The role is associated already: no policy has to change.',
  'name-region': () =>
    'Name the Region where the client takes it from: `AWS_REGION`, `region` of the profile, the provider block or the configuration of the tool. It is set, and empty.',
  'log-in-to-codeartifact': () =>
    'Get a new token and set it in the package manager, as the command does: a token lasts 12 hours at most, also in a CI variable or a settings file. Whoever makes it needs codeartifact:GetAuthorizationToken and sts:GetServiceBearerToken, and codeartifact:ReadFromRepository for the packages.',
  'enable-organization-sharing': () =>
    "Where the other account is in your organization, let RAM share within it: run the command once with credentials of the organization's management account (it also makes the service-linked role; trusted access that was turned on in AWS Organizations does not). Some resource types cannot be shared outside of the organization at all.",
  'copy-within-organization': () =>
    'AWS Backup copies between accounts of one organization alone: run the command in both accounts and compare the ids. Copy to a vault of an account that is in the same organization (cross-account backup is turned on in its management account), move the other account into it, or share a snapshot of the resource with the other account and copy that there.',
  'let-agent-connect': () =>
    'See that the SSM agent runs on the instance and gets out to the endpoints of ssm, ssmmessages and ec2messages in its Region (a NAT gateway, or VPC endpoints); then restart the agent, which takes up a changed role within the hour by itself.',
  'enable-execute-command': () =>
    'Start the task anew with `--enable-execute-command` (for a service: `update-service --enable-execute-command --force-new-deployment`), in a subnet from which it reaches ssmmessages: a task that runs already does not take up either.',
  'encrypt-session-log': (v) =>
    `Encrypt ${known(v, 'behind') === 'bucket' ? 'the bucket' : 'the log group with a KMS key'}, or turn off "Enforce encryption" for it in the preferences of Session Manager.`,
  'mount-with-iam': () =>
    'Mount with the options `tls,iam`, so that the client shows its role to EFS; without them it comes as nobody, and a file system policy turns it away.',
  'create-access-entry': () =>
    'On EKS: find out who calls (`aws sts get-caller-identity`, with the profile that `aws eks update-kubeconfig` wrote), then have somebody who administers the cluster give that role or user an access entry and a policy that is wide enough, or a line in the ConfigMap aws-auth where the cluster knows no access entries. On another cluster, or with a token that is over, sign in to it anew.',
  'create-instance-profile': () =>
    'Create the role and an instance profile of that name, once in the account; EC2 has to be trusted by the role. Or name another profile: option IamInstanceProfile in the namespace aws:autoscaling:launchconfiguration.',
  'find-deny': () =>
    "Find the Deny first: look through the principal's own policies, its permissions boundary, the SCPs, then the policy on the resource. Whoever owns that policy narrows it, or says how to meet its condition.",
} satisfies Partial<Words['steps']>
