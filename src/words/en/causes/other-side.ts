import type { CauseCode } from '../../../diagnosis/cause-code.ts'
import { known, orElse, where, type Values } from '../../values.ts'
import { mayHaveIds } from '../../facts.ts'
import type { CauseWords } from '../../words.ts'
import { action, condition, letsInInstead, on, place, resource, roleOf, sent, term, who } from '../phrases.ts'

const inAccount = (v: Values): string => where(v, 'resourceAccount', (account) => ` in account ${account}`)
const theRole = (v: Values): string => roleOf(v, 'the role')

/** Through an access point two policies of the resource's side have to agree. */
const bucketBehind = (v: Values): string | null =>
  known(v, 'behind') === 'bucket'
    ? `the policy of the access point allows ${action(v)} for ${who(v)}, and that of the bucket behind it does not: through an access point both have to`
    : null

export const otherSide = {
  'cross-account-resource-side': {
    title: 'the resource is in another account and its policy does not let the caller in',
    what: (v) =>
      bucketBehind(v) ??
      `the resource-based policy of ${where(v, 'bucket', (name) => `the bucket ${name}`) || resource(v)}${inAccount(v)} does not allow ${action(v)} for ${who(v)}${letsInInstead(v)}`,
    why: () =>
      "Across accounts both sides must allow the request: the caller's identity-based policy and the policy of the resource.",
    recognised:
      'Caller and resource belong to different accounts, and the message says "no resource-based policy allows …", or the resource\'s policy does not name the caller.',
    fix: "The owner of the resource adds the caller to its policy; check the caller's own policy and, for encrypted data, the key as well.",
  },
  'cross-account-identity-side': {
    title: "the resource is in another account and the caller's own policies lack the action",
    what: (v) =>
      `no identity-based policy of ${who(v)} allows ${action(v)}${on(v) === '' ? ' on a resource' : on(v)}${on(v) === '' ? ' of' : ', which belongs to'} another account${where(v, 'resourceAccount', (account) => `, ${account}`)}`,
    why: () => "Across accounts both sides must allow the request: the resource's policy alone is not enough.",
    recognised:
      'Caller and resource belong to different accounts, and the message says "no identity-based policy allows …".',
    fix: "Add the same action and resource to the caller's policy, and make sure that the resource's policy names the caller.",
  },
  'resource-policy-not-allowed': {
    title: "the resource's policy does not allow the request",
    what: (v) =>
      bucketBehind(v) ??
      `no resource-based policy of ${resource(v)} allows ${action(v)} for ${who(v)}${letsInInstead(v)}`,
    why: (v) =>
      known(v, 'behind') === 'bucket'
        ? "The bucket's policy can leave the decision to the access points of an account."
        : "Within one account an Allow in the resource's policy or in the caller's identity-based policies is enough.",
    recognised:
      'The message says "because no resource-based policy allows …" for a resource of the caller\'s own account.',
    fix: "Allow it in the resource's policy or in the caller's identity-based policy; one of the two is enough in the same account.",
  },
  'service-principal-policy': {
    title: "an AWS service is not allowed by the resource's policy",
    what: (v) =>
      `the policy of the resource that ${orElse(v, 'servicePrincipal', 'the service')} reaches for does not let it in${where(v, 'sourceArn', (arn) => ` for ${arn}`)}${opensInstead(v)}${letsInInstead(v)}`,
    why: () =>
      "It is not a person or a role that was denied but a service, and a service is let in by its name in the resource's policy.",
    recognised:
      'A delivery fails or never arrives: events, notifications, logs, an API that calls a function; often without any error for the sender.',
    fix: "Name the service as Principal in the resource's policy, limited by `aws:SourceArn` to the one rule, topic or distribution.",
  },
  'resource-policy-limit': {
    title: 'the resource policy is full',
    what: (v) =>
      known(v, 'of') === 'function'
        ? 'the resource-based policy of the Lambda function has no room left for another permission'
        : 'the resource policy of CloudWatch Logs has no room left for another log group',
    why: (v) =>
      known(v, 'of') === 'function'
        ? 'Each `AddPermission` adds a statement to that policy, which may have 20,480 bytes; this limit cannot be raised.'
        : 'Each log delivery adds an entry to that policy, whose size is limited; once it is full, "insufficient permissions" is all that the service says.',
    recognised:
      '"Insufficient permissions to enable logging" in an account with many log groups, although the caller may create log deliveries.',
    fix: 'Replace the single entries by one for `log-group:/aws/vendedlogs/*`.',
  },
  'trust-policy': {
    title: 'the role does not trust the caller, or the caller may not assume it',
    what: (v) => {
      if (known(v, 'user') !== null) return `${orElse(v, 'user', '')} is a user, and only roles can be assumed`
      if (known(v, 'trusts') !== null)
        return `${place(v)} lets ${who(v)} assume ${theRole(v)} already: another role was given than the one with this trust policy, or it has another one now`
      const rule = condition(v)
      const had = sent(v)
      const fault = known(v, 'fault') === null ? '' : `: ${term(v, 'fault', '')}`
      return `${theRole(v)}${where(v, 'roleAccount', (account) => ` in account ${account}`)} cannot be assumed ${isSaml(v) ? `with a SAML response${where(v, 'provider', (provider) => ` of ${provider}`)}` : `by ${who(v)}`}${fault}${rule === '' ? '' : `: its trust policy demands that ${rule}${had === '' ? '' : `, and ${had}`}`}${rule === '' ? letsInInstead(v) : ''}`
    },
    why: (v) =>
      known(v, 'user') !== null
        ? 'A user has no trust policy that could let anybody in; its ARN stands where that of a role belongs.'
        : isSaml(v)
          ? 'AssumeRoleWithSAML depends on the trust policy and the identity provider alone; no permission of anybody changes it.'
          : isService(v)
            ? "A service assumes a role under its own name and has no policies of its own: the role's trust policy alone decides."
            : isChained(v)
              ? 'A code is sent with the device of a user: whoever calls with the session of a role has none to send. It takes the keys of a user, whom the trust policy then has to name.'
              : "The role's trust policy must name the caller; the caller's own policy must allow `sts:AssumeRole` too, unless the trust policy of the same account names that very principal.",
    recognised:
      "`sts:AssumeRole` is denied on a role. Compare the trust policy's Principal, `sts:ExternalId` and MFA condition with the caller.",
    fix: 'Add the caller to the trust policy (or send the external id it asks for), and allow `sts:AssumeRole` on the role to the caller.',
  },
  'oidc-trust': {
    title: "the role's trust policy does not accept the web identity token",
    what: (v) => {
      const rule = condition(v)
      return `the role does not accept the token${where(v, 'provider', (provider) => ` of ${provider}`)}${where(v, 'subject', (subject) => ` for ${subject}`)}${known(v, 'fault') === null || known(v, 'fault') === 'unknown' ? '' : `: ${term(v, 'fault', '')}`}${where(v, 'letsIn', (named) => `, ${named}`)}${rule === '' ? '' : `; its trust policy demands that ${rule}`}${isOpen(v) ? `. The trust policy demands no subject (\`sub\`): whoever gets a token of this provider could assume the role, ${known(v, 'open') === 'kept' ? 'so let it ask for that too' : 'so the change below asks for it too'}` : ''}`
    },
    why: (v) =>
      `AssumeRoleWithWebIdentity depends on the trust policy and the identity provider alone; no permission of anybody changes it.${mayHaveIds(v) ? ' Repositories on github.com that were made, renamed or moved since 15 July 2026 have ids in their subject, `repo:OWNER@ID/REPOSITORY@ID:…`; `gh api repos/OWNER/REPOSITORY/actions/oidc/customization/sub` shows which form yours has.' : ''}`,
    recognised:
      '"Not authorized to perform sts:AssumeRoleWithWebIdentity". Compare issuer, audience and subject of the token with the trust policy, letter by letter.',
    fix: 'Correct the provider, `aud` or `sub` in the trust policy; a `*` in `sub` needs StringLike.',
  },
  'tag-session': {
    title: 'the session is tagged and tagging is not allowed',
    titleOf: (v) => (setsSource(v) ? 'the call sets a source identity, and that is not allowed' : ''),
    what: (v) =>
      where(
        v,
        'lacking',
        (actions) =>
          `${place(v) === '' ? 'the trust policy' : place(v)} lets ${who(v)} assume ${theRole(v)} and does not allow ${actions}, which it asks for in the same call`,
      ) ||
      `${who(v)} passes ${setsSource(v) ? 'a source identity' : 'session tags'}, and \`${setsSource(v) ? 'sts:SetSourceIdentity' : 'sts:TagSession'}\` is not allowed on ${theRole(v)}`,
    why: (v) =>
      isService(v)
        ? "A service has no policies of its own: the role's trust policy has to allow all that it asks for, beside `sts:AssumeRole`."
        : known(v, 'call') !== null
          ? `Tags and a source identity come with the assertion or the token, whose holder has no policies: the trust policy has to allow them beside ${where(v, 'call', (call) => call)}.`
          : setsSource(v)
            ? "Assuming a role with a source identity needs `sts:SetSourceIdentity` beside `sts:AssumeRole` in the trust policy and in the caller's policy; a session that has one hands it on to every role that it assumes."
            : "Assuming a role with tags needs `sts:TagSession` beside `sts:AssumeRole` in the trust policy, and across accounts in the caller's policy as well.",
    recognised: 'The denied action is `sts:TagSession`; EKS Pod Identity and many CI systems always tag.',
    fix: 'Add `sts:TagSession` beside `sts:AssumeRole`, or switch session tags off in the tool.',
  },
} satisfies Partial<Record<CauseCode, CauseWords>>

const isSaml = (v: Values): boolean => known(v, 'saml') !== null
const isOpen = (v: Values): boolean => known(v, 'open') !== null

/** AWS services come under names of their own, and no policy is attached to them. */
const isService = (v: Values): boolean => /\.amazonaws\.com(?:\.cn)?$/u.test(known(v, 'principal') ?? '')

/** MFA is asked of somebody who assumes one role with the session of another. */
const isChained = (v: Values): boolean =>
  known(v, 'key')?.toLowerCase().startsWith('aws:multifactorauth') === true &&
  known(v, 'principal')?.startsWith('role/') === true

/** It is not about tags that the session is refused. */
const setsSource = (v: Values): boolean => known(v, 'action')?.toLowerCase() === 'sts:setsourceidentity'

/** The folder of logs that the policy opens, and the one that they go to. */
const opensInstead = (v: Values): string =>
  known(v, 'found') === null
    ? ''
    : where(v, 'wanted', (arn) => ` for ${arn}${where(v, 'found', (found) => `: it opens ${found}`)}`)
