import type { CauseCode } from '../../../diagnosis/cause-code.ts'
import { known, orElse, where, type Values } from '../../values.ts'
import { isUnexpanded } from '../../facts.ts'
import type { CauseWords } from '../../words.ts'
import { action, named, place, resource, term, who } from '../phrases.ts'

const theBucket = (v: Values): string => where(v, 'bucket', (name) => `the bucket ${name}`) || 'the bucket'

/** Whose setting: the bucket's where it was read and is on, the account's where the bucket's is off. */
const settingOwner = (v: Values): string => {
  if (known(v, 'scope') === 'account') return `the account of ${theBucket(v)} (the bucket's own is off)`
  return known(v, 'setting') === null ? `${theBucket(v)} or its account` : theBucket(v)
}

/** What is wrong with who called, where it is not a matter of one principal or another. */
const callerOtherwise = (v: Values): string | null => {
  switch (known(v, 'why')) {
    case 'other-account':
      return `the credentials are of ${where(v, 'account', (account) => `account ${account}`) || 'another account'}, and the call is for ${known(v, 'expected') === null ? 'a different one' : named(known(v, 'expected') ?? '')}`
    case 'session-credentials':
      return `the call was made with temporary credentials, and STS takes ${known(v, 'operation') === null ? 'it' : action(v)} only with the long-term access keys of an IAM user`
    case 'federation-token':
      return `${who(v)} called ${action(v)} with temporary credentials of GetFederationToken`
    case 'not-a-role':
      return 'the program runs as an identity that is no role, and SageMaker has to be told its execution role'
    case 'service-linked-role':
      return `AWS made the call itself, as ${who(v)}, a service-linked role whose policy nobody can change`
    case 'no-organization':
      return `${action(v)} was called from an account that is in no organization`
    case 'member-account':
      return `${action(v)} was called from an account that is neither the organization's management account nor a delegated administrator`
    default:
      return null
  }
}

/** A public policy is there, and does not count. */
const isRestricted = (v: Values): boolean => known(v, 'setting') === 'RestrictPublicBuckets'

export const notAPolicy = {
  'wrong-principal': {
    title: 'somebody else than intended made the call',
    titleOf: (v) =>
      known(v, 'why') === 'service-linked-role' ? 'a service made the call, under a role whose policy AWS keeps' : '',
    what: (v) => {
      const expected = known(v, 'expected')
      const fault = known(v, 'why') === null ? undefined : term(v, 'why', '')
      if (known(v, 'why') === 'not-there')
        return `the call was made as ${who(v)}, which is not there${where(v, 'account', (account) => ` in account ${account}`)}: it was deleted under credentials that still run, or they belong to another account`
      const calledFrom = callerOtherwise(v)
      if (calledFrom !== null) return calledFrom
      if (known(v, 'principal') === null && expected === null) return 'the call was made by somebody else than intended'
      return `the call was made as ${who(v)}${fault === undefined ? '' : ` (${fault})`}${expected === null ? ', which is probably not who you meant' : `, not as ${named(expected)}`}`
    },
    why: (v) => {
      switch (known(v, 'why')) {
        case 'session-credentials':
          return 'It is a rule of STS and not of a policy: GetFederationToken and GetSessionToken are for long-term keys, AssumeRole is for either kind.'
        case 'federation-token':
          return 'From such credentials IAM takes no call outside of the console, and STS only GetCallerIdentity, whatever the policies say.'
        case 'other-account':
          return 'What belongs to another account is reached only where that account agrees: by a policy of the resource, a share, or a role there that may be assumed.'
        case 'service-linked-role':
          return 'A service-linked role has what its service needs and nothing else; only the policy of a resource can give it more.'
        case 'no-organization':
          return 'The call is about an organization, and AWS answers it only to accounts that are in one, whatever the policies say.'
        case 'member-account':
          return 'Most of AWS Organizations answers only the management account and delegated administrators, whatever the policies of others say.'
        default:
          return 'Programs use the first credentials that they find, and those may belong to another principal than the one that was given the permission.'
      }
    },
    recognised:
      'The principal in the message is not the intended one: a node role for a pod, a user where a role or profile was set, another account. `aws sts get-caller-identity` in the same shell or pod shows it.',
    fix: 'Make the program use the intended role: unset stray variables, choose the right profile, restart the pod after annotating its service account.',
  },
  'ecs-role-confusion': {
    title: "the permission is on the other of the task's two roles",
    what: (v) =>
      `this step needs the permission on the ${known(v, 'wantedRole') === 'task-role' ? 'task role' : "task's execution role"}${where(v, 'seenRole', (role) => `, and the call was made as ${role}, which looks like the ${known(v, 'wantedRole') === 'task-role' ? 'execution role' : 'task role'}`)}`,
    why: () =>
      'ECS pulls images, reads secrets and writes logs with the execution role before the container starts; the code in the container runs with the task role.',
    recognised:
      '"execution resource retrieval failed", CannotPullContainer and log driver errors are the execution role\'s; errors of the application and of ECS Exec are the task role\'s.',
    fix: 'Move the statement to the role that runs this step.',
  },
  'propagation-delay': {
    title: 'the change had not reached every place yet',
    what: (v) =>
      `the role or policy was created or changed only seconds before this call${place(v) === '' ? '' : `: ${place(v)} lets ${who(v)} in already`}`,
    why: () =>
      'IAM changes take some seconds to arrive everywhere, and until then a call can be refused that is allowed.',
    recognised:
      'The role or policy is seconds old, and the same call works when it is repeated. If it still fails after some minutes it is another cause.',
    fix: 'Run it again; in automation add a dependency or a retry.',
  },
  's3-missing-object-403': {
    title: 'the object does not exist, and S3 answers 403 instead of 404',
    what: (v) =>
      `the object${where(v, 'objectKey', (key) => ` ${key}`)}${known(v, 'bucket') === null ? '' : ` in ${theBucket(v)}`} is not there`,
    why: () =>
      'S3 answers 403 for a missing key when the caller may not list the bucket, so that names cannot be guessed.',
    recognised:
      'GetObject or HeadObject answers 403, the caller lacks `s3:ListBucket`, and the key is missing from a listing made by somebody who may.',
    fix: 'Create the object or correct the key. To get 404 instead, allow `s3:ListBucket` on the bucket.',
  },
  'block-public-access': {
    title: 'S3 Block Public Access refuses what is being written',
    titleOf: (v) => (isRestricted(v) ? 'S3 Block Public Access sets the public bucket policy aside' : ''),
    what: (v) =>
      isRestricted(v)
        ? `the policy of ${theBucket(v)} is public, and with the setting \`RestrictPublicBuckets\` a public policy lets in nobody from outside the bucket's account`
        : `the setting ${orElse(v, 'setting', 'Block Public Access')} of ${settingOwner(v)} refuses ${term(v, 'what', 'the public policy or ACL')} that is being written`,
    why: (v) =>
      isRestricted(v)
        ? 'Block Public Access is not a policy, and is set on the bucket and on its account (`aws s3control get-public-access-block`): either is enough.'
        : 'Block Public Access is not a policy: it refuses public policies and ACLs from everybody, administrators too.',
    recognised:
      'PutBucketPolicy or a public ACL is denied although the caller may do it, and the policy or ACL would make the bucket public.',
    fix: 'Serve the content through CloudFront with origin access control; if it truly has to be public, change the setting on this one bucket.',
  },
  'object-ownership': {
    title: "the bucket's Object Ownership setting decides about ACLs",
    what: (v) =>
      known(v, 'setting') === 'BucketOwnerEnforced'
        ? `ACLs are off in ${theBucket(v)} (\`BucketOwnerEnforced\`), and the request sets one`
        : known(v, 'refused') === 'read'
          ? `the object in ${theBucket(v)} belongs to the account that wrote it, which has not handed it over`
          : `${theBucket(v)} does not take this ACL, or the object belongs to the account that wrote it`,
    why: () =>
      'With "bucket owner enforced" ACLs are off and a request that sets one fails; without it an object belongs to whoever uploaded it.',
    recognised:
      "`AccessControlListNotSupported`, an upload with `--acl` that fails, or objects from another account that the bucket's owner cannot read.",
    fix: 'Send no ACL, or `bucket-owner-full-control`; set "bucket owner enforced" so that new objects belong to the bucket\'s owner.',
  },
  'requester-pays': {
    title: 'the bucket charges the requester, and the request does not agree to pay',
    what: (v) => `${theBucket(v)} is a Requester Pays bucket, and the request does not say that the caller pays`,
    why: () => 'Every request to such a bucket has to carry the header `x-amz-request-payer`, or it gets 403.',
    recognised:
      'A bare 403 on a public data set with permissions in order; `aws s3api get-bucket-request-payment` says `Requester`.',
    fix: "Add `--request-payer requester` (or the client's option) to every call; the caller's account is charged.",
  },
  'lake-formation': {
    title: 'Lake Formation has not granted the permission',
    what: (v) =>
      known(v, 'why') === 'own-role'
        ? `the data${where(v, 'on', (name) => ` at ${name}`)} is governed by Lake Formation, and it was read with credentials that Lake Formation did not vend`
        : `Lake Formation has not granted ${who(v)} ${orElse(v, 'permission', 'the permission')}${where(v, 'on', (name) => ` on ${name}`)}`,
    why: (v) =>
      known(v, 'why') === 'own-role'
        ? "What is read with the role's own credentials passes Lake Formation by: then the role needs the objects themselves, which are mostly closed to it."
        : 'IAM let the request through; for tables registered with Lake Formation its own grants decide as well.',
    recognised: '"Insufficient Lake Formation permission(s)".',
    fix: 'Grant the permission in Lake Formation, on the data location too where one is needed; the caller also needs `lakeformation:GetDataAccess`.',
  },
  'opensearch-fgac': {
    title: 'the OpenSearch security plugin has no permission for the user',
    titleOf: (v) =>
      known(v, 'of') === 'collection'
        ? 'no data access policy of the OpenSearch Serverless collection lets the caller in'
        : '',
    what: (v) =>
      known(v, 'of') === 'collection'
        ? `no data access policy of the collection lets ${who(v)} do this on the index`
        : known(v, 'permission') === null && known(v, 'user') === null
          ? `no role of the domain's security plugin is mapped to ${who(v)}`
          : `no role of the domain's security plugin gives ${orElse(v, 'user', who(v))} ${orElse(v, 'permission', 'the index permission')}`,
    why: (v) =>
      known(v, 'of') === 'collection'
        ? 'Beside `aoss:APIAccessAll` in IAM, OpenSearch Serverless wants every role and user named in a data access policy of its own; whoever made the collection stands in the first one, and administrators of the account do not come in by themselves. A network policy that leaves the network of the caller out is told by a 403, too.'
        : 'The domain knows who the user is, so IAM let the request through; fine-grained access control in the domain decides the rest.',
    recognised:
      '`security_exception` with "no permissions for [indices:…] and User [name=…]", or "Missing Role" in OpenSearch Dashboards. Of a collection of OpenSearch Serverless, "User does not have permissions for the requested resource".',
    fix: 'Map the IAM role to a role of the security plugin that has the index permission on the right index pattern.',
  },
  'bedrock-model-access': {
    title: 'the account has no access to the Bedrock model',
    what: (v) =>
      `this account has no access to the model${where(v, 'model', (model) => ` ${model}`)}${where(v, 'region', (region) => ` in the Region ${region}`)}`,
    why: () =>
      "Bedrock subscribes an account to a model at its first call, in addition to the IAM permission to invoke it. That takes somebody with permissions of AWS Marketplace, a valid payment method and, for Anthropic's models, the use case details.",
    recognised:
      '"You don\'t have access to the model with the specified model ID", or a denied `aws-marketplace:` action behind it.',
    fix: 'Somebody with `aws-marketplace:Subscribe`, `aws-marketplace:Unsubscribe` and `aws-marketplace:ViewSubscriptions` calls the model once in the account. Then wait some minutes.',
  },
  'api-gateway-auth': {
    title: 'API Gateway or AppSync refused the call before any backend saw it',
    what: (v) => apiGateway(v),
    why: (v) =>
      known(v, 'why') === 'missing-token'
        ? 'API Gateway answers a call to what is not deployed in the same words as one without a signature, whatever authorization the API has.'
        : known(v, 'why') === 'forbidden'
          ? 'API Gateway says no more than this, whichever check it was.'
          : known(v, 'why') === 'not-admitted'
            ? 'An API with a resource policy lets in only whom that names. A method without authorization needs no signature but still its Allow; one with AWS_IAM sees unsigned callers as anonymous.'
            : "The method's authorization decides: IAM needs a signed request, an authorizer answers by itself, and changes count only after a new deployment.",
    recognised:
      '"User: anonymous is not authorized to perform: execute-api:Invoke", or "with an explicit deny" from an authorizer.',
    fix: 'Let the caller in by the resource policy of the API, sign the request with SigV4 for AWS_IAM, or correct the authorizer; deploy the stage again after a change. In AppSync, correct the authorization mode or the rules of the type.',
  },
  'resource-not-found-as-denied': {
    title: 'the resource is not there or belongs to somebody else, and AWS answers "denied"',
    what: (v) =>
      where(v, 'unset', (name) => `the program passed no name: it asked for a resource called ${name}`) ||
      where(v, 'given', (arn) => `the program passed the ARN ${arn} where the call takes a name`) ||
      where(v, 'session', (arn) => `the call asks to assume the session ${arn}, and only roles can be assumed`) ||
      `${whatIsMissing(v)} does not exist under this name, or belongs to another account`,
    why: (v) => {
      if (known(v, 'given')?.includes(':s3:::') === true)
        return 'It was looked for as a bucket of that name, and no name of a bucket has a colon; a permission on it would help nobody.'
      if (known(v, 'given') !== null)
        return 'AWS made an ARN of it with an ARN inside; a permission on such a name would help nobody.'
      if (known(v, 'why') === 'no-suffix')
        return 'Behind the name of a secret that is there AWS prints a hyphen and six characters. Here there are none, so it found no secret of this name in this account and Region, and a statement on the bare name would match nothing. If whoever pasted the message left them out, this is not the cause.'
      if (known(v, 'why') === 'queue-or-owner')
        return 'SQS says the same of a queue that is not there and of one that the caller may not see. A queue of another account is asked for with its owner (`--queue-owner-aws-account-id`), and the policy of the queue has to allow the caller too.'
      if (known(v, 'why') === 'either')
        return 'The service says the same of what is not there and of what the caller may not see.'
      if (known(v, 'session') !== null) return 'A session has no trust policy that could let anybody in.'
      if (isUnexpanded(v))
        return 'The variable itself arrived where its value should be; a permission on such a name would help nobody.'
      return known(v, 'unset') === null
        ? 'To give nothing away, AWS answers "access denied" for names that the caller may not know.'
        : 'A variable that holds nothing is printed like that; a permission on such a name would help nobody.'
    },
    recognised:
      'Every policy allows the request and it is still denied; the name is generic, mistyped or of another account.',
    fix: 'Check name, account and Region of the resource; nothing has to be granted.',
  },
  'wrong-region': {
    title: 'the request went to the wrong Region',
    what: (v) =>
      known(v, 'why') === 'left-out'
        ? 'the request reached nobody: the Region is left out of the host name'
        : known(v, 'why') === 'expected'
          ? `the request was signed for another Region than ${orElse(v, 'region', "the resource's")}, where the resource is`
          : known(v, 'why') === 'not-offered'
            ? 'the Region that was asked does not have this, and no permission changes that'
            : known(v, 'why') === 'located'
              ? `the request went to another Region than ${orElse(v, 'region', "the bucket's")}, where the bucket is`
              : `the request went to ${orElse(v, 'region', 'another Region')}, and the resource is not there${where(v, 'grantedIn', (region) => ` (the caller's policies have it in ${region})`)}`,
    why: (v) =>
      known(v, 'why') === 'left-out'
        ? 'The client makes the host name out of service and Region, and was given an empty one; AWS was not asked.'
        : known(v, 'why') === 'not-offered'
          ? 'AWS does not offer every service and feature in every Region.'
          : 'Most resources, keys and model grants exist in one Region only.',
    recognised: 'The same request works with another Region; S3 says PermanentRedirect or names the Region it expects.',
    fix: 'Set the Region of the client to that of the resource.',
  },
  'key-quarantined': {
    title: 'AWS has quarantined the access key because it was found in public',
    what: (v) =>
      `AWS has found an access key of ${who(v)} in public and restricts it with ${orElse(v, 'policyArn', 'an AWSCompromisedKeyQuarantine policy')}`,
    why: () =>
      'The quarantine is an explicit deny on the user; no Allow overrides it, and removing it leaves a key in use that others have.',
    recognised: 'The denying policy is `AWSCompromisedKeyQuarantineV…`.',
    fix: "Treat the key as leaked: make a new one or better use a role, delete the old one, check CloudTrail for its use, and answer AWS's support case.",
  },
} satisfies Partial<Record<CauseCode, CauseWords>>

/** What was looked for, by name where there is one. */
const whatIsMissing = (v: Values): string =>
  known(v, 'resource') === null ? term(v, 'what', 'the resource') : resource(v)

function apiGateway(v: Values): string {
  const method = where(v, 'method', (name) => ` ${name}`)
  switch (known(v, 'why')) {
    case 'missing-token':
      return `API Gateway knows no such path and method${method === '' ? '' : ` as${method}`}, or the call to it was not signed`
    case 'not-admitted':
      return `the resource policy of the API does not let this caller in${method === '' ? '' : ` to${method}`}: AWS saw nobody's signature`
    case 'authorizer':
    case 'token':
      return `the authorizer of${method === '' ? ' the API' : method} refused the call`
    case 'appsync':
      return `AppSync refused ${known(v, 'action') === null ? 'the call' : action(v)} by the authorization rules of the API`
    default:
      return `API Gateway refused ${known(v, 'action') === null ? 'the call' : action(v)}${method}`
  }
}
