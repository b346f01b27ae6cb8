import { known, type Values } from '../values.ts'

const faults: Readonly<Record<string, string>> = {
  syntax:
    'Correct the JSON that was sent: it is empty, cut off or encoded twice, or a value in it is not what the policy grammar allows.',
  'no-principal':
    'Give every statement a Principal: a key policy, a trust policy or any other policy of a resource says in each statement whom it is for.',
  'principal-in-identity-policy':
    'Take the Principal out: a policy of a user, group or role is for whoever it is attached to. If somebody else was to be let in, the statement belongs into the trust policy of the role or the policy of the resource.',
  'resource-in-trust-policy': 'Take the Resource out: a trust policy is about the very role that it belongs to.',
  'no-resource': 'Give every statement a Resource; one that is empty counts as missing.',
  'no-action': 'Give every statement an Action; one that is empty counts as missing.',
  'resource-of-other-bucket':
    'Correct the Resource: it has to be this very bucket, as `arn:aws:s3:::<BucketName>` for actions on the bucket such as s3:ListBucket and as `arn:aws:s3:::<BucketName>/*` for actions on objects such as s3:GetObject.',
  'resource-not-arn':
    'Write a whole ARN, or `*`, into Resource: a bare name, a URL or a variable that is empty does not work.',
  'action-name': 'Write actions and condition keys as `<service>:<Name>`, with the prefix of a service and one colon.',
  'trust-action':
    'Leave only actions of STS such as sts:AssumeRole in the trust policy; what the role may do belongs into its permissions policies.',
  sid: 'Give every statement a Sid of its own, of letters and digits only, or none at all.',
  condition:
    'Take out the condition, or the action that it does not apply to: each condition key counts for certain actions and resources only.',
}

/** What to put right in a policy document that AWS did not take. */
export const correctDocument = (v: Values): string =>
  faults[known(v, 'fault') ?? ''] ??
  "Correct the policy document: the error's own words name what is wrong with it. `aws accessanalyzer validate-policy` points to the place."
