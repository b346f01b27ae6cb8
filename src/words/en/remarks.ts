import { ownValue } from '../../iam/own-value.ts'
import type { HintCode } from '../../diagnosis/hint-codes.ts'
import type { NextReason } from '../../remedy/next.ts'
import { serviceNames } from '../service-names.ts'
import { known, lookUpOf, orElse, quote, several, where, type Values } from '../values.ts'
import type { NoteCode, Words } from '../words.ts'
import { action, andList, who } from './phrases.ts'

type Sentences<Code extends string> = Readonly<Record<Code, (v: Values) => string>>

const look = <Code extends string>(table: Sentences<Code>, code: string): ((v: Values) => string) | undefined =>
  Object.hasOwn(table, code) ? table[code as Code] : undefined

const service = (v: Values): string => {
  const name = known(v, 'service')
  return name === null ? 'the service' : (ownValue(serviceNames, name) ?? quote(name))
}

const nexts: Sentences<NextReason> = {
  'kms-behind-service': (v) =>
    `if ${service(v)} encrypts it with a customer managed key, the key has to be allowed too`,
  'pass-role': (v) => `${service(v)} is given a role, and handing it over needs a permission of its own`,
  'pass-execution-role': () => 'a task has two roles, and the execution role is handed over as well',
  'service-linked-role': () => "the first use in an account creates the service's own role",
  'list-after-read': () =>
    'the same programs usually list the bucket too; without it a missing object also looks like a denial',
  'object-after-bucket': () => 'after listing comes reading the objects, which is granted on another ARN',
  'companion-of-operation': () => 'needed next by the same job',
  'glue-parent-resource': (v) =>
    `Glue checks the ${known(v, 'type') === null ? 'parent resource' : orElse(v, 'type', '')} in the same call`,
  'tags-on-create': () => 'tags that are set on creation need this permission',
  'tags-on-session': () => 'if the session is given tags, as EKS Pod Identity and some CI systems do',
  'dependent-action': () => 'listed by AWS among the actions that the call depends on',
  'second-document-or-target': () => 'the call is checked on the document and on the instance',
  'asked-together': () => 'the same call is checked on this resource too',
}
export const next: Words['next'] = (code, values) =>
  look(nexts, code)?.(values) ?? 'the same job usually needs this as well'

const decisions: Readonly<Record<string, string>> = {
  allowed: 'that the request is allowed',
  implicitDeny: 'that nothing allows the request',
  explicitDeny: 'that a Deny statement matches',
}
const decision = (v: Values, key: string): string => ownValue(decisions, v[key] ?? '') ?? 'that it is open'

const documentFault = (v: Values): string => problem(known(v, 'problem') ?? 'not-an-object', known(v, 'value'))

const hints: Sentences<HintCode> = {
  'policy-not-usable': (v) =>
    `The policy${where(v, 'policy', (policy) => ` ${policy}`)} could not be used${where(v, 'statement', (number) => `, because of its statement ${number}`)}: ${documentFault(v)}. AWS does not store such a document, so what is in force in its place is not known, and nothing was concluded from it. Give the document as AWS returns it.`,
  'policy-odd': (v) =>
    `The policy${where(v, 'policy', (policy) => ` ${policy}`)} was evaluated as it stands, but ${documentFault(v)}.`,
  'user-keys-on-server': (v) =>
    `This call was made with the long-lived access keys of the IAM user${where(v, 'user', (user) => ` ${user}`)}. On a server, use a role instead (an instance profile, task role or execution role): its credentials renew themselves, while keys leak, do not expire, and stay behind when their owner leaves.`,
  'root-user': () =>
    "The account's root user made this call. Keep it for the few tasks that need it, and work with a role.",
  'role-attached': () =>
    'Check first whether a role is attached at all: `aws ec2 describe-iam-instance-profile-associations` for an instance, the task role or execution role in the definition of a task or function.',
  'gives-rights': (v) =>
    `${
      known(v, 'principal') === null
        ? `Anyone who may call ${action(v)} can hand out permissions that they do not have themselves, and so reach everything in the account.`
        : `With ${action(v)} on itself ${who(v)} can give itself any permission, as an administrator can.`
    } Ask first whether this call was meant, and leave the decision to whoever answers for the account's permissions.${where(v, 'limits', (keys) => ` A condition on ${keys} keeps it within bounds.`)}`,
  'takes-guard': (v) =>
    `${orElse(v, 'action', 'This action')} takes away something that watches or guards the account, and is often left out or denied on purpose. Ask first whether this call was meant, and by whom.`,
  'exact-object': () =>
    "The statement covers this one object. If the program needs a whole folder, end the ARN in `PREFIX/*`, not in `*` right after the bucket's name.",
  'arn-cut-off': (v) =>
    `The ARN of the resource is cut off in the text${where(v, 'begins', (arn) => `, behind ${arn}`)}: fill in the rest as AWS printed it, or ask again with the whole message.`,
  'own-identity': () =>
    'Every user of the identity pool has this role, so the statement names whoever calls: AWS puts the identity ID of the session in the place of `${cognito-identity.amazonaws.com:sub}`. If the ID in the message belongs to another user, the denial is right and the program asks for the wrong name.',
  'managed-policy-fits': (v) =>
    `The AWS managed policy ${orElse(v, 'policy', 'for this purpose')} allows this too, with whatever else such a workload usually needs; it can be attached instead.`,
  'unlisted-action': (v) =>
    `AWS's lists of actions, as this service has them${where(v, 'version', (version) => ` (${version})`)}, do not have ${orElse(v, 'action', 'this action')}. It is newer than they are, or the message is not as AWS printed it${where(v, 'meant', (meant) => `: the action of that name is ${meant}`)}. AWS stores any name without complaint, so see that it exists before you rely on the statement.`,
  'changed-just-now': (v) =>
    `Permissions were changed ${where(v, 'seconds', (seconds) => `${seconds} seconds ago`) || 'just now'}; it can take some seconds until they count everywhere. Try again before you change anything else.`,
  'further-conditions': (v) =>
    `The result also depends on ${andList(several(v, 'keys')) || 'further keys'}, which the policies test and whose values in the request are not known. Check that they fit, or ask again with the values.`,
  'new-session-needed': () =>
    'Sessions that are open keep the session policy and tags they were issued with: open a new one after the change.',
  'decode-message': () =>
    'The text holds an encoded authorization message. `aws sts decode-authorization-message --encoded-message …` shows which statement denied; it needs `sts:DecodeAuthorizationMessage`.',
  'own-evaluation-differs': (v) =>
    `AWS's own evaluation says ${decision(v, 'aws')}${where(v, 'sid', (sid) => ` by the statement ${sid}`)}; evaluating the policies that were read gives ${decision(v, 'own')}. AWS's counts: the policies were changed since the call, or one that decides could not be read.`,
  'grant-with-context': (v) =>
    `The grant${where(v, 'grant', (name) => ` ${name}`)} on the key covers this action for the principal, but only with the encryption context that it names.`,
  'caller-by-unique-id': (v) => {
    const kind = known(v, 'kind') === 'user' ? 'user' : 'role'
    return `The caller is named by its unique id, which tells neither account nor name. In its account \`${lookUpOf(kind, known(v, 'id'))}\` shows the ${kind}; no answer there means another account, or a ${kind} that was deleted.`
  },
  'no-scps-apply': (v) =>
    `${where(v, 'account', (account) => `Account ${account}`) || "The caller's account"} is the organization's management account, to whose users and roles SCPs never apply.${known(v, 'said') === null ? '' : ' AWS names one all the same, so the call was made from another account, or the organization is another now.'}`,
  'session-name-is-a-label': (v) =>
    `The last part of the principal${where(v, 'session', (session) => `, ${session},`)} is only the session's name; policies are attached to the role before it.`,
}
export const hint: Words['hint'] = (code, values) => look(hints, code)?.(values) ?? quote(code)

const notes: Sentences<NoteCode> = {
  'denials-cut': (v) =>
    `The text holds more denials than are read: ${where(v, 'kept', (kept) => `the first ${kept}`) || 'the first ones'} count, ${where(v, 'left', (left) => `${left} more`) || 'others'} were left out.`,
  'policy-in-text': () =>
    'The policy in the text was not evaluated: nothing tells whether it is the one that applies. If it is, hand it over as a policy, and the request is checked against it.',
  'policy-as-told': () =>
    'The policy in the text was pasted, not read from AWS: what follows from it holds if it is the one in force. Hand it over as a policy, and the request is evaluated against it.',
  'diagnoses-cut': (v) =>
    `The text holds ${orElse(v, 'found', 'many')} denials; ${where(v, 'kept', (kept) => `the first ${kept}`) || 'the first ones'} are answered.`,
  'principals-not-fetched': (v) =>
    `${orElse(v, 'count', 'Some')} further principals were answered from the text alone: policies are read for ${where(v, 'limit', (limit) => `${limit} principals`) || 'a limited number of principals'} a request.`,
  'policies-of-another': () =>
    'Some of the policies in the request were not used: the text names several principals or resources, or another one than they are about, and they do not tell whose they are. Send each denial by itself, with its own policies.',
  'plan-over-quota': () =>
    'Not everything in the plan fits: AWS takes no further or longer policies there. The steps without a command do not fit; join or detach policies that are there first.',
  'policies-hidden': () => 'Policy documents, diffs and near misses are not shown with this key.',
}
export const note: Words['note'] = (code, values) => look(notes, code)?.(values) ?? quote(code)

const named = (name: string | null, before = ' ', after = ''): string =>
  name === null ? '' : `${before}${quote(name)}${after}`

export const managedBy: Words['managedBy'] = {
  'identity-center': (name) =>
    `It belongs to the permission set${named(name)} of IAM Identity Center: change the permission set, since the role itself is overwritten.`,
  'service-linked': (name) => `It is a service-linked role${named(name, ' of ')}: only its service can change it.`,
  'aws-reserved': (name) => `It is reserved by AWS${named(name, ' (', ')')} and cannot be changed here.`,
  cloudformation: (name) =>
    `The CloudFormation stack${named(name)} manages it: change the template, or the next deployment undoes the change.`,
  'cdk-bootstrap': (name) => `It is a CDK bootstrap role${named(name, ' (', ')')}: change the bootstrap template.`,
  terraform: (name) =>
    `Terraform manages it${named(name, ' (', ')')}: change the configuration, or the next apply undoes the change.`,
  'control-tower': (name) => `AWS Control Tower manages it${named(name, ' (', ')')}: change it there.`,
  lab: (name) =>
    `It is the role of a training lab${named(name, ' (', ')')}, whose permissions participants cannot change.`,
}

const workloads: Readonly<Record<string, string>> = {
  'identity-center-user': 'a person signed in through IAM Identity Center',
  'service-linked-role': 'an AWS service under its service-linked role',
  'teaching-lab': 'a training lab',
  cdk: 'a CDK deployment',
  cloudformation: 'CloudFormation',
  'ec2-instance': 'an EC2 instance',
  'eks-pod-identity': 'a pod with EKS Pod Identity',
  'ecs-task': 'an ECS task',
  'ecs-service': 'the ECS service itself',
  codebuild: 'a CodeBuild build',
  codepipeline: 'a CodePipeline run',
  'kubernetes-service-account': "a pod with a service account's role",
  'kubernetes-pod': 'a Kubernetes pod',
  'web-identity': 'a program that assumed the role through an SDK',
  'github-actions': 'a GitHub Actions run',
  ci: 'a CI run',
  terraform: 'a Terraform run',
  'cognito-identity': 'a user of a Cognito identity pool',
  appsync: 'an AppSync API',
  service: 'an AWS service',
  'aws-cli': 'the AWS CLI with an assumed role',
  'lambda-function': 'a Lambda function',
  'saml-user': 'a person signed in through SAML',
}
export const workload: Words['workload'] = (code) => ownValue(workloads, code) ?? quote(code)

const meanings: Readonly<Record<string, string>> = {
  'account-id': 'the 12 digits of the account',
  region: 'the Region, such as eu-west-1',
  'bucket-name': 'the name of the bucket',
  'results-bucket-name': 'the bucket for query results',
  resource: 'what it is granted on, such as {"Database":{"Name":"…"}} or {"Table":{"DatabaseName":"…","Name":"…"}}',
  'object-name': "the object's key, or a prefix that ends in /*",
  'resource-arn': 'the ARN of the resource that the call was for',
  'resource-type': 'the type of the resource as ARNs name it, such as instance',
  'resource-id': 'the id or name of the resource',
  'resource-name': 'the name of the resource',
  'principal-arn': 'the ARN of the role or user that is to have access',
  'role-name': 'the name of the role',
  'policy-name': 'the name of the policy',
  'role-arn': 'the ARN of the role',
  'user-name': 'the name of the IAM user',
  'execution-role-name': 'the execution role of the task or function',
  'task-role-name': 'the task role',
  'key-id': 'the id of the KMS key (not an alias)',
  'boundary-name': 'the name of the permissions boundary',
  organization: 'the organization or user that owns the repository',
  repository: 'the name of the repository',
  branch: 'the branch that may assume the role',
  tag: 'the tag that may assume the role, or a pattern such as v* under StringLike',
  'cluster-id': "the id in the cluster's OIDC issuer URL",
  namespace: 'the namespace of the service account',
  'service-account': 'the service account that the pod runs under',
  'oidc-provider-host':
    'who issued the token? Its `iss` without https://: the OIDC issuer of an EKS cluster, token.actions.githubusercontent.com, gitlab.com or another',
  subject: 'the `sub` of the token, letter by letter',
  group: 'the group that owns the project',
  project: 'the name of the project',
  'key-id-of-the-bucket': 'the id of the KMS key that encrypts the bucket',
  'key-id-of-the-resource': 'the id of the KMS key that encrypts the resource',
  'boundary-arn': 'the ARN of the permissions boundary that the account demands',
  'provider-host': "the issuer's host name, without https://",
  'provider-arn': 'the ARN of the identity provider',
  service: 'what the service principal begins with, such as lambda in lambda.amazonaws.com',
  prefix: 'the prefix of the logs; where none is set, leave it out together with its slash',
  'service-prefix': 'the prefix of the service in actions, such as s3 in s3:GetObject',
  'snowflake-iam-user-arn':
    "the ARN of Snowflake's IAM user: STORAGE_AWS_IAM_USER_ARN (or API_AWS_IAM_USER_ARN) in `DESC INTEGRATION`",
  'snowflake-external-id':
    'the external ID of the integration: STORAGE_AWS_EXTERNAL_ID (or API_AWS_EXTERNAL_ID) in `DESC INTEGRATION`',
  'management-account-id': "the organization's management account",
  'administrator-account-id': 'the account that administers the stack set',
  'saml-provider-name': 'the name of the SAML provider in IAM',
  'identity-pool-id': 'the id of the identity pool, such as eu-west-1:0d0bb2a1-…',
  'authenticated-or-unauthenticated': 'authenticated for users who signed in, unauthenticated for guests',
  'dbi-resource-id':
    'the resource id of the instance (db-…) or cluster (cluster-…): DbiResourceId or DbClusterResourceId, or the id of the proxy (prx-…)',
  'database-user-name': 'the name of the database user',
  'snowflake-role-name': 'the role of the Snowflake integration',
  'cluster-role-name': 'the role that the COPY or UNLOAD names, attached to the cluster',
  'ecs-service-role-name': 'the role that was named for the ECS service',
  'service-principal': 'the service principal, such as events.amazonaws.com',
  'source-arn': 'the ARN of the rule, topic or distribution behind the call',
  code: 'the code that the MFA device shows now',
  'session-name': 'a name for the session, of your choice',
  'endpoint-id': 'the id of the VPC endpoint (vpce-…)',
}
const kebab = (name: string): string => name.replaceAll(/([a-z0-9])([A-Z])/gu, '$1-$2').toLowerCase()

export const placeholder: Words['placeholder'] = (name, meaning) => {
  const words = meanings[kebab(meaning)] ?? meanings[kebab(name)]
  const shown = quote(name.startsWith('<') ? name : `<${name}>`)
  return `${shown}: ${words ?? spelledOut(kebab(name.replaceAll(/[<>]/gu, '')))}`
}

const parts: Readonly<Record<string, string>> = { name: 'the name', arn: 'the ARN', id: 'the id', url: 'the URL' }

/** `QueueName`: "the name of the queue". */
function spelledOut(name: string): string {
  const encrypted = /^key-id-of-(.{1,40})$/u.exec(name)?.[1]
  if (encrypted !== undefined) return `the id of the KMS key that encrypts the ${encrypted.replaceAll('-', ' ')}`
  const words = name.split('-')
  const part = words.length > 1 ? ownValue(parts, words.at(-1) ?? '') : undefined
  return part === undefined ? `the ${words.join(' ')}` : `${part} of the ${words.slice(0, -1).join(' ')}`
}

const problems: Readonly<Record<string, string>> = {
  'bad-json': 'the document is not valid JSON',
  'not-an-object': 'the document is not a JSON object',
  'unknown-version': 'the Version is not one that IAM knows',
  'no-statement': 'the document has no Statement',
  'unknown-element': 'it has an element that IAM does not know',
  'duplicate-key': 'it has the same key twice; the last one counts',
  'bad-effect': 'Effect is neither Allow nor Deny',
  'action-missing': 'it has neither Action nor NotAction',
  'action-twice': 'it has both Action and NotAction',
  'bad-action': 'an action is not written as service:Name',
  'resource-missing': 'it has neither Resource nor NotResource',
  'resource-twice': 'it has both Resource and NotResource',
  'resource-not-allowed': 'a Resource is not allowed in this kind of policy',
  'bad-resource': 'a resource is not an ARN',
  'principal-missing': 'it has no Principal',
  'principal-twice': 'it has both Principal and NotPrincipal',
  'principal-not-allowed': 'a Principal is not allowed in this kind of policy',
  'bad-principal': 'the Principal is not one that IAM knows',
  'bad-condition': 'the Condition has the wrong form',
  'unknown-operator': 'it uses a condition operator that IAM does not know',
}
export const problem: Words['problem'] = (code, value) =>
  `${ownValue(problems, code) ?? quote(code)}${value === null ? '' : ` (${quote(value)})`}`
