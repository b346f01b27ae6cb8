import type { CauseCode } from '../../../diagnosis/cause-code.ts'
import { known, orElse, quote, several, where, type Values } from '../../values.ts'
import type { CauseWords } from '../../words.ts'
import {
  aboutVariable,
  action,
  alsoDemands,
  andList,
  inPlace,
  on,
  place,
  roleOf,
  term,
  who,
  ofHiddenPart,
} from '../phrases.ts'

/** What a policy has and what the request was for, set side by side. */
const policyTold = (v: Values): string => (known(v, 'told') === null ? 'the policy' : 'the policy in the text')
const sideBySide = (v: Values): string => {
  const found = known(v, 'found')
  const wanted = known(v, 'wanted') ?? known(v, 'resource')
  if (wanted === null)
    return found === null ? '' : `: ${policyTold(v)} has ${quote(found)}, and the text does not name what was asked for`
  if (found === null) return `: it has to be ${quote(wanted)}`
  if (known(v, 'kept') !== null)
    return `: ${policyTold(v)} has ${quote(found)}, which other requests need, and this one asks for ${quote(wanted)}`
  return `: ${policyTold(v)} has ${quote(found)}, and it has to be ${quote(wanted)}`
}
const difference = (v: Values): string => {
  if (known(v, 'likeness') !== null) return ` (${term(v, 'likeness', '')})`
  return known(v, 'difference') === null ? '' : ` (they differ in ${term(v, 'difference', '')})`
}
const statementOrPolicy = (v: Values): string => (place(v) === '' ? `a policy of ${who(v)}` : place(v))

/** An Allow of all actions but some, of which this is one. */
const leftOut = (v: Values): string =>
  known(v, 'spared') === null || place(v) === ''
    ? ''
    : `: ${place(v)} allows by ${orElse(v, 'sparedBy', 'exclusion')}, and leaves out ${andList(several(v, 'spared'))}`

export const noMatchingAllow = {
  'missing-allow': {
    title: 'no policy of the principal allows the action',
    what: (v) =>
      known(v, 'action') === null
        ? `${who(v)} lacks a permission, and the text does not say which`
        : known(v, 'alternatives') === null
          ? `${who(v)} has no permission for ${action(v)}${on(v)}${leftOut(v)}`
          : `${who(v)} lacks one or more of ${andList(several(v, 'alternatives'))}${on(v)}: which of them is decided by what the call holds, and the text does not show that. Leave out of the statement what the call does not do`,
    inGeneral: 'No policy that applies to the caller allows this action on this resource.',
    why: () =>
      'AWS denies every request that no statement allows: one Allow has to match the action and the resource together.',
    recognised:
      'The message says "because no identity-based policy allows …", or none of the policies read has an Allow for the action. Ruled out where the action is allowed on another ARN, under a condition that does not hold, or denied explicitly, and where somebody else than you meant made the call.',
    fix: 'Add one Allow for exactly this action on exactly this resource to the role or user that made the call.',
  },
  'dependent-action-needed': {
    title: 'an option of the request needs a permission of its own',
    what: (v) =>
      `${who(v)} lacks ${action(v)}${on(v)}, which this request needs because of ${term(v, 'option', 'an option that it sets')}`,
    why: (v) =>
      `${orElse(v, 'mainAction', 'The main action')} alone does not cover it: what an option asks for is authorized separately.`,
    recognised:
      'The main action is allowed, and the same call works without the option: no ACL, no tags, a small file instead of a multipart upload.',
    fix: 'Leave the option out if you do not need it; otherwise allow the one action that it requires.',
  },
  'action-name-mismatch': {
    title: 'the policy grants a name that is not an IAM action',
    what: (v) =>
      `${statementOrPolicy(v)} grants ${orElse(v, 'wrongName', 'the name of the API call')}, but the permission is called ${orElse(v, 'rightName', orElse(v, 'action', 'by another name'))}`,
    why: () => 'IAM accepts unknown action names without complaint, so a statement can look right and match nothing.',
    recognised:
      "An Allow holds the name of the API operation (such as `s3:ListObjectsV2` or `s3:HeadObject`) that is not in AWS's list of actions, while the action behind that operation is missing.",
    fix: 'Replace the name by the IAM action behind the operation; mind that its resource type may differ too.',
  },
  'action-needs-star': {
    title: 'the action works on the whole account and matches no ARN',
    titleOf: (v) =>
      known(v, 'bare') === null ? '' : 'what the call names has no ARN, and the policy allows ARNs only',
    what: (v) =>
      known(v, 'bare') === null
        ? `${who(v)} is not allowed ${action(v)} on ${quote('*')}, the only resource that this action is checked on`
        : `${orElse(v, 'bare', '')} has no ARN, and ${who(v)} is allowed ${action(v)} on ARNs only`,
    why: (v) =>
      known(v, 'bare') !== null
        ? `IAM takes ARNs or \`*\` for a Resource and nothing else, so a statement limited to ARNs${inPlace(v)} can never match it: only \`*\` does.`
        : `The action has no resource types, so a statement limited to ARNs${inPlace(v)} can never match it.`,
    recognised:
      "AWS's action table lists no resource type for the action, or the denied resource is `*`, and the existing Allow names ARNs.",
    fix: 'Give this action a statement of its own with Resource `*`, and keep the other actions limited to their ARNs.',
  },
  'bucket-arn-needed': {
    title: 'a bucket action is allowed on the objects instead of the bucket',
    what: (v) =>
      `${known(v, 'action') === null ? 'listing' : action(v)} is an action on the bucket${where(v, 'wanted', (arn) => ` (${arn})`)}, and ${statementOrPolicy(v)} allows it only on another ARN${where(v, 'found', (arn) => `, ${arn}`)}${alsoDemands(v)}`,
    why: () =>
      'S3 checks listing and bucket settings against `arn:aws:s3:::BUCKET`, reading and writing against `arn:aws:s3:::BUCKET/KEY`; the two never match each other.',
    recognised: 'Reading an object works and listing fails; the Allow for the bucket action has an ARN with `/*`.',
    fix: "Allow the bucket action on the bucket's ARN in a statement of its own, next to the one for the objects.",
  },
  'object-arn-needed': {
    title: 'an object action is allowed on the bucket instead of its objects',
    what: (v) =>
      `${known(v, 'action') === null ? 'reading or writing' : action(v)} is an action on objects${where(v, 'wanted', (arn) => ` (${arn})`)}, and ${statementOrPolicy(v)} allows it only on another ARN${where(v, 'found', (arn) => `, ${arn}`)}${alsoDemands(v)}`,
    why: () =>
      'S3 checks reading and writing against `arn:aws:s3:::BUCKET/KEY`, listing against `arn:aws:s3:::BUCKET`; the two never match each other.',
    recognised: 'Listing works and reading or writing fails; the Allow for the object action has the bare bucket ARN.',
    fix: 'Allow the object action on `BUCKET/*`, or on the prefix that is meant, in a statement of its own.',
  },
  'resource-arn-mismatch': {
    title: 'the action is allowed, but on a different ARN',
    what: (v) =>
      known(v, 'spared') !== null
        ? `${statementOrPolicy(v)} allows ${action(v)} by ${orElse(v, 'sparedBy', 'exclusion')}, and leaves out ${andList(several(v, 'spared'))}${where(v, 'wanted', (arn) => `, to which ${arn} belongs`)}`
        : known(v, 'hiddenIn') !== null
          ? `${statementOrPolicy(v)} allows ${action(v)} on ${ofHiddenPart(v)}, and it is not that of ${orElse(v, 'wanted', 'the resource')}: compare the two${alsoDemands(v)}`
          : `${statementOrPolicy(v)} allows ${action(v)}, but on an ARN that does not fit the request${sideBySide(v)}${difference(v)}${alsoDemands(v)}${aboutVariable(v)}`,
    why: () => 'A statement matches only when every part of its Resource fits the ARN of the request.',
    recognised:
      "An Allow has the action, and its Resource differs from the request's ARN in name, prefix, Region, account, resource type or a missing trailing `*`.",
    fix: 'Correct the Resource of that statement; leave its other ARNs as they are.',
  },
  'index-arn-needed': {
    title: 'the table is allowed, its index is not',
    what: (v) => `${who(v)} may use the table, but not its index or stream${sideBySide(v)}${alsoDemands(v)}`,
    why: () =>
      "In DynamoDB an index and a stream have ARNs of their own below the table, which the table's ARN does not cover.",
    recognised: 'The denied ARN contains `/index/` or `/stream/`, and the policy holds the bare table ARN.',
    fix: 'Add the index ARN (`table/NAME/index/*` for Query and Scan) or the stream ARN beside that of the table.',
  },
  'ssm-parameter-arn': {
    title: "the parameter's ARN is written in the wrong form",
    what: (v) => `the ARN in the policy does not fit the parameter${sideBySide(v)}${alsoDemands(v)}`,
    why: () =>
      'A parameter named `/a/b` has the ARN `…:parameter/a/b`, with one slash; calls by path are also checked on the path itself.',
    recognised:
      'The policy has `parameter//a/b`, `parameterNAME`, or `/*` only, where a call by path also asks for the path.',
    fix: 'Write the ARN with exactly one slash after `parameter`; for a call by path add the path itself beside `/*`.',
  },
  'log-arn-suffix': {
    title: "the log group's ARN lacks the part that covers its streams",
    what: (v) =>
      `${action(v)} is checked on a log stream, and the policy's ARN stops at the log group${sideBySide(v)}${alsoDemands(v)}`,
    why: () =>
      'Streams lie below the group, so the ARN must end in `:*` (`log-group:NAME:*`) for stream actions to match.',
    recognised:
      'A stream action (`CreateLogStream`, `PutLogEvents`, `GetLogEvents`) is allowed on a group ARN without `:*`.',
    fix: "End the log group's ARN in `:*`.",
  },
  'secret-arn-suffix': {
    title: "the secret's ARN lacks its random suffix",
    what: (v) => `the ARN in the policy does not fit the secret${sideBySide(v)}${alsoDemands(v)}`,
    why: () =>
      "Secrets Manager appends a hyphen and six random characters to every secret's ARN, so the bare name matches nothing.",
    recognised:
      "The policy ends in the secret's name, or in `/*` after it. A denied ARN without the six characters means that there is no secret of that name.",
    fix: 'End the ARN in `-??????`, or use the full ARN of the secret.',
  },
  'access-point-arn': {
    title: 'the request goes through an access point that the policy does not name',
    what: (v) => `the request goes through an S3 access point, and the policy names another ARN${sideBySide(v)}`,
    why: () =>
      "Through an access point S3 checks the access point's ARN, `…:accesspoint/NAME` or `…:accesspoint/NAME/object/KEY`.",
    recognised: 'The denied ARN contains `:accesspoint/`, and the Allow names the bucket or the alias.',
    fix: "Allow the action on the access point's ARN; the bucket's policy has to let the access point through as well.",
  },
  'wrong-partition': {
    title: 'the ARN belongs to another AWS partition',
    what: (v) =>
      known(v, 'given') !== null
        ? `the request names ${orElse(v, 'given', 'an ARN')}, an ARN of another partition than that of ${who(v)}`
        : `the policy holds an ARN of another partition${where(v, 'found', (arn) => `, ${arn}`)}; here it has to be ${orElse(v, 'wanted', '`arn:aws-us-gov:`, `arn:aws-cn:` or `arn:aws-eusc:`')}${alsoDemands(v)}`,
    why: () =>
      'GovCloud, China and the commercial Regions are separate partitions with separate ARNs, and no ARN matches across them.',
    recognised:
      '`Partition "aws" is not valid`, or the caller\'s ARN starts with `arn:aws-us-gov:` or `arn:aws-cn:` and the policy\'s with `arn:aws:`.',
    fix: "Write the partition of the caller's own ARN into every ARN of the policy.",
  },
  's3-express-createsession': {
    title: 'directory buckets need s3express:CreateSession instead of s3 actions',
    what: (v) => `${who(v)} may not open a session on the directory bucket${where(v, 'bucket', (name) => ` ${name}`)}`,
    why: (v) =>
      known(v, 'sessionMode') === null
        ? 'S3 Express One Zone authorizes object requests through `s3express:CreateSession`; no `s3:` action applies to them.'
        : `The policy allows \`s3express:CreateSession\` only for the session mode ${orElse(v, 'sessionMode', '')}, and the client asked for ${orElse(v, 'askedMode', 'the other')}${known(v, 'askedMode') === 'ReadWrite' ? ', which lets it write as well' : ''}.`,
    recognised:
      "The bucket's name ends in `--x-s3`; the policy holds `s3:` actions, or a condition on `s3express:SessionMode`.",
    fix: 'Allow `s3express:CreateSession` on `arn:aws:s3express:REGION:ACCOUNT:bucket/NAME`.',
  },
  'companion-resource-needed': {
    title: 'the call is checked on several resources and the policy covers only some',
    what: (v) => {
      const types = several(v, 'types')
      return `${action(v)} is checked on several resources at once, and the policy covers only part of them${types.length === 0 ? '' : `: it needs ${andList(types)}`}`
    },
    why: () => 'Every resource that one call touches has to be allowed; one that is not fails the whole call.',
    recognised:
      'The denied ARN is of another type than the one granted: catalog, database and table in Glue; instance, volume, subnet and image for RunInstances; instance and document for SSM; inference profile and model for Bedrock.',
    fix: 'Put all resources of the call into the statement, not just the one in the message.',
  },
  'pass-role': {
    title: 'the principal may not hand this role to a service',
    titleOf: (v) => (known(v, 'linkedTo') === null ? '' : 'a service-linked role cannot be handed over'),
    what: (v) =>
      known(v, 'linkedTo') !== null
        ? `${roleOf(v, 'the role')} is the service-linked role of ${orElse(v, 'linkedTo', 'a service')}, which takes it by itself: no statement lets anybody hand it over`
        : known(v, 'roleAccount') === null
          ? `${who(v)} may not pass ${roleOf(v, 'the role')} to ${orElse(v, 'passedTo', 'the service')}`
          : `${roleOf(v, 'the role')} is in account ${orElse(v, 'roleAccount', '')}, and a role can be passed only within its own account: no statement allows it`,
    why: (v) =>
      known(v, 'linkedTo') !== null
        ? 'IAM refuses it whatever the policies say, AdministratorAccess among them: the role is made, changed and used by its service alone.'
        : 'Giving a service a role to work with needs `iam:PassRole` on that role, beside the permission for the call itself.',
    recognised:
      "The denied action is `iam:PassRole`, while the call in the trace is another service's, such as RunTask or CreateFunction.",
    fix: 'Allow `iam:PassRole` on this one role to the caller, limited by `iam:PassedToService`.',
  },
  'service-linked-role': {
    title: "the service's own role does not exist yet and may not be created",
    titleOf: (v) =>
      known(v, 'why') === 'principal'
        ? 'the policy names a role of a service that is not there yet'
        : known(v, 'why') === 'kept'
          ? 'a service-linked role is changed by its service alone'
          : '',
    what: (v) =>
      known(v, 'why') === 'principal'
        ? `the policy names the service-linked role ${orElse(v, 'role', '')}, which is not in this account yet`
        : known(v, 'why') === 'kept'
          ? `${orElse(v, 'role', 'the role')} is a service-linked role, and ${action(v)} does not work on such a role, whatever is allowed`
          : `${orElse(v, 'serviceName', 'the service')} needs its service-linked role${where(v, 'role', (role) => ` ${role}`)} in this account, and ${who(v)} may not create it`,
    why: (v) =>
      known(v, 'why') === 'kept'
        ? 'IAM lets only the service change its role, so that it keeps what the service needs.'
        : 'A service-linked role is created once in an account, on first use, with `iam:CreateServiceLinkedRole`.',
    recognised:
      'The denied action is `iam:CreateServiceLinkedRole`, or the service says that it lacks its service-linked role. The error disappears after the first success.',
    fix: 'Have an administrator create it once, or allow the caller to, limited by `iam:AWSServiceName`.',
  },
  'service-role-missing-allow': {
    title: 'the role that the service works with lacks the permission',
    what: (v) => {
      const actions = several(v, 'actions')
      return `${roleOf(v, term(v, 'whose', 'the role that the service works with'))} lacks ${actions.length === 0 ? action(v) : andList(actions)}`
    },
    why: () =>
      'The service acts with the role that was given to it, so the permission belongs on that role and not on whoever made the call.',
    recognised:
      'The message blames "the provided execution role" and names no principal, and that role\'s policies lack the action.',
    fix: 'Add the permission to the execution role; for Lambda in a VPC that is what `AWSLambdaVPCAccessExecutionRole` holds.',
  },
  'policy-not-attached': {
    title: 'a policy with this permission exists but does not apply to the principal',
    what: (v) =>
      `${orElse(v, 'policy', orElse(v, 'policyArn', 'a policy of this account'))} has the permission but does not apply to ${who(v)}${notApplied(v)}`,
    why: () => 'Only policies that are attached to the principal or to its groups count, each in its default version.',
    recognised:
      'A policy of the account would allow the request, but it is attached to nobody, to a group without the user, or its corrected version is not the default.',
    fix: 'Attach it, add the user to the group, or make the corrected version the default.',
  },
} satisfies Partial<Record<CauseCode, CauseWords>>

function notApplied(v: Values): string {
  switch (known(v, 'why')) {
    case 'not-attached':
      return ': it is not attached'
    case 'not-default-version':
      return `: ${where(v, 'version', (version) => `version ${version}`) || 'the version that has it'} is not the default version`
    case 'group-without-user':
      return ': it is attached to a group that the user is not in'
    default:
      return ''
  }
}
