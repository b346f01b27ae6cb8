import { known, orElse, quote, several, where, whereShown } from '../values.ts'
import type { Words } from '../words.ts'
import { hasFurther, named, orList, term } from './phrases.ts'
import { conditionSteps } from './conditions.ts'

/** What to send, or to leave out, in the call itself. */
export const sentSteps = {
  'send-tags-in-create-call': (v) =>
    `Send the tags in the call that creates the resource${where(v, 'key', (key) => ` (${key}${whereShown(v, 'values', () => `: ${orList(several(v, 'values'))}`)})`)}, not afterwards.${where(v, 'ofType', (type) => ` EC2 takes them for each type of resource by itself: in \`TagSpecifications\`, with the ResourceType ${type}.`)}`,
  'send-tags-in-this-call': (v) =>
    `Send ${orElse(v, 'key', 'the tag')}${whereShown(v, 'values', (values) => ` with ${values}`)} in this call: the tags that count are those that it sets.`,
  'send-allowed-tags': (v) =>
    hasFurther(v) && known(v, 'surplus') === null
      ? conditionSteps['meet-condition'](v)
      : `Compare the tags that the call sends with those that the condition lets through${whereShown(v, 'values', (values) => ` (${values})`)}: ${
          known(v, 'surplus') === null
            ? 'a key that it sends is not among them'
            : `${orElse(v, 'surplus', '')} is not among them`
        }. Leave it out, or have it added to the list.`,
  'send-encryption-header': (v) =>
    known(v, 'sse') === 'AES256'
      ? 'Send the encryption header with the upload: `--sse AES256` (x-amz-server-side-encryption: AES256).'
      : `Send the encryption header with the upload: \`--sse ${known(v, 'sse') ?? 'aws:kms'}\`, with the key that the bucket demands.`,
  'drop-option': (v) =>
    `Leave ${term(v, 'option', 'the option')} out of the request if you do not need it; then this permission is not needed either.`,
  'skip-session-tagging': (v) =>
    known(v, 'action')?.toLowerCase() === 'sts:setsourceidentity'
      ? 'Leave the source identity out of the call that assumes the role; a session that has one already hands it on and cannot.'
      : 'Switch session tags off in the tool that assumes the role.',
  'pass-boundary': (v) =>
    `Set the permissions boundary${where(v, 'boundary', (name) => ` ${name}`)} in the request that creates or changes the role.`,
  'carry-boundary': (v) =>
    `Give ${known(v, 'changed') === null ? 'the role or user' : named(known(v, 'changed') ?? '')} the permissions boundary${where(v, 'boundary', (name) => ` ${name}`)} first: this call cannot set one, and the condition tests the boundary that is carried when it comes. Setting it needs \`${v['changed']?.startsWith('user/') === true ? 'iam:PutUserPermissionsBoundary' : 'iam:PutRolePermissionsBoundary'}\`.`,
  'attach-role-to-cluster': (v) =>
    `Attach the role to the cluster${where(v, 'cluster', (name) => ` ${name}`)}: Redshift assumes only roles that are attached to it.`,
  'attach-role-to-namespace': () =>
    'Attach the role to the namespace of the workgroup: Redshift Serverless assumes only roles that are attached to it. The command replaces the list, so name the roles that it holds already too.',
  'name-role-by-arn': (v) =>
    `Write the role's whole ARN in \`IAM_ROLE\`${where(v, 'role', (name) => `: ${name}`)}; a name alone is not found.`,
  'read-snowflake-integration': () =>
    'Run `DESC INTEGRATION` in Snowflake for the values to fill in: the ARN of its IAM user and the external ID. They change when the integration is created anew.',
  'set-pool-role': () =>
    'See which roles the identity pool has (the command shows them), and set one for this kind of user where it has none.',
  'associate-service-role': () =>
    'Associate the role with the account in this Region, or see which one is associated already (`aws greengrass get-service-role-for-account`).',
  'ask-audience': (v) =>
    `Ask for a token for the audience ${quote(known(v, 'wanted') ?? '')} that the trust policy demands, and not for ${quote(known(v, 'sent') ?? '')}; where it is what the tool asks for by itself, as \`sts.amazonaws.com\` is in GitHub Actions, take the line with the audience out. The policy stays as it is.`,
  'check-token-request': () =>
    'Leave the trust policy as it is and look at the rest: whether this is the policy of the role whose ARN is asked for, whether its account has the identity provider, whether the job may ask for a token (`permissions: id-token: write` in GitHub Actions), and what `iss`, `aud` and `sub` of the token say.',
  'check-saml-response': () =>
    'Leave the trust policy as it is and look at the SAML response: whether its `Role` attribute has this very role together with this provider, whether its recipient (`SAML:aud`) is the one that the trust policy demands, and whether the user is assigned to the role in the identity provider.',
  'send-external-id': () =>
    'Send the external id that the trust policy demands (`--external-id` of the AWS CLI, `external_id` in an `assume_role` block of Terraform, `ExternalId` in an SDK); its owner can tell it.',
  'request-payer': () => 'Add `--request-payer requester` to the call; your account is charged for it.',
  'send-no-acl': () => 'Send the request without an ACL, or with `bucket-owner-full-control`.',
  'hand-over-object': () =>
    'Have the account that wrote the object hand it over (`aws s3api put-object-acl --acl bucket-owner-full-control`), or write it again once the bucket\'s Object Ownership is "bucket owner enforced".',
} satisfies Partial<Words['steps']>
