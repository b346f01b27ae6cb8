import type { Words } from '../words.ts'

export const doNot: Words['doNot'] = {
  'identity-allow': "Do not add an Allow to the role's or user's own policy: it has no effect against this.",
  'one-side-only': 'Do not stop at one side: both accounts have to allow the request.',
  'star-action': 'Do not grant `service:*`: one action is missing, not all of them.',
  'star-instead': 'Do not grant `service:*`: that is not what is missing.',
  'star-resource': 'Do not use Resource `*` where the ARN is known.',
  'admin-policy': 'Do not attach AdministratorAccess or a full-access policy, not even for a try.',
  'nonexistent-action':
    'Do not grant the name of the API call, such as `s3:HeadObject` or `s3:ListObjectsV2`: IAM has no such action.',
  'plural-for-singular': 'Do not mix up singular and plural: `glue:GetDatabases` does not cover `glue:GetDatabase`.',
  'narrow-arn-for-star-action': 'Do not put this action under an ARN: it can only be matched by `*`.',
  'widen-whole-statement': 'Do not widen the existing statement to `*`: its other actions would be widened too.',
  'wrong-arn-form': 'Do not reuse the ARN as it is: it has the wrong form or partition for this request.',
  'name-wildcard': 'Do not write `arn:aws:s3:::BUCKET*`: it also matches other buckets whose names start alike.',
  'wrong-principal-grant':
    'Do not give the permission to whoever happened to make the call: it belongs to another principal.',
  'passed-role-grant': 'Do not add `iam:PassRole` to the role that is handed over: whoever hands it over needs it.',
  'public-principal': 'Do not open the resource with Principal `*`.',
  'make-public': 'Do not make the resource public.',
  'disable-bpa': 'Do not switch Block Public Access off for the whole account.',
  'enable-acls': 'Do not switch ACLs back on.',
  'remove-guardrail': 'Do not detach or delete the guardrail: it protects more than this one case.',
  'drop-condition':
    'Do not drop the condition, and do not add an Allow without it beside it, before you know what it protects.',
  'trust-wildcard': 'Do not widen the trust policy to `*` or to every repository or account.',
  'disable-encryption': 'Do not switch encryption off.',
  'disable-mfa': 'Do not switch the MFA requirement off.',
  'edit-aws-managed-key-policy':
    'Do not try to edit the policy of an AWS managed key (`aws/…`): AWS does not allow it.',
  'edit-service-linked-role': 'Do not try to edit a service-linked role: only its service can.',
  'session-policy-grants': 'Do not expect a session policy to add permissions: it can only take away.',
  'add-unrelated-permission': 'Do not add further permissions on suspicion: none of them is what is missing.',
  'change-the-resource': 'Do not rename, recreate or delete the resource to fit the policy.',
  'long-lived-keys':
    "Do not fall back on an IAM user's long-lived access keys: they leak, they do not expire, and they outlive their owner's time in the team.",
  'rotate-keys': 'Do not rotate keys: the credentials are fine.',
  'message-resource-only':
    'Do not allow only the one ARN in the message: the next resource of the same call would be denied.',
  'pass-any-role':
    'Do not allow `iam:PassRole` on every role: whoever has it can hand any role to a service and so act with it.',
  'second-copy': 'Do not write the policy a second time.',
  'delete-bucket': 'Do not delete or recreate the bucket.',
  'any-policy-change': 'Do not change any IAM policy for this: no policy was evaluated, or none decides here.',
}
