import type { NeighbourRow } from '../neighbour-row.ts'

/** The first host behind it is AWS's: the request went there, and not to the metadata of the machine, where nobody answers when it has no role. */
const isOfEndpoint = (_: string, after: string): boolean =>
  /^[^\n.]{0,60}(?:\n[^\n.]{0,30})?(?:https?:\/\/|\s)[a-z0-9.-]{2,200}\.amazonaws\.com\b/iu.test(after)

/** Limits and settings of an account, roles that were never made, and networks. */
export const accountAndNetworkRows: readonly NeighbourRow[] = [
  {
    name: 'quota-exceeded',
    kind: 'sentence',
    class: 'other-aws',
    words: [
      'cannot exceed quota for',
      'maximum policy size of',
      'limit exceeded for resource',
      'you have requested more vcpu capacity',
      'the maximum number of vpcs has been reached',
    ],
    example: 'LimitExceeded: Cannot exceed quota for PoliciesPerRole: 10',
    seen: 'IAM and others',
  },
  {
    name: 'region-not-enabled',
    kind: 'sentence',
    class: 'other-aws',
    words: [
      'is not enabled in this region',
      'sts is not activated in this region',
      'region is disabled',
      'region is not enabled',
    ],
    example: 'RegionDisabledException: STS is not activated in this region for account:111122223333.',
    seen: 'STS and opt-in Regions',
  },
  {
    name: 'root-cannot-assume-role',
    kind: 'sentence',
    class: 'other-aws',
    words: ['roles may not be assumed by root accounts'],
    sets: { service: 'sts' },
    example: 'Roles may not be assumed by root accounts.',
    seen: 'STS',
  },
  {
    name: 'ssm-session-encryption',
    kind: 'sentence',
    class: 'other-aws',
    words: [
      "we couldn't start the session because",
      "couldn't start the session because we are unable to",
      'session has been terminated for the following reasons',
    ],
    sets: { service: 'ssm' },
    example:
      "We couldn't start the session because encryption is not set up on the selected CloudWatch Logs log group.",
    seen: 'Session Manager',
  },
  {
    name: 'sso-role-assignment',
    kind: 'sentence',
    class: 'other-aws',
    words: [
      'operation: no access',
      'forbiddenexception: no access',
      'getrolecredentials operation: no access',
      // The portal's own name for it, which has no other meaning: a token that is not valid is an UnauthorizedException.
      'com.amazonaws.switchboard.portal#forbiddenexception',
      '__type:com.amazonaws.switchboard.portal#forbiddenexception',
    ],
    sets: { service: 'sso' },
    example: 'An error occurred (ForbiddenException) when calling the GetRoleCredentials operation: No access',
    seen: 'IAM Identity Center',
  },
  {
    name: 'stackset-role-missing',
    kind: 'sentence',
    class: 'other-aws',
    words: ['role with trust relationship to role', 'execution role with trust relationship'],
    sets: { service: 'cloudformation' },
    example:
      "Account 111122223333 should have 'AWSCloudFormationStackSetExecutionRole' role with trust relationship to Role 'AWSCloudFormationStackSetAdministrationRole'.",
    seen: 'CloudFormation StackSets, Control Tower',
  },
  {
    name: 'state-machine-error',
    kind: 'sentence',
    class: 'other-aws',
    words: ['states.runtime', 'states.datalimitexceeded', 'states.parameterpathfailure'],
    sets: { service: 'states', errorCode: 'States.Runtime' },
    example: '"Error": "States.Runtime"',
    seen: 'Step Functions',
  },
  {
    name: 'cdk-not-bootstrapped',
    kind: 'sentence',
    class: 'other-aws',
    words: ['has the environment been bootstrapped', 'this stack uses assets, so the toolkit stack must be deployed'],
    sets: { service: 'ssm' },
    example:
      "SSM parameter /cdk-bootstrap/hnb659fds/version not found. Has the environment been bootstrapped? Please run 'cdk bootstrap'",
    seen: 'AWS CDK, in an account or Region where it was never set up',
  },
  {
    name: 'cdk-cannot-assume-role',
    kind: 'sentence',
    class: 'other-aws',
    words: [
      'current credentials could not be used to assume {resource}, but are for',
      'current credentials could not be used to assume',
    ],
    sets: { service: 'sts', operation: 'AssumeRole' },
    // "Proceeding anyway": what fails then comes behind it.
    outer: true,
    example:
      "current credentials could not be used to assume 'arn:aws:iam::111122223333:role/cdk-hnb659fds-deploy-role-111122223333-eu-west-1', but are for the right account. Proceeding anyway.",
    seen: 'AWS CDK',
  },
  {
    name: 'unmodifiable-role',
    kind: 'sentence',
    class: 'other-aws',
    words: [
      'cannot perform the operation on the protected role',
      'this role is only modifiable by aws',
      'this role cannot be modified',
    ],
    sets: { service: 'iam' },
    example:
      "UnmodifiableEntity: Cannot perform the operation on the protected role 'AWSReservedSSO_Admin_0a1b' - this role is only modifiable by AWS",
    seen: 'IAM',
  },
  {
    name: 'waf-blocked',
    kind: 'sentence',
    class: 'other-aws',
    words: ['the request could not be satisfied', 'generated by cloudfront'],
    example: '<H1>403 ERROR</H1><H2>The request could not be satisfied.</H2>',
    seen: 'CloudFront and WAF',
  },
  {
    name: 'public-access-not-blocked',
    kind: 'sentence',
    class: 'other-aws',
    // As one word and as MWAA says it: of the setting by its name people tell, too.
    words: ['provided bucket does not have blockpublicaccess set'],
    example: 'Provided bucket does not have BlockPublicAccess set for s3 bucket amzn-s3-demo-bucket.',
    seen: 'MWAA, which takes only buckets that cannot become public',
  },
  {
    name: 'foreign-endpoint',
    kind: 'sentence',
    class: 'other-aws',
    words: [
      'serializationerror: failed to unmarshal error message',
      'serializationerror: failed to decode {word} {word} error response',
    ],
    example: 'SerializationError: failed to unmarshal error message\n\tstatus code: 403, request id:',
    seen: 'AWS SDK for Go v1, where a proxy or another endpoint answers in place of the service',
  },
  {
    name: 'network-unreachable',
    kind: 'sentence',
    class: 'other-aws',
    words: [
      'could not connect to the endpoint url',
      'connect timeout on endpoint url',
      'read timeout on endpoint url',
      'context deadline exceeded',
      'request context canceled',
    ],
    example: 'Could not connect to the endpoint URL: "https://sts.eu-west-9.amazonaws.com/"',
    seen: 'AWS CLI and SDKs',
  },
  {
    name: 'vpc-association-unauthorized',
    kind: 'sentence',
    class: 'other-aws',
    words: [
      'not authorized to associate with your hosted zone',
      'associating the specified vpc with the specified hosted zone has not been authorized',
    ],
    sets: { service: 'route53' },
    example: 'NotAuthorizedException: The VPC: vpc-0a1b2c3d has not authorized to associate with your hosted zone.',
    seen: 'Route 53, about a VPC and a private hosted zone of two accounts',
  },
  {
    name: 'network-unreachable',
    kind: 'sentence',
    class: 'other-aws',
    words: [
      'request send failed,',
      'send request failed',
      'getaddrinfo enotfound',
      'unknownhostexception:',
      'invalid endpoint:',
    ],
    when: isOfEndpoint,
    // A later call arrived, and was refused.
    unless: /accessdenied|unauthorizedoperation|notauthorizedto/,
    example:
      'failed to refresh cached credentials, operation error STS: AssumeRoleWithWebIdentity, https response error StatusCode: 0, RequestID: , request send failed, Post "https://sts.us-east-1.amazonaws.com/": dial tcp: lookup sts.us-east-1.amazonaws.com: i/o timeout',
    seen: 'AWS SDKs whose request did not arrive',
  },
]
