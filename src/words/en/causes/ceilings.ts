import type { CauseCode } from '../../../diagnosis/cause-code.ts'
import { known, quote, several, where, type Values } from '../../values.ts'
import type { CauseWords } from '../../words.ts'
import {
  aboutVariable,
  action,
  andList,
  condition,
  letsInInstead,
  named,
  on,
  place,
  resource,
  sent,
  spares,
  term,
  who,
} from '../phrases.ts'

/** ", whenever `aws:RequestedRegion` is not `eu-west-1` (the request had `ap-south-1`)". */
const whenever = (v: Values): string => {
  const rule = condition(v)
  const had = sent(v)
  return `${rule === '' ? '' : ` whenever ${rule}${had === '' ? '' : ` (${had})`}`}${spares(v)}${aboutVariable(v)}`
}
const by = (v: Values, otherwise: string): string => {
  const where_ = place(v)
  return where_ === '' ? otherwise : `${otherwise}, ${where_},`
}
const boundary = (v: Values): string => {
  const name = known(v, 'boundary') ?? known(v, 'boundaryArn') ?? known(v, 'policy')
  return name === null ? 'its permissions boundary' : `its permissions boundary ${quote(name)}`
}
const endpoint = (v: Values): string => `the VPC endpoint${where(v, 'endpoint', (id) => ` ${id}`)}`
const atLevels = (v: Values): string => {
  const levels = several(v, 'level')
  return levels.length === 0 ? '' : ` at ${andList(levels)}`
}
/** Which of its statements: "statement 2 (`NoData`) of ". */
const numbered = (v: Values): string => {
  const statement = place({ ...v, policy: '', policyArn: '' })
  return statement === '' ? '' : `${statement} of `
}
const noAllowHelps = 'An explicit deny overrides every Allow, so no statement that is added elsewhere changes it.'

/** There was a code, and it is older than the policy takes. */
const isTooOld = (v: Values): boolean =>
  known(v, 'key')?.toLowerCase() === 'aws:multifactorauthage' && /^\d{1,10}$/u.test(known(v, 'sent') ?? '')
const hadAge = (v: Values): string =>
  isTooOld(v) ? `; it was sent ${quote(known(v, 'sent') ?? '')} seconds before` : ''

/** A recovery point has no policy of its own. */
const policyOf = (v: Values): string =>
  known(v, 'vault') === null
    ? `the resource-based policy of ${resource(v)}`
    : `the access policy of the backup vault that holds ${resource(v)}`

export const ceilings = {
  'scp-deny': {
    title: 'a service control policy of the organization denies the action',
    what: (v) =>
      `${by(v, 'a service control policy of the organization')} explicitly denies ${action(v)}${on(v)}${whenever(v)}`,
    why: () =>
      'An SCP limits every principal of the account, administrators too; no permission inside the account can override it.',
    recognised:
      'The message says "with an explicit deny in a service control policy", or a Deny in the SCPs that were read matches. Newer messages end with the policy\'s ARN.',
    fix: "Do it within the rule (Region, tag, size), or propose an exemption for this principal or action to the organization's administrators.",
  },
  'rcp-deny': {
    title: 'a resource control policy of the organization denies the action',
    what: (v) =>
      `${by(v, "a resource control policy of the organization of the resource's account")} explicitly denies ${action(v)}${on(v)}${whenever(v)}`,
    why: () =>
      "An RCP limits what anyone, including callers from outside, can do with the resources of the organization's accounts.",
    recognised:
      'The message says "with an explicit deny in a resource control policy", or a Deny in the RCPs that were read matches.',
    fix: 'Propose an exemption for this caller or action to the administrators of the organization that owns the resource.',
  },
  'scp-not-allowed': {
    title: 'the service control policies of one level do not allow the action',
    what: (v) => `the service control policies${atLevels(v)} do not allow ${action(v)}${ruleOf(v)}`,
    why: () =>
      "SCPs must allow an action at every level, from the organization's root through each unit to the account.",
    recognised:
      'The message says "because no service control policy allows …", often after `FullAWSAccess` was detached from a level.',
    fix: "The organization's administrators add the action to the list of that level, or attach `FullAWSAccess` there again.",
  },
  'boundary-not-allowed': {
    title: 'the permissions boundary leaves the action out',
    what: (v) =>
      `${who(v)} is capped by ${boundary(v)}, which does not allow ${action(v)}${on(v)}${ruleOf(v) || letsInInstead(v)}`,
    why: () =>
      'A permissions boundary is the most that a principal can have: the action must be allowed there as well as in its own policies.',
    recognised:
      'The message says "because no permissions boundary allows …", or the boundary that was read has no Allow for the action.',
    fix: "The owner of the boundary adds the action to it; the principal's own policies need it too.",
  },
  'boundary-deny': {
    title: 'the permissions boundary denies the action',
    what: (v) =>
      `${numbered(v)}${boundary(v)} explicitly denies ${action(v)}${on(v)} to ${who(v)}${whenever(v)}`.replace(
        /^(statement .* of )?its /u,
        '$1the ',
      ),
    why: () => noAllowHelps,
    recognised:
      'The message says "with an explicit deny in a permissions boundary", or a Deny in the boundary that was read matches.',
    fix: 'Do it within the rule, or have the owner of the boundary exempt this case.',
  },
  'boundary-required': {
    title: 'new roles and users must carry a permissions boundary',
    what: (v) =>
      `${action(v)} is denied unless ${known(v, 'carried') === null ? 'the request sets' : 'the role or user that it changes carries'} the permissions boundary${where(v, 'boundary', (name) => ` ${name}`)}`,
    why: () =>
      'A Deny or a condition on `iam:PermissionsBoundary` lets principals be created and changed only with the boundary that the account demands.',
    recognised:
      'An action such as `iam:CreateRole` or `iam:PutRolePolicy` is allowed but denied by a condition on `iam:PermissionsBoundary`.',
    fix: "Set the boundary in the request that creates: `--permissions-boundary`, or the template's property; for CDK in the bootstrap template and on every role. What is there already gets it first, by `aws iam put-role-permissions-boundary`.",
  },
  'session-policy-not-allowed': {
    title: 'the session was issued with fewer permissions than its role has',
    what: (v) =>
      `the session policy that ${term(v, 'issuer', 'the issuer')} gave this session of ${who(v)} does not allow ${action(v)}${on(v)}`,
    why: () => 'A session has what its role and its session policy both allow; the session policy can only take away.',
    recognised:
      'The message says "because no session policy allows …"; such sessions come from Cognito identity pools, S3 Access Grants, Lake Formation, or AssumeRole with a policy.',
    fix: 'Have the session issued with a session policy that includes the action, or use a flow that does not cut it down; sessions that are open keep the old cut.',
  },
  'session-policy-deny': {
    title: 'the session policy denies the action',
    what: (v) =>
      `the session policy that ${term(v, 'issuer', 'the issuer')} gave this session of ${who(v)} explicitly denies ${action(v)}${on(v)}${whenever(v)}`,
    why: () => 'The session policy was fixed when the session was issued, and nothing on the role overrides its Deny.',
    recognised: 'The message says "with an explicit deny in a session policy".',
    fix: 'Whoever issues the session changes the policy that is passed with it, and a new session is opened.',
  },
  'explicit-deny-resource': {
    title: "the resource's own policy denies the request",
    what: (v) =>
      `${place(v) === '' ? policyOf(v) : `${place(v)}, ${policyOf(v)},`} explicitly denies ${action(v)}${whenever(v)}`,
    why: () => noAllowHelps,
    recognised:
      'The message says "with an explicit deny in a resource-based policy", or a Deny in the resource\'s policy that was read matches: an encryption header, a network, TLS or a list of principals is demanded.',
    fix: 'Meet the condition first (send the header, use the endpoint, use TLS); otherwise its owner exempts the principal in that Deny.',
  },
  'explicit-deny-identity': {
    title: "a Deny statement in the principal's own policies matches",
    what: (v) =>
      `${place(v) === '' ? `a Deny statement in an identity-based policy of ${who(v)}` : `${place(v)}, an identity-based policy of ${holder(v)},`} explicitly denies ${action(v)}${on(v)}${whenever(v)}`,
    why: () => noAllowHelps,
    recognised:
      'The message says "with an explicit deny in an identity-based policy", or a Deny in the principal\'s or its groups\' policies that were read matches.',
    fix: 'Meet the condition of the Deny, or have whoever set the guardrail narrow it for this case.',
  },
  'explicit-deny-unnamed': {
    title: 'an explicit deny matched and the message does not say where',
    what: (v) =>
      `a Deny statement matched ${action(v)}${on(v)} for ${who(v)}, in a policy that the message does not name`,
    why: () =>
      'Older messages and some services leave the kind of policy out; an explicit deny can come from an identity-based policy, a permissions boundary, an SCP or a resource-based policy, looked for in that order.',
    recognised:
      'The message ends in "with an explicit deny" and names no kind of policy, and the policies that were read do not decide it.',
    fix: "Find the Deny first: the principal's own policies, its boundary, the SCPs, then the resource's policy. Then narrow it or meet its condition.",
  },
  'mfa-required': {
    title: 'the account demands MFA and the session has none',
    titleOf: (v) => (isTooOld(v) ? 'the MFA code of the session was sent too long ago' : ''),
    what: (v) => {
      const statement = place(v) === '' ? 'a policy' : place(v)
      return known(v, 'effect') === 'Allow'
        ? `${statement} allows ${action(v)} to ${who(v)} only with multi-factor authentication${ofAge(v)}${hadAge(v)}`
        : `${statement} refuses ${action(v)} to ${who(v)} without multi-factor authentication${ofAge(v)}${hadAge(v)}`
    },
    why: (v) =>
      isTooOld(v)
        ? 'The session shows MFA, and too much time has passed since: only a new session with a new code starts the count anew.'
        : known(v, 'principal')?.startsWith('role/') === true
          ? 'A session of a role shows MFA only where the code was sent when the role was assumed.'
          : 'Access keys alone carry no MFA, so `aws:MultiFactorAuthPresent` is absent or false however the user signs in to the console.',
    recognised:
      'A user with access keys is denied nearly everything, and a statement tests `aws:MultiFactorAuthPresent`.',
    fix: 'Get a session with `aws sts get-session-token --serial-number MFA-ARN --token-code CODE`, and use all three values, the session token too.',
  },
  'vpce-policy': {
    title: "the VPC endpoint's policy stands in the way",
    what: (v) =>
      known(v, 'effect') === 'explicit' || known(v, 'effect') === 'Deny'
        ? `${numbered(v)}the policy of ${endpoint(v)} explicitly denies ${action(v)}${on(v)}${whenever(v)}`
        : `the policy of ${endpoint(v)} does not allow ${action(v)}${on(v)}${known(v, 'denyOnly') !== null ? ': it holds only Deny statements, and such a policy allows nothing' : known(v, 'operator') === null ? letsInInstead(v) : ruleOf(v)}`,
    why: () =>
      "What leaves through a VPC endpoint must be allowed by the endpoint's policy as well; an Allow on the principal does not replace that.",
    recognised:
      'The message says "because no VPC endpoint policy allows …", or the call fails only from inside the VPC and works elsewhere.',
    fix: "Whoever runs the network allows the action in the endpoint's policy; for ECR images that is the S3 endpoint too.",
  },
  'condition-mismatch': {
    title: 'a statement for this exists, but its condition does not hold',
    what: (v) => conditionWhat(v),
    why: () => 'Every key of a Condition has to hold; a key that the request does not carry fails most operators.',
    recognised:
      "An Allow matches action and resource and its Condition does not, or a Deny's condition hits unexpectedly: tags sent too late, `aws:SourceIp` behind an endpoint, `aws:PrincipalOrgID` for a service.",
    fix: 'Make the request meet the condition (send the tag in the create call, use the right network), or correct the condition itself.',
  },
} satisfies Partial<Record<CauseCode, CauseWords>>

/** A code that was sent too long ago is as good as none. */
const ofAge = (v: Values): string =>
  known(v, 'key')?.toLowerCase() === 'aws:multifactorauthage'
    ? `, of which ${condition(v)} (seconds since the code was sent)`
    : ''

/** Whose policy it is: that of a group counts for all its users. */
function holder(v: Values): string {
  const group = known(v, 'group')
  return group === null ? who(v) : `${named(`group/${group}`)}, to which ${who(v)} belongs`
}

function ruleOf(v: Values): string {
  const rule = condition(v)
  return rule === '' ? '' : ` unless ${rule}`
}

const because = (v: Values): string => (known(v, 'unmet') === null ? '' : `: ${term(v, 'unmet', '')}`)

function conditionWhat(v: Values): string {
  const rule = condition(v)
  const had = sent(v)
  const subject = place(v) === '' ? 'a statement' : place(v)
  const denies = known(v, 'effect') === 'Deny' || known(v, 'effect') === 'explicit'
  if (rule === '') return `${subject} covers ${action(v)}${on(v)}, but its condition does not fit this request`
  return `${subject} ${denies ? 'denies' : 'allows'} ${action(v)} ${denies ? 'whenever' : 'only when'} ${rule}${had === '' ? '' : `, and ${had}`}${aboutVariable(v)}${because(v)}`
}
