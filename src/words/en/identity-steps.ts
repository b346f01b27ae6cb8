import { known, orElse, several, where, whereShown } from '../values.ts'
import type { Words } from '../words.ts'
import { orList, roleMeant, term } from './phrases.ts'

/** What to do with another session, or as another identity. */
export const identitySteps = {
  'change-session-policy': (v) =>
    `Have ${term(v, 'issuer', 'whoever issues these credentials')} pass a session policy ${known(v, 'effect') === 'Deny' ? 'without that Deny' : 'that includes the action'}, then open a new session.`,
  'keep-guests-out': () =>
    'Guests of an identity pool are everybody on the Internet: do not let their role give permissions. Let the users sign in and give the permission to the role of signed-in users; or have a backend make the call after it has checked who asks.',
  'leave-guest-session': () =>
    "Let the users sign in and give the permission to the role of signed-in users; or take the pool's basic flow (GetOpenIdToken, then AssumeRoleWithWebIdentity), in which Cognito passes no session policy; or have a backend make the call. What Cognito passes for guests in the enhanced flow nobody can change.",
  'leave-pipeline-session': (v) =>
    `Take out of the pipeline's action what asks for ${orElse(v, 'action', 'this')} (a tag, an ACL or another option), or do that part in a CodeBuild or Lambda action, which works under a role of its own. The session policy is CodePipeline's, and nobody in the account can pass another. Where no pipeline of CodePipeline made the call, whoever assumed the role passed it and can change it.`,
  'use-mfa-session': () => 'Get a session with MFA and use all three values that it prints, the session token too.',
  'assume-role-with-mfa': () =>
    'Assume the role with the code of your own MFA device (in a profile: `mfa_serial`), and use all three values that it prints, the session token too.',
  'sign-in-again': () => 'Sign in again, or refresh the credentials, and repeat the call.',
  'open-new-session': (v) =>
    `Open a new session: sign in or assume the role once more, and on a server or in a function see that the program gets new credentials. Sessions${where(v, 'before', (time) => ` from before ${time}`)} were revoked, and that is not to be loosened for one of them.`,
  'use-other-role': (v) =>
    known(v, 'instead') === 'root'
      ? 'Sign in as a role or user of the account that has this permission: the rule keeps the root user out, and is not to be loosened for it.'
      : `Make the program use ${roleMeant(v, 'the role or profile that was intended')} instead of granting this to the principal that made the call.`,
  'use-spared-role': (v) =>
    `Make the call as a role that the Deny leaves out${whereShown(v, 'values', () => ` (${orList(several(v, 'values'))})`)}, if you may assume one: it was written for such work to be done by them.`,
  'restart-pod-with-role': (v) =>
    `Give the pod's service account ${roleMeant(v, 'the intended role')} and restart the pod, so that it gets that role's credentials instead of the node's.`,
  'use-task-role-credentials': () =>
    'Let the code in the container use the task role: remove access keys from its environment.',
  'name-task-role': () =>
    'Name the role that has the permission as `taskRoleArn` in a new revision of the task definition: as it stands, the code in the container runs with the execution role.',
  'assign-permission-set': (v) =>
    `Have ${where(v, 'permissionSet', (name) => `the permission set ${name}`) || 'the permission set'} assigned in IAM Identity Center, or correct its name in the profile.`,
  'use-account-credentials': (v) =>
    `Use credentials of account ${orElse(v, 'wanted', known(v, 'tool') === 'cdk' ? 'the account that is deployed to' : 'the account of the resource')} (another profile, or a role there that trusts you)${known(v, 'tool') === 'cdk' ? ', or bootstrap that account so that it trusts this one (`cdk bootstrap --trust`).' : '; if you meant your own account, correct the account in the ARN.'}`,
  'pass-role-of-own-account': (v) =>
    `Hand over a role of the account that makes the call${where(v, 'account', (account) => ` (${account})`)}, which may assume a role of the other account; or make the call with credentials of the account that the role is in.`,
  'leave-linked-role': (v) =>
    `Leave ${orElse(v, 'role', 'the service-linked role')} out of the call: ${orElse(v, 'serviceName', 'its service')} uses it by itself, without being told. Where the call has to name a role, hand over one that was made for it (for StackSets \`AWSCloudFormationStackSetAdministrationRole\`, or none at all with service-managed permissions).`,
  'assume-role-instead': () =>
    "Call AssumeRole instead, which temporary credentials may do, or make this call with an IAM user's own access keys: no permission lifts the limit.",
  'call-from-management-account': () =>
    "Make the call with credentials of the organization's management account, or of a member account that is a delegated administrator.",
  'make-new-url': () =>
    'Make a new URL, with a longer time if this one was too short (with Signature Version 4 seven days at most); calling the old one again fails for ever. No URL outlives the session of the credentials that sign it.',
  'make-login-token': () =>
    'Make a new token just before the login (it lasts 15 minutes), for exactly this host, port, user and Region, and connect over TLS.',
  'log-out-of-registry': () =>
    'Log out of the registry (`docker logout public.ecr.aws`, `helm registry logout public.ecr.aws`): public images are pulled without a login, and an old one is refused.',
  'name-execution-role': () =>
    "Give the ARN of SageMaker's execution role in the code (`role=…`): `get_execution_role()` finds it only where SageMaker itself runs the code.",
  'correct-mfa-code': () =>
    "Send the code that the device shows now (each works once), with the ARN of that user's own device as serial number; a device whose clock is off has to be synchronised again.",
} satisfies Partial<Words['steps']>
