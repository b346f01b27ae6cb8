import type { CauseCode } from '../../../diagnosis/cause-code.ts'
import { ownValue } from '../../../iam/own-value.ts'
import { known, orElse, quote, several, where, type Values } from '../../values.ts'
import type { CauseWords } from '../../words.ts'
import { policyTypes } from '../evidence.ts'
import { action, condition, hiddenPart, ofHiddenPart, on, place, term, who } from '../phrases.ts'

const code = (v: Values): string => where(v, 'errorCode', (error) => ` (${error})`)
const inRegion = (v: Values): string => where(v, 'region', (region) => ` in ${region}`)

/** Of what AWS itself refuses, "another system" would not be true. */
const byOwnRules = 'the service refused by rules of its own, AWS IAM was not asked'
const tooLong = 'the session that was asked for is longer than it may be'
const ofAws: Readonly<Record<string, string>> = {
  'policy-document': 'AWS does not take the policy document as it is written',
  service: 'AWS refused the request itself, no permission is missing',
  cognito: byOwnRules,
  'identity-pool': byOwnRules,
  s3: byOwnRules,
  backup: byOwnRules,
  'object-lock': 'Object Lock protects the object, no permission is missing',
  ses: byOwnRules,
  'key-state': 'the KMS key is not in a state in which it can be used',
  'session-duration': tooLong,
  'role-chaining': tooLong,
  'session-manager': byOwnRules,
  'protected-role': 'only AWS itself changes this role',
}

const labels: Readonly<Record<string, string>> = policyTypes
const labelOf = (type: string): string => ownValue(labels, type) ?? quote(type)

export const neighbours = {
  'credentials-missing': {
    title: 'no credentials reached the program, or none came with the request',
    what: (v) =>
      known(v, 'why') === 'no-instance-role'
        ? 'the Systems Manager agent found no role to come with: the instance has no profile that Systems Manager accepts, and Default Host Management is not set up in this account and Region'
        : known(v, 'why') === 'not-signed'
          ? 'the request was not signed, so AWS sees an anonymous caller'
          : known(v, 'why') === 'token-unreadable'
            ? "the program could not read its service account's token, so it has no credentials and AWS was not asked at all"
            : known(v, 'why') === 'pod-identity-unknown'
              ? "the program took no credentials from EKS Pod Identity: its SDK is older than that, and does not accept the agent's address"
              : known(v, 'why') === 'hop-limit'
                ? 'the program found no AWS credentials: the token of IMDSv2 did not reach it, which is so in a container while the hop limit of the instance is 1'
                : known(v, 'why') === 'registry'
                  ? 'the registry got no login with the request, or none that it takes'
                  : known(v, 'why') === 'only-on-host'
                    ? 'the program found no AWS credentials in its container, while its host has some'
                    : known(v, 'why') === 'job-without-token'
                      ? 'the job found no AWS credentials: it got neither a token to take a role with nor access keys'
                      : 'the program found no AWS credentials, so AWS was not asked at all',
    why: (v) =>
      known(v, 'why') === 'no-instance-role'
        ? "The agent asks with the role of the instance profile first, and then for the account's default role; this answer comes when neither is there."
        : known(v, 'why') === 'not-signed'
          ? 'Without a signature no role or user stands behind a request, and only a policy of the resource that lets everybody in could allow it.'
          : known(v, 'why') === 'token-unreadable'
            ? 'The SDK sends that token to STS for the role of the pod. The file is not mounted, or the user that the container runs as may not read it.'
            : known(v, 'why') === 'pod-identity-unknown'
              ? 'EKS writes the address of its agent (169.254.170.23) into the environment of every pod whose service account has a role. An older SDK takes only the addresses of ECS and of the machine itself.'
              : known(v, 'why') === 'hop-limit'
                ? 'The instance metadata service sends the token with a hop limit, and a container with a network of its own is one hop further away than its instance. Without the token IMDSv2 answers 401 or not at all, while the same call on the instance works.'
                : known(v, 'why') === 'registry'
                  ? 'Amazon ECR hands out images for a token that lasts 12 hours: docker sends the one of its last login to this very registry, the kubelet one that it gets with the role of the node.'
                  : known(v, 'why') === 'only-on-host'
                    ? "The role of an instance reaches a container with a network of its own only if the token of IMDSv2 may go one hop further, and the host's files and variables only if they are handed to it."
                    : known(v, 'why') === 'job-without-token'
                      ? 'GitHub gives a job such a token only if its permissions have `id-token: write`; a list of permissions without it leaves it off.'
                      : 'The SDK looked in the environment, the profile files and the role of the machine, and found nothing in any of them.',
    recognised:
      '"Unable to locate credentials", NoCredentialProviders, no role found at the instance metadata address, or "User: anonymous".',
    fix: 'On a server attach a role to the instance, task or function; on a laptop choose the profile. In a container on EC2 the metadata hop limit must be 2. A request made without an SDK has to be signed (SigV4).',
  },
  'credentials-invalid': {
    title: 'AWS does not know these credentials',
    titleOf: (v) => (known(v, 'why') === 'certificate' ? 'IAM Roles Anywhere does not trust the certificate' : ''),
    what: (v) =>
      known(v, 'why') === 'certificate'
        ? `IAM Roles Anywhere found no way from the certificate that was sent to an enabled trust anchor${code(v)}`
        : known(v, 'why') === 'mfa-code'
          ? `STS did not accept the MFA code, or the device that it is said to be of${code(v)}`
          : known(v, 'why') === 'no-session-token'
            ? `a temporary access key (\`ASIA…\`) was sent, as far as the text shows, without its session token${code(v)}`
            : `AWS does not know the credentials that were sent${code(v)}`,
    why: (v) =>
      known(v, 'why') === 'certificate'
        ? 'The certificate stands in place of an access key. It was issued by another CA, an intermediate certificate did not come with it, it is expired or revoked, or trust anchor or profile is disabled; neither the trust policy of the role nor any other was evaluated.'
        : 'The key was deleted or mistyped, belongs to another partition, or a temporary key (`ASIA…`) was sent without its session token; no policy was evaluated.',
    recognised: 'InvalidClientTokenId, UnrecognizedClientException, InvalidAccessKeyId or AuthFailure.',
    fix: 'Check which credentials are in use (`aws configure list`), and set key, secret and session token together.',
  },
  'credentials-expired': {
    title: 'the session has expired',
    titleOf: (v) => (known(v, 'why') === 'presigned-url' ? 'the presigned URL is over' : ''),
    what: (v) =>
      known(v, 'why') === 'presigned-url'
        ? `the time of the presigned URL is over, or the session of the credentials that signed it${code(v)}`
        : known(v, 'why') === 'artifact-token'
          ? `the CodeArtifact token that came with the request is over, or none came${code(v)}`
          : known(v, 'why') === 'login-token'
            ? 'the token that stands in for the password is older than 15 minutes, or was made for another host, port, user or Region'
            : `the session behind these credentials has ended${code(v)}`,
    why: (v) =>
      known(v, 'why') === 'presigned-url'
        ? 'A presigned URL counts for the time that its maker set, from when it was signed, and no longer than the credentials that signed it; no policy was evaluated.'
        : known(v, 'why') === 'artifact-token'
          ? 'CodeArtifact takes a token in place of a signature, and answers 401 before it looks at any policy.'
          : known(v, 'why') === 'login-token'
            ? 'Such a token opens connections for 15 minutes; those that are open live on, and each new one needs a new token.'
            : 'Temporary credentials are refused after their end; no policy was evaluated.',
    recognised: 'ExpiredToken, ExpiredTokenException, RequestExpired, or an SSO session that is over.',
    fix: 'Sign in again or refresh the credentials; a long-running program has to reload them by itself.',
  },
  'signature-mismatch': {
    title: 'the signature does not fit the request',
    what: (v) =>
      known(v, 'why') === 'malformed-header'
        ? `AWS cannot read the \`Authorization\` header that was sent${code(v)}: a key ID that is empty or holds stray characters leaves one that is malformed`
        : known(v, 'why') === 'clock'
          ? `the clock that the request was signed by differs from AWS's by more than AWS accepts${code(v)}`
          : known(v, 'why') === 'version'
            ? `AWS does not take a signature of this version here: it asks for Signature Version ${known(v, 'version') ?? '4'}${code(v)}`
            : `AWS computed another signature than the one that was sent${code(v)}`,
    why: (v) =>
      known(v, 'why') === 'clock'
        ? 'A signature holds the time at which it was made and counts for some minutes; clocks of containers and virtual machines stop while the machine sleeps. No policy was evaluated.'
        : known(v, 'why') === 'version'
          ? 'Newer Regions, Multi-Region Access Points and objects under KMS keys take newer signatures alone. No policy was evaluated.'
          : 'Wrong secret key, a clock that is off, the wrong signing Region, or a proxy that changed the request; no policy was evaluated.',
    recognised: 'SignatureDoesNotMatch, RequestTimeTooSkewed or IncompleteSignature.',
    fix: 'Check the secret key for stray blanks, the clock, the Region, and proxies between the program and AWS.',
  },
  'region-not-enabled': {
    title: 'the Region is not enabled for the account',
    what: (v) =>
      `the Region${where(v, 'region', (region) => ` ${region}`)} is not enabled for this account, or the credentials are not valid there`,
    why: () =>
      'Opt-in Regions have to be enabled in the account that issues the credentials, and tokens of the global STS endpoint are not valid in them by default.',
    recognised: 'The error for invalid credentials in one Region only, while every other Region works.',
    fix: 'Enable the Region in the account, and use the regional STS endpoint.',
  },
  'sso-role-assignment': {
    title: 'Identity Center gives the user no such role in that account',
    what: (v) =>
      `IAM Identity Center has not assigned ${where(v, 'permissionSet', (name) => `the permission set ${name}`) || 'this permission set'} to the user in this account`,
    why: () =>
      'Roles of permission sets are handed out by assignment, and GetRoleCredentials answers "No access" where there is none or the name is mistyped.',
    recognised: '"ForbiddenException … GetRoleCredentials: No access".',
    fix: 'Correct `sso_role_name` and `sso_account_id` in the profile, or have the permission set assigned.',
  },
  throttled: {
    title: 'AWS slowed the caller down',
    what: (v) => `AWS refused the call because too many came at once${code(v)}`,
    why: () => 'The rate limit of the API was reached; permissions have nothing to do with it.',
    recognised: 'Throttling, ThrottlingException, SlowDown, TooManyRequests or RequestLimitExceeded.',
    fix: "Back off and retry, with the SDK's adaptive or standard retry mode.",
  },
  'quota-exceeded': {
    title: 'a quota is used up',
    what: (v) => `a quota of the account or resource is used up${code(v)}`,
    why: () => 'The call was allowed, but there is no room left for what it would create.',
    recognised: 'LimitExceeded, ServiceQuotaExceeded or "Cannot exceed quota for …".',
    fix: 'Free something, or ask for a higher quota where it can be raised.',
  },
  'not-subscribed': {
    title: 'the account has not subscribed to this, or AWS has not enabled it there',
    what: (v) => {
      switch (known(v, 'why')) {
        case 'cost-explorer':
          return 'Cost Explorer is not turned on, or not opened to this user or role'
        case 'billing-access':
          return 'users and roles of the account are not let into billing'
        case 'product':
          return 'Security Hub takes no findings of this product in the account and Region yet'
        case 'service-off':
          return 'this service is not turned on in the account and Region'
        case 'not-entitled':
          return `AWS has not enabled ${known(v, 'operation') === null ? 'this operation' : action(v)} for the account${code(v)}`
        case 'account-blocked':
          return `AWS has suspended or blocked the account itself, or still verifies it${code(v)}`
        default:
          return `the account has not subscribed to the service or Marketplace product, or not accepted its terms${code(v)}`
      }
    },
    why: (v) => {
      switch (known(v, 'why')) {
        case 'cost-explorer':
          return 'Cost Explorer is turned on once by the account that pays; until then, and until IAM access to billing is activated, no policy opens it.'
        case 'billing-access':
          return 'Until the root user activates IAM access to billing, no policy lets users and roles see any of it.'
        case 'product':
          return 'An integration is turned on once for the account and Region; without it every finding of the product is refused.'
        case 'service-off':
          return "It is turned on once for each account and Region, by you or by the organization's delegated administrator; until then it refuses every call, whoever makes it."
        case 'not-entitled':
          return 'The message speaks of the account and not of the caller: AWS itself decides which accounts may call this, and no policy changes that.'
        case 'account-blocked':
          return 'The message speaks of the account and not of the caller: until AWS opens it, often once a bill is settled, no policy and no other key helps.'
        default:
          return 'A subscription is made once for the account; no permission replaces it.'
      }
    },
    recognised:
      'OptInRequired, SubscriptionRequiredException, a sentence about Marketplace terms, or "Your account is not authorized to invoke this API operation".',
    fix: 'Subscribe once and accept the terms, then try again; where the message says that the account is not authorized, ask AWS Support; billing is opened to users and roles by the root user.',
  },
  'resource-not-found': {
    title: 'the resource does not exist where it was looked for',
    what: (v) => `AWS did not find ${term(v, 'what', 'the resource')}${inRegion(v)}${code(v)}`,
    why: () => 'The call got past authorization; name, account or Region does not fit.',
    recognised: 'NoSuchBucket, NoSuchKey, NoSuchEntity, ResourceNotFoundException and their kin.',
    fix: 'Check name, account and Region.',
  },
  'other-system': {
    title: 'another system refused, AWS IAM was not asked',
    titleOf: (v) => ofAws[known(v, 'system') ?? ''] ?? '',
    what: (v) =>
      known(v, 'system') === 'policy-document'
        ? 'AWS does not take the policy document as it is written; nobody lacks a permission'
        : known(v, 'system') === 'protected-role'
          ? `only AWS itself changes this role${code(v)}: no permission of the caller is missing`
          : `this refusal is from ${term(v, 'system', 'another system')}, not from AWS IAM`,
    why: (v) =>
      known(v, 'system') === 'policy-document'
        ? 'A policy is checked before it is stored, whoever sends it.'
        : known(v, 'system') === 'protected-role'
          ? 'IAM Identity Center writes the roles of its permission sets, and a service its service-linked roles; IAM refuses changes by anybody else, whatever they are allowed.'
          : known(v, 'system') === 'key-state'
            ? 'A key that is disabled, waits for its deletion or for its key material, or cannot be reached in its store is refused to everybody, whatever the policies say.'
            : known(v, 'system') === 'role-chaining'
              ? 'A role that is taken with the session of another role (role chaining) lasts an hour at most, whatever is set for it; no policy changes that.'
              : known(v, 'system') === 'session-duration'
                ? 'A role has a longest session (an hour unless it was changed, twelve at most): a setting of the role, and no policy.'
                : known(v, 'system') === 'object-lock'
                  ? 'S3 lets nobody delete or overwrite a version that is under a legal hold or under retention; only retention in governance mode knows an exception.'
                  : known(v, 'system') === 'service'
                    ? 'What the request holds, or the state of the resource, decides here, and no IAM policy changes that.'
                    : 'That system decides by its own rules, and no IAM policy changes them.',
    recognised:
      'The wording is that of Kubernetes RBAC, another cloud, a database, a file system, a firewall or a CDN.',
    fix: 'Ask whoever runs that system; on EKS that is the access entry or the RBAC role of the principal.',
  },
} satisfies Partial<Record<CauseCode, CauseWords>>

export const openEnds = {
  'evaluation-allows': {
    title: 'the policies that were read allow the request, although AWS denied it',
    what: (v) =>
      `taken together, the policies that were read allow ${action(v)}${on(v)} for ${who(v)}, although AWS denied it`,
    why: (v) => {
      const taken = where(
        v,
        'taken',
        (account) =>
          ` Its account, which the text hides, was taken to be ${account}, the caller's; if it is another one, the policies may well not allow it.`,
      )
      if (known(v, 'said') !== null)
        return `AWS's message blames the ${labelOf(known(v, 'said') ?? '')}, ${place(v) === '' ? 'and nothing that was read there refuses it' : `and ${place(v)} allows it`}. Then the policies have changed since the call, the change had not arrived everywhere, or the call came with another session or touched another resource as well.${taken}`
      const notRead = several(v, 'notRead').map(labelOf)
      const left =
        notRead.length === 0 ? 'something that was not read' : `something that was not read (${notRead.join(', ')})`
      return `Then ${left} denies it, the policies have changed since, the change had not arrived everywhere, or the call touched another resource as well.${taken}`
    },
    recognised: "AWS's message says denied, and our evaluation of everything that could be read says allowed.",
    fix: 'Try the call again first; if it still fails, look at what was not read, in the order given.',
  },
  undetermined: {
    title: 'the answer depends on a fact that is not known',
    what: (v) => {
      const rule = condition(v)
      const subject = place(v) === '' ? 'a statement' : place(v)
      const denies = known(v, 'effect') === 'Deny'
      if (known(v, 'hiddenIn') !== null)
        return `${subject} allows ${action(v)} on ${ofHiddenPart(v)}; whether it covers ${orElse(v, 'wanted', 'the resource')} depends on that`
      if (known(v, 'hidden') !== null)
        return `${subject} allows ${action(v)} on ${orElse(v, 'wanted', 'a resource')}, and whether that is what was asked for depends on ${hiddenPart(v)}, which the text does not show`
      if (rule === '')
        return place(v) === ''
          ? `what decided about ${action(v)} cannot be read here: it stands in an encoded message, or depends on a value that is not shown`
          : `${subject} decides about ${action(v)} by a value that the message does not show`
      return denies
        ? `${subject} denies ${action(v)} if ${rule}, and the message does not show whether it did`
        : `${subject} allows ${action(v)} only if ${rule}, and the message does not show whether it did`
    },
    why: (v) =>
      known(v, 'hiddenIn') !== null
        ? 'If it does, the policies that were read allow the call, and something else refused it; if it does not, none of their statements allows it.'
        : known(v, 'hidden') !== null
          ? 'If it is, the policies that were read allow the call, and something else refused it; if it is not, none of their statements allows it.'
          : known(v, 'key') === null
            ? 'Until it is decoded or found out, either answer is possible.'
            : `The value of ${orElse(v, 'key', '')} is not in the message, so either answer is possible.`,
    recognised:
      'A statement that was read tests a context key whose value the paste does not give, or the reason stands in an encoded authorization message.',
    fix: 'Find out the value and ask again with it as context; decode an encoded message with `aws sts decode-authorization-message`.',
  },
} satisfies Partial<Record<CauseCode, CauseWords>>
